#!/usr/bin/env bash
# Retention and holds, from the command line and over HTTP; the dates are compared with Python's calendar.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/serving.sh"
cd "$(dirname "$0")/../.."

new_book "$work/book" keeping s9
document=$(printf '%064d' 7)
cat >"$work/commands" <<END
{"command":"register_client","actor":"@ops","at":"2020-02-29T08:00:00Z","client":"@anna","category":"retail","residence":"CY"}
{"command":"register_client","actor":"@ops","client":"@ben","category":"retail","residence":"CY"}
{"command":"end_relationship","actor":"@ops","approver":"@chief","at":"2020-08-31T08:00:00Z","party":"@anna"}
{"command":"place_hold","actor":"@ops","approver":"@chief","hold":"@h1","subject":"@ben","document":"$document","basis":"regulator"}
{"command":"end_relationship","actor":"@ops","approver":"@chief","party":"@ben"}
END
"$TALLY" submit --data "$work/book" "$work/commands" >"$work/answers" || fail "$(cat "$work/answers")"

expected=$(python3 -c 'import datetime as d; print(d.date(2020, 8, 31).replace(year=2025) + d.timedelta(1))')
"$TALLY" retention --data "$work/book" --subject @anna --on 2021-01-01 >"$work/anna"
expect_in "$(cat "$work/anna")" '"earliest": "'"$expected"'"'
expect_in "$(cat "$work/anna")" '"allowed": false'
# Her accounts are books: six years from the end of the year, which is longer.
books=$(python3 -c 'import datetime as d; print(d.date(2020, 12, 31).replace(year=2026) + d.timedelta(1))')
expect_in "$("$TALLY" retention --data "$work/book" --subject @anna --on 2026-12-31)" '"allowed": false'
expect_in "$("$TALLY" retention --data "$work/book" --subject @anna --on "$books")" '"allowed": true'
expect_in "$("$TALLY" retention --data "$work/book" --subject @ben --on 2090-01-01)" '"allowed": false'
expect_in "$("$TALLY" retention --data "$work/book")" '"uncertain": true'
expect_in "$("$TALLY" retention --data "$work/book")" '"basis": "regulator"'
! "$TALLY" retention --data "$work/book" --subject @nobody 2>"$work/err" || fail "nobody was found"
expect_in "$(cat "$work/err")" unknown_reference
! "$TALLY" retention --data "$work/book" --on 2021-02-30 2>"$work/err" || fail "30 February was taken"
expect_in "$(cat "$work/err")" date

serve one "$work/book"
base=http://127.0.0.1:$port/v1/books/keeping
ask "$work/book" "$base/subjects/@anna/retention?on=2021-01-01" | python3 -m json.tool --indent 2 >"$work/served"
diff "$work/anna" "$work/served" || fail "HTTP answers otherwise"
expect_in "$(ask "$work/book" "$base/retention")" '"holds":[{'
expect_in "$(curl -sS "$base/retention")" unauthorized
stop "$process"
"$TALLY" verify --data "$work/book" --recompute | tail -1 | grep -q '^verified' || fail "verify"
