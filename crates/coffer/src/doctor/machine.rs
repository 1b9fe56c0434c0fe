//! What can be seen without the books: folders, keys, disk, clock, limits, the certificate.

use super::{Finding, certificate};
use crate::files::beside;
use crate::places::Places;
use coffer_kernel::Clock;
use coffer_keys::{KeyFile, RootProvider};
use rustix::fs::{StatFs, statfs};
use rustix::process::{Resource, geteuid, getrlimit};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Below this much room there is none, in bytes.
const NO_ROOM: u64 = 64 * 1024 * 1024;
/// Below this much room it is time to act, in bytes.
const LITTLE_ROOM: u64 = 1024 * 1024 * 1024;
/// File systems that live in memory (linux/magic.h): tmpfs, ramfs.
const IN_MEMORY: [i64; 2] = [0x0102_1994, 0x8584_58f6];
/// How often a write to disk is tried.
const TRIES: usize = 16;
/// No disk keeps what it is given faster than this.
const TOO_FAST: Duration = Duration::from_micros(8);
/// Fewer open files than this are used up by ordinary work.
const FEW_FILES: u64 = 1024;
/// The clock was not before this when the program was made, in seconds since 1970: 2026-01-01.
const NOT_BEFORE: i64 = 1_767_225_600;

pub(super) fn look(places: &Places, clock: &dyn Clock) -> Vec<Finding> {
    let mut findings = vec![folder(&places.data), key_file(places)];
    findings.extend(apart(places));
    findings.extend(files(&places.data));
    findings.extend(room(&places.data));
    findings.push(kept(&places.data));
    findings.push(now(&places.data, clock));
    findings.push(certificate::look(&places.data.join("tls"), clock.now()));
    findings.extend(limits());
    findings
}

fn folder(data: &Path) -> Finding {
    const CHECK: &str = "data";
    let shown = data.display();
    match fs::metadata(data) {
        Err(error) => Finding::fail(
            CHECK,
            format!("There is no data folder at {shown} ({error})."),
            "Name the right one with --data, or make a new one: coffer init",
        ),
        Ok(found) if found.uid() != geteuid().as_raw() => Finding::fail(
            CHECK,
            format!(
                "The data folder {shown} belongs to account {}, and this program runs as {}.",
                found.uid(),
                geteuid().as_raw()
            ),
            "Run Coffer as the folder's owner, or give the folder to this account with chown.",
        ),
        Ok(found) if found.mode() & 0o077 != 0 => Finding::fail(
            CHECK,
            format!("The data folder {shown} has mode {:04o}: other accounts get at it.", found.mode() & 0o7777),
            format!("chmod 700 {shown}"),
        ),
        Ok(_) => Finding::ok(CHECK, format!("{shown} is for its owner alone.")),
    }
}

fn key_file(places: &Places) -> Finding {
    match KeyFile::at(places.key_file.clone(), places.data.clone()).unlock() {
        Ok(_) => Finding::ok(
            "key file",
            format!("{} is whole, for its owner alone and not with the data.", places.key_file.display()),
        ),
        Err(why) => Finding::fail("key file", "The key to the data cannot be used.", why.to_string()),
    }
}

/// Whether one stolen disk is both.
fn apart(places: &Places) -> Option<Finding> {
    let (data, key) = (fs::metadata(&places.data).ok()?, fs::metadata(&places.key_file).ok()?);
    Some(if data.dev() == key.dev() {
        Finding::warn(
            "key apart",
            "The key file is on the same disk as the data: whoever takes the disk has both.",
            "Encrypt the disk, or keep the key file on another one (--key-file).",
        )
    } else {
        Finding::ok("key apart", "The key file is on another disk than the data.")
    })
}

/// Files of ours that others could read.
fn files(data: &Path) -> Option<Finding> {
    let names =
        ["coffer.db", "coffer.db-wal", "database.key", "recovery.key", "tls/server.key", "tls/authority.key", "socket"];
    let open: Vec<String> = names
        .iter()
        .map(|name| data.join(name))
        .filter(|path| fs::symlink_metadata(path).is_ok_and(|found| found.mode() & 0o077 != 0))
        .map(|path| path.display().to_string())
        .collect();
    (!open.is_empty()).then(|| {
        Finding::fail(
            "files",
            format!("Other accounts may open {}.", open.join(", ")),
            format!("chmod 600 {}", open.join(" ")),
        )
    })
}

fn room(data: &Path) -> Vec<Finding> {
    let Ok(system) = statfs(data) else { return Vec::new() };
    let free = bytes_free(&system);
    let books = fs::metadata(data.join("coffer.db")).map_or(0, |found| found.len());
    let found = format!("{} MB are free where the data lies; the books take {} MB.", free >> 20, books >> 20);
    let next =
        "Make room: a backup needs as much again as the books for a moment, and without room nothing can be written.";
    let room = match free {
        free if free < NO_ROOM.max(books) => Finding::fail("disk", found, next),
        free if free < LITTLE_ROOM.max(books.saturating_mul(2)) => Finding::warn("disk", found, next),
        _ => Finding::ok("disk", found),
    };
    #[allow(clippy::useless_conversion, reason = "the types differ between machines")]
    let kind = i64::from(system.f_type);
    let in_memory = IN_MEMORY.contains(&kind).then(|| {
        Finding::fail(
            "file system",
            "The data lie in memory: they are gone with the next restart of this machine.",
            "Move the data folder to a disk and name it with --data.",
        )
    });
    std::iter::once(room).chain(in_memory).collect()
}

#[allow(clippy::useless_conversion, reason = "the types differ between machines")]
fn bytes_free(system: &StatFs) -> u64 {
    u64::from(system.f_bavail).saturating_mul(u64::try_from(system.f_bsize).unwrap_or_default())
}

/// Whether the disk keeps what it says it keeps: a write that comes back sooner than any disk can was not kept.
fn kept(data: &Path) -> Finding {
    const CHECK: &str = "fsync";
    let path = beside(&data.join("doctor"), ".new");
    let measured = measure(&path);
    drop(fs::remove_file(&path));
    match measured {
        Err(error) => Finding::fail(
            CHECK,
            format!("Nothing can be written to {} ({error}).", data.display()),
            "Make room, or let this account write there.",
        ),
        Ok(time) if time < TOO_FAST => Finding::warn(
            CHECK,
            format!("A write is reported as kept after {} µs, sooner than a disk can.", time.as_micros()),
            "Look for a file system, a virtual disk or a library (eatmydata) that does not wait for the disk: a power cut would cost what was acknowledged.",
        ),
        Ok(time) => Finding::ok(CHECK, format!("A write is on disk after {} µs.", time.as_micros())),
    }
}

/// The middle of how long a write takes to be on disk.
#[expect(clippy::disallowed_methods, reason = "this measures the disk, not the world's time")]
fn measure(path: &Path) -> std::io::Result<Duration> {
    drop(fs::remove_file(path));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let mut times = Vec::with_capacity(TRIES);
    for _ in 0..TRIES {
        let before = std::time::Instant::now();
        file.write_all(&[0; 4096])?;
        file.sync_data()?;
        times.push(before.elapsed());
    }
    times.sort_unstable();
    Ok(times.get(TRIES / 2).copied().unwrap_or_default())
}

/// Whether the clock can be right: it never goes back behind what was written.
fn now(data: &Path, clock: &dyn Clock) -> Finding {
    const CHECK: &str = "clock";
    const NEXT: &str =
        "Set the clock and keep it set (systemd-timesyncd, chrony): due dates, sign-ins and the log depend on it.";
    let now = clock.now();
    let written = ["coffer.db", "coffer.db-wal"]
        .iter()
        .filter_map(|name| File::open(data.join(name)).ok()?.metadata().ok()?.modified().ok())
        .max();
    let ahead = written.and_then(|written| written.duration_since(SystemTime::from(now)).ok());
    if now.as_second() < NOT_BEFORE {
        return Finding::fail(CHECK, format!("It says {now}, before this program was made."), NEXT);
    }
    match ahead.filter(|ahead| *ahead > Duration::from_secs(60)) {
        Some(ahead) => Finding::fail(
            CHECK,
            format!("It says {now}, and the books were written {} s later.", ahead.as_secs()),
            NEXT,
        ),
        None => Finding::ok(CHECK, format!("It says {now}.")),
    }
}

fn limits() -> [Finding; 2] {
    let files = getrlimit(Resource::Nofile).current;
    let core = getrlimit(Resource::Core).current;
    [
        match files {
            Some(files) if files < FEW_FILES => Finding::warn(
                "open files",
                format!("This program may open {files} files; each connection is one."),
                "Raise the limit: ulimit -n 4096, or LimitNOFILE=4096 in the service.",
            ),
            _ => Finding::ok("open files", "This program may open as many files as it needs."),
        },
        match core {
            Some(0) => Finding::ok("core dumps", "Off: keys in memory never get into a file by a crash."),
            _ => Finding::warn(
                "core dumps",
                "On: a crash would write keys to disk.",
                "ulimit -c 0, or LimitCORE=0 in the service.",
            ),
        },
    ]
}
