//! When an invoice became overdue: what stands in the books says it for good, whatever came in since. Pure.

use super::Payment;
use crate::settlement::Standing;
use coffer_kernel::Date;

/// The days on which an invoice became overdue, the first first: the day after it was due, where something was open then,
/// and each later day on which a payment was taken back that had settled it. Money counts from the day it came.
#[must_use]
pub fn became_overdue(standing: &Standing, payments: &[Payment], today: Date) -> Vec<Date> {
    let Ok(late) = standing.due_on.tomorrow() else { return Vec::new() };
    let ends = standing.voided_on.unwrap_or(Date::MAX);
    let open = |day: Date| {
        let here = |payment: &&Payment| {
            payment.received_on <= day && payment.reversed_on.is_none_or(|reversed| reversed > day)
        };
        let paid: i64 = payments.iter().filter(here).map(|payment| payment.amount.minor()).sum();
        standing.due.minor() > paid
    };
    let mut was = open(standing.due_on);
    let mut days: Vec<Date> = Vec::from_iter(was.then_some(late));
    let mut turns: Vec<Date> = payments
        .iter()
        .flat_map(|payment| [Some(payment.received_on), payment.reversed_on])
        .flatten()
        .filter(|day| *day >= late)
        .collect();
    turns.sort();
    for day in turns {
        let is = open(day);
        if is && !was {
            days.push(day);
        }
        was = is;
    }
    days.retain(|day| *day <= today && *day < ends);
    days
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::payments::{Method, Particulars};
    use crate::settlement::Delivery;
    use coffer_kernel::money::Money;
    use coffer_kernel::{CustomerId, InvoiceId, PaymentId, ScopeId, TypedId};

    fn day(of_march: i8) -> Date {
        Date::new(2026, 3, of_march).unwrap()
    }

    fn euro(minor: i64) -> Money {
        Money::new(minor, "EUR".parse().unwrap())
    }

    /// An invoice over 100, due on the tenth.
    fn standing(voided_on: Option<Date>) -> Standing {
        Standing {
            invoice: InvoiceId::from_bytes([1; 16]),
            version: 1,
            customer: CustomerId::from_bytes([2; 16]),
            scope: ScopeId::from_bytes([3; 16]),
            due_on: day(10),
            due: euro(100),
            open: euro(0),
            over: euro(0),
            delivery: Delivery::Sent,
            delivered_on: None,
            voided_on,
        }
    }

    fn came(minor: i64, on: i8, back: Option<i8>) -> Payment {
        Payment {
            id: PaymentId::from_bytes([4; 16]),
            version: 1,
            customer: CustomerId::from_bytes([2; 16]),
            scope: ScopeId::from_bytes([3; 16]),
            amount: euro(minor),
            received_on: day(on),
            method: Method::Transfer,
            reversed_on: back.map(day),
            particulars: Particulars::default(),
            allocations: Vec::new(),
        }
    }

    // proves: A14
    #[test]
    fn that_it_became_overdue_stays_true_whatever_comes_in_later() {
        let days = |payments: &[Payment]| became_overdue(&standing(None), payments, day(30));
        assert_eq!(days(&[]), [day(11)]);
        assert_eq!(days(&[came(100, 10, None)]), [], "on the last day is in time");
        assert_eq!(days(&[came(100, 11, None)]), [day(11)], "paid late");
        assert_eq!(days(&[came(40, 5, None)]), [day(11)], "part of it in time");
        assert_eq!(days(&[came(40, 5, None), came(60, 20, None)]), [day(11)], "the rest late");
        assert_eq!(days(&[came(150, 20, None)]), [day(11)], "late and too much");
        assert_eq!(days(&[came(150, 9, None)]), [], "in time and too much");
        assert_eq!(days(&[came(100, 9, Some(15))]), [day(15)], "settled in time, and taken back after");
        assert_eq!(days(&[came(100, 9, Some(10))]), [day(11)], "taken back before it mattered");
        assert_eq!(days(&[came(100, 12, Some(15))]), [day(11), day(15)], "twice");
        assert_eq!(days(&[came(100, 12, Some(15)), came(100, 15, None)]), [day(11)], "another came that very day");
    }

    #[test]
    fn what_has_not_come_or_is_asked_no_more_is_not_told() {
        assert_eq!(became_overdue(&standing(None), &[], day(10)), []);
        assert_eq!(became_overdue(&standing(None), &[], day(11)), [day(11)]);
        assert_eq!(became_overdue(&standing(Some(day(9))), &[], day(30)), [], "voided before");
        assert_eq!(became_overdue(&standing(Some(day(20))), &[], day(30)), [day(11)], "voided after");
    }
}
