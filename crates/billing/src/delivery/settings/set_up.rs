//! Setting up how documents are handed over, or changing it.

use super::{Address, DeliverySettings, MailParticulars, MailSecurity, PublicUrl, Seen, sql};
use coffer_kernel::text::{self, Hidden};
use coffer_kernel::{Action, Actor, Timestamp};
use coffer_keys::Secret;
use coffer_store::{Books, Event, Order, Refused, Tx, refusals};

/// How documents shall be handed over from now on.
pub struct SetUpDelivery {
    /// The version the caller has seen, where they say; 0 where nothing was set up.
    pub version: Option<i64>,
    /// How links begin, e.g. `https://invoices.example.com`.
    pub public_url: Option<String>,
    /// Where mail is handed over.
    pub mail: Option<NewMail>,
    /// What was found out about that address.
    pub seen: Seen,
}

/// A mail server.
pub struct NewMail {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// When TLS begins.
    pub security: MailSecurity,
    /// The name it knows us by.
    pub user: Option<String>,
    /// The password that goes with it; as before where it is not said, as long as the server is the same.
    pub password: Option<Secret<String>>,
    /// The authority that vouches for it, PEM.
    pub authority: Option<String>,
    /// The address that mail comes from.
    pub sender: String,
}

impl NewMail {
    /// The same server again, with the password it has.
    #[must_use]
    pub fn again(mail: MailParticulars) -> Self {
        let MailParticulars { host, port, security, user, authority, sender } = mail;
        Self { host, port, security, user, password: None, authority, sender }
    }
}

impl Order for SetUpDelivery {
    const ACTION: Action = Action::ReviseSettings;
}

refusals! {
    /// Why everything stays as it is set up.
    pub enum SetUpRefused {
        /// There is no such host.
        Host => Invalid, "mail.host_unfit", "Write the mail server's name as its certificate has it, like mail.example.com, and a port.";
        /// Mail cannot come from there.
        Sender => Invalid, "mail.sender_unfit", "This is not an e-mail address. Write the one that your mail shall come from.";
        /// Nobody could follow it.
        PublicUrl => Invalid, "public_url.unfit", "Customers cannot reach this address. It begins with https:// and goes on with a name that the whole internet knows, perhaps a port, and nothing behind it: not localhost, and no name of your own network such as one that ends in .local. Write one like https://invoices.example.com.";
        /// A mail without a link says nothing.
        NoLinks => Invalid, "public_url.needed", "A mail carries a link, so say first under which address customers reach Coffer.";
        /// A password belongs to the server it was given for.
        Password => Invalid, "mail.password_again", "Type the password again: it is only ever said to the server, port and name it was given for.";
        /// One without the other.
        User => Invalid, "mail.user_missing", "A password needs the name that goes with it.";
        /// It is none.
        Authority => Invalid, "mail.authority_unfit", "A certificate authority is a text that begins with -----BEGIN CERTIFICATE-----. Paste the whole of it, or leave this empty.";
        /// A text is too long.
        TooLong => Invalid, "mail.text_too_long", "One of these texts is too long. Shorten it.";
        + Hidden(Hidden), "A sign that is not seen.";
    }
}

/// What it was changed to: whoever redirects mail or links shall be seen to have done so.
struct DeliverySetUp(String);

impl Event for DeliverySetUp {
    const NAME: &'static str = "delivery.set_up";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
    fn detail(&self) -> Option<String> {
        Some(self.0.clone())
    }
}

impl DeliverySetUp {
    fn of(before: &DeliverySettings, settings: &DeliverySettings) -> Self {
        let (address, mail) = (settings.address.as_ref(), settings.mail.as_ref());
        let (was_at, was) = (before.address.as_ref(), before.mail.as_ref());
        let changed = [
            ("public_url", was_at.map(|at| &at.url) != address.map(|at| &at.url)),
            ("known", was_at.map(|at| at.known) != address.map(|at| at.known)),
            ("host", was.map(|was| (&was.host, was.port)) != mail.map(|mail| (&mail.host, mail.port))),
            ("sender", was.map(|was| &was.sender) != mail.map(|mail| &mail.sender)),
            ("user", was.map(|was| &was.user) != mail.map(|mail| &mail.user)),
            ("password", before.password != settings.password),
            (
                "security",
                was.map(|was| (was.security, &was.authority)) != mail.map(|mail| (mail.security, &mail.authority)),
            ),
        ];
        let changed: Vec<&str> = changed.iter().filter_map(|(name, changed)| changed.then_some(*name)).collect();
        let detail = serde_json::json!({
            "public_url": address.map(|address| &address.url),
            "known": address.map(|address| address.known),
            "missed": address.and_then(|address| address.missed.as_deref()),
            "host": mail.map(|mail| mail.host.as_str()),
            "sender": mail.map(|mail| mail.sender.as_str()),
            "changed": changed,
        });
        Self(detail.to_string())
    }
}

/// Sets it up.
///
/// # Errors
/// [`SetUpRefused`]; nothing is written then.
pub async fn set_up(books: &Books, actor: &Actor, order: SetUpDelivery) -> Result<DeliverySettings, SetUpRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let mail = check(order)?;
            let business = permit.business();
            let granted = match tx.lock::<DeliverySettings>(permit, business) {
                Err(Refused::NotFound) => None,
                found => Some(found?),
            };
            let before = granted.as_deref().cloned().unwrap_or(DeliverySettings::none(business));
            if order.version.is_some_and(|version| version != before.version) {
                return Err(Refused::Stale.into());
            }
            let address = address(order, before.address.as_ref(), tx.now())?;
            let password = order.mail.as_ref().map(|new| password(tx, new, &before)).transpose()?.flatten();
            let next = DeliverySettings { business, version: before.version + 1, address, mail, password };
            match &granted {
                None => tx.insert(&next)?,
                Some(granted) => tx.replace(granted, &next)?,
            }
            tx.record(DeliverySetUp::of(&before, &next), next)
        })
        .await
}

/// The password to keep, sealed. One that was given for a server is never taken to another.
fn password(tx: &mut Tx<'_>, new: &NewMail, before: &DeliverySettings) -> Result<Option<Vec<u8>>, SetUpRefused> {
    match (&new.user, &new.password) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(SetUpRefused::User),
        (Some(_), Some(password)) => Ok(Some(sql::seal_password(tx, password)?)),
        (Some(user), None) => {
            let same = before.mail.as_ref().is_some_and(|was| {
                was.user.as_ref() == Some(user)
                    && (was.host.as_str(), was.port) == (new.host.trim(), new.port)
                    && was.authority == new.authority
            });
            let kept = before.password.clone().filter(|_| same);
            kept.map(Some).ok_or(SetUpRefused::Password)
        }
    }
}

fn check(order: &SetUpDelivery) -> Result<Option<MailParticulars>, SetUpRefused> {
    let mail = order.mail.as_ref().map(particulars).transpose()?;
    if mail.is_some() && order.public_url.is_none() {
        return Err(SetUpRefused::NoLinks);
    }
    Ok(mail)
}

/// The address with what is known of it from now on. The one there was stays as it is, even where it leads to this machine
/// alone.
fn address(order: &SetUpDelivery, before: Option<&Address>, now: Timestamp) -> Result<Option<Address>, SetUpRefused> {
    let Some(text) = &order.public_url else { return Ok(None) };
    let same = before.map(|before| &before.url).filter(|url| url.to_string() == *text);
    let url = match (same, order.seen) {
        (Some(url), _) => Some(url.clone()),
        (None, Seen::Here) => PublicUrl::here(text),
        (None, _) => PublicUrl::parse(text),
    };
    Ok(Some(Address::seen(url.ok_or(SetUpRefused::PublicUrl)?, order.seen, before, now)))
}

fn particulars(new: &NewMail) -> Result<MailParticulars, SetUpRefused> {
    let host = new.host.trim();
    let host_fits = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    if host.is_empty() || !host_fits || new.port == 0 {
        return Err(SetUpRefused::Host);
    }
    let sender = new.sender.trim();
    text::check("/mail/sender", sender)?;
    text::check_line("/mail/user", new.user.as_deref().unwrap_or_default())?;
    if !could_be_address(sender) {
        return Err(SetUpRefused::Sender);
    }
    let authority = new.authority.as_deref();
    if authority.is_some_and(|pem| !pem.contains("-----BEGIN CERTIFICATE-----")) {
        return Err(SetUpRefused::Authority);
    }
    let long = [Some(host), Some(sender), new.user.as_deref()].into_iter().flatten().any(|text| text.len() > 320);
    if long || authority.is_some_and(|pem| pem.len() > 64 * 1024) {
        return Err(SetUpRefused::TooLong);
    }
    Ok(MailParticulars {
        host: host.to_owned(),
        port: new.port,
        security: new.security,
        user: new.user.clone(),
        authority: new.authority.clone(),
        sender: sender.to_owned(),
    })
}

/// Whether mail could go to it or come from it; whether it does, only its server knows.
pub(in crate::delivery) fn could_be_address(text: &str) -> bool {
    let (name, domain) = text.rsplit_once('@').unwrap_or_default();
    let odd = |letter: char| letter.is_whitespace() || letter.is_control() || "<>(),;:\"\\[]".contains(letter);
    let dots = |part: &str| part.starts_with('.') || part.ends_with('.') || part.contains("..");
    let whole = !name.is_empty() && domain.contains('.') && text.len() <= 320 && !name.contains('@');
    whole && !text.contains(odd) && !dots(name) && !dots(domain)
}
