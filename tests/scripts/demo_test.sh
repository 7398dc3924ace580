#!/usr/bin/env bash
# The demo brokerage: every line is accepted, the root repeats, a second run changes nothing, the
# statement is reproduced byte for byte, and the fees are those that follow from the drawdown.
source "$(dirname "$0")/lib.sh"
here=$(cd "$(dirname "$0")/../.." && pwd)

new_book "$work/book" demo-broker tallystick-demo
answers=$("$TALLY" submit --data "$work/book" "$here/demo/brokerage.jsonl") ||
  fail "refused: $(grep '"error"' <<<"$answers")"
root=$(root_of "$work/book")
[[ $root == "$(cat "$here/tests/golden/demo_root.txt")" ]] ||
  fail "the demo's root changed to $root; if records were meant to change, say so in CHANGELOG"

again=$("$TALLY" submit --data "$work/book" "$here/demo/brokerage.jsonl")
[[ $(grep -c '"hit":true' <<<"$again") == $(grep -c . <<<"$again") ]] || fail "not all were hits"
[[ $(root_of "$work/book") == "$root" ]] || fail "a second run changed the book"

verified=$("$TALLY" verify --data "$work/book" --recompute --key "$(cat "$work/book/verifier-key")")
expect_in "$verified" "root $root"
grep -q 'self-consistent' <<<"$verified" && fail "a trusted key was given"

issue() { # client, file
  "$TALLY" report statement --data "$work/book" --structure @alpha --client "$1" \
    --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z --out "$2"
}
report=$(issue @anna "$work/a.html" | sed -n 's/^issued report \([0-9a-f]*\):.*/\1/p')
size=$(size_of "$work/book")
issue @anna "$work/a.json" >/dev/null
[[ $(size_of "$work/book") == "$size" ]] || fail "issuing the same statement again wrote something"
"$TALLY" reproduce --data "$work/book" "$report" --out "$work/b.html" >/dev/null
cmp "$work/a.html" "$work/b.html" || fail "the reproduced statement differs"

fee_of() { # client: performance fees in March
  issue "$1" "$work/fee.json" >/dev/null
  python3 -c '
import json, sys
fees = json.load(open(sys.argv[1]))["fees"]
print(fees["performance"] if not isinstance(fees["performance"], dict) else fees["performance"]["total"])' "$work/fee.json"
}
# Anna was there in the drawdown and is still below her mark: the recovery costs her nothing.
[[ $(fee_of @anna) == 0.00 ]] || fail "a recovered drawdown was charged"
[[ $(fee_of @cleo) != 0.00 ]] || fail "Cleo gained since she joined at the low and was not charged"
