#!/usr/bin/env bash
# An outsider checks an exported log with a program of its own, which knows neither store nor service.
source "$(dirname "$0")/lib.sh"
verify=$(dirname "$TALLY")/tally-verify
[[ -x $verify ]] || fail "tally-verify is not built"
! ldd "$verify" | grep -q rocksdb || fail "tally-verify is linked with the store"

new_book "$work/book" outsider s7
"$TALLY" submit --data "$work/book" demo/brokerage.jsonl >/dev/null
"$TALLY" export --data "$work/book" --format leaves >"$work/leaves"
"$TALLY" checkpoint --data "$work/book" >"$work/note"
key=$(cat "$work/book/verifier-key")
check() { "$verify" --key "$key" --checkpoint "$work/note" "$1"; }

out=$(check "$work/leaves") || fail "a sound log was refused: $out"
expect_in "$out" "verified $(size_of "$work/book") records, root $(root_of "$work/book")"

refused() { # file, what is expected in the answer
  local out status=0
  out=$(check "$1" 2>&1) || status=$?
  [[ $status == 1 ]] || fail "$2: ended with $status: $out"
  expect_in "$out" "$2"
}
# A digit changed, a line dropped, two swapped, the end cut, a line that is no leaf.
sed '20s/.$/0/;20s/00$/11/' "$work/leaves" >"$work/changed"
cmp -s "$work/leaves" "$work/changed" && fail "nothing was changed"
refused "$work/changed" "seq 19"
sed 30d "$work/leaves" >"$work/dropped"
refused "$work/dropped" "chain at seq 29"
sed '40{h;d};41{G}' "$work/leaves" >"$work/swapped"
refused "$work/swapped" "chain at seq 39"
head -n 50 "$work/leaves" >"$work/cut"
refused "$work/cut" "missing at seq 50"
sed '25s/^/zz/' "$work/leaves" >"$work/no-leaf"
refused "$work/no-leaf" "Line 25"
# Another key, and a note that somebody changed.
"$TALLY" init --data "$work/other" --book ledger.example/outsider --simulated s8 >/dev/null 2>&1
key=$(cat "$work/other/verifier-key") && refused "$work/leaves" "key_untrusted"
key=$(cat "$work/book/verifier-key")
sed -i '2s/.*/5/' "$work/note"
refused "$work/leaves" "note"
"$verify" --key "$key" 2>/dev/null && fail "wrong usage was accepted"
exit 0
