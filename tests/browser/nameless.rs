//! Three ways to throw as people meet them: a letter that nobody knows of, answered and gone on with from another browser,
//! and a name that the coach keeps. What the browser of the author sends and keeps is recorded on the wire.

use crate::app::{TestApp, Visitor};
use crate::support::Browser;
use catchball::clockwork;
use catchball::ids::TeamId;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const HURT: &str = "Discounts are promised in the car park and never written down";

/// What went to the server, request by request.
#[derive(Clone, Default)]
struct Wire(Arc<Mutex<Vec<Vec<u8>>>>);

impl Wire {
    /// Listen in front of the server; the address to open instead.
    async fn before(&self, server: &str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (wire, server) = (self.clone(), server.strip_prefix("http://").unwrap().to_owned());
        tokio::spawn(async move {
            loop {
                let (browser, _) = listener.accept().await.unwrap();
                let there = TcpStream::connect(&server).await.unwrap();
                tokio::spawn(wire.clone().carry(browser, there));
            }
        });
        address
    }

    async fn carry(self, browser: TcpStream, there: TcpStream) {
        let ((mut from, mut back), (mut answers, mut to)) = (browser.into_split(), there.into_split());
        tokio::spawn(async move {
            let _ = tokio::io::copy(&mut answers, &mut back).await;
        });
        let mut bytes = vec![0; 65536];
        while let Ok(read @ 1..) = from.read(&mut bytes).await {
            self.0.lock().unwrap().push(bytes[..read].to_vec());
            if to.write_all(&bytes[..read]).await.is_err() {
                return;
            }
        }
    }

    /// The requests that begin like this, each with its head and body.
    fn requests(&self, beginning: &str) -> Vec<String> {
        let all: String =
            self.0.lock().unwrap().iter().map(|part| String::from_utf8_lossy(part).into_owned()).collect();
        let mut requests: Vec<String> = Vec::new();
        for line in all.lines() {
            if line.ends_with(" HTTP/1.1") {
                // A body without a line end of its own stands before the next request on the same connection.
                let at = ["GET /", "POST /"].iter().filter_map(|method| line.rfind(method)).max().unwrap_or(0);
                if let Some(last) = requests.last_mut() {
                    last.push('\n');
                    last.push_str(&line[..at]);
                }
                requests.push(line[at..].to_owned());
            } else if let Some(last) = requests.last_mut() {
                last.push('\n');
                last.push_str(line);
            }
        }
        requests.retain(|request| request.starts_with(beginning));
        requests
    }

    fn is_empty(&self) -> bool {
        self.0.lock().unwrap().is_empty()
    }
}

/// Somebody at a browser of their own, signed in.
pub async fn signed_in(app: &TestApp, address: &str, person: &Visitor) -> Browser {
    app.set_password(person, "the pump hums at night").await;
    let browser = Browser::open().await;
    browser.goto(address).await;
    browser.fill("E-mail address", &format!("{}@larkfield.example", person.name.to_lowercase())).await;
    browser.fill("Password", "the pump hums at night").await;
    browser.press("Sign in").await;
    browser.sees(&format!("Signed in as {}", person.name)).await;
    browser
}

/// A team that is large enough for letters, its leader, the coach and the admin.
pub struct Company {
    pub app: TestApp,
    pub team: TeamId,
    pub address: String,
    pub tomas: Visitor,
    pub callum: Visitor,
    pub ines: Visitor,
    pub owen: Visitor,
}

impl Company {
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        let address = app.serve().await;
        let team = app.team("Field North").await;
        let helen = app.director("Helen").await;
        let tomas = app.leader_below("Tomas", team, &helen).await;
        let callum = app.rep("Callum", team).await;
        for name in ["Priya", "Dana", "Evan", "Freya"] {
            app.rep(name, team).await;
        }
        let (ines, owen) = (app.coach("Ines").await, app.admin("Owen").await);
        Self { app, team, address, tomas, callum, ines, owen }
    }

    pub async fn next_morning(&self, day: &str) {
        self.app.clock.set(format!("{day}T08:01:00Z").parse().unwrap());
        clockwork::turn(&self.app.app).await.unwrap();
    }
}

async fn kept_by(browser: &Browser) -> String {
    let script = "return JSON.stringify([localStorage.length, sessionStorage.length, document.cookie, history.length])";
    browser.run(script, vec![]).await.as_str().unwrap().to_owned()
}

async fn drafts(browser: &Browser) -> String {
    browser.run("return JSON.stringify(Object.entries(localStorage))", vec![]).await.as_str().unwrap().to_owned()
}

pub async fn value(browser: &Browser, selector: &str) -> String {
    let script = "return document.querySelector(arguments[0]).value";
    browser.run(script, vec![selector.into()]).await.as_str().unwrap().to_owned()
}

/// Before it is chosen how, nothing of what is typed is kept or sent; and to nobody it never is.
async fn nothing_is_kept_before_it_is_chosen_how(callum: &Browser, wire: &Wire, front: &str) {
    callum.fill("Where does it hurt the most?", "Secretwords before choosing").await;
    let pause = std::time::Duration::from_millis(600);
    tokio::time::sleep(std::time::Duration::from_secs(4)).await;
    assert!(!drafts(callum).await.contains("Secretwords"), "nothing is kept before it is chosen how");
    callum.choose("Nobody knows").await;
    tokio::time::sleep(std::time::Duration::from_secs(4)).await;
    callum.goto(&format!("{front}/ideas/new")).await;
    assert!(wire.requests("").iter().all(|request| !request.contains("Secretwords")), "0 requests carry the words");
    callum.choose("With my name").await;
    callum.fill("Where does it hurt the most?", "Not for my name").await;
    tokio::time::sleep(pause).await;
    assert!(drafts(callum).await.contains("Not for my name"), "a named throw is kept while it is written");
    callum.choose("Nobody knows").await;
    tokio::time::sleep(pause).await;
    assert!(!drafts(callum).await.contains("Not for my name"), "what is not for my name is not kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_nameless_idea_is_thrown_answered_asked_back_and_answered_with_the_code_from_another_browser() {
    let company = Company::new().await;
    let wire = Wire::default();
    let front = wire.before(&company.address).await;
    let tomas = signed_in(&company.app, &company.address, &company.tomas).await;
    tomas.goto(&format!("{}/letterboxes", company.address)).await;
    tomas.inspect("letterboxes").await;
    tomas.follow("Field North").await;
    tomas.sees("Put it up").await;
    tomas.press("Put it up").await;
    tomas.sees("The letterbox is up.").await;
    tomas.inspect("letterbox poster").await;
    let link = value(&tomas, "#link").await.replace("http://catchball.test", &front);

    // Callum is signed in at the browser through which he writes, and threw by name there before.
    let callum = signed_in(&company.app, &front, &company.callum).await;
    callum.size(390, 844).await;
    callum.goto(&format!("{front}/ideas/new")).await;
    callum.inspect("throw three ways").await;
    callum.size(390, 844).await;
    nothing_is_kept_before_it_is_chosen_how(&callum, &wire, &front).await;
    callum.screenshot("throw nobody knows phone").await;
    callum.choose("With my name").await;
    callum.fill("Where does it hurt the most?", "The sheet is old").await;
    callum.press("Throw it").await;
    callum.sees("Thanks. The ball is with Tomas.").await;
    callum.goto(&link).await;
    callum.sees("We store your text, the team and the week.").await;
    callum.inspect("letter form").await;
    callum.size(390, 844).await;
    let before = kept_by(&callum).await;
    callum.fill("Where does it hurt the most?", HURT).await;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    assert_eq!(kept_by(&callum).await, before, "nothing is kept while it is written");
    callum.press("Put it in the letterbox").await;
    callum.sees("It is in the letterbox. Keep this code").await;
    assert_eq!(kept_by(&callum).await, before, "storage, cookies and history are as before");
    assert_eq!(callum.address().await, link, "the address is the same");
    let caches = callum.run("return caches.keys().then((keys) => keys.length)", vec![]).await;
    assert_eq!(caches.as_u64(), Some(0));
    let code = value(&callum, "#code").await;
    assert_eq!(code.replace(' ', "").len(), 24, "{code}");
    callum.sees("Copy the code").await;
    callum.sees("Print it").await;
    callum.inspect("letter sent").await;
    assert!(!wire.is_empty());
    let throws = wire.requests("POST /ideas HTTP/1.1");
    assert_eq!(throws.len(), 2, "a named idea and a letter go to the same address by the same method: {throws:?}");
    let (named, letter) = (&throws[0].to_lowercase(), &throws[1].to_lowercase());
    assert!(named.contains("\ncookie: ") && named.contains("the sheet is old"), "{named}");
    assert!(!letter.contains("\ncookie:") && letter.contains("car+park"), "{letter}");
    callum.goto(&format!("{front}/letters")).await;
    callum.run("history.back()", vec![]).await;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    let page = callum.text().await;
    assert!(!page.contains(&code) && !page.contains(HURT), "the way back in the browser shows neither: {page}");
    let typed =
        callum.run("return [...document.querySelectorAll('textarea')].map(t => t.value).join('')", vec![]).await;
    assert_eq!(typed.as_str(), Some(""), "the browser fills nothing in again");
    callum.is_quiet().await;

    company.next_morning("2026-03-04").await;
    tomas.goto(&format!("{}/ideas", company.address)).await;
    tomas.follow(HURT).await;
    tomas.sees("in the week of 2 March").await;
    tomas.inspect("nameless idea").await;
    tomas.press_containing("May I ask?").await;
    tomas.fill("Your question to Somebody", "Whose discounts, ours or the dealers’?").await;
    tomas.press("Ask").await;
    tomas.sees("Asked.").await;

    // Another browser, on a phone, with nothing but the code.
    let phone = Browser::open().await;
    phone.size(390, 844).await;
    phone.goto(&format!("{front}/letters")).await;
    phone.inspect("letter code").await;
    phone.size(390, 844).await;
    phone.fill("Your code", &code.to_lowercase()).await;
    phone.press("See what came of it").await;
    phone.sees("There is a question for you.").await;
    phone.sees("Whose discounts, ours or the dealers’?").await;
    assert!(!phone.text().await.contains(HURT), "the earlier text is not shown by default");
    phone.inspect("letter status").await;
    phone.size(390, 844).await;
    phone.fill("Your answer", "The dealers’.").await;
    phone.press_last("Answer the question").await;
    phone.sees("Kept. It goes out with the next morning’s post.").await;
    phone.press("Show my own words too").await;
    phone.sees(HURT).await;
    assert_eq!(kept_by(&phone).await.split(',').take(2).collect::<Vec<_>>(), ["[0", "0"]);
    phone.is_quiet().await;
    let with_the_code = wire.requests("POST /letters");
    assert!(with_the_code.iter().all(|request| !request.to_lowercase().contains("\ncookie:")), "{with_the_code:?}");
    company.next_morning("2026-03-05").await;
    tomas.goto(&format!("{}/", company.address)).await;
    tomas.sees(HURT).await;
    tomas.goto(&format!("{}/ideas", company.address)).await;
    tomas.follow(HURT).await;
    tomas.sees("The dealers’.").await;
    tomas.is_quiet().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_script_a_letter_is_taken_and_the_session_that_comes_along_is_not_looked_at() {
    let company = Company::new().await;
    let tomas = signed_in(&company.app, &company.address, &company.tomas).await;
    tomas.goto(&format!("{}/teams/{}/letterbox", company.address, company.team)).await;
    tomas.press("Put it up").await;
    tomas.sees("The letterbox is up.").await;
    let link = value(&tomas, "#link").await.replace("http://catchball.test", &company.address);
    let callum = signed_in(&company.app, &company.address, &company.callum).await;
    callum.scripts(false).await;
    callum.goto(&link).await;
    callum.fill("Where does it hurt the most?", HURT).await;
    callum.press("Put it in the letterbox").await;
    callum.sees("It is in the letterbox. Keep this code").await;
    assert!(!callum.text().await.contains("Callum"), "the page knows nobody");
    assert_eq!(callum.address().await, format!("{}/ideas", company.address));
    company.next_morning("2026-03-04").await;
    assert_eq!(company.app.count("SELECT COUNT(*) FROM idea WHERE way = 'nameless'").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_coach_keeps_a_name_and_neither_leader_nor_admin_sees_it() {
    let company = Company::new().await;
    let callum = signed_in(&company.app, &company.address, &company.callum).await;
    callum.size(390, 844).await;
    callum.goto(&format!("{}/ideas/new", company.address)).await;
    callum.choose("The coach keeps my name").await;
    callum.fill("Where does it hurt the most?", HURT).await;
    callum.sees("It is confidential, not anonymous.").await;
    callum.screenshot("throw coach keeps phone").await;
    callum.press("Throw it").await;
    callum.sees("The coach keeps your name").await;
    callum.sees("Nobody has read it.").await;
    callum.inspect("kept idea of the author").await;
    let idea = callum.address().await;

    let tomas = signed_in(&company.app, &company.address, &company.tomas).await;
    tomas.goto(&idea).await;
    tomas.sees("A colleague threw it to Tomas").await;
    assert!(!tomas.text().await.contains("Callum"));

    let ines = signed_in(&company.app, &company.address, &company.ines).await;
    ines.goto(&format!("{}/", company.address)).await;
    ines.follow("Protected ideas, whose names you keep").await;
    ines.sees(HURT).await;
    ines.inspect("protected ideas").await;
    ines.follow("read the name").await;
    ines.sees("The name is not shown here yet.").await;
    assert!(!ines.text().await.contains("Callum"));
    ines.inspect("name not shown").await;
    ines.fill("Why I look: to", "ask what would help, in person").await;
    ines.press("Record it and show the name").await;
    ines.sees("Callum threw it.").await;
    ines.inspect("name shown").await;

    let owen = signed_in(&company.app, &company.address, &company.owen).await;
    owen.goto(&idea).await;
    owen.sees("There is nothing here for you").await;
    for path in ["/", "/more", "/letterboxes", "/people"] {
        owen.goto(&format!("{}{path}", company.address)).await;
        owen.sees("Signed in as Owen").await;
        assert!(!owen.text().await.contains(HURT), "{path}");
    }

    callum.goto(&idea).await;
    callum.sees("Ines read your name, today 10:00, to ask what would help, in person").await;
    callum.press_containing("Show my name").await;
    callum.press_last("Show my name").await;
    callum.sees("Callum showed their name").await;
    tomas.goto(&idea).await;
    tomas.sees("Callum threw it to Tomas").await;
}

/// A letter that was dropped by a person at a browser of theirs, and the promise that answers it, brought by the leader.
async fn brought(company: &Company) -> String {
    let poster = format!("/teams/{}/letterbox", company.team);
    company.tomas.post(&poster, &[("a", "b")]).await.is(303);
    let link = company.tomas.get(&poster).await.is(200).value_of("#link");
    let form = company.callum.get(link.strip_prefix("http://catchball.test").unwrap()).await.is(200);
    let hidden = |name: &str| form.value_of(&format!("input[name='{name}']"));
    let (key, code, secret) = (hidden("key"), hidden("code"), hidden("letterbox"));
    let fields = [("key", key.as_str()), ("code", &code), ("letterbox", &secret), ("hurt", HURT)];
    let code = company.callum.post("/ideas", &fields).await.is(200).value_of("#code");
    company.next_morning("2026-03-04").await;
    company.app.signs_in(&company.tomas).await;
    let mut tx = company.app.app.read().await.unwrap();
    let (idea,): (uuid::Uuid,) = tx.query_as("SELECT id FROM idea").one().await.unwrap();
    drop(tx);
    let help = [("version", "1"), ("answer", "help"), ("what", "get the price sheet"), ("by", "2026-03-13")];
    company.tomas.post(&format!("/ideas/{idea}/answer"), &help).await.is(303);
    let mut tx = company.app.app.read().await.unwrap();
    let (promise,): (uuid::Uuid,) = tx.query_as("SELECT id FROM promise").one().await.unwrap();
    drop(tx);
    let words = [("version", "1"), ("words", "It is on the drive.")];
    company.tomas.post(&format!("/promises/{promise}/delivery"), &words).await.is(303);
    code
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_nameless_author_says_what_came_of_a_promise_and_a_wrong_code_loses_no_word() {
    let company = Company::new().await;
    let code = brought(&company).await;
    let phone = Browser::open().await;
    phone.size(390, 844).await;
    phone.goto(&format!("{}/letters", company.address)).await;
    phone.fill("Your code", &code).await;
    phone.press("See what came of it").await;
    phone.sees("Tomas will get the price sheet").await;
    phone.inspect("letter with a promise").await;
    phone.size(390, 844).await;
    phone.press_containing("It has not come yet").await;
    phone.fill("Not yet, because", "Half of it is missing.").await;
    phone.fill("By which day it would still do", "2026-03-20").await;
    phone.run("document.querySelectorAll('input[name=code]').forEach((it) => { it.value = 'wrong' })", vec![]).await;
    phone.press_last("It has not come yet").await;
    phone.sees("No letter has this code.").await;
    phone.inspect("letter words that came back").await;
    phone.size(390, 844).await;
    assert_eq!(value(&phone, "textarea").await, "Half of it is missing.");
    assert_eq!(value(&phone, "input[type=date]").await, "2026-03-20");
    phone.fill("Your code", &code).await;
    phone.press("It has not come yet").await;
    phone.sees("Kept. It goes out with the next morning’s post.").await;
    company.next_morning("2026-03-05").await;
    let moved = "SELECT COUNT(*) FROM promise WHERE state = 'promised' AND due_at = '2026-03-20T17:00:00+00:00'";
    assert_eq!(company.app.count(moved).await, 1);
}
