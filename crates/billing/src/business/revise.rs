//! Changing the business. What was issued stays as it was.

use super::model::{Account, Business};
use super::numbering::{self, Numbering, Unfit};
use crate::customers::is_language;
use crate::invoices::content::Party;
use crate::invoices::numbers_were_given;
use crate::text;
use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Event, Order, Refused, refusals};
use iban::{Iban, IbanLike};
use serde::{Deserialize, Deserializer};

/// A business as it shall be from now on.
#[derive(Debug, Clone)]
pub struct ReviseBusiness {
    /// The version the caller has seen, where they say.
    pub version: Option<i64>,
    /// The seller on documents.
    pub particulars: Party,
    /// How many days a customer has to pay.
    pub terms_days: i64,
    /// How numbers look from now on; as before where it is not said.
    pub numbering: Option<Numbering>,
    /// The language of documents, BCP 47; as before where it is not said.
    pub language: Option<String>,
    /// Where customers pay to; nowhere where it shall be [`None`].
    pub account: Change<Option<Account>>,
    /// Whether the account is printed on documents.
    pub show_account: Change<bool>,
}

/// What shall become of a particular: who says nothing about it leaves it as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Change<T> {
    /// It stays as it is.
    #[default]
    Stays,
    /// It becomes this.
    To(T),
}

impl<T: Clone> Change<T> {
    fn of(&self, stands: &T) -> T {
        match self {
            Self::Stays => stands.clone(),
            Self::To(new) => new.clone(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::To)
    }
}

impl Order for ReviseBusiness {
    const ACTION: Action = Action::ReviseBusiness;
}

refusals! {
    /// Why a business stays as it is.
    pub enum ReviseRefused {
        /// It has no name.
        Nameless => Invalid, "business.name_missing", "A business needs the name that stands on its invoices.", at "/particulars/name";
        /// The prefix could not be typed.
        Prefix => Invalid, "business.prefix_unfit", "A number's prefix has at most 12 letters, digits, dots, slashes and hyphens.", at "/numbering/prefix";
        /// The prefix runs into the number behind it.
        Ambiguous => Invalid, "business.prefix_ambiguous", "Without a year, the prefix cannot end in a digit or in something like 2026-: two numbers could be written alike. End it in a letter or a hyphen.", at "/numbering/prefix";
        /// So many digits are none, or too many.
        Digits => Invalid, "business.digits_unfit", "A number has between 1 and 8 digits at least.", at "/numbering/digits";
        /// Nothing begins there.
        First => Invalid, "business.first_number_unfit", "The first number is a whole number from 1 to 99,999,999.", at "/numbering/first";
        /// The first number was given long ago.
        Begun => Conflict, "business.first_number_fixed", "Numbers were given already, and they run on without gaps: where they began can no longer be changed.", at "/numbering/first";
        /// It is no language.
        Language => Invalid, "business.language_unfit", "This is not a language tag. Write one like en or de-AT.", at "/language";
        /// Nobody pays in so many days.
        Terms => Invalid, "business.terms_unfit", "Customers have between 0 and 365 days to pay. Write a number of days.", at "/terms_days";
        /// A digit is wrong.
        Iban => Invalid, "account.iban_unfit", "This is not an IBAN: its check digits do not fit. Compare it with a statement of the account.", at "/account/iban";
        /// The account is nobody's.
        Holder => Invalid, "account.holder_missing", "Say whose account this is; banks compare the name.", at "/account/holder";
        + Text(text::Unfit), "A text is too long, holds what must not be kept, or is no VAT identifier.";
    }
}

struct BusinessRevised;

impl Event for BusinessRevised {
    const NAME: &'static str = "business.revised";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
}

/// There is an account that customers pay to, and there was none before.
struct AccountNamed(Account);

impl Event for AccountNamed {
    const NAME: &'static str = "business.account_named";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
    fn detail(&self) -> Option<String> {
        detail(Some(&self.0))
    }
}

/// The account that customers pay to is another one now: what a fraudster would want.
struct AccountChanged(Option<Account>);

impl Event for AccountChanged {
    const NAME: &'static str = "business.account_changed";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
    fn detail(&self) -> Option<String> {
        detail(self.0.as_ref())
    }
}

/// Which account it is from now on.
pub(super) fn detail(account: Option<&Account>) -> Option<String> {
    account.map(|account| serde_json::json!({ "account": account.iban }).to_string())
}

/// Changes the business.
///
/// # Errors
/// [`ReviseRefused`]; nothing is written then. Another account asks for a fresh proof of who one is.
pub async fn revise(books: &Books, actor: &Actor, order: ReviseBusiness) -> Result<Business, ReviseRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            check(order)?;
            let granted = tx.lock::<Business>(permit, permit.business())?;
            if order.version.is_some_and(|version| version != granted.version) {
                return Err(Refused::Stale.into());
            }
            let account = match &order.account {
                Change::Stays => granted.account.clone(),
                Change::To(account) => account.as_ref().map(checked).transpose().map_err(ReviseRefused::from)?,
            };
            if granted.account != account && !permit.actor().is_fresh(tx.now()) {
                return Err(Refused::NotFresh.into());
            }
            let numbering = order.numbering.clone().unwrap_or_else(|| granted.numbering.clone());
            if numbering.first != granted.numbering.first && numbers_were_given(tx)? {
                return Err(ReviseRefused::Begun);
            }
            let next = Business {
                version: granted.version + 1,
                particulars: order.particulars.as_kept(),
                terms_days: order.terms_days,
                numbering,
                language: order.language.clone().unwrap_or_else(|| granted.language.clone()),
                account,
                show_account: order.show_account.of(&granted.show_account),
                ..(*granted).clone()
            };
            tx.replace(&granted, &next)?;
            match (&granted.account, next.account.clone()) {
                (None, Some(account)) => tx.record(AccountNamed(account), next),
                (Some(before), account) if account.as_ref() != Some(before) => tx.record(AccountChanged(account), next),
                _ => tx.record(BusinessRevised, next),
            }
        })
        .await
}

/// Whether numbers may look like this, before anything else is kept beside it.
///
/// # Errors
/// [`ReviseRefused`], as [`revise`] would.
pub fn check_numbering(numbering: &Numbering) -> Result<(), ReviseRefused> {
    numbering::check(numbering).map_err(|unfit| match unfit {
        Unfit::Prefix => ReviseRefused::Prefix,
        Unfit::Ambiguous => ReviseRefused::Ambiguous,
        Unfit::Digits => ReviseRefused::Digits,
        Unfit::First => ReviseRefused::First,
    })
}

/// Whether it may be so, whatever it was. All that is wrong is said at once.
fn check(order: &ReviseBusiness) -> Result<(), ReviseRefused> {
    let account = if let Change::To(Some(account)) = &order.account { checked(account).err() } else { None };
    let wrong = [
        order.particulars.name.trim().is_empty().then_some(ReviseRefused::Nameless),
        text::check_party("/particulars", &order.particulars).err().map(ReviseRefused::from),
        order.numbering.as_ref().and_then(|numbering| check_numbering(numbering).err()),
        order.language.as_deref().is_some_and(|tag| !is_language(tag)).then_some(ReviseRefused::Language),
        (!(0..=365).contains(&order.terms_days)).then_some(ReviseRefused::Terms),
        account.map(ReviseRefused::from),
    ];
    super::all_at_once(wrong.into_iter().flatten().collect())
}

/// Why an account is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AccountUnfit {
    /// It is nobody's.
    Holder,
    /// A digit is wrong.
    Iban,
    /// A text is too long, or holds what must not be kept.
    Text(text::Unfit),
}

impl From<AccountUnfit> for ReviseRefused {
    fn from(unfit: AccountUnfit) -> Self {
        match unfit {
            AccountUnfit::Holder => Self::Holder,
            AccountUnfit::Iban => Self::Iban,
            AccountUnfit::Text(unfit) => Self::Text(unfit),
        }
    }
}

/// An account in its plain form.
pub(super) fn checked(account: &Account) -> Result<Account, AccountUnfit> {
    if account.holder.trim().is_empty() {
        return Err(AccountUnfit::Holder);
    }
    text::check_kept("/account/holder", &account.holder, text::SHORT).map_err(AccountUnfit::Text)?;
    text::check_kept("/account/bic", account.bic.as_deref().unwrap_or_default(), text::SHORT)
        .map_err(AccountUnfit::Text)?;
    let iban: Iban = account.iban.trim().parse().map_err(|_| AccountUnfit::Iban)?;
    Ok(Account { iban: iban.electronic_str().to_owned(), ..account.clone() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::invoices::next_number;
    use crate::testing::{a_business, a_customer, an_invoice};
    use coffer_store::{Refuse, STEPS};
    use coffer_testkit::on_both_engines;

    // proves: C39.a
    #[test]
    fn an_account_is_checked_kept_and_its_change_stands_out() {
        on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
            let callers = a_business(&test, 2).await;
            let owner = callers.owner();
            let order = |iban: &str| ReviseBusiness {
                version: None,
                particulars: Party { name: "Atelier Nord".into(), ..Party::default() },
                terms_days: 30,
                numbering: None,
                language: None,
                account: Change::To(Some(Account { holder: "Atelier Nord".into(), iban: iban.into(), bic: None })),
                show_account: Change::Stays,
            };
            let refused = revise(&test.books, &owner, order("DE89 3704 0044 0532 0130 01")).await.unwrap_err();
            assert_eq!(refused.code(), "account.iban_unfit");
            let kept = revise(&test.books, &owner, order("DE89 3704 0044 0532 0130 00")).await.unwrap();
            assert_eq!(kept.account.unwrap().iban, "DE89370400440532013000");
            let log = async || {
                test.books.sign_log(callers.business).await.unwrap();
                String::from_utf8(test.books.export_log(callers.business, Vec::new()).await.unwrap()).unwrap()
            };
            assert!(log().await.contains("business.account_named"), "the first one stands out too");
            assert!(!log().await.contains("business.account_changed"));
            revise(&test.books, &owner, order("NO93 8601 1117 947")).await.unwrap();
            assert!(log().await.contains("business.account_changed"));
            let stale = callers.stale(coffer_kernel::Role::Owner);
            let refused = revise(&test.books, &stale, order("DE89 3704 0044 0532 0130 00")).await.unwrap_err();
            assert_eq!(refused.code(), "sign_in.not_fresh", "where money goes is changed with a fresh proof");
            revise(&test.books, &stale, order("NO93 8601 1117 947")).await.unwrap();
            let renamed = ReviseBusiness {
                particulars: Party { name: "Atelier Süd".into(), ..Party::default() },
                account: Change::Stays,
                ..order("")
            };
            let renamed = revise(&test.books, &stale, renamed).await.unwrap();
            let kept = (renamed.numbering.prefix.as_str(), renamed.account.map(|account| account.iban));
            assert_eq!(kept, ("AN-", Some("NO9386011117947".to_owned())), "what nobody spoke of stays");
            let refused = revise(&test.books, &callers.clerk(), order("NO93 8601 1117 947")).await.unwrap_err();
            assert_eq!(refused.code(), "role.not_allowed");
            assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
        });
    }

    // proves: B1
    #[test]
    fn numbers_begin_where_the_business_left_off_and_run_on_without_gaps() {
        on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
            let callers = a_business(&test, 2).await;
            let (owner, clerk) = (callers.owner(), callers.clerk());
            let order = |numbering: Numbering| ReviseBusiness {
                version: None,
                particulars: Party {
                    name: "Atelier Nord".into(),
                    vat_id: Some("DE318204977".into()),
                    ..Party::default()
                },
                terms_days: 30,
                numbering: Some(numbering),
                language: Some("de".into()),
                account: Change::Stays,
                show_account: Change::Stays,
            };
            let plain = Numbering { prefix: "R".into(), year: false, digits: 3, first: 118 };
            let kept = revise(&test.books, &owner, order(plain.clone())).await.unwrap();
            assert_eq!(kept.numbering, plain);
            let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
            assert_eq!(next_number(&test.books, &clerk).await.unwrap(), "R118");
            for number in ["R118", "R119"] {
                assert_eq!(an_invoice(&test, &clerk, &customer).await.number_text, number);
            }
            let elsewhere = Numbering { first: 1, ..plain.clone() };
            let refused = revise(&test.books, &owner, order(elsewhere)).await.unwrap_err();
            assert_eq!(refused.code(), "business.first_number_fixed");
            let ambiguous = Numbering { prefix: "R1".into(), ..plain.clone() };
            let refused = revise(&test.books, &owner, order(ambiguous)).await.unwrap_err();
            assert_eq!(refused.pointers().first().unwrap().pointer, "/numbering/prefix");

            // Another form begins a series of its own, at its beginning; the old one runs on where it was.
            let by_year = Numbering { year: true, ..plain.clone() };
            revise(&test.books, &owner, order(by_year)).await.unwrap();
            let issued = an_invoice(&test, &clerk, &customer).await;
            assert_eq!(issued.number_text, format!("R{}-001", issued.issued_on.year()));
            revise(&test.books, &owner, order(plain)).await.unwrap();
            assert_eq!(next_number(&test.books, &clerk).await.unwrap(), "R120");
            assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
        });
    }
}
