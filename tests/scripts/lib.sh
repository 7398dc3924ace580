# Shared by the whole-program tests; sourced, never run. TALLY is the program, SHARED the folder of
# samples beside the repository.
set -euo pipefail
: "${TALLY:?TALLY names the tally program}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "FAILED: $*" >&2
  exit 1
}
skip() {
  echo "skipped: $*"
  exit 77
}
# expect_in TEXT PATTERN: the text contains the pattern (a fixed string).
expect_in() {
  grep -qF -- "$2" <<<"$1" || fail "expected to find '$2' in: $1"
}
new_book() { # folder, origin's last part, seed
  "$TALLY" init --data "$1" --book "ledger.example/$2" --profile cysec --time-zone Asia/Nicosia \
    --simulated "$3" >/dev/null 2>&1
}
root_of() { "$TALLY" checkpoint --data "$1" | sed -n 3p; }
size_of() { "$TALLY" checkpoint --data "$1" | sed -n 2p; }
