#!/usr/bin/env bash
# Whether the fuzz programs would see a fault: each kind of fault in tests/fuzz/self_test.cc must end the
# program, and say which it was.
set -euo pipefail

program=build/fuzz/fuzz_self_test
if [[ ! -x $program ]]; then
  echo "$program is not built; build it with: scripts/build.sh fuzz"
  [[ -z ${CI:-}${TALLYSTICK_FUZZ_REQUIRED:-} ]] && exit 77
  exit 1
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

run() {
  printf '%s' "$1" >"$folder/$1"
  "$program" -timeout=2 -artifact_prefix="$folder/" "$folder/$1" >"$folder/log" 2>&1
}

failures=0
expect_found() {
  if run "$1"; then
    echo "$1: the program ended as if nothing were wrong"
  elif ! grep -q "$2" "$folder/log"; then
    echo "$1: the program failed without saying '$2':"
    tail -n 20 "$folder/log"
  else
    return 0
  fi
  failures=$((failures + 1))
}

expect_found property 'CHECK failed: property_holds'
expect_found overrun 'ERROR: AddressSanitizer: heap-buffer-overflow'
expect_found overflow 'runtime error: signed integer overflow'
expect_found bloat 'memory limit passed: 2128 bytes alive, at most 1104 are allowed'
expect_found hang 'ERROR: libFuzzer: timeout'
run within || {
  echo "within: an allocation within the limit was refused:"
  cat "$folder/log"
  failures=$((failures + 1))
}
((failures == 0))
