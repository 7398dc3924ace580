#!/usr/bin/env bash
# Other people's accounting programs read the exported book in their strictest modes, come to the same
# balances as we do, and refuse it when one amount is off by the smallest unit.
source "$(dirname "$0")/lib.sh"

for tool in hledger ledger bean-check python3; do
  command -v "$tool" >/dev/null || skip "$tool is not installed"
done
book=$work/book

# Deposits, a manual entry over both rings, units, an account with one below it, and a late entry.
new_book "$book" exports s1 || fail "init"
"$TALLY" submit --data "$book" - >"$work/receipts" <<'EOF' || fail "refused: $(grep error "$work/receipts")"
{"command":"register_bank","at":"2026-01-05T08:00:00Z","actor":"@ops","bank":"@trust","ring":"client_money"}
{"command":"register_bank","actor":"@ops","bank":"@own","ring":"house"}
{"command":"register_client","actor":"@ops","client":"@anna","category":"retail","residence":"CY"}
{"command":"register_client","actor":"@ops","client":"@ben","category":"professional","residence":"GR"}
{"command":"deposit","actor":"@ops","client":"@anna","bank":"@trust","amount":"1000.01","currency":"EUR"}
{"command":"deposit","actor":"@ops","client":"@ben","bank":"@trust","amount":"250000","currency":"JPY"}
{"command":"deposit","actor":"@ops","client":"@ben","bank":"@trust","amount":"12.345","currency":"BHD"}
{"command":"withdraw","at":"2026-01-06T22:30:00Z","actor":"@ops","client":"@ben","amount":"250000","currency":"JPY"}
{"command":"pay_withdrawal","actor":"@ops","client":"@ben","bank":"@trust","amount":"250000","currency":"JPY"}
{"command":"open_accounts","actor":"@ops","approver":"@compliance","accounts":["equity:house:capital:class-a","equity:memo:units:p1:@anna","equity:memo:units:p1:issued"]}
{"command":"post_entry","at":"2026-01-07T09:00:00Z","actor":"@ops","approver":"@compliance","effective_at":"2025-12-31T12:00:00Z","postings":[{"account":"assets:house:bank:@own","commodity":"EUR","amount":"50000.00"},{"account":"equity:house:capital","commodity":"EUR","amount":"-20000.00"},{"account":"equity:house:capital:class-a","commodity":"EUR","amount":"-30000.00"}]}
{"command":"post_entry","actor":"@ops","approver":"@compliance","postings":[{"account":"equity:memo:units:p1:@anna","commodity":"UNIT.P1E1","amount":"10.00000001"},{"account":"equity:memo:units:p1:issued","commodity":"UNIT.P1E1","amount":"-10.00000001"}]}
EOF
for format in hledger ledger beancount leaves jsonl; do
  "$TALLY" export --data "$book" --format "$format" >"$work/$format" || fail "export $format"
done
for format in hledger ledger beancount; do
  expect_in "$(head -n 6 "$work/$format")" "; root: $(root_of "$book")"
  expect_in "$(head -n 6 "$work/$format")" "; size: $(size_of "$book")"
  expect_in "$(head -n 6 "$work/$format")" "; SIMULATED"
done

# accepts FORMAT FILE: its program finds nothing wrong. Ledger's exit code is its number of errors,
# which may come round to zero, so what it says counts too.
accepts() {
  case $1 in
    hledger) hledger -f "$2" check -s ordereddates balancednoautoconversion ;;
    ledger) ledger --args-only -f "$2" --pedantic --explicit balance >/dev/null ;;
    beancount) bean-check "$2" ;;
  esac >"$work/said" 2>&1 && [[ ! -s $work/said ]]
}
for format in hledger ledger beancount; do
  accepts "$format" "$work/$format" || fail "$format refuses a sound book: $(head -n 20 "$work/said")"
done

# hledger's balances are ours, all of them, to the last digit.
hledger -f "$work/hledger" balance -N --flat --layout=bare -O csv >"$work/theirs"
"$TALLY" balance --data "$book" >"$work/ours"
python3 - "$work/theirs" "$work/ours" <<'EOF' || fail "hledger and tally differ"
import csv, decimal, json, sys
with open(sys.argv[1]) as file:
    theirs = {(row["account"], row["commodity"]): decimal.Decimal(row["balance"])
              for row in csv.DictReader(file)}
with open(sys.argv[2]) as file:
    ours = {(row["account"], row["commodity"]): decimal.Decimal(row["amount"])
            for row in json.load(file)["balances"]}
for key in sorted(theirs.keys() | ours.keys()):
    if theirs.get(key) != ours.get(key):
        sys.exit(f"{key}: hledger {theirs.get(key)}, tally {ours.get(key)}")
if len(ours) < 9:
    sys.exit(f"only {len(ours)} balances were compared")
EOF

# One amount off by its smallest unit, in each commodity: transactions, then closing balances.
altered() { # format, from, to, first or last occurrence
  python3 - "$work/$1" "$2" "$3" "$4" >"$work/altered" <<'EOF' || fail "no '$2' in the $1 export"
import sys
path, old, new, which = sys.argv[1:]
with open(path) as file:
    text = file.read()
at = text.index(old) if which == "first" else text.rindex(old)
print(text[:at] + new + text[at + len(old):], end="")
EOF
  accepts "$1" "$work/altered" && fail "$1 accepts $3 for the $4 $2"
  return 0
}
for format in hledger ledger beancount; do
  for which in first last; do
    altered "$format" " 1000.01 EUR" " 1000.02 EUR" "$which"
    altered "$format" " -1000.01 EUR" " -1000.006 EUR" "$which"
    altered "$format" " 12.345 BHD" " 12.346 BHD" "$which"
    altered "$format" " 10.00000001 " " 10.00000002 " "$which"
    altered "$format" " 0 JPY" " 1 JPY" "$which"
  done
  altered "$format" " 250000 JPY" " 250001 JPY" first
done

# The leaves alone give the signed root (RFC 9162, section 2.1.1).
python3 - "$work/leaves" "$(size_of "$book")" "$(root_of "$book")" <<'EOF' || fail "the leaves"
import base64, hashlib, sys
def root(hashes):
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << ((len(hashes) - 1).bit_length() - 1)
    return hashlib.sha256(b"\1" + root(hashes[:split]) + root(hashes[split:])).digest()
with open(sys.argv[1]) as file:
    leaves = [bytes.fromhex(line) for line in file]
if len(leaves) != int(sys.argv[2]):
    sys.exit(f"{len(leaves)} leaves")
found = root([hashlib.sha256(b"\0" + leaf).digest() for leaf in leaves])
if base64.b64encode(found).decode() != sys.argv[3]:
    sys.exit("another root")
EOF
[[ $(wc -l <"$work/jsonl") == "$(size_of "$book")" ]] || fail "jsonl has another number of records"

# Exporting changes nothing, and an unknown format is refused.
"$TALLY" export --data "$book" --format hledger | cmp - "$work/hledger" || fail "two exports differ"
out=$("$TALLY" export --data "$book" --format excel 2>&1) && fail "an unknown format: $out"
exit 0
