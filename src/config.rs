//! Every setting: its name, its default, its parser, and an error that names it.

mod told;

use ipnet::IpNet;
use std::collections::BTreeMap;
use std::ffi::OsString;
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
        Self::from_vars(texts(std::env::vars_os())?)
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
            log: parse_log(take(LOG).as_deref().unwrap_or("info"))?,
            log_json: parse_log_format(take(LOG_FORMAT).as_deref().unwrap_or("text"))?,
            passing: false,
        })
    }

    /// Whether the database lies in the data folder, which is then for nobody else.
    pub fn keeps_data_folder(&self) -> bool {
        self.database_url == database_in(&self.data)
    }

    /// The file of an embedded database.
    pub fn database_file(&self) -> Option<PathBuf> {
        file_of(&self.database_url).map(PathBuf::from)
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

/// Pairs that are text. What others wrote into their own variables is nothing to us.
fn texts(vars: impl Iterator<Item = (OsString, OsString)>) -> Result<Vec<(String, String)>, BadSetting> {
    let ours = vars.filter(|(name, _)| name.as_encoded_bytes().starts_with(PREFIX.as_bytes()));
    let text = |(name, value): (OsString, OsString)| {
        let name = name.into_string().map_err(|name| unknown(&name.to_string_lossy()))?;
        let value = value.into_string();
        value.map(|value| (name.clone(), value)).map_err(|_| BadSetting(format!("{name} is not text in UTF-8.")))
    };
    ours.map(text).collect()
}

/// The path in the address of an embedded database.
fn file_of(url: &str) -> Option<&str> {
    url.strip_prefix("sqlite://").map(|rest| rest.split_once('?').map_or(rest, |(path, _)| path))
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
    // The value may hold a password, so it is never repeated.
    if let Some(path) = file_of(&text) {
        let is_passing = path.is_empty() || path.starts_with(':') || text.contains("mode=memory");
        let wrong =
            "must name a file, such as sqlite:///srv/catchball/catchball.db: a database in memory keeps nothing";
        return if is_passing { Err(BadSetting(format!("{DATABASE_URL} {wrong}."))) } else { Ok(text) };
    }
    if !["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme)) {
        return Err(BadSetting(format!("{DATABASE_URL} must begin with postgres:// or sqlite://.")));
    }
    match Url::parse(&text) {
        Ok(_) => Ok(text),
        Err(error) => Err(BadSetting(format!(
            "{DATABASE_URL} must be an address such as postgres://user:password@host:5432/database: {error}. Signs such as @ : / # in a password are written %40 %3A %2F %23."
        ))),
    }
}

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// A filter by which something is logged: a bare word that is no level would be taken for the name of a part that is not there.
fn parse_log(text: &str) -> Result<String, BadSetting> {
    let is_level = |word: &str| LEVELS.iter().any(|level| level.eq_ignore_ascii_case(word));
    let is_ours = |part: &str| part == "catchball" || part.starts_with("catchball::");
    let is_good = |part: &str| match part.split_once('=') {
        Some((name, level)) => !name.is_empty() && is_level(level),
        None => is_level(part) || is_ours(part),
    };
    let speaks = |part: &str| is_level(part) || is_ours(part.split('=').next().unwrap_or_default());
    let parts = || text.split(',').map(str::trim);
    if parts().all(is_good) && parts().any(speaks) {
        return Ok(parts().collect::<Vec<_>>().join(","));
    }
    let levels = LEVELS.join(", ");
    Err(BadSetting(format!("{LOG} must be one of {levels}, or a list such as warn,catchball=debug, not {text:?}.")))
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
            (LOG, "warning"),
            (LOG, "info,"),
            (LOG, "catchbal=debug"),
            (LOG, "catchball=loud"),
            (DATABASE_URL, "sqlite://:memory:"),
            (DATABASE_URL, "sqlite://"),
            (DATABASE_URL, "sqlite://x.db?mode=memory"),
            (DATABASE_URL, "postgres://ruth:hunter2@127.0.0.1:99999/x"),
            (DATABASE_URL, "postgres://ruth:hunter2/@127.0.0.1/x"),
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
    fn a_log_filter_says_something() {
        for good in
            ["info", "WARN", "off", "catchball", "catchball=debug", "warn, catchball::web=trace", "sqlx=warn,info"]
        {
            assert_eq!(read(&[(LOG, good)]).unwrap().log, good.replace(' ', ""));
        }
    }

    #[test]
    fn a_variable_of_somebody_else_need_not_be_text() {
        use std::os::unix::ffi::OsStringExt;
        let odd = || OsString::from_vec(vec![b'x', 0xff]);
        assert!(texts([(odd(), odd())].into_iter()).unwrap().is_empty());
        let told = texts([(OsString::from(LISTEN), odd())].into_iter()).unwrap_err().to_string();
        assert_eq!(told, "CATCHBALL_LISTEN is not text in UTF-8.");
        let name = OsString::from_vec(b"CATCHBALL_\xff".to_vec());
        assert!(texts([(name, odd())].into_iter()).unwrap_err().to_string().contains("is not a setting"));
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
