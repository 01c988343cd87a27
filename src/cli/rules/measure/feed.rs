//! In: files of labelled and clean text. Out: their lines and articles in order, a bounded number at a time.

use super::super::super::input::{self, Input};
use super::super::super::output::complain;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Bytes of lines that are held at once, unless one line is longer.
const BYTES: usize = 1 << 21;
/// Complaints about one file; a file of another kind would fill the screen.
const COMPLAINTS: usize = 20;

/// Where texts come from.
pub(super) struct Origin {
    /// As the user knows it.
    pub(super) shown: String,
    /// The name of its set, for records that do not say.
    pub(super) set: String,
    /// Nothing is wrong in it.
    pub(super) clean: bool,
    path: PathBuf,
    lines: bool,
    complaints: usize,
}

impl Origin {
    fn new(path: &Path, clean: bool) -> Self {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let lines = !clean || ending.is_some_and(|ending| ending == "jsonl" || ending == "ndjson");
        let standard = path == Path::new("-");
        let set = path.file_stem().map_or_else(|| "clean".to_owned(), |stem| stem.to_string_lossy().into_owned());
        Self {
            shown: if standard { "<stdin>".to_owned() } else { path.display().to_string() },
            set: if standard { "stdin".to_owned() } else { set },
            clean,
            path: path.to_owned(),
            lines,
            complaints: 0,
        }
    }
}

/// One thing to measure on, with the number of its origin.
pub(super) enum Item {
    /// A line of JSON.
    Line {
        origin: usize,
        /// From 1.
        number: usize,
        bytes: Vec<u8>,
    },
    /// A file or standard input.
    Article { origin: usize, input: Input },
}

/// Reads the origins one after the other.
pub(super) struct Feed {
    origins: Vec<Origin>,
    next: usize,
    open: Option<Box<dyn BufRead>>,
    line: usize,
    articles: VecDeque<Input>,
    /// Whether all could be read so far.
    pub(super) good: bool,
}

impl Feed {
    pub(super) fn new(labelled: &[PathBuf], clean: &[PathBuf]) -> Self {
        let labelled = labelled.iter().map(|path| Origin::new(path, false));
        let origins = labelled.chain(clean.iter().map(|path| Origin::new(path, true))).collect();
        Self { origins, next: 0, open: None, line: 0, articles: VecDeque::new(), good: true }
    }

    pub(super) fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// The names of the origins, as one name.
    pub(super) fn name(&self) -> String {
        let mut names: Vec<&str> = Vec::new();
        for origin in &self.origins {
            if !names.contains(&origin.set.as_str()) {
                names.push(&origin.set);
            }
        }
        names.join("+")
    }

    /// The next items, all of one origin, none at the end: complaints come in the order of the command line.
    pub(super) fn chunk(&mut self, most: usize) -> Vec<Item> {
        let (mut items, mut bytes) = (Vec::new(), 0);
        loop {
            while items.len() < most && bytes < BYTES {
                let Some(item) = self.item() else { break };
                if let Item::Line { bytes: line, .. } = &item {
                    bytes += line.len();
                }
                items.push(item);
            }
            if !items.is_empty() || self.next == self.origins.len() {
                return items;
            }
            self.start();
        }
    }

    /// The next item of the origin that is open.
    fn item(&mut self) -> Option<Item> {
        let origin = self.next.saturating_sub(1);
        if let Some(input) = self.articles.pop_front() {
            return Some(Item::Article { origin, input });
        }
        let bytes = self.next_line(origin)?;
        Some(Item::Line { origin, number: self.line, bytes })
    }

    fn next_line(&mut self, origin: usize) -> Option<Vec<u8>> {
        loop {
            let mut bytes = Vec::new();
            match self.open.as_mut()?.read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(_) => self.line += 1,
                Err(error) => {
                    self.complain(origin, &format!("cannot be read: {error}"));
                    break;
                }
            }
            if self.line == 1 && bytes.starts_with(b"\xEF\xBB\xBF") {
                bytes.drain(..3);
            }
            if bytes.iter().any(|byte| !byte.is_ascii_whitespace()) {
                return Some(bytes);
            }
        }
        self.open = None;
        None
    }

    /// Opens the next origin.
    fn start(&mut self) {
        let Some(origin) = self.origins.get(self.next) else { return };
        let number = self.next;
        self.next += 1;
        self.line = 0;
        if !origin.lines {
            let (inputs, good) = input::collect(std::slice::from_ref(&origin.path));
            self.good &= good;
            self.articles = inputs.into();
        } else if origin.path == Path::new("-") {
            self.open = Some(Box::new(std::io::stdin().lock()));
        } else if origin.path.is_dir() {
            self.complain(number, "is a folder; name its JSON Lines files");
        } else {
            match File::open(&origin.path) {
                Ok(file) => self.open = Some(Box::new(BufReader::with_capacity(1 << 16, file))),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => self.complain(number, "no such file"),
                Err(error) => self.complain(number, &format!("cannot be read: {error}")),
            }
        }
    }

    /// Says what is wrong with an origin.
    fn complain(&mut self, number: usize, what: &str) {
        self.good = false;
        if let Some(origin) = self.origins.get(number) {
            complain(&format!("{}: {what}", origin.shown));
        }
    }

    /// Says what is wrong with a line, of each file a limited number of times.
    pub(super) fn complain_of_line(&mut self, number: usize, line: usize, what: &str) {
        self.good = false;
        let Some(origin) = self.origins.get_mut(number) else { return };
        origin.complaints += 1;
        if origin.complaints <= COMPLAINTS {
            complain(&format!("{}:{line}: {what}", origin.shown));
        }
    }

    /// Says how many complaints were held back.
    pub(super) fn finish(&self) {
        for origin in self.origins.iter().filter(|origin| origin.complaints > COMPLAINTS) {
            complain(&format!("{}: {} more such lines", origin.shown, origin.complaints - COMPLAINTS));
        }
    }
}
