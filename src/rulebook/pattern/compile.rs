//! In: a pattern's tree. Out: its program, and the anchor: the rarest words one of which must stand in every match.

use super::neighbours::{self, Neighbour};
use super::parse::Node;
use super::program::{FLAG_END, FLAG_START, Op, Program, Test};
use crate::language::{self, Signature, hash};
use std::collections::BTreeMap;

/// Longest noun phrase, name or value a pattern takes, in tokens.
pub const PHRASE_LIMIT: u8 = 12;

/// A word that leads to a pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AnchorWord {
    /// Key of the form or lemma, see [`form_key`] and [`lemma_key`].
    pub key: u64,
    /// What must stand beside it.
    pub beside: [Neighbour; 2],
}

/// A compiled pattern with the words that lead to it.
#[derive(Clone, PartialEq, Debug)]
pub struct Compiled {
    /// The program.
    pub program: Program,
    /// The anchor words; empty: must be tried everywhere.
    pub anchors: Vec<AnchorWord>,
    /// Occurrences per million words of all anchor words together.
    pub commonness: u32,
}

/// Key under which a lower-case word form is an anchor.
#[must_use]
pub fn form_key(form: u64) -> u64 {
    form
}

/// Key under which a lemma is an anchor: apart from the form of the same letters.
#[must_use]
pub fn lemma_key(lemma: u64) -> u64 {
    lemma.rotate_left(17) ^ 0x6c65_6d6d_6173_2121
}

/// The fewest tokens a part can match.
#[must_use]
pub fn shortest(node: &Node) -> u8 {
    match node {
        Node::Sequence(nodes) => nodes.iter().map(shortest).fold(0, u8::saturating_add),
        Node::Choice(nodes) => nodes.iter().map(shortest).min().unwrap_or(0),
        Node::Repeat { node, min, .. } => shortest(node).saturating_mul(*min),
        Node::Slot { node, .. } | Node::Flagged(node) => shortest(node),
        Node::Start | Node::End | Node::NotAhead(_) => 0,
        _ => 1,
    }
}

/// The most tokens a part can match.
fn longest(node: &Node) -> u8 {
    match node {
        Node::Sequence(nodes) => nodes.iter().map(longest).fold(0, u8::saturating_add),
        Node::Choice(nodes) => nodes.iter().map(longest).max().unwrap_or(0),
        Node::Repeat { node, max, .. } => longest(node).saturating_mul(*max),
        Node::Slot { node, .. } | Node::Flagged(node) => longest(node),
        Node::Start | Node::End | Node::NotAhead(_) => 0,
        Node::NounPhrase | Node::Mention(_) | Node::Value(_) | Node::Number { .. } | Node::Again(_) => PHRASE_LIMIT,
        _ => 1,
    }
}

struct Anchor {
    keys: Vec<u64>,
    commonness: u32,
    before: (u8, u8),
}

fn anchor(node: &Node) -> Option<Anchor> {
    let single = |key: u64, commonness: u32| {
        Some(Anchor { keys: vec![key], commonness: commonness.saturating_add(1), before: (0, 0) })
    };
    match node {
        Node::Form(form) => single(form_key(hash(form)), language::commonness(form)),
        Node::Exact(text) => {
            let lower = text.to_lowercase();
            single(form_key(hash(&lower)), language::commonness(&lower))
        }
        Node::Lemma { lemma, .. } => single(lemma_key(hash(lemma)), language::commonness(lemma).saturating_mul(2)),
        Node::Sequence(nodes) => {
            let (mut best, mut before): (Option<Anchor>, (u8, u8)) = (None, (0, 0));
            for node in nodes {
                if let Some(mut found) = anchor(node) {
                    found.before.0 = found.before.0.saturating_add(before.0);
                    found.before.1 = found.before.1.saturating_add(before.1);
                    if best.as_ref().is_none_or(|best| found.commonness < best.commonness) {
                        best = Some(found);
                    }
                }
                before.0 = before.0.saturating_add(shortest(node));
                before.1 = before.1.saturating_add(longest(node));
            }
            best
        }
        Node::Choice(nodes) => {
            let mut all = Anchor { keys: Vec::new(), commonness: 0, before: (u8::MAX, 0) };
            for node in nodes {
                let one = anchor(node)?;
                all.keys.extend(one.keys);
                all.commonness = all.commonness.saturating_add(one.commonness);
                all.before = (all.before.0.min(one.before.0), all.before.1.max(one.before.1));
            }
            (!all.keys.is_empty()).then_some(all)
        }
        Node::Repeat { node, min, max } if *min > 0 => {
            let mut found = anchor(node)?;
            let more = longest(node).saturating_mul(max - 1);
            found.before.1 = found.before.1.saturating_add(more);
            Some(found)
        }
        Node::Slot { node, .. } | Node::Flagged(node) => anchor(node),
        _ => None,
    }
}

#[derive(Default)]
struct Emitter {
    ops: Vec<Op>,
    slots: Vec<String>,
    flagged: bool,
}

impl Emitter {
    fn here(&self) -> u16 {
        self.ops.len() as u16
    }

    fn test(node: &Node) -> Option<Test> {
        Some(match node {
            Node::Form(form) => Test::Form(hash(form)),
            Node::Exact(text) => Test::Exact(hash(text)),
            Node::Lemma { lemma, class: None, forms: None } => Test::Lemma(hash(lemma)),
            Node::Lemma { lemma, class, forms } => Test::Reading(hash(lemma), *class, *forms),
            Node::Class(class) => Test::Class(*class),
            Node::Any => Test::Any,
            _ => return None,
        })
    }

    fn emit(&mut self, node: &Node) {
        if let Some(test) = Self::test(node) {
            self.ops.push(Op::One(test));
            return;
        }
        match node {
            Node::NounPhrase => self.ops.push(Op::NounPhrase),
            Node::Mention(test) => self.ops.push(Op::Mention(*test)),
            Node::Value(test) => self.ops.push(Op::Value(*test)),
            Node::Number { min, max } => self.ops.push(Op::Number(*min, *max)),
            Node::Sequence(nodes) => nodes.iter().for_each(|node| self.emit(node)),
            Node::Choice(nodes) => self.choice(nodes),
            Node::Repeat { node, min, max } => {
                for _ in 0..*min {
                    self.emit(node);
                }
                let mut exits = Vec::new();
                for _ in *min..*max {
                    exits.push(self.ops.len());
                    self.ops.push(Op::Split(self.here() + 1, 0));
                    self.emit(node);
                }
                let end = self.here();
                for at in exits {
                    if let Some(Op::Split(_, second)) = self.ops.get_mut(at) {
                        *second = end;
                    }
                }
            }
            Node::Slot { name, node } => {
                let index = self.slots.iter().position(|known| known == name).unwrap_or_else(|| {
                    self.slots.push(name.clone());
                    self.slots.len() - 1
                });
                self.ops.push(Op::Save(2 + 2 * index as u8));
                self.emit(node);
                self.ops.push(Op::Save(3 + 2 * index as u8));
            }
            Node::Again(name) => {
                let index = self.slots.iter().position(|known| known == name).unwrap_or(0);
                self.ops.push(Op::Again(2 + 2 * index as u8));
            }
            Node::Flagged(node) => {
                self.flagged = true;
                self.ops.push(Op::Save(FLAG_START));
                self.emit(node);
                self.ops.push(Op::Save(FLAG_END));
            }
            Node::Start => self.ops.push(Op::Start),
            Node::End => self.ops.push(Op::End),
            Node::NotAhead(node) => {
                let at = self.ops.len();
                self.ops.push(Op::NotAhead(0));
                self.emit(node);
                self.ops.push(Op::Accept);
                let end = self.here();
                if let Some(Op::NotAhead(target)) = self.ops.get_mut(at) {
                    *target = end;
                }
            }
            _ => {}
        }
    }

    fn choice(&mut self, nodes: &[Node]) {
        let mut branches = Vec::new();
        branches_of(nodes, &mut branches);
        let mut exits = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let last = index + 1 == branches.len();
            let split = self.ops.len();
            if !last {
                self.ops.push(Op::Split(self.here() + 1, 0));
            }
            match branch {
                Branch::Tests(tests) => self.ops.push(Op::OneOf(neighbours::signature_of(tests), tests.clone())),
                Branch::Node(node) => self.emit(node),
            }
            if !last {
                exits.push(self.ops.len());
                self.ops.push(Op::Jump(0));
                let next = self.here();
                if let Some(Op::Split(_, second)) = self.ops.get_mut(split) {
                    *second = next;
                }
            }
        }
        let end = self.here();
        for at in exits {
            if let Some(Op::Jump(target)) = self.ops.get_mut(at) {
                *target = end;
            }
        }
    }
}

/// A branch of a choice.
enum Branch<'n> {
    /// Branches in a row that are one token each: one step.
    Tests(Vec<Test>),
    Node(&'n Node),
}

/// The branches of a choice and of choices within it, in order.
fn branches_of<'n>(nodes: &'n [Node], branches: &mut Vec<Branch<'n>>) {
    for node in nodes {
        match (Emitter::test(node), node) {
            (Some(test), _) => match branches.last_mut() {
                Some(Branch::Tests(tests)) => tests.push(test),
                _ => branches.push(Branch::Tests(vec![test])),
            },
            (None, Node::Choice(nodes)) => branches_of(nodes, branches),
            (None, node) => branches.push(Branch::Node(node)),
        }
    }
}

/// Of each key of an exact spelling the key under which it is an anchor.
fn exact_keys(node: &Node, found: &mut BTreeMap<u64, u64>) {
    match node {
        Node::Exact(text) => {
            found.insert(hash(text), form_key(hash(&text.to_lowercase())));
        }
        Node::Sequence(nodes) | Node::Choice(nodes) => nodes.iter().for_each(|node| exact_keys(node, found)),
        Node::Repeat { node, .. } | Node::Slot { node, .. } | Node::Flagged(node) | Node::NotAhead(node) => {
            exact_keys(node, found);
        }
        _ => {}
    }
}

/// The longest program; longer ones come from nested repetitions that no reader could follow.
pub const PROGRAM_LIMIT: usize = 20_000;

/// Compiles a tree; none where the program would grow beyond [`PROGRAM_LIMIT`] steps.
#[must_use]
pub fn compile(node: &Node) -> Option<Compiled> {
    if size(node) > PROGRAM_LIMIT {
        return None;
    }
    let mut emitter = Emitter::default();
    emitter.emit(node);
    emitter.ops.push(Op::Accept);
    let anchor = anchor(node);
    let (anchors, commonness, before) =
        anchor.map_or((Vec::new(), 0, (0, 0)), |anchor| (anchor.keys, anchor.commonness, anchor.before));
    let mut program = Program {
        ops: emitter.ops,
        slots: emitter.slots,
        first: Signature::ALL,
        before,
        flagged: emitter.flagged,
        follow_last: false,
    };
    program.first = neighbours::first(&program);
    let mut keys = anchors;
    keys.sort_unstable();
    keys.dedup();
    let mut exact = BTreeMap::new();
    exact_keys(node, &mut exact);
    let ways = neighbours::Ways::new(&program);
    let anchors = keys.into_iter().map(|key| {
        let takes = |test: &Test| match test {
            Test::Form(form) => form_key(*form) == key,
            Test::Exact(spelling) => exact.get(spelling) == Some(&key),
            Test::Lemma(lemma) | Test::Reading(lemma, ..) => lemma_key(*lemma) == key,
            Test::Class(_) | Test::Any => false,
        };
        AnchorWord { key, beside: neighbours::neighbours(&program, &ways, takes) }
    });
    let anchors = anchors.collect();
    Some(Compiled { program, anchors, commonness })
}

/// Steps a tree compiles to, counted without building them: nested repetitions multiply.
fn size(node: &Node) -> usize {
    match node {
        Node::Sequence(nodes) | Node::Choice(nodes) => {
            nodes.iter().map(|node| size(node).saturating_add(2)).fold(0, usize::saturating_add)
        }
        Node::Repeat { node, max, .. } => (size(node).saturating_add(1)).saturating_mul(usize::from(*max)),
        Node::Slot { node, .. } | Node::Flagged(node) | Node::NotAhead(node) => size(node).saturating_add(2),
        _ => 1,
    }
}
