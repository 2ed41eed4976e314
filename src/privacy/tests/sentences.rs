//! Sentences about passwords that tell none, in bokmål and nynorsk; one example a line.

use super::leaves;

#[track_caller]
fn leaves_all(texts: &str) {
    for line in texts.lines() {
        leaves(line);
    }
}

#[test]
fn what_is_said_of_a_password_stays() {
    leaves_all(NORWEGIAN);
}

const NORWEGIAN: &str = r#"
passordet mitt er utløpt
passordet mitt er feil
passordet mitt er gått ut
passordet mitt er glemt
passordet mitt er for kort
passordet mitt er ikke gyldig
passordet mitt er låst
passordet er utgått
passord virker ikke
passordet mitt er det samme
hva er passordet til gjestenettet?
glemt passord
passordregler: minst 14 tegn
passord: hvordan bytter jeg?
bytte passord
passordet mitt er blitt
passordet er på 12 tegn
passordet er 12 tegn
passordet må være minst 14 tegn
Passord: minst 14 tegn
Passord: 14 tegn
har glemt passordet, hvordan får jeg laget et nytt?
passordet mitt er snart utløpt
passordet er utløpt!
passordet mitt er utgåt
eg har gløymt passordet mitt
passordet mitt er gått ut på dato
passord på PC-12345 virker ikke
passordet til PC-12345 er utløpt
passord Office365
passord til Windows 11
passordet er 90 dager gammelt
tilbakestilling av passord:
passord :)
glemt passord :D
passordet er riktig, men jeg får beskjed om feil
passordet og feilen er ABC12345
passordet er sendt på SMS
passordet er "feil"
det står at «passordet er endret»
nytt passord 2 ganger
passordet mitt er likt brukernavnet
brukernavn og passord er feil
brukernavn/passord er utløpt
brukernavn og passord er sendt på SMS
passord: https://minside.no/passord
https://passord.example.no/bytt?lang=nb
passord: ****
passord: <ditt passord>
passord utløper: 12.03.2024
passordet mitt er gammelt og må byttes
passord for bruker: kari23
passordet mitt er hacket
passordet mitt er kjent for andre
passord: må byttes
passordet er passordbeskyttet
er passordet case sensitive?
passordet mitt er 100% riktig
passordet mitt er ok
passordet må ha både store bokstaver, tall og spesialtegn
passord i 1Password
passordet ligger i KeePass2
jeg bruker passord og BankID
mangler passord til PC-en
glemt passord, ring 98765432
passord 98765432
endret passordet i går kl 14.30
sist endret passord 12.03.2024
passordet ble endret 12.03.2024
passord: feil
Passord: Windows
passordet mitt virker ikke på iPhone12
passordet er visst feil
passordet ditt har utløpt
passordet mitt blir ikke godtatt
passordet mitt er ikke riktig
passord ble ikke endret
passorde er rett
Passordet er for gammelt
passordet er synkronisert
passordet er lett å gjette
jeg vet ikke hva passordet er
hva er passordet?
er det riktig passord?
Passordet mitt er utløpt, hva gjør jeg?
Passordet mitt har utløpt
passordet er blitt stjålet
passordet er vel for svakt
Er passordet mitt blitt endret?
Passordet mitt er det ingen som vet
passordet mitt er ikke det samme som før
passordet mitt er byttet nylig
passordet mitt er nettopp endret
passordet mitt er akkurat byttet
passordet mitt er tydeligvis feil
passordet mitt er helt likt som i fjor
passordet mitt er identisk med det gamle
passordet mitt er deaktivert av IT
passordet mitt er tilsendt på mail
passordet mitt er skrevet ned på en lapp
passordet mitt er lagret i nettleseren
passordet mitt er lengre enn 14 tegn
passordet mitt er kun 8 tegn
passordet mitt er mandag utløpt
passordet mitt er vanskelig å huske
passordet mitt er uakseptabelt
passordet mitt er misforstått
passordet mitt er i orden
passordet mitt er av gammel type
passordet mitt er ute av synk
passordet er noe tull
passordet er bare rot
passordet er umulig
passordet mitt er ubrukelig
passordet mitt er oppbrukt
passordet er kryptert
passordet er hashet
passordet er personlig
passordet er hemmelig
passordet er tomt
mitt passord er snart 90 dager gammelt
passord: glemt
passord: husker ikke
passord: vet ikke
passord: det vanlige
passord: samme som før
passord: se vedlegg
passord: sendes på SMS
passord: får ikke byttet
Passord: hjelp!
Passord: jeg får ikke logget inn
Passord: Kan ikke logge inn
Passord: virker ikke etter ferien
Passord: Tilbakestilling
Passord: utløper om 3 dager
Passord: bytte
passord? hvordan
Hvor ofte må jeg bytte passord?
Hva er reglene for passord?
passord må ha minst 1 tall
passord på minst 14 tegn
passordet må inneholde 3 av 4: store, små, tall, spesialtegn
passordet fungerer ikke på PC12345
passordet virker ikke i Outlook2019
passordet mitt i Visma er utløpt
passordet til Teams er borte
jeg har glemt brukernavn og passord
brukernavn og passord virker ikke
brukernavn eller passord er feil
feil brukernavn/passord
Brukernavn/passord: feil
passordene våre er felles
passord for sikker sone: hvordan får jeg det?
passord - hvordan bytte?
passord - glemt
Glemt passord - haster
hei passord er utløpt siden 12.03.2024
passord 14.02.2024
passord, se sak 20241234567
passord ref INV-0012345
passord sak #104233
jeg byttet passord til jobb-PC-en
jeg endret passordet til noe nytt
endret passordet til det gamle
kan dere sette passordet til å aldri utløpe
hvilket passord skal jeg bruke?
passordet til min kollega er utløpt
passordet på gjestenettet er endret
passord i 2024 må være lengre
KeePass2 passord
passordgenerator
Hvem kan passordet til fellesmaskinen?
passordet er over 1 år gammelt
passordet mitt er 3 år gammelt
nytt passord etter 90 dager
passordet er skiftet 12.03.2024
passordet ble satt 2023
Passordet er godtatt, men du stopper på neste
passord er konfigurert
passordet mitt er klart
passordet er greit nok
passordet er OK
passordet mitt er N/A
passordet er synlig for alle
passordet mitt er gyldig til 01.02.2025
passordet mitt er gyldig i 90 dager
Selvbetjening: passord
https://minside.no/passord/bytt?id=12345
C:\Users\kari\passord.txt
passord.xlsx
passordet er ikke godkjent fordi det er for kort
Passordet er i Bitwarden
passordet mitt er kjipt
passordet er tåpelig
passordet mitt er uleselig på skjermen
passordet mitt blir nektet
passordet mitt ble avslått
passordet mitt blir ikke lagret
passordet mitt er på avveie
passordet mitt er kommet på avveie
passordet mitt er sikkert nok
passordet mitt er helt borte
passordet mitt er bare åtte tegn
passordet mitt er bare 8 tegn
passordet mitt er 8
passordet er kjedelig
passordet er å finne i hvelvet
passordet er nok utløpt
passordet mitt er nok feil
passordet mitt er antakelig utløpt
passordet mitt er automatisk generert
passordet er autogenerert
passordet er dobbelt så langt
passordet er laget for lenge siden
passordet er vanskeligere å huske nå
passordet er likt på alle maskiner
passordet mitt er blokkert av Feide
passordet mitt er utsatt for lekkasje
passordet mitt er kommet i en datalekkasje
passordet mitt er eldre enn 90 dager
passordet mitt er midlertidig
passordet er sperra
passordet mitt er gløymt
passordet mitt er ikkje rett
passordet er utgått på dato
passordet er for enkelt
passordet er for likt det forrige
passordet er i bruk
passordet er brukt før
passordet er brukt tidligere
passordet er allerede brukt
passordet er allerede i bruk
passordet er aldri endret
passordet er aldri blitt byttet
passordet var feil
passordet var utløpt da jeg kom tilbake fra ferie
passordet var riktig i går
passordet blir utløpt i morgen
passordet blir borte når jeg lukker nettleseren
passordet virker fint
passordet funker på telefonen men ikke på PC
Passord utgått
Passord utløpt!
Passord glemt
Passord sperret
Passord: utgått
Passord: sperret
Passord: utløpt
Passord: feil
Passord: ikke mottatt
Passord: nytt ønskes
Passord: trenger nytt
Passord: nullstilles
får beskjed om at passordet er "for svakt"
det står "passordet er utløpt"
det står «feil passord» når jeg prøver
feilmeldingen «Feil brukernavn eller passord» kommer opp
"glemt passord" knappen er borte, står "feil"
trykk på «Glemt passord» nederst
Jeg må bytte passord hver 90. dag
passordet mitt må byttes innen 14 dager
passordet mitt utløper om 14 dager
passordet mitt går ut 31.12.2024
passordet mitt går ut på fredag
Trenger nytt passord til Visma
trenger passord for eduroam
passord for wifi
hva er wifi-passordet på møterom 3?
wifi passord?
har dere passordet til møterom B204?
kan jeg få passordet til PC-12345
nytt passord på KONTOR-PC
mitt passord på 12 tegn godtas ikke
minst 14 tegn i passordet
mine passord er lagret i Chrome
passord og brukernavn virker ikke
passord & brukernavn
passord <3
HTTP 401 feil passord
AADSTS50126 feil passord
feil passord AADSTS50126
feil passord ORA-01017
sak INC0012345 passord
passord INC0012345
passord sak INC0012345
bytte passord på iPhone 15
bytte passord iPhone15
passord Outlook 2019
passord MFA/2FA
passordet 2FA-beskyttet
passord win11
passord for Win11-maskin
bruker kari trenger passord raskt
brukeren får feil passord hele tiden
Hei! Passordet mitt sluttet å virke etter oppdateringen i natt.
Etter at jeg byttet passord får jeg ikke inn Outlook på telefonen
jeg har byttet passord, men PC-en vil ha det gamle
kollega har glemt passordet sitt og er på ferie
Vi har felles passord på vaktrommet, er det greit?
Er det lov å dele passord med vikaren?
Passordet til fellesbrukeren på post 3 er utløpt
Passordet til røntgen-PC er skiftet av leverandøren
kven har passordet til AV-anlegget i auditorium 2?
eg får ikkje sett nytt passord, det står at det er for likt
må passordet vere på 14 teikn?
passordet mitt er gått ut medan eg var i permisjon
bruker kari får ikke logget inn, passord er nullstilt 2 ganger
Bruker: karno, passord: utløpt
Brukernavn: karno Passord: glemt
brukernavn karno, passordet er utløpt
Brukernavn karno og passord virker ikke
navn: Kari, tlf: 98765432, problem: passord
passordet mitt er registrert på feil bruker
passordet er riktig skrevet, caps lock er av
passordet er korrekt for det virker på nett
passordet er det jeg alltid bruker
passordet er nytt fra i dag
passordet er gyldig fram til mars
passordet er ukjent for meg
passordet er skrevet på lappen
passordet er sikkert lagret i Edge
passordet er nå endret, takk!
passordet er OK nå
Passordet er klart til bruk
passordet er sendt til sjefen din
passordet er sendt deg på SMS
Passordet er personlig og skal ikke deles
Passordet er ikke mitt
passordet er ikke lenger gyldig
passordet er ikke langt nok
passordet er ikke blitt oppdatert på serveren
Er passordet det samme i Visma og DIPS?
er passordet mitt sendt ut?
er passordet personlig?
et godt passord er langt
et passord er personlig
"#;
