//! Work done by several threads, its results taken in the order in which it was given.

use std::{
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, TryRecvError, sync_channel},
    },
    thread,
};

/// How many items may be taken up before the result of the first of them is taken.
const AHEAD: usize = 256;

/// Does `work` on each item in `threads` threads, and gives the results to `take` in the order of the items; `None`
/// where the next result is not there yet, which is the moment to flush.
///
/// There is no end to how many items may come, nor to how long they may be waited for: only so many are held at a time,
/// and each result is taken as soon as it is its turn. After its end `items` is asked no more.
///
/// # Errors
/// The first error of `take` ends it all. Where `items` is just being waited for, `take` must see to it that it ends.
pub(crate) fn in_order<T: Send, R: Send, E>(
    threads: usize,
    items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    take: impl FnMut(Option<R>) -> Result<(), E>,
) -> Result<(), E> {
    let (queue, results) = sync_channel(AHEAD);
    let source = Mutex::new(Some((items, queue)));
    // An item is taken up and its result queued under one lock, which makes the order; the work is done outside.
    let next = || {
        let mut source = source.lock().unwrap_or_else(PoisonError::into_inner);
        let (items, queue) = source.as_mut()?;
        let (done, result) = sync_channel(1);
        let item = items.next().filter(|_| queue.send(result).is_ok());
        if item.is_none() {
            *source = None;
        }
        Some((item?, done))
    };
    let labour = || {
        while let Some((item, done)) = next() {
            // Nobody waits for the result where `take` has failed.
            let _ = done.send(work(item));
        }
    };
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(labour);
        }
        take_all(results, take)
    })
}

fn take_all<R, E>(results: Receiver<Receiver<R>>, mut take: impl FnMut(Option<R>) -> Result<(), E>) -> Result<(), E> {
    while let Some(result) = patiently(&results, || take(None))? {
        // A thread that has panicked leaves its result out; the panic goes on where the threads are joined.
        if let Some(result) = patiently(&result, || take(None))? {
            take(Some(result))?;
        }
    }
    Ok(())
}

/// The next message; `wait` is told before it is waited for. `None` at the end.
fn patiently<T, E>(messages: &Receiver<T>, wait: impl FnOnce() -> Result<(), E>) -> Result<Option<T>, E> {
    match messages.try_recv() {
        Ok(message) => Ok(Some(message)),
        Err(TryRecvError::Disconnected) => Ok(None),
        Err(TryRecvError::Empty) => {
            wait()?;
            Ok(messages.recv().ok())
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        cell::Cell,
        convert::Infallible,
        sync::atomic::{AtomicUsize, Ordering},
        thread,
        time::Duration,
    };

    use super::{AHEAD, in_order};

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for threads in [1, 2, 7] {
            let slow_at_times = |item: u64| {
                if item.is_multiple_of(97) {
                    thread::sleep(Duration::from_millis(2));
                }
                item * item
            };
            let mut taken = Vec::new();
            let done = in_order(threads, 0..3000, slow_at_times, |result| {
                taken.extend(result);
                Ok::<_, Infallible>(())
            });
            assert_eq!(done, Ok(()));
            assert_eq!(taken, (0..3000).map(|item| item * item).collect::<Vec<_>>(), "{threads} threads");
        }
    }

    #[test]
    fn only_so_many_items_are_held() {
        let (begun, taken) = (AtomicUsize::new(0), Cell::new(0));
        let done = in_order(
            3,
            0..5000,
            |_| begun.fetch_add(1, Ordering::SeqCst),
            |result| {
                if result.is_some() {
                    let held = begun.load(Ordering::SeqCst) - taken.get();
                    // One more in the hands of the taker, and one in those of each thread.
                    assert!(held <= AHEAD + 4, "{held}");
                    taken.set(taken.get() + 1);
                }
                Ok::<_, Infallible>(())
            },
        );
        assert_eq!((done, taken.get()), (Ok(()), 5000));
    }

    #[test]
    fn the_first_error_ends_an_endless_stream() {
        let mut taken = 0;
        let ended = in_order(
            2,
            0..,
            |item: u64| item,
            |result| match result {
                Some(10) => Err("enough"),
                Some(_) => {
                    taken += 1;
                    Ok(())
                }
                None => Ok(()),
            },
        );
        assert_eq!((ended, taken), (Err("enough"), 10));
    }
}
