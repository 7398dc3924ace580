#!/usr/bin/env bash
# tally screen: what it finds is recorded as it prints it, the gate reads it, and two people release it.
source "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.."

book=$work/book
new_book "$book" screened screen-test
submit() { "$TALLY" submit --data "$book" "$@"; }
queue() { "$TALLY" gate queue --data "$book" --text; }
refused() { # reason, command
  submit - <<<"$2" >"$work/answer" && fail "taken: $2"
  expect_in "$(cat "$work/answer")" "\"reason\":\"$1\""
}

# Two who apply under the demo's rules; everybody on the lists is made up.
grep -E '"command": "(adopt_rule_pack|exclude_countries)"' demo/onboarding.jsonl >"$work/begin"
cat >>"$work/begin" <<'END'
{"command": "register_manager", "at": "2026-11-26T08:05:00Z", "actor": "@ops", "manager": "@salim", "home": "CY"}
{"command": "register_manager", "actor": "@ops", "manager": "@walter", "home": "CY"}
{"command": "open_case", "actor": "@ops", "onboarding": "@salim-case", "question": {"manager": "@salim", "model": "mam", "categories": ["professional"], "residences": ["CY"], "instruments": ["cfd"]}, "document": "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"}
END
submit "$work/begin" >"$work/answer" || fail "$(grep '"error"' "$work/answer")"

header='authority,reference,name,website,phone,clone,date'
cat >"$work/old.csv" <<END
$header
TEST,1,Karimi Nordwind Capital Ltd,nordwind.example,,no,2026-10-01
TEST,2,Walter Lindqvist Brokers GmbH,,,no,2026-10-01
END
cat >"$work/new.csv" <<END
$header
TEST,1,Karimi Nordwind Capital Ltd,nordwind.example,,no,2026-10-01
TEST,3,Karimi Nordwind Trading Ltd,,,yes,2026-11-20
END
cat >"$work/subjects.jsonl" <<'END'
{"id": "@salim", "kind": "organisation", "names": ["Karimi Nordwind Capital Limited"]}
{"id": "@walter", "kind": "organisation", "names": ["Walter Lindqvist Brokers"]}
END
screen() { "$TALLY" screen --list "$1" --subjects "$work/subjects.jsonl" "${@:2}"; }

# Undated lists need a day, commands an actor, and what is recorded is of the whole list.
! screen "$work/old.csv" --commands --actor @ops >"$work/out" 2>"$work/err" || fail "no day was needed"
expect_in "$(cat "$work/err")" list_date
[[ ! -s $work/out ]] || fail "commands without a day"
! screen "$work/old.csv" --commands 2>/dev/null || fail "no actor was needed"
! screen "$work/new.csv" --previous "$work/old.csv" --commands --actor @ops 2>/dev/null ||
  fail "only the changes were to be recorded"

record() { screen "$1" --commands --actor @ops --published "$2" >"$work/commands"; }
record "$work/old.csv" 2026-11-20
expect_in "$(head -1 "$work/commands")" "\"version\":\"$(sha256sum "$work/old.csv" | cut -d' ' -f1)\""
[[ $(wc -l <"$work/commands") == 3 ]] || fail "one line for the list and each subject"
submit "$work/commands" >"$work/answer" || fail "$(cat "$work/answer")"
expect_in "$(queue)" "screening.result from nobody (forbidden)"

# One person does not release, two do; and then nothing of the list stands against him.
digest=$(printf 'a%.0s' {1..64})
release="{\"command\":\"release_candidate\",\"actor\":\"@ops\",\"party\":\"@salim\",\"list\":\"warnings\",\"entry\":\"TEST 1\",\"document\":\"$digest\"}"
refused missing_field "$release"
refused same_person "${release/\"@ops\"/\"@ops\",\"approver\":\"@ops\"}"
submit - <<<"${release/\"@ops\"/\"@ops\",\"approver\":\"@compliance\"}" >"$work/answer" || fail "$(cat "$work/answer")"
! grep -q screening.result <<<"$(queue)" || fail "he is released and still blocked"
# Recording the same again changes nothing.
size=$(size_of "$book")
submit "$work/commands" >"$work/answer" || fail "$(cat "$work/answer")"
[[ $(size_of "$book") == "$size" ]] || fail "the same was recorded twice"

# A new version says what is new, and of whom it speaks no more.
screen "$work/new.csv" --previous "$work/old.csv" >"$work/out"
expect_in "$(sed -n 1p "$work/out")" '"added":["TEST 3"],"changed":[],"removed":["TEST 2"]'
expect_in "$(grep '"match"' "$work/out")" '"subject":"@salim","band":"review"'
expect_in "$(grep '"cleared"' "$work/out" | head -1)" '{"cleared":{"subject":"@walter","band":"hit"'
expect_in "$(tail -1 "$work/out")" '{"summary":{"subjects":2,"hit":0,"review":1,"none":1,"cleared":1}}'
# The queue asks for it until it is recorded. The entry that was released stays so, as it is the same;
# the clone's is another.
record "$work/new.csv" 2026-11-25
submit - < <(head -1 "$work/commands") >"$work/answer" || fail "$(cat "$work/answer")"
expect_in "$(queue)" warnings
submit "$work/commands" >"$work/answer" || fail "$(cat "$work/answer")"
expect_in "$("$TALLY" history --data "$book" --kind screening_recorded | tr -d ' \n')" '"released":["TEST1"]'
expect_in "$(queue)" "screening.result from compliance"
! grep -q "screening.result from nobody" <<<"$(queue)" || fail "what was released counts again"
# Whom the list names no more and nobody released stays on the desk, until two people release him.
expect_in "$("$TALLY" history --data "$book" --kind screening_recorded | tr -d ' \n')" '"carried":[{"entry":"TEST2"'
on_desk="candidate warnings TEST 2 hit"
expect_in "$(queue)" "$on_desk"
expect_in "$(grep "$on_desk" <<<"$(queue)")" ", of an earlier version, next: release_candidate from compliance"
release="{\"command\":\"release_candidate\",\"actor\":\"@ops\",\"approver\":\"@compliance\",\"party\":\"@walter\",\"list\":\"warnings\",\"entry\":\"TEST 2\",\"document\":\"$digest\"}"
refused same_person "${release/@compliance/@ops}"
submit - <<<"$release" >"$work/answer" || fail "$(cat "$work/answer")"
! grep -q "$on_desk" <<<"$(queue)" || fail "he is released and still on the desk"
"$TALLY" verify --data "$book" --recompute | tail -1 | grep -q '^verified' || fail "verify"
