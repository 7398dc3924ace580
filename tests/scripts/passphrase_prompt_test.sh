#!/usr/bin/env bash
# On a terminal a passphrase is asked for, without showing what is typed; broken off, nothing changes.
source "$(dirname "$0")/lib.sh"
unset TALLY_PASSPHRASE_FILE
new_book "$work/book" prompt s1
key=$work/book/keys/log.key
cp "$key" "$work/plain"

cat >"$work/terminal.py" <<'PY'
import os, pty, select, sys
"""terminal.py ANSWERS COMMAND...: runs the command on a terminal of its own and types the answers, one at
each question; prints what the terminal showed."""
answers = sys.argv[1].split("|")
child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[2], sys.argv[2:])
shown = b""
asked = 0
while True:
    ready, _, _ = select.select([terminal], [], [], 60)
    try:
        more = os.read(terminal, 1024) if ready else b""
    except OSError:
        more = b""
    if not more:
        break
    shown += more
    if shown.endswith(b": ") and asked < len(answers):
        os.write(terminal, answers[asked].encode().decode("unicode_escape").encode() + (b"" if answers[asked].startswith("\\") else b"\r"))
        asked += 1
sys.stdout.write(shown.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
PY
typed() { python3 "$work/terminal.py" "$@"; }

out=$(typed 'open sesame|open sesam' "$TALLY" key encrypt "$key") && fail "two passphrases were accepted"
expect_in "$out" "not the same"
out=$(typed '\x03' "$TALLY" key encrypt "$key") && fail "a question that was broken off was answered"
expect_in "$out" passphrase_missing
cmp -s "$key" "$work/plain" || fail "the file was changed"
out=$(typed 'open sesame|open sesame' "$TALLY" key encrypt "$key") || fail "encrypt: $out"
! grep -q sesame <<<"$out" || fail "what was typed is shown: $out"
grep -q PRIVATE "$key" && fail "it is not encrypted"

echo '{"command": "register_client", "actor": "@ops", "client": "@anna", "category": "retail", "residence": "CY"}' >"$work/anna"
out=$(typed 'open' "$TALLY" submit --data "$work/book" "$work/anna") && fail "a wrong passphrase was accepted"
out=$(typed 'open sesame' "$TALLY" submit --data "$work/book" "$work/anna") || fail "submit: $out"
expect_in "$out" receipt
out=$(typed 'open sesame' "$TALLY" key decrypt "$key") || fail "decrypt: $out"
cmp -s "$key" "$work/plain" || fail "the key came back changed"
exit 0
