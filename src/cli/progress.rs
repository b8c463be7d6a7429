//! How far a long run has come, on a terminal.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// A run that is over sooner says nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the count is shown.
const STEP: Duration = Duration::from_millis(200);

/// Does some work, and shows on standard error how many of `total` articles have been looked at, where that is a terminal and it takes long.
pub(super) fn show<T>(looked: &AtomicUsize, total: usize, work: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    std::thread::scope(|scope| {
        let (done, over) = channel::<()>();
        scope.spawn(move || {
            let mut shown = false;
            while over.recv_timeout(if shown { STEP } else { PATIENCE }) == Err(RecvTimeoutError::Timeout) {
                let number = looked.load(Ordering::Relaxed);
                let line = if number < total {
                    format!("{number} of {total} articles read")
                } else {
                    String::from("comparing articles")
                };
                // That it cannot be shown is nothing to stop for.
                let _ = write!(io::stderr(), "\r{line}\u{1B}[K");
                shown = true;
            }
            if shown {
                let _ = write!(io::stderr(), "\r\u{1B}[K");
            }
        });
        let result = work();
        drop(done);
        result
    })
}
