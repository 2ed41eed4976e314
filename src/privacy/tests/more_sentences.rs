//! Sentences about passwords and PINs that tell none, in English and about pairs and codes; one example a line.

use super::leaves;

#[track_caller]
fn leaves_all(texts: &str) {
    for line in texts.lines() {
        leaves(line);
    }
}

#[test]
fn what_is_said_of_a_password_in_english_stays() {
    leaves_all(ENGLISH);
}

#[test]
fn what_is_said_of_pins_and_codes_stays() {
    leaves_all(CODES);
}

#[test]
fn pairs_that_are_no_user_and_password_stay() {
    leaves_all(PAIRS);
}

const ENGLISH: &str = "
password is not working
my password is expired
password is wrong
password is incorrect
password reset
what is the password for guest wifi?
my password is about to expire
the password is too short
password must be 14 characters
password: required
password: YES
user.name@passord.no
my password is the same as before
my password is compromised
password is 90 days old
password for user kari
your password has expired
I forgot my password
The password is stored in Azure
my password is about to expire in 3 days
my password is no longer accepted
my password is not recognised
my password is not recognized
my password is stuck
my password is being rejected
the password is correct but I can't log in
password is case-sensitive
password is required
password is invalid
password is set to expire
password is needed
my password was reset yesterday
my password was changed
password was leaked
is my password safe?
how do I change my password?
change password: where?
password change
password policy: at least 14 characters
password: minimum 14 characters
password: forgotten
username or password is incorrect
Invalid username/password
login: virker ikke
login failed: user kari
user kari on PC12345
what's the password?
my password isn't working
my password doesn't work
The password expired
https://id.example.no/login?next=/passord
my password is acting weird
my password is fine
my password is out of date
my password is driving me crazy
my password is not accepted by Outlook
my password is synced
my password is due for renewal
my password is overdue
my password is too weak
my password is hard to remember
my password is never accepted
my password is on a list
my password is 8 characters
my password is at least 14 characters
my password was rejected
my password was compromised in a breach
password is blank
password is case sensitive
password was incorrect
the password is in the vault
the password is displayed on screen
the password is printed on the label
the password is your birthday
the password is unknown to me
the password is the same everywhere
the password was wrong three times
Password: expired
Password: reset needed
Password: does not work
Password: not accepted
Password: wrong
Password: none
how long does a password have to be?
Can I use the same password for VPN?
the password field is greyed out
my new password is not syncing to my phone
I changed my password and now Teams keeps asking
password manager: which one do you recommend?
forgot password: link does not work
Trying to log in as kari, password rejected 3 times
login: kari, password: not working
what if my password is stolen?
if the password is forgotten, call us
the password is then sent to your phone
password is sent by SMS
a password is a secret
a good password is long
";

const CODES: &str = "
PIN-koden er blokkert
feilkoden er 691
feilkode: 0x80070005
koden er 1603
PIN-kode feil 3 ganger
passordet er en kode som gir
pin: glemt
PINen er feil
hva er PIN?
PIN på smartkort
får feilkode 691 når eg koplar til vpn, passorde er rett
PIN-koden er feil
PIN-koden min er sperret
PIN-koden er glemt
PIN er låst etter 3 forsøk
pinkoden må være 4 siffer
pinkoden er på 6 siffer
PIN med 6 siffer
PIN: 6 siffer
puk finner jeg ikke
hvor finner jeg PUK-koden?
smartkort PIN sperret, kort 12345
koden er utløpt
koden kom ikke
får ingen kode på SMS
feilkode 1603
error code 0x80070005
kode 404
postkode 0484
landkode 0047
koden min virker ikke
engangskoden kommer ikke
engangskoden er utløpt
passkode må settes
passord, pin og kode
PIN og PUK
pin is blocked
my PIN is wrong
the PIN was rejected
PIN is four digits
PIN is 4 digits
PIN is required
PIN blocked after 3 attempts
PUK needed
the code is invalid
the code expired
passord + PIN
passord/PIN
koden fra Authenticator virker ikke
kode 1234 står på skjermen
feilkode er 1234
feilkoden min er 1234
skriverkoden virker ikke
error code is 1603
Koden på displayet er E04
passord feil (kode 0x8007052e)
brukeren får feilmelding med kode: 1603
passord og PIN er to ulike ting
PIN-koden er fire siffer
PIN er glemt, trenger PUK
PIN og passord er utløpt
skriv inn PIN og trykk OK
pinkode til skriver?
pinkode for utskrift virker ikke
BankID-kode kommer ikke
får koden 53003 når jeg logger inn
kode 53003
feilkode 0x80190001
Error code: 0xCAA20003
code 700003 in Teams
koden på døra er byttet
koden til møterommet er endret
tastet koden 3 ganger
";

const PAIRS: &str = "
pass på at du har 2FA2
passet mitt er utløpt
Windows / Office2019
teams / Outlook
og/eller
bruker: kari
logger inn på Teams / Outlook2019
bruker LastPass eller KeePass
logger inn på DIPS / Partus
bruker Windows / Mac
rom A / B204
bruker: kari.nordmann@example.no
brukernavn: karno123
Bruker: kari / maskin: PC12345
Teams/Outlook virker ikke
pass på: 2FA er påkrevd
passet: CDA123456
pw utløpt
pw virker ikke
pw: utløpt
pw reset please
pwd expired
bruker Teams/Zoom5
logger inn på Citrix / VMware8
bruker: Kari Nordmann, rom: B204
Ola / IT2
kl 12/13
9/11
24/7
Sommer2024-kampanjen har ny logo
Windows11 er installert
PC12345 er treg
Office365 som standard
Kan du / dere hjelpe?
navn / Telefon
kari / Ola
HR / IT
ja/nei
utskrift / Skriver3
excel / Word2019
kopi / Skann2PDF
sak 1234 / Visma
Møterom Glitre / B204
server01 / server02
";
