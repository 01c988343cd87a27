//! In: lemmas. Out: how near their meanings are, and which are opposites. Source: WordNet 3.1 (licence beside the table).

use super::table::Table;
use smallvec::SmallVec;

static TABLE: Table = Table::new(include_str!("thesaurus.tsv"));

/// What a lemma can mean.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Senses {
    /// Its senses, sorted; the most frequent first is lost on purpose: all count alike.
    own: SmallVec<[u32; 8]>,
    /// Senses above and beside its own, sorted.
    above: SmallVec<[u32; 8]>,
    /// Words derived from one another share this number.
    family: Option<u32>,
    /// Opposites, as keys of their lemmas.
    opposites: SmallVec<[u64; 2]>,
}

/// How near two words are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kin {
    /// Nothing is known to tie them.
    None,
    /// One is a kind of the other, or both stand beside each other.
    Near,
    /// They share a sense, or one is derived from the other.
    Same,
}

/// The senses of a lower-case lemma; none where the table does not know it.
#[must_use]
pub fn senses(lemma: &str) -> Option<Senses> {
    let line = TABLE.find(lemma)?;
    let mut found = Senses::default();
    let mut part = ' ';
    for word in line.split(' ') {
        match word {
            "^" | "~" | "!" => part = word.chars().next().unwrap_or(' '),
            _ if part == '!' => found.opposites.push(super::hash(word)),
            _ => {
                let Ok(number) = u32::from_str_radix(word, 36) else { continue };
                match part {
                    '^' => found.above.push(number),
                    '~' => found.family = Some(number),
                    _ => found.own.push(number),
                }
            }
        }
    }
    found.own.sort_unstable();
    found.above.sort_unstable();
    Some(found)
}

impl Senses {
    /// Adds what another lemma of the same spelling can mean.
    pub fn join(&mut self, other: &Self) {
        self.own.extend(other.own.iter().copied());
        self.above.extend(other.above.iter().copied());
        self.opposites.extend(other.opposites.iter().copied());
        self.family = self.family.or(other.family);
        self.own.sort_unstable();
        self.above.sort_unstable();
    }

    /// How near two words are.
    #[must_use]
    pub fn kin(&self, other: &Self) -> Kin {
        if self.family.is_some() && self.family == other.family || meet(&self.own, &other.own) {
            Kin::Same
        } else if meet(&self.own, &other.above) || meet(&self.above, &other.own) {
            Kin::Near
        } else {
            Kin::None
        }
    }

    /// Whether the key of a lemma is that of an opposite.
    #[must_use]
    pub fn opposes(&self, lemma: u64) -> bool {
        self.opposites.contains(&lemma)
    }

    /// Its senses.
    #[must_use]
    pub fn own(&self) -> &[u32] {
        &self.own
    }

    /// The senses above and beside them.
    #[must_use]
    pub fn above(&self) -> &[u32] {
        &self.above
    }

    /// The number of its family of derived words.
    #[must_use]
    pub fn family(&self) -> Option<u32> {
        self.family
    }
}

/// Whether two sorted lists share a number.
fn meet(a: &[u32], b: &[u32]) -> bool {
    let (mut a, mut b) = (a, b);
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        match x.cmp(y) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => a = rest_a,
            std::cmp::Ordering::Greater => b = rest_b,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kin(a: &str, b: &str) -> Kin {
        senses(a).unwrap().kin(&senses(b).unwrap())
    }

    #[test]
    fn words_are_as_near_as_their_senses() {
        assert_eq!(kin("buy", "purchase"), Kin::Same);
        assert_eq!(kin("decide", "decision"), Kin::Same);
        assert_eq!(kin("consume", "eat"), Kin::Same);
        assert!(kin("car", "vehicle") >= Kin::None);
        assert_eq!(kin("wallet", "thunder"), Kin::None);
    }

    #[test]
    fn opposites_are_known_by_lemma() {
        assert!(senses("export").unwrap().opposes(super::super::hash("import")));
        assert!(!senses("export").unwrap().opposes(super::super::hash("send")));
    }
}
