//! Ordinary words: what people say about a password instead of telling it.

use super::lexicon::{Lexicon, PRODUCTS, UNITS, lexicon, trigger};

/// States and properties: "utløpt", "for kort", "not working".
static STATES: Lexicon = lexicon!(
    "utløpt utløper utløpar utgått gått gåttut gløymt glemt glemte glømt mistet mista tapt feil
     galt gale gal rett riktig riktige korrekt korrekte låst låste sperret sperra sperre blokkert
     blokkerte stengt deaktivert aktivert aktiv inaktiv avvist avvises godkjent godtatt godkjend
     ugyldig gyldig ugyldige ukjent ukjend kjent kjend nytt nye ny gammelt gammalt gamle gammel
     likt lik like ulik ulikt ulike samme same annet anna annerledes forskjellig forskjellige
     kort korte kortere lang langt lange lengre sterkt sterk svakt svak trygt trygg utrygt
     usikkert usikker sikkert sikker enkelt enkel vanskelig vanskeleg lett lette komplisert
     tungvint umulig umogleg mulig mogleg hemmelig hemmeleg hemmelige privat personlig personleg
     offentlig felles delt stjålet stole lekket lekka kompromittert hacket hacka hackat endret
     endra byttet bytta skiftet skifta nullstilt nullstillt tilbakestilt resatt resetta resettet
     fornyet fornya oppdatert satt sett sendt lagret lagra skrevet skrive notert lest tastet
     tasta brukt brukte funnet funne borte vekk vekke tomt tom blankt blank klart klar ferdig
     greit grei bra godt god dårlig dårleg ok okei okay fint fin perfekt lov ulovlig nok synlig
     synleg usynlig skjult kryptert beskyttet beskytta påkrevd nødvendig naudsynt valgfritt
     obligatorisk midlertidig mellombels permanent varig fast standard vanlig vanleg uvanlig
     tilfeldig opprinnelig opphavleg forventet forventa blitt vorte vort slettet sletta fjernet
     fjerna opprettet oppretta laget laga generert registrert bekreftet bekrefta tilgjengelig
     utilgjengelig åpent opent lukket stoppet stoppa forkortet skrudd slått håpløst idiotisk teit
     dumt rart rar merkelig mystisk ødelagt øydelagt forandret misbrukt for utdatert expired
     expires expiring wrong incorrect correct right invalid valid locked blocked disabled enabled
     active inactive suspended rejected refused denied accepted forgotten lost gone missing
     unknown known new old older short shorter long longer weak strong safe unsafe secure
     insecure secret private public shared stolen leaked hacked compromised changed reset updated
     set sent saved stored written typed entered used found empty clear ready done fine good bad
     great perfect enough visible hidden encrypted protected required needed necessary optional
     mandatory temporary default random original different similar identical easy hard difficult
     simple complex complicated impossible possible useless broken working failing asking getting
     going due out outdated about case sensitive available unavailable created generated
     registered confirmed deleted removed stopped not no never always unique strict numeric
     alphanumeric too very quite stuck ignored cached synced printed attached below above true
     false null none yes uakseptabelt hashet hashed nekta merka knekka cracka nytta fiksa ordna
     testa gløymd stengd ute inne oppe nede bedre betre verre eldre nyere nyare enklere enklare
     sikrere sikrare sterkere sterkare svakere svakare kortare norsk engelsk ekte falskt kjedelig
     weird strange odd funny silly dumb stupid crap gibberish nonsense overdue obsolete pending
     live up down off over confidential personal tricky messy lengthy faulty dodgy risky fake
     real genuine everywhere nowhere somewhere history toast dead between across unchanged
     wrongly misspelled"
);

/// Small words, and nouns and verbs that go with passwords in ordinary sentences.
static COMMON: Lexicon = lexicon!(
    "å jeg eg æ e je du han hun ho den det de vi me dere dei man en ein ei et eit meg deg oss seg
     sjøl selv sjølv noe noko noen nokon ingen ingenting alt alle alltid aldri mitt min mi mine
     ditt din dine vårt vår hans hennes deres sitt sin dette denne disse desse er var blir ble
     blei har hadde hatt ha være vere vært vore skal skulle vil ville kan kunne må måtte bør får
     fikk fått fekk går gikk gjør gjer gjorde kommer kjem kom sier seier sa står stod virker
     verkar fungerer funker fungere virke heter heiter vet veit tror trur mener meiner håper
     prøver prøvde prøvd trenger treng ønsker ber bedt spør spurte logger logget logge skriver
     skriv skrev taster bruker brukar bytter byttar bytte byte endre endrer endrar skifte skifter
     nullstill nullstille tilbakestille tilbakestilling hjelp hjelpe kontakt kontakte ring ringe
     send sende gi gje bestill bestille gå se sjå finn finne husk huske hugse husker hugsar ikke
     ikkje ja jo nei nope hei hallo heisann takk hilsen mvh nå no da så som at om men og eller
     for fordi hvis dersom når mens til te på i av med uten utan fra frå hos ved over under etter
     før mellom mot gjennom ut inn opp ned her der hit dit hvor kor hvordan korleis hva kva hvem
     kven hvilket hvilken hvilke hvorfor kvifor bare berre også òg enda ennå endå fortsatt
     framleis fremdeles igjen allerede snart nettopp akkurat egentlig kanskje vel altså slik sånn
     likevel dessverre diverre nemlig faktisk visst minst maks maksimum minimum mer meir mye
     mykje flere fleire færre noenlunde ganske veldig svært litt helt heilt nesten omtrent ca
     cirka ellers elles først sist sidan siden lenge lengst krav kravene regel regler reglar
     rutine rutiner policy lengde utløp utløpsdato varighet gyldighet gyldigheit bytting endring
     problem problemer problemet feilmelding feilmeldingen melding beskjed varsel spørsmål svar
     tips info informasjon veiledning rettleiing administrasjon administrator synkronisering lås
     låsing sperring tilgang tilgangen navn navnet namn namnet fornavn fornavnet fornamn
     etternavn etternavnet etternamn brukernavn brukernavnet brukarnamn brukarnamnet brukeren
     brukarar brukere fødselsdato fødselsdatoen fødselsdag bursdag bursdagen telefonnummer
     telefonnummeret mobilnummer epost eposten epostadresse konto kontoen pc pcen maskin maskina
     skjerm tastatur telefon telefonen mobil mobilen app appen system systemet systemer nettverk
     gjestenett gjestenettet internett jobb jobben hjemme heime skole skolen kommunen sykehuset
     sjukehuset ansatt ansatte tilsette student studenter elev elever kollega sjefen leder lege
     pasient it ikt helpdesk brukerstøtte kundeservice servicedesk kundesenter tegn teikn
     bokstaver store små tall siffer spesialtegn mellomrom kombinasjon ord ordet setning kode
     koden pin sms lapp lappen papir hvelv fil filen dokument boks safe ukjent mangler manglar
     påminnelse stemmer stemte passer utløpsdatoen a an the you he she we they him us them my
     your his its our their this that these those there here is are was were be been being am do
     does did done have has had having will would shall should can could may might must need
     needs want wants get gets got go goes went come comes keep keeps say says said know knows
     think tell try tries tried use uses using log logging login sign please help how what who
     whom which when where why and or but if because so then than as of by to from in into on
     onto off with without again still just only also even yet already soon really actually
     probably maybe perhaps sorry hello hi hey dear thanks thank regards sincerely any some all
     every each both either neither nothing something anything everything someone anyone everyone
     haster viktig viktige akutt urgent important asap prioritet høy lav middels high low kritisk
     critical gratis via årsaken grunnen saken utfordringen nøkkelen feilen løsningen svaret
     raskt fort snarest raskest raskare hver hvert kvar kvart nullstilles nullstillast byttes
     bytast endres endrast sendes sendast lagres fornyes resettes oppdateres settes utløpe
     opprettes slettes trengs ønskes kreves yesterday today tomorrow recently earlier later nylig
     tidligere tidlegare tull rot surr tøys rubbish more most less least much many few little lot
     lots maximum length rules rule requirements requirement expiry expiration change changes
     changing update recovery manager management settings setting field box prompt screen error
     message question issue problems user users username name names email mail phone number
     account accounts computer laptop device work home office desk support team network website
     site page link characters letters digits symbols uppercase lowercase one two three wifi n na
     tbd todo gjelder gjeld vedrørende angående emne tema subject re sv vs videresendt mangel
     eksempel example hint null nil required undefined empty incorrect"
);

/// Ends of adjectives, and of participles that are not in -t.
const STATE_ENDS: &[&str] =
    &["ing", "ere", "ete", "sikker", "lig", "leg", "lige", "isk", "løs", "laus", "ende", "ed", "able", "ible"];

/// Ends in -t that are hardly those of an adjective or participle: "kjærlighet", "Robert", "elefant", "midnight".
const NOUN_ENDS: &[&str] = &["het", "bert", "ant", "ent", "ist", "ust", "est", "ost", "øst", "ft", "it", "ight", "att"];

/// True for a listed word, that people say about a password, so that it is hardly the password itself.
pub(super) fn is_ordinary(word: &str) -> bool {
    let parts: Vec<_> = word.split(['-', '/', '.', '_']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => true,
        _ if word.contains('@') => false,
        [single] => is_listed(single),
        [_, _] => parts.iter().any(|part| is_listed(part) || trigger(part).is_some()),
        several => several.iter().all(|part| is_listed(part)),
    }
}

/// True for a word with the form of one that says how something is; after "passordet er" those end in -t.
pub(super) fn sounds_like_a_state(word: &str) -> bool {
    let length = word.chars().count();
    let neuter = word.ends_with('t') && !NOUN_ENDS.iter().any(|end| word.ends_with(end));
    length > 3 && neuter || length > 5 && STATE_ENDS.iter().any(|end| word.ends_with(end))
}

fn is_listed(word: &str) -> bool {
    let listed = STATES.has(word) || COMMON.has(word) || UNITS.has(word) || PRODUCTS.has(word);
    listed || word.contains(['\'', '’']) || STATES.nearly_has(word)
}
