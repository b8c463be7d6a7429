//! Catching panics and measuring time: what one rule gets wrong about one article must not hide what the others found.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::time::{Duration, Instant};

/// The version of the program, to be named where it is at fault.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

thread_local! {
    /// Where the last panic of this thread was, since the payload that is caught does not say.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`, and says whether it took longer than it may. What it has done by then stands.
pub fn timed<T>(most: Option<Duration>, work: impl FnOnce() -> T) -> (T, bool) {
    let start = Instant::now();
    let done = work();
    (done, most.is_some_and(|most| start.elapsed() > most))
}

/// Runs `work`. Where it panics, says with what words, and where in our code.
///
/// What `work` has changed by then is for the caller to throw away.
pub fn trap<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    PLACE.take();
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let words = words(payload.as_ref());
        match PLACE.take() {
            Some(place) => format!("{words} ({place})"),
            None => words,
        }
    })
}

/// Keeps panics from printing on their own, so that whoever traps them can say it better. With `RUST_BACKTRACE` in the environment they
/// print as ever, for those who look for the fault.
pub fn quieten() {
    let before = panic::take_hook();
    let loud = std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0");
    panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
        PLACE.set(info.location().map(ToString::to_string));
        if loud {
            before(info);
        }
    }));
}

fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without words").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_in_its_words() {
        assert_eq!(trap(|| 7), Ok(7));
        let caught = trap(|| -> u32 { panic!("no {}", "way") }).unwrap_err();
        assert!(caught.starts_with("no way"), "{caught}");
    }
}
