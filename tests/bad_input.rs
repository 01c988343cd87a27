//! What must not stop an audit, lose anything or panic: hostile and broken input, closed pipes, full disks.

#![allow(clippy::unwrap_used)] // helpers of tests

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

fn mtaudit(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mtaudit"));
    command.current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

fn check(files: &[(&str, Vec<u8>)], arguments: &[&str]) -> (Output, String, String) {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let output = mtaudit(folder.path()).arg("check").args(["--format", "short"]).args(arguments).output().unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(!err.contains("panicked"), "{err}");
    (output, out, err)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

const GARBLED: &[u8] = b"The rebels vowed to behead the new government.";

#[test]
fn a_missing_file_is_an_error_and_the_others_are_audited() {
    let (output, out, err) = check(&[("a.txt", GARBLED.to_vec())], &["none.txt", "a.txt"]);
    assert_eq!(code(&output), 2);
    assert!(out.contains("a.txt:1:21: major"), "{out}");
    assert!(err.contains("none.txt: no such file or folder"), "{err}");
}

#[test]
fn a_folder_without_texts_is_an_error() {
    let (output, _, err) = check(&[("sub/a.png", b"x".to_vec())], &["sub"]);
    assert_eq!(code(&output), 2);
    assert!(err.contains("no articles in this folder"), "{err}");
}

#[test]
fn folders_are_walked_honouring_gitignore() {
    let files = [
        ("d/.gitignore", b"drafts/\n".to_vec()),
        ("d/drafts/x.txt", GARBLED.to_vec()),
        ("d/b.md", GARBLED.to_vec()),
        ("d/a.txt", GARBLED.to_vec()),
        ("d/c.png", GARBLED.to_vec()),
    ];
    let (output, out, _) = check(&files, &["d"]);
    assert_eq!(code(&output), 1);
    let places: Vec<&str> = out.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(places, ["d/a.txt", "d/b.md"]);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_an_error_and_the_others_are_audited() {
    use std::os::unix::fs::symlink;
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), GARBLED).unwrap();
    // A link to itself cannot be read by anyone, not even by root.
    symlink("b.txt", folder.path().join("b.txt")).unwrap();
    let output = mtaudit(folder.path()).args(["check", "--format", "short", "b.txt", "a.txt"]).output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(text(&output.stdout).contains("a.txt:1:21"));
    assert!(text(&output.stderr).contains("b.txt"), "{}", text(&output.stderr));
}

#[cfg(unix)]
#[test]
fn loops_of_links_end_and_links_in_folders_are_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = TempDir::new().unwrap();
    let inner = folder.path().join("d/e");
    fs::create_dir_all(&inner).unwrap();
    fs::write(inner.join("a.txt"), GARBLED).unwrap();
    symlink("..", inner.join("up")).unwrap();
    symlink("loop.txt", inner.join("loop.txt")).unwrap();
    symlink("nowhere.txt", inner.join("gone.txt")).unwrap();
    let output = mtaudit(folder.path()).args(["check", "--format", "short", "d"]).output().unwrap();
    assert_eq!((code(&output), text(&output.stderr).as_str()), (1, ""));
    assert_eq!(text(&output.stdout).lines().count(), 1);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_of_a_folder_is_an_error_and_the_others_are_audited() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("d")).unwrap();
    for name in ["d/a.txt", "d/b.txt"] {
        fs::write(folder.path().join(name), GARBLED).unwrap();
    }
    fs::set_permissions(folder.path().join("d/a.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(folder.path().join("d/a.txt")).is_ok() {
        // Nothing is hidden from root.
        return;
    }
    let output = mtaudit(folder.path()).args(["check", "--format", "short", "d"]).output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("a.txt: cannot be read: "), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("b.txt:1:21"));
}

#[cfg(unix)]
#[test]
fn a_file_that_is_too_long_is_not_read() {
    let folder = TempDir::new().unwrap();
    // It has holes, and so takes no room.
    fs::File::create(folder.path().join("a.txt")).unwrap().set_len(3 << 30).unwrap();
    fs::write(folder.path().join("b.txt"), GARBLED).unwrap();
    let output = mtaudit(folder.path()).args(["check", "--format", "short", "."]).output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("a.txt: cannot be read: longer than 2 GB"), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("b.txt:1:21"));
}

#[test]
fn what_is_called_docx_or_subtitles_and_is_none_says_so() {
    let files = [("a.docx", b"PK\x03\x04 torn".to_vec()), ("a.srt", GARBLED.to_vec()), ("a.txt", GARBLED.to_vec())];
    let (output, out, err) = check(&files, &["a.docx", "a.srt", "a.txt"]);
    assert_eq!(code(&output), 2);
    assert!(err.contains("a.docx: no readable DOCX: no ZIP archive"), "{err}");
    assert!(err.contains("a.srt: skipped: no subtitles: no line holds the times of a cue"), "{err}");
    assert!(out.contains("a.txt:1:21"), "{out}");
}

#[test]
fn binary_files_are_skipped_with_a_message() {
    let (output, out, err) = check(&[("a.txt", b"PK\0\0".to_vec()), ("b.txt", GARBLED.to_vec())], &["."]);
    assert_eq!(code(&output), 1);
    assert!(err.contains("skipped: a binary file (NUL at byte 2)"), "{err}");
    assert!(out.contains("b.txt:1:21"));
    let (output, _, _) = check(&[("a.txt", b"PK\0\0".to_vec())], &["a.txt"]);
    assert_eq!(code(&output), 2, "a file that was named must be readable");
}

#[test]
fn empty_files_and_blank_ones_are_clear() {
    for bytes in [&b""[..], b"\n\n \t\r\n", b"\xEF\xBB\xBF", b"."] {
        let (output, out, err) = check(&[("a.txt", bytes.to_vec())], &["a.txt"]);
        assert_eq!((code(&output), out.as_str(), err.as_str()), (0, "", ""));
    }
}

#[test]
fn what_is_no_utf8_is_read_as_windows_1252() {
    let (output, out, _) = check(&[("a.txt", [b"\x93No,\x94 he said. ", GARBLED].concat())], &["a.txt"]);
    assert_eq!(code(&output), 1);
    assert!(out.contains("a.txt:1:36: major"), "{out}");
}

#[test]
fn only_quotation_marks_and_ten_thousand_deep() {
    let only = "“".repeat(3_000) + &"\"'”’".repeat(3_000);
    let deep = "“a ".repeat(10_000) + &"b” ".repeat(10_000);
    for text in [only, deep] {
        let (output, _, _) = check(&[("a.txt", text.into_bytes())], &["--fail-on", "never", "a.txt"]);
        assert_eq!(code(&output), 0);
    }
}

#[test]
fn one_very_long_line_is_audited_to_its_end() {
    let mut line = b"word and another word, then more of it ".repeat(50_000);
    line.extend_from_slice(GARBLED);
    let (output, out, _) = check(&[("a.txt", line)], &["a.txt"]);
    assert_eq!(code(&output), 1);
    assert!(out.contains("a.txt:1:1950021: major"), "{out}");
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let garbled =
        b"The rebels vowed to behead the new \x1b[31mgovernment\x07 government. The\x1b The\x1b end.".to_vec();
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), garbled).unwrap();
    for format in ["diff", "short"] {
        let output = mtaudit(folder.path()).args(["check", "--format", format, "a.txt"]).output().unwrap();
        assert!(!output.stdout.contains(&0x1b) && !output.stdout.contains(&0x07), "{}", text(&output.stdout));
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let folder = TempDir::new().unwrap();
    let many = [GARBLED, b"\n\n"].concat().repeat(20_000);
    fs::write(folder.path().join("a.txt"), many).unwrap();
    let mut child = mtaudit(folder.path())
        .args(["check", "--format", "short", "a.txt"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(text(&output.stderr), "");
    assert_ne!(output.status.code(), Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), GARBLED).unwrap();
    let full = || Stdio::from(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    let output = mtaudit(folder.path()).args(["check", "a.txt"]).stdout(full()).output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("standard output cannot be written"), "{}", text(&output.stderr));
    for jobs in ["1", "4"] {
        let mut child = mtaudit(folder.path())
            .args(["batch", "--jobs", jobs])
            .stdin(Stdio::piped())
            .stdout(full())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(b"{\"id\": 1, \"text\": \"x\"}\n").unwrap();
        assert_eq!(code(&child.wait_with_output().unwrap()), 2);
    }
}

/// Runs `batch` over some input.
fn batch(input: &[u8], jobs: &str) -> Output {
    let folder = TempDir::new().unwrap();
    let mut child = mtaudit(folder.path())
        .args(["batch", "--jobs", jobs])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    output
}

#[test]
fn a_bad_line_of_a_batch_is_answered_in_its_place() {
    let input = b"{\"id\": \"a\", \"text\": \"Rebels vowed to behead the new government.\"}\n\n{\"id\": 7}\nno json\n{\"text\": \"\xFF\"}\n{\"id\": \"b\", \"text\": \"All is well.\", \"date\": \"May\"}\n{\"id\": \"c\", \"text\": \"All is well.\", \"source\": \"x\", \"other\": 1}";
    for jobs in ["1", "3"] {
        let output = batch(input, jobs);
        assert_eq!(code(&output), 2);
        let lines: Vec<serde_json::Value> =
            text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 6);
        assert_eq!(lines[0]["id"], "a");
        assert_eq!(
            (lines[0]["findings"][0]["start"].as_u64(), lines[0]["findings"][0]["end"].as_u64()),
            (Some(16), Some(22))
        );
        assert!(lines[0]["findings"][0]["span"]["bytes"].is_null());
        assert_eq!((&lines[1]["id"], &lines[1]["line"]), (&7.into(), &3.into()));
        assert!(lines[1]["error"].as_str().unwrap().contains("text"));
        assert_eq!(lines[2]["line"], 4);
        assert_eq!(lines[3]["line"], 5);
        assert!(lines[4]["error"].as_str().unwrap().contains("YYYY-MM-DD"));
        assert_eq!((&lines[5]["id"], &lines[5]["verdict"]), (&"c".into(), &"clear".into()));
    }
}

#[test]
fn the_same_bytes_on_one_thread_and_on_eight() {
    let mut input = Vec::new();
    for number in 0..400 {
        let text = format!("Kyiv was quiet. Officials in Kiev said {number} rebels vowed to behead the government. ")
            .repeat(number % 7 + 1);
        writeln!(input, "{}", serde_json::json!({"id": number, "text": text})).unwrap();
    }
    let one = batch(&input, "1");
    for _ in 0..3 {
        assert_eq!(batch(&input, "8").stdout, one.stdout);
    }
}
