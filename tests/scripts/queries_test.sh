#!/usr/bin/env bash
# tally history and tally trial-balance on a small book: the pages fit together, what is asked for
# wrongly is refused with exit code 1 and nothing on standard output.
source "$(dirname "$0")/lib.sh"

new_book "$work/book" queries-test queries
{
  echo '{"command":"register_bank","request_id":"b","actor":"@ops","at":"2026-01-02T08:00:00Z","bank":"@trust","ring":"client_money"}'
  echo '{"command":"register_client","request_id":"c","actor":"@ops","at":"2026-01-02T08:00:01Z","client":"@anna","category":"retail","residence":"CY"}'
  for i in 1 2 3 4 5; do
    echo '{"command":"deposit","request_id":"d-'$i'","actor":"@ops","at":"2026-01-1'$i'T08:00:00Z","effective_at":"2026-01-0'$((9 - i))'T08:00:00Z","client":"@anna","bank":"@trust","amount":"'$i'.00","currency":"EUR"}'
  done
} >"$work/commands"
"$TALLY" submit --data "$work/book" "$work/commands" >"$work/answers" || fail "$(cat "$work/answers")"
wallet=liabilities:cm:client:@anna:wallet

field() { sed -n 's/^ *"'"$1"'": "\(.*\)",\{0,1\}$/\1/p'; }

# walk OPTIONS...: the balances of all pages, one a line.
walk() {
  local cursor='' page
  while :; do
    page=$("$TALLY" history --data "$work/book" "$wallet" --limit 2 "$@" ${cursor:+--cursor "$cursor"}) ||
      fail "history $*: $page"
    field balance <<<"$page"
    cursor=$(field cursor <<<"$page")
    [[ -n $cursor ]] || return 0
  done
}
[[ $(walk | xargs) == "-1.00 -3.00 -6.00 -10.00 -15.00" ]] || fail "ascending: $(walk | xargs)"
[[ $(walk --order descending | xargs) == "-15.00 -10.00 -6.00 -3.00 -1.00" ]] || fail "descending"
# By effect the last deposit comes first; the last line is what the balance says.
effective=2026-01-06T23:00:00Z
[[ $(walk --effective $effective | xargs) == "-5.00 -9.00 -12.00" ]] || fail "by effect"
expect_in "$("$TALLY" balance --data "$work/book" "$wallet" --effective $effective)" '"-12.00"'
[[ $(walk --recorded-from 2026-01-12T08:00:00Z --recorded-to 2026-01-14T08:00:00Z | xargs) == \
  "-3.00 -6.00" ]] || fail "window as recorded"
[[ $(walk --effective-from 2026-01-07T00:00:00Z | xargs) == "-1.00 -3.00" ]] ||
  fail "window as effective"

table=$("$TALLY" trial-balance --data "$work/book" --text)
grep -qE '^total cm +EUR +15\.00 +15\.00$' <<<"$table" || fail "trial balance: $table"
expect_in "$("$TALLY" trial-balance --data "$work/book" --effective $effective)" '"debit": "12.00"'

# refused WORD...: exit code 1, the reason, and no answer.
refused() {
  local reason=$1 status=0
  shift
  "$TALLY" "$@" >"$work/out" 2>"$work/err" || status=$?
  ((status == 1)) || fail "$*: exit code $status"
  [[ ! -s $work/out ]] || fail "$*: printed $(cat "$work/out")"
  expect_in "$(cat "$work/err")" "tally: $reason"
}
refused "unknown_account at account" history --data "$work/book" assets:cm:nobody
refused "unknown_account at account" balance --data "$work/book" assets:cm:nobody
refused "unknown_reference at subject: @nobody" history --data "$work/book" --subject @nobody
refused "no_data_yet at as_of" history --data "$work/book" "$wallet" --as-of 2026-01-02T08:00:00Z
refused "no_data_yet at as_of" trial-balance --data "$work/book" --as-of 1999-01-01T00:00:00Z
refused "no_data_yet at effective_at" trial-balance --data "$work/book" \
  --effective 1999-01-01T00:00:00Z
refused "one_of at account" history --data "$work/book" "$wallet" --kind cash_moved
refused "cursor at cursor" history --data "$work/book" "$wallet" --cursor 1~of~2~0123456789abcdef
echo "histories and trial balances as they must be"
