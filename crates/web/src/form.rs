//! What a form sends: names and values, each once.

use crate::App;
use crate::body::late;
use crate::pace::Late;
use crate::problem::Problem;
use axum::extract::{Form, FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_store::Once;

/// The fields of a form.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// What was typed into a field; nothing where there is no such field.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
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

    /// Whether a box was ticked.
    pub(crate) fn ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }
}

impl FromRequest<App> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        match Form::<Vec<(String, String)>>::from_request(request, app).await {
            Ok(Form(pairs)) => Ok(Self(pairs)),
            Err(rejection) if Late::is_in(&rejection) => Err(late().into_response()),
            Err(rejection) => {
                let detail =
                    "The form cannot be read, or is larger than 1 MB. Open the page again and send it once more.";
                let status = match rejection.status() {
                    StatusCode::INTERNAL_SERVER_ERROR => StatusCode::UNPROCESSABLE_ENTITY,
                    status => status,
                };
                Err(Problem::new(status, "form.unreadable", detail).into_response())
            }
        }
    }
}

/// A fresh mark for a form that must not be done twice.
pub(crate) fn mark(app: &App) -> String {
    let mut bytes = [0; 16];
    app.books.world().entropy.fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
