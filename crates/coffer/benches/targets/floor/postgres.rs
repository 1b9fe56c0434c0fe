//! PostgreSQL, every commit synced, all rows of a commit sent in one go.

use super::LASTS;
use super::rows::{Cell, Statement, of_commit, of_invoice};
use coffer_store::STEPS;
use coffer_testkit::postgres::{Server, Settings};
use futures_util::future::try_join_all;
use std::collections::HashMap;
use std::error::Error;
use std::time::Instant;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type};
use tokio_postgres::{Client, NoTls};

impl ToSql for Cell {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self, kind) {
            (Self::Null, _) => return Ok(IsNull::Yes),
            (Self::Int(value), _) => out.extend_from_slice(&value.to_be_bytes()),
            (Self::Text(value), _) => out.extend_from_slice(value.as_bytes()),
            (Self::Bytes(value), _) => out.extend_from_slice(value),
        }
        Ok(IsNull::No)
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    fn to_sql_checked(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.to_sql(kind, out)
    }
}
impl std::fmt::Debug for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a cell")
    }
}

/// How many invoices' rows one connection writes in a second, so many to a durable commit.
pub(crate) fn invoices_per_second(per_commit: i64) -> f64 {
    let server = Server::start(&Settings { durable: true, tls: None }).unwrap();
    let database = server.database().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(&database.address().url(), NoTls).await.unwrap();
        tokio::spawn(connection);
        for step in STEPS {
            client.batch_execute(step.postgres).await.unwrap();
        }
        let mut prepared = HashMap::new();
        for (sql, _) in of_invoice(0).into_iter().chain(of_commit()) {
            prepared.insert(sql, client.prepare(sql).await.unwrap());
        }
        let (start, mut number) = (Instant::now(), 0);
        while start.elapsed() < LASTS {
            let rows = (number..number + per_commit).flat_map(of_invoice).chain(of_commit()).collect();
            commit(&client, &prepared, rows).await;
            number += per_commit;
        }
        (number as f64 / start.elapsed().as_secs_f64()).round()
    })
}

async fn commit(client: &Client, prepared: &HashMap<&str, tokio_postgres::Statement>, rows: Vec<Statement>) {
    // Requests go out in the order in which they are first polled.
    let begin = client.batch_execute("BEGIN");
    let all = try_join_all(rows.iter().map(|(sql, cells)| client.execute_raw(&prepared[sql], cells)));
    let (begun, written) = futures_util::future::join(begin, all).await;
    begun.and(written).unwrap();
    client.batch_execute("COMMIT").await.unwrap();
}
