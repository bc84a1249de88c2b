//! The settings as they may be shown: passwords are hidden.

use super::{BASE_URL, Config, DATA, DATABASE_URL, LISTEN, LOG, LOG_FORMAT, TRUSTED_PROXIES};
use url::Url;

impl Config {
    /// What is in force, one line for each setting, without passwords.
    pub fn told(&self) -> String {
        let proxies: Vec<String> = self.trusted_proxies.iter().map(ToString::to_string).collect();
        let lines = [
            (LISTEN, self.listen.to_string()),
            (DATA, self.data.display().to_string()),
            (DATABASE_URL, without_password(&self.database_url)),
            (BASE_URL, self.base_url.to_string()),
            (TRUSTED_PROXIES, proxies.join(",")),
            (LOG, self.log.clone()),
            (LOG_FORMAT, String::from(if self.log_json { "json" } else { "text" })),
        ];
        lines.map(|(name, value)| format!("{name}={value}")).join("\n")
    }
}

const HIDDEN: &str = "***";

/// The address of a database as it may be shown.
fn without_password(url: &str) -> String {
    if url.starts_with("sqlite://") {
        return url.to_owned();
    }
    let Ok(mut shown) = Url::parse(url) else { return String::from(HIDDEN) };
    if shown.password().is_some() && shown.set_password(Some(HIDDEN)).is_err() {
        return String::from(HIDDEN);
    }
    if shown.query().is_some() {
        let hide = |name: &str, value: &str| String::from(if name.contains("password") { HIDDEN } else { value });
        let pairs: Vec<_> = url_pairs(&shown).into_iter().map(|(name, value)| (hide(&name, &value), name)).collect();
        shown.query_pairs_mut().clear().extend_pairs(pairs.iter().map(|(value, name)| (name, value)));
    }
    shown.to_string()
}

fn url_pairs(url: &Url) -> Vec<(String, String)> {
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ALL;

    #[test]
    fn what_is_in_force_is_told_without_passwords() {
        let url = "postgres://ruth:hunter2@127.0.0.1/x?sslmode=require&password=hunter2";
        let told = Config::from_vars([(String::from(DATABASE_URL), String::from(url))]).unwrap().told();
        assert!(told.contains("postgres://ruth:***@127.0.0.1/x?sslmode=require&password=***"), "{told}");
        assert!(!told.contains("hunter2"), "{told}");
        assert_eq!(told.lines().count(), ALL.len());
        assert!(told.lines().zip(ALL).all(|(line, name)| line.starts_with(&format!("{name}="))), "{told}");
    }
}
