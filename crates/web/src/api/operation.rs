//! One operation of the API: its route, its handler and everything that is said about it, in one place.

use super::shape::{Shape, Shapes};
use crate::App;
use crate::router::Route;
use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};
use coffer_kernel::{Action, Reason, Refusals};
use serde_json::Value;

/// Writes a schema.
type Describe = fn(&mut Shapes) -> Value;

/// What comes back when all is well.
#[derive(Clone, Copy)]
pub(crate) enum Answer {
    /// JSON of this shape.
    Json(Describe),
    /// A document.
    Pdf,
    /// A file, byte for byte.
    File,
    /// Nothing but the status.
    Nothing,
}

/// What is sent.
#[derive(Clone, Copy)]
pub(crate) enum Takes {
    /// Nothing.
    Nothing,
    /// Nothing, or `{}`.
    Bare,
    /// JSON of this shape.
    Json(Describe),
    /// The same, or nothing.
    Perhaps(Describe),
}

/// Whether a header is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// It says nothing here.
    None,
    /// It may be sent.
    May,
    /// Without it nothing is done.
    Must,
}

/// An operation.
pub(crate) struct Operation {
    pub(crate) route: Route,
    pub(crate) handler: MethodRouter<App>,
    pub(crate) id: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) details: &'static str,
    pub(crate) asks: Option<Describe>,
    pub(crate) takes: Takes,
    pub(crate) example: Option<Value>,
    pub(crate) answers: (u16, Answer),
    pub(crate) versioned: bool,
    pub(crate) once: Need,
    pub(crate) if_match: Need,
    pub(crate) refuses: Vec<(&'static str, Reason, &'static str)>,
}

impl Operation {
    fn new<H, T>(method: &'static str, path: &'static str, action: Option<Action>, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let filter = match method {
            "GET" => MethodFilter::GET,
            "PUT" => MethodFilter::PUT,
            "DELETE" => MethodFilter::DELETE,
            _ => MethodFilter::POST,
        };
        Self {
            route: Route { method, path, action },
            handler: on(filter, handler),
            id: "",
            summary: "",
            details: "",
            asks: None,
            takes: Takes::Nothing,
            example: None,
            answers: (200, Answer::Nothing),
            versioned: false,
            once: Need::None,
            if_match: Need::None,
            refuses: Vec::new(),
        }
    }

    pub(crate) fn get<H: Handler<T, App>, T: 'static>(path: &'static str, action: Action, handler: H) -> Self {
        Self::new("GET", path, Some(action), handler)
    }

    pub(crate) fn post<H: Handler<T, App>, T: 'static>(path: &'static str, action: Action, handler: H) -> Self {
        Self::new("POST", path, Some(action), handler)
    }

    pub(crate) fn put<H: Handler<T, App>, T: 'static>(path: &'static str, action: Action, handler: H) -> Self {
        Self::new("PUT", path, Some(action), handler)
    }

    pub(crate) fn delete<H: Handler<T, App>, T: 'static>(path: &'static str, action: Action, handler: H) -> Self {
        Self::new("DELETE", path, Some(action), handler)
    }

    /// Open to anybody.
    pub(crate) fn open<H: Handler<T, App>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::new("GET", path, None, handler)
    }

    /// What programs call it, and what it does in a line.
    pub(crate) const fn named(mut self, id: &'static str, summary: &'static str) -> Self {
        self.id = id;
        self.summary = summary;
        self
    }

    /// What more there is to know.
    pub(crate) const fn details(mut self, details: &'static str) -> Self {
        self.details = details;
        self
    }

    /// What may stand behind the question mark.
    pub(crate) fn asks<T: Shape>(mut self) -> Self {
        self.asks = Some(T::schema);
        self
    }

    /// The body, with an example that works.
    pub(crate) fn takes<T: Shape>(mut self, example: Value) -> Self {
        self.takes = Takes::Json(|shapes| shapes.of::<T>());
        self.example = Some(example);
        self
    }

    /// The body, which may be left out.
    pub(crate) fn may_take<T: Shape>(mut self, example: Value) -> Self {
        self.takes = Takes::Perhaps(|shapes| shapes.of::<T>());
        self.example = Some(example);
        self
    }

    /// No body, or an empty object.
    pub(crate) const fn bare(mut self) -> Self {
        self.takes = Takes::Bare;
        self
    }

    /// The answer when all is well.
    pub(crate) fn answers<T: Shape>(mut self, status: u16) -> Self {
        self.answers = (status, Answer::Json(|shapes| shapes.of::<T>()));
        self
    }

    /// The answer is a document.
    pub(crate) const fn answers_pdf(mut self) -> Self {
        self.answers = (200, Answer::Pdf);
        self
    }

    /// The answer is a file.
    pub(crate) const fn answers_file(mut self) -> Self {
        self.answers = (200, Answer::File);
        self
    }

    /// The answer says nothing but that it was done.
    pub(crate) const fn answers_nothing(mut self) -> Self {
        self.answers = (204, Answer::Nothing);
        self
    }

    /// The answer carries its version as an ETag.
    pub(crate) const fn versioned(mut self) -> Self {
        self.versioned = true;
        self
    }

    /// An idempotency key makes it happen once.
    pub(crate) const fn once(mut self, need: Need) -> Self {
        self.once = need;
        self
    }

    /// The version one has seen must be named.
    pub(crate) const fn if_match(mut self) -> Self {
        self.if_match = Need::Must;
        self
    }

    /// What it may refuse besides what every operation may.
    pub(crate) fn refuses<R: Refusals>(mut self) -> Self {
        self.refuses.extend(R::all());
        self
    }

    /// One more refusal, which its command borrows from the store.
    pub(crate) fn refuses_as(mut self, code: &'static str, reason: Reason, words: &'static str) -> Self {
        self.refuses.push((code, reason, words));
        self
    }

    /// The names in its path.
    pub(crate) fn path_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }

    /// Where it stands in the description.
    pub(crate) fn tag(&self) -> &'static str {
        self.route.path.split('/').nth(3).unwrap_or("api")
    }
}
