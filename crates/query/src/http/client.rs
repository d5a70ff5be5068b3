//! Who asks: the address of a visitor, also behind proxies that are trusted to tell it.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName};
use ipnet::IpNet;

/// The address at the other end of the connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) IpAddr);

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address of the visitor. Each proxy adds the address that it was asked from at the right, so the visitor is the
/// rightmost one that is no proxy of ours; what stands before was said by the visitor and is worth nothing.
pub(super) fn client(Peer(peer): Peer, headers: &HeaderMap, proxies: &[IpNet]) -> IpAddr {
    let is_proxy = |address: IpAddr| proxies.iter().any(|network| network.contains(&address));
    let mut client = peer.to_canonical();
    let said: Vec<&str> = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok()).collect();
    for address in said.iter().flat_map(|said| said.split(',')).rev() {
        if !is_proxy(client) {
            break;
        }
        let Some(address) = address_of(address.trim()) else { break };
        client = address.to_canonical();
    }
    client
}

/// An address, with its port where a proxy adds it.
fn address_of(text: &str) -> Option<IpAddr> {
    text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{FORWARDED_FOR, Peer, client};

    #[test]
    fn only_a_trusted_proxy_says_who_asks() {
        // (peer, X-Forwarded-For, trusted proxies, client)
        let rows = [
            ("203.0.113.9", "198.51.100.1", "", "203.0.113.9"),
            ("203.0.113.9", "198.51.100.1", "10.0.0.0/8", "203.0.113.9"),
            ("10.0.0.1", "198.51.100.1", "10.0.0.0/8", "198.51.100.1"),
            ("10.0.0.1", "127.0.0.1, 198.51.100.1", "10.0.0.0/8", "198.51.100.1"),
            ("10.0.0.1", "198.51.100.1, 10.0.0.2", "10.0.0.0/8", "198.51.100.1"),
            ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.0/8", "10.0.0.3"),
            ("10.0.0.1", "nobody", "10.0.0.0/8", "10.0.0.1"),
            ("10.0.0.1", "", "10.0.0.0/8", "10.0.0.1"),
            ("::ffff:10.0.0.1", "198.51.100.1:4711", "10.0.0.0/8", "198.51.100.1"),
            ("::1", "2001:db8::7", "::1/128", "2001:db8::7"),
            ("::1", "[2001:db8::7]:4711", "::1/128", "2001:db8::7"),
        ];
        for (peer, said, proxies, expected) in rows {
            let mut headers = HeaderMap::new();
            headers.insert(FORWARDED_FOR, HeaderValue::from_static(said));
            let proxies: Vec<_> =
                proxies.split_whitespace().map(|network| network.parse().expect("a network")).collect();
            let peer_address = Peer(peer.parse().expect("an address"));
            assert_eq!(client(peer_address, &headers, &proxies).to_string(), expected, "{peer} {said}");
        }
        // Several headers are one list.
        let mut headers = HeaderMap::new();
        for said in ["198.51.100.1", "10.0.0.2"] {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(said));
        }
        let proxies = ["10.0.0.0/8".parse().expect("a network")];
        assert_eq!(client(Peer([10, 0, 0, 1].into()), &headers, &proxies).to_string(), "198.51.100.1");
    }
}
