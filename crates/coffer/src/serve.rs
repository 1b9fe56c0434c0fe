//! Serving, and the chores that go with it.

use crate::Ending;
use crate::arguments::Serve;
use crate::certificates::certificates;
use crate::chores;
use crate::console::Console;
use crate::home::Home;
use crate::looks::{self, Watch};
use crate::post::{self, Post};
use crate::socket;
use crate::world::say;
use coffer_documents::Printer;
use coffer_identity::Door;
use coffer_identity::links::{self, CreateSetupLink, LinkRefused};
use coffer_kernel::BusinessId;
use coffer_keys::Token;
use coffer_keys::password::Argon2Cost;
use coffer_outbound::reach::Outside;
use coffer_web::tls::server_config;
use coffer_web::{App, serve as start};
use std::io;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// What a browser says at the first visit, and why.
pub(crate) const WARNING: &str =
    "The browser warns about the certificate: it is made on this machine, by an authority of its own.";

/// Serves until it is told to stop, then finishes what was begun.
pub(crate) async fn serve(home: &Home, options: Serve) -> Result<(), Ending> {
    // Who is at it goes on with the sign-in they have: a new link would end it.
    let begun = links::is_being_set_up(&home.books, &home.operator(BusinessId::INSTALLATION)).await?;
    let waiting = if begun { None } else { owner_link(home).await? };
    serve_with(home, options, |address| match &waiting {
        None if begun => {
            say("Somebody is setting it up: go on in the browser where it was begun. To begin anew: coffer setup-link")
        }
        Some(token) => say(format_args!(
            "Set it up here, once, within a day: {address}/enter/{}\n{WARNING} To end the warning: coffer trust",
            token.expose()
        )),
        None => say("Sign in there with your address, your password and your second step."),
    })
    .await
}

/// Waits until it is told to stop: by Ctrl-C, by what keeps services, or because its terminal was closed. From the call on
/// none of them ends the process by itself.
pub(crate) fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    let mut interrupted = signal(SignalKind::interrupt())?;
    let (mut terminated, mut hung_up) = (signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
            _ = hung_up.recv() => {}
        }
    })
}

/// Serves, and says what comes next once it is known where.
pub(crate) async fn serve_with(home: &Home, options: Serve, greet: impl FnOnce(&str)) -> Result<(), Ending> {
    let (certificate, key) = certificates(home)?;
    let tls = server_config(&certificate, &key)?;
    let listener = TcpListener::bind(options.listen).await.map_err(|error| {
        format!("Nothing can listen at {} ({error}). Choose another address with --listen.", options.listen)
    })?;
    let hasher = home.books.password_hasher(Argon2Cost::RECOMMENDED).await?;
    let door = Door::new(home.books.clone(), home.mint.clone(), hasher);
    let printer = Arc::new(Printer::new()?);
    let post = Post { books: home.books.clone(), mint: home.mint.clone(), printer: Arc::clone(&printer) };
    let (books, mint) = (home.books.clone(), home.mint.clone());
    let looked = home.looked.clone();
    let app = App {
        books,
        mint,
        door,
        printer,
        outside: Outside::default(),
        looked: looked.clone(),
        gallery: options.gallery,
    };
    // Before the first connection is taken: whoever is told that Coffer serves may stop it the next moment, and it ends well.
    let told_to_stop = told_to_stop()?;
    let running = start(app, tls, listener)?;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let post = post::start(post, stopped.clone());
    let chores = chores::start(home.clone(), stopped.clone());
    let looks = looks::start(Watch { books: home.books.clone(), mint: home.mint.clone(), looked }, stopped);
    let address = format!("https://localhost:{}", running.address.port());
    let socket = socket::listen::listen(&home.served_at(&address))?;
    say(format_args!("Coffer is at {address}"));
    greet(&address);
    told_to_stop.await;
    tracing::info!("stopping: no new connections, finishing what was begun");
    running.stop().await;
    if let Some(socket) = socket {
        socket.stop().await;
    }
    stop.send_replace(true);
    // They end by themselves; if one panicked, what it left is seen to at the next start.
    drop((post.await, chores.await, looks.await));
    Ok(())
}

/// Where nobody can sign in yet, a link for the owner: once, for a day.
async fn owner_link(home: &Home) -> Result<Option<Token>, Ending> {
    match links::set_up_link(&home.books, &home.operator(BusinessId::INSTALLATION), CreateSetupLink).await {
        Ok(token) => Ok(Some(token)),
        Err(LinkRefused::SetUp) => Ok(None),
        Err(refused) => Err(refused.into()),
    }
}

/// Makes the owner's link at the command line.
pub(crate) async fn set_up_link(home: &Home, console: &mut dyn Console) -> Result<(), Ending> {
    let token = owner_link(home).await?.ok_or(LinkRefused::SetUp)?;
    console.say(&format_args!("{}/enter/{}", home.address, token.expose()))
}
