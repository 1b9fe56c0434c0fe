//! Which addresses are somebody's in the whole internet (RFC 6890), and which mean this machine, its network or nobody.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address may be somebody's whom everybody reaches by it.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let shared = first == 100 && (64..128).contains(&second);
    let assigned = (first, second, third) == (192, 0, 0) || (first == 198 && (18..20).contains(&second));
    let ours = address.is_loopback() || address.is_private() || address.is_link_local();
    !(ours || shared || assigned || first == 0 || first >= 224)
}

/// Of the global range (2000::/3) and the one that carries an IPv4 address across (64:ff9b::/96, RFC 6052), where that is a
/// public one; so is what 6to4 (2002::/16) and an IPv4 address written as the newer kind carry.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let carried = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            carried(high, low)
        }
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::is_public;
    use std::net::IpAddr;

    #[test]
    fn what_means_this_machine_or_its_network_is_nobodys_in_the_internet() {
        let public = |text: &str| text.parse::<IpAddr>().is_ok_and(is_public);
        for text in ["203.0.113.7", "8.8.8.8", "100.128.0.1", "2a00:1450::1", "64:ff9b::808:808", "::ffff:8.8.8.8"] {
            assert!(public(text), "{text}");
        }
        let v4 = ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"];
        let odd = ["192.0.0.8", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1"];
        let v6 = ["::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"];
        for text in v4.iter().chain(&odd).chain(&v6) {
            assert!(!public(text), "{text}");
        }
    }
}
