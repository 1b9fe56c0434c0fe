//! How documents are handed over, seen from outside: the settings, trying them out, [`letters`] and [`links`].

pub(crate) mod letters;
pub(crate) mod links;
pub(crate) mod trial;

use crate::App;
use crate::api::shape::described;
use crate::body::{Bare, Body, Seen};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use coffer_billing::delivery::settings::{
    self, Address, DeliverySettings, Known, MailParticulars, MailSecurity, NewMail, PublicUrl, SetUpDelivery,
};
use coffer_kernel::Timestamp;
use coffer_keys::Secret;
use coffer_outbound::mail::Step;
use serde::{Deserialize, Serialize};
use serde_json::json;

described! {
    /// How documents are handed over, as it shall be: the whole of it.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct NewDelivery {
        /// The address that links begin with, such as `https://invoices.example.com`; null for none.
        public_url: Option<String>,
        /// Where mail is handed over; null for nowhere.
        mail: Option<NewMailServer>,
        /// Whether customers reach the address although this machine does not: it is looked at all the same, and links and
        /// mails begin with it. Otherwise there are none until it was reached. False where it is not said.
        #[serde(default)]
        customers_reach_it: bool,
    }

    /// A mail server, as it shall be.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct NewMailServer {
        /// Its name; its certificate must be for it.
        host: String,
        /// Its port.
        port: u16,
        /// When TLS begins; there is no mail without it.
        security: MailSecurity,
        /// The name it knows us by, where it asks for one.
        user: Option<String>,
        /// The password that goes with it; the one it has where it is not said. It is never shown again.
        password: Option<String> = json!({ "type": ["string", "null"], "writeOnly": true }),
        /// The authority that vouches for it, PEM, where it is none of those that everybody trusts.
        authority: Option<String>,
        /// The address that mail comes from.
        sender: String,
    }

    /// How documents are handed over.
    #[derive(Serialize)]
    pub(crate) struct Delivery {
        /// The version, also in the ETag; 0 where nothing was ever set up.
        version: i64,
        /// The address that links begin with; null for none.
        public_url: Option<PublicUrl>,
        /// What is known of that address; null where there is none.
        reach: Option<Reach>,
        /// Where mail is handed over; null for nowhere.
        mail: Option<MailParticulars>,
        /// Whether a password is kept for it.
        has_password: bool,
        /// Whether mail can leave.
        sends: bool,
    }

    /// What is known of the address that links begin with.
    #[derive(Serialize)]
    pub(crate) struct Reach {
        /// Whether customers get here by it: reached by this machine; taken on by whoever saved it; in use before addresses
        /// were looked at; missed, so that there are no links and no mails.
        known: Known,
        /// When this machine looked at it last; null for never.
        looked_at: Option<Timestamp>,
        /// Why it did not get there then, as the code of a trial; null where it did.
        missed: Option<String>,
    }

    /// How a trial went.
    #[derive(Serialize)]
    pub(crate) struct Trial {
        /// What was tried, in order.
        steps: Vec<Tried>,
        /// Where it got stuck; null where it did not.
        problem: Option<Stumble>,
    }

    /// One step of a trial.
    #[derive(Serialize)]
    pub(crate) struct Tried {
        /// Which.
        step: &'static str,
        /// Whether it went well.
        passed: bool,
    }

    /// Why a trial got stuck.
    #[derive(Serialize)]
    pub(crate) struct Stumble {
        /// Its stable name.
        code: &'static str,
        /// A sentence for a person.
        detail: &'static str,
        /// The server's reply code, where it said one.
        #[serde(skip_serializing_if = "Option::is_none")]
        reply: Option<u16>,
        /// What the server said with it.
        #[serde(skip_serializing_if = "Option::is_none")]
        said: Option<String>,
    }
}

impl From<NewMailServer> for NewMail {
    fn from(body: NewMailServer) -> Self {
        let NewMailServer { host, port, security, user, password, authority, sender } = body;
        Self { host, port, security, user, password: password.map(Secret::new), authority, sender }
    }
}

fn seen(address: Address) -> (PublicUrl, Reach) {
    let Address { url, known, looked_at, missed } = address;
    (url, Reach { known, looked_at, missed })
}

fn view(settings: DeliverySettings) -> impl IntoResponse + use<> {
    let (has_password, sends) = (settings.has_password(), settings.sends());
    let DeliverySettings { version, address, mail, .. } = settings;
    let (public_url, reach) = address.map(seen).unzip();
    let etag = format!("\"{version}\"");
    ([(header::ETAG, etag)], axum::Json(Delivery { version, public_url, reach, mail, has_password, sends }))
}

/// `GET /api/v1/settings/delivery`
pub(crate) async fn get(State(app): State<App>, Caller(actor): Caller) -> Result<impl IntoResponse, Problem> {
    Ok(view(settings::get(&app.books, &actor).await?))
}

/// `PUT /api/v1/settings/delivery`
pub(crate) async fn set_up(
    State(app): State<App>,
    Caller(actor): Caller,
    Seen(version): Seen,
    body: Body<NewDelivery>,
) -> Result<impl IntoResponse, Problem> {
    let NewDelivery { public_url, mail, customers_reach_it } = body.value;
    let seen = trial::seen(&app, &actor, public_url.as_deref(), customers_reach_it).await?;
    let order = SetUpDelivery { version, public_url, mail: mail.map(NewMail::from), seen };
    Ok(view(settings::set_up(&app.books, &actor, order).await?))
}

/// `POST /api/v1/settings/delivery/test-mail`
pub(crate) async fn test_mail(
    State(app): State<App>,
    Caller(actor): Caller,
    _: Bare,
) -> Result<impl IntoResponse, Problem> {
    let stuck = trial::mail(&app, &actor).await?.err();
    // What comes behind the step where it got stuck was not tried.
    let tried = Step::ALL.into_iter().take_while(|step| stuck.as_ref().is_none_or(|stuck| *step <= stuck.step));
    let passed = |step: Step| stuck.as_ref().is_none_or(|stuck| step < stuck.step);
    let steps = tried.map(|step| Tried { step: step.code(), passed: passed(step) }).collect();
    let problem = stuck.as_ref().map(|stuck| Stumble {
        code: stuck.why.problem.code(),
        detail: stuck.why.problem.words(),
        reply: stuck.why.reply,
        said: Some(stuck.why.said.words().to_owned()).filter(|said| !said.is_empty()),
    });
    Ok(axum::Json(Trial { steps, problem }))
}

/// `POST /api/v1/settings/delivery/test-public-url`
pub(crate) async fn test_public_url(
    State(app): State<App>,
    Caller(actor): Caller,
    _: Bare,
) -> Result<impl IntoResponse, Problem> {
    let missed = trial::address(&app, &actor).await?.err();
    let problem = missed.map(|why| Stumble { code: why.code(), detail: why.words(), reply: None, said: None });
    let passed = problem.is_none();
    Ok(axum::Json(Trial { steps: vec![Tried { step: "reach", passed }], problem }))
}

/// `GET /.well-known/coffer/{text}`: what only we answer.
pub(crate) async fn echo(State(app): State<App>, Path(text): Path<String>) -> Result<String, Problem> {
    Ok(trial::answer(&app, &text).await?)
}
