//! What stands beside the values: notes, versions, steps, jumps, a second chart on the same weeks; and very long series.

use super::tests::{attribute, found, long_series};
use super::*;
use crate::spc::study::tests::{quote_turnaround, turnaround_phases};
use crate::spc::{Better, Bounds, Cadence, Options, PhaseStart, Point, Study, Wording, study};
use askama::Template;
use chrono::NaiveDate;

/// A series with everything that a chart needs.
struct Read {
    points: Vec<Point>,
    study: Study,
    options: Options,
    words: Wording,
}

impl Read {
    fn new(points: Vec<Point>, phases: &[PhaseStart]) -> Self {
        let options = Options { floor: Some(0.0), better: Better::Lower, ..Options::default() };
        let words = Wording::new("hours", Cadence::Week, &points);
        Self { study: study(&points, phases, &options), points, options, words }
    }

    fn turnaround() -> Self {
        Self::new(quote_turnaround(), &turnaround_phases())
    }

    fn chart<'a>(&'a self, notes: &'a [Note], size: Size) -> Chart<'a> {
        Chart {
            id: "m1",
            points: &self.points,
            study: &self.study,
            options: &self.options,
            words: &self.words,
            wish: None,
            starts: &[],
            notes,
            experiments: &[],
            explained: &[],
            axis: &[],
            size,
            newest: size.shows(),
        }
    }
}

fn svg(drawing: &Drawing) -> String {
    drawing.render().unwrap()
}

fn note(at: usize, kind: NoteKind, words: &str) -> Note {
    Note { at, kind, words: words.to_owned() }
}

#[test]
fn what_was_written_down_has_a_numbered_flag_and_its_words() {
    let mut read = Read::turnaround();
    read.points[70].value = None;
    read.points[60].excluded = true;
    let read = Read::new(read.points, &turnaround_phases());
    let notes = [
        note(70, NoteKind::Event, "office closed"),
        note(2, NoteKind::Event, "before the drawn part"),
        note(50, NoteKind::Event, "new price list"),
        note(50, NoteKind::Customer, "much quicker"),
        note(60, NoteKind::LeftOut, "the register was down"),
    ];
    let drawn = svg(&read.chart(&notes, Size::Full).draw());
    assert_eq!(found(&drawn, "[data-note]"), 2);
    let words = "hours; Event: new price list; Customer: much quicker']";
    assert_eq!(found(&drawn, &format!("circle[data-note][data-point$='{words}")), 1);
    assert_eq!(found(&drawn, "path.chart-flag[data-point$=': no value; Event: office closed']"), 1, "at a gap, too");
    assert_eq!(found(&drawn, ".chart-excluded[data-point$='Left out: the register was down']"), 1);
    let numbers: Vec<&str> = drawn.split("chart-flag-number").skip(1).map(text_of).collect();
    assert_eq!(numbers, ["2", "3"], "numbers count from the beginning of the series");
    assert!(drawn.contains(">event</text>") && !drawn.contains(">customer</text>"), "the first note names the flag");
}

fn text_of(element: &str) -> &str {
    element.split_once('>').unwrap().1.split_once('<').unwrap().0
}

#[test]
fn many_flags_stay_readable() {
    let read = Read::turnaround();
    let notes: Vec<Note> = (0..78).map(|at| note(at, NoteKind::Note, "a word")).collect();
    for size in [Size::Full, Size::Phone] {
        let drawn = svg(&read.chart(&notes, size).draw());
        assert_eq!(found(&drawn, "[data-note]"), 60, "every value says its note");
        let numbers = drawn.split("chart-flag-number").skip(1);
        let places: Vec<(f64, usize)> = numbers
            .map(|text| {
                (text.split("x=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap(), text_of(text).len())
            })
            .collect();
        assert!(places.len() > 5);
        for pair in places.windows(2) {
            let wide = |letters: usize| f64::from(u32::try_from(letters).unwrap()) * 9.0 / 2.0;
            assert!(pair[1].0 - pair[0].0 >= wide(pair[0].1) + wide(pair[1].1) + 4.0, "{size:?}: {pair:?}");
        }
    }
}

#[test]
fn words_at_a_line_stay_inside_the_drawing() {
    let read = Read::turnaround();
    for (size, at) in [(Size::Phone, 45), (Size::Phone, 48), (Size::Phone, 60), (Size::Full, 48), (Size::Full, 76)] {
        let label = "Standard quotes without the pricing desk in all regions".to_owned();
        let starts = [Start { at, what: Began::Experiment, label }];
        let chart = Chart { starts: &starts, ..read.chart(&[], size) };
        let picture = Picture::of(&chart).placed(&chart);
        let events = events::events(&picture);
        let frame = frame::Frame::new(&picture, events::rows(&events), 0);
        for text in events::texts(&picture, &frame, &events) {
            let (x, wide) = (text.x.parse::<f64>().unwrap(), geometry::width(&text.words));
            let (from, to) = if text.anchor == "end" { (x - wide, x) } else { (x, x + wide) };
            assert!(from >= 0.0 && to <= f64::from(frame.size.0), "{size:?} {at}: {text:?} from {from} to {to}");
        }
    }
}

#[test]
fn another_way_of_counting_is_a_line_of_its_own() {
    let read = Read::turnaround();
    let start = |at, what, label: &str| Start { at, what, label: label.into() };
    let starts = [
        start(32, Began::Experiment, "standard quotes"),
        start(33, Began::Definition, "new definition"),
        start(60, Began::Experiment, "a second one"),
    ];
    let drawn = svg(&Chart { starts: &starts, ..read.chart(&[], Size::Full) }.draw());
    assert_eq!((found(&drawn, ".chart-start"), found(&drawn, ".chart-version")), (2, 1));
    assert!(drawn.contains(">new definition</text>"));
}

#[test]
fn limits_that_move_from_value_to_value_are_steps() {
    let read = Read::new(quote_turnaround(), &[]);
    let chart = Chart { newest: usize::MAX, ..read.chart(&[], Size::Full) };
    let mut picture = Picture::of(&chart).placed(&chart);
    for (at, bounds) in picture.stretches[0].bounds.iter_mut().enumerate() {
        let upper = if at % 2 == 0 { 70.0 } else { 75.0 };
        *bounds = Bounds { upper: Some(upper), lower: Some(20.0).filter(|_| at >= 10) };
    }
    let drawn = svg(&composition::draw(&picture, "m1", String::new(), String::new()));
    let paths: Vec<&str> = drawn.split("<path class=\"chart-limit\" d=\"").skip(1).collect();
    let path = |at: usize| paths[at].split('"').next().unwrap();
    assert_eq!(paths.len(), 2);
    assert_eq!((path(0).matches('V').count(), path(0).matches('M').count()), (77, 1));
    assert_eq!((path(1).matches('V').count(), path(1).matches('H').count()), (0, 1), "begins where there is one");
}

#[test]
fn jumps_are_shown_and_the_large_ones_have_a_shape_and_a_word() {
    let mut points = quote_turnaround();
    points[20].value = Some(95.0);
    let read = Read::new(points, &[]);
    let chart = Chart { newest: usize::MAX, ..read.chart(&[], Size::Full) };
    let [narrow, broad] = chart.jumps().unwrap();
    let drawn = svg(&broad);
    assert_eq!(found(&drawn, "[data-point]"), 77, "no jump to the first value");
    assert_eq!(found(&drawn, "path.chart-signal-outside[data-point$='a larger jump than usual']"), 2);
    assert_eq!((found(&drawn, ".chart-limit"), found(&drawn, ".chart-mean")), (1, 1));
    assert!(broad.title.contains("2 larger than usual, the last in the week of"), "{}", broad.title);
    assert!(narrow.id != broad.id && broad.description.contains("average jump"), "{}", broad.description);
    let few = Read::new(quote_turnaround()[..5].to_vec(), &[]);
    assert!(few.chart(&[], Size::Full).jumps().is_none());
}

#[test]
fn two_charts_on_one_axis_have_the_same_place_for_the_same_week() {
    let all = quote_turnaround();
    let axis: Vec<NaiveDate> = all.iter().map(|point| point.period).collect();
    let (early, late) = (Read::new(all[..60].to_vec(), &turnaround_phases()[..1]), Read::new(all[30..].to_vec(), &[]));
    let newest = all.last().unwrap().period;
    let places = |read: &Read| -> Vec<(String, String)> {
        let words = Wording { newest: Some(newest), ..read.words.clone() };
        let chart = Chart { axis: &axis, words: &words, newest: 60, ..read.chart(&[], Size::Full) };
        let drawn = svg(&chart.draw());
        let dots = drawn.split("cx=\"").skip(1).filter(|dot| dot.contains("data-point"));
        let value =
            |dot: &str, before: &str| dot.split(before).nth(1).unwrap().split([':', '"']).next().unwrap().to_owned();
        dots.map(|dot| (value(dot, "data-point=\""), dot.split('"').next().unwrap().to_owned())).collect()
    };
    let (early, late) = (places(&early), places(&late));
    let both: Vec<_> = early.iter().filter(|(week, _)| late.iter().any(|(other, _)| other == week)).collect();
    assert!(both.len() > 20);
    assert!(both.iter().all(|place| late.contains(place)));
}

#[test]
fn a_long_series_with_everything_stays_below_thirty_kilobytes() {
    let (points, starts) = long_series(200);
    let read = Read::new(points, &starts);
    let notes: Vec<Note> =
        (0..200).step_by(10).map(|at| note(at, NoteKind::Event, "A new price list for all pumps")).collect();
    for size in [Size::Full, Size::Phone] {
        let drawn = svg(&Chart { newest: usize::MAX, ..read.chart(&notes, size) }.draw());
        assert_eq!((found(&drawn, "[data-point]"), found(&drawn, "[data-note]")), (200, 20));
        assert!(drawn.len() <= 30 * 1024, "{size:?}: {} bytes", drawn.len());
    }
}

#[test]
fn a_century_of_weeks_is_one_line_without_words() {
    let (points, starts) = long_series(5200);
    let highest = points.iter().filter_map(Point::present).fold(0.0, f64::max);
    let read = Read::new(points, &starts);
    let notes: Vec<Note> = (0..5200).step_by(7).map(|at| note(at, NoteKind::Note, "a word")).collect();
    for size in [Size::Full, Size::Phone] {
        let chart = Chart { newest: usize::MAX, ..read.chart(&notes, size) };
        let drawn = svg(&chart.draw());
        assert_eq!((found(&drawn, "svg.chart-dense"), found(&drawn, "[data-point]")), (1, 0));
        assert!(drawn.len() <= 90 * 1024, "{size:?}: {} bytes", drawn.len());
        let shapes = drawn.split("</desc>").nth(1).unwrap();
        assert!(!shapes.contains("NaN") && !shapes.contains("inf"));
        let line = attribute(&drawn, ".chart-line", "d");
        let top = line
            .split(['M', 'L', 'V'])
            .filter_map(|place| place.split(' ').next_back()?.parse().ok())
            .fold(f64::MAX, f64::min);
        let picture = Picture::of(&chart).placed(&chart);
        let frame =
            frame::Frame::new(&picture, events::rows(&events::events(&picture)), key::rows(&key::lay_out(&picture)));
        assert!((top - frame.y(highest)).abs() < 0.1, "no height is lost");
        for class in [".chart-signal-run", ".chart-signal-outside"] {
            assert!(found(&drawn, class) > 0, "{class}");
        }
    }
}

#[test]
fn the_file_holds_figures_and_harmless_words() {
    let mut points = quote_turnaround();
    points[77].excluded = true;
    let read = Read::new(points, &turnaround_phases());
    let notes =
        [note(76, NoteKind::Event, "=1+1"), note(77, NoteKind::LeftOut, "=cmd()"), note(77, NoteKind::Note, "odd")];
    let Read { points, study, options, words } = &read;
    let sheet = numbers::Sheet { points, counted: &[], study, options, words, notes: &notes };
    let file = String::from_utf8(sheet.csv(75..78).unwrap()).unwrap();
    let mut lines = file.lines();
    assert_eq!(
        lines.next().unwrap(),
        "period,value,as_it_came,numerator,denominator,mean,lower_limit,upper_limit,moving_range,signal,note,excluded_reason"
    );
    assert!(lines.next().unwrap().ends_with(",0.5,eight in a row above the average,,"), "{file}");
    assert!(lines.next().unwrap().ends_with(",2,,Event: =1+1,"), "{file}");
    assert!(lines.next().unwrap().ends_with(",,,Note: odd,'=cmd()"), "{file}");
    let rows = sheet.rows(75..78);
    assert_eq!((rows[1].note.as_str(), rows[2].signal.as_str()), ("1 · Event: =1+1", "left out: =cmd()"));
}
