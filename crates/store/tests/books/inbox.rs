//! What an outside system says takes effect once: however often it is said, on however many nodes, whatever crashes.

use crate::notes::{self, AGGREGATES, NoteWritten, Write, business, found, list, migrations};
use coffer_kernel::{Action, Actor, ScopeId, TypedId};
use coffer_store::{Arrival, Arrived, Books, Claimed, Dialect, Failure, Faults, Order, Refused, Step};
use coffer_testkit::{Callers, Home, on_both_engines};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

const GATEWAY: &str = "gateway";
const LEASE: Duration = Duration::from_secs(60);

struct Hear;
impl Order for Hear {
    const ACTION: Action = Action::AddCustomer;
}

/// The gateway says that so much was paid.
async fn says(books: &Books, actor: &Actor, id: &str, payload: &str) -> Result<Arrived, Refused> {
    books.take_in(actor, Hear, Arrival { source: GATEWAY, id: id.into(), payload: payload.into() }).await
}

async fn claim(books: &Books) -> Vec<Claimed> {
    books.claim(business(2), GATEWAY, LEASE, 10).await.unwrap()
}

/// Writes down what was said. The slot is the claim's own, so that an effect that happened twice would stand there twice.
async fn act(books: &Books, actor: &Actor, claimed: &Claimed) -> Result<(), Refused> {
    let order = Write { slot: claimed.fence, amount: 1, text: String::new(), scope: ScopeId::from_bytes([1; 16]) };
    let claimed = claimed.clone();
    books
        .transact(actor, order, move |tx, _, order| {
            let text = tx.take_effect(&claimed)?;
            let note = notes::write(tx, &Write { text, ..order.clone() })?;
            tx.record(NoteWritten(note), ())
        })
        .await
}

async fn effects(books: &Books, actor: &Actor) -> Vec<String> {
    list(books, actor).await.unwrap().into_iter().map(|note| note.text).collect()
}

// proves: C54.c
#[test]
fn an_event_said_twice_is_one_event() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = Callers::of(business(2));
        found(&test.books, &callers.operator()).await.unwrap();
        let (books, clerk) = (&test.books, callers.clerk());
        assert_eq!(says(books, &clerk, "ev_1", "paid 119").await, Ok(Arrived::New));
        assert_eq!(says(books, &clerk, "ev_1", "paid 120").await, Ok(Arrived::Before), "the first word stands");
        let waiting = claim(books).await;
        assert_eq!(waiting.len(), 1);
        assert_eq!(says(books, &clerk, "ev_1", "paid 119").await, Ok(Arrived::Before), "while it is claimed");
        act(books, &clerk, &waiting[0]).await.unwrap();
        assert_eq!(act(books, &clerk, &waiting[0]).await, Err(Refused::Stale));
        assert_eq!(says(books, &clerk, "ev_1", "paid 119").await, Ok(Arrived::Before), "after it took effect");
        assert_eq!((claim(books).await, effects(books, &clerk).await), (vec![], vec!["paid 119".to_owned()]));
        // Another source may call another event the same.
        let elsewhere = Arrival { source: "mail", id: "ev_1".into(), payload: "bounced".into() };
        assert_eq!(books.take_in(&clerk, Hear, elsewhere).await, Ok(Arrived::New));
        let refused = says(books, &callers.auditor(), "ev_2", "paid").await.unwrap_err();
        assert_eq!(coffer_store::Refuse::code(&refused), "role.not_allowed");
        let checked = books.check(callers.business).await.unwrap();
        // Founding, two events, one effect, the refusal, one stale act, and a list that showed the note.
        assert_eq!((checked.records, checked.findings), (7, vec![]), "a repetition leaves no record");
    });
}

// proves: C54.c
#[test]
fn two_nodes_at_once_take_an_event_in_once_and_one_of_them_acts_on_it() {
    let home = Home::new(Dialect::Postgres, 7, migrations(), AGGREGATES);
    let nodes = [home.open(None).unwrap(), home.open(None).unwrap()];
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
        let callers = Callers::of(business(2));
        found(&nodes[0], &callers.operator()).await.unwrap();
        let clerk = callers.clerk();
        for round in 0..20_u32 {
            let name = format!("ev_{round}");
            let both = tokio::join!(says(&nodes[0], &clerk, &name, "paid"), says(&nodes[1], &clerk, &name, "paid"));
            let mut both = [both.0.unwrap(), both.1.unwrap()];
            both.sort_by_key(|arrived| *arrived == Arrived::Before);
            assert_eq!(both, [Arrived::New, Arrived::Before]);
        }
        let (here, there) = tokio::join!(claim(&nodes[0]), claim(&nodes[1]));
        let mut claimed: Vec<_> = here.iter().chain(&there).map(|work| work.id).collect();
        claimed.sort();
        claimed.dedup();
        assert_eq!(claimed.len(), here.len() + there.len(), "none is claimed by both");
        // Whoever was away for too long is too late, even where the other one has not acted yet.
        home.clock.advance_seconds(61);
        let late = here.iter().chain(&there).next().unwrap();
        let again = claim(&nodes[1]).await.into_iter().chain(claim(&nodes[1]).await).find(|work| work.id == late.id);
        let again = again.unwrap();
        let (stale, done) = tokio::join!(act(&nodes[0], &clerk, late), act(&nodes[1], &clerk, &again));
        assert_eq!((stale, done), (Err(Refused::Stale), Ok(())));
        assert_eq!(effects(&nodes[0], &clerk).await.len(), 1);
    });
    nodes.iter().for_each(Books::close);
}

/// Crashes at the n-th step.
struct CrashAt {
    step: u64,
    seen: AtomicU64,
}

impl Faults for CrashAt {
    fn at(&self, _: Step) -> Option<Failure> {
        (self.seen.fetch_add(1, Ordering::AcqRel) == self.step).then_some(Failure::Crash)
    }
}

/// One life: crash at this step of hearing and acting, open again; the sender repeats itself, and a worker looks for
/// what waits. False once there is no such step.
fn crash_at(engine: Dialect, step: u64) -> bool {
    let home = Home::new(engine, step, migrations(), AGGREGATES);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let callers = Callers::of(business(2));
    let clerk = callers.clerk();
    let before = home.open(None).unwrap();
    runtime.block_on(found(&before, &callers.operator())).unwrap();
    before.close();

    let faults = Arc::new(CrashAt { step, seen: AtomicU64::new(0) });
    let books = home.open(Some(Arc::clone(&faults) as Arc<dyn Faults>)).unwrap();
    runtime.block_on(async {
        drop(says(&books, &clerk, "ev_1", "paid 119").await);
        for work in books.claim(business(2), GATEWAY, LEASE, 10).await.unwrap_or_default() {
            drop(act(&books, &clerk, &work).await);
        }
    });
    books.close();

    let books = home.open(None).unwrap();
    runtime.block_on(async {
        says(&books, &clerk, "ev_1", "paid 119").await.unwrap();
        books.take_over(business(2)).await.unwrap();
        for work in claim(&books).await {
            act(&books, &clerk, &work).await.unwrap();
        }
        assert_eq!(effects(&books, &clerk).await, ["paid 119"], "{engine:?} step {step}");
        assert!(claim(&books).await.is_empty(), "{engine:?} step {step}: nothing waits any more");
        assert_eq!(books.check(business(2)).await.unwrap().findings, vec![], "{engine:?} step {step}");
    });
    books.close();
    faults.seen.load(Ordering::Acquire) > step
}

// proves: C54.c, C85.a
#[test]
fn whatever_step_it_crashes_at_an_event_takes_effect_once() {
    for engine in [Dialect::Sqlite, Dialect::Postgres] {
        let steps = (0..).take_while(|step| crash_at(engine, *step)).count();
        assert!(steps > 12, "{engine:?}: {steps} steps were tried");
    }
}
