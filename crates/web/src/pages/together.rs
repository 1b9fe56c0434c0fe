//! A page takes several looks at the books; what they opened is recorded in one go, before the page leaves.

use crate::App;
use crate::problem::Problem;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use coffer_store::Books;
use std::convert::Infallible;

/// The app as a page works with it.
#[derive(Clone)]
pub(crate) struct Together(pub(crate) App);

/// Around a page: it leaves once it is recorded what its looks have opened.
pub(crate) async fn together(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let page = |books: Books| {
        let door = app.door.clone().before(books.clone());
        request.extensions_mut().insert(Together(App { books, door, ..app.clone() }));
        next.run(request)
    };
    app.books.together(page).await.unwrap_or_else(|no| Problem::from(no).into_response())
}

impl FromRequestParts<App> for Together {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        // Where nothing stands around it, each look is recorded by itself.
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_else(|| Self(app.clone())))
    }
}
