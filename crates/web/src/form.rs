//! What a form sends: names and values, each once.

use crate::App;
use crate::body::late;
use crate::pace::Late;
use crate::pages::refused::refused;
use crate::problem::Problem;
use crate::upload::is_upload;
use crate::visitor;
use crate::words::Words;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Form, FromRequest, Request};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use coffer_store::{Once, refusals};

refusals! {
    /// Why a form is not even looked at.
    pub(crate) enum FormRefused {
        /// It is no form, or too large.
        Unreadable => Invalid, "form.unreadable", "The form cannot be read, or is larger than 1 MB. Open the page again and send it once more.";
        /// Another site sent it.
        Foreign => Forbidden, "origin.foreign", "This form was sent from another site, so nothing was done. Open the page here and send it again.";
    }
}

/// The largest form that is read, in bytes.
const LARGEST: usize = 1_024 * 1_024;

/// The largest that is read of somebody who is not signed in, in bytes.
const LARGEST_OF_ANYBODY: usize = 16 * 1_024;

/// How many fields a form may have: an invoice of a thousand lines, each with a discount, has fewer.
const MOST_FIELDS: usize = 20_000;

/// The same, of somebody who is not signed in.
const MOST_FIELDS_OF_ANYBODY: usize = 1_000;

/// How large a form may be that is sent here. What anybody may send has a few short fields; a sign-in may carry a form
/// that waited for it, where it comes from a device on which somebody signed in before.
async fn largest(parts: &Parts, app: &App) -> usize {
    let path = parts.uri.path();
    let anybody = ["/set-up/", "/enter/", "/d/"].iter().any(|door| path.starts_with(door))
        || path == "/sign-in" && !matches!(visitor::signed_in_before(app, &parts.headers).await, Ok(Some(_)));
    if anybody { LARGEST_OF_ANYBODY } else { LARGEST }
}

/// A form as it was sent, within its limits: nothing of it is taken apart before.
pub(crate) async fn whole(request: Request, app: &App) -> Result<(Parts, Bytes), Response> {
    let (parts, body) = request.into_parts();
    let most = largest(&parts, app).await;
    let too_large = |code, detail| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, code, detail).into_response();
    let body = match to_bytes(body, most).await {
        Ok(body) => body,
        Err(error) if Late::is_in(&error) => return Err(late().into_response()),
        Err(_) => {
            let detail =
                "The form cannot be read, or is larger than forms here are. Open the page again and send it once more.";
            return Err(too_large("form.unreadable", detail));
        }
    };
    let most_fields = if most == LARGEST_OF_ANYBODY { MOST_FIELDS_OF_ANYBODY } else { MOST_FIELDS };
    if !is_upload(&parts.headers) && body.iter().filter(|byte| **byte == b'&').count() >= most_fields {
        let detail = "This form has more fields than any page here. Open the page again and send it once more.";
        return Err(too_large("form.too_many_fields", detail));
    }
    Ok((parts, body))
}

/// The fields of a form.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Of what stands behind the question mark.
    pub(crate) const fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// Of a form that was sent and kept; none where it is not one.
    pub(crate) async fn in_body(body: &[u8]) -> Self {
        let kind = "application/x-www-form-urlencoded";
        let request = Request::post("/").header("content-type", kind).body(Body::from(body.to_vec()));
        let Ok(request) = request else { return Self::default() };
        Form::<Vec<(String, String)>>::from_request(request, &())
            .await
            .map_or_else(|_| Self::default(), |Form(it)| Self(it))
    }

    /// What was typed into a field; nothing where there is no such field.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// Every name with what was typed there, in the order of the form.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.trim()))
    }

    /// The same, where empty means not said.
    pub(crate) fn some(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    /// What was typed, spaces included: for passwords.
    pub(crate) fn exact(&self, name: &str) -> String {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// What makes a form repeatable: the mark it was drawn with, bound to what was typed. A second press of the same
    /// button finds what the first one did.
    pub(crate) fn once(&self) -> Option<Once> {
        let key = self.some("once")?;
        let request = self.0.iter().flat_map(|(name, value)| [name.as_bytes(), b"=", value.as_bytes(), b"\n"].concat());
        Some(Once { key, request: request.collect() })
    }

    /// The same, of a form about this record: sent to another's address it is another order.
    pub(crate) fn once_for(&self, record: &str) -> Option<Once> {
        let mut once = self.once()?;
        once.request.extend(record.bytes());
        Some(once)
    }

    /// Whether a box was ticked.
    pub(crate) fn ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }
}

impl FromRequest<App> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let words = Words::of_headers(request.headers());
        let request = if request.method() == Method::POST {
            let (parts, body) = whole(request, app).await?;
            Request::from_parts(parts, Body::from(body))
        } else {
            request
        };
        match Form::<Vec<(String, String)>>::from_request(request, app).await {
            Ok(Form(pairs)) => Ok(Self(pairs)),
            Err(_) => Err(refused(words, FormRefused::Unreadable)),
        }
    }
}

/// A fresh mark for a form that must not be done twice.
pub(crate) fn mark(app: &App) -> String {
    let mut bytes = [0; 16];
    app.books.world().entropy.fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
