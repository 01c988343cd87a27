//! In: a kind of hook. Out: the hook's script in the repository, with the one that was there kept beside it; or all as it was before.

use super::super::Outcome;
use super::super::baseline::replace;
use super::super::desk::shown;
use super::super::output::{Output, complain};
use super::Kind;
use super::git::Repository;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The line that tells a hook of this program from others.
const MARK: &str = "# mtaudit-hook";
/// What a hook that was there is called while the gate is in.
const KEPT: &str = "before-mtaudit";

pub(super) fn install(kind: Kind) -> Outcome {
    end(put_in(kind))
}

pub(super) fn uninstall(kinds: &[Kind]) -> Outcome {
    end(take_out(kinds))
}

fn end(done: Result<String, String>) -> Outcome {
    match done {
        Ok(text) => {
            let mut output = Output::new();
            match output.write(&text).and_then(|()| output.flush()) {
                Ok(()) => Outcome::Clear,
                Err(stop) => stop.outcome(),
            }
        }
        Err(message) => {
            complain(&message);
            Outcome::Failed
        }
    }
}

/// The script of a hook. What was there runs first and has the first word.
fn script(kind: Kind, program: &str) -> String {
    let program = program.replace('\'', "'\\''");
    let (call, feed) = match kind {
        Kind::PreCommit => ("hook run", ""),
        Kind::PrePush => ("hook run --pre-push", "printf '%s\\n' \"$given\" | "),
    };
    // Git tells a pre-push hook on standard input what is pushed: both are to read it.
    let read = if kind == Kind::PrePush { "given=$(cat)\n" } else { "" };
    format!(
        "#!/bin/sh\n\
         {MARK} 1: written by `mtaudit hook install`, taken out by `mtaudit hook uninstall`\n\
         {read}\
         if [ -x \"$0.{KEPT}\" ]; then {feed}\"$0.{KEPT}\" \"$@\" || exit $?; fi\n\
         mtaudit='{program}'\n\
         [ -x \"$mtaudit\" ] || mtaudit=$(command -v mtaudit) || {{\n  \
           echo \"mtaudit is not there any more: install it, or delete $0\" >&2\n  \
           exit 2\n\
         }}\n\
         {feed}\"$mtaudit\" {call}\n"
    )
}

fn is_ours(hook: &Path) -> bool {
    std::fs::read(hook)
        .is_ok_and(|bytes| String::from_utf8_lossy(&bytes).lines().nth(1).is_some_and(|line| line.starts_with(MARK)))
}

/// Whether anything stands there, a link that leads nowhere too.
fn stands(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

fn kept_of(hook: &Path) -> PathBuf {
    let mut name = hook.as_os_str().to_owned();
    name.push(".");
    name.push(KEPT);
    PathBuf::from(name)
}

fn put_in(kind: Kind) -> Result<String, String> {
    let folder = Repository::here()?.hooks()?;
    let program = std::env::current_exe().map_err(|error| format!("the program's own path is not known: {error}"))?;
    let script = script(kind, &program.display().to_string());
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: cannot be made: {error}", folder.display()))?;
    let hook = folder.join(kind.name());
    let kept = kept_of(&hook);
    let name = shown(&hook).display().to_string();
    if is_ours(&hook) {
        let text = std::fs::read_to_string(&hook).unwrap_or_default();
        if text == script {
            return Ok(format!("{name}: the gate is in already\n"));
        }
        write(&hook, &script)?;
        return Ok(format!("{name}: the gate is renewed\n"));
    }
    if !stands(&hook) {
        write(&hook, &script)?;
        return Ok(format!("{name}: the gate is in\n"));
    }
    if stands(&kept) {
        return Err(format!(
            "{}: stands there from an earlier time beside another hook; move one of them away, then install again",
            shown(&kept).display()
        ));
    }
    std::fs::rename(&hook, &kept).map_err(|error| format!("{name}: cannot be set aside: {error}"))?;
    if let Err(error) = write(&hook, &script) {
        let back = std::fs::rename(&kept, &hook);
        let left =
            back.err().map_or_else(String::new, |error| format!("; {} could not be put back: {error}", kept.display()));
        return Err(format!("{error}{left}"));
    }
    Ok(format!("{name}: the gate is in; the hook that was there is {} now, and runs first\n", shown(&kept).display()))
}

fn write(hook: &Path, script: &str) -> Result<(), String> {
    let written = replace(hook, script.as_bytes()).and_then(|()| executable(hook));
    written.map_err(|error| format!("{}: cannot be written: {error}", hook.display()))
}

#[cfg(unix)]
fn executable(hook: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(hook, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn executable(_: &Path) -> std::io::Result<()> {
    Ok(())
}

fn take_out(kinds: &[Kind]) -> Result<String, String> {
    let folder = Repository::here()?.hooks()?;
    let mut text = String::new();
    for kind in kinds {
        let hook = folder.join(kind.name());
        if !is_ours(&hook) {
            continue;
        }
        let name = shown(&hook).display().to_string();
        let kept = kept_of(&hook);
        // Renaming over it takes one step: there is no moment without a hook.
        let done = if stands(&kept) { std::fs::rename(&kept, &hook) } else { std::fs::remove_file(&hook) };
        done.map_err(|error| format!("{name}: cannot be taken out: {error}"))?;
        let _ = writeln!(text, "{name}: the gate is out");
    }
    if text.is_empty() {
        text = format!("{}: no gate is in\n", shown(&folder).display());
    }
    Ok(text)
}
