//! The words of the example's pages: a sentence ends once, also where it ends with the words of a person.

use super::THURSDAY;
use crate::support::{TestApp, Visitor};
use std::collections::{BTreeSet, VecDeque};

/// How many pages one person opens.
const PAGES: usize = 90;
/// Ends of sentences that stand behind another end.
const DOUBLED: [&str; 7] = ["..", "?.", "!.", ".\u{201d}.", "?\u{201d}.", ".\u{201d} .", ". ."];

async fn as_guest(app: &TestApp, name: &str) -> Visitor {
    let guest = app.stranger();
    guest.opens("/example").fills::<&str>(&[]).sends(&format!("Sign in as {name}")).await.is(303);
    guest
}

#[tokio::test]
async fn no_sentence_of_the_example_ends_twice() {
    let app = TestApp::example(THURSDAY).await;
    let mut found = BTreeSet::new();
    for name in ["Priya Nair", "Tomas Berg", "Helen Marsh", "Owen Price"] {
        let guest = as_guest(&app, name).await;
        let mut waiting = VecDeque::from([String::from("/")]);
        let mut asked: BTreeSet<String> = waiting.iter().cloned().collect();
        while let Some(path) = waiting.pop_front() {
            let page = guest.get(&path).await;
            let text = page.text("main");
            for doubled in DOUBLED {
                if let Some(at) = text.find(doubled) {
                    let from =
                        text.char_indices().map(|(at, _)| at).filter(|start| *start <= at).rev().nth(40).unwrap_or(0);
                    found.insert(format!("{path}: {}", text[from..].chars().take(60).collect::<String>()));
                }
            }
            let links = page.attributes("main a[href^='/'], aside a[href^='/']", "href");
            let pages = links.into_iter().map(|link| link.split('#').next().unwrap_or_default().to_owned());
            let pages = pages.filter(|link| !link.contains(".csv") && !link.starts_with("/purpose/mine"));
            for link in pages {
                if asked.len() < PAGES && asked.insert(link.clone()) {
                    waiting.push_back(link);
                }
            }
        }
        assert!(asked.len() > 15, "{name} opened {} pages", asked.len());
    }
    assert!(found.is_empty(), "{}", found.into_iter().collect::<Vec<_>>().join("\n"));
}
