//! Names that are wrong, and names that only look so; invented people.

use super::sample;
use super::*;
use crate::lexicon::{compile, tsv};

const PEOPLE: &str = "\
name\tgender\tcountry\taliases\tmisspellings\toffices
Viktor Brandel\tm\tAT\tVictor Brandel\tViktor Brandal|Brandell\tchancellor of Austria:2010-2014
Viktor Brandel-Holm\tm\tAT
Maria Castellan\tf\tUS\t\t\tsecretary of state of the United States:2015-
Peter Holding\tm\tGB\t\t\tprime minister of the United Kingdom:2001-2003
Peter Hollding\tm\tGB
Dmitri Koslenko\tm\tUA\tDmytro Koslenko\t\tpresident of Ukraine:2001-
Lisbet Catherwood
Karl Ottaway\tm\tAT\t\t\tchancellor of Austria:1990-1999
Sara Ottaway\tf\tGB\t\t\tprime minister of the United Kingdom:2004-2005
";

fn lexicon() -> Lexicon {
    let cut = |name: &str| -> Vec<String> {
        let mut tokens = Vec::new();
        sample::tokenise(name, |token| tokens.push(name[token].to_owned()));
        tokens
    };
    let mut lexicon = Lexicon::default();
    lexicon.add(compile(&tsv::people(PEOPLE, "people.tsv").unwrap(), &cut).into());
    let places = "name\tmisspellings\tkind\tcountry\tdemonym\nStreslau\tStreslaw\tcity\tPL\tStreslauer\nUkraine\t\tcountry\tUA\tUkrainian\n";
    lexicon.add(compile(&tsv::places(places, "places.tsv").unwrap(), &cut).into());
    lexicon
}

/// What is flagged, with the first suggestion.
fn hits(text: &str, settings: &NameSettings) -> Vec<String> {
    let lexicon = lexicon();
    let document = sample::document(text);
    let mut out = Vec::new();
    look(&document, &lexicon, settings, &mut Known::default(), &mut out);
    let show = |hit: &Hit| format!("{} -> {}", document.text(hit.place.span().unwrap()), hit.proposals[0].text);
    out.iter().map(show).collect()
}

fn table(text: &str) -> Vec<String> {
    hits(text, &NameSettings { tables: vec![EntryKind::Person], ..NameSettings::default() })
}

fn drift(text: &str) -> Vec<String> {
    hits(text, &NameSettings { document: true, ..NameSettings::default() })
}

#[test]
fn listed_misspellings() {
    assert_eq!(table("Talks with Viktor Brandal’s party failed."), ["Viktor Brandal -> Viktor Brandel"]);
    assert_eq!(table("On Monday Brandell left."), ["Brandell -> Brandel"]);
    // Somebody else of that family name.
    assert_eq!(table("On Monday Anna Brandell left."), [""; 0]);
    assert_eq!(table("Viktor Brandel, also known as Victor Brandel, left."), [""; 0]);
}

#[test]
fn a_rule_reports_its_own_tables() {
    let text = "Viktor Brandal flew to Streslaw.";
    assert_eq!(table(text), ["Viktor Brandal -> Viktor Brandel"]);
    let places = NameSettings { tables: vec![EntryKind::Place], ..NameSettings::default() };
    assert_eq!(hits(text, &places), ["Streslaw -> Streslau"]);
}

#[test]
fn near_misses_need_support() {
    assert_eq!(table("Secretary of State Maria Castellen said no."), ["Maria Castellen -> Maria Castellan"]);
    assert_eq!(table("The dancer Maria Castellen said no."), [""; 0]);
    assert_eq!(
        table("Maria Castellen said no. Later Maria Castellan said yes."),
        ["Maria Castellen -> Maria Castellan"]
    );
    assert_eq!(table("Secretary of State Moria Castellan said no."), ["Moria Castellan -> Maria Castellan"]);
    assert_eq!(table("Secretary of State Maria J. Castellen said no."), ["Maria J. Castellen -> Maria J. Castellan"]);
    assert_eq!(
        table("In Ukraine, Dmitri Koslanko spoke."),
        [""; 0],
        "one vowel of a romanised name is anybody's choice"
    );
    assert_eq!(table("In Ukraine, Dmitri Koslemko spoke."), ["Dmitri Koslemko -> Dmitri Koslenko"]);
    let listed_only = NameSettings { tables: vec![EntryKind::Person], support: Support(0), ..NameSettings::default() };
    assert_eq!(hits("Secretary of State Maria Castellen said no.", &listed_only), [""; 0]);
}

#[test]
fn a_credit_cut_short() {
    assert_eq!(table("The Mirror’s Lisbet Cather contributed to this report."), ["Lisbet Cather -> Lisbet Catherwood"]);
    assert_eq!(table("Lisbet Catherwold contributed to this report."), ["Lisbet Catherwold -> Lisbet Catherwood"]);
    // Nobody's credit, and somebody who is no reporter of the house.
    assert_eq!(table("The dancer Lisbet Cather said no."), [""; 0]);
    assert_eq!(table("Maria Castell contributed to this report."), [""; 0]);
}

#[test]
fn near_misses_that_are_other_people() {
    // Known themselves.
    assert_eq!(table("Prime Minister Peter Hollding spoke."), [""; 0]);
    // A first name of its own right before a known family name is the relative, and Sarah is no slip.
    assert_eq!(table("The writer Sarah Ottaway spoke."), [""; 0]);
    // A part of a longer name.
    assert_eq!(table("Secretary of State Anna Maria Castellen spoke."), [""; 0]);
    // Endings.
    assert_eq!(table("The Prime Minister Peter Holdings plc supplied spoke."), [""; 0]);
}

#[test]
fn one_person_under_two_spellings() {
    let story = |here: &str| {
        format!(
            "President Karl Brenthal met the press on Monday. Brenthal said he would stay.\n\n{here}\n\nBrenthal left at noon."
        )
    };
    for (text, found) in [
        ("“We will sign,” Brenthel said.", "Brenthel -> Brenthal"),
        ("“We will sign,” President Brenthol said.", "Brenthol -> Brenthal"),
        ("Karl Brendhal was tired.", "Brendhal -> Brenthal"),
        ("The bill bears Prenthal’s name.", "Prenthal -> Brenthal"),
    ] {
        assert_eq!(drift(&story(text)), [found], "{text}");
    }
    for text in [
        "Her brother, Thomas Brenthel, was tired.",
        "The Brenthals left early.",
        "They met in Brenthel at night.",
        "The Brenthel Company closed.",
        "His wife, Anna Brenthal, was tired.",
        "Anna Brenthala was tired.",
    ] {
        assert_eq!(drift(&story(text)), [""; 0], "{text}");
    }
}

#[test]
fn the_only_full_name_is_the_wrong_one() {
    let text = "Prime Minister James Johkson resigned. Johnson was tired. Critics of Johnson cheered.";
    assert_eq!(drift(text), ["Johkson -> Johnson"]);
}

#[test]
fn a_known_person_is_right_even_when_rarer() {
    let text = "Koslemko arrived. Koslemko spoke. Then Koslenko, the president, left.";
    assert_eq!(drift(text), ["Koslemko -> Koslenko"; 2]);
}

#[test]
fn places_drift_only_when_long_and_settled() {
    let text = "A blast shook Vanderholm. In Vanderholm shops closed. People left Vanderholm. The Vandorholm blast killed no one.";
    assert_eq!(drift(text), ["Vandorholm -> Vanderholm"]);
    assert_eq!(
        drift("A blast shook Vorden. In Vorden shops closed. People left Vorden. The Verden blast killed no one."),
        [""; 0]
    );
}

#[test]
fn ways_to_write_one_name_are_no_misspellings() {
    let text =
        "President Karl Semyonovsky spoke. Semyonovsky left. Later Semyonovskiy returned, and Semyonovsky slept.";
    assert_eq!(drift(text), [""; 0]);
    let variants = NameSettings { document: true, variants: true, ..NameSettings::default() };
    assert_eq!(hits(text, &variants), ["Semyonovskiy -> Semyonovsky"]);
    assert_eq!(hits("President Karl Brenthal met Brenthel. Brenthal left.", &variants), [""; 0]);
}

#[test]
fn evidence_and_values_come_with_a_hit() {
    let lexicon = lexicon();
    let text = "President Karl Brenthal spoke. Brenthal left. Brenthel slept.";
    let document = sample::document(text);
    let mut out = Vec::new();
    look(
        &document,
        &lexicon,
        &NameSettings { document: true, ..NameSettings::default() },
        &mut Known::default(),
        &mut out,
    );
    let [hit] = out.as_slice() else { panic!("{out:?}") };
    assert_eq!(document.text(hit.related[0].span), "Brenthal");
    assert!(hit.values.iter().any(|(slot, value)| *slot == "name" && value == "Karl Brenthal"), "{:?}", hit.values);
}

#[test]
fn settings_of_a_rule() {
    use crate::rulebook::settings::Setting;
    let settings = Settings::new(vec![
        ("document".to_owned(), Setting::Flag(true)),
        ("support".to_owned(), Setting::Texts(vec!["title".to_owned(), "majority".to_owned()])),
        ("tables".to_owned(), Setting::Texts(vec!["people".to_owned(), "orgs".to_owned()])),
    ]);
    let settings = NameSettings::new(&settings);
    assert_eq!(settings.tables, [EntryKind::Person, EntryKind::Organisation]);
    assert_eq!(settings.support, Support(9));
    assert!(settings.document && !settings.variants);
}

fn offices(text: &str) -> Vec<String> {
    let lexicon = lexicon();
    let document = sample::document(text);
    let groups = [vec!["president", "prime minister", "chancellor", "senator"], vec!["judge", "defendant"]];
    let groups = groups.map(|group| group.into_iter().map(str::to_owned).collect());
    let mut out = Vec::new();
    offices::look(&document, &lexicon, &offices::Offices::new(&groups), &mut out);
    let show = |hit: &Hit| format!("{} -> {}", document.text(hit.place.span().unwrap()), hit.proposals[0].text);
    out.iter().map(show).collect()
}

#[test]
fn one_person_in_two_offices() {
    let text = "President Olga Merrow met Prime Minister Jan Kovar. “We will sign,” said Prime Minister Merrow.";
    assert_eq!(offices(text), ["Prime Minister Merrow -> President Merrow"]);
    let text = "Judge Ana Ruiz questioned the defendant, Luis Peña. “I did not,” Judge Peña said.";
    assert_eq!(offices(text), ["Judge Peña -> defendant Peña"]);
    // The majority is right.
    let text = "Senator Merrow spoke. President Merrow left. President Merrow slept.";
    assert_eq!(offices(text), ["Senator Merrow -> President Merrow"]);
    // So is the table.
    let text = "Senator Viktor Brandel spoke. Senator Brandel left. Chancellor Brandel slept.";
    assert_eq!(
        offices(text),
        ["Senator Viktor Brandel -> Chancellor Viktor Brandel", "Senator Brandel -> Chancellor Brandel"]
    );
}

#[test]
fn the_table_tells_namesakes_by_their_first_names() {
    let text = "Chancellor Peter Holding spoke. Prime Minister Holding left.";
    assert_eq!(offices(text), ["Chancellor Peter Holding -> Prime Minister Peter Holding"]);
    // Another Ottaway was chancellor.
    assert_eq!(offices("Chancellor Ottaway spoke. Prime Minister Sara Ottaway left."), [""; 0]);
    let text = "Chancellor Sara Ottaway spoke. Prime Minister Ottaway left.";
    assert_eq!(offices(text), ["Chancellor Sara Ottaway -> Prime Minister Sara Ottaway"]);
}

#[test]
fn two_people_or_two_times_are_no_contradiction() {
    for text in [
        "President Olga Merrow met Prime Minister Jan Kovar. “We will sign,” President Merrow said.",
        "President Olga Merrow and her brother, Senator Thomas Merrow, spoke.",
        "Senator Merrow spoke. President Karl Merrow left, and so did Thomas Merrow.",
        "Then-Senator Merrow became President Merrow. Former Prime Minister Merrow left. Vice President Merrow slept.",
        "Senate President Merrow spoke. Senator Merrow left.",
        "He is judge Merrow. She is chancellor Merrow.",
        "She asked the president, Kovar said. Senator Kovar left.",
    ] {
        assert_eq!(offices(text), [""; 0], "{text}");
    }
}
