#!/usr/bin/env bash
# The comparison with PostgreSQL runs whole, on tiny numbers, and says so when the two books differ.
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"
here=$(dirname "${BASH_SOURCE[0]}")

chmod 711 "$work"  # PostgreSQL runs as another user than root.
code=0
out=$(TALLY="$TALLY" bash "$here/postgres.sh" --data "$work/run" --transfers 2000 --seconds 1 \
  --clients 20) || code=$?
((code != 77)) || skip "$out"
((code == 0)) || fail "postgres.sh ended with $code: $out"
for mode in batch-1 batch-1000 clients-20 clients-20-thrift clients-20-pool-64; do
  for schema in full lean; do
    grep -Eq "^postgres mode=$mode schema=$schema transfers_per_second=[1-9][0-9]* postgres=[1-9][0-9]* ratio=[0-9]+\.[0-9]{2}$" \
      <<<"$out" || fail "no figure for $mode $schema in: $out"
  done
done
[[ ! -e $work/run/postgres && ! -e $work/run/tally ]] || fail "the run left something behind"

printf '%s\n' '{"balances": [{"account": "a:b", "amount": "1.05", "commodity": "EUR"}]}' >"$work/ours"
echo 'a:b|105' >"$work/theirs"
python3 "$here/postgres_compare.py" "$work/ours" "$work/theirs" || fail "equal balances are refused"
echo 'a:b|106' >"$work/theirs"
if python3 "$here/postgres_compare.py" "$work/ours" "$work/theirs" 2>/dev/null; then
  fail "a wrong balance is not noticed"
fi

code=0
out=$(POSTGRES_BIN=$work/none bash "$here/postgres.sh") || code=$?
((code == 77)) || fail "without PostgreSQL it ended with $code"
expect_in "$out" "install postgresql-15"
