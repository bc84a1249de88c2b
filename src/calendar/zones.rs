//! The time zones that a form offers: those named after a place, and universal time.

/// The continents and oceans by which places are named; what has another name is an older one for the same.
const PARTS: [&str; 10] =
    ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

/// Their names, by the alphabet.
pub fn names() -> impl Iterator<Item = &'static str> {
    let places = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
    places.filter(|name| *name == "UTC" || name.split('/').next().is_some_and(|part| PARTS.contains(&part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_offered_and_no_other_names_for_them() {
        let names: Vec<&str> = names().collect();
        for name in ["Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "UTC"] {
            assert!(names.contains(&name), "{name}");
        }
        for name in ["GB", "EST5EDT", "US/Pacific", "Etc/GMT+5", "Zulu"] {
            assert!(!names.contains(&name), "{name}");
        }
    }
}
