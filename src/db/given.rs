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

pub(crate) use {given_ids, given_words};

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
