#!/usr/bin/env bash
# Holds docs/commands.md to the program: the JSON examples of part 2, in the order of the page, are
# submitted to a fresh simulated book and none may be refused; every command type has an example, and
# every example is of the type that its comment names.
source "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.."
page=docs/commands.md

# Lines "type<TAB>json" of part 2. A ```json block holds one line and follows an example comment. Those
# of the gate come before reservations: with rules, what people allowed before counts no more.
awk '
  function stop(why) { print FILENAME ":" FNR ": " why > "/dev/stderr"; failed = 1; exit 1 }
  /^## / { part2 = /^## Part 2/ }
  !part2 { next }
  /^### / { of_gate = /^### The gate$/ }
  /^### Reservations$/ { printf "%s", gate; gate = "" }
  !inside && /^```json$/ {
    if (previous !~ /^<!-- example: [a-z_]+.* -->$/) stop("no <!-- example: NAME --> before this block")
    type = previous
    sub(/^<!-- example: /, "", type)
    sub(/[^a-z_].*$/, "", type)
    inside = 1
    lines = 0
    next
  }
  inside && /^```$/ { if (lines != 1) stop("an example is one line"); inside = 0 }
  inside { ++lines }
  inside && of_gate { gate = gate type "\t" $0 "\n" }
  inside && !of_gate { print type "\t" $0 }
  { previous = $0 }
  END { if ((inside || gate != "") && !failed) stop("a block does not end, or the gate has no place") }
' "$page" >"$work/examples" || fail "$page: cannot be read as examples"

cut -f 2- "$work/examples" >"$work/examples.jsonl"
[[ -s $work/examples.jsonl ]] || fail "$page: no examples in part 2"

# Each comment names the type of its example.
sed -n 's/^{"command": "\([a-z_]*\)".*/\1/p' "$work/examples.jsonl" >"$work/types"
diff <(cut -f 1 "$work/examples") "$work/types" >"$work/diff" ||
  fail "$page: comments (<) and commands (>) differ: $(cat "$work/diff")"

# Every type that the program knows has an example and a heading, and no other has.
grep -hoE 'kType = "[a-z_]+"' engine/*_commands.h | sed 's/.*"\(.*\)"/\1/' | sort >"$work/known"
[[ -s $work/known ]] || fail "no command types found in engine/*_commands.h"
# Those that the service makes itself have no example, because it would be refused; those that stand in
# lists only have theirs in a list.
sed -nE 's/^<!-- (service only|only in a list): ([a-z_]*) -->$/\2/p' "$page" >"$work/service_only"
while IFS= read -r listed; do
  grep -qF "{\"command\": \"$listed\"," "$work/examples" || fail "$page: $listed stands in no list"
done < <(sed -n 's/^<!-- only in a list: \([a-z_]*\) -->$/\1/p' "$page")
diff "$work/known" <(sort -u "$work/types" "$work/service_only") >"$work/diff" ||
  fail "$page: types without example (<) or unknown (>): $(cat "$work/diff")"
diff "$work/known" <(sed -n 's/^#### \([a-z_]*\)$/\1/p' "$page" | sort) >"$work/diff" ||
  fail "$page: types without a section (<) or unknown (>): $(cat "$work/diff")"

# The number in the example of a correction is that of the page's own book, whatever stands before it.
"$TALLY" init --data "$work/probe" --book ledger.example/docs --profile offshore --simulated docs \
  >/dev/null 2>&1 || fail "tally init"
sed '/"command": "correct_fee"/,$d' "$work/examples.jsonl" >"$work/before"
"$TALLY" submit --data "$work/probe" "$work/before" >/dev/null || true
wrong=$("$TALLY" history --data "$work/probe" --kind fee_charged --limit 1 |
  sed -n 's/^ \{6\}"seq": \([0-9]*\),$/\1/p')
[[ -n $wrong ]] || fail "the examples before correct_fee charge no fee"
sed -i "/\"command\": \"correct_fee\"/s/\"fee\": [0-9]*/\"fee\": $wrong/" "$work/examples.jsonl"

key=$("$TALLY" init --data "$work/book" --book ledger.example/docs --profile offshore \
  --simulated docs 2>"$work/init.log") || fail "tally init: $(cat "$work/init.log")"
"$TALLY" key make --data "$work/book" >/dev/null || fail "tally key make"  # Which one, the seed says.
status=0
"$TALLY" submit --data "$work/book" "$work/examples.jsonl" >"$work/answers" || status=$?
while IFS= read -r answer; do
  number=${answer#'{"line":'}
  fail "example refused: $(sed -n "${number%%,*}p" "$work/examples.jsonl")"$'\n'"$answer"
done < <(grep -v '"receipt"' "$work/answers" || true)
((status == 0)) || fail "tally submit: exit code $status"

# The same file again changes nothing.
"$TALLY" submit --data "$work/book" "$work/examples.jsonl" >"$work/again" ||
  fail "submitted again, an example was refused"
! grep -v '"hit":true' "$work/again" || fail "submitted again, these were no hits"

"$TALLY" verify --data "$work/book" --recompute --key "$key" >"$work/verified" ||
  fail "the book of the examples does not verify: $(cat "$work/verified")"
echo "$(wc -l <"$work/examples.jsonl") examples of $(wc -l <"$work/known") commands recorded and verified"
