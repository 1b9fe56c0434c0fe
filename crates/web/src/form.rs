//! What a form sends: names and values, each once.

use crate::App;
use crate::problem::Problem;
use axum::extract::{Form, FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

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
