//! Lists that are given to a statement as one value: JSON, which both engines take apart.

use uuid::Uuid;

/// The rows of a list of identifiers, as `(SELECT … AS id …)`, for one engine. `$n` is bound to [`ids`].
macro_rules! given_ids {
    (sqlite, $n:literal) => {
        concat!("(SELECT unhex(replace(value, '-', '')) AS id FROM json_each(", $n, "))")
    };
    (postgres, $n:literal) => {
        concat!(
            "(SELECT CAST(value AS UUID) AS id FROM jsonb_array_elements_text(CAST(",
            $n,
            " AS JSONB)) AS listed (value))"
        )
    };
}

/// The rows of a list of texts, as `(SELECT … AS word …)`, for one engine. `$n` is bound to [`words`].
macro_rules! given_words {
    (sqlite, $n:literal) => {
        concat!("(SELECT value AS word FROM json_each(", $n, "))")
    };
    (postgres, $n:literal) => {
        concat!("(SELECT value AS word FROM jsonb_array_elements_text(CAST(", $n, " AS JSONB)) AS listed (value))")
    };
}

/// The rows of a list of people who are told something, as `(SELECT … AS id, … AS person_id, … AS kind …)`, for one
/// engine. `$n` is bound to [`rows`].
macro_rules! given_told {
    (sqlite, $n:literal) => {
        concat!(
            "(SELECT unhex(replace(value ->> 0, '-', '')) AS id, unhex(replace(value ->> 1, '-', '')) AS person_id,
                     value ->> 2 AS kind FROM json_each(",
            $n,
            "))"
        )
    };
    (postgres, $n:literal) => {
        concat!(
            "(SELECT CAST(value ->> 0 AS UUID) AS id, CAST(value ->> 1 AS UUID) AS person_id, value ->> 2 AS kind
              FROM jsonb_array_elements(CAST(",
            $n,
            " AS JSONB)) AS listed (value))"
        )
    };
}

pub(crate) use {given_ids, given_told, given_words};

/// A list of rows of texts as one value.
pub fn rows<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> String {
    let rows: Vec<serde_json::Value> = rows.into_iter().map(|row| row.to_vec().into()).collect();
    serde_json::Value::from(rows).to_string()
}

/// A list of identifiers as one value.
pub fn ids(ids: impl IntoIterator<Item = Uuid>) -> String {
    let ids: Vec<String> = ids.into_iter().map(|id| format!("\"{id}\"")).collect();
    format!("[{}]", ids.join(","))
}

/// A list of texts as one value.
pub fn words<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<serde_json::Value> = words.into_iter().map(serde_json::Value::from).collect();
    serde_json::Value::from(words).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_one_value_of_json() {
        assert_eq!(ids([]), "[]");
        let id = Uuid::from_u128(10);
        assert_eq!(ids([id, id]), format!("[\"{id}\",\"{id}\"]"));
        assert_eq!(words(["a\"b", "ü"]), "[\"a\\\"b\",\"ü\"]");
    }
}
