//! Work that may panic in, its result out: never lets a panic escape or print. For libraries that parse strangers'
//! bytes.

use std::{
    cell::Cell,
    panic::{self, UnwindSafe},
    sync::{
        Once,
        atomic::{AtomicBool, Ordering},
    },
};

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}
static HOOK: Once = Once::new();
static LET_OUT: AtomicBool = AtomicBool::new(false);

/// Stops catching from now on: a fuzz target must see the panics.
pub fn let_out() {
    LET_OUT.store(true, Ordering::Relaxed);
}

/// The result of the work; none if it panicked. Calls may be nested.
pub fn caught<T>(work: impl FnOnce() -> T + UnwindSafe) -> Option<T> {
    if LET_OUT.load(Ordering::Relaxed) {
        return Some(work());
    }
    HOOK.call_once(|| {
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                report(panic);
            }
        }));
    });
    let outside = QUIET.replace(true);
    let result = panic::catch_unwind(work).ok();
    QUIET.set(outside);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_nothing_and_work_within_work_keeps_the_quiet() {
        let result = caught(|| {
            assert_eq!(caught(|| -> u8 { panic!("inside") }), None);
            assert!(QUIET.get());
            7
        });
        assert_eq!(result, Some(7));
        assert!(!QUIET.get());
    }
}
