//! The closed word classes of English. In: a lower-case word form. Out: the classes it can belong to.

use super::Closed;
use super::lists::listed;

/// Class and its members, separated by spaces.
pub(super) const MEMBERS: [(Closed, &str); 16] = [
    (Closed::ARTICLE.union(Closed::DET), "the a an"),
    (
        Closed::DET,
        "this that these those every each some any no all both either neither another such what which enough several many few much \
         more most less fewer half certain various",
    ),
    (
        Closed::PRON,
        "i you he she it we they me him her us them mine yours hers ours theirs who whom whoever whomever someone somebody something \
         anyone anybody anything everyone everybody everything nobody nothing none one this that these those what which both many few \
         some any all each either neither others another it myself",
    ),
    (Closed::POSS, "my your his her its our their whose"),
    (
        Closed::REFLEXIVE.union(Closed::PRON),
        "myself yourself himself herself itself ourselves yourselves themselves oneself",
    ),
    (
        Closed::PREP,
        "about above across after against along alongside amid amidst among amongst around as at before behind below beneath beside \
         besides between beyond by concerning despite down during except for from in inside into like near of off on onto opposite out \
         outside over past per regarding round since than through throughout till to toward towards under underneath unlike until up \
         upon versus via with within without worth amid plus minus",
    ),
    (Closed::AUX, "be am is are was were been being have has had having do does did doing done 'm 're 've ain't"),
    (Closed::MODAL.union(Closed::AUX), "will would can could may might must shall should ought 'll ca wo sha cannot"),
    (Closed::AUX, "'d 's"),
    (Closed::CONJ, "and or but nor yet so plus"),
    (
        Closed::SUBORDINATOR,
        "that if whether because although though while whereas unless until since as when where after before once lest than so",
    ),
    (
        Closed::NEGATION,
        "not n't no never neither nor none nobody nothing nowhere hardly scarcely barely without cannot",
    ),
    (Closed::WH, "who whom whose which what when where why how whoever whatever whichever whenever wherever"),
    (Closed::TO, "to"),
    (
        Closed::NUMBER_WORD,
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen \
         twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen hundreds thousands millions \
         billions trillions dozens half",
    ),
    (
        Closed::ORDINAL,
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth \
         seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth thousandth",
    ),
];

/// The closed classes of a lower-case word form (' for ’).
#[must_use]
pub fn closed(lower: &str) -> Closed {
    Closed((listed(lower) & ALL) as u32)
}

/// The bits of all closed classes: a list of [`super::lists`] begins behind them.
const ALL: u64 = (1 << 15) - 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_may_belong_to_several() {
        assert!(closed("her").intersects(Closed::PRON) && closed("her").intersects(Closed::POSS));
        assert!(closed("that").intersects(Closed::DET) && closed("that").intersects(Closed::SUBORDINATOR));
        assert!(closed("cannot").intersects(Closed::NEGATION) && closed("cannot").intersects(Closed::MODAL));
        assert_eq!(closed("government"), Closed::default());
    }
}
