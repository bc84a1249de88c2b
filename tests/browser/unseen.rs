//! The coach's view of a name that is kept, and what somebody who looks after the installation cannot see.

use crate::answers::has_no_twins;
use crate::nameless::{Company, signed_in, value};
use crate::support::Browser;

const KEPT: &str = "Discounts are promised in the car park";
const NAMED: &str = "The price sheet is from last summer";
const NAMELESS: &str = "Nobody dares to say that the plant is late";
const COMMENT: &str = "Mine says lavender on every page";
const DRAFT: &str = "The van smells of diesel all day";
const WHAT: &str = "a price sheet of this spring";
const NOTHING: &str = "There is nothing here for you";

async fn throw(browser: &Browser, address: &str, hurt: &str, way: &str) -> String {
    browser.goto(&format!("{address}/ideas/new")).await;
    browser.choose(way).await;
    browser.fill("hurt", hurt).await;
    browser.press("Throw it").await;
    browser.sees("The ball is with Tomas").await;
    browser.address().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_coach_reads_a_kept_name_on_record_until_its_author_shows_it() {
    let company = Company::new().await;
    let address = &company.address;
    let callum = signed_in(&company.app, address, &company.callum).await;
    let idea = throw(&callum, address, KEPT, "The coach keeps my name").await;
    let ines = signed_in(&company.app, address, &company.ines).await;
    ines.follow("Protected ideas, whose names you keep").await;
    ines.sees("you keep the name · never read").await;
    ines.goto(&idea).await;
    ines.sees("A colleague threw it to Tomas").await;
    ines.inspect("unseen kept idea of the coach").await;
    has_no_twins(&ines, "a kept idea").await;
    ines.follow("You keep the name of the author").await;
    ines.press("Record it and show the name").await;
    ines.sees("Say why you look. The author reads it.").await;
    assert!(!ines.text().await.contains("Callum"), "no name without a reason");
    ines.fill("Why I look: to", "ask what would help, in person").await;
    ines.press("Record it and show the name").await;
    ines.sees("Callum threw it.").await;
    // Who comes back to the page has to say why once more.
    ines.goto(&format!("{idea}/name")).await;
    ines.sees("The name is not shown here yet.").await;
    assert!(!ines.text().await.contains("Callum"));
    ines.goto(&format!("{address}/ideas/protected")).await;
    ines.sees("you keep the name · read once").await;
    assert!(!ines.text().await.contains("Callum"));

    callum.goto(&format!("{address}/notices")).await;
    callum.sees("Ines read your name on an idea that the coach keeps, to ask what would help, in person").await;
    callum.goto(&idea).await;
    callum.sees("Ines read your name, today 10:00, to ask what would help, in person").await;
    callum.sees("You write here as “A colleague”, as you threw it.").await;
    let page = callum.text().await;
    assert!(!page.contains("I’d like to join"), "an author is not asked to join with a name: {page}");
    callum.press_containing("Show my name").await;
    callum.sees("There is no way back.").await;
    callum.inspect("unseen showing the name").await;
    has_no_twins(&callum, "a kept idea of its author").await;
    callum.fill("A word to go with it", "Ask me, I was there.").await;
    callum.press_last("Show my name").await;
    callum.sees("Callum showed their name").await;
    callum.inspect("unseen name was shown").await;
    for (reader, person) in [("Tomas", &company.tomas), ("Ines", &company.ines)] {
        let browser = signed_in(&company.app, address, person).await;
        browser.goto(&idea).await;
        browser.sees("Callum threw it to Tomas").await;
        browser.sees("Ask me, I was there.").await;
        assert!(!browser.text().await.contains("A colleague"), "{reader}");
        browser.is_quiet().await;
    }
    callum.is_quiet().await;
    ines.is_quiet_but_for_refusals().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_reads_no_idea_no_name_no_draft_no_promise_and_no_letter() {
    let company = Company::new().await;
    let address = &company.address;
    let tomas = signed_in(&company.app, address, &company.tomas).await;
    tomas.goto(&format!("{address}/teams/{}/letterbox", company.team)).await;
    tomas.press("Put it up").await;
    tomas.sees("The letterbox is up.").await;
    let link = value(&tomas, "#link").await.replace("http://catchball.test", address);
    let callum = signed_in(&company.app, address, &company.callum).await;
    let named = throw(&callum, address, NAMED, "With my name").await;
    callum.fill("Write something", COMMENT).await;
    callum.press("Write it").await;
    callum.sees(COMMENT).await;
    let kept = throw(&callum, address, KEPT, "The coach keeps my name").await;
    callum.goto(&format!("{address}/promises/new")).await;
    callum.fill("From whom?", "Tomas").await;
    callum.fill("What do you need?", WHAT).await;
    callum.fill("By when?", "2026-03-13").await;
    callum.press("Ask for it").await;
    callum.sees("Asked. You see here what becomes of it.").await;
    let promise = callum.address().await;
    callum.goto(&format!("{address}/ideas/new")).await;
    callum.choose("With my name").await;
    callum.fill("hurt", DRAFT).await;
    callum.press("Save as draft").await;
    callum.sees("Saved as a draft.").await;
    callum.goto(&format!("{address}/drafts")).await;
    callum.sees(DRAFT).await;
    callum.goto(&link).await;
    callum.fill("Where does it hurt the most?", NAMELESS).await;
    callum.press("Put it in the letterbox").await;
    callum.sees("It is in the letterbox. Keep this code").await;
    company.next_morning("2026-03-04").await;
    tomas.goto(&format!("{address}/ideas")).await;
    tomas.follow(NAMELESS).await;
    tomas.sees(NAMELESS).await;
    let nameless = tomas.address().await;

    let owen = signed_in(&company.app, address, &company.owen).await;
    let pages = [
        "",
        "/more",
        "/ideas",
        "/ideas?show=finished",
        "/ideas?team=all",
        "/promises",
        "/promises?show=finished",
        "/drafts",
        "/notices",
        "/letterboxes",
        "/letters",
        "/people",
        "/absences",
        "/measures",
        "/experiments",
        "/standards",
        "/screens",
        "/search?q=discounts",
        "/search?q=lavender",
        "/search?q=price+sheet",
        "/search?q=plant",
        "/search?q=diesel",
        "/drafts/fields?draft=idea",
    ];
    for page in pages {
        owen.goto(&format!("{address}{page}")).await;
        is_free_of_secrets(&owen, page).await;
    }
    for hidden in [
        &named,
        &kept,
        &nameless,
        &promise,
        &format!("{kept}/name"),
        &format!("{named}/comments"),
        &format!("{named}/edit"),
        &format!("{address}/ideas/protected"),
        &format!("{address}/promises/new?idea={}", named.rsplit('/').next().unwrap()),
    ] {
        owen.goto(hidden).await;
        owen.sees(NOTHING).await;
        is_free_of_secrets(&owen, hidden).await;
    }
    owen.inspect("unseen nothing here").await;
    owen.goto(&format!("{address}/ideas")).await;
    owen.inspect("unseen ideas of an admin").await;
    owen.goto(&format!("{address}/search?q=discounts")).await;
    owen.inspect("unseen search of an admin").await;
    // The admin gets people in, and that is all.
    owen.goto(&format!("{address}/people")).await;
    owen.sees("Callum").await;
}

/// Not in the text, nor anywhere else in what was sent.
async fn is_free_of_secrets(browser: &Browser, page: &str) {
    let sent = browser.run("return document.documentElement.outerHTML", vec![]).await;
    // The words that are searched for stand in the search field itself.
    for secret in [KEPT, NAMED, NAMELESS, COMMENT, DRAFT, WHAT] {
        assert!(!sent.as_str().unwrap().contains(secret), "{page} holds “{secret}”");
    }
}
