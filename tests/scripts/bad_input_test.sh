#!/usr/bin/env bash
# Bad input is refused with a stable reason and its place, and nothing of it is written.
source "$(dirname "$0")/lib.sh"

new_book "$work/book" bad s1
good='{"command":"register_client","actor":"@ops","client":"@anna","category":"retail","residence":"CY"}'
"$TALLY" submit --data "$work/book" - <<<"$good" >/dev/null
size=$(size_of "$work/book")

refuse() { # reason, place (or ""), line
  local out status=0
  out=$(printf '%s\n' "$3" | "$TALLY" submit --data "$work/book" -) || status=$?
  [[ $status == 1 ]] || fail "not refused: $3"
  expect_in "$out" "\"reason\":\"$1\""
  [[ -z $2 ]] || expect_in "$out" "\"at\":\"$2\""
  [[ $(size_of "$work/book") == "$size" ]] || fail "something was written for: $3"
}
entry() { printf '{"command":"post_entry","actor":"@ops","approver":"@chief","postings":[%s]}' "$1"; }

refuse json '' 'this is not JSON'
refuse json '' '{"command":"deposit","command":"deposit"}'
refuse json '' '{"command":"deposit","amount":1.5}'
refuse json '' "$(printf '{"command":"%s"}' "$(printf '\xff')")"
refuse json '' "$(printf '[%.0s' {1..5000})"
refuse wrong_type '' '[]'
refuse missing_field command '{"actor":"@ops"}'
refuse unknown_command command '{"command":"make_money","actor":"@ops"}'
refuse missing_field actor '{"command":"register_manager","manager":"@m","home":"CY"}'
refuse missing_field home '{"command":"register_manager","actor":"@ops","manager":"@m"}'
refuse unknown_field colour '{"command":"register_manager","actor":"@ops","manager":"@m","home":"CY","colour":"red"}'
refuse wrong_type home '{"command":"register_manager","actor":"@ops","manager":"@m","home":7}'
refuse id manager '{"command":"register_manager","actor":"@ops","manager":"anna","home":"CY"}'
refuse reference "manager: @no spaces" '{"command":"register_manager","actor":"@ops","manager":"@no spaces","home":"CY"}'
refuse unknown_choice ring '{"command":"register_bank","actor":"@ops","bank":"@b","ring":"cellar"}'
refuse exists client '{"command":"register_client","actor":"@ops","client":"@anna","category":"retail","residence":"GR"}'
refuse unknown_bank bank '{"command":"deposit","actor":"@ops","client":"@anna","bank":"@nowhere","amount":"1","currency":"EUR"}'
refuse decimal amount '{"command":"deposit","actor":"@ops","client":"@anna","bank":"@b","amount":"1e3","currency":"EUR"}'
refuse missing_field approver '{"command":"post_entry","actor":"@ops","postings":[]}'
refuse same_person approver '{"command":"post_entry","actor":"@ops","approver":"@ops","postings":[]}'
refuse unbalanced '' "$(entry '{"account":"equity:house:capital","commodity":"EUR","amount":"1.00"}')"
refuse unknown_account '' "$(entry '{"account":"assets:house:bank:@none","commodity":"EUR","amount":"1.00"}')"
refuse precision 'postings: item 0: amount' "$(entry '{"account":"equity:house:capital","commodity":"EUR","amount":"0.001"}')"
refuse unknown_commodity 'postings: item 0: commodity' "$(entry '{"account":"equity:house:capital","commodity":"DOGE","amount":"1"}')"
refuse account 'postings: item 0: account: Equity:House' "$(entry '{"account":"Equity:House","commodity":"EUR","amount":"1"}')"
refuse overflow '' "$(entry '{"account":"equity:house:capital","commodity":"EUR","amount":"99999999999999999999999999999999999999"}')"
refuse unknown_manager manager '{"command":"open_structure","actor":"@ops","structure":"@s","manager":"@m","offer":"@o","jurisdiction":"fca"}'
refuse effective_in_future effective_at '{"command":"register_manager","actor":"@ops","manager":"@m","home":"CY","effective_at":"2999-01-01T00:00:00Z"}'
refuse request_id request_id '{"command":"register_manager","actor":"@ops","manager":"@m","home":"CY","request_id":"no spaces please"}'
{ printf '{"command":"'; head -c 3000000 /dev/zero | tr '\0' 'x'; printf '"}\n'; } >"$work/huge"
out=$("$TALLY" submit --data "$work/book" "$work/huge") && fail "an oversize line was taken"
expect_in "$out" '"reason":"too_large"'
head -c 100000 /dev/urandom >"$work/noise"
"$TALLY" submit --data "$work/book" "$work/noise" >/dev/null && fail "noise was taken"
[[ $(size_of "$work/book") == "$size" ]] || fail "something was written"

# One request id, two contents.
first='{"command":"register_manager","request_id":"r1","actor":"@ops","manager":"@m1","home":"CY"}'
"$TALLY" submit --data "$work/book" - <<<"$first" >/dev/null
expect_in "$("$TALLY" submit --data "$work/book" - <<<"$first")" '"hit":true'
out=$("$TALLY" submit --data "$work/book" - <<<"${first/@m1/@m2}") && fail "the id was used twice"
expect_in "$out" '"reason":"request_id_reused"'

# A refusal frees the id: the same request is good once its reason is gone.
pay='{"command":"deposit","request_id":"r2","actor":"@ops","client":"@anna","bank":"@trust","amount":"5.00","currency":"EUR"}'
"$TALLY" submit --data "$work/book" - <<<"$pay" >/dev/null && fail "there was no bank yet"
"$TALLY" submit --data "$work/book" - <<<'{"command":"register_bank","actor":"@ops","bank":"@trust","ring":"client_money"}' >/dev/null
expect_in "$("$TALLY" submit --data "$work/book" - <<<"$pay")" '"hit":false'

"$TALLY" balance --data "$work/book" --as-of 99999 2>/dev/null && fail "there is no such record"
"$TALLY" record --data "$work/book" --seq 99999 2>/dev/null && fail "there is no such record"
"$TALLY" verify --data "$work/nowhere" 2>/dev/null && fail "there is no such book"
"$TALLY" verify --data "$work/book" >/dev/null
