//! What pages are dressed in, from the program itself: nothing is fetched from anywhere else.

use crate::problem::Problem;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

/// The stylesheet; its address carries its version.
const CSS: &str = include_str!("../../assets/coffer.css");
/// The script, likewise.
const SCRIPT: &str = include_str!("../../assets/coffer.js");

macro_rules! fonts {
    ($($name:literal),*) => { &[$(($name, include_bytes!(concat!("../../assets/fonts/", $name)))),*] };
}

const FONTS: &[(&str, &[u8])] = fonts![
    "instrument-sans-latin-wdth-normal.woff2",
    "instrument-sans-latin-ext-wdth-normal.woff2",
    "inter-cyrillic-opsz-normal.woff2",
    "inter-greek-opsz-normal.woff2"
];

/// The stylesheet's address: another one whenever it changes.
pub(crate) fn stylesheet() -> String {
    versioned("/static/coffer.css", CSS)
}

/// The script's address, likewise.
pub(crate) fn script() -> String {
    versioned("/static/coffer.js", SCRIPT)
}

fn versioned(address: &str, text: &str) -> String {
    // FNV-1a: tells versions apart, protects nothing.
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{address}?v={hash:016x}")
}

const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// `GET /static/coffer.css`
pub(crate) async fn css() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, FOR_EVER)], CSS)
}

/// `GET /static/coffer.js`
pub(crate) async fn js() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, FOR_EVER)], SCRIPT)
}

/// `GET /static/fonts/{name}`
pub(crate) async fn font(Path(name): Path<String>) -> Result<impl IntoResponse, Problem> {
    let found = FONTS.iter().find(|(known, _)| *known == name);
    let (_, bytes) = found.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "not_found", "There is no such file."))?;
    Ok(([(header::CONTENT_TYPE, "font/woff2"), (header::CACHE_CONTROL, FOR_EVER)], *bytes))
}
