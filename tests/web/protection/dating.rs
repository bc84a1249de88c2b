//! Whatever a kept author does is told by its day: the minute would be told beside who was seen at their desk then.

use super::Kept;
use super::showing::tried;
use catchball::people::COLLEAGUE;
use chrono::{DateTime, Timelike, Utc};

/// A minute in which nothing happens by itself.
const MINUTE: u32 = 13;

#[tokio::test]
async fn whatever_a_kept_author_does_is_dated_by_its_day() {
    let kept = Kept::new().await;
    kept.app.clock.set("2026-03-03T10:13:27Z".parse().unwrap());
    let standard = tried(&kept).await;
    let mut tx = kept.app.app.read().await.unwrap();
    let of_colleague = "SELECT verb, at FROM throw WHERE by_id = $1";
    let throws: Vec<(String, DateTime<Utc>)> = tx.query_as(of_colleague).bind(COLLEAGUE).all().await.unwrap();
    assert!(throws.len() > 10, "{throws:?}");
    let finer: Vec<_> = throws.iter().filter(|(_, at)| at.minute() == MINUTE).collect();
    assert!(finer.is_empty(), "{finer:?}");
    let told = "SELECT words, at FROM notice WHERE words LIKE 'A colleague%'";
    let told: Vec<(String, DateTime<Utc>)> = tx.query_as(told).all().await.unwrap();
    assert!(told.len() > 2, "{told:?}");
    let finer: Vec<_> = told.iter().filter(|(_, at)| at.minute() == MINUTE).collect();
    assert!(finer.is_empty(), "{finer:?}");
    let of_the_idea = "SELECT id FROM promise WHERE idea_id IS NOT NULL";
    let (promise,): (uuid::Uuid,) = tx.query_as(of_the_idea).one().await.unwrap();
    drop(tx);
    for page in [kept.idea.clone(), standard, format!("/promises/{promise}")] {
        for reader in [&kept.tomas, &kept.helen, &kept.ines] {
            let shown = reader.get(&page).await.is(200);
            let mut of_colleague = 0;
            for line in [".story-line", ".talk-who"] {
                let who = shown.texts(&format!("{line} b"));
                let times = shown.attributes(&format!("{line} time"), "datetime");
                assert_eq!(who.len(), times.len(), "{page}");
                for (who, time) in who.iter().zip(&times).filter(|(who, _)| *who == "A colleague") {
                    assert_eq!(time.len(), "2026-03-03".len(), "{page}: {who} {time}");
                    of_colleague += 1;
                }
            }
            assert!(of_colleague > 0, "{page}");
        }
    }
}

#[tokio::test]
async fn a_comment_of_a_kept_author_has_an_address_of_chance_and_a_day() {
    let kept = Kept::new().await;
    kept.app.clock.set("2026-03-03T10:13:27Z".parse().unwrap());
    for (who, version, length) in [(&kept.callum, 4, 10), (&kept.priya, 7, 25)] {
        let place = who.opens(&kept.idea).says("It was worse in winter.").sends("Write it").await.location();
        let (_, id) = place.split_once("#comment-").unwrap();
        assert_eq!(id.parse::<uuid::Uuid>().unwrap().get_version_num(), version, "{}", who.name);
        for page in [kept.idea.clone(), format!("{}/comments", kept.idea)] {
            let times = kept.tomas.get(&page).await.attributes(&format!("#comment-{id} time"), "datetime");
            assert!(times.iter().all(|time| time.len() == length), "{times:?}");
        }
    }
}
