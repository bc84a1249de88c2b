//! Measures: defining, entering, importing, and who may see and do what.

mod entered;
mod shown;

use crate::support::measured::Measured;
use crate::support::{Answer, FieldNorth, Visitor};
use catchball::ids::MeasureId;
use chrono::TimeDelta;

/// The Monday of the week in which the clock of the tests stands.
const THIS_WEEK: &str = "2026-03-02";

impl Measured {
    /// A measure that was defined on its page, and has begun.
    async fn defined(kind: &str) -> Self {
        let north = FieldNorth::new().await;
        let form = definition(&north.team.to_string(), &north.callum.id.to_string(), kind);
        let measure = north.tomas.opens("/measures/new").fills(&form).sends("Write it down").await.location();
        begins(&north.callum, &measure).await;
        Self::at(north, measure)
    }

    async fn number() -> Self {
        Self::defined("number").await
    }

    async fn enters_for(&self, week: &str, value: &str) -> Answer {
        self.posts(&self.callum, "values", &[("period", week), ("value", value)]).await
    }

    /// The keeper takes over a table.
    async fn takes_over(&self, text: &str) -> Answer {
        let filled = self.callum.opens(&self.below("values/import")).fills(&[("text", text)]);
        let preview = filled.sends("Show what would happen").await.is(200);
        self.confirms(&preview).await
    }
}

/// The keeper lets it begin without the test of two people.
async fn begins(keeper: &Visitor, measure: &str) {
    keeper.opens(measure).says("We counted it before.").sends("Let it begin").await.goes_to(measure);
}

fn definition(team: &str, keeper: &str, kind: &str) -> Vec<(&'static str, String)> {
    let fields = [
        ("team", team),
        ("keeper", keeper),
        ("kind", kind),
        ("cadence", "week"),
        ("name", "Quote turnaround"),
        ("question", "How long does a customer wait for our quote?"),
        ("how_counted", "Working hours from all five facts to the inbox."),
        ("unit", "hours"),
        ("better", "lower"),
        ("source", "Quote register"),
        ("wish", "24"),
        ("wish_by", "Helen"),
        ("wish_words", "Three days is what the others do."),
        ("not_used_for", "Comparing people."),
        ("cost_minutes", "10"),
        ("floor", "0"),
    ];
    fields.map(|(name, value)| (name, value.to_owned())).to_vec()
}

/// So many weeks of values before the current one, oldest first.
fn series(values: &[f64]) -> String {
    let newest: chrono::NaiveDate = "2026-02-23".parse().unwrap();
    let count = i64::try_from(values.len()).unwrap();
    let rows = values.iter().zip(0_i64..);
    rows.map(|(value, at)| format!("{};{value}\n", newest - TimeDelta::weeks(count - 1 - at))).collect()
}

const STEADY: [f64; 20] = [
    51.0, 48.5, 49.0, 54.0, 48.5, 47.5, 45.0, 49.5, 49.0, 55.5, 49.0, 50.5, 50.5, 45.0, 53.5, 47.5, 54.5, 50.0, 56.0,
    51.5,
];

#[tokio::test]
async fn a_leader_defines_a_measure_and_a_double_click_makes_one() {
    let FieldNorth { app, team, callum, tomas, .. } = FieldNorth::new().await;
    let page = tomas.get("/measures/new").await.is(200);
    assert_eq!(page.value("team"), team.to_string(), "the only team is chosen");
    let mut form = definition(&team.to_string(), &callum.id.to_string(), "number");
    form.push(("key", page.value("key")));
    let measure = tomas.post("/measures", &form).await.location();
    tomas.post("/measures", &form).await.goes_to("/measures");
    assert_eq!(app.count("SELECT COUNT(*) FROM measure").await, 1);
    let page = callum.get(&measure).await.sees("No values yet").sees("Nothing is being tried here.");
    page.sees("Working hours from all five facts")
        .sees("Comparing people.")
        .sees("24 hours, Helen. Three days")
        .sees("10 minutes a week");
}

#[tokio::test]
async fn a_refused_definition_keeps_its_words_and_says_what_is_missing() {
    let stage = Measured::number().await;
    let outsider = stage.app.rep("Ruth", stage.app.team("Service").await).await;
    let mut form = definition(&stage.team.to_string(), &outsider.id.to_string(), "number");
    for (name, value) in &mut form {
        match *name {
            "not_used_for" | "wish_by" => value.clear(),
            "cost_minutes" => "ten".clone_into(value),
            "floor" => "NaN".clone_into(value),
            _ => {}
        }
    }
    let page = stage.tomas.post("/measures", &form).await.is(422);
    for field in ["keeper", "not_used_for", "wish_by", "cost_minutes", "floor"] {
        assert_eq!(page.texts(&format!("#field-{field}-error")).len(), 1, "{field}");
    }
    assert_eq!(page.value("name"), "Quote turnaround");
    assert_eq!(page.value("cost_minutes"), "ten");
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM measure").await, 1);
}

#[tokio::test]
async fn reps_define_no_measures_and_the_coach_does() {
    let stage = Measured::number().await;
    let form = definition(&stage.team.to_string(), &stage.callum.id.to_string(), "share");
    stage.priya.get("/measures/new").await.is(404);
    stage.priya.post("/measures", &form).await.is(404);
    stage.app.coach("Ines").await.opens("/measures/new").fills(&form).sends("Write it down").await.is(303);
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM measure WHERE unit = '%' AND ceiling = 100").await, 1);
}

#[tokio::test]
async fn a_measure_of_another_team_does_not_exist() {
    let stage = Measured::number().await;
    let other = stage.app.team("Service").await;
    let (ruth, mei) = (stage.app.leader("Ruth", other).await, stage.app.rep("Mei", other).await);
    let missing = format!("/measures/{}", MeasureId(uuid::Uuid::nil()));
    for (visitor, measure) in [(&ruth, &stage.path), (&mei, &stage.path), (&stage.tomas, &missing)] {
        for more in ["", "/values.csv", "/values/import", "/limits/new", "/edit", "/agreement"] {
            visitor.get(&format!("{measure}{more}")).await.is(404);
        }
        for more in ["/values", "/values/import", "/values/import/confirmation", "/limits"] {
            visitor.post(&format!("{measure}{more}"), &[("value", "3"), ("text", "2026-03-02;3")]).await.is(404);
        }
    }
    stage.tomas.get("/measures/not-an-id").await.is(404);
    ruth.get("/measures").await.sees("No measures yet").does_not_see("Quote turnaround");
    let form = definition(&stage.team.to_string(), &stage.callum.id.to_string(), "number");
    ruth.post("/measures", &form).await.is(422).sees("Choose one of your teams.");
    assert_eq!(stage.values().await, 0);
}

#[tokio::test]
async fn the_keeper_enters_this_weeks_number_with_a_comma_and_twice_is_once() {
    let stage = Measured::number().await;
    let page = stage.callum.get(&stage.path).await.sees("This week’s number");
    assert_eq!(page.value("period"), THIS_WEEK);
    assert_eq!(page.attributes("#field-value", "inputmode"), ["decimal"]);
    for _ in 0..2 {
        stage.enters_for(THIS_WEEK, "31,5").await.goes_to(&stage.path);
    }
    assert_eq!(stage.values().await, 1);
    stage
        .callum
        .get(&stage.path)
        .await
        .sees("31.5 hours is in for the week of 2 Mar.")
        .sees("One value so far: 31.5 hours");
    stage.posts(&stage.tomas, "values", &[("value", "31.5")]).await.goes_to(&stage.path);
    assert_eq!(stage.values().await, 1, "without a week it is the current one");
    stage.callum.get(&stage.path).await.does_not_see("is in for the week of");
}

#[tokio::test]
async fn only_the_keeper_and_the_leader_enter_numbers() {
    let stage = Measured::number().await;
    let page = stage.priya.get(&stage.path).await.is(200);
    assert_eq!(page.texts("form[action$='/values']").len(), 0);
    for path in ["values", "values/import", "values/import/confirmation", "limits"] {
        stage.priya.post(&stage.below(path), &[("value", "31"), ("text", "2026-03-02;3")]).await.is(403);
    }
    for path in ["values/import", "limits/new"] {
        stage.priya.get(&stage.below(path)).await.is(403);
    }
    assert_eq!(stage.values().await, 0);
}

#[tokio::test]
async fn what_is_no_number_comes_back_with_a_sentence() {
    let stage = Measured::number().await;
    for typed in ["", "NaN", "inf", "-Infinity", "1e308", "three", "12,345", "-1"] {
        let page = stage.enters_for(THIS_WEEK, typed).await.is(422);
        assert_eq!(page.value("value"), typed);
        assert!(page.text("#field-value-error").ends_with('.'), "{typed}");
    }
    stage.enters_for("2026-03-09", "3").await.is(422).sees("This week has not begun yet.");
    stage.enters_for("9999-99-99", "3").await.is(422).sees("Choose a week of the list.");
    stage.enters_for("+262142-12-31", "3").await.is(422);
    assert_eq!(stage.values().await, 0);
}

#[tokio::test]
async fn a_share_takes_two_counts() {
    let stage = Measured::defined("share").await;
    let send = |part: &'static str, whole: &'static str| {
        let fields = [("period", THIS_WEEK), ("numerator", part), ("denominator", whole)];
        let path = stage.below("values");
        let callum = &stage.callum;
        async move { callum.post(&path, &fields).await }
    };
    for (part, whole) in [("", "26"), ("3", ""), ("27", "26"), ("3", "0"), ("-1", "26"), ("1.5", "26"), ("NaN", "26")] {
        let page = send(part, whole).await.is(422);
        assert_eq!((page.value("numerator").as_str(), page.value("denominator").as_str()), (part, whole));
    }
    send("3", "26").await.goes_to(&stage.path);
    let page = stage.callum.get(&stage.path).await.sees("One value so far: 11.5 %");
    assert_eq!(page.texts("#numbers tbody td.figure"), ["11.5 %", "3", "26"]);
    send("0", "26").await.is(409).sees("Callum Reid entered 11.5 %");
}

#[tokio::test]
async fn another_number_replaces_the_one_that_was_seen_and_leaves_a_trace() {
    let stage = Measured::number().await;
    stage.enters_for(THIS_WEEK, "31").await.is(303);
    stage.callum.opens(&stage.path).fills(&[("period", THIS_WEEK), ("value", "33")]).sends("Enter it").await.is(303);
    assert_eq!(stage.values().await, 2);
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM measure_value WHERE superseded_at IS NULL").await, 1);
    let page = stage.priya.get(&stage.path).await.sees("2 Mar: 31 hours by Callum Reid was replaced on 3 Mar 2026.");
    assert_eq!(page.texts("#numbers tbody td.figure"), ["33 hours"]);
}

#[tokio::test]
async fn of_two_people_who_enter_the_same_week_the_second_sees_both() {
    let stage = Measured::number().await;
    let page = stage.tomas.get(&stage.path).await;
    stage.enters_for(THIS_WEEK, "31").await.is(303);
    let page = stage.tomas.on(&page).fills(&[("value", "33")]).sends("Enter it").await.is(409);
    assert_eq!(page.value("value"), "33");
    let page = page.sees("Callum Reid entered 31 hours for the week of 2 Mar; you wrote 33 hours.");
    assert_eq!(stage.values().await, 1);
    stage.tomas.on(&page).sends("Enter it").await.is(303);
    assert_eq!(stage.values().await, 2);
}

#[tokio::test]
async fn the_week_is_the_one_on_the_teams_wall() {
    let stage = Measured::number().await;
    // Sunday, 29 March 2026, 23:30 UTC is Monday half past midnight in London.
    stage.app.clock.set("2026-03-29T23:30:00Z".parse().unwrap());
    let page = stage.callum.get(&stage.path).await;
    assert_eq!(page.attributes("#field-period option", "value")[0], "2026-03-30", "the week that runs");
    assert_eq!(page.value("period"), "2026-03-23", "the last one that is over");
}

#[tokio::test]
async fn a_table_changes_nothing_until_its_preview_is_confirmed() {
    let stage = Measured::number().await;
    let text = "Week;Hours\n02.02.2026;51\n09.02.2026;NaN\n2026-W08;48,5\n2026-02-24;inf\nnonsense\n";
    let filled = stage.callum.opens(&stage.below("values/import")).fills(&[("text", text)]);
    let preview = filled.sends("Show what would happen").await.is(200);
    let preview = preview.sees("2 rows understood, 3 not").sees("Line 3,").sees("Line 5,").sees("Line 6,");
    let preview = preview.sees("The first line was taken for a heading: Week;Hours");
    assert_eq!(stage.values().await, 0);
    for _ in 0..2 {
        stage.confirms(&preview).await.goes_to(&stage.path);
    }
    assert_eq!(stage.values().await, 2);
    let page = stage.callum.get(&stage.path).await.sees("The values of 2 weeks are in, 3 rows were left out.");
    assert_eq!(page.texts("#numbers tbody th"), ["16 Feb", "9 Feb", "2 Feb"], "the week between is a gap");
}

#[tokio::test]
async fn a_preview_that_no_longer_holds_is_shown_anew() {
    let stage = Measured::number().await;
    let text = "2026-02-23;50\n";
    let filled = stage.callum.opens(&stage.below("values/import")).fills(&[("text", text)]);
    let preview = filled.sends("Show what would happen").await.sees("new");
    stage.tomas.opens(&stage.path).fills(&[("period", "2026-02-23"), ("value", "49")]).sends("Enter it").await.is(303);
    let again = stage.confirms(&preview).await.is(409).sees("Nothing was taken over").sees("replaces 49 hours");
    assert_eq!(stage.values().await, 1);
    stage.confirms(&again).await.is(303);
    assert_eq!(
        stage.app.count("SELECT COUNT(*) FROM measure_value WHERE value = 50 AND superseded_at IS NULL").await,
        1
    );
    assert_eq!(stage.values().await, 2);
    stage.callum.post(&stage.below("values/import/confirmation"), &[("text", "2026-02-16;40")]).await.is(409);
    assert_eq!(stage.values().await, 2, "what was never shown is not taken over");
}

#[tokio::test]
async fn files_of_all_kinds_are_understood_or_refused_with_a_sentence() {
    let stage = Measured::number().await;
    let table = "Woche;Stunden\n02.02.2026;51,5\n";
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(table.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let marked = [b"\xef\xbb\xbf", table.as_bytes()].concat();
    let western = "Gr\u{f6}\u{df}e;Std\n02.02.2026;51,5\n"
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();
    for file in [table.as_bytes().to_vec(), marked, wide, western] {
        upload(&stage, &file).await.is(200).sees("1 row understood").sees("51.5 hours");
    }
    for file in [
        &b"PK\x03\x04\x14\x00\x06\x00"[..],
        b"\x89PNG\r\n\x1a\n\x00\x01\x02",
        &[0xff, 0xfe, 0x00],
        &[0; 64],
        b"\n\n",
        b"",
    ] {
        let page = upload(&stage, file).await.is(422);
        assert!(
            page.texts(".message").iter().all(|message| message.ends_with('.')) && page.texts(".message").len() == 1
        );
    }
    upload(&stage, "2026-02-02;1e308\n\u{202e};;;\n\"".as_bytes()).await.is(422).sees("Line 1,");
    upload(&stage, &vec![b'1'; 2_000_000]).await.is(413);
    assert_eq!(stage.values().await, 0);
}

async fn upload(stage: &Measured, file: &[u8]) -> Answer {
    let head = "--edge\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\n\r\n--edge\r\n\
        content-disposition: form-data; name=\"file\"; filename=\"past.csv\"\r\ncontent-type: text/csv\r\n\r\n";
    let body = [head.as_bytes(), file, b"\r\n--edge--\r\n"].concat();
    stage.callum.post_raw(&stage.below("values/import"), "multipart/form-data; boundary=edge", body).await
}
