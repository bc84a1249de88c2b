//! From which address a request came: what the brakes count by. It is kept in memory only, and as a hash.

use crate::App;
use crate::web::server::Peer;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderName};
use ipnet::IpNet;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");
/// Whoever has an address of version 6 has all those that begin with the same eight bytes.
const NETWORK_BYTES: usize = 8;

/// Whoever sent a request, as far as the program knows; behind a proxy that nobody named it is the proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender(pub Option<IpAddr>);

impl Sender {
    /// Find them out from what came with the request.
    pub fn of(extensions: &Extensions, headers: &HeaderMap, proxies: &[IpNet]) -> Self {
        Self(extensions.get::<Peer>().map(|peer| behind(peer.0, headers, proxies)))
    }

    /// What is counted as one: an address of version 4, a network of version 6.
    pub fn place(self) -> Vec<u8> {
        match self.0.map(|address| address.to_canonical()) {
            None => Vec::new(),
            Some(IpAddr::V4(address)) => address.octets().to_vec(),
            Some(IpAddr::V6(address)) => address.octets()[..NETWORK_BYTES].to_vec(),
        }
    }
}

impl FromRequestParts<App> for Sender {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions, &parts.headers, &app.config.trusted_proxies))
    }
}

/// The nearest hop that is none of our proxies: what stands before it in the header anybody may have written.
fn behind(peer: IpAddr, headers: &HeaderMap, proxies: &[IpNet]) -> IpAddr {
    let is_ours = |address: IpAddr| proxies.iter().any(|network| network.contains(&address));
    let mut nearest = peer.to_canonical();
    let lines: Vec<&str> = headers.get_all(FORWARDED).iter().map(|line| line.to_str().unwrap_or("?")).collect();
    let hops = lines.iter().flat_map(|line| line.split(',')).map(str::trim).filter(|hop| !hop.is_empty());
    for hop in hops.collect::<Vec<_>>().into_iter().rev() {
        if !is_ours(nearest) {
            break;
        }
        let Some(address) = read(hop) else { break };
        nearest = address;
    }
    nearest
}

/// An address as proxies write it: alone, in brackets, or with a port.
fn read(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    let address = bare.parse::<IpAddr>().ok().or_else(|| Some(hop.parse::<SocketAddr>().ok()?.ip()))?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sender(peer: &str, forwarded: &[&str], proxies: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED, line.parse().unwrap());
        }
        let proxies: Vec<IpNet> = proxies.iter().map(|network| network.parse().unwrap()).collect();
        behind(peer.parse().unwrap(), &headers, &proxies).to_string()
    }

    #[test]
    fn only_a_proxy_of_ours_says_for_whom_it_asks() {
        let cases: [(&str, &[&str], &[&str], &str); 12] = [
            ("192.0.2.7", &["198.51.100.1"], &[], "192.0.2.7"),
            ("192.0.2.7", &["198.51.100.1"], &["10.0.0.0/8"], "192.0.2.7"),
            ("10.0.0.1", &["198.51.100.1"], &["10.0.0.0/8"], "198.51.100.1"),
            ("10.0.0.1", &[], &["10.0.0.0/8"], "10.0.0.1"),
            // What the client itself wrote in front does not count.
            ("10.0.0.1", &["203.0.113.9, 198.51.100.1"], &["10.0.0.0/8"], "198.51.100.1"),
            ("10.0.0.1", &["203.0.113.9", "198.51.100.1"], &["10.0.0.0/8"], "198.51.100.1"),
            ("10.0.0.1", &["203.0.113.9, 198.51.100.1, 10.0.0.2"], &["10.0.0.0/8"], "198.51.100.1"),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], &["10.0.0.0/8"], "10.0.0.3"),
            ("10.0.0.1", &["198.51.100.1, unknown"], &["10.0.0.0/8"], "10.0.0.1"),
            ("::ffff:10.0.0.1", &["198.51.100.1:4711"], &["10.0.0.1/32"], "198.51.100.1"),
            ("::1", &["[2001:db8::7]:4711, "], &["::1/128"], "2001:db8::7"),
            ("::1", &["[2001:db8::7]"], &["::1/128"], "2001:db8::7"),
        ];
        for (peer, forwarded, proxies, expected) in cases {
            assert_eq!(sender(peer, forwarded, proxies), expected, "{peer} {forwarded:?} {proxies:?}");
        }
    }

    #[test]
    fn a_network_of_version_6_counts_as_one() {
        let place = |address: &str| Sender(Some(address.parse().unwrap())).place();
        assert_eq!(place("2001:db8::1"), place("2001:db8::ffff:0:2"));
        assert_ne!(place("2001:db8::1"), place("2001:db8:0:1::1"));
        assert_ne!(place("192.0.2.7"), place("192.0.2.8"));
        assert_eq!(place("192.0.2.7"), place("::ffff:192.0.2.7"));
    }
}
