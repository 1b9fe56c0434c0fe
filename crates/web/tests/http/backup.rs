//! A backup counts once all of it was handed over.

use crate::consequence::EMAIL;
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use coffer_kernel::Role;
use futures_util::StreamExt;
use tower::ServiceExt;

/// The button, pressed by somebody with these cookies.
async fn pressed(world: &World, owner: &Visit<'_>) -> Response {
    let cookies: Vec<String> = owner.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = Request::post("/backup").header("sec-fetch-site", "same-origin").header("cookie", cookies.join("; "));
    let request = request.header("content-type", "application/x-www-form-urlencoded").header("host", "books.example");
    let answer = world.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    answer
}

// proves: D16, F3
#[test]
fn a_backup_that_broke_off_on_its_way_is_none_and_one_that_arrived_is() {
    on_both_engines(|test| async move {
        let world = World::of(test, &[]).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        world.sheet().await;
        // It ends a byte too early, as late as a line can break.
        let answer = pressed(&world, &owner).await;
        let size: usize = answer.headers()["content-length"].to_str().unwrap().parse().unwrap();
        let (mut parts, mut heard) = (answer.into_body().into_data_stream(), 0);
        while heard < size - 1 {
            heard += parts.next().await.unwrap().unwrap().len();
        }
        drop(parts);
        assert_eq!(heard, size - 1);
        assert!(owner.get("/").await.text.contains("no backup yet"), "what broke off brings nothing back");
        let log = owner.get("/history").await.text;
        assert!(
            log.contains("Made a backup of all the books"),
            "who had most of it stands in the log all the same: {log}"
        );

        let (mut parts, mut heard) = (pressed(&world, &owner).await.into_body().into_data_stream(), Vec::new());
        while let Some(part) = parts.next().await {
            heard.extend(part.unwrap());
        }
        assert!(heard.starts_with(b"coffer backup 1\n"));
        let home = owner.get("/").await.text;
        assert!(!home.contains("no backup yet") && home.contains("saved from a browser"), "it arrived: {home}");
    });
}

// proves: F1
#[test]
fn a_program_makes_a_backup_of_the_one_business_there_is_until_its_key_is_revoked() {
    on_both_engines(|test| async move {
        let world = World::of(test, &[1]).await;
        let key = world.key(1, Role::Owner).await;
        world.sheet().await;
        let file = world.bytes("POST", "/api/v1/backup", &key).await;
        assert!(file.starts_with(b"coffer backup 1\n"), "{}", String::from_utf8_lossy(&file[..file.len().min(400)]));
        let (_, kept) = world.send("GET", "/api/v1/backup", &key, None).await;
        assert!(kept["sheet"].is_string() && kept["last_backup_at"].is_string(), "{kept}");
        let (_, keys) = world.send("GET", "/api/v1/api-keys", &key, None).await;
        for listed in keys["keys"].as_array().unwrap() {
            let revoke = format!("/api/v1/api-keys/{}/revoke", listed["id"].as_str().unwrap());
            world.send("POST", &revoke, &key, None).await;
        }
        let answer = world.bytes("POST", "/api/v1/backup", &key).await;
        assert!(!answer.starts_with(b"coffer backup"), "it is over");
    });
}
