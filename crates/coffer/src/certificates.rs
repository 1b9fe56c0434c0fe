//! The certificate and its key, in the data folder: made at the first start, renewed by the same authority before they
//! end. The private keys are sealed under the root key, so that whoever copies the folder can pose as nobody.

use crate::Ending;
use crate::files::{beside, make_folder, replace};
use crate::home::Home;
use coffer_keys::{RootKey, SystemEntropy};
use coffer_web::tls::{make_certificates, renewed, validity};
use std::fs;
use std::path::Path;
use std::time::Duration;
use zeroize::Zeroizing;

/// With less time left than this a certificate is renewed.
const RENEW: Duration = Duration::from_secs(60 * 24 * 60 * 60);
/// What each sealed key is for.
const SERVER: &str = "the server's certificate";
const AUTHORITY: &str = "the authority's certificate";

/// The certificate and its key, both PEM.
pub(crate) fn certificates(home: &Home) -> Result<(String, Zeroizing<String>), Ending> {
    let (folder, now) = (home.places.data.join("tls"), home.books.world().clock.now());
    if !folder.exists() {
        make(home, &folder)?;
    }
    let (certificate, key) = (read(&folder, "server.pem")?, open(home, &folder, "server.key", SERVER)?);
    let (_, until) = validity(&certificate)?;
    if now.checked_add(RENEW).is_ok_and(|soon| until > soon) {
        return Ok((certificate, key));
    }
    let authority_key = open(home, &folder, "authority.key", AUTHORITY)?;
    let fresh = renewed(&read(&folder, "authority.pem")?, &authority_key, &key, now)?;
    replace(&folder.join("server.pem"), fresh.as_bytes())?;
    Ok((fresh, key))
}

/// Makes all of it. The folder has its name once everything is in it.
fn make(home: &Home, folder: &Path) -> Result<(), Ending> {
    let world = home.books.world();
    let (made, unfinished) = (make_certificates(world.clock.now())?, beside(folder, ".new"));
    make_folder(&unfinished)?;
    let seal = |purpose, key: &str| home.root.seal_file(purpose, key.as_bytes(), world.entropy.as_ref());
    replace(&unfinished.join("authority.pem"), made.authority.as_bytes())?;
    replace(&unfinished.join("authority.key"), &seal(AUTHORITY, &made.authority_key))?;
    replace(&unfinished.join("server.pem"), made.certificate.as_bytes())?;
    replace(&unfinished.join("server.key"), &seal(SERVER, &made.key))?;
    Ok(fs::rename(&unfinished, folder)?)
}

fn read(folder: &Path, name: &str) -> Result<String, Ending> {
    fs::read_to_string(folder.join(name)).map_err(|error| damaged(folder, name, &error))
}

fn open(home: &Home, folder: &Path, name: &str, purpose: &'static str) -> Result<Zeroizing<String>, Ending> {
    let sealed = fs::read(folder.join(name)).map_err(|error| damaged(folder, name, &error))?;
    let key = home.root.open_file(purpose, &sealed).map_err(|error| damaged(folder, name, &error))?;
    let key = std::str::from_utf8(&key).map_err(|error| damaged(folder, name, &error))?;
    Ok(Zeroizing::new(key.to_owned()))
}

fn damaged(folder: &Path, name: &str, why: &dyn std::fmt::Display) -> Ending {
    let folder = folder.display();
    format!("The certificate's {name} in {folder} cannot be used ({why}). Remove that folder: new ones are made, and coffer trust is given again.").into()
}

/// Seals the private keys for a new root key, those that are not yet.
pub(crate) fn reseal(folder: &Path, old: &RootKey, new: &RootKey) -> Result<(), Ending> {
    for (name, purpose) in [("server.key", SERVER), ("authority.key", AUTHORITY)] {
        let path = folder.join(name);
        if !path.exists() {
            continue;
        }
        let sealed = fs::read(&path)?;
        if new.open_file(purpose, &sealed).is_err() {
            let key = old.open_file(purpose, &sealed).map_err(|error| damaged(folder, name, &error))?;
            replace(&path, &new.seal_file(purpose, &key, &SystemEntropy))?;
        }
    }
    Ok(())
}
