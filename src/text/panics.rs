//! Work that may panic in, its result out: no panic leaves it, and none is printed. For the libraries that are let
//! loose on strangers' bytes.

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

/// From now on nothing is caught: a fuzz target is to see the panics.
pub fn let_out() {
    LET_OUT.store(true, Ordering::Relaxed);
}

/// What the work gave; nothing when it panicked. May stand within itself.
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
