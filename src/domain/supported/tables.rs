//! The words that the checks know, in bokmål, nynorsk and English.

/// What ends with a full stop that ends no sentence, or has one inside that makes no address; without the last full stop.
pub(super) const ABBREVIATIONS: [&str; 16] =
    ["f.eks", "m.fl", "bl.a", "t.d", "dvs", "d.v.s", "evt", "ev", "inkl", "kl", "nr", "tlf", "ca", "e.g", "i.e", "no"];

/// Numbers as words, with the digits that they stand for.
pub(super) const NUMBERS: [(&str, [&[&str]; 3]); 29] = [
    ("2", [&["to"], &["to"], &["two"]]),
    ("3", [&["tre"], &["tre"], &["three"]]),
    ("4", [&["fire"], &["fire"], &["four"]]),
    ("5", [&["fem"], &["fem"], &["five"]]),
    ("6", [&["seks"], &["seks"], &["six"]]),
    ("7", [&["sju", "syv"], &["sju"], &["seven"]]),
    ("8", [&["åtte"], &["åtte"], &["eight"]]),
    ("9", [&["ni"], &["ni"], &["nine"]]),
    ("10", [&["ti"], &["ti"], &["ten"]]),
    ("11", [&["elleve"], &["elleve"], &["eleven"]]),
    ("12", [&["tolv"], &["tolv"], &["twelve"]]),
    ("15", [&["femten"], &["femten"], &["fifteen"]]),
    ("20", [&["tjue"], &["tjue"], &["twenty"]]),
    ("30", [&["tretti"], &["tretti"], &["thirty"]]),
    ("40", [&["førti"], &["førti"], &["forty"]]),
    ("60", [&["seksti"], &["seksti"], &["sixty"]]),
    ("90", [&["nitti"], &["nitti"], &["ninety"]]),
    ("100", [&["hundre"], &["hundre"], &["hundred"]]),
    ("13", [&["tretten"], &["tretten"], &["thirteen"]]),
    ("14", [&["fjorten"], &["fjorten"], &["fourteen"]]),
    ("16", [&["seksten"], &["seksten"], &["sixteen"]]),
    ("17", [&["sytten"], &["sytten"], &["seventeen"]]),
    ("18", [&["atten"], &["atten"], &["eighteen"]]),
    ("19", [&["nitten"], &["nitten"], &["nineteen"]]),
    ("25", [&["tjuefem"], &["tjuefem"], &["twentyfive"]]),
    ("50", [&["femti"], &["femti"], &["fifty"]]),
    ("70", [&["sytti"], &["sytti"], &["seventy"]]),
    ("80", [&["åtti"], &["åtti"], &["eighty"]]),
    ("1000", [&["tusen"], &["tusen"], &["thousand"]]),
];

/// Days and months, and what else says when; a word is known by its beginning.
pub(super) const CALENDAR: [[&str; 3]; 25] = [
    ["mandag", "måndag", "monday"],
    ["tirsdag", "tysdag", "tuesday"],
    ["onsdag", "onsdag", "wednesday"],
    ["torsdag", "torsdag", "thursday"],
    ["fredag", "fredag", "friday"],
    ["lørdag", "laurdag", "saturday"],
    ["søndag", "sundag", "sunday"],
    ["helg", "helg", "weekend"],
    ["hverdag", "kvardag", "weekday"],
    ["døgn", "døgn", "24"],
    ["sekund", "sekund", "second"],
    ["minutt", "minutt", "minute"],
    ["time", "tim", "hour"],
    ["uke", "veke", "week"],
    ["måned", "månad", "month"],
    ["januar", "januar", "january"],
    ["februar", "februar", "february"],
    ["april", "april", "april"],
    ["juni", "juni", "june"],
    ["juli", "juli", "july"],
    ["august", "august", "august"],
    ["september", "september", "september"],
    ["oktober", "oktober", "october"],
    ["november", "november", "november"],
    ["desember", "desember", "december"],
];

/// The same for words that others begin like; known whole, in all their forms.
pub(super) const CALENDAR_WHOLE: [[&[&str]; 3]; 4] = [
    [&["mars"], &["mars"], &["march"]],
    [&["mai"], &["mai"], &["may"]],
    [&["dag", "dagen", "dager", "dagene"], &["dag", "dagen", "dagar", "dagane"], &["day", "days"]],
    [&["år", "året", "årene"], &["år", "året", "åra"], &["year", "years"]],
];

/// What can do harm where it is told without reason: each row is one thing, by the beginnings of its words.
pub(super) const DANGERS: [&[&str]; 15] = [
    &["passord", "password"],
    &["pin", "puk"],
    &["fødselsnummer", "personnummer", "identity number", "national id"],
    &["bankid"],
    &["slett", "fjern", "delete", "erase", "remove", "wipe"],
    &["formater", "format the"],
    &["installer", "install", "last ned", "laste ned", "lastar ned", "download"],
    &["avinstaller", "uninstall"],
    &["deaktiver", "slå av", "skru av", "disable", "turn off", "switch off", "deactivate"],
    &["tilbakestill", "nullstill", "reset"],
    &["betal", "pay"],
    &["administrator", "admin"],
    &["registerediter", "regedit", "registry"],
    &["brannmur", "antivirus", "firewall"],
    &["del ", "dele ", "share"],
];

/// How a model says that it does not answer, or speaks of itself or of its task.
pub(super) const REFUSALS: [&str; 30] = [
    "none ",
    "språkmodell",
    "language model",
    "as an ai",
    "i cannot",
    "i can t",
    "i am sorry",
    "i m sorry",
    "i am unable",
    "i do not know",
    "i don t know",
    "jeg kan ikke",
    "eg kan ikkje",
    "jeg vet ikke",
    "eg veit ikkje",
    "beklager",
    "orsak ",
    "passage",
    "json",
    "provided text",
    "the article does not",
    "artikkelen sier ikke",
    "artikkelen seier ikkje",
    "artikkelen inneholder ikke",
    "artikkelen inneheld ikkje",
    "teksten sier ikke",
    "my instruction",
    "these instruction",
    "previous instruction",
    "system prompt",
];

/// Words that say that something is not so, in Norwegian and in English; `no` is nynorsk for now, and ends addresses.
pub(super) const NORWEGIAN_NEGATIONS: [&str; 10] =
    ["ikke", "ikkje", "aldri", "ingen", "inga", "ingenting", "uten", "utan", "hverken", "korkje"];
/// The `t` is what is left of `can't` and `isn't`.
pub(super) const ENGLISH_NEGATIONS: [&str; 8] = ["not", "never", "no", "cannot", "without", "nothing", "neither", "t"];

/// Words that join what could stand alone.
pub(super) const CONJUNCTIONS: [&str; 6] = ["og", "men", "eller", "and", "but", "or"];

/// Words that tell the written languages apart: only bokmål, only nynorsk, either of them, only English.
pub(super) const ONLY_NB: [&str; 28] = [
    "ikke",
    "jeg",
    "hvordan",
    "hva",
    "hvor",
    "fra",
    "noe",
    "noen",
    "mye",
    "hvis",
    "være",
    "blir",
    "kommer",
    "gjør",
    "en",
    "et",
    "de",
    "deres",
    "selv",
    "hver",
    "mens",
    "også",
    "bare",
    "sammen",
    "dere",
    "gjøre",
    "fremdeles",
    "etter",
];
pub(super) const ONLY_NN: [&str; 28] = [
    "ikkje", "eg", "korleis", "kva", "kvar", "frå", "noko", "nokon", "mykje", "viss", "vere", "blir", "kjem", "gjer", "ein",
    "eit", "dei", "deira", "sjølv", "kvart", "medan", "òg", "berre", "saman", "de", "gjere", "framleis", "etter",
];
pub(super) const NORWEGIAN: [&str; 24] = [
    "og", "du", "er", "på", "med", "som", "til", "det", "den", "for", "av", "kan", "skal", "må", "deg", "ditt", "din", "har",
    "når", "så", "eller", "om", "over", "ved",
];
pub(super) const ENGLISH: [&str; 24] = [
    "the", "and", "you", "your", "is", "are", "of", "with", "if", "or", "not", "this", "then", "can", "it", "when", "a", "an",
    "by", "from", "must", "should", "that", "will",
];

/// Words of four letters or more that say nothing by themselves.
pub(super) const EMPTY_WORDS: [&str; 85] = [
    "alle", "also", "andre", "bare", "berre", "ble", "blei", "blir", "both", "bruk", "bruke", "burde", "denne", "dersom", "dere",
    "desse", "dette", "disse", "does", "done", "eller", "etter", "finn", "finne", "finner", "fikk", "first", "følg", "følgje",
    "følge", "først", "fyrst", "from", "gjer", "gjere", "gjør", "gjøre", "have", "heile", "hele", "her", "hvis", "ikke", "ikkje",
    "into", "kunne", "like", "made", "make", "mellom", "must", "need", "noen", "nokon", "over", "også", "saman", "sammen",
    "should", "siden", "sidan", "skal", "slik", "some", "such", "that", "their", "them", "then", "there", "they", "this",
    "trenger", "treng", "under", "vera", "vere", "være", "when", "where", "which", "will", "with", "you", "your",
];
