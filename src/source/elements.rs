//! In: the name of an HTML element. Out: what it means for the prose in it.

use super::BlockKind;

/// What an element does to the prose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// Marks words within a block.
    Inline,
    /// Begins and ends a block.
    Block,
    /// What is in it is no prose.
    Skipped,
    /// Likewise, and it parts blocks.
    SkippedBlock,
    /// Code or a formula within a sentence.
    Object,
    /// Begins a new line.
    Break,
    /// Words that lead elsewhere.
    Link,
    /// Raised words.
    Raised,
    /// Says something about the page.
    Meta,
}

/// What the element of that name (in small letters) does.
pub(super) fn role(name: &[u8]) -> Role {
    match name {
        b"a" => Role::Link,
        b"br" => Role::Break,
        b"sup" => Role::Raised,
        b"meta" => Role::Meta,
        b"code" | b"kbd" | b"samp" | b"var" | b"tt" | b"math" => Role::Object,
        b"script" | b"style" | b"noscript" | b"template" | b"object" | b"svg" | b"canvas" | b"audio" | b"video"
        | b"map" | b"button" | b"rt" | b"rp" | b"noembed" | b"noframes" => Role::Skipped,
        b"pre" | b"nav" | b"iframe" | b"select" | b"textarea" | b"datalist" | b"xmp" | b"listing" | b"plaintext" => {
            Role::SkippedBlock
        }
        b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"caption" | b"center" | b"dd" | b"details"
        | b"dialog" | b"dir" | b"div" | b"dl" | b"dt" | b"fieldset" | b"figcaption" | b"figure" | b"footer"
        | b"form" | b"frameset" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"head" | b"header" | b"hgroup"
        | b"hr" | b"html" | b"legend" | b"li" | b"main" | b"menu" | b"ol" | b"p" | b"search" | b"section"
        | b"summary" | b"table" | b"tbody" | b"td" | b"tfoot" | b"th" | b"thead" | b"title" | b"tr" | b"ul" => {
            Role::Block
        }
        _ => Role::Inline,
    }
}

/// Elements that say what blocks in them are, and lists and tables, which keep items and cells apart.
pub(super) const KINDS: [(&str, Option<BlockKind>); 22] = [
    ("title", Some(BlockKind::Title)),
    ("h1", Some(BlockKind::Heading(1))),
    ("h2", Some(BlockKind::Heading(2))),
    ("h3", Some(BlockKind::Heading(3))),
    ("h4", Some(BlockKind::Heading(4))),
    ("h5", Some(BlockKind::Heading(5))),
    ("h6", Some(BlockKind::Heading(6))),
    ("li", Some(BlockKind::ListItem)),
    ("dt", Some(BlockKind::ListItem)),
    ("dd", Some(BlockKind::ListItem)),
    ("blockquote", Some(BlockKind::BlockQuote)),
    ("figcaption", Some(BlockKind::Caption)),
    ("caption", Some(BlockKind::Caption)),
    ("td", Some(BlockKind::Cell)),
    ("th", Some(BlockKind::Cell)),
    ("ul", None),
    ("ol", None),
    ("menu", None),
    ("dl", None),
    ("table", None),
    ("tr", None),
    ("figure", None),
];

/// The place of an element in [`KINDS`].
pub(super) fn number(name: &[u8]) -> Option<usize> {
    KINDS.iter().position(|(known, _)| known.as_bytes() == name)
}

/// Whether an element ends, without an end tag, where another begins in it.
pub(super) fn ends_before(open: &str, next: &str) -> bool {
    match open {
        "li" => next == "li",
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "td" | "th" => matches!(next, "td" | "th" | "tr"),
        "tr" | "caption" => next == "tr",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => next.len() == 2 && next.starts_with('h'),
        _ => false,
    }
}

/// Whether `hidden` takes the element with all that is in it from the page: those only whose end tag must stand.
pub(super) fn may_hide(name: &[u8]) -> bool {
    matches!(
        name,
        b"article"
            | b"aside"
            | b"div"
            | b"details"
            | b"figure"
            | b"footer"
            | b"form"
            | b"header"
            | b"main"
            | b"ol"
            | b"section"
            | b"span"
            | b"table"
            | b"ul"
    )
}

#[cfg(test)]
mod tests {
    use super::{KINDS, Role, role};

    #[test]
    fn every_element_that_names_a_block_is_one() {
        for (name, _) in KINDS {
            assert_eq!(role(name.as_bytes()), Role::Block, "{name}");
        }
    }
}
