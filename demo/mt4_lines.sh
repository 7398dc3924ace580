#!/usr/bin/env bash
# The commands around an imported MT4 statement in the demo: who owns the capital that it shows.
#
#   mt4_lines.sh setup|close|period TALLY STATEMENT ZONE [--classes FILE] [--currency CODE]
#
# setup   clients, manager, offer, decision and pool, and a subscription of the statement's capital:
#         two fifths the manager's, a fifth each for three investors, the odd cents the manager's
# close   the rollover that shares the result out, if the statement gives the equity
# period  begin and end of the investors' statement
set -euo pipefail
what=$1 tally=$2 statement=$3 zone=$4
shift 4

description=$("$tally" import --format mt4-statement --describe --time-zone "$zone" "$@" "$statement")
field() { # name: its value without quotes; "null" if there is none
  sed -n "s/^ *\"$1\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}$/\1/p" <<<"$description"
}

currency=$(field account_currency)
first_day=$(field first_time | cut -c1-10)
day_before=$(date -u -d "$first_day -1 day" +%F)
end=$(field statement_time)
[[ $end == null ]] && end=$(field last_time)
end_day=${end:0:10}
day_after=$(date -u -d "$end_day +1 day" +%F)

split_capital() {
  local capital whole cents
  capital=$(field capital_total)
  if [[ ! $capital =~ ^[0-9]+(\.[0-9]{2})?$ || $capital =~ ^0+(\.0+)?$ ]]; then
    echo "mt4_lines.sh: the statement's capital is $capital; the demo needs a deposit to share out" >&2
    exit 1
  fi
  whole=${capital%.*} cents=0
  [[ $capital == *.* ]] && cents=$((10#${capital#*.}))
  total=$((10#$whole * 100 + cents))
  each=$((total / 5))
  own=$((total - 3 * each))
}
money() { printf '%d.%02d' $(($1 / 100)) $(($1 % 100)); }

line() { # command, rest of the object
  printf '{"command": "%s", "at": "%sT08:00:00Z", "actor": "@ops", %s}\n' "$1" "$day_before" "$2"
}

setup() {
  split_capital
  line register_bank '"bank": "@trust-bank", "ring": "client_money"'
  line register_manager '"manager": "@mia", "home": "CY"'
  line publish_offer "\"offer\": \"@alpha-offer\", \"model\": \"pamm\", \"currency\": \"$currency\", \"terms\": {\"management_fee_rate\": \"0\", \"performance_fee_rate\": \"0.20\", \"mark_basis\": \"net\", \"entry_fee_rate\": \"0\", \"residual\": \"sainte_lague\"}"
  line register_client '"client": "@mia-own", "category": "professional", "residence": "CY"'
  line record_decision "\"approver\": \"@compliance\", \"decision\": \"@mia-pamm\", \"manager\": \"@mia\", \"model\": \"pamm\", \"jurisdiction\": \"cysec\", \"verdict\": \"allow\", \"valid_from\": \"${day_before}T00:00:00Z\", \"valid_until\": \"2100-01-01T00:00:00Z\", \"document\": \"$(printf 'a1%.0s' {1..32})\""
  line open_structure '"structure": "@alpha", "manager": "@mia", "offer": "@alpha-offer", "jurisdiction": "cysec", "manager_client": "@mia-own", "server": "mt4"'
  invest @mia-own "$own" @sub-1
  local n=1
  for client in @anna @ben @cleo; do
    n=$((n + 1))
    line register_client "\"client\": \"$client\", \"category\": \"retail\", \"residence\": \"CY\""
    line accept_mandate "\"structure\": \"@alpha\", \"client\": \"$client\", \"document\": \"$(printf "b$n%.0s" {1..32})\""
    invest "$client" "$each" "@sub-$n"
  done
  line rollover "\"structure\": \"@alpha\", \"trade_date\": \"$day_before\""
}

invest() { # client, cents, request
  line deposit "\"client\": \"$1\", \"bank\": \"@trust-bank\", \"amount\": \"$(money "$2")\", \"currency\": \"$currency\""
  line subscribe "\"request\": \"$3\", \"structure\": \"@alpha\", \"client\": \"$1\", \"amount\": \"$(money "$2")\""
}

close() {
  if [[ $(field equity) == null ]]; then
    echo "The file gives no equity, so the pool is not valued and no result is shared out." >&2
    return
  fi
  printf '{"command": "rollover", "at": "%s", "actor": "@ops", "structure": "@alpha", "trade_date": "%s", "period_end": true}\n' \
    "${day_after}T00:00:00Z" "$end_day"
}

case $what in
  setup) setup ;;
  close) close ;;
  period) echo "${day_before}T00:00:00Z $(date -u -d "$day_after +1 day" +%F)T00:00:00Z" ;;
esac
