//! In: a git repository. Out: where its hooks are, and the files as they are staged or about to be pushed.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A repository with a working tree.
pub(super) struct Repository {
    /// The root of the working tree.
    pub(super) root: PathBuf,
}

/// A file of the index or of a commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct File {
    /// Relative to the root, parted by slashes.
    pub(super) path: Vec<u8>,
    /// How git names its content.
    pub(super) object: Vec<u8>,
}

impl File {
    /// The path as the system has it.
    pub(super) fn path(&self) -> PathBuf {
        path_of(&self.path)
    }
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// Runs git; its own words where it refuses.
fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("git cannot be run: {error}; is it installed and on the path?"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let message = String::from_utf8_lossy(&output.stderr);
    Err(format!("git {}: {}", arguments.first().unwrap_or(&""), message.trim().trim_start_matches("fatal: ")))
}

/// Without the line end.
fn line(bytes: &[u8]) -> PathBuf {
    path_of(bytes.strip_suffix(b"\n").unwrap_or(bytes))
}

impl Repository {
    /// The repository that the working directory lies in.
    pub(super) fn here() -> Result<Self, String> {
        let root = git(Path::new("."), &["rev-parse", "--show-toplevel"])?;
        if root.is_empty() {
            return Err("this repository has no working tree; run it where the texts are".to_owned());
        }
        Ok(Self { root: line(&root) })
    }

    /// The folder of its hooks: `core.hooksPath`, else its own.
    pub(super) fn hooks(&self) -> Result<PathBuf, String> {
        let path = git(&self.root, &["rev-parse", "--git-path", "hooks"])?;
        // A relative path is meant from the root, where hooks run.
        Ok(self.root.join(line(&path)))
    }

    /// The files of the index that were added or changed, links and submodules left out.
    pub(super) fn staged(&self) -> Result<Vec<File>, String> {
        let raw =
            git(&self.root, &["diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--diff-filter=AMT"])?;
        Ok(files(&raw).into_iter().map(|(path, object)| File { path, object }).collect())
    }

    /// The files that a push brings: of each line `<local ref> <local object> <remote ref> <remote object>` of git those that were
    /// added or changed, as they are at its end.
    pub(super) fn pushed(&self, lines: &str) -> Result<Vec<File>, String> {
        let mut found: Vec<File> = Vec::new();
        for words in lines.lines().map(|line| line.split(' ').collect::<Vec<_>>()) {
            let [_, local, _, remote] = words.as_slice() else {
                if words.iter().all(|word| word.is_empty()) {
                    continue;
                }
                return Err("standard input is not what git gives a pre-push hook; let git run it".to_owned());
            };
            let is_none = |object: &str| object.bytes().all(|byte| byte == b'0');
            if is_none(local) {
                continue; // a branch that is deleted
            }
            let known =
                !is_none(remote) && git(&self.root, &["cat-file", "-e", &format!("{remote}^{{commit}}")]).is_ok();
            let raw = if known {
                git(
                    &self.root,
                    &["diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--diff-filter=AMT", remote, local],
                )?
            } else {
                let log = ["log", "--format=", "--raw", "-z", "--no-abbrev", "--no-renames", "-m", "--diff-filter=AMT"];
                git(&self.root, &[&log[..], &[local, "--not", "--remotes"]].concat())?
            };
            let paths: BTreeSet<Vec<u8>> = files(&raw).into_iter().map(|(path, _)| path).collect();
            for path in paths {
                let object = [local.as_bytes(), b":", &path].concat();
                if !found.iter().any(|file| file.object == object) {
                    found.push(File { path, object });
                }
            }
        }
        Ok(found)
    }

    /// The contents of objects, in their order; none where there is no such object. One git process for all.
    pub(super) fn contents(&self, objects: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, String> {
        if objects.is_empty() {
            return Ok(Vec::new());
        }
        let failed = |error: std::io::Error| format!("git cat-file: {error}");
        let mut child = Command::new("git")
            .arg("-C")
            .arg(&self.root)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (Some(mut input), Some(output)) = (input, output) else { return Err("git cat-file: no pipe".to_owned()) };
        let mut output = BufReader::new(output);
        let mut found = Vec::with_capacity(objects.len());
        for object in objects {
            // A line end would be read as two questions.
            if object.contains(&b'\n') {
                found.push(None);
                continue;
            }
            input.write_all(&[object, &b"\n"[..]].concat()).and_then(|()| input.flush()).map_err(failed)?;
            found.push(answer(&mut output).map_err(failed)?);
        }
        drop(input);
        let status = child.wait().map_err(failed)?;
        if status.success() { Ok(found) } else { Err("git cat-file: it failed".to_owned()) }
    }
}

/// One answer of `cat-file --batch`: `<object> <type> <size>`, then the content and a line end; or `… missing`.
fn answer(output: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    output.read_until(b'\n', &mut head)?;
    let head = String::from_utf8_lossy(&head);
    let words: Vec<&str> = head.split_whitespace().collect();
    let [.., kind, size] = words.as_slice() else { return Ok(None) };
    let Ok(size) = size.parse::<u64>() else { return Ok(None) };
    let mut content = Vec::new();
    output.take(size).read_to_end(&mut content)?;
    let mut end = [0];
    output.read_exact(&mut end)?;
    Ok((*kind == "blob").then_some(content))
}

/// The files of `--raw -z`: `:<mode> <mode> <object> <object> <status>`, then the path, each with a NUL behind it.
fn files(raw: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut found = Vec::new();
    let mut parts = raw.split(|byte| *byte == 0);
    while let Some(head) = parts.next() {
        let head = String::from_utf8_lossy(head);
        // A log puts line ends between its commits.
        let Some(words) = head.trim_start().strip_prefix(':') else { continue };
        let words: Vec<&str> = words.split(' ').collect();
        let Some(path) = parts.next() else { break };
        // Links and submodules hold no text.
        if let [_, mode, _, object, ..] = words.as_slice()
            && mode.starts_with("100")
        {
            found.push((path.to_vec(), object.as_bytes().to_vec()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{answer, files};

    #[test]
    fn raw_listings_and_answers_are_read() {
        let raw = b":000000 100644 0000 aaaa A\0a b.md\0:100644 120000 bbbb cccc T\0link\0\n:100644 100755 dddd eeee M\0x\ny.md\0";
        let found = files(raw);
        assert_eq!(found, [(b"a b.md".to_vec(), b"aaaa".to_vec()), (b"x\ny.md".to_vec(), b"eeee".to_vec())]);
        let mut bytes: &[u8] = b"aaaa blob 5\nKyiv\n\n:b missing\ncccc tree 2\nxx\n";
        assert_eq!(answer(&mut bytes).unwrap(), Some(b"Kyiv\n".to_vec()));
        assert_eq!(answer(&mut bytes).unwrap(), None);
        assert_eq!(answer(&mut bytes).unwrap(), None);
    }
}
