//! Wiping the drafts that hold what was put into a letterbox: such a draft would tell who wrote the letter.

use super::{Fields, store};
use crate::App;
use crate::error::Result;
use crate::ids::DraftId;
use uuid::Uuid;

/// From how many words on one text inside another is the same text; shorter ones must be equal.
const TELLING: usize = 3;

/// Wipe the drafts, of whomever, that hold one of these texts or a part of them.
pub async fn holding(app: &App, texts: &[&str]) -> Result<()> {
    let texts: Vec<String> = texts.iter().map(|text| plain(text)).filter(|text| !text.is_empty()).collect();
    let (mut wiped, mut last) = (Vec::new(), Uuid::nil());
    loop {
        // Some at a time, and no connection is held while they are read.
        let some = app.read().await?.ask(store::after(last)).await?;
        let Some((DraftId(id), _)) = some.last() else { break };
        last = *id;
        let texts = texts.clone();
        let found = tokio::task::spawn_blocking(move || {
            some.into_iter().filter(|(_, fields)| is_one(fields, &texts)).collect::<Vec<_>>()
        });
        wiped.extend(found.await.map_err(anyhow::Error::from)?);
    }
    if wiped.is_empty() {
        return Ok(());
    }
    let mut tx = app.write_unseen().await?;
    for (id, fields) in wiped {
        store::remove(&mut tx, id, fields).await?;
    }
    tx.commit().await?;
    app.db.leave_no_trace(&app.world, &store::LAID_ANEW).await;
    Ok(())
}

/// Whether the fields of a draft hold one of these texts, or are held by one.
fn is_one(fields: &str, texts: &[String]) -> bool {
    let fields: Fields = serde_json::from_str(fields).unwrap_or_default();
    fields.iter().map(|(_, text)| plain(text)).any(|written| texts.iter().any(|text| are_one(&written, text)))
}

fn are_one(one: &str, other: &str) -> bool {
    let inside = |part: &str, whole: &str| {
        part.split(' ').count() >= TELLING && format!(" {whole} ").contains(&format!(" {part} "))
    };
    !one.is_empty() && (one == other || inside(one, other) || inside(other, one))
}

/// The words of a text alone, however they are set.
fn plain(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(draft: &str, letter: &str) -> bool {
        let fields = serde_json::to_string(&[("way", "named"), ("hurt", draft)]).unwrap();
        is_one(&fields, &[plain(letter)])
    }

    #[test]
    fn the_same_words_are_found_however_they_are_set_and_other_drafts_are_left() {
        assert!(holds("Every quote waits", "every  quote,\nwaits!"));
        assert!(holds("Every quote waits", "I say: every quote waits. Always."));
        assert!(holds("Every quote waits. Always, and longer", "Every quote waits"));
        assert!(holds("Coffee", "coffee"));
        assert!(!holds("Coffee", "The coffee is cold") && !holds("The coffee is cold", "Coffee"));
        assert!(!holds("every quote wait", "every quote waits") && !holds("", "Every quote waits") && !holds("!", "?"));
    }
}
