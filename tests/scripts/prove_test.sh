#!/usr/bin/env bash
# tally prove between any sizes, receipts that tally-verify accepts, and the published checkpoint.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/serving.sh"
verify=$(dirname "$TALLY")/tally-verify

new_book "$work/book" proven s1
"$TALLY" submit --data "$work/book" demo/brokerage.jsonl >/dev/null
size=$(size_of "$work/book") root=$(root_of "$work/book") vkey=$(cat "$work/book/verifier-key")
prove() { "$TALLY" prove --data "$work/book" "$@"; }
field() { sed -n 's/^ *"'"$1"'": "\{0,1\}\([^",]*\)"\{0,1\},\{0,1\}$/\1/p'; }

# Of one size and another the same root, whichever way it is asked for.
inclusion=$(prove --seq 5 --size 100)
consistency=$(prove --consistency 100 --size "$size")
[[ $(field root <<<"$inclusion") == "$(field old_root <<<"$consistency")" ]] || fail "the roots of 100 differ"
[[ $(field new_root <<<"$consistency") == "$root" ]] || fail "the last root is not the checkpoint's"
[[ $(prove --consistency 100) == "$consistency" ]] || fail "without --size it is not up to now"
expect_in "$(prove --consistency 100 --size 100)" '"hashes": []'

# A receipt, alone.
prove --seq 5 >"$work/receipt"
"$TALLY" record --data "$work/book" --seq 5 --raw >"$work/record"
expect_in "$("$verify" --key "$vkey" --proof "$work/receipt" --record "$work/record")" "which had $size records"
"$TALLY" record --data "$work/book" --seq 6 --raw >"$work/record"
"$verify" --key "$vkey" --proof "$work/receipt" --record "$work/record" 2>"$work/err" && fail "another record is accepted"
expect_in "$(cat "$work/err")" proof_mismatch
"$verify" --key "$vkey" --policy x --checkpoint x y 2>/dev/null && fail "wrong usage was accepted"

# What was not published is not shown as if it were; what was is, though the book has grown.
"$TALLY" checkpoint --data "$work/book" --published 2>"$work/err" && fail "nothing was published"
expect_in "$(cat "$work/err")" unknown_checkpoint
"$TALLY" checkpoint --data "$work/book" >"$work/note"
serve book "$work/book"
stop "$process"
client_commands 1 5 | "$TALLY" submit --data "$work/book" - >/dev/null
cmp -s "$work/note" <("$TALLY" checkpoint --data "$work/book" --published) || fail "not what was published"
expect_in "$(prove --seq 5)" "$(sed -n 2,3p "$work/note" | head -1)"
tail -n +1 <(prove --seq 5) | grep -qxF "$root" || fail "a receipt is not under the published checkpoint"
prove --seq "$size" | grep -qx "$(size_of "$work/book")" || fail "a new record has no receipt"
expect_in "$(prove --consistency "$work/note")" "old $size"
"$TALLY" verify --data "$work/book" --key "$vkey" >/dev/null || fail "it does not verify"

refused() { # reason, words...
  local reason=$1 status=0
  shift
  prove "$@" >"$work/out" 2>"$work/err" || status=$?
  ((status == 1)) || fail "$*: exit code $status"
  expect_in "$(cat "$work/err")" "tally: $reason"
}
refused "proof_range at size" --seq 5 --size 100000
refused "proof_range" --seq 5 --size 5
refused "proof_range at new" --consistency 5 --size 100000
refused "proof_range" --consistency 100 --size 50
refused "number at --consistency" --consistency "$work/note" --size 50
refused "missing_field at --seq" --size 50
refused "unknown_record at seq" --seq 100000
refused "file at $work/nothing" --consistency "$work/nothing"
echo "proofs between sizes, receipts, the published checkpoint"
