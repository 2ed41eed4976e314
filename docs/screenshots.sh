#!/bin/sh
# Makes docs/screenshot.png: the employee's chat and the operator's desk, side by side, from real conversations.
#   docs/screenshots.sh              the README's picture
#   docs/screenshots.sh FOLDER       every page in light and dark, wide and narrow, into a folder outside the repository
# Needs node, npm and Chromium. FIRSTLINE and CHROMIUM name other programs than the ones found here.
set -eu
cd "$(dirname "$0")/.."

export FIRSTLINE_TEST_BINARY="${FIRSTLINE:-target/release/firstline}" FIRSTLINE_TEST_CHROMIUM="${CHROMIUM:-/usr/bin/chromium}"
[ -x "$FIRSTLINE_TEST_BINARY" ] || { echo "No $FIRSTLINE_TEST_BINARY: run cargo build --release first, or set FIRSTLINE." >&2; exit 2; }
FIRSTLINE_TEST_BINARY=$(realpath "$FIRSTLINE_TEST_BINARY")
[ -d tests/browser/node_modules ] || npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund

case ${1:-} in
'') node tests/browser/pictures.mjs readme docs/screenshot.png && ls -l docs/screenshot.png ;;
*) node tests/browser/pictures.mjs all "$1" && ls "$1" | wc -l ;;
esac
