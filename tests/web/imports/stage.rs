//! A keeper in front of the import page.

use crate::support::{Answer, TestApp, Visitor};
use catchball::ids::{MeasureId, TeamId, ThrowId};
use catchball::measures::definition::{Definition, Kind};
use catchball::measures::{store, verbs};
use catchball::moves::Move;
use catchball::spc::Cadence;

const VALUES: &str = "SELECT COUNT(*) FROM measure_value";
const MULTIPART: &str = "multipart/form-data; boundary=cut";

/// A team whose keeper has a measure without values. It is Tuesday, 3 March 2026.
pub struct Stage {
    pub app: TestApp,
    pub callum: Visitor,
    pub tomas: Visitor,
    measure: MeasureId,
}

impl Stage {
    pub async fn new(kind: Kind, cadence: Cadence) -> Self {
        let app = TestApp::new().await;
        let team = app.team("Field North").await;
        let tomas = app.leader("Tomas", team).await;
        let callum = app.rep("Callum", team).await;
        let measure = begin(&app, team, &callum, kind, cadence).await;
        Self { app, callum, tomas, measure }
    }

    pub async fn weekly() -> Self {
        Self::new(Kind::Duration, Cadence::Week).await
    }

    pub fn path(&self, more: &str) -> String {
        format!("/measures/{}{more}", self.measure)
    }

    /// The keeper pastes a table; `more` is what they chose about it.
    pub async fn pastes(&self, text: &str, more: &[(&str, &str)]) -> Answer {
        let fields = [("text", text)].into_iter().chain(more.iter().copied());
        self.callum.post_raw(&self.path("/values/import"), MULTIPART, parts(fields) + "--cut--\r\n").await
    }

    pub async fn uploads(&self, file: &[u8]) -> Answer {
        let head = "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"values.csv\"\r\n\r\n";
        let body = [parts([("text", "")]).as_bytes(), head.as_bytes(), file, b"\r\n--cut--\r\n"].concat();
        self.callum.post_raw(&self.path("/values/import"), MULTIPART, body).await
    }

    /// Confirms what a preview shows, as its form does: all its hidden fields, and the text.
    pub async fn confirms(&self, preview: &Answer) -> Answer {
        let form = "form[action$='confirmation'] ";
        let (hidden, area) = (format!("{form}input[type='hidden']"), format!("{form}textarea"));
        let (names, values) = (preview.attributes(&hidden, "name"), preview.attributes(&hidden, "value"));
        let text = source(preview, &area);
        let hidden = names.iter().zip(&values).map(|(name, value)| (name.as_str(), value.as_str()));
        let body = parts(hidden.chain([("text", text.as_str())])) + "--cut--\r\n";
        self.callum.post_raw(&self.path("/values/import/confirmation"), MULTIPART, body).await
    }

    pub async fn values(&self) -> i64 {
        self.app.count(VALUES).await
    }

    pub async fn numbers(&self) -> Vec<String> {
        self.callum.get(&self.path("")).await.is(200).texts("#numbers tbody td.figure")
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

async fn begin(app: &TestApp, team: TeamId, keeper: &Visitor, kind: Kind, cadence: Cadence) -> MeasureId {
    let unit = if kind == Kind::Share { "%" } else { "hours" };
    let definition = Definition {
        name: "Quote turnaround".to_owned(),
        question: "How long does a customer wait for our quote?".to_owned(),
        how_counted: "Working hours from all five facts to the inbox.".to_owned(),
        kind,
        cadence,
        unit: unit.to_owned(),
        keeper_id: keeper.id,
        source: "Quote register".to_owned(),
        not_used_for: "Comparing people.".to_owned(),
        cost_minutes: Some(10),
        floor: kind.floor(),
        ..Definition::default()
    };
    let mut tx = app.app.write().await.unwrap();
    let by = catchball::people::store::person(&mut tx, keeper.id).await.unwrap().unwrap();
    let key: ThrowId = tx.new_id();
    let id = verbs::define(&mut tx, team, Move::of(key, &by, ""), &definition).await.unwrap();
    let measure = tx.ask(store::load(id, keeper.id)).await.unwrap().unwrap();
    let key: ThrowId = tx.new_id();
    verbs::begin(&mut tx, &measure, Move::of(key, &by, "Counted for years.")).await.unwrap();
    tx.commit().await.unwrap();
    id
}
