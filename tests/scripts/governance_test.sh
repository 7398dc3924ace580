#!/usr/bin/env bash
# Two officers with key files govern a book through the program; OpenSSL checks what they signed, Python's
# cbor2 and hashlib the digests, and hledger the frozen trial balance.
source "$(dirname "$0")/lib.sh"
for tool in openssl hledger; do
  command -v "$tool" >/dev/null || skip "$tool is not installed"
done
/usr/bin/python3 -c 'import cbor2' 2>/dev/null || skip "python3-cbor2 is not installed"

book=$work/book
new_book "$book" governed seed-governance
submit() { "$TALLY" submit --data "$book" - <<<"$1"; }
accepted() { expect_in "$(submit "$1" || true)" '"receipt"'; }
refused() { expect_in "$(submit "$1" || true)" "\"reason\":\"$2\""; }

at='"at":"2026-02-03T08:00:00Z"'
accepted "{\"command\":\"open_accounts\",\"actor\":\"@ops\",\"approver\":\"@chief\",\"at\":\"2026-01-05T08:00:00Z\",\"accounts\":[\"assets:house:till\",\"assets:house:safe\"]}"
entry() { # account, amount, effective_at, more
  echo "{\"command\":\"post_entry\",\"actor\":\"@ops\",\"approver\":\"@chief\",\"effective_at\":\"$3\",\"postings\":[{\"account\":\"$1\",\"commodity\":\"EUR\",\"amount\":\"$2\"},{\"account\":\"equity:house:capital\",\"commodity\":\"EUR\",\"amount\":\"-$2\"}]$4}"
}
accepted "$(entry assets:house:till 5.00 2026-01-05T08:00:00Z "")"
accepted "$(entry assets:house:safe 7.25 2026-02-02T00:00:00Z ",$at")"
accepted "$(entry assets:house:safe 1.50 2026-01-31T21:59:59.999999Z "")"

# The officers of record 0 enrol with their own keys.
for officer in 1 2; do
  "$TALLY" person line --data "$book" --person "@officer-$officer" \
    --key "$book/keys/officer-$officer.key" >"$work/line"
  accepted "$(cat "$work/line")"
done
expect_in "$("$TALLY" person list --data "$book")" '"signatures_required": true'
refused "$(entry assets:house:till 1.00 2026-02-03T08:00:00Z "")" signature_required

# Officer 1 proposes to close January, which ends at midnight in the book's zone, signed; officer 2 looks, signs and approves.
propose='{"command":"propose","request_id":"p-1","actor":"@officer-1","proposal":"@close-january","valid_until":"2026-03-01T00:00:00Z","proposed":{"command":"close_period","until":"2026-01-31T22:00:00Z"}}'
refused "$propose" signature_required
sign() { "$TALLY" sign --data "$book" --key "$book/keys/officer-$1.key" - <<<"$2"; }
refused "$(sign 2 "$propose")" unknown_signer
accepted "$(sign 1 "$propose")"
"$TALLY" proposals --data "$book" --proposal @close-january >"$work/proposal"
approve=$(/usr/bin/python3 - "$work/proposal" <<'PY'
import json, sys
p = json.load(open(sys.argv[1]))
print(json.dumps({"command": "approve_proposal", "request_id": "a-1", "actor": "@officer-2",
                  "proposal": p["proposal"], "command_digest": p["command_digest"],
                  "outcome_digest": p["outcome_digest"]}))
PY
)
refused "$(sign 1 "${approve/officer-2/officer-1}")" same_person
altered=$(sign 2 "$approve")
altered=${altered/a-1/a-2}
refused "$altered" signature
answer=$(sign 2 "$approve" | "$TALLY" submit --data "$book" -)
expect_in "$answer" '"receipt"'
seq=$(sed 's/.*"seq":\([0-9]*\).*/\1/' <<<"$answer")

# What is in the records, with tools that are not ours.
"$TALLY" export --data "$book" --format hledger >"$work/journal"
"$TALLY" periods --data "$book" --until 2026-01-31T22:00:00Z >"$work/frozen"
for offset in -1 0 1 2; do
  "$TALLY" record --data "$book" --seq $((seq + offset)) --raw >"$work/record.$offset"
done
/usr/bin/python3 - "$work" <<'PY' || fail "the oracle disagrees"
import cbor2, csv, hashlib, json, subprocess, sys
from decimal import Decimal
work = sys.argv[1]
read = lambda name: cbor2.loads(open(f"{work}/{name}", "rb").read())
sha = lambda data: hashlib.sha256(data).digest()
proposal, command, approved, closed = (read(f"record.{n}") for n in (-1, 0, 1, 2))

# The approval's signature, over its envelope, by the key in the record.
body = command[10]
signature = body[9][0]
assert body[6] == 3 and signature[1] == 1, "not signed"
envelope = cbor2.dumps(["tallystick/command/v1", "ledger.example/governed", body[3], body[4], b"",
                        sha(body[1].encode() + b"\n" + body[2]), b""], canonical=True)
open(f"{work}/envelope", "wb").write(envelope)
open(f"{work}/signature", "wb").write(signature[3])
spki = bytes.fromhex("302a300506032b6570032100") + signature[2]
open(f"{work}/key.der", "wb").write(spki)
check = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", f"{work}/key.der",
         "-rawin", "-in", f"{work}/envelope", "-sigfile", f"{work}/signature"]
assert subprocess.run(check, capture_output=True).returncode == 0, "openssl: the signature is bad"
open(f"{work}/envelope", "wb").write(envelope[:-1] + b"\x01")
assert subprocess.run(check, capture_output=True).returncode != 0, "openssl accepts anything"

# What was approved is what was proposed, and what came of it is what was looked at.
made = proposal[10]
fields = cbor2.loads(cbor2.loads(body[2])[2])
assert fields[2] == made[5] == sha(made[3].encode() + b"\n" + made[4]), "command digest"
assert fields[3] == made[6], "outcome digest"
def effect(record):
    keep = (8, 9, 10, 11, 13, 14) + (() if record[6] == record[5] else (6,))
    out = {key: record[key] for key in keep if key in record}
    if 12 in record:
        out[12] = [subject[0] for subject in record[12]]
    return out
assert made[6] == sha(cbor2.dumps([effect(closed)], canonical=True)), "outcome"

# The frozen balance.
frozen = json.load(open(f"{work}/frozen"))
lines = [[a["account"], a["commodity"], int(Decimal(a["amount"]) * 100)] for a in frozen["accounts"]]
assert closed[10][4] == sha(cbor2.dumps(lines, canonical=True)), "trial balance digest"
hledger = subprocess.run(["hledger", "-f", f"{work}/journal", "balance", "--flat", "--no-total", "--date2",
                          "--output-format", "csv", "-e", "2026-02-01"], capture_output=True, text=True)
assert hledger.returncode == 0, hledger.stderr
theirs = {}
for account, amount in list(csv.reader(hledger.stdout.splitlines()))[1:]:
    number, commodity = amount.split()
    theirs[account, commodity] = Decimal(number)
ours = {(a["account"], a["commodity"]): Decimal(a["amount"]) for a in frozen["accounts"]}
assert theirs == ours, (theirs, ours)
PY

# Late entries need both, and are listed.
late='{"command":"register_client","actor":"@ops","client":"@ann","category":"retail","residence":"CY","effective_at":"2026-01-20T00:00:00Z"}'
refused "$late" period_closed
late='{"command":"register_client","request_id":"late-1","actor":"@officer-1","approver":"@officer-2","client":"@ann","category":"retail","residence":"CY","effective_at":"2026-01-20T00:00:00Z"}'
refused "$late" signature_required
outcome=$("$TALLY" submit --data "$book" --dry-run - <<<"$late" |
  sed 's/.*"outcome_digest":"\([0-9a-f]*\)".*/\1/')
unseen=$(printf '0%.0s' {1..64})
first=$("$TALLY" sign --data "$book" --key "$book/keys/officer-1.key" --outcome "$unseen" - <<<"$late")
refused "$(sign 2 "$first")" outcome_changed
first=$("$TALLY" sign --data "$book" --key "$book/keys/officer-1.key" --outcome "$outcome" - <<<"$late")
accepted "$(sign 2 "$first")"
expect_in "$("$TALLY" periods --data "$book" --until 2026-01-31T22:00:00Z --entries-after-close)" client_registered
# Another log key takes over by the two signatures.
"$TALLY" key rotate --data "$book" --actor @officer-1 --approver @officer-2 --line >"$work/rotate"
outcome=$("$TALLY" submit --data "$book" --dry-run "$work/rotate" |
  sed 's/.*"outcome_digest":"\([0-9a-f]*\)".*/\1/')
first=$("$TALLY" sign --data "$book" --key "$book/keys/officer-1.key" --outcome "$outcome" "$work/rotate")
accepted "$(sign 2 "$first")"
# And another one by a proposal.
"$TALLY" key rotate --data "$book" --actor @officer-1 --approver @officer-2 --line >"$work/rotate"
propose=$(/usr/bin/python3 - "$work/rotate" <<'PY'
import json, sys
line = json.load(open(sys.argv[1]))
proposed = {k: v for k, v in line.items() if k not in ("actor", "approver", "request_id")}
print(json.dumps({"command": "propose", "request_id": "p-2", "actor": "@officer-1", "proposal": "@rotate",
                  "valid_until": "2026-03-01T00:00:00Z", "proposed": proposed}))
PY
)
accepted "$(sign 1 "$propose")"
"$TALLY" proposals --data "$book" --proposal @rotate >"$work/proposal"
approve=$(/usr/bin/python3 - "$work/proposal" <<'PY'
import json, sys
p = json.load(open(sys.argv[1]))
print(json.dumps({"command": "approve_proposal", "request_id": "a-3", "actor": "@officer-2",
                  "proposal": p["proposal"], "command_digest": p["command_digest"],
                  "outcome_digest": p["outcome_digest"]}))
PY
)
accepted "$(sign 2 "$approve")"
keys=$("$TALLY" key show --data "$book" | grep -c '"authority"')
((keys == 2)) || fail "expected two rotations, key show has $keys"

expect_in "$("$TALLY" verify --data "$book" --recompute)" "verified"
! "$TALLY" verify --data "$book" --recompute | grep -q "NOT VERIFIED" || fail "the book does not verify"
echo "proposed, signed, approved, closed: openssl, cbor2 and hledger agree"
