//! Listening: TLS connections in, requests to the router, and an end that finishes what was begun.
//!
//! Every wait for a peer has an end, and everything a peer may have many of has a most ([`crate::limits`]).

use crate::App;
use crate::caller::Peer;
use crate::limits::{FAREWELL, LARGEST_HEAD, Limits, MOST_HEADERS, MOST_RESETS, MOST_STREAMS};
use crate::patience::Patience;
use crate::router::router_within;
use crate::seats::{Seat, Seats};
use axum::Router;
use axum::extract::Request;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use rustls::ServerConfig;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

/// How long a machine without room is left alone.
const MOMENT: Duration = Duration::from_millis(50);

/// A server that runs.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    done: tokio::task::JoinHandle<()>,
}

impl Running {
    /// Takes in no more connections, finishes the requests under way, and returns.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        // The task itself never panics; connections that do are their own.
        drop(self.done.await);
    }
}

/// Starts to serve on this listener.
///
/// # Errors
/// Where the listener has no address.
pub fn serve(app: App, tls: Arc<ServerConfig>, listener: TcpListener) -> std::io::Result<Running> {
    serve_within(app, tls, listener, Limits::default())
}

/// Starts to serve on this listener, within these limits.
///
/// # Errors
/// Where the listener has no address.
#[expect(clippy::disallowed_methods, reason = "the accept loop is the server's own task; `Running::stop` ends it")]
pub fn serve_within(
    app: App,
    tls: Arc<ServerConfig>,
    listener: TcpListener,
    limits: Limits,
) -> std::io::Result<Running> {
    let address = listener.local_addr()?;
    let (stop, stopped) = watch::channel(false);
    let house = House { router: router_within(app, limits), tls: TlsAcceptor::from(tls), limits };
    let done = tokio::spawn(accept(house, listener, stopped));
    Ok(Running { address, stop, done })
}

/// What every connection is given.
#[derive(Clone)]
struct House {
    router: Router,
    tls: TlsAcceptor,
    limits: Limits,
}

async fn accept(house: House, listener: TcpListener, mut stopped: watch::Receiver<bool>) {
    let graceful = Arc::new(GracefulShutdown::new());
    let seats = Seats::new(house.limits.connections, house.limits.of_one_address);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.changed() => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                if let Some(seat) = seats.take(peer.ip()) {
                    begin(house.clone(), stream, (peer, seat), &graceful);
                }
            }
            // A connection that failed before it began is the peer's affair; where the machine has no more to give, a
            // moment lets some go.
            Err(_) => drop(tokio::time::timeout(MOMENT, stopped.changed()).await),
        }
        if *stopped.borrow() {
            break;
        }
    }
    drop(listener);
    if let Some(graceful) = Arc::into_inner(graceful) {
        drop(tokio::time::timeout(FAREWELL, graceful.shutdown()).await);
    }
}

#[expect(clippy::disallowed_methods, reason = "one task a connection; it is watched, so that the end waits for it")]
fn begin(house: House, stream: TcpStream, (peer, seat): (SocketAddr, Seat), graceful: &Arc<GracefulShutdown>) {
    let watcher = graceful.watcher();
    drop(stream.set_nodelay(true));
    drop(tokio::spawn(async move {
        let _seat = seat;
        let House { router, tls, limits } = house;
        let Ok(Ok(stream)) = tokio::time::timeout(limits.handshake, tls.accept(stream)).await else { return };
        let builder = builder(stream.get_ref().1.alpn_protocol() == Some(b"h2"), limits);
        let stream = TokioIo::new(Patience::new(stream, limits.taking));
        let connection = builder.serve_connection(stream, TowerToHyperService::new(tower_service(router, peer)));
        // How a connection ended tells nothing that its requests have not told.
        drop(watcher.watch(connection.into_owned()).await);
    }));
}

/// The handshake agreed on the version, so that nobody has to wait for the first bytes to guess it.
fn builder(http2: bool, limits: Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_headers(MOST_HEADERS)
        .max_buf_size(LARGEST_HEAD);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(limits.head)
        .keep_alive_timeout(limits.handshake)
        .max_concurrent_streams(MOST_STREAMS)
        .max_pending_accept_reset_streams(MOST_RESETS)
        .max_header_list_size(u32::try_from(LARGEST_HEAD).unwrap_or(u32::MAX));
    if http2 { builder.http2_only() } else { builder.http1_only() }
}

/// The router, with the peer's address in every request.
fn tower_service(router: Router, peer: SocketAddr) -> Router {
    router.layer(axum::middleware::from_fn(move |mut request: Request, next: axum::middleware::Next| {
        request.extensions_mut().insert(Peer(peer));
        next.run(request)
    }))
}
