//! Every setting: its name, its default, its parser, and an error that names it.

use ipnet::IpNet;
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use url::{Host, Url};

/// Where the server listens: an address and a port. Default `127.0.0.1:3000`.
pub const LISTEN: &str = "CATCHBALL_LISTEN";
/// The folder of the embedded database. Default `./data`.
pub const DATA: &str = "CATCHBALL_DATA";
/// `postgres://…` for PostgreSQL. Default: SQLite in the data folder.
pub const DATABASE_URL: &str = "CATCHBALL_DATABASE_URL";
/// The address people type. Default: `http://` and the listening address.
pub const BASE_URL: &str = "CATCHBALL_BASE_URL";
/// Whose word counts about who is behind them: addresses or networks of proxies. Default: nobody's.
pub const TRUSTED_PROXIES: &str = "CATCHBALL_TRUSTED_PROXIES";
/// What is logged, for example `info` or `catchball=debug`. Default `info`.
pub const LOG: &str = "CATCHBALL_LOG";
/// `text` or `json`. Default `text`.
pub const LOG_FORMAT: &str = "CATCHBALL_LOG_FORMAT";

const ALL: [&str; 7] = [LISTEN, DATA, DATABASE_URL, BASE_URL, TRUSTED_PROXIES, LOG, LOG_FORMAT];
const PREFIX: &str = "CATCHBALL_";
const FILE: &str = "_FILE";

/// The settings of one process.
#[derive(Clone, Debug)]
pub struct Config {
    pub listen: SocketAddr,
    pub data: PathBuf,
    /// `sqlite://…` or `postgres://…`.
    pub database_url: String,
    pub base_url: Url,
    /// The proxies whose `X-Forwarded-For` says who sent a request.
    pub trusted_proxies: Vec<IpNet>,
    pub log: String,
    /// Whether log lines are JSON.
    pub log_json: bool,
    /// Whether the database is gone when the program stops. No setting: the command `demo` does this.
    pub passing: bool,
}

/// A setting that can't be used; one sentence that names it.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct BadSetting(String);

impl Config {
    /// Read the settings from environment variables.
    pub fn from_env() -> Result<Self, BadSetting> {
        Self::from_vars(std::env::vars())
    }

    /// Read the settings from pairs of name and value; others than ours are passed over.
    pub fn from_vars(vars: impl IntoIterator<Item = (String, String)>) -> Result<Self, BadSetting> {
        let mut given = gather(vars)?;
        let mut take = |name: &str| given.remove(name);
        let listen = parse_listen(take(LISTEN).as_deref().unwrap_or("127.0.0.1:3000"))?;
        let data = PathBuf::from(take(DATA).unwrap_or_else(|| String::from("./data")));
        let database_url = match take(DATABASE_URL) {
            Some(text) => parse_database(text)?,
            None => database_in(&data),
        };
        let base_url = take(BASE_URL).unwrap_or_else(|| format!("http://{listen}"));
        Ok(Self {
            listen,
            data,
            database_url,
            base_url: parse_base(&base_url)?,
            trusted_proxies: parse_proxies(&take(TRUSTED_PROXIES).unwrap_or_default())?,
            log: take(LOG).unwrap_or_else(|| String::from("info")),
            log_json: parse_log_format(take(LOG_FORMAT).as_deref().unwrap_or("text"))?,
            passing: false,
        })
    }

    /// Whether the database lies in the data folder, which is then for nobody else.
    pub fn keeps_data_folder(&self) -> bool {
        self.database_url == database_in(&self.data)
    }

    /// Whether people reach us over TLS, so that cookies may be `Secure`.
    pub fn is_https(&self) -> bool {
        self.base_url.scheme() == "https"
    }

    /// Whether what people send goes over a network unencrypted: plain http on anything but this machine.
    pub fn is_plain(&self) -> bool {
        let is_loopback = match self.base_url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            None => false,
        };
        !self.is_https() && !is_loopback
    }

    /// An absolute address of ours, for links that are copied or shown as QR.
    pub fn address_of(&self, path: &str) -> String {
        format!("{}{path}", self.base_url.as_str().trim_end_matches('/'))
    }
}

fn database_in(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("catchball.db").display())
}

fn gather(vars: impl IntoIterator<Item = (String, String)>) -> Result<BTreeMap<String, String>, BadSetting> {
    let mut given = BTreeMap::new();
    for (name, value) in vars.into_iter().filter(|(name, _)| name.starts_with(PREFIX)) {
        let plain = name.strip_suffix(FILE).unwrap_or(&name).to_owned();
        if !ALL.contains(&plain.as_str()) {
            return Err(unknown(&name));
        }
        let value = if plain == name { value } else { read_secret(&name, &value)? };
        if value.trim().is_empty() {
            return Err(BadSetting(format!("{name} is empty: give it a value or leave it out.")));
        }
        if given.insert(plain.clone(), value.trim().to_owned()).is_some() {
            return Err(BadSetting(format!("{plain} and {plain}{FILE} are both set: leave one out.")));
        }
    }
    Ok(given)
}

fn unknown(name: &str) -> BadSetting {
    let known = ALL.join(", ");
    BadSetting(format!("{name} is not a setting of Catchball. The settings are {known}."))
}

fn read_secret(name: &str, path: &str) -> Result<String, BadSetting> {
    std::fs::read_to_string(path)
        .map_err(|error| BadSetting(format!("{name} names a file that can't be read: {path} ({error}).")))
}

fn parse_listen(text: &str) -> Result<SocketAddr, BadSetting> {
    text.parse().map_err(|_| {
        BadSetting(format!("{LISTEN} must be an address and a port such as 127.0.0.1:3000, not {text:?}."))
    })
}

fn parse_database(text: String) -> Result<String, BadSetting> {
    let known = ["postgres://", "postgresql://", "sqlite://"];
    if known.iter().any(|scheme| text.starts_with(scheme)) {
        return Ok(text);
    }
    // The value may hold a password, so it is not repeated.
    Err(BadSetting(format!("{DATABASE_URL} must begin with postgres:// or sqlite://.")))
}

fn parse_base(text: &str) -> Result<Url, BadSetting> {
    let wrong =
        || BadSetting(format!("{BASE_URL} must be an address such as https://catchball.example.com, not {text:?}."));
    let url = Url::parse(text).map_err(|_| wrong())?;
    let plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    if !url.username().is_empty() || url.password().is_some() {
        // It may hold a password, so it is not repeated.
        return Err(BadSetting(format!(
            "{BASE_URL} must not hold a user or a password: it stands in links and pages."
        )));
    }
    if web && plain { Ok(url) } else { Err(wrong()) }
}

fn parse_proxies(text: &str) -> Result<Vec<IpNet>, BadSetting> {
    let parts = text.split([',', ' ', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(parse_proxy).collect()
}

/// An address, or a network that is not the whole world: else anybody could say to be anybody.
fn parse_proxy(part: &str) -> Result<IpNet, BadSetting> {
    let network = part.parse::<IpNet>().or_else(|_| part.parse::<IpAddr>().map(|one| IpNet::from(one.to_canonical())));
    network.ok().filter(|network| network.prefix_len() > 0).ok_or_else(|| {
        BadSetting(format!(
            "{TRUSTED_PROXIES} must be addresses or networks such as 10.0.0.5, 10.1.0.0/16, separated by commas; {part:?} is none."
        ))
    })
}

fn parse_log_format(text: &str) -> Result<bool, BadSetting> {
    match text {
        "text" => Ok(false),
        "json" => Ok(true),
        _ => Err(BadSetting(format!("{LOG_FORMAT} must be text or json, not {text:?}."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(vars: &[(&str, &str)]) -> Result<Config, String> {
        let vars = vars.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::from_vars(vars).map_err(|error| error.to_string())
    }

    #[test]
    fn without_any_setting_it_starts() {
        let config = read(&[("PATH", "/bin")]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
        assert_eq!(config.database_url, "sqlite://./data/catchball.db");
        assert_eq!(config.address_of("/setup"), "http://127.0.0.1:3000/setup");
        assert!(!config.is_https());
    }

    #[test]
    fn a_wrong_setting_is_named_in_one_sentence() {
        let cases = [
            (LISTEN, "3000"),
            (LISTEN, "localhost"),
            (LISTEN, "127.0.0.1:99999"),
            (LISTEN, " "),
            (DATA, ""),
            (DATABASE_URL, "mysql://root@127.0.0.1/x"),
            (DATABASE_URL, "data.db"),
            (BASE_URL, "catchball.example.com"),
            (BASE_URL, "ftp://catchball.example.com"),
            (BASE_URL, "https://catchball.example.com/lean"),
            (BASE_URL, "https://catchball.example.com/?a=b"),
            (BASE_URL, "https://ruth@catchball.example.com"),
            (BASE_URL, "https://ruth:hunter2@catchball.example.com"),
            (BASE_URL, "https://:hunter2@catchball.example.com"),
            (TRUSTED_PROXIES, "proxy.example.com"),
            (TRUSTED_PROXIES, "10.0.0.0/33"),
            (TRUSTED_PROXIES, "10.0.0.1, 0.0.0.0/0"),
            (TRUSTED_PROXIES, "::/0"),
            (LOG_FORMAT, "xml"),
            ("CATCHBALL_LISTENS", "127.0.0.1:3000"),
            ("CATCHBALL_", "x"),
            ("CATCHBALL_DATABASE_URL_FILE", "/does/not/exist"),
        ];
        for (name, value) in cases {
            let error = read(&[(name, value)]).unwrap_err();
            assert!(error.starts_with(name) && error.ends_with('.') && !error.contains("hunter2"), "{error}");
            assert_eq!(error.lines().count(), 1, "{error}");
        }
    }

    #[test]
    fn proxies_are_addresses_and_networks() {
        let config = read(&[(TRUSTED_PROXIES, "10.0.0.5, 10.1.0.0/16 ::1,fd00::/8")]).unwrap();
        let written: Vec<String> = config.trusted_proxies.iter().map(ToString::to_string).collect();
        assert_eq!(written, ["10.0.0.5/32", "10.1.0.0/16", "::1/128", "fd00::/8"]);
        assert!(read(&[]).unwrap().trusted_proxies.is_empty());
    }

    #[test]
    fn plain_is_what_others_can_read_along() {
        let loopback = [
            "http://127.0.0.1:3000",
            "http://127.1.2.3",
            "http://[::1]:3000",
            "http://localhost:3000",
            "http://a.localhost",
        ];
        for base in loopback.into_iter().chain(["https://catchball.example.com", "https://192.168.1.5"]) {
            assert!(!read(&[(BASE_URL, base)]).unwrap().is_plain(), "{base}");
        }
        for base in
            ["http://192.168.1.5:3000", "http://catchball.lan", "http://localhost.evil.example", "http://[2001:db8::1]"]
        {
            assert!(read(&[(BASE_URL, base)]).unwrap().is_plain(), "{base}");
        }
        assert!(read(&[(LISTEN, "0.0.0.0:3000")]).unwrap().is_plain(), "an address for all networks");
        assert!(!read(&[]).unwrap().is_plain());
    }

    #[test]
    fn a_password_in_the_database_address_is_never_repeated() {
        let error = read(&[(DATABASE_URL, "mysql://root:hunter2@127.0.0.1/x")]).unwrap_err();
        assert!(!error.contains("hunter2"));
    }

    #[test]
    fn a_secret_may_come_from_a_file_but_not_twice() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "postgres://127.0.0.1/catchball\n").unwrap();
        let path = file.path().to_str().unwrap();
        let config = read(&[("CATCHBALL_DATABASE_URL_FILE", path)]).unwrap();
        assert_eq!(config.database_url, "postgres://127.0.0.1/catchball");
        let both = read(&[("CATCHBALL_DATABASE_URL_FILE", path), (DATABASE_URL, "sqlite://x")]);
        assert!(both.unwrap_err().contains("both set"));
    }
}
