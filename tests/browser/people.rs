//! Ten people come in by one paste, and one more by a link to join.

use crate::answers::Levels;
use crate::support::Browser;

const TEN: &str = "Eva Stein, eva@larkfield.example
Ada Byron <ada@larkfield.example>
Kay, Tom <tom@larkfield.example>
Ida Berg; ida@larkfield.example
Zo\u{eb} Renn, zoe@larkfield.example
max@larkfield.example Max Roth
Jan Ott, jan@larkfield.example
Liv Dahl, liv@larkfield.example
Kai Wolf, kai@larkfield.example
Mia Lund, mia@larkfield.example";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_people_are_pasted_at_once_and_one_joins_by_a_link() {
    let levels = Levels::new().await;
    let grace = levels.app.admin("Grace").await;
    let admin = levels.browser(&grace).await;
    admin.goto(&format!("{}/people", levels.address)).await;
    admin.follow("Add many people").await;
    admin.inspect("people many").await;
    admin.paste("people", TEN).await;
    admin.press("Look first").await;
    admin.sees("What becomes of them").await;
    admin.inspect("people many looked at").await;
    admin.press("Add 10 people and make their links").await;
    admin.sees("10 people are added.").await;
    admin.inspect("people links").await;
    assert_eq!(levels.app.count("SELECT COUNT(*) FROM invitation").await, 10);
    let link = admin.value("link-1").await;
    admin.goto(&format!("{}/people", levels.address)).await;
    admin.follow("A link to join Field North").await;
    admin.press("Make the link").await;
    admin.sees("Here is the link.").await;
    admin.inspect("people join links").await;
    let joins = admin.value("link-1").await;
    assert!(link.contains("/invitations/") && joins.contains("/join/"), "{link} {joins}");
    let path = joins.split("/join/").nth(1).unwrap();
    let lena = Browser::open().await;
    lena.goto(&format!("{}/join/{path}", levels.address)).await;
    lena.inspect("people join").await;
    lena.fill("Your name", "Lena").await;
    lena.fill("Your e-mail address", "lena@larkfield.example").await;
    lena.fill("A password", "the pump hums at night").await;
    lena.press("Ask to join").await;
    lena.sees("Thank you, Lena. Your admin lets you in.").await;
    admin.goto(&format!("{}/people", levels.address)).await;
    admin.sees("They wait to be let in").await;
    admin.inspect("people waiting").await;
    admin.press_containing("Let them in").await;
    admin.sees("Lena is in.").await;
    lena.is_quiet().await;
    admin.is_quiet().await;
}
