#!/usr/bin/env bash
# A log key in a PKCS#11 token (SoftHSM2, in a folder of its own): the book rotates to it, it signs, and
# openssl accepts what it signed. What a token refuses, or gets wrong, records nothing.
source "$(dirname "$0")/lib.sh"
module=
for candidate in /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so; do
  [[ -e $candidate ]] && module=$candidate && break
done
[[ -n $module ]] || skip "softhsm2 is not installed"
for tool in softhsm2-util pkcs11-tool openssl; do
  command -v $tool >/dev/null || skip "$tool is not installed"
done
unset TALLY_PASSPHRASE_FILE
mkdir "$work/tokens"
printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$work/tokens" >"$work/softhsm.conf"
export SOFTHSM2_CONF=$work/softhsm.conf
softhsm2-util --init-token --free --label tally --so-pin 5678 --pin 1234 >/dev/null
hsm() { pkcs11-tool --module "$module" --token-label tally --login --pin 1234 "$@" 2>&1; }
for key in log-2 log-3; do
  hsm --keypairgen --key-type EC:edwards25519 --label $key --usage-sign >"$work/hsm" || skip "this SoftHSM2 makes no Ed25519 keys: $(cat "$work/hsm")"
done

book=$work/book
"$TALLY" init --data "$book" --book ledger.example/token --profile offshore >/dev/null 2>&1
first=$(cat "$book/verifier-key")
register() {
  "$TALLY" submit --data "$book" - <<<"{\"command\": \"register_client\", \"actor\": \"@ops\", \"client\": \"@$1\", \"category\": \"retail\", \"residence\": \"CY\"}"
}
refused() { # expected, command...
  local expected=$1 out status=0
  shift
  out=$("$@" 2>&1 </dev/null) || status=$?
  [[ $status == 1 ]] || fail "$* ended with $status: $out"
  expect_in "$out" "$expected"
  ! grep -q 1234 <<<"$out" || fail "the PIN is shown: $out"
}
register anna >/dev/null

echo 1234 >"$work/pin"; echo 9999 >"$work/wrong"; chmod 600 "$work/pin" "$work/wrong"
name_key() { "$TALLY" key token --data "$book" --module "$module" --token tally --object "$1" --pin-file "${2:-$work/pin}"; }
refused key_pin name_key log-2 "$work/wrong"
refused "object log-9" name_key log-9
refused "token other" "$TALLY" key token --data "$book" --module "$module" --token other --object log-2 --pin-file "$work/pin"
refused key_token "$TALLY" key token --data "$book" --module /usr/lib/no-such.so --token tally --object log-2 --pin-file "$work/pin"
chmod 644 "$work/pin"; refused key_file_mode name_key log-2; chmod 600 "$work/pin"

second=$(name_key log-2)
file=$book/keys/log-$(cut -d+ -f2 <<<"$second").key
[[ $(stat -c %a "$file") == 600 ]] || fail "the file that names the key is not 0600"
expect_in "$("$TALLY" key show "$file")" '"form": "token"'

# From a file to the token; from the token to another key in it; both keys sign each overlap.
rotate() { "$TALLY" key rotate --data "$book" --actor @ops --approver @chief --new-key "$1" >"$work/out" 2>&1 || fail "rotate: $(cat "$work/out")"; }
rotate "$second"
"$TALLY" checkpoint --data "$book" >"$work/overlap"
[[ $(grep -c '^— ' "$work/overlap") == 2 ]] || fail "no overlap"
register bert >/dev/null
"$TALLY" checkpoint --data "$book" >"$work/note"
third=$(name_key log-3)
rotate "$third"
[[ $("$TALLY" checkpoint --data "$book" | grep -c '^— ') == 2 ]] || fail "no second overlap"
register carl >/dev/null
"$TALLY" verify --data "$book" --key "$first" --trusted "$work/note" --recompute >"$work/out" || fail "verify: $(cat "$work/out")"

# openssl, from the note's own bytes.
note_is_signed() { # note, vkey
  sed '/^$/,$d' "$1" >"$work/text"
  sed -n '/^— /s/^— [^ ]* //p' "$1" | tail -1 | base64 -d | tail -c 64 >"$work/signature"
  { printf '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00'; cut -d+ -f3- <<<"$2" | base64 -d | tail -c 32; } >"$work/key.der"
  openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" -rawin -in "$work/text" -sigfile "$work/signature" >/dev/null 2>&1
}
note_is_signed "$work/note" "$second" || fail "openssl refuses the token's signature"
note_is_signed "$work/note" "$third" && fail "openssl accepts another key"
"$TALLY" checkpoint --data "$book" >"$work/note3"
note_is_signed "$work/note3" "$third" || fail "openssl refuses the third key's signature"

# A token that is gone, a wrong PIN, a key file that others can read: nothing is recorded.
before=$(size_of "$book")
file=$book/keys/log-$(cut -d+ -f2 <<<"$third").key
mv "$work/tokens" "$work/away"; mkdir "$work/tokens"
refused key_token register dora
rmdir "$work/tokens"; mv "$work/away" "$work/tokens"
cp "$work/wrong" "$work/pin"
refused key_pin register dora
echo 1234 >"$work/pin"
chmod 640 "$file"
refused "key_file_mode at $file" register dora
chmod 600 "$file"
# The file names one key, the object is another.
sed -i 's/^object: log-3$/object: log-2/' "$file"
refused "another key" register dora
sed -i 's/^object: log-2$/object: log-3/' "$file"
[[ $(size_of "$book") == "$before" ]] || fail "something was recorded"
register dora >/dev/null || fail "the book does not go on"
"$TALLY" verify --data "$book" --key "$first" >/dev/null || fail "verify"
exit 0
