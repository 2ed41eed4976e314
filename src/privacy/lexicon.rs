//! The words around a password: what announces it, what leads to it, what it never is.

use std::collections::HashSet;
use std::sync::LazyLock;

/// What announces a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trigger {
    /// "passord", "password", "pwd" and their compounds.
    Password,
    /// "pass": also a passport, so it says less.
    Pass,
    /// "PIN", "PUK", "pinkode", "engangskode".
    Pin,
    /// "kode": says something only with "min".
    Code,
}

/// Words that are looked up as a set.
pub(super) struct Lexicon(LazyLock<HashSet<&'static str>>);

impl Lexicon {
    /// A set of the words in a text, made when it is first asked.
    pub(super) const fn new(words: fn() -> HashSet<&'static str>) -> Self {
        Self(LazyLock::new(words))
    }

    /// True if the set has the word, in lower case.
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// True if a word of the set is one typing error away.
    pub(super) fn nearly_has(&self, word: &str) -> bool {
        let long = |word: &str, length| word.chars().nth(length).is_some();
        long(word, TOO_SHORT_FOR_TYPOS - 1) && self.0.iter().any(|known| long(known, TOO_SHORT_FOR_TYPOS) && is_typo(word, known))
    }
}

/// Makes a `Lexicon` of words with white space between them.
macro_rules! lexicon {
    ($words:literal) => {
        $crate::privacy::lexicon::Lexicon::new(|| $words.split_whitespace().collect())
    };
}
pub(super) use lexicon;

/// Words of this length or less are taken as they stand.
const TOO_SHORT_FOR_TYPOS: usize = 5;

/// What people mean to type; typing errors are measured from these.
const SPELLINGS: [&str; 8] = ["passord", "passordet", "passorde", "passorda", "passordene", "password", "passwords", "passwort"];

static PASSWORDS: Lexicon = lexicon!(
    "passwd pwd pw pword psw pswd passw passphrase passfrase passfrasen løsenord lösenord
     lösenordet kodeord kodeordet"
);
static PINS: Lexicon = lexicon!(
    "pin pinen pinkode pinkoden pinkodene pinnkode pinnkoden pinkod pincode pinnummer pinnummeret
     puk puken pukkode pukkoden passcode passkode passkoden engangskode engangskoden engongskode
     engongskoden sikkerhetskode sikkerhetskoden tryggleikskode tryggleikskoden tilgangskode
     tilgangskoden adgangskode adgangskoden låsekode låsekoden låskode låskoden skjermlåskode
     skjermlåskoden alarmkode alarmkoden dørkode dørkoden portkode portkoden safekode safekoden
     smskode smskoden bekreftelseskode bekreftelseskoden"
);
static CODES: Lexicon = lexicon!("kode koden code");

/// "mitt", "my": stand between the trigger and the verb, or before the trigger.
pub(super) static POSSESSIVES: Lexicon = lexicon!(
    "mitt mit min mi mine mett ditt din hans hennes hennar deres dykkar vårt vår vårres sitt sin
     my your his her their our the its"
);

/// Words that may follow the trigger when more is said about it before the verb comes.
pub(super) static OPENERS: Lexicon = lexicon!(
    "mitt mit min mi mett ditt din hans hennes hennar deres vårt vår til te på for i hos ved fra
     frå med av of to on in at from with jeg eg æ e je vi du han hun ho de som that which we you
     he she they skal skulle bør vil må kan kunne should will shall must can has har hadde nå no
     now her here"
);

/// Verbs that equate.
pub(super) static COPULAS: Lexicon = lexicon!(
    "er e æ ær var vart blir ble blei blitt vorte vere være vært vore is was are be been becomes
     heter heiter equals lyder"
);

/// Words between the verb and the secret.
pub(super) static FILLERS: Lexicon = lexicon!(
    "nå no now fortsatt framleis fremdeles still altså jo vel bare berre just simply da så so
     currently actually egentlig eigentleg følgende følgjande følger nemlig visst kanskje trolig
     probably maybe ikke ikkje not ordet som lik equal opprinnelig originalt opphavleg tidligere
     tidlegare forrige stadig definitivt helt sikkert muligens antagelig antakelig faktisk
     originally previously definitely basically literally supposed to be"
);

/// Words between several secrets: "Sommer24, nå er det Vinter24".
pub(super) static LIST_WORDS: Lexicon = lexicon!(
    "eller og or and til to så then men but evt eventuelt nytt nye ny new gammelt gamle gammel
     old det it er is var was nå no now"
);

/// Words that end the search for a verb.
pub(super) static BREAKS: Lexicon = lexicon!(
    "og men and but or eller fordi because når when hvis if dersom at siden so mens while hvordan
     how korleis hva kva what why hvorfor"
);

/// Words that may follow a secret which is an ordinary word.
pub(super) static CLOSERS: Lexicon = lexicon!(
    "og men eller and but or fordi because så so hilsen helsing mvh vh takk thanks regards nå no
     now hvis if når da kan can jeg eg i det den it hva kva hvorfor kvifor why please hjelp help
     virker verkar fungerer funker funkar works brukernavn brukarnamn bruker brukar user username
     login pin vennlig klem fra igjen forresten btw"
);

/// Labels of a user name.
pub(super) static USERS: Lexicon = lexicon!(
    "bruker brukar brukeren brukaren brukernavn brukernavnet brukarnamn brukarnamnet brukernamn
     brukerid brukarid user username usr userid uid login loginnavn logon epost email mail post
     ident id kontonavn"
);

/// Words that announce a user name and a password together.
pub(super) static LOGINS: Lexicon = lexicon!(
    "login logon innlogging innlogginga pålogging påloggingen pålogginga innloggingen logg logge
     logger logget logga loggar loggin log logged logging bruker brukar brukernavn brukarnamn
     user username credentials prøvde prøver prøvd prøvar prøvt tried using brukte brukt
     legitimasjon"
);

/// Words between those and the user name.
pub(super) static LOGIN_LINKS: Lexicon = lexicon!(
    "inn på in on med with as som er is using bruker brukar brukernavn brukarnamn user min mitt
     my mine info innlogging login å"
);

/// Verbs of giving a new password.
pub(super) static CHANGES: Lexicon = lexicon!(
    "byttet bytta bytter bytte byttar endret endra endrer endre endrar satt satte set sett sette
     setter skiftet skifta skifter skifte oppdatert oppdaterte resatt resatte reset resetta
     resettet nullstilt nullstilte nullstill changed change changing updated forandret"
);

/// Words which say that there is no password to tell, or only a topic.
pub(super) static DOUBTS: Lexicon = lexicon!(
    "glemt glemte gløymt gløymde glømt glemmer forgot forgotten bytte byte endre endring skifte
     nullstille nullstill tilbakestille tilbakestilling reset resetting change feil wrong problem
     problemer om angående gjelder gjeld about emne subject tema"
);

/// Labels after which something other than the password follows.
pub(super) static OTHER_LABELS: Lexicon = lexicon!(
    "bruker brukar brukernavn brukarnamn user username rom room tlf telefon pc maskin navn namn
     name epost email sak saksnummer ticket feilkode error kode code id dato date url link lenke
     server host spørsmål question feil feilmelding svar"
);

/// What numbers count.
pub(super) static UNITS: Lexicon = lexicon!(
    "dag dager dagar dagers døgn tegn teikn bokstaver bokstavar siffer sifre siffers tall tal år
     års mnd måned måneder månad månader uke uker veke veker time timer timar minutt minutter
     minuttar min sekund sekunder ganger gonger gang gong forsøk kr prosent stk brukere brukarar
     ansatte day days character characters chars char digit digits letter letters year years
     month months week weeks hour hours minute minutes second seconds times attempts tries
     percent of av tegns sifret sifra d"
);

/// Names that carry digits or odd capitals without being secrets.
pub(super) static PRODUCTS: Lexicon = lexicon!(
    "office windows win exchange server sharepoint onedrive onenote powerpoint outlook teams
     excel word access project visio powerbi intune entra azure bankid minid idporten buypass
     commfides feide google gmail chrome firefox edge safari iphone ipad ipados ios macos macbook
     imac mac android samsung galaxy pixel lenovo thinkpad dell hp surface citrix vmware
     forticlient anyconnect globalprotect cisco zoom adobe acrobat photoshop sap visma agresso
     unit public360 websak elements ephorte dips metavision gerica profil cosdoc partus
     helseplattformen hso canvas inspera fs leganto zotero endnote spss nvivo matlab keepass
     lastpass bitwarden bitlocker github gitlab youtube linkedin facebook messenger wifi
     eduroam wlan vpn lan wpa aes rsa sha tls ssl ldap saml oauth mfa fa m covid adm ad mfp ricoh
     canon konica papercut safecom followprint eid rfid nfc usb hdmi vga bluetooth servicenow
     jira confluence norid altinn aadsts ora http https event eventid error kb helsenorge skype
     webex webcam authenticator microsoft apple oracle unix linux ubuntu debian"
);

/// What a word announces, if anything.
pub(super) fn trigger(word: &str) -> Option<Trigger> {
    match word {
        "pass" => Some(Trigger::Pass),
        _ if PINS.has(word) => Some(Trigger::Pin),
        _ if CODES.has(word) => Some(Trigger::Code),
        _ if PASSWORDS.has(word) || is_password(word) => Some(Trigger::Password),
        _ => None,
    }
}

fn is_password(word: &str) -> bool {
    let compound = ["passord", "passordet", "password"].iter().any(|end| word.ends_with(end));
    let likely = word.starts_with(['p', 'o', 'a', 'å']) && word.chars().count() > TOO_SHORT_FOR_TYPOS;
    compound || (likely && SPELLINGS.iter().any(|spelling| is_typo(word, spelling)))
}

/// True if the words are equal but for one letter: missing, added, replaced, or swapped with the next.
fn is_typo(left: &str, right: &str) -> bool {
    let alike = left.chars().zip(right.chars()).take_while(|(left, right)| left == right);
    let head = alike.map(|(char, _)| char.len_utf8()).sum();
    let (Some(left), Some(right)) = (left.get(head..), right.get(head..)) else {
        return false;
    };
    let (mut left_tail, mut right_tail) = (left.chars(), right.chars());
    let (first, second) = (left_tail.next(), right_tail.next());
    let replaced = left_tail.as_str() == right_tail.as_str();
    let missing_or_added = left_tail.as_str() == right || left == right_tail.as_str();
    let (third, fourth) = (left_tail.next(), right_tail.next());
    let swapped = third == second && fourth == first && left_tail.as_str() == right_tail.as_str();
    replaced || missing_or_added || swapped
}
