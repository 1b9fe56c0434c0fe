//! Places for connections: a number of them, and of those a share for each address, so that one guest cannot fill the
//! house. Who comes to a full house is sent away at once: a queue would only be a slower way to be full.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// All places.
#[derive(Clone)]
pub(crate) struct Seats {
    taken: Arc<Mutex<Taken>>,
    most: usize,
    most_of_one: usize,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// A place; free again when it is dropped.
pub(crate) struct Seat {
    seats: Seats,
    address: IpAddr,
}

impl Seats {
    pub(crate) fn new(most: usize, most_of_one: usize) -> Self {
        Self { taken: Arc::default(), most, most_of_one }
    }

    /// A place for somebody from this address, if there is one.
    pub(crate) fn take(&self, address: IpAddr) -> Option<Seat> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.all >= self.most {
            return None;
        }
        let of_one = taken.by_address.entry(address).or_default();
        if *of_one >= self.most_of_one {
            return None;
        }
        *of_one += 1;
        taken.all += 1;
        drop(taken);
        Some(Seat { seats: self.clone(), address })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all = taken.all.saturating_sub(1);
        if let Some(of_one) = taken.by_address.get_mut(&self.address) {
            *of_one = of_one.saturating_sub(1);
            if *of_one == 0 {
                taken.by_address.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    // proves: C95.a
    #[test]
    fn one_address_gets_its_share_and_all_together_what_there_is() {
        let (one, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let seats = Seats::new(3, 2);
        let first = seats.take(one).unwrap();
        let second = seats.take(one).unwrap();
        assert!(seats.take(one).is_none(), "its share is full");
        let third = seats.take(other).unwrap();
        assert!(seats.take(other).is_none(), "the house is full");
        drop(first);
        let fourth = seats.take(one).unwrap();
        drop((second, third, fourth));
        assert!(seats.taken.lock().unwrap().by_address.is_empty(), "nothing is kept of whoever left");
    }
}
