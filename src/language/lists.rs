//! Short lists of English: reporting verbs, abbreviations, titles, months, weekdays, units, first names. In: a word. Out: what it is.

use super::closed::MEMBERS;
use super::members::Members;

/// Which lists a word stands in: one bit a list, those of the closed classes first.
mod bit {
    pub(super) const REPORTING: u64 = 1 << 16;
    pub(super) const BEFORE: u64 = 1 << 17;
    pub(super) const BEFORE_SMALL: u64 = 1 << 18;
    pub(super) const BEFORE_DIGIT: u64 = 1 << 19;
    pub(super) const EITHER: u64 = 1 << 20;
    pub(super) const EITHER_SMALL: u64 = 1 << 21;
    pub(super) const OFFICE: u64 = 1 << 22;
    pub(super) const RANK: u64 = 1 << 23;
    pub(super) const COURTESY: u64 = 1 << 24;
    pub(super) const PROFESSION: u64 = 1 << 25;
    pub(super) const BEGINS_TITLE: u64 = 1 << 26;
    pub(super) const WOMAN: u64 = 1 << 27;
    pub(super) const MAN: u64 = 1 << 28;
    pub(super) const DEMONYM: u64 = 1 << 29;
    pub(super) const MEASURE: u64 = 1 << 30;
    pub(super) const CURRENCY: u64 = 1 << 31;
}

const LISTS: usize = 14 + MEMBERS.len() + MEASURES.len() + CURRENCIES.len();

#[allow(long_running_const_eval)] // two thousand names are laid out once, by the compiler
static TABLE: Members = Members::new(&lists());

const fn lists() -> [(u64, &'static str); LISTS] {
    let mut all = [(0, ""); LISTS];
    let own = [
        (bit::REPORTING, REPORTING),
        (bit::BEFORE, BEFORE),
        (bit::BEFORE_SMALL, BEFORE_SMALL),
        (bit::BEFORE_DIGIT, BEFORE_DIGIT),
        (bit::EITHER, EITHER),
        (bit::EITHER_SMALL, EITHER_SMALL),
        (bit::OFFICE, OFFICES),
        (bit::RANK, RANKS),
        (bit::COURTESY, COURTESY),
        (bit::PROFESSION, PROFESSIONS),
        (bit::BEGINS_TITLE, BEGINS_TITLE),
        (bit::WOMAN, WOMEN),
        (bit::MAN, MEN),
        (bit::DEMONYM, DEMONYMS),
    ];
    let mut at = 0;
    while at < own.len() {
        all[at] = own[at];
        at += 1;
    }
    let mut more = 0;
    while more < MEMBERS.len() {
        all[at] = (MEMBERS[more].0.0 as u64, MEMBERS[more].1);
        (at, more) = (at + 1, more + 1);
    }
    more = 0;
    while more < MEASURES.len() {
        all[at] = (bit::MEASURE, MEASURES[more].1);
        (at, more) = (at + 1, more + 1);
    }
    more = 0;
    while more < CURRENCIES.len() {
        all[at] = (bit::CURRENCY, CURRENCIES[more].1);
        (at, more) = (at + 1, more + 1);
    }
    all
}

/// The bits of the lists that hold a word.
pub(super) fn listed(word: &str) -> u64 {
    TABLE.of(word)
}

/// Whether a list of words parted by white space holds a word.
fn has(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// Whether this lemma reports speech (say, tell, announce).
#[must_use]
pub fn is_reporting_verb(lemma: &str) -> bool {
    listed(lemma) & bit::REPORTING != 0
}

const REPORTING: &str = "say tell add state announce declare claim assert insist argue explain note remark comment observe mention point stress \
     emphasize emphasise underline underscore warn caution urge ask demand call admit acknowledge concede confess confirm deny \
     reject refute dispute report reveal disclose divulge tweet write post reply respond answer retort counter quip joke recall \
     recount describe testify allege accuse charge complain lament boast brag vow pledge promise swear guarantee reiterate repeat \
     suggest propose recommend advise believe think estimate predict forecast project maintain contend allude conclude agree \
     disagree affirm avow concur continue cry declare decry deplore exclaim express hint imply indicate inform inquire joke lash \
     mutter murmur narrate opine plead preach proclaim protest quote relate rule scoff shout signal sigh speculate spell stipulate \
     surmise thank threaten utter voice volunteer wonder yell brief clarify elaborate emphasise interject interrupt specify tout";

/// Abbreviations that stand before something: their full stop ends no sentence. Written with a capital.
const BEFORE: &str = "mr mrs ms mx dr prof rev fr hon gen lt col sgt capt cmdr adm maj brig cpl pvt sen rep gov pres amb st ste mt messrs mme mlle \
     supt atty insp det dept univ assn bros jan feb mar apr jun jul aug sept sep oct nov dec";
/// The same in small letters.
const BEFORE_SMALL: &str = "vs approx ca cf al e.g i.e";
/// Abbreviations before a number only.
const BEFORE_DIGIT: &str = "no nos art fig figs vol sec p pp ch v ext tel";
/// Abbreviations that may end a sentence as well. Written with a capital.
const EITHER: &str = "inc ltd co corp jr sr ph.d esq calif ariz ark colo conn fla ga kan ky mich minn miss mont neb nev okla ore tenn tex vt va \
     wis wyo wash mass ill ind md pa";
/// The same in small letters.
const EITHER_SMALL: &str = "a.m p.m etc inc ltd corp";

/// Whether a word with a full stop behind it is an abbreviation, and whether that stop may end a sentence too.
///
/// `word` is the word without its last stop ("Mr", "U.S", "a.m"), `next` the first character behind stop and white space.
#[must_use]
pub fn abbreviation(word: &str, next: Option<char>) -> Option<bool> {
    let lower = word.to_lowercase();
    let capital = word.starts_with(char::is_uppercase);
    let digit = next.is_some_and(|c| c.is_ascii_digit());
    let name = next.is_some_and(char::is_uppercase);
    let lists = listed(&lower);
    let among = |list: u64| lists & list != 0;
    if among(bit::EITHER_SMALL) || (capital && among(bit::EITHER)) {
        return Some(true);
    }
    if among(bit::BEFORE_SMALL)
        || (capital && among(bit::BEFORE) && (name || digit))
        || (digit && among(bit::BEFORE_DIGIT))
    {
        return Some(false);
    }
    // Single letters with stops between them: initials and acronyms.
    let letters = lower.contains('.')
        && lower.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic));
    letters.then_some(true)
}

/// What a title says of a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TitleKind {
    /// President, Foreign Minister.
    Office,
    /// General, Sergeant.
    Rank,
    /// Mr, Mrs.
    Courtesy,
    /// Doctor, actor.
    Profession,
}

const OFFICES: &str = "president vice-president premier chancellor minister secretary senator representative governor mayor congressman \
     congresswoman councillor councilor councilman councilwoman speaker ambassador commissioner director chairman chairwoman chair chief \
     king queen prince princess duke duchess emperor sultan emir sheikh ayatollah pope cardinal archbishop bishop judge justice prosecutor \
     attorney spokesman spokeswoman spokesperson lawmaker deputy envoy chancellor undersecretary leader founder ceo chairperson coach captain \
     treasurer comptroller sheriff superintendent delegate mp premier taoiseach president-elect";
const RANKS: &str = "general gen lieutenant lt colonel col sergeant sgt captain capt commander cmdr admiral adm major maj brigadier corporal private \
     marshal officer detective inspector constable lance";
const COURTESY: &str = "mr mrs ms miss mx sir lady lord dame madam madame monsieur mme mlle";
const PROFESSIONS: &str = "dr doctor prof professor rev reverend father sister brother imam rabbi lawyer attorney actor actress singer author journalist \
     analyst economist historian scientist";

/// What a word says as a title before a name (lower-case, without a final stop); of several words the last decides.
#[must_use]
pub fn title(lower: &str) -> Option<TitleKind> {
    let lists = listed(lower);
    [
        (TitleKind::Courtesy, bit::COURTESY),
        (TitleKind::Office, bit::OFFICE),
        (TitleKind::Rank, bit::RANK),
        (TitleKind::Profession, bit::PROFESSION),
    ]
    .into_iter()
    .find(|(_, list)| lists & list != 0)
    .map(|(kind, _)| kind)
}

/// Words that begin titles of several words: Prime Minister, Foreign Secretary, Attorney General.
#[must_use]
pub fn begins_title(lower: &str) -> bool {
    listed(lower) & bit::BEGINS_TITLE != 0
}

const BEGINS_TITLE: &str = "prime foreign defense defence interior finance justice health vice deputy former acting first home education energy trade environment \
     labor labour transport chief attorney supreme district press national assistant lieutenant major brigadier rear house senate state us u.s british";

/// 1–12 for a month's name or usual abbreviation (lower-case, stop allowed).
#[must_use]
pub fn month(lower: &str) -> Option<u8> {
    const MONTHS: [(&str, &str); 12] = [
        ("january", "jan"),
        ("february", "feb"),
        ("march", "mar"),
        ("april", "apr"),
        ("may", "may"),
        ("june", "jun"),
        ("july", "jul"),
        ("august", "aug"),
        ("september", "sep"),
        ("october", "oct"),
        ("november", "nov"),
        ("december", "dec"),
    ];
    let bare = lower.strip_suffix('.').unwrap_or(lower);
    let at = MONTHS
        .iter()
        .position(|(long, short)| bare == *long || bare == *short || (bare == "sept" && *short == "sep"))?;
    Some(at as u8 + 1)
}

/// 1 Monday – 7 Sunday for a weekday's name or usual abbreviation (lower-case, stop allowed).
#[must_use]
pub fn weekday(lower: &str) -> Option<u8> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const SHORT: [&str; 7] = ["mon.", "tue.", "wed.", "thu.", "fri.", "sat.", "sun."];
    let at = DAYS.iter().position(|day| *day == lower).or_else(|| SHORT.iter().position(|day| *day == lower))?;
    Some(at as u8 + 1)
}

/// The unit of time a lower-case word names, in the singular.
#[must_use]
pub fn time_unit(lower: &str) -> Option<&'static str> {
    ["second", "minute", "hour", "day", "night", "week", "weekend", "fortnight", "month", "year", "decade", "century"]
        .into_iter()
        .find(|unit| {
            lower == *unit || lower.strip_suffix('s') == Some(unit) || (lower == "centuries" && *unit == "century")
        })
}

/// Units of measure: short name, and what they are called.
const MEASURES: [(&str, &str); 24] = [
    ("km", "km kilometre kilometer kms"),
    ("m", "m metre meter"),
    ("cm", "cm centimetre centimeter"),
    ("mm", "mm millimetre millimeter"),
    ("mi", "mile mi"),
    ("ft", "foot feet ft"),
    ("in", "inch inches"),
    ("yd", "yard"),
    ("ha", "hectare"),
    ("ac", "acre"),
    ("kg", "kg kilogram kilogramme kilo"),
    ("g", "gram gramme"),
    ("t", "tonne ton"),
    ("lb", "lb pound-weight lbs"),
    ("oz", "ounce"),
    ("l", "litre liter"),
    ("gal", "gallon"),
    ("bbl", "barrel"),
    ("deg", "degree"),
    ("W", "watt"),
    ("MW", "mw megawatt"),
    ("GW", "gw gigawatt"),
    ("km/h", "km/h kph"),
    ("mph", "mph"),
];

/// The unit of measure a lower-case word names, by its short name.
#[must_use]
pub fn measure_unit(lower: &str) -> Option<&'static str> {
    let one = lower.strip_suffix('s').filter(|one| one.len() > 2).unwrap_or(lower);
    if (listed(lower) | listed(one)) & bit::MEASURE == 0 {
        return None;
    }
    MEASURES.iter().find(|(_, names)| has(names, lower) || has(names, one)).map(|(unit, _)| *unit)
}

/// Currencies: code, and what they are called.
const CURRENCIES: [(&str, &str); 18] = [
    ("USD", "$ us$ dollar dollars usd"),
    ("EUR", "€ euro euros eur"),
    ("GBP", "£ pound pounds gbp"),
    ("JPY", "¥ yen jpy"),
    ("INR", "₹ rupee rupees inr"),
    ("RUB", "₽ rouble roubles ruble rubles rub"),
    ("CNY", "yuan renminbi cny"),
    ("KRW", "₩ won krw"),
    ("UAH", "hryvnia hryvnias ₴ uah"),
    ("CHF", "franc francs chf"),
    ("peso", "peso pesos"),
    ("BRL", "real reais brl"),
    ("ZAR", "rand zar"),
    ("TRY", "lira liras try ₺"),
    ("SEK", "krona kronor sek"),
    ("NOK", "krone kroner nok"),
    ("BDT", "taka bdt"),
    ("cent", "cent cents"),
];

/// The currency a symbol, code or lower-case word names, by its code.
#[must_use]
pub fn currency(text: &str) -> Option<&'static str> {
    if listed(text) & bit::CURRENCY == 0 {
        return None;
    }
    CURRENCIES.iter().find(|(_, names)| has(names, text)).map(|(code, _)| *code)
}

const WOMEN: &str = "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa betty margaret sandra ashley kimberly emily donna \
     michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen \
     samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria lauren christina joan \
     evelyn judith megan cheryl andrea hannah jacqueline martha gloria teresa theresa ann sara madison frances kathryn janice jean abigail alice julia judy sophia \
     grace denise amber doris marilyn danielle beverly isabella diana natalie brittany charlotte marie kayla alexis lori jacinda nicola melania ivanka hillary \
     kamala greta meghan caroline alexandra ursula tulsi carrie fatima aisha khadija zainab layla maryam amina noor olga tatiana svetlana irina natalia elena \
     ekaterina anastasia yulia oksana ludmila galina marina ines carmen lucia pilar dolores mercedes rosa esperanza guadalupe consuelo beatriz camila valentina \
     francesca giulia chiara federica giorgia alessandra ingrid astrid freya sigrid helga ursula heidi annalena sabine monika petra claudia birgit priya anjali \
     lakshmi indira sonia sushma mamata deepika priyanka hasina khaleda yuki sakura naomi yoko akiko haruka ayako keiko \
     abby ada adele adriana agnes aileen alana alexa alicia alina alison allison alma amelia amira amna ana anastasiya andréa angelina anita annabel \
     anne annette annie antonia ariana arlene asma audrey ava barbra bella berta bettina blanca bonnie bridget brigitte britney candace carina carla \
     carly carmela carole catalina cate catriona cecilia celeste celia celine chantal charlene chelsea christa christie christy cindy claire clara \
     clare claudine clementine colleen connie constance cora corinne cristina daisy daniela daphne darlene debbie deirdre delia demi desiree dianne \
     dina dolly dominique dora doreen edith eileen elaine eleanor elise eliza ella ellen eloise elsa elsie emilia emmanuelle erica erika erin esther \
     ethel eva eve evelina faith farah fatma faye felicia felicity fernanda fiona flora florence fran françoise freda gabriela gabriella gabrielle \
     gail gemma genevieve georgina geraldine gertrude gillian gina ginny gisele gladys glenda gretchen gwen gwyneth haley harriet hayley helena \
     henrietta hilary hilda holly ida ilana ilse imogen irene isabel isabelle isla ivana jade jamila jana jane janelle janette jasmine jeanette \
     jeanne jenna jenny jessie jill jillian jo joanna joanne jocelyn jodie johanna josephine josie juanita juliana juliet juliette justine kara karin \
     karina kate katerina kathy katie katrina kay keira kendall kerri kim kimberley kira kirsten kristen kristi kristin kristina kylie lana lara \
     latoya laurie lea leah leila lena leona leticia lidia lila lily lina liz liza lola lorena loretta lorraine louisa louise lourdes lucille lucinda \
     lucy luisa luna lydia lynn lynne mabel madeleine mae magdalena maggie malala malia mandy manuela mara marcela marcia margarita margot mariah \
     mariam mariana marianne maribel marilena marissa marjorie marlene marlis marta mathilde matilda maureen maya melinda meredith mia mildred millie \
     mina mindy miranda miriam moira mollie molly mona monica monique muriel myra nadia nadine nora natalya natasha nell nellie nikki nina noelle \
     norah noreen norma octavia olena oprah paige paloma pam patrice paula paulette pauline peggy penelope penny phoebe phyllis pippa polly pooja \
     portia rachael ramona raquel reena regina rena renata renee rhonda rihanna rita roberta rochelle rosalie rosalind rosalynn rosanna rose rosemary \
     roxanne ruby sabrina sadie saira sally samira sandrine sanna saoirse scarlett selena selma serena sheena sheila shelley sherry shireen sienna \
     silvia simone sofia sonja stacey stacy stella sue susana susanna susanne suzanne sybil sylvia tamara tammy tanya tara tatyana tessa thelma \
     tiffany tina tracey tracy trisha trudy ulrike valerie vanessa vera verena verónica veronica vicky vivian viviane wendy whitney wilma winifred \
     xiomara yasmin yelena yolanda yvette yvonne zara zoe zoya zuzana sviatlana wanda vilma winnie";
const MEN: &str = "james robert john michael david william richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew \
     joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin \
     samuel gregory alexander patrick frank raymond jack dennis jerry tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan jeremy walter \
     christian keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe logan alan juan albert willie \
     elijah wayne randy vincent mason roy ralph bobby russell bradley philip eugene boris barack vladimir emmanuel narendra volodymyr antony jair xi recep \
     mohammed muhammad mohamed ahmed ali hassan hussein omar ibrahim mustafa abdullah khalid yusuf mahmoud karim tariq bashar benyamin binyamin shimon yitzhak \
     sergei sergey dmitry dmitri alexei aleksandr mikhail nikolai igor oleg yuri viktor ivan andrei anatoly pavel carlos luis jorge miguel pedro fernando \
     javier diego rafael alejandro francisco manuel antonio pablo hugo marco giuseppe giovanni luigi matteo mario silvio paolo angelo hans klaus jürgen wolfgang \
     friedrich helmut gerhard olaf heinz dieter uwe lars anders bjorn erik olof jens nils rajiv rahul amit sanjay vijay arun suresh manmohan imran nawaz \
     hiroshi takeshi kenji shinzo taro yoshihide fumio akira haruki jacques pierre françois nicolas jean-claude michel laurent philippe bernard gérard alain \
     abdulla abdulrahman abe abel abraham adnan adrian ahmad aidan akbar akram aldo alec aled aleksei alessandro alex alexandre alexey alf alfie \
     alfonso alfred alfredo alistair allan allen alonso alvaro alvin amir amos anas andre andré andreas andrej andres andrzej andy angus ansel anton \
     anwar ari arjun armando arnold arne arno arseniy artem artur arturo asad ashok ashraf asif athanasios august augusto aziz barney barry bart \
     bartosz basil bastian ben benedict benito bennie benny bernd bernie bert bill bjarne bjørn blair blake bob bogdan brad bradford brendan brent \
     brett brock bruno bryce burt byron caleb calum calvin cameron carlo carlton cedric cesar chad chester chris christoph christophe chuck ciaran \
     clarence claude claudio clay clayton clement clifford clint clive clyde cody colin colm conor conrad constantin cory craig cristiano curt curtis \
     cyril cyrus damian damien damon dan dane danny dario darrell darren darryl dave davide dean denis derek desmond devin dexter dick dilip dimitri \
     dimitris dirk dmitriy dmytro dominic dominik don donnie doug duncan dustin dwayne dwight ed eddie edgar edmund eduardo edwin efrain elan eli \
     elias elliot elliott elmer elon elton emil emilio emir enrico enrique enzo erdal ernest ernesto ernie erwin esteban etienne evan evgeny evo ezra \
     fabian fabio fahad faisal farhad farouk felipe felix ferdinand fidel filip finn floyd francesco francis franco francois franklin franz fred \
     freddie frederic frederick fredrik fritz gareth garry gaston gavin geoff geoffrey georg georges georgi gerard gerd gianni gilbert gino glen \
     glenn gonzalo gord gordon graeme graham grant greg gregor grigory guido guillaume guillermo gus gustav gustavo hakan hamid hamza hank hannes \
     harald hari harris harrison harry hartmut harvey hasan hashim heath hector heiko helge henri henrik herbert herman hernan hideki hiro homer \
     horacio horst howard hubert hugh humphrey hussain iain ian ibrahima idris ignacio ike ilan ilham ilya imad imre isaac isaiah ismail istvan ivar \
     ivo jaime jake jakob jamal janos jared jarrod jaroslav jarosław javid jay jed jeff jerome jesper jesus jim jimmy joachim joaquin joel joey johan \
     johann johannes johnny jon jonas jonny jorg josef josep josh juha jules julian julien julio jürg jurgen kai kamal karel karl karsten kazuo keir \
     kelvin ken kenny kent khaled khalil kip kiran kit klaas kobe kofi konrad kris kristian kristof krzysztof kurt kwame lamar lance lech lenny leo \
     leon leonard leonardo leonid leopold leroy lester lev lewis liam lionel lloyd lorenzo lothar louie louis luc luca lucas luciano ludovic luke \
     lukas luther maarten mads magnus mahathir mahmood malcolm malik mamadou manfred manny marc marcel marcelo marcos marcus mariano marius markus \
     marlon martin marty marvin marwan massimo mats matt matthias matthieu maurice mauricio mauro max maxim maxime maximilian mehdi mehmet mel melvin \
     micah michal mick mickey mihai mike mikhael miles milos milton miroslav mitch mitt mohamad mohammad monty morris moses mustapha mykola nabil \
     nadir nasser nathaniel neal ned neil nelson neville niall nick nicolás niels nigel nikhil niklas nikolaus nikos noam norbert norman octavio \
     oliver olivier orlando oscar oskar oswald otis otto owen pascal patricio patrik paulo pavlo pekka percy pete petr petro phil philipp piers piotr \
     pranab rafa rafiq rahim rajesh rakesh ralf rami ramon ramzi rashid raul ravi ray rayan reg reggie reinhard rené rene reuben rex rhys ricardo \
     rick ricky rob robbie roberto rocco rod roderick rodney rodolfo rodrigo rohit roland rolf roman romano ron ronan ronnie rory ross rowan ruben \
     rudolf rudolph rudy rufus ruslan russ rustam saad saeed salim salman salvador salvatore sam sami sammy sandeep sandro sanjeev saul scot \
     sebastian seamus serge sergio seth shane shaun shawn sherman sid siegfried simon slobodan spencer stan stanislav stanley stefan stefano sten \
     steve stewart stuart sunil sven sylvain sylvester syed taha tarek ted terence terrence teun thabo theo theodor theodore thierry thorsten tim \
     timo timur tobias toby todd tom tomas tomasz tommy tony torsten travis trevor tristan troy udo ulrich umar vaclav valentin valery vasily vaughn \
     viktoras vikram vince vinnie vinod virgil vitali vitaly vlad vladislav volker waleed wallace wally warren wendell werner wes wesley wilbur \
     wilfred will willem willy winston wladimir wojciech woody xavier yann yannick yanis yasir yasser yehuda yevgeny yiannis yoav youssef yves zach \
     zack zaid zakir zbigniew zeljko ziad zygmunt";

/// The gender that a first name (lower-case) shows almost without exception: true for women.
#[must_use]
pub fn first_name_is_female(lower: &str) -> Option<bool> {
    let lists = listed(lower);
    if lists & bit::WOMAN != 0 {
        return Some(true);
    }
    (lists & bit::MAN != 0).then_some(false)
}

/// Peoples, countries' adjectives and faiths, which English writes with a capital.
const DEMONYMS: &str = "afghan albanian algerian american angolan argentine argentinian armenian australian austrian azerbaijani azeri bahraini \
     bangladeshi belarusian belgian beninese bhutanese bolivian bosnian botswanan brazilian british bulgarian burmese \
     burundian cambodian cameroonian canadian chadian chilean chinese colombian congolese croatian cuban cypriot czech danish \
     djiboutian dominican dutch ecuadorian egyptian emirati english eritrean estonian ethiopian european fijian filipino \
     finnish french gabonese gambian georgian german ghanaian greek guatemalan guinean guyanese haitian honduran hungarian \
     icelandic indian indonesian iranian iraqi irish israeli italian ivorian jamaican japanese jordanian kazakh kenyan korean \
     kosovar kurdish kuwaiti kyrgyz laotian latvian lebanese liberian libyan lithuanian macedonian malagasy malawian \
     malaysian maldivian malian maltese mauritanian mexican moldovan mongolian montenegrin moroccan mozambican namibian \
     nepalese nepali nicaraguan nigerian nigerien norwegian omani pakistani palestinian panamanian paraguayan persian \
     peruvian polish portuguese qatari romanian russian rwandan salvadoran samoan saudi scottish senegalese serbian \
     singaporean slovak slovenian somali spanish sudanese surinamese swedish swiss syrian taiwanese tajik tanzanian thai \
     tibetan togolese tunisian turkish turkmen ugandan ukrainian uruguayan uyghur uzbek venezuelan vietnamese welsh western \
     yemeni zambian zimbabwean african asian arab latin scandinavian soviet crimean chechen catalan basque balkan baltic \
     californian texan bengali hindu muslim christian jewish islamic catholic protestant sunni shia shiite kashmiri punjabi \
     tamil tigrayan rohingya hispanic";

/// Whether a small word can stand within a name: de, van, bin.
#[must_use]
pub fn is_name_particle(text: &str) -> bool {
    #[rustfmt::skip]
    const PARTICLES: [&str; 26] = [
        "de", "da", "do", "dos", "das", "del", "della", "di", "du", "van", "von", "der", "den", "bin", "bint", "ibn", "al", "la", "le", "el",
        "ul", "e", "ben", "ter", "zu", "af",
    ];
    text.len() <= 5 && text.starts_with(|c: char| c.is_ascii_lowercase()) && PARTICLES.contains(&text)
}

/// Whether a word is an adjective of a country, people, region or faith; plurals (Ukrainians) too.
#[must_use]
pub fn is_demonym(lower: &str) -> bool {
    let among = |word: &str| listed(word) & bit::DEMONYM != 0;
    among(lower) || lower.strip_suffix('s').is_some_and(among)
}

/// Whether a text begins with a vowel sound: "an hour", "a union".
#[must_use]
pub fn begins_with_vowel_sound(text: &str) -> bool {
    let word: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '.').collect();
    let lower = word.to_lowercase();
    let starts = |list: &[&str]| list.iter().any(|start| lower.starts_with(start));
    // Letters said one by one: an FBI agent, a UN envoy.
    let spelt =
        word.chars().filter(|c| c.is_alphabetic()).count() > 1 && word.chars().all(|c| c.is_uppercase() || c == '.');
    if spelt {
        return lower.starts_with(['a', 'e', 'f', 'h', 'i', 'l', 'm', 'n', 'o', 'r', 's', 'x'])
            && !["nato", "sim", "ram", "nasa", "unesco", "unicef"].contains(&lower.as_str());
    }
    if starts(&["hour", "honest", "honor", "honour", "heir"]) {
        return true;
    }
    if starts(&["uni", "use", "usu", "uti", "eu", "ewe", "one", "once", "ukr", "ura", "uru"])
        && !starts(&["unin", "unim", "unid"])
    {
        return false;
    }
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        return lower.starts_with('8') || lower == "11" || lower == "18";
    }
    lower.starts_with(['a', 'e', 'i', 'o', 'u', 'á', 'é', 'í', 'ó', 'ú', 'å', 'ö', 'ä', 'ø'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_each_list_and_nothing_else() {
        let mut keys = std::collections::BTreeMap::new();
        for (bits, words) in super::lists() {
            assert!(words.is_empty() == (bits == 0));
            for word in words.split_ascii_whitespace() {
                let expected =
                    super::lists().iter().filter(|(_, words)| has(words, word)).fold(0, |all, (b, _)| all | b);
                assert_eq!(listed(word), expected, "{word}");
                let known = keys.insert(crate::language::members::key(word.as_bytes()), word);
                assert!(known.is_none_or(|known| known == word), "{word} and {known:?} share a key");
            }
        }
        assert!(keys.len() > 900 && keys.len() * 4 < crate::language::members::SLOTS * 3, "{} words", keys.len());
        assert_eq!([listed(""), listed("xyzzy"), listed("mr mrs")], [0; 3]);
    }

    #[test]
    fn lists_answer() {
        assert!(is_reporting_verb("say") && !is_reporting_verb("walk"));
        assert_eq!(abbreviation("Mr", Some('L')), Some(false));
        assert_eq!(abbreviation("U.S", None), Some(true));
        assert_eq!(abbreviation("no", Some('T')), None);
        assert_eq!(abbreviation("No", Some('5')), Some(false));
        assert_eq!(abbreviation("war", None), None);
        assert_eq!(month("sept."), Some(9));
        assert_eq!(weekday("sunday"), Some(7));
        assert_eq!(time_unit("weeks"), Some("week"));
        assert_eq!(first_name_is_female("maria"), Some(true));
        for (word, vowel) in [
            ("aim", true),
            ("hour", true),
            ("union", false),
            ("European", false),
            ("FBI", true),
            ("UN", false),
            ("8-year", true),
            ("uninvited", true),
            ("one-off", false),
        ] {
            assert_eq!(begins_with_vowel_sound(word), vowel, "{word}");
        }
    }
}
