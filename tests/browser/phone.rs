//! A phone in the hand: what stands on its first screen, and what is left of it while the keyboard is open.

use crate::app::TestApp;
use crate::support::Browser;

/// The deed and the menu as they stand: the top and the bottom of the button, whether it is what lies there, whether the
/// menu is seen.
const DEED: &str =
    "const deed = [...document.querySelectorAll('.throw-box button')].find(one => one.textContent === 'Throw it');
    const box = deed.getBoundingClientRect();
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return [box.top, box.bottom, deed.contains(there), document.querySelector('.menu').checkVisibility()]";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_deed_stays_above_the_keyboard_and_an_idea_stands_on_the_first_screen() {
    let app = TestApp::example("2026-10-15T10:00:00Z").await;
    let address = app.serve().await;
    let phone = Browser::open().await;
    phone.goto(&format!("{address}/example")).await;
    phone.press_containing("Sign in as Priya").await;
    phone.sees("Signed in as Priya").await;
    phone.finger().await;
    phone.size(390, 844).await;
    phone.goto(&format!("{address}/ideas")).await;
    // Two lines stand above it that a company of one's own, behind https, does not have.
    let first = "const above = [...document.querySelectorAll('.plain-line, .example')].map(line => {
            const style = getComputedStyle(line);
            return line.offsetHeight + parseFloat(style.marginTop) + parseFloat(style.marginBottom);
        });
        return document.querySelector('main .list > li').getBoundingClientRect().top - above.reduce((a, b) => a + b, 0)";
    let first = phone.run(first, vec![]).await.as_f64().unwrap();
    assert!(first > 0.0 && first <= 300.0, "the first idea stands at {first}");
    for path in ["/", "/ideas/new"] {
        phone.goto(&format!("{address}{path}")).await;
        if path == "/ideas/new" {
            phone.choose("With my name").await;
        }
        phone.tap("hurt").await;
        // The keyboard comes up and takes the lower half.
        phone.size(390, 430).await;
        phone.keys("I type it three times").await;
        let deed = phone.run(DEED, vec![]).await;
        let [top, bottom] = [0, 1].map(|at| deed[at].as_f64().unwrap());
        assert!(top >= 0.0 && bottom <= 430.0, "{path}: the deed stands from {top} to {bottom}");
        assert_eq!((deed[2].as_bool(), deed[3].as_bool()), (Some(true), Some(false)), "{path}: {deed}");
        phone.size(390, 844).await;
    }
    phone.is_quiet().await;
}
