//! Names go in as a table and are found by their tokens; invented people.

use super::*;
use crate::language::hash;

const PEOPLE: &str = "\
# invented
name\tgender\tcountry\taliases\tmisspellings\toffices
Olena Marsh\tf\tUA\tOlena Marsch\tElena Marsh|Olena March\tpresident of Ruritania:2010-2014;2018-|mayor of Streslau:2005
Ursula van der Berg Jr.\tf\tNL
Jean Le Roc\tm\tFR
Tao Minglu\tm\tCN\tTao
Peter Marsh\tm\tGB\t“The Bell” Marsh|Lord Marsh
";

fn cut(name: &str) -> Vec<String> {
    name.split(' ').map(str::to_owned).collect()
}

fn lexicon() -> Lexicon {
    let mut lexicon = Lexicon::default();
    lexicon.add(compile(&tsv::people(PEOPLE, "people.tsv").unwrap(), &cut).into());
    let places = "name\taliases\tkind\tcountry\tdemonym\nStreslau\tStrelsau\tcapital\tRU\tStreslauer|Streslau’s\nNew Ys\t\tcity\tFR\tNew Ysish\n";
    lexicon.add(compile(&tsv::places(places, "places.tsv").unwrap(), &cut).into());
    lexicon
}

fn found(lexicon: &Lexicon, text: &str) -> Vec<(String, FormKind)> {
    let tokens = cut(text);
    let keys = || tokens.iter().skip(1).map(|token| hash(token));
    lexicon
        .forms(hash(&tokens[0]))
        .filter(|form| form.token_count() == tokens.len() && form.continues(keys()))
        .map(|form| (lexicon.name(form.entry).unwrap().to_owned(), form.kind))
        .collect()
}

fn one(name: &str, kind: FormKind) -> Vec<(String, FormKind)> {
    vec![(name.to_owned(), kind)]
}

#[test]
fn forms_of_a_person() {
    let lexicon = lexicon();
    assert_eq!(found(&lexicon, "Olena Marsh"), one("Olena Marsh", FormKind::Full));
    assert_eq!(found(&lexicon, "Olena Marsch"), one("Olena Marsh", FormKind::Alias));
    assert_eq!(found(&lexicon, "Olena March"), one("Olena Marsh", FormKind::Misspelling));
    assert_eq!(found(&lexicon, "Marsch"), one("Olena Marsh", FormKind::Surname));
    assert_eq!(found(&lexicon, "Olena"), []);
    assert_eq!(found(&lexicon, "olena Marsh"), []);
    assert_eq!(found(&lexicon, "Nobody"), []);
}

#[test]
fn several_people_share_a_family_name() {
    let both = [one("Olena Marsh", FormKind::Surname), one("Peter Marsh", FormKind::Surname)].concat();
    assert_eq!(found(&lexicon(), "Marsh"), both);
}

#[test]
fn particles_suffixes_and_order_of_family_names() {
    let lexicon = lexicon();
    for form in ["van der Berg", "Van der Berg", "Berg"] {
        assert_eq!(found(&lexicon, form), one("Ursula van der Berg Jr.", FormKind::Surname), "{form}");
    }
    assert_eq!(found(&lexicon, "Le Roc"), one("Jean Le Roc", FormKind::Surname));
    assert_eq!(found(&lexicon, "Roc"), []);
    assert_eq!(found(&lexicon, "Tao"), one("Tao Minglu", FormKind::Surname));
    assert_eq!(found(&lexicon, "Minglu"), []);
}

#[test]
fn places_and_their_people() {
    let lexicon = lexicon();
    assert_eq!(found(&lexicon, "Strelsau"), one("Streslau", FormKind::Alias));
    assert_eq!(found(&lexicon, "Streslauers"), one("Streslau", FormKind::Demonym));
    assert_eq!(found(&lexicon, "New Ysish"), one("New Ys", FormKind::Demonym));
    assert_eq!(found(&lexicon, "New Ysishs"), []);
    // ’ is stored as '.
    assert_eq!(found(&lexicon, "Streslau's"), one("Streslau", FormKind::Demonym));
}

#[test]
fn entries_are_numbered_over_parts_and_decoded_whole() {
    let lexicon = lexicon();
    let people = tsv::people(PEOPLE, "people.tsv").unwrap();
    assert_eq!(lexicon.len(), 7);
    for (number, entry) in people.iter().enumerate() {
        assert_eq!(lexicon.entry(number as u32).as_ref(), Some(entry));
    }
    assert_eq!(lexicon.entry(5).unwrap().name, "Streslau");
    assert_eq!(lexicon.kind(5), Some(EntryKind::Place));
    assert_eq!((lexicon.gender(0), lexicon.gender(5)), (Some(Gender::Female), None));
    assert_eq!((lexicon.entry(7), lexicon.name(7), lexicon.kind(7)), (None, None, None));
    let offices = &people[0].offices;
    assert_eq!(offices[0].years, [(2010, Some(2014)), (2018, None)]);
    assert_eq!(
        (offices[1].label.as_str(), offices[1].years.as_slice()),
        ("mayor of Streslau", &[(2005, Some(2005))][..])
    );
}

#[test]
fn same_entries_same_bytes_and_every_form_is_found_in_a_large_table() {
    let entries: Vec<Entry> = (0..3000)
        .map(|number| {
            let text = format!("name\nFirst{} Middle Last{number}", number / 7);
            tsv::people(&text, "").unwrap().remove(0)
        })
        .collect();
    let part = compile(&entries, &cut);
    assert_eq!(part, compile(&entries, &cut));
    let mut lexicon = Lexicon::default();
    lexicon.add(part.into());
    for entry in &entries {
        assert_eq!(found(&lexicon, &entry.name), one(&entry.name, FormKind::Full));
        assert_eq!(found(&lexicon, cut(&entry.name).last().unwrap()), one(&entry.name, FormKind::Surname));
    }
}

#[test]
fn empty_and_broken_parts_hold_nothing_and_never_panic() {
    let mut lexicon = Lexicon::default();
    lexicon.add(compile(&[], &cut).into());
    lexicon.add(Vec::new().into());
    assert!(lexicon.is_empty());
    assert_eq!(lexicon.forms(hash("Marsh")).count(), 0);
    let whole = compile(&tsv::people(PEOPLE, "").unwrap(), &cut);
    for cut_at in 0..whole.len() {
        let mut lexicon = Lexicon::default();
        lexicon.add(whole[..cut_at].to_vec().into());
        lexicon.forms(hash("Marsh")).count();
        let _ = lexicon.entry(0);
        let _ = lexicon.name(4);
        let mut damaged = whole.clone();
        damaged[cut_at] ^= 0x5a;
        let mut lexicon = Lexicon::default();
        lexicon.add(damaged.into());
        lexicon.forms(hash("Marsh")).count();
        let _ = lexicon.entry(0);
        let _ = lexicon.name(4);
    }
}

#[test]
fn errors_name_line_column_and_what_was_expected() {
    let errors = |text: &str| -> Vec<String> {
        tsv::people(text, "p.tsv").unwrap_err().iter().map(ToString::to_string).collect()
    };
    assert!(errors("nam\tgender\n")[0].starts_with("p.tsv:1:1: the table has no column “name”; the first line names"));
    assert_eq!(errors("name\tgendr\nA B\tf\n"), ["p.tsv:1:6: unknown column “gendr”; did you mean “gender”?"]);
    assert_eq!(errors("name\tname\n"), ["p.tsv:1:6: column “name” is there twice; keep one of them"]);
    let many = "name\tgender\tcountry\toffices\nA B\tq\tGB\tqueen of X\n\tm\tgb\tking of Y:20x4;1990-1980\n";
    assert_eq!(
        errors(many),
        [
            "p.tsv:2:5: “q” is no gender; write m, f or x, or leave it empty",
            "p.tsv:2:10: “queen of X” has no years; write the office, a colon and years: president of Russia:2000-2008;2012-",
            "p.tsv:3:1: a line without a name; every line names something in the column “name”",
            "p.tsv:3:4: “gb” is no country code; write the two capital letters of ISO 3166, such as UA, or leave it empty",
            "p.tsv:3:17: “20x4” is no range of years; write 2000-2008, an open end as 2012-, a single year as 2012",
            "p.tsv:3:22: “1990-1980” is no range of years; write 2000-2008, an open end as 2012-, a single year as 2012",
        ]
    );
    assert_eq!(
        errors("name\tmisspellings\nÅ B\tÅ Bee | C D\nC D\n"),
        ["p.tsv:2:13: “C D” is listed as wrong here and as right for C D; keep one of them"]
    );
    assert_eq!(
        errors("name\nA B\tC\n"),
        ["p.tsv:2:5: 2 cells where the header has 1; remove the tabs that are too many"]
    );
}

#[test]
fn tables_with_bom_crlf_and_short_lines() {
    let entries =
        tsv::organisations("\u{feff}name\tacronym\tkind\r\nLeague of Tests\tLOT\tngo\r\n\r\nGuild\r\n", "").unwrap();
    assert_eq!(entries[0].acronym, "LOT");
    assert_eq!(entries[0].subtype, "ngo");
    assert_eq!(entries[1].name, "Guild");
}
