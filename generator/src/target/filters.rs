//! What all users of Tera share: filters whose text is harmless where it is written, and errors with their causes.

use tera::{Error, Filter, Kwargs, State, TeraResult};

/// A filter whose text is harmless where it is written.
pub(super) struct Harmless<F>(pub(super) F);

impl<Arg, F> Filter<Arg, TeraResult<String>> for Harmless<F>
where
    F: Fn(Arg, Kwargs) -> TeraResult<String> + Sync + Send + 'static,
    Arg: for<'a> tera::ArgFromValue<'a>,
{
    fn call(&self, value: Arg, arguments: Kwargs, _: &State) -> TeraResult<String> {
        (self.0)(value, arguments)
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// An error with its causes, on one line.
pub(super) fn reasons(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    text.trim().to_owned()
}
