//! Running another program once, and what it took: nothing of the run before is left in memory.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

/// Letters of a message that are kept.
const LONGEST_MESSAGE: usize = 160;

/// Bytes of what a program prints that are read. What this process holds once, every later one seems to hold as well.
const MOST_OUTPUT: u64 = 1 << 20;

/// What one run took.
#[derive(Debug)]
pub(super) struct Ran {
    /// From start to end.
    pub(super) seconds: f64,
    /// Of all processors, its children's with it: what other programs do bears on it less.
    pub(super) processor_seconds: f64,
    /// The most memory that was held, by it or by one of its children.
    pub(super) peak_bytes: f64,
    /// How it failed.
    pub(super) failure: Option<String>,
    /// What it printed.
    pub(super) stdout: String,
}

/// Runs a program to its end, or for as long as it may take.
///
/// The memory of this process is the least that is seen, since a program begins as a copy of it: what takes memory here
/// must be done in a process of its own.
pub(super) fn run(command: &mut Command, longest: Duration) -> Ran {
    attempt(command, longest).unwrap_or_else(|error| {
        let program = command.get_program().to_string_lossy();
        let failure = Some(format!("cannot run {program}: {error}"));
        Ran { seconds: 0.0, processor_seconds: 0.0, peak_bytes: 0.0, failure, stdout: String::new() }
    })
}

fn attempt(command: &mut Command, longest: Duration) -> io::Result<Ran> {
    let (mut stdout, mut stderr) = (tempfile::tempfile()?, tempfile::tempfile()?);
    // A group of its own, so that its children end with it.
    command.stdin(Stdio::null()).stdout(stdout.try_clone()?).stderr(stderr.try_clone()?).process_group(0);
    let start = Instant::now();
    let mut child = command.spawn()?;
    let group = format!("-{}", child.id());
    let (done, waits) = channel::<()>();
    let watch = thread::spawn(move || {
        let is_late = waits.recv_timeout(longest) == Err(RecvTimeoutError::Timeout);
        if is_late {
            let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        }
        is_late
    });
    let ended = child.wait4();
    let seconds = start.elapsed().as_secs_f64();
    drop(done);
    let is_late = watch.join().unwrap_or(false);
    let ended = ended?;
    let (stdout, stderr) = (text(&mut stdout)?, text(&mut stderr)?);
    let failure = match ended.status {
        _ if is_late => Some(format!("no end after {} s", longest.as_secs())),
        status if status.success() => None,
        status => Some(message(status, &stdout, &stderr)),
    };
    let usage = ended.rusage;
    Ok(Ran {
        seconds,
        processor_seconds: (usage.utime + usage.stime).as_secs_f64(),
        peak_bytes: usage.maxrss as f64,
        failure,
        stdout,
    })
}

fn text(file: &mut File) -> io::Result<String> {
    file.rewind()?;
    let mut bytes = Vec::new();
    file.take(MOST_OUTPUT).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The first line that says what is wrong.
fn message(status: ExitStatus, stdout: &str, stderr: &str) -> String {
    const SAYING: [&str; 4] = ["error", "panicked", "exception", "failed"];
    let says = |line: &&str| SAYING.iter().any(|word| line.to_lowercase().contains(word));
    // Where a program panicked says less than the next line: why.
    let is_place = |line: &&str| line.contains("panicked at") && line.ends_with(':');
    let lines = || {
        let lines = stderr.lines().chain(stdout.lines()).map(str::trim);
        lines.filter(|line| !line.is_empty() && !is_place(line))
    };
    let has_panicked = stderr.lines().any(|line| is_place(&line.trim()));
    let first = lines().find(|line| has_panicked || says(line)).or_else(|| lines().next()).map(plain);
    first.filter(|line| !line.is_empty()).unwrap_or_else(|| status.to_string())
}

/// A line without colours, and not too long.
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            letters.by_ref().find(char::is_ascii_alphabetic);
        } else if !letter.is_control() {
            text.push(letter);
        }
    }
    if text.chars().count() > LONGEST_MESSAGE {
        text = text.chars().take(LONGEST_MESSAGE).chain(['…']).collect();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_run_says_what_it_took() {
        let ran = run(&mut shell("echo data"), LONG);
        assert_eq!((ran.failure, ran.stdout.as_str()), (None, "data\n"));
        assert!(ran.seconds > 0.0 && ran.peak_bytes > 0.0);
    }

    #[test]
    fn of_what_is_printed_without_end_a_part_is_kept() {
        let ran = run(&mut shell("head -c 3000000 /dev/zero"), LONG);
        assert_eq!((ran.failure, ran.stdout.len()), (None, 1 << 20));
    }

    #[test]
    fn a_failure_says_why() {
        let script = "echo working >&2; printf '\\033[31merror\\033[0m: no such thing\\n' >&2; exit 3";
        assert_eq!(run(&mut shell(script), LONG).failure.as_deref(), Some("error: no such thing"));
        let script = "echo \"thread 'main' panicked at src/main.rs:1:2:\" >&2; echo 'not yet implemented: a thing' >&2; exit 101";
        assert_eq!(run(&mut shell(script), LONG).failure.as_deref(), Some("not yet implemented: a thing"));
        assert_eq!(run(&mut shell("exit 3"), LONG).failure.as_deref(), Some("exit status: 3"));
        assert!(run(&mut Command::new("/nowhere/at-all"), LONG).failure.is_some());
    }

    #[test]
    fn what_does_not_end_is_ended_with_its_children() {
        let ran = run(&mut shell("sleep 600 & sleep 600"), Duration::from_millis(50));
        assert_eq!(ran.failure.as_deref(), Some("no end after 0 s"));
    }
}
