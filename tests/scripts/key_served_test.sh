#!/usr/bin/env bash
# The key changes while the book is served and written: whoever asks is answered, the checkpoint before,
# the overlap and those after are each the log's, and the server goes on signing with the new key alone.
source "$(dirname "$0")/lib.sh"
verify=$(dirname "$TALLY")/tally-verify
unset TALLY_PASSPHRASE_FILE
book=$work/book
"$TALLY" init --data "$book" --book ledger.example/served --profile offshore >/dev/null 2>&1
first=$(cat "$book/verifier-key")
client() { echo "{\"command\": \"register_client\", \"request_id\": \"r-$1\", \"actor\": \"@operator\", \"client\": \"@c$1\", \"category\": \"retail\", \"residence\": \"CY\"}"; }

"$TALLY" serve --data "$book" --http 127.0.0.1:0 --rpc 127.0.0.1:0 >"$work/serving" 2>"$work/serve.log" &
server=$!
for _ in $(seq 200); do
  grep -q '^serving' "$work/serving" && break
  sleep 0.05
done
url=http://$(sed -n 's/.*HTTP on \([0-9.:]*\),.*/\1/p' "$work/serving")
rotate() { "$TALLY" key rotate --data "$book" --url "$url" --actor @operator --approver @chief "$@"; }

for i in $(seq 1 400); do client "$i"; done >"$work/lines"
"$TALLY" submit --data "$book" --url "$url" - <"$work/lines" >"$work/answers" &
writer=$!
rotate >"$work/rotated" || fail "rotate: $(cat "$work/rotated")"
expect_in "$(cat "$work/rotated")" receipt
wait "$writer" || fail "commands were refused beside a rotation: $(grep -m1 error "$work/answers")"
[[ $(grep -c '"receipt"' "$work/answers") == 400 ]] || fail "not every command was answered"

# The book's own description names the key that signs now, and the one to begin with.
token=$(cat "$book/private/token")
about=$(curl -sS -H "Authorization: Bearer $token" "$url/v1/books")
now=$("$TALLY" key show --data "$book" | grep -A1 '"signing"' | sed -n 's/.*"key": "\(.*\)".*/\1/p')
expect_in "$about" "\"signing_key\":\"$now\""
expect_in "$about" "\"verifier_key\":\"$first\""

curl -sS -H "Authorization: Bearer $token" "$url/v1/books/served/key-history" >"$work/history"
"$TALLY" prove --data "$book" --seq 3 >"$work/proof"
"$TALLY" record --data "$book" --seq 3 --raw >"$work/record"
"$verify" --key "$first" --key-history "$work/history" --proof "$work/proof" --record "$work/record" >"$work/out" 2>&1 || fail "the key history over HTTP: $(cat "$work/out")"

# A key that the server cannot open is refused, and nothing is recorded; once it can, it signs.
echo 'open sesame' >"$work/passphrase"; chmod 600 "$work/passphrase"
# The service commits to its index when it is due; a key is what must not be there.
rotations() { "$TALLY" history --data "$book" --kind log_key_rotated | grep -c '"seq"' || true; }
before=$(rotations)
made=$("$TALLY" key make --data "$book" --encrypt --passphrase-file "$work/passphrase")
out=$(setsid "$TALLY" key rotate --data "$book" --url "$url" --actor @operator --approver @chief --new-key "$made" --passphrase-file "$work/passphrase" 2>&1) && fail "a key that the server cannot open was taken"
expect_in "$out" passphrase_missing
[[ $(rotations) == "$before" ]] || fail "a key was recorded"
chmod 644 "$book"/keys/log-*.key
out=$(rotate --new-key "$made" 2>&1) && fail "a key that others can read was taken"
expect_in "$out" key_file_mode
chmod 600 "$book"/keys/log-*.key
[[ $(rotations) == "$before" ]] || fail "a key was recorded"
client 401 | "$TALLY" submit --data "$book" --url "$url" - >/dev/null || fail "the server does not go on"
[[ $("$TALLY" checkpoint --data "$book" | grep -c '^— ') == 1 ]] || fail "two keys sign"
"$TALLY" verify --data "$book" --key "$first" >"$work/out" || fail "verify beside the server: $(cat "$work/out")"

# Killed, and opened again: the new key signs.
kill -KILL "$server" 2>/dev/null
wait "$server" 2>/dev/null || true
client 402 | "$TALLY" submit --data "$book" - >/dev/null || fail "submit after a kill"
"$TALLY" verify --data "$book" --key "$first" --recompute >"$work/out" || fail "verify: $(cat "$work/out")"
"$TALLY" export --data "$book" --format leaves >"$work/leaves"
"$TALLY" checkpoint --data "$book" >"$work/note"
"$verify" --key "$first" --checkpoint "$work/note" "$work/leaves" >"$work/out" || fail "tally-verify: $(cat "$work/out")"
exit 0
