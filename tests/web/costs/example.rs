//! The example company with a television and a letterbox, and the identifiers its addresses take.

use crate::support::{TestApp, Visitor};
use catchball::demo;
use catchball::people::{session, store as people};
use uuid::Uuid;

pub struct Example {
    pub app: TestApp,
    /// A rep, a leader, a director, the coach, the admin.
    pub people: Vec<Visitor>,
    pub television: Visitor,
    pub letterbox: String,
}

impl Example {
    pub async fn new() -> Self {
        let app = TestApp::before_set_up().await;
        app.clock.set("2026-06-04T09:00:00Z".parse().unwrap());
        demo::load(&app.app.db, &app.app.world).await.unwrap();
        let mut visitors = Vec::new();
        for name in ["Callum", "Tomas", "Helen", "Ines", "Owen"] {
            visitors.push(eyes_of(&app, name).await);
        }
        let team = ids(&app, "SELECT id FROM team WHERE name = 'Field North'").await[0].to_string();
        let (television, letterbox) = (television(&app, &visitors[1], &team).await, put_up(&visitors[1], &team).await);
        Self { app, people: visitors, television, letterbox }
    }

    /// The one of this role: 0 a rep, 1 their leader.
    pub fn who(&self, name: &str) -> &Visitor {
        self.people.iter().find(|who| who.name == name).unwrap()
    }

    /// Every address of a route, with the questions that pages are asked by.
    pub async fn addresses(&self, path: &str) -> Vec<String> {
        if path == "/letterbox/{code}" {
            return vec![self.letterbox.clone()];
        }
        let path = path.replace("{code}", "no-such-code");
        let mut all = Vec::new();
        for id in self.ids_in(&path).await {
            all.push(path.replace("{id}", &id.to_string()));
        }
        if !path.contains("{id}") {
            all.push(path.clone());
        }
        let idea = &ids(&self.app, "SELECT id FROM idea WHERE state IN ('trying', 'go') ORDER BY id").await[0];
        let owed = "SELECT subject_id FROM ball WHERE subject = 'idea' AND owes = 'answer' ORDER BY since, subject_id";
        let owed = &ids(&self.app, owed).await[0];
        let question = match path.as_str() {
            "/" => format!("?idea={owed}"),
            "/search" => String::from("?q=quote+pump"),
            "/standards/new" | "/experiments/new" | "/promises/new" => format!("?idea={idea}"),
            "/ideas/new" => format!("?from={idea}"),
            "/library" => String::from("?q=quotes+pump"),
            "/measures/{id}" => String::from("?points=all"),
            _ => return all,
        };
        let asked = all.iter().map(|address| format!("{address}{question}")).collect::<Vec<_>>();
        all.extend(asked);
        all
    }

    async fn ids_in(&self, path: &str) -> Vec<Uuid> {
        if !path.contains("{id}") {
            return Vec::new();
        }
        let all = match path.split('/').nth(1).unwrap_or_default() {
            "teams" => "SELECT id FROM team",
            "people" => "SELECT id FROM person WHERE NOT mask",
            "measures" => "SELECT id FROM measure ORDER BY id",
            "ideas" => "SELECT id FROM idea ORDER BY id",
            "promises" => "SELECT id FROM promise ORDER BY id",
            "experiments" => "SELECT id FROM experiment ORDER BY id",
            "standards" => "SELECT id FROM standard ORDER BY id",
            "library" => "SELECT experiment_id FROM lesson ORDER BY experiment_id",
            "absences" => "SELECT id FROM absence",
            _ => "SELECT id FROM picture",
        };
        ids(&self.app, all).await
    }
}

async fn ids(app: &TestApp, sql: &'static str) -> Vec<Uuid> {
    let rows: Vec<(Uuid,)> = app.app.read().await.unwrap().query_as(sql).all().await.unwrap();
    rows.into_iter().map(|(id,)| id).collect()
}

async fn eyes_of(app: &TestApp, name: &str) -> Visitor {
    let everybody = app.app.read().await.unwrap().ask(people::all_people()).await.unwrap();
    let id = everybody.into_iter().find(|person| person.name.starts_with(name)).unwrap().id;
    let mut tx = app.app.write().await.unwrap();
    let token = session::open(&mut tx, id).await.unwrap();
    tx.commit().await.unwrap();
    Visitor::signed_in(&app.router, &app.app, name, id, &token)
}

async fn television(app: &TestApp, keeper: &Visitor, team: &str) -> Visitor {
    let television = app.stranger();
    television.opens("/wall").sends("Show a code").await.goes_to("/wall");
    let code = television.get("/wall").await.is(200).text(".wall-code");
    let filled = keeper.opens("/screens").fills(&[("code", code.as_str()), ("name", "Corner"), ("team", team)]);
    filled.sends("Pair the screen").await.goes_to("/screens");
    television
}

async fn put_up(keeper: &Visitor, team: &str) -> String {
    let poster = format!("/teams/{team}/letterbox");
    keeper.post(&poster, &[("a", "b")]).await.goes_to(&poster);
    let link = keeper.get(&poster).await.is(200).value_of("#link");
    link.strip_prefix("http://catchball.test").unwrap().to_owned()
}
