#!/usr/bin/env bash
# Damage of every kind is found and named: a byte in a table, a byte in the write-ahead log of a book
# that was killed, an old copy put back; and a damaged book is never written again.
source "$(dirname "$0")/lib.sh"

lines() { # first, last
  for i in $(seq "$1" "$2"); do
    printf '{"command":"register_client","actor":"@ops","client":"@c%s","category":"retail","residence":"CY"}\n' "$i"
  done
}
expect_damaged() { # folder, why
  local out status=0
  out=$("$TALLY" verify --data "$1" 2>&1) || status=$?
  [[ $status == 1 ]] || fail "$2: verify ended with $status: $out"
  echo "$out"
}
flip() { # file, offset
  local byte
  byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
  printf "$(printf '\\x%02x' $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

new_book "$work/book" damage s1
lines 1 40 | "$TALLY" submit --data "$work/book" - >/dev/null
"$TALLY" verify --data "$work/book" >/dev/null || fail "a sound book was refused"
cp -r "$work/book" "$work/old"

# A byte in each table, at several places.
for table in "$work/book"/store/*.sst; do
  bytes=$(stat -c %s "$table")
  for part in 1 3 5 7; do
    rm -rf "$work/copy" && cp -r "$work/book" "$work/copy"
    flip "$work/copy/store/$(basename "$table")" $((bytes * part / 8))
    out=$(expect_damaged "$work/copy" "a flip in $(basename "$table")")
    [[ -n $out ]] || fail "no word about the flip"
  done
done
grep -qE 'seq [0-9]+' <<<"$out" || fail "no sequence is named: $out"

# A book whose writer was killed keeps its last records in the write-ahead log.
mkfifo "$work/pipe"
"$TALLY" submit --data "$work/book" - <"$work/pipe" >"$work/answers" &
writer=$!
exec 9>"$work/pipe"
lines 100 2200 >&9
for _ in $(seq 200); do
  grep -q '"line":2000' "$work/answers" && break
  sleep 0.05
done
kill -KILL "$writer"
exec 9>&-
wait "$writer" 2>/dev/null || true
grep -q '"line":2000' "$work/answers" || fail "the writer did not get as far as line 2000"
"$TALLY" verify --data "$work/book" >/dev/null || fail "a killed writer's book was refused"
for wal in "$work/book"/store/*.log; do
  bytes=$(stat -c %s "$wal")
  ((bytes > 1000)) || continue
  for part in 1 4 7; do
    rm -rf "$work/copy" && cp -r "$work/book" "$work/copy"
    flip "$work/copy/store/$(basename "$wal")" $((bytes * part / 8))
    out=$(expect_damaged "$work/copy" "a flip in the write-ahead log")
    grep -qE 'seq [0-9]+' <<<"$out" || fail "no sequence is named: $out"
    lines 9000 9000 | "$TALLY" submit --data "$work/copy" - >/dev/null 2>&1 &&
      fail "a damaged book was written"
    note=$("$TALLY" checkpoint --data "$work/copy" 2>&1) && fail "a damaged book was read: $note"
    flipped=yes
  done
done
[[ ${flipped:-} == yes ]] || fail "there was no write-ahead log to damage"

# An old copy of the store beside the signer's newer memory.
rm -rf "$work/copy" && cp -r "$work/book" "$work/copy"
rm -rf "$work/copy/store" && cp -r "$work/old/store" "$work/copy/store"
out=$(expect_damaged "$work/copy" "an old store put back")
expect_in "$out" shorter_than_signer
lines 9000 9000 | "$TALLY" submit --data "$work/copy" - >/dev/null 2>&1 && fail "it was signed again"

# A killed writer's tail above what was acknowledged is no damage.
wal=$(ls "$work"/book/store/*.log | tail -1)
printf 'broken tail' >>"$wal"
out=$("$TALLY" verify --data "$work/book") || fail "a torn tail is not damage: $out"
exit 0
