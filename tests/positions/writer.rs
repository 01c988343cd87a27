//! Writes prose into a file, and notes for each character of the prose which bytes of the file it took.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A small generator of numbers (xorshift64*), the same in every run.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self((seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end
    }

    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// How a file is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    Utf8,
    Utf8Mark,
    Utf16Little,
    Utf16Big,
    Windows1252,
}

impl Encoding {
    pub const ALL: [Self; 5] = [Self::Utf8, Self::Utf8Mark, Self::Utf16Little, Self::Utf16Big, Self::Windows1252];

    fn mark(self) -> &'static [u8] {
        match self {
            Self::Utf8 | Self::Windows1252 => b"",
            Self::Utf8Mark => b"\xEF\xBB\xBF",
            Self::Utf16Little => b"\xFF\xFE",
            Self::Utf16Big => b"\xFE\xFF",
        }
    }

    fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 | Self::Utf8Mark => text.as_bytes().to_vec(),
            Self::Utf16Little => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Big => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Self::Windows1252 => WINDOWS_1252.encode(text).0.into_owned(),
        }
    }

    pub fn decode(self, bytes: &[u8]) -> String {
        let encoding = match self {
            Self::Utf8 | Self::Utf8Mark => encoding_rs::UTF_8,
            Self::Utf16Little => UTF_16LE,
            Self::Utf16Big => UTF_16BE,
            Self::Windows1252 => WINDOWS_1252,
        };
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    }

    pub fn is_wide(self) -> bool {
        self != Self::Windows1252
    }
}

/// Where one garble stands.
#[derive(Clone, Debug)]
pub struct Garble {
    pub words: &'static str,
    /// Garbles of the file in the order of the prose.
    pub order: usize,
    pub bytes: Vec<(usize, usize)>,
    /// Line and column.
    pub start: (usize, usize),
    /// Paragraph and run of DOCX.
    pub run: (u32, u32),
}

/// The file as far as it is written.
pub struct Writer {
    encoding: Encoding,
    pub bytes: Vec<u8>,
    /// What was written, as text.
    pub text: String,
    /// Of DOCX: the paragraph and the run that are open.
    pub run: (u32, u32),
    open: Option<Garble>,
    pub garbles: Vec<Garble>,
}

impl Writer {
    pub fn new(encoding: Encoding) -> Self {
        let bytes = encoding.mark().to_vec();
        Self { encoding, bytes, text: String::new(), run: (0, 0), open: None, garbles: Vec::new() }
    }

    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Writes what is no prose.
    pub fn markup(&mut self, text: &str) {
        self.bytes.extend(self.encoding.encode(text));
        self.text.push_str(text);
    }

    /// Writes what stands for some prose.
    pub fn prose(&mut self, text: &str) {
        let (start, place, run) = (self.bytes.len(), self.place(), self.run);
        self.markup(text);
        let end = self.bytes.len();
        let Some(garble) = &mut self.open else { return };
        if garble.bytes.is_empty() {
            (garble.start, garble.run) = (place, run);
        }
        match garble.bytes.last_mut() {
            Some(last) if last.1 == start => last.1 = end,
            _ => garble.bytes.push((start, end)),
        }
    }

    /// Line and column, as an editor counts them.
    fn place(&self) -> (usize, usize) {
        let line = self.text.matches('\n').count() + 1;
        let column = self.text.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }

    /// From here on a garble is written.
    pub fn begin(&mut self, words: &'static str) {
        let order = self.garbles.len();
        self.open = Some(Garble { words, order, bytes: Vec::new(), start: (0, 0), run: (0, 0) });
    }

    pub fn end(&mut self) {
        self.garbles.extend(self.open.take());
    }
}
