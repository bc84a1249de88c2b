//! Who is held back at a letterbox and on the way back: whoever is wrong, and nobody else.

use super::traces::code_number;
use super::{LAPTOP, Letterbox, drop_in, sends};
use crate::support::field_north::HURT;
use catchball::letters::{code, rate_limit};

#[tokio::test]
async fn nobody_closes_a_letterbox_or_the_way_back_for_others_at_the_same_address() {
    let letterbox = Letterbox::new().await;
    let stranger = letterbox.app.stranger();
    let code = letterbox.code(HURT).await;
    for number in 0..100_u64 {
        let (key, spare) = (
            uuid::Builder::from_random_bytes(u128::from(number).to_be_bytes()).into_uuid().to_string(),
            code_number(number, &code::read(&code).unwrap()),
        );
        let nonsense = [("key", key.as_str()), ("letterbox", "nonsense"), ("code", &spare), ("hurt", HURT)];
        let status = sends(&stranger, "/ideas", &nonsense, LAPTOP).await.status.as_u16();
        let free = usize::try_from(number).unwrap() < rate_limit::MOST_WRONG;
        assert_eq!(status, if free { 422 } else { 429 }, "{number}");
        sends(&stranger, "/letters", &[("code", "wrong")], LAPTOP).await;
        sends(&stranger, "/letters", &[("code", &code)], LAPTOP).await.is(200);
    }
    drop_in(&stranger, &letterbox.path, HURT, LAPTOP).await.is(200);
}
