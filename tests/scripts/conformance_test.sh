#!/usr/bin/env bash
# `tally conformance`: the examples of docs/conformance.md, and how lines come in and go out.
source "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.."
export TALLY PYTHONDONTWRITEBYTECODE=1
python3 tests/conformance/examples.py docs/conformance.md

# A line in, a line out, whatever stands in it; the last one needs no end.
printf '\n{}\nnonsense\n{"data":""}\r\n\0\n{"data":"00"}' >"$work/lines"
"$TALLY" conformance leaf-hash <"$work/lines" >"$work/answers" || fail "ended with $?"
[[ $(wc -l <"$work/answers") == 6 ]] || fail "6 lines in, out: $(cat "$work/answers")"
[[ $(grep -c '"ok":false,"error":{' "$work/answers") == 4 ]] || fail "not 4 errors"
[[ $(sed -n 4p "$work/answers") == '{"hash":"6e340b9c'* ]] || fail "$(sed -n 4p "$work/answers")"
[[ -z $("$TALLY" conformance leaf-hash </dev/null) ]] || fail "no line, and an answer"

# A line that is too long is answered, and the next one too.
{
  printf '{"data":"'
  head -c 5000000 /dev/zero | tr '\0' 0
  printf '"}\n{"data":""}\n'
} >"$work/long"
"$TALLY" conformance leaf-hash <"$work/long" >"$work/answers"
[[ $(wc -l <"$work/answers") == 2 ]] || fail "2 lines in"
expect_in "$(sed -n 1p "$work/answers")" '"reason":"too_large"'
expect_in "$(sed -n 2p "$work/answers")" '{"hash":"6e340b9c'

# Who asks one line at a time has each answer before the next line.
coproc port { exec "$TALLY" conformance leaf-hash; }
for _ in 1 2 3; do
  echo '{"data":""}' >&"${port[1]}"
  read -r -t 10 -u "${port[0]}" answer || fail "no answer while the pipe is open"
  expect_in "$answer" '{"hash":"6e340b9c'
done

# An answer that cannot be written is told by the exit code.
status=0
"$TALLY" conformance leaf-hash <<<'{"data":""}' >/dev/full 2>"$work/errors" || status=$?
[[ $status == 1 ]] || fail "a full disk was not noticed: $status"
exit 0
