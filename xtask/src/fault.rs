//! A fault of this program ends as an error with exit code 3, never with a backtrace.

use std::panic::{self, PanicHookInfo, UnwindSafe};
use std::process::ExitCode;

use crate::report;

/// The exit code of an internal failure.
const INTERNAL: u8 = 3;

/// Says what went wrong in place of Rust's own message.
pub(crate) fn quiet() {
    panic::set_hook(Box::new(|fault| report::fault(&told(fault))));
}

/// Runs a command to its end, whichever that is.
pub(crate) fn caught(command: impl FnOnce() -> ExitCode + UnwindSafe) -> ExitCode {
    panic::catch_unwind(command).unwrap_or(ExitCode::from(INTERNAL))
}

fn told(fault: &PanicHookInfo<'_>) -> String {
    let place = fault.location().map(|place| format!(" at {}:{}", place.file(), place.line())).unwrap_or_default();
    let payload = fault.payload();
    let literal = payload.downcast_ref::<&str>().copied();
    let words = literal.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    format!("this program has a fault{place}: {}", words.unwrap_or("no words were given"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_an_exit_code() {
        let faulty = caught(|| panic!("on purpose"));
        assert_eq!(format!("{faulty:?}"), format!("{:?}", ExitCode::from(3)));
        assert_eq!(format!("{:?}", caught(|| ExitCode::SUCCESS)), format!("{:?}", ExitCode::SUCCESS));
    }
}
