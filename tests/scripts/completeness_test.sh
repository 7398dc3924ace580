#!/usr/bin/env bash
# A subject's records are proven complete, and the index root is what another program makes of the
# exported log (Python's cbor2 and hashlib).
source "$(dirname "$0")/lib.sh"
verify=$(dirname "$TALLY")/tally-verify
# Debian's own interpreter has Debian's packages; another one may come first in PATH.
python=python3
"$python" -c 'import cbor2' 2>/dev/null || python=/usr/bin/python3
"$python" -c 'import cbor2' 2>/dev/null || skip "python3-cbor2 is missing"

new_book "$work/book" complete s7
"$TALLY" submit --data "$work/book" demo/brokerage.jsonl >/dev/null
"$TALLY" index-root --data "$work/book" >"$work/receipt"
expect_in "$(cat "$work/receipt")" '"count": 2'
"$TALLY" submit --data "$work/book" - >/dev/null <<'LINE'
{"command":"register_client","request_id":"later","actor":"@ops","client":"@later","category":"retail","residence":"CY"}
LINE
"$TALLY" verify --data "$work/book" --recompute >"$work/verified" || fail "$(cat "$work/verified")"
expect_in "$(cat "$work/verified")" "index roots: 1, all right"
"$TALLY" export --data "$work/book" --format leaves >"$work/leaves"
"$TALLY" checkpoint --data "$work/book" >"$work/note"
key=$(cat "$work/book/verifier-key")
expect_in "$("$verify" --key "$key" --checkpoint "$work/note" "$work/leaves")" "index roots: 1, all right"

# The subjects, and the root, by a program of another kind.
"$python" - "$work/leaves" >"$work/subjects" <<'PYTHON' || fail "the index root is not what the leaves say"
import hashlib, sys, cbor2

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def root(leaves):
    if not leaves:
        return sha()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return sha(b"\1", root(leaves[:k]), root(leaves[k:]))

leaves = [bytes.fromhex(line) for line in open(sys.argv[1]).read().split()]
records = [cbor2.loads(leaf) for leaf in leaves]
body = next(record[10] for record in records if record[8] == 8)
last = {}
for record, leaf in zip(records[:body[1]], leaves):
    for subject in record.get(12, []):
        last[subject[0]] = (subject[1], record[2], sha(b"\0", leaf))
assert body[4] == records[0][4]
table = sorted((sha(body[4], id), *entry) for id, entry in last.items())
assert body[2] == len(table) > 5
assert body[3] == root([sha(b"\0", cbor2.dumps(list(entry))) for entry in table])
for id, entry in sorted(last.items()):
    print(id.hex(), entry[0])
PYTHON

while read -r subject count; do
  "$TALLY" history --data "$work/book" --subject "$subject" --prove >"$work/proof"
  out=$("$verify" --key "$key" --history "$work/proof") || fail "the proof of $subject is refused"
  expect_in "$out" "all $count records of $subject below"
  sed -i '$d' "$work/proof"
  ! "$verify" --key "$key" --history "$work/proof" >/dev/null 2>&1 ||
    fail "a record of $subject was left out and nobody noticed"
done <"$work/subjects"

# Nobody: of an id that stands nowhere, and of one that came later.
for subject in 000102030405060708090a0b0c0d0e0f @later; do
  "$TALLY" history --data "$work/book" --subject "$subject" --prove >"$work/proof"
  expect_in "$("$verify" --key "$key" --history "$work/proof")" "all 0 records of"
done

# Only the service makes index roots, and only a subject's history is proven.
out=$("$TALLY" submit --data "$work/book" - <<<'{"command":"commit_index","request_id":"x","actor":"@ops"}' || true)
expect_in "$out" "service_command"
! "$TALLY" history --data "$work/book" --prove 2>/dev/null || fail "a history of everything was proven"
! "$TALLY" history --data "$work/book" --subject @later --limit 5 --prove 2>/dev/null ||
  fail "a part of a history was proven"
