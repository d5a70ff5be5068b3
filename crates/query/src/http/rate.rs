//! So many requests in a second from one address, where that is asked for.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

/// Counts the requests of each visitor.
pub(super) struct Rate {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    asked: AtomicU32,
}

/// After so many requests, visitors who have not come for a while are forgotten: memory must not grow with them.
const TIDY_EVERY: u32 = 4096;

impl Rate {
    /// So many requests in a second; as many at once.
    pub(super) fn new(per_second: NonZeroU32) -> Self {
        Self { limiter: RateLimiter::keyed(Quota::per_second(per_second)), asked: AtomicU32::new(0) }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// There were too many; after this time there may be one more.
    pub(super) fn check(&self, client: IpAddr) -> Result<(), Duration> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            self.limiter.retain_recent();
        }
        let now = DefaultClock::default().now();
        self.limiter.check_key(&household(client)).map_err(|not_until| not_until.wait_time_from(now))
    }
}

/// An IPv6 visitor has 64 bits of addresses to choose from.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::Rate;

    #[test]
    fn each_visitor_has_a_rate_of_their_own() {
        let rate = Rate::new(NonZeroU32::new(2).expect("not zero"));
        // (who asks, whether they may)
        let rows = [
            ("198.51.100.1", true),
            ("198.51.100.1", true),
            ("198.51.100.1", false),
            ("198.51.100.2", true),
            ("2001:db8::1", true),
            ("2001:db8::2", true),
            ("2001:db8::3", false),
            ("2001:db8:0:1::1", true),
        ];
        for (client, may) in rows {
            assert_eq!(rate.check(client.parse().expect("an address")).is_ok(), may, "{client}");
        }
    }
}
