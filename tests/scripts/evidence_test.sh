#!/usr/bin/env bash
# tally explain and tally replay on a small pool: every record of an honest book follows; a corrected
# rate is compared and put right by proposals; what is asked for wrongly is refused with exit code 1.
source "$(dirname "$0")/lib.sh"

new_book "$work/book" evidence-test evidence
ops='"actor":"@ops","approver":"@chief"'
paper=$(printf 'a%.0s' {1..64})
{
  cat <<EOF
{"command":"register_bank",$ops,"at":"2026-01-01T08:00:00Z","bank":"@trust","ring":"client_money"}
{"command":"register_manager",$ops,"manager":"@m","home":"CY"}
{"command":"record_decision",$ops,"decision":"@d","manager":"@m","model":"pamm","jurisdiction":"cysec","verdict":"allow","valid_from":"2020-01-01T00:00:00Z","valid_until":"2099-01-01T00:00:00Z","document":"$paper"}
{"command":"publish_offer",$ops,"offer":"@o","model":"pamm","currency":"EUR","terms":{"management_fee_rate":"0.02","performance_fee_rate":"0.20","mark_basis":"net","entry_fee_rate":"0","residual":"sainte_lague"}}
{"command":"open_structure",$ops,"structure":"@p","manager":"@m","offer":"@o","jurisdiction":"cysec"}
EOF
  for who in anna bella; do
    cat <<EOF
{"command":"register_client",$ops,"client":"@$who","category":"retail","residence":"CY"}
{"command":"deposit",$ops,"client":"@$who","bank":"@trust","amount":"10000.00","currency":"EUR"}
{"command":"accept_mandate",$ops,"structure":"@p","client":"@$who","document":"$paper"}
{"command":"subscribe",$ops,"request":"@$who-in","structure":"@p","client":"@$who","amount":"10000.00"}
EOF
  done
  cat <<EOF
{"command":"rollover",$ops,"structure":"@p","trade_date":"2026-01-01"}
{"command":"record_valuation",$ops,"at":"2026-01-31T22:00:00Z","structure":"@p","equity":"24000.00"}
{"command":"rollover",$ops,"structure":"@p","trade_date":"2026-01-31","period_end":true}
EOF
} >"$work/commands"
"$TALLY" submit --data "$work/book" "$work/commands" >"$work/answers" || fail "$(cat "$work/answers")"
size=$(size_of "$work/book")

for ((seq = 0; seq < size; ++seq)); do
  told=$("$TALLY" explain --data "$work/book" --seq "$seq") || fail "seq $seq: $told"
  expect_in "$told" "every figure follows"
done
seq_of() { "$TALLY" history --data "$work/book" --kind "$1" "${@:2}" | sed -n 's/^ \{6\}"seq": \([0-9]*\),$/\1/p'; }
# 2 % of 10000 for 30 of 365 days is 16.438..; then 20 % of 12000 - 16.43 - 10000.
mapfile -t fees < <(seq_of fee_charged | sort -nu)
told=$("$TALLY" explain --data "$work/book" --seq "${fees[0]}")
expect_in "$told" "10000.00 EUR x 0.02 x 30 / 365 = 16.43835616.. EUR"
expect_in "$told" "= 16.43 EUR as recorded"
told=$("$TALLY" explain --data "$work/book" --seq "${fees[2]}")
expect_in "$told" "0.2 x 1983.57 EUR = 396.71400000 EUR"
expect_in "$told" "= 396.71 EUR as recorded"
expect_in "$("$TALLY" explain --data "$work/book" --seq "${fees[2]}" --json)" '"follows": true'

echo '{"@o": {"performance_fee_rate": "0.10"}}' >"$work/rules"
told=$("$TALLY" replay --data "$work/book" --with-rules "$work/rules" --out "$work/corrections" --proposer @ops)
# 10 %: 198.357, down.
expect_in "$told" "performance_fees: recorded 396.71, corrected 198.35, difference -198.36 EUR"
expect_in "$told" "total: recorded 826.28, corrected 429.56, difference -396.72 EUR"
expect_in "$("$TALLY" replay --data "$work/book" --with-rules "$work/rules" --json)" '"corrected": "198.35"'
[[ $(size_of "$work/book") == "$size" ]] || fail "replay wrote into the book"
[[ $(wc -l <"$work/corrections") == 1 ]] || fail "proposals: $(cat "$work/corrections")"
"$TALLY" submit --data "$work/book" "$work/corrections" >"$work/answers" || fail "$(cat "$work/answers")"
waiting=$("$TALLY" proposals --data "$work/book")
digest() { sed -n 's/^ *"'"$1"'": "\([0-9a-f]*\)",*$/\1/p' <<<"$waiting" | head -1; }
echo '{"command":"approve_proposal","actor":"@chief","proposal":"@replay-'"$size"'-1","command_digest":"'"$(digest command_digest)"'","outcome_digest":"'"$(digest outcome_digest)"'"}' |
  "$TALLY" submit --data "$work/book" - >"$work/answers" || fail "$(cat "$work/answers")"
told=$("$TALLY" replay --data "$work/book" --with-rules "$work/rules")
expect_in "$told" "fees that differ
  none"
told=$("$TALLY" verify --data "$work/book" --recompute) || fail "$told"
for seq in $(seq_of fee_corrected) $(seq_of fee_reversed); do
  "$TALLY" explain --data "$work/book" --seq "$seq" >"$work/out" || fail "$(cat "$work/out")"
done

refused() { # reason, arguments
  local reason=$1 status=0
  shift
  "$TALLY" "$@" >"$work/out" 2>"$work/err" || status=$?
  ((status == 1)) || fail "$*: exit code $status"
  [[ ! -s $work/out ]] || fail "$*: printed $(cat "$work/out")"
  expect_in "$(cat "$work/err")" "tally: $reason"
}
refused "unknown_record at seq" explain --data "$work/book" --seq 100000
echo '{"@o": {"performance_rate": "0.10"}}' >"$work/rules"
refused unknown_field replay --data "$work/book" --with-rules "$work/rules"
echo '{"@nobody": {}}' >"$work/rules"
refused unknown_reference replay --data "$work/book" --with-rules "$work/rules"
echo '{' >"$work/rules"
refused json replay --data "$work/book" --with-rules "$work/rules"

# What is read is put down before it is printed.
"$TALLY" access init --data "$work/book" >/dev/null 2>&1 || fail "access init"
"$TALLY" explain --data "$work/book" --seq "${fees[0]}" >/dev/null
"$TALLY" access drain --data "$work/book" >/dev/null 2>&1 || true
expect_in "$("$TALLY" access --data "$work/book")" '"explain"'
