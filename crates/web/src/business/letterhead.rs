//! The letterhead, seen from outside: the logo as a file in base 64, read within limits and made anew.

use crate::App;
use crate::api::shape::{Shape, Shapes, described};
use crate::body::{Body, Seen};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use base64ct::{Base64, Encoding};
use coffer_billing::letterhead::{self, Accent};
use coffer_documents::{Brought, Dress, LARGEST_FILE, dress};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A colour on the way in.
pub(crate) struct Colour(Accent);

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|_| serde::de::Error::custom("a colour is written like #0a5564"))
    }
}

impl Shape for Colour {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$", "examples": ["#0a5564"] })
    }
}

/// A file on the way in.
pub(crate) struct File(Vec<u8>);

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Base64::decode_vec(&text).map(Self).map_err(|_| serde::de::Error::custom("a file is sent in base 64"))
    }
}

impl Shape for File {
    fn schema(_: &mut Shapes) -> Value {
        let most = LARGEST_FILE.div_ceil(3) * 4;
        json!({ "type": "string", "contentEncoding": "base64", "maxLength": most })
    }
}

described! {
    /// The letterhead, as it shall be.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct NewLetterhead {
        /// The colour of the head of documents.
        accent: Option<Colour>,
        /// The logo: a PNG or JPEG file. Null for none.
        logo: Option<File>,
    }

    /// How documents show whose they are.
    #[derive(Serialize)]
    pub(crate) struct Letterhead {
        /// The version, also in the ETag; 0 where nothing was chosen.
        version: i64,
        /// The colour that was chosen.
        accent: Option<String>,
        /// The colour as it is printed: darker, where the chosen one cannot be read on white (WCAG 2.2, 1.4.3).
        accent_on_paper: Option<String>,
        /// The logo, as it is printed.
        logo: Option<Logo>,
    }

    /// A logo: a picture made anew of what was sent.
    #[derive(Serialize)]
    pub(crate) struct Logo {
        /// The PNG file, in base 64.
        png: String,
        /// Its width in pixels.
        width: i64,
        /// Its height in pixels.
        height: i64,
    }
}

fn view(letterhead: letterhead::Letterhead) -> impl IntoResponse {
    let etag = format!("\"{}\"", letterhead.version);
    let logo = letterhead.logo.map(|logo| {
        let (width, height) = logo.size();
        Logo { png: Base64::encode_string(&logo.png), width: width.into(), height: height.into() }
    });
    let view = Letterhead {
        version: letterhead.version,
        accent: letterhead.accent.map(|accent| accent.to_string()),
        accent_on_paper: letterhead.accent.map(|accent| accent.on_paper().to_string()),
        logo,
    };
    ([(header::ETAG, etag)], axum::Json(view))
}

/// `GET /api/v1/business/letterhead`
pub(crate) async fn get(State(app): State<App>, Caller(actor): Caller) -> Result<impl IntoResponse, Problem> {
    Ok(view(letterhead::get(&app.books, &actor).await?))
}

/// `PUT /api/v1/business/letterhead`
pub(crate) async fn put(
    State(app): State<App>,
    Caller(actor): Caller,
    Seen(version): Seen,
    body: Body<NewLetterhead>,
) -> Result<impl IntoResponse, Problem> {
    let logo = body.value.logo.map_or(Brought::None, |file| Brought::File(file.0));
    let order = Dress { version, accent: body.value.accent.map(|colour| colour.0), logo };
    Ok(view(dress(&app.books, &actor, order).await?))
}

/// `DELETE /api/v1/business/letterhead`
pub(crate) async fn delete(
    State(app): State<App>,
    Caller(actor): Caller,
    Seen(version): Seen,
) -> Result<impl IntoResponse, Problem> {
    dress(&app.books, &actor, Dress { version, accent: None, logo: Brought::None }).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}
