//! A keeper in front of the import page.

use crate::support::measured::Measured;
use crate::support::{Answer, FieldNorth};
use catchball::measures::definition::{Definition, Kind};
use catchball::spc::Cadence;

const MULTIPART: &str = "multipart/form-data; boundary=cut";

impl Measured {
    /// A measure of this kind without values.
    pub async fn imports(kind: Kind, cadence: Cadence) -> Self {
        let north = FieldNorth::new().await;
        let unit = if kind == Kind::Share { "%" } else { "hours" };
        let definition = Definition {
            name: "Quote turnaround".to_owned(),
            question: "How long does a customer wait for our quote?".to_owned(),
            how_counted: "Working hours from all five facts to the inbox.".to_owned(),
            kind,
            cadence,
            unit: unit.to_owned(),
            keeper_id: north.callum.id,
            source: "Quote register".to_owned(),
            not_used_for: "Comparing people.".to_owned(),
            cost_minutes: Some(10),
            floor: kind.floor(),
            ..Definition::default()
        };
        Self::of(north, definition).await
    }

    pub async fn imports_weekly() -> Self {
        Self::imports(Kind::Duration, Cadence::Week).await
    }

    /// The keeper pastes a table; `more` is what they chose about it.
    pub async fn pastes(&self, text: &str, more: &[(&str, &str)]) -> Answer {
        let fields = [("text", text)].into_iter().chain(more.iter().copied());
        self.callum.post_raw(&self.below("values/import"), MULTIPART, parts(fields) + "--cut--\r\n").await
    }

    pub async fn uploads(&self, file: &[u8]) -> Answer {
        let head = "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"values.csv\"\r\n\r\n";
        let body = [parts([("text", "")]).as_bytes(), head.as_bytes(), file, b"\r\n--cut--\r\n"].concat();
        self.callum.post_raw(&self.below("values/import"), MULTIPART, body).await
    }

    /// Takes over what a preview shows, by its button.
    pub async fn confirms(&self, preview: &Answer) -> Answer {
        let button = preview.text("form[action$='confirmation'] button");
        self.callum.on(preview).sends(&button).await
    }

    pub async fn numbers(&self) -> Vec<String> {
        self.callum.get(&self.path).await.is(200).texts("#numbers tbody td.figure")
    }
}

/// Fields as the forms of the page send them.
fn parts<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let part = |(name, value)| format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    fields.into_iter().map(part).collect()
}

/// The text of an element with its line ends, as a browser would send it.
pub fn source(page: &Answer, selector: &str) -> String {
    let page = scraper::Html::parse_document(&page.body);
    let selector = scraper::Selector::parse(selector).unwrap();
    let text: String = page.select(&selector).next().unwrap().text().collect();
    text.strip_prefix('\n').unwrap_or(&text).to_owned()
}
