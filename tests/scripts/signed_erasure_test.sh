#!/usr/bin/env bash
# Once two officers have keys, both sign an erasure before it is recorded, and sign nothing that names anybody.
source "$(dirname "$0")/lib.sh"

book=$work/book
"$TALLY" init --data "$book" --book ledger.example/erasure --profile cysec >/dev/null 2>&1
"$TALLY" vault import --data "$book" --actor @ops - \
  <<<'{"person": "@anna", "fields": {"name": "Anna Papadopoulou"}}' >/dev/null
for officer in 1 2; do
  "$TALLY" person line --data "$book" --person "@officer-$officer" \
    --key "$book/keys/officer-$officer.key" | "$TALLY" submit --data "$book" - >/dev/null
done
erase() { "$TALLY" vault erase --data "$book" --person @anna --actor @officer-1 --approver @officer-2 "$@"; }
sign() { "$TALLY" sign --data "$book" --client vault --key "$book/keys/officer-$1.key" "$2"; }

! erase >"$work/out" 2>&1 || fail "erased unsigned"
expect_in "$(cat "$work/out")" signature_required
expect_in "$("$TALLY" vault view --data "$book" --person @anna --actor @ops)" "Anna Papadopoulou"

erase --prepare >"$work/line"
id=$("$TALLY" vault view --data "$book" --person @anna --actor @ops | sed -n 's/.*"person": "\([0-9a-f]*\)".*/\1/p')
! grep -q "$id\|anna" "$work/line" || fail "what is signed names him: $(cat "$work/line")"
sign 1 "$work/line" >"$work/once"
! erase --signed "$work/once" >"$work/out" 2>&1 || fail "erased with one signature"
expect_in "$(cat "$work/out")" signature_required
sign 2 "$work/once" >"$work/both"
# More is held of him than they signed.
"$TALLY" vault import --data "$book" --actor @ops - \
  <<<'{"person": "@anna", "fields": {"city": "Paphos"}}' >/dev/null
! erase --signed "$work/both" >"$work/out" 2>&1 || fail "erased more than was signed"
expect_in "$(cat "$work/out")" another_erasure
expect_in "$("$TALLY" vault view --data "$book" --person @anna --actor @ops)" "Anna Papadopoulou"
! "$TALLY" submit --data "$book" "$work/both" >"$work/out" || fail "submitted by hand"
expect_in "$(cat "$work/out")" service_command

erase --prepare >"$work/line"
# Each can see, before he signs, that it is hers and nobody else's.
"$TALLY" vault import --data "$book" --actor @ops - \
  <<<'{"person": "@bob", "fields": {"name": "Bob"}}' >/dev/null
erase --signed "$work/line" --dry-run >/dev/null
erase_bob() { "$TALLY" vault erase --data "$book" --person @bob --actor @officer-1 --approver @officer-2 "$@"; }
! erase_bob --signed "$work/line" --dry-run >"$work/out" 2>&1 || fail "another's line"
expect_in "$(cat "$work/out")" another_erasure
! "$TALLY" vault erase --data "$book" --person @bob --prepare >"$work/out" 2>&1 || fail "prepared by nobody"
expect_in "$(cat "$work/out")" missing_field
sign 1 "$work/line" >"$work/once"
sign 2 "$work/once" >"$work/both"
erase --signed "$work/both" >"$work/erased"

# An erasure that was recorded is no way to erase somebody else, whatever stops the process: its id stands
# in the book for all to see.
forged=$(sed 's/.*"erasure":"\([0-9a-f]*\)".*/{"erasure":"\1","signed":{}}/' "$work/line")
! erase_bob --signed <(echo "$forged") >"$work/out" 2>&1 || fail "erased by a forged line"
erasure=$(sed 's/.*"erasure":"\([0-9a-f]*\)".*/\1/' "$work/line")
bob=$("$TALLY" vault view --data "$book" --person @bob --actor @ops | sed -n 's/.*"person": "\([0-9a-f]*\)".*/\1/p')
echo "tallystick-erasing-v1 $bob $erasure" >"$book/vault/erasing"
chmod 600 "$book/vault/erasing"
"$TALLY" submit --data "$book" - <<<'{"command":"register_symbol","actor":"@ops","symbol":"X","currency":"EUR"}' >/dev/null
expect_in "$("$TALLY" vault view --data "$book" --person @bob --actor @ops)" '"text": "Bob"'
! "$TALLY" vault view --data "$book" --person "$id" --actor @ops >"$work/out" 2>&1 || fail "still shown"
expect_in "$(cat "$work/out")" person_erased
"$TALLY" verify --data "$book" --recompute >"$work/out" || fail "$(cat "$work/out")"
echo "signed by both, erased, verified"
