#!/usr/bin/env bash
# Installs what is missing, builds the presets `dev` and `fuzz` and runs the fast tests.
#
# Prints each test that did not pass, and ctest's closing lines. The whole log: build/dev/test.log.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

scripts/install.sh test
scripts/build.sh dev
scripts/build.sh fuzz

export TALLYSTICK_FUZZ_REQUIRED=1
log=build/dev/test.log
status=0
ctest --preset dev --parallel 2 >"$log" 2>&1 || status=$?
# Without the two lines ctest prints for each test that passed.
grep -vE '^ +Start +[0-9]+: |^ *[0-9]+/[0-9]+ Test +#.* Passed +[0-9.]+ sec' "$log" || true
exit "$status"
