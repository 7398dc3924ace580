#!/usr/bin/env bash
# The days of client money, through the program: a dry run, the calculation, a breach, and the list.
source "$(dirname "$0")/lib.sh"

book=$work/book
new_book "$book" segregation seed-segregation
submit() { "$TALLY" submit --data "$book" - <<<"$1"; }
accepted() { expect_in "$(submit "$1" || true)" '"receipt"'; }
refused() { expect_in "$(submit "$1" || true)" "\"reason\":\"$2\""; }
list() { "$TALLY" segregation --data "$book" "$@"; }

document=$(printf 'd%.0s' {1..64})
accepted "{\"command\":\"set_segregation_rule\",\"actor\":\"@ops\",\"approver\":\"@chief\",\"at\":\"2026-01-05T08:00:00Z\",\"currency\":\"EUR\",\"measure\":\"cash_balances\",\"days\":\"every_day\",\"first_date\":\"2026-01-05\",\"cut_off_minutes\":1800,\"document\":\"$document\"}"
accepted '{"command":"register_bank","actor":"@ops","bank":"@trust","ring":"client_money"}'
accepted '{"command":"register_bank","actor":"@ops","bank":"@own","ring":"house"}'
accepted '{"command":"register_client","actor":"@ops","client":"@anna","category":"retail","residence":"CY"}'
accepted '{"command":"register_psp","actor":"@ops","psp":"@cards"}'
accepted '{"command":"deposit_by_card","actor":"@ops","payment":"@pay","psp":"@cards","client":"@anna","amount":"12.50","currency":"EUR"}'

# A dry run says what would move, and moves nothing.
day='"command":"record_segregation","actor":"@ops","currency":"EUR","client_bank":"@trust","house_bank":"@own"'
preview=$(submit "{$day,\"date\":\"2026-01-05\",\"dry_run\":true}")
expect_in "$preview" '"funded":"1250"'
expect_in "$(list)" '"calculations": []'

accepted '{"command":"tick","actor":"@ops","at":"2026-01-06T06:00:00Z"}'
expect_in "$(list)" '"reason": "missed"'
! grep -q ended_seq <<<"$(list)" || fail "an open breach names what ended it"
accepted "{$day,\"date\":\"2026-01-05\"}"
refused "{$day,\"date\":\"2026-01-05\",\"request_id\":\"again\"}" segregation_done
refused '{"command":"tick","actor":"@ops"}' nothing_expired
listed=$(list --currency EUR --from 2026-01-05 --to 2026-01-05)
expect_in "$listed" '"funded": "12.50"'
expect_in "$listed" '"interfund_before": "-12.50"'
expect_in "$listed" '"ended_seq":'
expect_in "$(list --currency USD)" '"calculations": []'
! list --currency EURO 2>"$work/err" || fail "EURO is no currency"
expect_in "$(cat "$work/err")" unknown_currency
! list --from yesterday 2>"$work/err" || fail "yesterday is no date"
expect_in "$(cat "$work/err")" 'date at from'
"$TALLY" verify --data "$book" --recompute >/dev/null || fail "the book does not verify"
echo "calculated, missed and listed"
