#!/bin/sh
# Makes docs/screenshot.png: the employee's chat and the operator's desk, side by side, from a real conversation.
# Needs curl and Chromium. FIRSTLINE and CHROMIUM name other programs than the ones found here.
set -eu
cd "$(dirname "$0")/.."

firstline=${FIRSTLINE:-target/release/firstline}
chromium=${CHROMIUM:-chromium}
port=${PORT:-8095}
site=http://127.0.0.1:$port
work=$(mktemp -d)
export FIRSTLINE_LISTEN=127.0.0.1:$port FIRSTLINE_DATA="$work/data"

[ -x "$firstline" ] || { echo "No $firstline: run cargo build --release first, or set FIRSTLINE." >&2; exit 2; }
"$firstline" >"$work/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
until curl -sf "$site/readyz" >"$work/ready"; do
    kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
done

# as <who> <path> [--data-urlencode field=value …]: the page that this person gets.
as() {
    who=$1 path=$2
    shift 2
    curl -sfL -H 'Accept-Language: nb' -b "$work/$who.cookies" -c "$work/$who.cookies" "$@" "$site$path"
}
# page <name>: keeps the page from the standard input, with its own files still coming from the program.
page() { sed "s|<head>|<head><base href=\"$site/\">|" >"$work/$1.html"; }

as ola /chat --data-urlencode 'text=Hvordan kobler jeg til VPN hjemmefra?' >/dev/null
as eva /chat --data-urlencode 'text=Adgangskortet virker ikke på døra til laben' --data-urlencode 'name=Eva Nilsen' >/dev/null
as eva /chat --data-urlencode 'text=Det er en ny dør. Kan jeg få snakke med en person?' >/dev/null
token=$("$firstline" sign-in-link --name 'Kari Berg' | sed -n 's/.*token=\([0-9a-zA-Z_-]*\).*/\1/p')
as kari /desk/sign-in --data-urlencode "token=$token" --data-urlencode 'name=Kari Berg' >/dev/null
as kari /desk/tickets/1001/take -d '' >/dev/null
as kari /desk/tickets/1001/note --data-urlencode 'text=Dør B-214 kom med i adgangssystemet i går.' >/dev/null
as kari /desk/tickets/1001/reply --data-urlencode 'text=Hei Eva! Nå har kortet ditt tilgang til B-214. Kan du prøve en gang til?' >/dev/null
as ola / | sed 's|<script[^>]*></script>||' | page chat
as kari /desk/tickets/1001 | page desk

cat >"$work/both.html" <<HTML
<!DOCTYPE html><meta charset="utf-8"><style>
body { margin: 0; padding: 28px; display: flex; gap: 28px; background: #dfe7ec; }
iframe { border: 0; border-radius: 12px; height: 1060px; box-shadow: 0 6px 28px rgb(20 35 50 / .22); }
</style><iframe src="chat.html" width="560"></iframe><iframe src="desk.html" width="1000"></iframe>
HTML
"$chromium" --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$work/browser" --force-device-scale-factor=1.25 \
    --window-size=1644,1116 --virtual-time-budget=4000 --screenshot="$PWD/docs/screenshot.png" \
    "file://$work/both.html" >"$work/chromium" 2>&1 || { cat "$work/chromium" >&2; exit 1; }
ls -l docs/screenshot.png
