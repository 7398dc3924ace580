#!/usr/bin/env bash
# The files that records cite: kept under their SHA-256, given unaltered or not at all, verified and
# backed up.
source "$(dirname "$0")/lib.sh"

new_book "$work/book" documents s7
"$TALLY" submit --data "$work/book" demo/brokerage.jsonl >/dev/null
head -c 300000 /dev/urandom >"$work/statement"
digest=$("$TALLY" document add --data "$work/book" "$work/statement")
[[ $digest == "$(sha256sum "$work/statement" | cut -d' ' -f1)" ]] || fail "the digest is not sha256sum's"
[[ $("$TALLY" document add --data "$work/book" - <"$work/statement") == "$digest" ]] ||
  fail "standard input gave another digest"
[[ $("$TALLY" document list --data "$work/book") == "$digest 300000" ]] || fail "it is not listed once"
"$TALLY" document get --data "$work/book" "$digest" --to "$work/given"
cmp "$work/statement" "$work/given" || fail "another document was given"
"$TALLY" document get --data "$work/book" "$digest" | cmp - "$work/statement"
! "$TALLY" document get --data "$work/book" "$digest" --to "$work/given" 2>/dev/null ||
  fail "a file was overwritten"
! "$TALLY" document add --data "$work/nothing" "$work/statement" 2>/dev/null ||
  fail "a document went where no book is"
[[ ! -e $work/nothing ]] || fail "a folder was made for it"
"$TALLY" verify --data "$work/book" --json >"$work/verified"
expect_in "$(cat "$work/verified")" '"documents_checked": 1'

# In a backup, and back.
"$TALLY" backup --data "$work/book" --to "$work/backups" >/dev/null
"$TALLY" restore --from "$work/backups" --to "$work/restored" >/dev/null
"$TALLY" document get --data "$work/restored" "$digest" | cmp - "$work/statement"

# Altered: named by verify, and given to nobody.
file=$work/book/documents/${digest:0:2}/$digest
printf 'X' | dd of="$file" bs=1 seek=1000 conv=notrunc status=none
status=0
out=$("$TALLY" verify --data "$work/book") || status=$?
[[ $status == 1 ]] || fail "verify ended with $status"
expect_in "$out" "document at $digest"
! "$TALLY" document get --data "$work/book" "$digest" --to "$work/altered" 2>/dev/null ||
  fail "an altered document was given"
[[ ! -e $work/altered && ! -e $work/altered.partial ]] || fail "a part of it was left"
status=0
out=$("$TALLY" backup --data "$work/book" --to "$work/backups" 2>&1) || status=$?
[[ $status == 0 ]] || expect_in "$out" "document"
