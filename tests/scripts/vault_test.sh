#!/usr/bin/env bash
# Personal data from the import to the erasure: nothing of it is ever readable in the book's folder, a
# reader that is not ours finds what the formats page says, and after the erasure it is nowhere: not in
# the folder, not in what an old backup gives back.
source "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1

# nowhere FOLDER: none of Anna's names and texts is in any file, plain, as hexadecimal or as base64.
secrets=(@anna-papadopoulou "Anna Papadopoulou" anna@example.test "Her passport says")
nowhere() {
  local secret turn found
  for secret in "${secrets[@]}"; do
    local forms=("$secret" "$(printf %s "$secret" | od -An -tx1 -v | tr -d ' \n')")
    # Base64 of a text differs by where it begins; the ends belong to its neighbours.
    for turn in "" x xx; do
      forms+=("$(printf %s "$turn$secret" | base64 -w0 | cut -c5- | rev | cut -c5- | rev)")
    done
    for form in "${forms[@]}"; do
      found=$(grep -rlaiF -- "$form" "$1" || true)
      [[ -z $found ]] || fail "'$form' is in $found"
    done
  done
}
[[ $(printf 'xAnna Papadopoulou\n' | tee "$work/probe") ]] && ! (nowhere "$work") 2>/dev/null ||
  fail "the search finds nothing"
rm "$work/probe"

"$TALLY" init --data "$work/book" --book ledger.example/vault --profile cysec \
  --time-zone Asia/Nicosia >"$work/key" 2>/dev/null
cat >"$work/commands" <<'LINES'
{"command": "register_bank", "actor": "@ops", "bank": "@bank", "ring": "client_money"}
{"command": "register_client", "actor": "@ops", "client": "@ben", "category": "retail", "residence": "CY"}
{"command": "deposit", "actor": "@ops", "client": "@ben", "bank": "@bank", "amount": "100.00", "currency": "EUR"}
LINES
cat >"$work/people" <<'LINES'
{"person": "@anna-papadopoulou", "fields": {"name": "Anna Papadopoulou", "email": "anna@example.test"}}
{"person": "@ben", "fields": {"name": "Ben Nowak"}}
LINES
"$TALLY" submit --data "$work/book" "$work/commands" >/dev/null
"$TALLY" vault import --data "$work/book" "$work/people" --actor @ops >"$work/receipts"
[[ $(grep -c '"hit":false' "$work/receipts") == 2 ]] || fail "import: $(cat "$work/receipts")"
size=$(size_of "$work/book")
"$TALLY" vault import --data "$work/book" - --actor @ops <"$work/people" >"$work/receipts"
[[ $(grep -c '"hit":true' "$work/receipts") == 2 ]] || fail "not the same: $(cat "$work/receipts")"
[[ $(size_of "$work/book") == "$size" ]] || fail "the same data was recorded twice"
(echo "Her passport says Anna Papadopoulou"; head -c 200000 /dev/urandom) >"$work/passport"
digest=$("$TALLY" document add --data "$work/book" --person @anna-papadopoulou "$work/passport")
nowhere "$work/book"

# Shown and given, and noted first.
shown=$("$TALLY" vault view --data "$work/book" --person @anna-papadopoulou --actor @ops)
expect_in "$shown" '"text": "Anna Papadopoulou"'
"$TALLY" vault export --data "$work/book" --person @anna-papadopoulou --actor @ops --out "$work/anna.json"
[[ $(stat -c %a "$work/anna.json") == 600 ]] || fail "others may read what was exported"
expect_in "$(cat "$work/anna.json")" "$digest"
"$TALLY" document get --data "$work/book" "$digest" --actor @ops --to "$work/given"
cmp "$work/passport" "$work/given" || fail "another document was given"
! "$TALLY" document get --data "$work/book" "$digest" >"$work/out" 2>&1 || fail "nobody was said to look"
reads=$("$TALLY" access --data "$work/book" --subject @anna-papadopoulou)
[[ $(grep -c '"question": "vault ' <<<"$reads") == 2 ]] || fail "reads: $reads"
# The document about her names her: it is no bulk read that may have shown anybody.
expect_in "$reads" '"question": "document"'
! grep -q '"named": false' <<<"$reads" || fail "a document about one person is a bulk read: $reads"
mv "$work/book/access/spool" "$work/spool"
mkdir "$work/book/access/spool"
! "$TALLY" vault view --data "$work/book" --person @ben --actor @ops >"$work/out" 2>/dev/null ||
  fail "shown, and noted nowhere"
[[ ! -s $work/out ]] || fail "shown before it was noted"
rmdir "$work/book/access/spool"
mv "$work/spool" "$work/book/access/spool"

# Each digest is what anybody computes, and the record has it.
/usr/bin/python3 - "$work/anna.json" <<'PYTHON' >"$work/seqs" || fail "the export's digests are wrong"
import hashlib, hmac, json, struct, sys
for one in json.load(open(sys.argv[1]))["fields"]:
    word = lambda text: struct.pack(">I", len(text.encode())) + text.encode()
    message = word(one["kind"]) + word(one["field"]) + one["text"].encode()
    digest = hmac.new(bytes.fromhex(one["salt"]), message, hashlib.sha256).hexdigest()
    assert digest == one["digest"]
    print(one["seq"], digest)
PYTHON
[[ $(wc -l <"$work/seqs") == 2 ]] || fail "the export has not two fields"
while read -r seq value; do
  expect_in "$("$TALLY" record --data "$work/book" --seq "$seq")" "$value"
done <"$work/seqs"

# What is not ours reads the same files by their format's page.
oracle=$(dirname "$0")/../oracles/open_vault.py
if /usr/bin/python3 -c 'import cbor2, cryptography' 2>/dev/null; then
  read_by_python=$(/usr/bin/python3 "$oracle" "$work/book") || fail "the vault is not as its page says"
  expect_in "$read_by_python" '"names": ["@anna-papadopoulou"]'
  expect_in "$read_by_python" "$(sed -n '1s/.* //p' "$work/seqs")"
fi

# Backups from before: of the data, and of the keys.
"$TALLY" backup --data "$work/book" --to "$work/backups" >/dev/null
"$TALLY" vault backup-keys --data "$work/book" --to "$work/keys" --max-age 7 >"$work/out"
expect_in "$(cat "$work/out")" '"max_age_days": 7'
nowhere "$work/backups"
nowhere "$work/keys"
cp -r "$work/book" "$work/copy"

# A client's data is needed by law; a prospect's is not.
! "$TALLY" vault erase --data "$work/book" --person @ben --dry-run >"$work/out" 2>&1 || fail "a client erased"
expect_in "$(cat "$work/out")" under_retention
size=$(size_of "$work/book")

# Two people, and a dry run that changes nothing.
out=$("$TALLY" vault erase --data "$work/book" --person @anna-papadopoulou --dry-run)
expect_in "$out" '"fields": 2'
expect_in "$out" '"key_backups_until": '
expect_in "$("$TALLY" doctor --data "$work/book")" "ok vault: 4 names"
expect_in "$out" '"documents": 1'
! "$TALLY" vault erase --data "$work/book" --person @anna-papadopoulou --actor @ops 2>"$work/out" ||
  fail "one person erased"
expect_in "$(cat "$work/out")" "missing_field at approver"
! "$TALLY" vault erase --data "$work/book" --person @anna-papadopoulou --actor @ops --approver @ops \
  2>"$work/out" || fail "one person erased twice over"
[[ $(size_of "$work/book") == "$size" ]] || fail "a refused erasure was recorded"

key_line=$(grep '^key: ' "$work/book/keys/vault.kek")
"$TALLY" vault erase --data "$work/book" --person @anna-papadopoulou --actor @ops --approver @chief >"$work/erased"
nowhere "$work/book"
! grep -rqaF -- "${key_line#key: }" "$work/book" || fail "the old encryption key is still here"
id=$(sed -n 's/.*"person": "\([0-9a-f]*\)".*/\1/p' "$work/anna.json")
! grep -rqaF --exclude=reads -- "$id" "$work/book/vault" || fail "the vault still has the id"
seq=$(sed -n 's/.*"seq": \([0-9]*\).*/\1/p' "$work/erased")
for at in "$seq" $((seq + 1)); do
  record=$("$TALLY" record --data "$work/book" --seq "$at")
  ! grep -qF "$id" <<<"$record" || fail "the record of the erasure names the subject"
  ! grep -qF '"subjects"' <<<"$record" || fail "the record of the erasure has a subject"
done

# Gone, not missing; and all that was proved stays proved.
! "$TALLY" vault view --data "$work/book" --person "$id" --actor @ops 2>"$work/out" || fail "still shown"
expect_in "$(cat "$work/out")" person_erased
! "$TALLY" document get --data "$work/book" "$digest" --actor @ops >"$work/out" 2>&1 || fail "still given"
expect_in "$(cat "$work/out")" document_erased
out=$("$TALLY" verify --data "$work/book" --recompute --key "$(cat "$work/key")")
expect_in "$out" "1 commitments kept, 2 erased, by 1 erasures"
expect_in "$("$TALLY" vault view --data "$work/book" --person @ben --actor @ops)" "Ben Nowak"
"$TALLY" prove --data "$work/book" --seq "$(sed -n '1s/ .*//p' "$work/seqs")" >"$work/proof"
"$TALLY" verify --data "$work/book" --trusted "$work/proof" >/dev/null || fail "an old proof"
"$TALLY" submit --data "$work/book" "$work/commands" >"$work/receipts" || true
expect_in "$(sed -n 3p "$work/receipts")" '"hit":true'
if /usr/bin/python3 -c 'import cbor2, cryptography' 2>/dev/null; then
  read_by_python=$(/usr/bin/python3 "$oracle" "$work/book") || fail "the vault is not as its page says"
  ! grep -qF "$(sed -n '1s/.* //p' "$work/seqs")" <<<"$read_by_python" || fail "python still reads it"
fi

# An old backup gives nothing back: locked without the list, and without him with it.
"$TALLY" checkpoint --data "$work/book" >"$work/newest.note"
"$TALLY" vault erasures --data "$work/copy" --out "$work/old.list"
"$TALLY" vault erasures --data "$work/book" --out "$work/new.list"
out=$("$TALLY" restore --from "$work/backups" --to "$work/locked" --key "$(cat "$work/key")")
expect_in "$out" "vault: locked"
expect_in "$("$TALLY" vault status --data "$work/locked")" vault_locked
! "$TALLY" vault restore-keys --data "$work/locked" --from "$work/keys" 2>"$work/out" ||
  fail "keys were given to a vault without its list"
expect_in "$(cat "$work/out")" vault_locked
! "$TALLY" vault view --data "$work/locked" --person "$id" --actor "$id" 2>/dev/null || fail "locked, and shown"
expect_in "$("$TALLY" verify --data "$work/locked")" "vault: locked, not checked"
! "$TALLY" restore --from "$work/backups" --to "$work/restored" --erasures "$work/old.list" \
  --newest "$work/newest.note" >/dev/null 2>"$work/out" || fail "an old list was enough"
expect_in "$(cat "$work/out")" erasure_list
[[ ! -e $work/restored ]] || fail "a folder was left"
out=$("$TALLY" restore --from "$work/backups" --to "$work/restored" --erasures "$work/new.list" \
  --newest "$work/newest.note")
expect_in "$out" "erasures: 3 entries"
"$TALLY" vault restore-keys --data "$work/restored" --from "$work/keys" >/dev/null
nowhere "$work/restored"
! grep -rqaF -- "${key_line#key: }" "$work/restored" || fail "the backup's encryption key is left"
! grep -rqaP -- "$(sed 's/../\\x&/g' <<<"$id")" "$work/restored/vault" || fail "the restored vault has the id"
expect_in "$("$TALLY" vault view --data "$work/restored" --person @ben --actor @ops)" "Ben Nowak"
! "$TALLY" vault view --data "$work/restored" --person "$id" --actor @ops 2>"$work/out" || fail "back again"
expect_in "$(cat "$work/out")" person_erased
expect_in "$("$TALLY" verify --data "$work/restored")" "1 commitments kept, 2 erased"

# What is missing is a finding, and no erasure.
cp -r "$work/copy" "$work/missing"
head -c 88 "$work/copy/vault/person-keys" >"$work/missing/vault/person-keys"
status=0
out=$("$TALLY" verify --data "$work/missing") || status=$?
[[ $status == 1 ]] || fail "missing keys: verify ended with $status: $out"
expect_in "$out" "vault_key_missing at $id"
! "$TALLY" submit --data "$work/missing" - <<<'{"command": "register_client", "actor": "@ops", "client": "@carl", "category": "retail", "residence": "CY"}' >"$work/out" || fail "a new name, with keys missing"
expect_in "$(cat "$work/out")" vault_key_missing
cp -r "$work/copy" "$work/keyless"
rm "$work/keyless/keys/vault.kek"
out=$("$TALLY" verify --data "$work/keyless") || fail "a missing key is no damage of the log"
expect_in "$out" "vault_key_missing at"
! "$TALLY" submit --data "$work/keyless" "$work/commands" >"$work/out" || fail "names were used without keys"
expect_in "$(cat "$work/out")" '"reason":"vault_key_missing"'
[[ $(size_of "$work/keyless") == "$size" ]] || fail "something was recorded"

# A vault that is gone whole is not made anew: whoever is named would get a second id.
cp -r "$work/copy" "$work/gone"
rm -r "$work/gone/vault" "$work/gone/keys/vault.kek"
expect_in "$("$TALLY" verify --data "$work/gone")" "vault: locked, not checked"
! "$TALLY" submit --data "$work/gone" "$work/commands" >"$work/out" || fail "names were given a second id"
expect_in "$(cat "$work/out")" '"reason":"vault_locked"'
[[ ! -e $work/gone/vault ]] || fail "a vault was made"
touch "$work/gone/private/refs" # "There are no names."
"$TALLY" submit --data "$work/gone" - <<<'{"command": "register_client", "actor": "@new-ops", "client": "@carl", "category": "retail", "residence": "CY"}' >"$work/out" || fail "a new beginning: $(cat "$work/out")"
chmod 644 "$work/copy/keys/vault.kek"
! "$TALLY" submit --data "$work/copy" "$work/commands" >"$work/out" || fail "a key with wide permissions"
expect_in "$(cat "$work/out")" key_file_mode
echo "imported, shown, erased; nowhere in the folder nor in a restored backup"
