//! Where slow sums are done, beside the books: a few at once, a few more waiting, and nobody beyond that.
//!
//! A sum on a thread cannot be called back. Its seat goes with it onto the thread, so that whoever asked and left does not
//! leave a free seat behind while the sum goes on.

use crate::{Fault, Refused};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// A room for slow sums.
#[derive(Debug, Clone)]
pub struct Room {
    seats: Arc<Semaphore>,
    /// Seats and the places of those who wait for one.
    places: Arc<Semaphore>,
}

impl Room {
    /// A room where so many sums are done at once, and so many more wait.
    #[must_use]
    pub fn new(seats: usize, waiting: usize) -> Self {
        let places = seats.saturating_add(waiting).min(Semaphore::MAX_PERMITS);
        Self { seats: Arc::new(Semaphore::new(seats)), places: Arc::new(Semaphore::new(places)) }
    }

    /// Does a sum on a thread apart: one of 100 ms must not hold up the requests beside it.
    ///
    /// # Errors
    /// [`Refused::Busy`] where too many wait; [`Fault::Panicked`] where the sum did.
    pub async fn apart<T: Send + 'static>(&self, sum: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Refused::Busy)?;
        let seat = Arc::clone(&self.seats).acquire_owned().await.map_err(|_| Refused::Fault(Fault::Closed))?;
        let done = tokio::task::spawn_blocking(move || {
            let result = sum();
            drop((seat, place));
            result
        });
        done.await.map_err(|_| Refused::Fault(Fault::Panicked))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use std::sync::Mutex;
    use std::sync::mpsc::{Receiver, Sender, channel};
    use tokio::task::JoinHandle;

    /// A sum that says that it began, and goes on until it is told to end.
    #[expect(clippy::disallowed_methods, reason = "the test ends the task")]
    fn slow(room: &Room, begun: &Sender<()>, go: &Arc<Mutex<Receiver<()>>>) -> JoinHandle<Result<(), Refused>> {
        let (room, begun, go) = (room.clone(), begun.clone(), Arc::clone(go));
        tokio::spawn(async move {
            room.apart(move || {
                begun.send(()).unwrap();
                go.lock().unwrap().recv().unwrap();
            })
            .await
        })
    }

    // proves: C95.d, C25.b
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn whoever_leaves_frees_no_seat_while_the_sum_goes_on() {
        let room = Room::new(2, 1);
        let ((begun, begins), (go, goes)) = (channel(), channel());
        let goes = Arc::new(Mutex::new(goes));
        let gone = [slow(&room, &begun, &goes), slow(&room, &begun, &goes)];
        begins.recv().unwrap();
        begins.recv().unwrap();
        for task in gone {
            task.abort();
            assert!(task.await.unwrap_err().is_cancelled());
        }
        assert_eq!(room.seats.available_permits(), 0, "they left, their sums go on");
        let waits = slow(&room, &begun, &goes);
        while room.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(room.apart(|| ()).await, Err(Refused::Busy), "one may wait, the next comes back later");
        assert!(begins.try_recv().is_err(), "who waits has not begun");
        go.send(()).unwrap();
        go.send(()).unwrap();
        go.send(()).unwrap();
        waits.await.unwrap().unwrap();
        while room.places.available_permits() < 3 {
            tokio::task::yield_now().await;
        }
        assert_eq!(room.apart(|| 7).await, Ok(7));
    }
}
