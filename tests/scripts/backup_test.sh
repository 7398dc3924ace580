#!/usr/bin/env bash
# Backups while a book is served, restore with verification, the way back into service, doctor and drill.
# Says how long each took.
source "$(dirname "$0")/lib.sh"

lines() { # first, last
  for i in $(seq "$1" "$2"); do
    printf '{"command":"register_client","request_id":"r-%s","client":"@c%s","category":"retail","residence":"CY"}\n' "$i" "$i"
  done
}
local_lines() { lines "$1" "$2" | sed 's/{/{"actor":"@ops",/'; }
timed() { # what, command...
  local what=$1 begin=$EPOCHREALTIME
  shift
  "$@"
  echo "$what: $(((${EPOCHREALTIME/./} - ${begin/./}) / 1000)) ms" >&2
}
expect_refused() { # reason, command...
  local reason=$1 out
  shift
  out=$("$@" 2>&1) && fail "$* was not refused"
  expect_in "$out" "$reason"
}

book=$work/book
new_book "$book" backup s1
key=$(cat "$book/verifier-key")
local_lines 1 300 | "$TALLY" submit --data "$book" - >/dev/null

# Of a book that nobody has open; the second one shares what the first one has.
timed "first backup" "$TALLY" backup --data "$book" --to "$work/backups" >/dev/null
local_lines 301 310 | "$TALLY" submit --data "$book" - >/dev/null
timed "incremental backup" "$TALLY" backup --data "$book" --to "$work/backups" >"$work/made"
[[ $(sed -n 's/.*"size": \([0-9]*\),/\1/p' "$work/made") == "$(size_of "$book")" ]] ||
  fail "the backup's note is not the last one: $(cat "$work/made")"

# Of a book that is served and written meanwhile.
"$TALLY" serve --data "$book" --http 127.0.0.1:0 --rpc 127.0.0.1:0 --backups "$work/online" \
  >"$work/serving" 2>"$work/serve.log" &
server=$!
for _ in $(seq 200); do
  grep -q '^serving' "$work/serving" && break
  sleep 0.05
done
url=http://$(sed -n 's/.*HTTP on \([0-9.:]*\),.*/\1/p' "$work/serving")
expect_refused book_in_use "$TALLY" backup --data "$book" --to "$work/backups"
lines 400 900 | "$TALLY" submit --data "$book" --url "$url" - >"$work/answers" &
writer=$!
timed "backup of a served book" "$TALLY" backup --data "$book" --url "$url" >/dev/null
timed "backup of a served book" "$TALLY" backup --data "$book" --url "$url" >/dev/null
wait "$writer" || fail "commands were refused beside a backup: $(grep -m1 error "$work/answers")"
[[ $(grep -c '"receipt"' "$work/answers") == 501 ]] || fail "not every command was answered"
lines 400 410 | "$TALLY" submit --data "$book" --url "$url" - >"$work/again"
[[ $(grep -c '"hit":true' "$work/again") == 11 ]] || fail "submitted again, these were no hits"
expect_refused server "$TALLY" backup --data "$book" --url http://127.0.0.1:1
expect_refused url "$TALLY" backup --data "$book" --url ftp://127.0.0.1
kill -TERM "$server"
wait "$server" || fail "serve ended with an error: $(cat "$work/serve.log")"

# Restored books verify, are what they were, and are never written.
for backups in backups online; do
  timed "restore and verify" "$TALLY" restore --from "$work/$backups" --to "$work/from-$backups" \
    --key "$key" >"$work/restored" || fail "$backups: $(cat "$work/restored")"
  "$TALLY" verify --data "$work/from-$backups" --key "$key" --recompute >/dev/null ||
    fail "$backups does not verify"
done
expect_refused exists "$TALLY" restore --from "$work/backups" --to "$work/from-backups"
expect_refused restored "$TALLY" submit --data "$work/from-backups" - </dev/null
expect_refused backup "$TALLY" restore --from "$work/backups" --to "$work/none" --backup 9
"$TALLY" doctor --data "$work/from-backups" | grep -q '^warning signer' || fail "doctor says nothing"
first=$("$TALLY" restore --from "$work/backups" --list | grep -c '"backup"')
[[ $first == 2 ]] || fail "there are $first backups, not 2"

# A restored store beside the newer memory of its signer lost records: read-only.
cp -r "$book" "$work/older"
rm -rf "$work/older/store" && cp -r "$work/from-backups/store" "$work/older/store"
expect_refused shorter_than_signer "$TALLY" submit --data "$work/older" - </dev/null
# One that lost none goes on.
"$TALLY" backup --data "$book" --to "$work/last" >/dev/null
"$TALLY" restore --from "$work/last" --to "$work/from-last" --key "$key" >/dev/null
rm -rf "$book/store" && cp -r "$work/from-last/store" "$book/store"
local_lines 1000 1001 | "$TALLY" submit --data "$book" - >/dev/null || fail "the book does not go on"
"$TALLY" verify --data "$book" --key "$key" >/dev/null || fail "the book does not verify"

# A backup of which a byte was changed is not restored, and nothing is left.
table=$(find "$work/last" -name '*.sst' | sort | tail -1)
printf 'x' | dd of="$table" bs=1 seek=200 conv=notrunc status=none
expect_refused backup "$TALLY" restore --from "$work/last" --to "$work/damaged"
[[ ! -e $work/damaged && ! -e $work/damaged.partial ]] || fail "something was left"

# What is derived can be damaged and made again.
"$TALLY" doctor --data "$book" >/dev/null || fail "doctor finds something in a sound book"
printf 'x' | dd of="$book/snapshot" bs=1 seek=99 conv=notrunc status=none
out=$("$TALLY" verify --data "$book" --key "$key") && fail "a damaged snapshot was not found"
expect_in "$out" "REBUILDABLE"
"$TALLY" balance --data "$book" >/dev/null || fail "a damaged snapshot stops a question"
timed "rebuild" "$TALLY" doctor --data "$book" --rebuild >/dev/null || fail "the rebuild failed"
"$TALLY" verify --data "$book" --key "$key" >/dev/null || fail "rebuilt, it does not verify"
chmod 644 "$book/keys/log.key"
out=$("$TALLY" doctor --data "$book") && fail "doctor accepts a key that others can read"
expect_in "$out" "problem keys"
chmod 600 "$book/keys/log.key"

# The yearly drill sees every change, and leaves the book as it was.
before=$(cd "$book" && find . -type f | sort | xargs sha256sum)
timed "drill" "$TALLY" drill --data "$book" --flips 2 >"$work/drill" || fail "$(cat "$work/drill")"
grep -q '^found store/' "$work/drill" || fail "no damage of the store in: $(cat "$work/drill")"
grep -q '^rebuildable' "$work/drill" || fail "no damage of what is derived in: $(cat "$work/drill")"
grep -q '^noted signer' "$work/drill" || fail "no slot of the signer in: $(cat "$work/drill")"
tail -1 "$work/drill" | grep -q '^drill passed' || fail "$(cat "$work/drill")"
[[ $before == "$(cd "$book" && find . -type f | sort | xargs sha256sum)" ]] || fail "the drill changed the book"
[[ ! -e $book.drill ]] || fail "the drill left its copy"
