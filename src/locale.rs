//! How days and figures are written: as the language of whoever reads writes them. Words stay English.
//!
//! Hundreds of sentences say a day or a figure, and all of them say it through [`form`] and [`figure`]. The language comes
//! in from outside once, with the header `Accept-Language`, and is held beside the task that answers the request
//! ([`Locale::during`]), because a parameter would have to be handed through every one of those sentences and their
//! callers. Nothing below can change it. Where nobody reads, such as under the clock, on a television or in the command,
//! none is held, and all is written as the company writes it: [`Locale::English`]. So is what a move writes down for others
//! to read ([`as_company`]).
//!
//! German days carry their year always, `1.12.2026`: without it they end with a full stop, and a sentence would end with two.

use std::borrow::Cow;

/// A way to write days and figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// `1 December 2026`, `1,234.5`: as the company writes.
    #[default]
    English,
    /// `1.12.2026`, `1.234,5`.
    German,
    /// `1.12.2026`, `1’234.5`.
    Swiss,
}

tokio::task_local! {
    static READER: Locale;
}

impl Locale {
    /// The one that a browser asks for most, of those we can write.
    pub fn wanted(accept_language: &str) -> Self {
        let asked = accept_language.split(',').take(20).filter_map(|part| {
            let (tag, weight) = part.split_once(';').unwrap_or((part, ""));
            let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.parse::<f32>().ok())?;
            Some((Self::of_tag(&tag.trim().to_ascii_lowercase())?, weight)).filter(|(_, weight)| *weight > 0.0)
        });
        // Of two that are wanted alike the first one counts.
        let best = asked.fold(None, |best: Option<(Self, f32)>, (locale, weight)| match best {
            Some((_, most)) if most >= weight => best,
            _ => Some((locale, weight)),
        });
        best.map(|(locale, _)| locale).unwrap_or_default()
    }

    fn of_tag(tag: &str) -> Option<Self> {
        match (tag.split('-').next()?, tag.rsplit('-').next()?) {
            ("de", "ch" | "li") => Some(Self::Swiss),
            ("de", _) => Some(Self::German),
            ("en", _) => Some(Self::English),
            _ => None,
        }
    }

    /// That of whoever reads what is written now.
    pub fn reader() -> Self {
        READER.try_with(|locale| *locale).unwrap_or_default()
    }

    /// Write for this reader until the work is done.
    pub async fn during<F: Future>(self, work: F) -> F::Output {
        READER.scope(self, work).await
    }

    /// The same for work that is done at once.
    pub fn with<T>(self, work: impl FnOnce() -> T) -> T {
        READER.sync_scope(self, work)
    }

    /// The marks between thousands and before decimals.
    fn marks(self) -> (char, char) {
        match self {
            Self::English => (',', '.'),
            Self::German => ('.', ','),
            Self::Swiss => ('\u{2019}', '.'),
        }
    }

    /// What stands before the decimals, in words.
    pub fn decimal_word(self) -> &'static str {
        if self == Self::German { "comma" } else { "point" }
    }
}

/// What is written for others to read, whoever asks for it.
pub fn as_company<T>(work: impl FnOnce() -> T) -> T {
    Locale::default().with(work)
}

/// The form of a day for `chrono`'s `format`, from the English one: `%-d %B` becomes `%-d.%-m.%Y` for a German reader.
pub fn form(english: &'static str) -> Cow<'static, str> {
    /// Longer ones first, for the shorter ones are parts of them.
    const NUMERALS: [(&str, &str); 8] = [
        ("%-d %B %Y", "%-d.%-m.%Y"),
        ("%-d %b %Y", "%-d.%-m.%Y"),
        ("%-d %B", "%-d.%-m.%Y"),
        ("%-d %b", "%-d.%-m.%Y"),
        ("%B %Y", "%-m/%Y"),
        ("%b %Y", "%-m/%Y"),
        ("%B", "%-m/%Y"),
        ("%b", "%-m/%Y"),
    ];
    if Locale::reader() == Locale::English {
        return Cow::Borrowed(english);
    }
    let found = NUMERALS.into_iter().find(|(words, _)| english.contains(words));
    found.map_or(Cow::Borrowed(english), |(words, numerals)| Cow::Owned(english.replacen(words, numerals, 1)))
}

/// A figure that is written in English, `1,234.5`, as the reader writes it.
pub fn figure(english: String) -> String {
    let (thousands, decimals) = Locale::reader().marks();
    replaced(english, (',', thousands), ('.', decimals))
}

/// A figure as it stands in a field: no marks between thousands.
pub fn field(figure: f64) -> String {
    let (_, decimals) = Locale::reader().marks();
    figure.to_string().replace('.', decimals.encode_utf8(&mut [0; 4]))
}

/// A figure that the reader typed, with the marks of English.
pub fn typed(text: &str) -> String {
    let (thousands, decimals) = Locale::reader().marks();
    replaced(text.to_owned(), (thousands, ','), (decimals, '.'))
}

fn replaced(text: String, (one, for_one): (char, char), (other, for_other): (char, char)) -> String {
    if one == for_one && other == for_other {
        return text;
    }
    let mark = |mark| match mark {
        _ if mark == one => for_one,
        // The two change places, so that the other way to write it is read as well.
        _ if mark == other => for_other,
        mark => mark,
    };
    text.chars().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn the_language_wanted_most_of_those_we_know_counts() {
        let cases = [
            ("de-DE,de;q=0.9,en;q=0.8", Locale::German),
            ("de", Locale::German),
            ("DE-at", Locale::German),
            ("de-CH,de;q=0.9", Locale::Swiss),
            ("en-GB,en;q=0.9,de;q=0.8", Locale::English),
            ("en;q=0.5, de;q=0.7", Locale::German),
            ("fr-FR,fr;q=0.9", Locale::English),
            ("fr,de;q=0.4,en;q=0.3", Locale::German),
            ("de;q=0,en", Locale::English),
            ("de;q=x", Locale::English),
            ("", Locale::English),
            ("*", Locale::English),
            (",;,;q=1,\u{fffd}", Locale::English),
        ];
        for (header, locale) in cases {
            assert_eq!(Locale::wanted(header), locale, "{header}");
        }
    }

    #[test]
    fn a_day_is_written_without_a_word_of_another_language() {
        let moment = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap().and_hms_opt(8, 0, 0).unwrap();
        let written = |english: &'static str| moment.format(&form(english)).to_string();
        let forms = ["%-d %B %Y", "%a %-d %b", "week of %-d %b", "%B %Y", "%b", "%A", "%H"];
        let english = ["1 December 2026", "Tue 1 Dec", "week of 1 Dec", "December 2026", "Dec", "Tuesday", "08"];
        assert_eq!(forms.map(written), english);
        let german = ["1.12.2026", "Tue 1.12.2026", "week of 1.12.2026", "12/2026", "12/2026", "Tuesday", "08"];
        assert_eq!(Locale::German.with(|| forms.map(written)), german);
        assert_eq!(Locale::Swiss.with(|| written("%-d %B")), "1.12.2026");
    }

    #[test]
    fn figures_are_written_and_read_with_the_marks_of_the_reader() {
        let both = |locale: Locale| locale.with(|| (figure("1,234.5".into()), field(1234.5), typed("1.234,5")));
        assert_eq!(both(Locale::English), ("1,234.5".into(), "1234.5".into(), "1.234,5".into()));
        assert_eq!(both(Locale::German), ("1.234,5".into(), "1234,5".into(), "1,234.5".into()));
        assert_eq!(both(Locale::Swiss), ("1\u{2019}234.5".into(), "1234.5".into(), "1.234,5".into()));
    }

    #[tokio::test]
    async fn what_is_written_for_others_is_written_as_the_company_does() {
        let told = Locale::German.during(async { (figure("12.5".into()), as_company(|| figure("12.5".into()))) }).await;
        assert_eq!(told, ("12,5".into(), "12.5".into()));
        assert_eq!(Locale::reader(), Locale::English);
    }
}
