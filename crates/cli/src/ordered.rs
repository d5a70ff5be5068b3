//! Work done by several threads, its results taken in the order in which it was given.

use std::{
    collections::BTreeMap,
    panic,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// How many results may be held for an earlier one.
const AHEAD: usize = 256;

/// Does `work` on each item in `threads` threads, and gives the results to `take` in the order of the items; `None`
/// after the last of those that are ready, which is the moment to flush.
///
/// There is no end to how many items may come, nor to how long they may be waited for: only so many results are held at
/// a time, and each is taken as soon as it is its turn. No thread is woken for that: whoever has done the work that was
/// waited for takes all that is ready.
///
/// # Errors
/// The first error of `take` ends it all. Where `items` may just be waited for, `take` must see to it that it ends.
pub(crate) fn in_order<T: Send, R: Send, E: Send>(
    threads: usize,
    items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    take: impl FnMut(Option<R>) -> Result<(), E> + Send,
) -> Result<(), E> {
    let items = Mutex::new(items.enumerate().fuse());
    let results =
        Results { open: Mutex::new(Some(Held { next: 0, ready: BTreeMap::new(), take })), taken: Condvar::new() };
    let labour = || {
        let _close = OnPanic(|| results.close());
        loop {
            let Some((at, item)) = lock(&items).next() else { return Ok(()) };
            if !results.hand_in(at, work(item))? {
                return Ok(());
            }
        }
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(labour)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|cause| panic::resume_unwind(cause)))
    })
}

/// Where results wait for their turn, until it is closed.
struct Results<R, F> {
    open: Mutex<Option<Held<R, F>>>,
    /// Told whenever results were taken.
    taken: Condvar,
}

struct Held<R, F> {
    /// The number of the item whose result is the next to be taken.
    next: usize,
    ready: BTreeMap<usize, R>,
    take: F,
}

impl<R, E, F: FnMut(Option<R>) -> Result<(), E>> Results<R, F> {
    /// Brings the result of an item, waits until there is room for it, and takes those whose turn has come. False where
    /// nothing is taken any more.
    fn hand_in(&self, at: usize, result: R) -> Result<bool, E> {
        let is_full = |open: &mut Option<Held<R, F>>| open.as_ref().is_some_and(|held| at >= held.next + AHEAD);
        let mut open = self.taken.wait_while(lock(&self.open), is_full).unwrap_or_else(PoisonError::into_inner);
        let Some(held) = open.as_mut() else { return Ok(false) };
        held.ready.insert(at, result);
        let taken = held.take_ready();
        if taken.is_err() {
            *open = None;
        }
        self.taken.notify_all();
        taken.map(|()| true)
    }

    fn close(&self) {
        *lock(&self.open) = None;
        self.taken.notify_all();
    }
}

impl<R, E, F: FnMut(Option<R>) -> Result<(), E>> Held<R, F> {
    fn take_ready(&mut self) -> Result<(), E> {
        let before = self.next;
        while let Some(result) = self.ready.remove(&self.next) {
            (self.take)(Some(result))?;
            self.next += 1;
        }
        if self.next > before { (self.take)(None) } else { Ok(()) }
    }
}

/// What is to be done where a thread panics: others would wait in vain for its result.
struct OnPanic<F: Fn()>(F);

impl<F: Fn()> Drop for OnPanic<F> {
    fn drop(&mut self) {
        if thread::panicking() {
            (self.0)();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::{
        convert::Infallible,
        panic::{AssertUnwindSafe, catch_unwind},
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
    fn only_so_many_results_are_held() {
        let (done, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |item: usize| {
            // The first of each thousand is slow, and all others wait for it.
            if item.is_multiple_of(1000) {
                thread::sleep(Duration::from_millis(20));
            }
            done.fetch_add(1, Ordering::SeqCst)
        };
        let ended = in_order(3, 0..5000, work, |result| {
            if result.is_some() {
                let held = done.load(Ordering::SeqCst) - taken.fetch_add(1, Ordering::SeqCst);
                // And one in the hands of each thread.
                assert!(held <= AHEAD + 3, "{held}");
            }
            Ok::<_, Infallible>(())
        });
        assert_eq!((ended, taken.into_inner()), (Ok(()), 5000));
    }

    #[test]
    fn a_panic_goes_on_and_leaves_nobody_waiting() {
        let work = |item: u64| assert_ne!(item, 1000, "as intended");
        let run = || in_order(3, 0.., work, |_| Ok::<_, Infallible>(()));
        assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
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
