#!/usr/bin/env bash
# The life of a book's keys: files that others can read, passphrases, two rotations, a compromise, and
# receipts that stay good through all of it. What is not ours checks the signatures (openssl, cbor2).
source "$(dirname "$0")/lib.sh"
verify=$(dirname "$TALLY")/tally-verify
command -v openssl >/dev/null || skip "openssl is not installed"
python=
for candidate in python3 /usr/bin/python3; do
  [[ -z $python ]] && "$candidate" -c 'import cbor2' 2>/dev/null && python=$candidate
done
[[ -n $python ]] || skip "python3-cbor2 is not installed"
unset TALLY_PASSPHRASE_FILE
book=$work/book
"$TALLY" init --data "$book" --book ledger.example/keys --profile offshore >/dev/null 2>&1
first=$(cat "$book/verifier-key")
root=$("$TALLY" key show "$book/keys/root.key" | sed -n 's/.*"key": "\(.*\)".*/\1/p')

# A second copy that goes on signing: a fork, of which the book below knows nothing.
cp -a "$book" "$work/fork"
for name in zoe zeno; do
  "$TALLY" submit --data "$work/fork" - >/dev/null <<<"{\"command\": \"register_client\", \"actor\": \"@ops\", \"client\": \"@$name\", \"category\": \"retail\", \"residence\": \"CY\"}"
done
"$TALLY" export --data "$work/fork" --format leaves >"$work/forked"
"$TALLY" checkpoint --data "$work/fork" >"$work/fork.note"

# Every output of every command below is kept, to be searched for key bytes at the end.
hex_of() { "$python" -c 'import base64, sys; print(base64.b64decode(sys.argv[1])[-32:].hex())' "$1"; }
tally() { "$TALLY" "$@" 2> >(tee -a "$work/all-output" >&2) | tee -a "$work/all-output"; return "${PIPESTATUS[0]}"; }
refused() { # what is expected, command...
  local expected=$1 out status=0
  shift
  out=$(tally "$@" 2>&1 </dev/null) || status=$?
  [[ $status == 1 ]] || fail "$* ended with $status: $out"
  expect_in "$out" "$expected"
}
register() {
  tally submit --data "$book" - <<<"{\"command\": \"register_client\", \"actor\": \"@ops\", \"client\": \"@$1\", \"category\": \"retail\", \"residence\": \"CY\"}" >/dev/null ||
    fail "registering $1"
}
size() { size_of "$book"; }
prove() { # seq, name: a receipt that is kept
  tally prove --data "$book" --seq "$1" >"$work/$2.tlog-proof"
  tally record --data "$book" --seq "$1" --raw >"$work/$2.record" 2>/dev/null
}

# A key file that others can read: nothing is signed, nothing recorded.
register anna
before=$(size)
for mode in 640 604 644 660; do
  chmod $mode "$book/keys/log.key"
  out=$(tally submit --data "$book" - 2>&1 <<<'{"command": "register_client", "actor": "@ops", "client": "@x", "category": "retail", "residence": "CY"}') && fail "a key with mode $mode was used"
  expect_in "$out" "key_file_mode at $book/keys/log.key"
  expect_in "$out" "mode 0$mode"
  expect_in "$out" "chmod 600"
done
chmod 600 "$book/keys/log.key"
[[ $(size) == "$before" ]] || fail "something was recorded"

# A receipt under the first key, and its note.
prove 3 first
tally checkpoint --data "$book" >"$work/first.note"

# At rest under a passphrase.
cp "$book/keys/log.key" "$work/plain.key"
echo 'open sesame' >"$work/passphrase"
chmod 644 "$work/passphrase"
refused "key_file_mode at $work/passphrase" key encrypt "$book/keys/log.key" --passphrase-file "$work/passphrase"
chmod 600 "$work/passphrase"
refused passphrase_missing key encrypt "$book/keys/log.key"  # No terminal, no file.
cmp -s "$work/plain.key" "$book/keys/log.key" || fail "the key file was changed"
tally key encrypt "$book/keys/log.key" --passphrase-file "$work/passphrase"
grep -q PRIVATE "$book/keys/log.key" && fail "the key file is not encrypted"
[[ $(stat -c %a "$book/keys/log.key") == 600 ]] || fail "the encrypted file is not 0600"
expect_in "$(tally key show "$book/keys/log.key")" '"form": "encrypted"'
echo '{"command": "register_client", "actor": "@ops", "client": "@bert", "category": "retail", "residence": "CY"}' >"$work/bert"
refused passphrase_missing submit --data "$book" "$work/bert"
echo 'another' >"$work/wrong"; chmod 600 "$work/wrong"
refused "passphrase at $book/keys/log.key" --passphrase-file "$work/wrong" submit --data "$book" "$work/bert"
[[ $(size) == "$before" ]] || fail "something was recorded"
tally submit --data "$book" "$work/bert" --passphrase-file "$work/passphrase" >/dev/null || fail "the passphrase was refused"
export TALLY_PASSPHRASE_FILE=$work/passphrase
register carl

# The first rotation, authorised by the old key: two people, an overlap, then the new key alone.
refused same_person key rotate --data "$book" --actor @ops --approver @ops
tally key rotate --data "$book" --actor @ops --approver @chief --encrypt >"$work/rotated" || fail "rotate: $(cat "$work/rotated")"
tally checkpoint --data "$book" >"$work/overlap.note"
[[ $(grep -c '^— ledger.example/keys ' "$work/overlap.note") == 2 ]] || fail "no overlap: $(cat "$work/overlap.note")"
second=$(tally key show --data "$book" | grep -A1 '"signing"' | sed -n 's/.*"key": "\(.*\)".*/\1/p')
[[ $second != "$first" ]] || fail "the key is the same"
register dora
tally checkpoint --data "$book" >"$work/second.note"
[[ $(grep -c '^— ' "$work/second.note") == 1 ]] || fail "two keys signed"
prove 4 second

# openssl accepts the new key's note, and refuses it changed; cbor2 writes the statements as we do, and
# openssl accepts their signatures.
"$python" - "$work" "$second" "$first" "$("$TALLY" history --data "$book" --kind log_key_rotated | sed -n 's/.*"seq": \([0-9]*\).*/\1/p' | head -1)" "$("$TALLY" record --data "$book" --seq "$(($(sed -n 2p "$work/overlap.note") - 1))" | tr -d '\n')" <<'PY' || fail "openssl or cbor2"
import base64, json, subprocess, sys, cbor2
work, vkey, old, _, record = sys.argv[1:]
public = lambda v: base64.b64decode(v.split("+", 2)[2])[1:]
def check(key, message, signature):
    open(work + "/k.der", "wb").write(bytes.fromhex("302a300506032b6570032100") + key)
    open(work + "/m", "wb").write(message); open(work + "/s", "wb").write(signature)
    return subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", work + "/k.der",
                           "-rawin", "-in", work + "/m", "-sigfile", work + "/s"], capture_output=True).returncode == 0
text, lines = open(work + "/second.note", "rb").read().rsplit(b"\n\n", 1)
signature = base64.b64decode(lines.split()[2])[4:]
assert check(public(vkey), text + b"\n", signature)
assert not check(public(vkey), text.replace(b"\n", b"\n1", 1) + b"\n", signature)
body = json.loads(record)["body"]
def statement(context):
    return cbor2.dumps([context, "ledger.example/keys", bytes.fromhex(body["old_key"]), bytes.fromhex(body["new_key"]),
                        body["after_size"]], canonical=True)
new_key, old_key = bytes.fromhex(body["new_key"]), bytes.fromhex(body["old_key"])
assert new_key == public(vkey) and old_key == public(old)
assert check(new_key, statement("tallystick/log-key-possession/v1"), bytes.fromhex(body["possession"]))
assert check(old_key, statement("tallystick/log-key-rotation/v1"), bytes.fromhex(body["authority_signature"]))
assert not check(old_key, statement("tallystick/log-key-possession/v1"), bytes.fromhex(body["authority_signature"]))
PY

# The second rotation, authorised by the root key, as if the second key were lost: no overlap.
# The root key stays on another machine: what it signs, and its signature, are carried over.
mkdir "$work/elsewhere"
mv "$book/keys/root.key" "$work/elsewhere/root.key"
before=$(size)
tally key rotate --data "$book" --actor @ops --approver @chief --statement >"$work/statement" || fail "statement"
[[ $(size) == "$before" ]] || fail "a statement was recorded"
member() { sed -n "s/.*\"$1\": \"*\([^\",]*\)\"*,*$/\1/p" "$work/statement"; }
refused key_statement key sign "$work/elsewhere/root.key" 68656c6c6f
signature=$(tally key sign "$work/elsewhere/root.key" "$(member statement)" 2>"$work/told") || fail "sign: $(cat "$work/told")"
expect_in "$(cat "$work/told")" "log ledger.example/keys"
by_root() { tally key rotate --data "$book" --actor @ops --approver @chief --new-key "$(member new_key)" --after-size "$(member after_size)" --root-signature "$1"; }
by_root "${signature//[0-7]/8}" >"$work/out" 2>&1 && fail "another signature was taken"
expect_in "$(cat "$work/out")" key_authority
by_root "$signature" >"$work/out" || fail "rotation by the root key: $(cat "$work/out")"
mv "$work/elsewhere/root.key" "$book/keys/root.key"
tally checkpoint --data "$book" >"$work/third.note"
[[ $(grep -c '^— ' "$work/third.note") == 1 ]] || fail "a lost key signed"
third=$(tally key show --data "$book" | grep -A1 '"signing"' | sed -n 's/.*"key": "\(.*\)".*/\1/p')
register emil

# Old receipts stay good; a verifier follows the history from the key it has.
tally verify --data "$book" --key "$first" --trusted "$work/first.note" --trusted "$work/second.note" --trusted "$work/first.tlog-proof" --recompute >"$work/out" || fail "verify: $(cat "$work/out")"
for key in "$first" "$second" "$third"; do
  tally verify --data "$book" --key "$key" --root-key "$root" >"$work/out" || fail "verify --key $key: $(cat "$work/out")"
  tally verify --data "$book" --key "$key" --root-key "$root" --quick >"$work/out" || fail "verify --quick --key $key: $(cat "$work/out")"
done
tally verify --data "$book" --key "$first" --trusted "$work/first.note" --since "$work/second.note" >"$work/out" || fail "verify --since: $(cat "$work/out")"
# Nobody vouches for the root key of a log that one knows only by name and first key.
refused key_untrusted verify --data "$book" --key "$first"
refused key_untrusted verify --data "$book" --key "$("$TALLY" key show "$book/keys/officer-1.key" | sed -n 's/.*"key": "\(.*\)".*/\1/p')"

tally export --data "$book" --format leaves >"$work/leaves" 2>/dev/null
tally checkpoint --data "$book" >"$work/last.note"
outsider() { "$verify" --key "$first" --root-key "$root" --checkpoint "$work/last.note" "$@" 2>&1; }
out=$(outsider --trusted "$work/first.tlog-proof" --trusted "$work/overlap.note" "$work/leaves") || fail "tally-verify: $out"
tally key history --data "$book" >"$work/history"
for receipt in first second; do
  out=$("$verify" --key "$first" --root-key "$root" --key-history "$work/history" --proof "$work/$receipt.tlog-proof" --record "$work/$receipt.record" 2>&1) || fail "receipt $receipt: $out"
  expect_in "$out" "verified: the record is in ledger.example/keys"
done
"$verify" --key "$first" --proof "$work/first.tlog-proof" --record "$work/first.record" >/dev/null || fail "the first receipt under its own key"
"$verify" --key "$first" --proof "$work/second.tlog-proof" --record "$work/second.record" 2>/dev/null && fail "the second receipt under the first key"

# A key history without one of its records, with one changed, with another's note.
not_verified() { # expected, history
  local out
  out=$("$verify" --key "$first" --root-key "$root" --key-history "$2" --proof "$work/first.tlog-proof" --record "$work/first.record" 2>&1) && fail "$1 was accepted"
  expect_in "$out" "$1"
}
sed 3d "$work/history" >"$work/h"; not_verified key_history "$work/h"
sed 4d "$work/history" >"$work/h"; not_verified note_signature "$work/h"
sed '3s/"leaf":"../"leaf":"AA/' "$work/history" >"$work/h"; not_verified proof_mismatch "$work/h"

# A client that holds one old receipt sees a log that was tampered with, cut, or forked.
held() { # expected, leaves, checkpoint
  local out
  out=$("$verify" --key "$first" --root-key "$root" --checkpoint "$3" --trusted "$work/first.tlog-proof" "$2" 2>&1) && fail "$1 was not seen"
  expect_in "$out" "$1"
}
sed '3s/.$/0/;3s/00$/11/' "$work/leaves" >"$work/tampered"
held "DAMAGED" "$work/tampered" "$work/last.note"
head -n 2 "$work/leaves" >"$work/cut"
held "missing" "$work/cut" "$work/last.note"
held "missing" "$work/cut" "$work/first.note"
held "root" "$work/forked" "$work/fork.note"

# Compromised: first only the root key can say so, then the size decides.
overlap_size=$(sed -n 2p "$work/overlap.note")
refused key_in_use key compromised --data "$book" --key "$third" --from-size 1 --actor @ops --approver @chief
first_size=$(sed -n 2p "$work/first.note")
refused key_untrusted verify --data "$book" --key "$first"
tally key compromised --data "$book" --key "$first" --from-size $((first_size + 1)) --actor @ops --approver @chief >/dev/null || fail "declaring a key compromised"
tally verify --data "$book" --key "$first" --root-key "$root" --trusted "$work/first.note" >/dev/null || fail "a note of before the compromise was refused"
tally key compromised --data "$book" --key "$first" --from-size "$first_size" --actor @ops --approver @chief --root-key "$book/keys/root.key" >/dev/null || fail "declaring a key compromised from an earlier size"
refused key_compromised verify --data "$book" --key "$first" --root-key "$root" --trusted "$work/first.note"
tally key history --data "$book" >"$work/history"
not_verified key_compromised "$work/history"
tally verify --data "$book" --key "$second" --root-key "$root" --trusted "$work/overlap.note" >/dev/null || fail "a note that another key vouches for was refused"

# A rotation stands in no list of commands, and a dry run of one changes no key.
line=$(tally key rotate --data "$book" --actor @ops --approver @chief --statement >/dev/null
  tally record --data "$book" --seq "$(($(sed -n 2p "$work/overlap.note") - 2))" | "$python" -c '
import json, sys
print(json.dumps({"command": "rotate_log_key", **json.load(sys.stdin)["body"]["command"]}))')
echo "{\"command\": \"linked\", \"actor\": \"@ops\", \"approver\": \"@chief\", \"commands\": [$line]}" >"$work/linked"
refused not_linked submit --data "$book" "$work/linked"
echo "{\"actor\": \"@ops\", \"approver\": \"@chief\", ${line#\{}" >"$work/again"
refused key_not_current submit --data "$book" "$work/again"
before=$(tally checkpoint --data "$book")
made=$(tally key make --data "$book")
tally key rotate --data "$book" --actor @ops --approver @chief --new-key "$made" --statement >/dev/null
[[ $(tally checkpoint --data "$book") == "$before" ]] || fail "a statement changed the checkpoint"

# A new key that is not in DIR/keys cannot be rotated to.
before=$(size)
made=$(tally key make --data "$book")
rm "$book"/keys/log-"$(cut -d+ -f2 <<<"$made")".key
refused key_missing key rotate --data "$book" --new-key "$made" --actor @ops --approver @chief
[[ $(size) == "$before" ]] || fail "something was recorded"

# Damage is told as damage, and not as notes of keys whose records cannot be read.
cp -a "$book" "$work/damaged"
"$python" - "$work/damaged/store" <<'PY'
import glob, sys
for path in glob.glob(sys.argv[1] + "/*.sst"):
    content = bytearray(open(path, "rb").read())
    content[len(content) // 3] ^= 1
    open(path, "wb").write(content)
PY
for quick in "" --quick; do
  out=$(tally verify --data "$work/damaged" --key "$first" --root-key "$root" --trusted "$work/first.note" --trusted "$work/last.note" $quick) && fail "damage was not seen"
  expect_in "$out" "DAMAGED missing at seq"
  ! grep -q note_signature <<<"$out" || fail "a good note is called bad: $out"
done

# A backup of a book whose keys changed: verified from the first key, and from the root key where that spoke.
tally backup --data "$book" --to "$work/backups" >/dev/null
refused not_verified restore --from "$work/backups" --to "$work/restored" --key "$first"
tally restore --from "$work/backups" --to "$work/restored" --key "$first" --root-key "$root" >/dev/null || fail "restore"

# Decrypted again.
tally key decrypt "$book/keys/log.key"
cmp -s "$work/plain.key" "$book/keys/log.key" || fail "the key came back changed"
[[ $(stat -c %a "$book/keys/log.key") == 600 ]] || fail "the decrypted file is not 0600"

# No output held bytes of any key: as base64, as hex, or as the line of the file.
for file in "$work/plain.key" "$book"/keys/*.key; do
  grep -q PRIVATE "$file" || continue
  secret=$(cut -d+ -f5- "$file")
  for shown in "$secret" "$(hex_of "$secret")" "open sesame"; do
    ! grep -qF -- "$shown" "$work/all-output" || fail "an output shows a key of $file"
  done
done
[[ -s $work/all-output ]] || fail "no output was kept"
exit 0
