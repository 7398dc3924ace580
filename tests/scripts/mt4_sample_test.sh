#!/usr/bin/env bash
# A real MT4 statement becomes a verified book: its identity holds, no performance fee is taken on a
# loss, a second import changes nothing, and capital that nobody subscribed is a break.
source "$(dirname "$0")/lib.sh"
here=$(cd "$(dirname "$0")/../.." && pwd)
sample=${SHARED:-$here/../shared}/samples/mt4/statement_usd_2020_financing.htm
[[ -r $sample ]] || skip "the shared samples are absent"
zone=Europe/Athens

new_book "$work/book" mt4-broker tallystick-mt4
lines() { "$here/demo/mt4_lines.sh" "$1" "$TALLY" "$sample" "$zone"; }
import() { "$TALLY" import --data "$1" --format mt4-statement --structure @alpha --time-zone $zone "$sample"; }

lines setup | "$TALLY" submit --data "$work/book" - >/dev/null
cp -r "$work/book" "$work/no-subscriptions"
import "$work/book" >/dev/null || fail "the import was refused"
lines close | "$TALLY" submit --data "$work/book" - >/dev/null || fail "the rollover was refused"

balances=$("$TALLY" balance --data "$work/book")
sum() { # account pattern, commodity
  python3 -c '
import decimal, json, re, sys
balances = json.load(sys.stdin)["balances"]
print(sum(decimal.Decimal(b["amount"]) for b in balances
          if re.search(sys.argv[1], b["account"]) and b["commodity"] == sys.argv[2]))' "$1" "$2" <<<"$balances"
}
[[ $(sum 'pamm:.*:(settled|floating)$' USD) == -540.40 ]] || fail "the investors' total is not 540.40"
[[ $(sum 'client-trading:realised$' USD) == -4401.60 ]] || fail "the trade result is not -4401.60"
[[ $(sum 'house:(swap|corrections)$' USD) == -58.00 ]] || fail "financing and corrections are not -58.00"
[[ $(sum 'mark:.*' MARK.USD) == 5000.00 ]] || fail "the capital is not 5000.00"
[[ $(sum 'manager:.*:fees$' USD) == 0 ]] || fail "a fee was taken on a loss"
"$TALLY" verify --data "$work/book" --recompute >/dev/null

root=$(root_of "$work/book")
import "$work/book" >/dev/null
[[ $(root_of "$work/book") == "$root" ]] || fail "a second import changed the book"

# The same capital row where other requests, or none, were priced.
new_book "$work/short" mt4-short tallystick-mt4
lines setup | sed 's/"amount": "2000.00", "currency"/"amount": "1999.00", "currency"/; s/"structure": "@alpha", "client": "@mia-own", "amount": "2000.00"/"structure": "@alpha", "client": "@mia-own", "amount": "1999.00"/' |
  "$TALLY" submit --data "$work/short" - >/dev/null
out=$(import "$work/short") && fail "a capital row without matching subscriptions was taken"
expect_in "$out" capital_break

# A comment that no rule knows blocks the performance fee and says so.
printf '{"rules":[{"comment":"Financing","class":"unknown"}]}' >"$work/rules.json"
"$TALLY" import --data "$work/no-subscriptions" --format mt4-statement --structure @alpha \
  --time-zone $zone --classes "$work/rules.json" "$sample" >/dev/null
out=$(lines close | "$TALLY" submit --data "$work/no-subscriptions" -) && fail "fees were not blocked"
expect_in "$out" unclassified_operation
