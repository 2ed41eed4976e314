//! Passwords and PINs, as people tell them in bokmål, nynorsk and English; one example a line.

use super::{Kind, takes_out};

#[track_caller]
fn takes_out_all(marked: &str) {
    for line in marked.lines() {
        takes_out(Kind::Password, line);
    }
}

#[test]
fn a_sentence_tells_a_password() {
    takes_out_all(SENTENCES);
}

#[test]
fn a_label_announces_a_password() {
    takes_out_all(LABELS);
}

#[test]
fn typing_errors_do_not_hide_a_password() {
    takes_out_all(TYPING_ERRORS);
}

#[test]
fn several_passwords_stand_in_a_row() {
    takes_out_all(SEVERAL);
}

#[test]
fn user_names_lead_to_passwords() {
    takes_out_all(PAIRS);
}

#[test]
fn pins_and_codes_are_secrets_too() {
    takes_out_all(PINS);
}

#[test]
fn addresses_settings_and_commands_carry_passwords() {
    takes_out_all(MACHINES);
}

#[test]
fn a_password_may_stand_on_the_next_line() {
    takes_out(Kind::Password, "Brukernavn: kari\nPassord:\n⟦Sommer24⟧\nHilsen Kari");
    takes_out(Kind::Password, "Passord:\t⟦Sommer24⟧\r\n");
    takes_out(Kind::Password, "Passord\u{A0}:\u{202F}⟦Sommer24⟧");
}

const SENTENCES: &str = r#"
passordet mitt er ⟦Sommer2024!⟧
passordet mitt er ⟦Sommer2024!⟧ og det virker ikke
password is ⟦hunter2⟧
My password is ⟦hunter2⟧, but it does not work.
mitt passord er ⟦fotball⟧
passordet mitt er ⟦sommer⟧
passordet mitt er ⟦sommer⟧.
passordet mitt er ⟦sommer⟧ men det virker ikke
eg har passordet ⟦Haust25⟧
passordet er "⟦blå hest 42⟧"
passord «⟦Sommer24⟧» virker ikke
wifipassordet er ⟦Gjest-2025⟧
passordet til gjestenettet er ⟦Gjest2025⟧
the password for my account is ⟦Winter2023⟧
passordet jeg bruker er ⟦Sommer24⟧
byttet passordet til ⟦Sommer24⟧ i går
I changed my password to ⟦Summer24!⟧
⟦Sommer2024!⟧ er passordet mitt
⟦hunter2⟧ is my password
bruker ⟦Sommer24⟧ som passord
passordet mitt er ⟦Sommer 2024⟧
passordet er nå ⟦Sommer24⟧
passordet mitt skal være ⟦Sommer24⟧
passordet er satt til ⟦Sommer24⟧
passordet mitt er ⟦Liverpool⟧ og det funker ikke
passordet mitt er «⟦sommer⟧»
passordet mitt er '⟦sommer⟧'
passordet mitt er ⟦123456⟧
passord ⟦123456⟧
pw ⟦Sommer24⟧
pw er ⟦Sommer24⟧
passordet var ⟦Sommer24⟧
passord er ⟦Velkommen1⟧
passordet hennes er ⟦Sommer24⟧
Ditt midlertidige passord er ⟦Abc12345⟧
passordet mitt er ⟦qwerty⟧
passordet er ⟦qwerty⟧
passordet mitt er ⟦$ommer⟧
passordet mitt er ⟦Sommer2024!⟧, kan dere sjekke?
er passordet mitt ⟦Sommer24⟧?
passordet mitt er ⟦sommer⟧ kan dere hjelpe
mitt passord ⟦sommer24⟧ funker ikke
jeg skrev inn passord ⟦Sommer24⟧
passord ⟦admin123⟧
Passordet mitt er ⟦Fotball123⟧, kan du sjekke om kontoen er låst?
hei, jeg heter Kari og passordet mitt er ⟦kattepus⟧
Jeg bruker passordet "⟦fotball⟧" på jobb-PC-en
pw er ⟦12345678⟧
Eg heiter Kari, passordet mitt er ⟦Sommar2024⟧
passordet mitt er ⟦sommar⟧
passordet mitt på jobb er ⟦Sommar2024⟧
eg nyttar passordet ⟦Haust2024!⟧
passordet mitt er "⟦sommer 2024⟧"
passordet mitt er (⟦Sommer24⟧)
passordet mitt, ⟦Sommer24⟧, virker ikke
passordet (⟦Sommer24⟧) virker ikke
passordet mitt (⟦Sommer24⟧) virker ikke
nytt passord blir ⟦Vinter25⟧
passordet er ⟦Sommer24⟧. Hva nå?
I use password ⟦Summer24⟧ on my laptop
pass er ⟦hunter2⟧
my pass is ⟦hunter2⟧
passord mitt er ⟦Sommer24⟧
passordet mitt var ⟦Sommer24⟧ før
passordet mitt heter ⟦Sommer24⟧
jeg satte passordet til ⟦Sommer24⟧
temporary password ⟦Abcd1234⟧
wifi passordet er ⟦gjest1234⟧
passord til wifi er ⟦gjest1234⟧
bankid-passordet mitt er ⟦Sommer24⟧
passordet for kari er ⟦Sommer24⟧
passordet mitt er '⟦Sommer24⟧'
passordet mitt er `⟦Sommer24⟧`
passordet mitt er ⟦Sommer24⟧ :)
passordet er ⟦Sommer24😀⟧
passordet mitt er ⟦hest-batteri-stift⟧
mitt passord er egentlig bare ⟦Sommer24⟧
passordet mitt har blitt ⟦Sommer24⟧
passordet var opprinnelig ⟦Sommer24⟧
kan dere sette passordet til ⟦Velkommen1⟧?
passordet mitt er ⟦test⟧
passordet mitt er ⟦test123⟧
passordet mitt er ⟦kaffekopp⟧
passordet mitt er ⟦pizza⟧
passordet mitt er ⟦hund⟧
passordet mitt er ⟦kattepus123⟧
passordet mitt er ⟦Oslo⟧
passordet mitt er ⟦norge⟧
passordet mitt er ⟦fotballkamp⟧
passordet mitt er ⟦bestemor⟧.
passordet mitt er ⟦velkommen⟧
passordet mitt er ⟦solskinn⟧
passordet mitt er ⟦liverpool!⟧
my password is ⟦monkey⟧
my password is ⟦dragon⟧.
my password is ⟦letmein⟧
my password is ⟦sunshine⟧, please help
my password is ⟦Password1⟧
my password is ⟦football⟧ but it doesn't work
pw ⟦monkey1⟧
passordet er ⟦qwerty123⟧
passordet mitt er ⟦haust⟧
passordet mitt er ⟦høst⟧
passordet mitt er ⟦vår2024⟧
passord er "⟦vinter⟧"
Passordet er ⟦AbC⟧
passordet mitt er ⟦blå hest batteri⟧
"#;

const LABELS: &str = r#"
passord: ⟦xyz⟧
pw: ⟦Abc123⟧
pwd=⟦hunter2⟧
nytt passord: ⟦Høst2025⟧
wifi-passord: ⟦gjest123⟧
passord - ⟦Sommer24⟧
passord -> ⟦Sommer24⟧
**Passord:** ⟦Sommer24⟧
Passord: ⟦12345⟧
passord=⟦P@ss&word1⟧
passord : ⟦Sommer24⟧
Passordet ditt er: ⟦Abc12345⟧
passphrase: ⟦correct-horse-battery⟧
passord: ⟦!#%&/()=⟧
passordet=⟦Sommer24⟧
Passord: ⟦Sommer⟧
password: ⟦letmein⟧
her er passordet mitt: ⟦Sommer24⟧
passordet mitt: ⟦sommer⟧
passord for VPN: ⟦Sommer24⟧
Passord VPN: ⟦Sommer24⟧
passord (wifi): ⟦Sommer24⟧
mitt passord: ⟦Haust2024!⟧
passordet mitt=⟦Haust2024!⟧
passord:⟦Haust2024!⟧
Passord – ⟦Sommer24⟧
passordet mitt er: ⟦sommer⟧
Password: ⟦P@ssw0rd⟧
Password: "⟦P@ss w0rd⟧"
pass: ⟦hunter2⟧
pass=⟦hunter2⟧
engangspassord: ⟦83hd72⟧
passord på gjestenett: ⟦gjest1234⟧
passord hjemme: ⟦Sommer24⟧
BankID passord: ⟦Sommer24⟧
passordet mitt er **⟦Sommer24⟧**
ok passord = ⟦sommer⟧
password: ⟦monkey⟧
Password = ⟦monkey⟧
pw: ⟦monkey⟧
pwd: ⟦qwerty⟧
passord: ⟦høst⟧
passord: ⟦haust⟧
passordet mitt er: ⟦Fjell-tur-99⟧
passord: ⟦Fjelltur#99⟧
passord: ⟦9mXq!z⟧
passord: ⟦aB3$⟧
passord:⟦1234⟧
"#;

const TYPING_ERRORS: &str = "
passorde mitt er ⟦Sommer24⟧
passrodet mitt er ⟦Sommer24⟧
pasordet mitt er ⟦sommer⟧
passord mit er ⟦Sommer24⟧
passordet mitt e ⟦Sommer24⟧
pass ordet mitt er ⟦Sommer24⟧
PASSORD: ⟦HAUST2024⟧
PASSORDET MITT ER ⟦SOMMER⟧
paswordet mitt er ⟦Sommer24⟧
passwordet mitt er ⟦Sommer24⟧
PASSORD: ⟦abc⟧
";

const SEVERAL: &str = "
prøvd passord ⟦Sommer24⟧, ⟦Sommer25⟧ og ⟦Sommer26⟧
passordet er ⟦Sommer24⟧ eller ⟦Vinter24⟧
gammelt passord: ⟦Sommer24⟧, nytt: ⟦Vinter24⟧
passordet er ⟦Sommer24⟧, nytt er ⟦Vinter24⟧
Jeg endret passord fra ⟦Sommer24⟧ til ⟦Vinter24⟧
endret passordet mitt fra ⟦Sommer24⟧ til ⟦Vinter24⟧
changed my password from ⟦Summer24⟧ to ⟦Winter24⟧
";

const PAIRS: &str = "
brukarnamn kari passord ⟦Haust25⟧
kari / ⟦Sommer24⟧
login: kari, pass: ⟦xxx⟧
bruker: ola pass: ⟦x⟧
brukernavn/passord: ola/⟦Vinter1⟧
brukernavn og passord: ola ⟦Vinter1⟧
brukernavn og passord er ola og ⟦vinter⟧
logger inn med kari / ⟦Sommer24⟧
Logger inn med brukernavn kari og passord ⟦Sommer24⟧
innlogging: kari ⟦Sommer24!⟧
login kari:⟦Sommer24⟧
brukernavn: kari.nordmann@example.no passord: ⟦Sommer24⟧
bruker kari, passord ⟦sommer⟧
passord/brukernavn: ⟦Sommer24⟧/kari
username: ola password: ⟦letmein⟧
brukernavn: admin, passord: ⟦admin⟧
jeg har prøvd passordet ⟦Vinter2023⟧ men får ikke logget inn
mitt brukernavn er karno og passordet er ⟦Sommer2023⟧
Brukernavn: karno Passord: ⟦Sommer2023⟧
brukernavn karno, passord ⟦Sommer2023⟧
bruker=karno&passord=⟦Sommer2023⟧
my username is kari and my password is ⟦Summer24⟧
username kari password ⟦Summer24⟧
user: kari pw: ⟦Summer24⟧
kari:⟦Sommer2024⟧
kari/⟦Sommer2024⟧
kari.nordmann / ⟦Sommer2024!⟧
kari.nordmann@example.no / ⟦Sommer2024!⟧
kari.nordmann@example.no ⟦Sommer2024!⟧
Prøvde kari / ⟦Sommer24⟧ men det virker ikke
Her er innloggingen min: kari / ⟦Sommer24⟧
påloggingen er kari / ⟦sommer24⟧
admin/⟦Passord123⟧
logg inn med bruker admin og passord ⟦admin⟧
logg inn med kari123 og ⟦Sommer24⟧
brukarnamn: ola, passord: ⟦Haust25!⟧
Brukarnamnet mitt er ola og passordet er ⟦Haust25⟧
brukernavn=ola passord=⟦Haust25⟧
brukernavn ola / passord ⟦Haust25⟧
Bruker: ola | Passord: ⟦Haust25⟧
user ola pass ⟦Haust25⟧
ola@example.no / ⟦Haust25!⟧
innlogging ola / ⟦Haust25⟧
";

const PINS: &str = r#"
PIN ⟦1234⟧
pinkoden min er ⟦4821⟧
PIN-kode: ⟦1234⟧
PIN-koden min er ⟦1234⟧ og den er feil
puk: ⟦12345678⟧
koden min er ⟦4821⟧
pin ⟦12 34⟧
PINen er ⟦9876⟧
min pin er ⟦0000⟧
my pin is ⟦4821⟧
PIN code is ⟦4821⟧
smartkort-PIN: ⟦482193⟧
engangskoden er ⟦123456⟧
PIN: ⟦1234⟧, hva nå?
PIN-koden til kortet er ⟦4821⟧
pin: ⟦0000⟧
PIN-koden er ⟦4321⟧
PIN koden min er ⟦4321⟧
mobilens pin er ⟦4321⟧
pinkode ⟦4321⟧
Pinkode: ⟦4321⟧
min pinkode er ⟦4321⟧
min PIN-kode er ⟦4321⟧, men kortet er sperret
pukkoden er ⟦12345678⟧
PUK-koden er ⟦12345678⟧
my PIN: ⟦4321⟧
The PIN is ⟦4321⟧
the PIN for my smart card is ⟦4321⟧
ny PIN er ⟦9988⟧
passcode: ⟦1234⟧
passcode is ⟦123456⟧
kodeord: ⟦Sommer24⟧
sikkerhetskode ⟦4821⟧
alarmkoden er ⟦4821⟧
koden min: ⟦4821⟧
min kode er ⟦4821⟧
my code is ⟦4821⟧
pin:⟦1234⟧
pin ⟦1234!⟧
PIN-kode ⟦123456⟧
PIN er: ⟦1234⟧
Min BankID-PIN er ⟦1234⟧
Pinkoden på kortet er ⟦1234⟧
PIN til smartkort: ⟦123456⟧
PIN (⟦1234⟧)
"PIN": "⟦1234⟧"
"#;

const MACHINES: &str = r#"
https://x.no/login?user=ola&password=⟦hunter2⟧&x=1
https://ola:⟦hemmelig1⟧@host.no/path
Server=x;User Id=sa;Password=⟦Abc⟧;Database=y
DB_PASSWORD=⟦abc123⟧
"password": "⟦hunter2⟧"
{'user':'kari','password':'⟦pass word⟧'}
--password ⟦Sommer24⟧
net use /user:kari /pass:⟦Sommer24⟧
user/pass: admin/⟦admin⟧
https://example.no/?passord=⟦Haust25⟧
https://example.no/login?u=ola&pwd=⟦Haust25⟧#top
ftp://ola:⟦haust⟧@example.no/fil
"#;
