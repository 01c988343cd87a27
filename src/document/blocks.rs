//! In: the blocks of a source. Out: which part of the article each is: headline, standfirst, byline, caption, heading, narration.

use crate::finding::Regions;
use crate::source::{Block, BlockKind};

/// A headline has at most so many words, a standfirst so many.
const HEADLINE_WORDS: usize = 25;
const STANDFIRST_WORDS: usize = 45;

/// The part of each block.
pub(super) fn regions(prose: &str, blocks: &[Block]) -> Vec<Regions> {
    let text = |block: &Block| block.span.of(prose).trim();
    let mut found: Vec<Regions> = blocks.iter().map(|block| by_itself(text(block), block.kind)).collect();
    let is_plain = |at: usize| blocks.get(at).is_some_and(|block| block.kind == BlockKind::Paragraph);
    let first = blocks.iter().position(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_)));
    let Some(first) = first else { return found };
    let shown = blocks.get(first).map_or("", |block| text(block));
    let titled = blocks.get(first).is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)));
    // A lone text is no headline; one with a full stop at its end is a sentence.
    let headline = titled || (blocks.len() > 1 && is_headline(shown) && found.get(first) == Some(&Regions::NARRATION));
    if !headline {
        return found;
    }
    if let Some(region) = found.get_mut(first) {
        *region = Regions::HEADLINE;
    }
    let second = first + 1;
    let later = blocks.get(second + 1).map_or("", |block| text(block));
    let candidate = blocks.get(second).map_or("", |block| text(block));
    let words = candidate.split_whitespace().count();
    let short = (4..=STANDFIRST_WORDS).contains(&words) && sentences(candidate) <= 2;
    let before_text = is_dateline(later) || later.split_whitespace().count() > words + 8;
    if is_plain(second)
        && short
        && is_dateline(later)
        && !is_dateline(candidate)
        && before_text
        && let Some(region) = found.get_mut(second).filter(|region| **region == Regions::NARRATION)
    {
        *region = Regions::STANDFIRST;
    }
    found
}

fn by_itself(text: &str, kind: BlockKind) -> Regions {
    match kind {
        BlockKind::Title => Regions::HEADLINE,
        BlockKind::Heading(_) => Regions::HEADING,
        BlockKind::Caption => Regions::CAPTION,
        BlockKind::Speech => Regions::NARRATION,
        _ if is_byline(text) => Regions::BYLINE,
        _ if is_caption(text) => Regions::CAPTION,
        _ => Regions::NARRATION,
    }
}

fn is_byline(text: &str) -> bool {
    if !text.starts_with("By ") && !text.starts_with("BY ") {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    words.len() <= 12
        && !text.ends_with(['.', '!', '?'])
        && words.get(1).is_some_and(|word| word.starts_with(char::is_uppercase))
}

fn is_caption(text: &str) -> bool {
    ["Photo:", "Image:", "Picture:", "Caption:", "File photo", "FILE PHOTO"].iter().any(|start| text.starts_with(start))
}

fn is_headline(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (2..=HEADLINE_WORDS).contains(&words)
        && !text.contains('\n')
        && !text.ends_with(['.', ':', ';', ','])
        && !is_dateline(text)
        && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '‘' | '“' | '"' | '\''))
}

/// RABAT, Morocco – … or LONDON (AP) — …
fn is_dateline(text: &str) -> bool {
    let head = text.char_indices().nth(60).map_or(text, |(end, _)| text.get(..end).unwrap_or(text));
    let Some(dash) = head.find(['–', '—']).or_else(|| head.find(" - ")) else { return false };
    let place = head.get(..dash).unwrap_or("").trim();
    let first = place.split([' ', ',', '(']).next().unwrap_or("");
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && first.chars().all(|c| !c.is_lowercase()) && place.split_whitespace().count() <= 7
}

fn sentences(text: &str) -> usize {
    text.matches(". ").count() + 1
}
