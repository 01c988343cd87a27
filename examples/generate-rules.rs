//! Writes a pack of many phrase rules, for timing: `cargo run --example generate-rules 10000 DIR`.

use std::fmt::Write;

const HEADS: [&str; 20] = [
    "harbour", "bridge", "treaty", "council", "market", "border", "school", "river", "garden", "engine", "letter",
    "window", "signal", "village", "orchard", "factory", "captain", "teacher", "painter", "quarry",
];
const VERBS: [&str; 25] = [
    "behold", "bemoan", "berate", "besiege", "bestow", "bewilder", "bicker", "blanch", "bleat", "blemish", "blister",
    "blunder", "bluster", "bolster", "bombard", "botch", "bristle", "bruise", "buckle", "budge", "bungle", "burnish",
    "bustle", "cajole", "canvass",
];

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(10_000);
    let folder = std::path::PathBuf::from(arguments.next().unwrap_or_else(|| "generated".to_owned())).join("generated");
    let mut rules = String::new();
    for number in 0..count {
        let (head, verb) = (HEADS[number % 20], VERBS[number / 20 % 25]);
        // A number in the pattern makes each rule its own, as real ones are.
        let more = number / 500;
        let _ = write!(
            rules,
            "[[phrase]]\nid = \"rule-{number}\"\npattern = '<~{verb}> DET? MOD* {head}{more}'\nsuggest = [\"~topple\"]\n\
             message = \"“{{match}}” for “{{suggestion}}”\"\nexplain = \"Made for timing: it stands for no fault of translation.\"\n\
             mqm = \"accuracy\"\nbad = [\"They [{verb} -> topple] the {head}{more}.\", \"We [{verb} -> topple] {head}{more}.\"]\n\
             good = [\"A {head}.\", \"The {head}s.\"]\n\n"
        );
    }
    std::fs::create_dir_all(&folder)?;
    std::fs::write(
        folder.join("pack.toml"),
        "id = \"generated\"\nversion = \"0.0.0\"\nlanguage = \"en\"\nlicense = \"CC0-1.0\"\n",
    )?;
    std::fs::write(folder.join("rules.toml"), rules)
}
