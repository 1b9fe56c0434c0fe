//! Listening: TLS connections in, requests to the router, and an end that finishes what was begun.

use crate::App;
use crate::caller::Peer;
use crate::router::router;
use axum::Router;
use axum::extract::Request;
use hyper_util::rt::{TokioExecutor, TokioIo};
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

/// How long a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long requests under way are waited for at the end.
const FAREWELL: Duration = Duration::from_secs(20);

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
#[expect(clippy::disallowed_methods, reason = "the accept loop is the server's own task; `Running::stop` ends it")]
pub fn serve(app: App, tls: Arc<ServerConfig>, listener: TcpListener) -> std::io::Result<Running> {
    let address = listener.local_addr()?;
    let (stop, stopped) = watch::channel(false);
    let done = tokio::spawn(accept(router(app), TlsAcceptor::from(tls), listener, stopped));
    Ok(Running { address, stop, done })
}

async fn accept(router: Router, tls: TlsAcceptor, listener: TcpListener, mut stopped: watch::Receiver<bool>) {
    let graceful = Arc::new(GracefulShutdown::new());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.changed() => break,
        };
        // A connection that failed before it began is the peer's affair.
        if let Ok((stream, peer)) = accepted {
            begin(router.clone(), tls.clone(), stream, peer, &graceful);
        }
    }
    drop(listener);
    if let Some(graceful) = Arc::into_inner(graceful) {
        drop(tokio::time::timeout(FAREWELL, graceful.shutdown()).await);
    }
}

#[expect(clippy::disallowed_methods, reason = "one task a connection; it is watched, so that the end waits for it")]
fn begin(router: Router, tls: TlsAcceptor, stream: TcpStream, peer: SocketAddr, graceful: &Arc<GracefulShutdown>) {
    let watcher = graceful.watcher();
    drop(stream.set_nodelay(true));
    drop(tokio::spawn(async move {
        let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, tls.accept(stream)).await else { return };
        let service = tower_service(router, peer);
        let builder = Builder::new(TokioExecutor::new());
        let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        // How a connection ended tells nothing that its requests have not told.
        drop(watcher.watch(connection.into_owned()).await);
    }));
}

/// The router, with the peer's address in every request.
fn tower_service(router: Router, peer: SocketAddr) -> Router {
    router.layer(axum::middleware::from_fn(move |mut request: Request, next: axum::middleware::Next| {
        request.extensions_mut().insert(Peer(peer));
        next.run(request)
    }))
}
