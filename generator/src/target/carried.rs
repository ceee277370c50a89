// Also a module of the build script, which lists what is built in.

/// Whether a folder among a language's templates belongs to the language: not what tools leave there, and not its tests.
pub fn is_carried(folder: &str) -> bool {
    !folder.starts_with('.') && !["node_modules", "tests", "__pycache__"].contains(&folder)
}
