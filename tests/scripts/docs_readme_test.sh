#!/usr/bin/env bash
# The example of README.md works as it stands, in an empty folder: its commands are recorded, the book
# verifies under its key, and the balance is what was deposited.
source "$(dirname "$0")/lib.sh"
page=$(cd "$(dirname "$0")/../.." && pwd)/README.md

# The ```sh block of the section; the path to the release build gives way to the program under test.
awk '/^## / { section = /^## A book of your own/ } section && /^```/ { inside = !inside; next } section && inside' \
  "$page" | sed '/^export PATH=/d' >"$work/example.sh"
grep -q '^tally submit' "$work/example.sh" || fail "no example found in $page"

mkdir "$work/bin" "$work/here"
ln -s "$TALLY" "$work/bin/tally"
said=$(cd "$work/here" && PATH=$work/bin:$PATH bash -euo pipefail "$work/example.sh" 2>"$work/errors") ||
  fail "the example ends with an error: $said $(cat "$work/errors")"
[[ $(grep -c '"receipt"' <<<"$said") == 3 ]] || fail "not three receipts: $said"
expect_in "$said" 'ledger.example/mine+'
expect_in "$said" 'verified '
expect_in "$said" '"amount": "-100.00"'
grep -q 'self-consistent' <<<"$said" && fail "a key was given"
exit 0
