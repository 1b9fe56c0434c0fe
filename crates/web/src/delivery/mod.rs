//! How documents are handed over, seen from outside: the settings, trying them out, and [`letters`].

pub(crate) mod letters;
pub(crate) mod trial;

use crate::App;
use crate::body::{Bare, Body, if_match};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use coffer_billing::delivery::settings::{
    self, DeliverySettings, MailParticulars, MailSecurity, NewMail, PublicUrl, SetUpDelivery,
};
use coffer_keys::Secret;
use coffer_outbound::mail::Step;
use serde::{Deserialize, Serialize};

/// What is sent to set it up: the whole of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSettings {
    public_url: Option<String>,
    mail: Option<MailBody>,
}

/// A mail server.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MailBody {
    host: String,
    port: u16,
    security: MailSecurity,
    user: Option<String>,
    password: Option<String>,
    authority: Option<String>,
    sender: String,
}

impl From<MailBody> for NewMail {
    fn from(body: MailBody) -> Self {
        let MailBody { host, port, security, user, password, authority, sender } = body;
        Self { host, port, security, user, password: password.map(Secret::new), authority, sender }
    }
}

#[derive(Serialize)]
struct View {
    version: i64,
    public_url: Option<PublicUrl>,
    mail: Option<MailParticulars>,
    has_password: bool,
    sends: bool,
}

fn view(settings: DeliverySettings) -> impl IntoResponse + use<> {
    let (has_password, sends) = (settings.has_password(), settings.sends());
    let DeliverySettings { version, public_url, mail, .. } = settings;
    let etag = format!("\"{version}\"");
    ([(header::ETAG, etag)], axum::Json(View { version, public_url, mail, has_password, sends }))
}

/// `GET /api/v1/settings/delivery`
pub(crate) async fn get(State(app): State<App>, Caller(actor): Caller) -> Result<impl IntoResponse, Problem> {
    Ok(view(settings::get(&app.books, &actor).await?))
}

/// `PUT /api/v1/settings/delivery`
pub(crate) async fn set_up(
    State(app): State<App>,
    Caller(actor): Caller,
    headers: HeaderMap,
    body: Body<NewSettings>,
) -> Result<impl IntoResponse, Problem> {
    let NewSettings { public_url, mail } = body.value;
    let order =
        SetUpDelivery { version: if_match(&headers)?, public_url, mail: mail.map(NewMail::from), here_only: false };
    Ok(view(settings::set_up(&app.books, &actor, order).await?))
}

#[derive(Serialize)]
struct Trial {
    steps: Vec<Tried>,
    problem: Option<Found>,
}

#[derive(Serialize)]
struct Tried {
    step: &'static str,
    passed: bool,
}

#[derive(Serialize)]
struct Found {
    code: &'static str,
    detail: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<String>,
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
    let problem = stuck.as_ref().map(|stuck| Found {
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
    let problem = missed.map(|why| Found { code: why.code(), detail: why.words(), reply: None, said: None });
    let passed = problem.is_none();
    Ok(axum::Json(Trial { steps: vec![Tried { step: "reach", passed }], problem }))
}

/// `GET /.well-known/coffer/{text}`: what only we answer.
pub(crate) async fn echo(State(app): State<App>, Path(text): Path<String>) -> Result<String, Problem> {
    Ok(trial::answer(&app, &text).await?)
}
