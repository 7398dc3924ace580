#!/usr/bin/env bash
# Each benchmark runs on a handful of records and prints lines of the form that docs/performance.md
# shows: the same names in the same order. No figure is judged.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

benchmarks=(ingest latency verify reads proofs startup rollover replay screening allocate partners)

# The names of a line's figures, with the words that tell lines of one kind apart.
form() { sed -E 's/=[0-9A-Z.]+( |$)/= /g; s/ $//' <<<"$1"; }

documented=$(mktemp -p "$work")
sed -n '/^```text$/,/^```$/p' docs/performance.md | grep -v '^```' | while read -r line; do
  form "$line"
done | sort -u >"$documented"
[[ -s $documented ]] || fail "docs/performance.md shows no lines"

shown=$(mktemp -p "$work")
for name in "${benchmarks[@]}"; do
  "$TALLY" bench "$name" --data "$work/data" --records 400 --investors 10 \
    --batch 20 --batch 8000 >"$work/out" 2>"$work/err" ||
    fail "bench $name: $(cat "$work/err")"
  [[ -s $work/out ]] || fail "bench $name printed nothing"
  while read -r line; do
    form "$line" >>"$shown"
    grep -qxF -- "$(form "$line")" "$documented" ||
      fail "docs/performance.md does not show the form of: $line"
  done <"$work/out"
done
while read -r line; do
  grep -qxF -- "$line" "$shown" || fail "no benchmark printed a line of the form: $line"
done < <(grep -E "^($(IFS='|'; echo "${benchmarks[*]}" | sed 's/reads/read/')) " "$documented")

if "$TALLY" bench nothing --data "$work/data" >/dev/null 2>&1; then
  fail "a benchmark that there is none of was run"
fi
if [[ $(stat -f -c %T /dev/shm 2>/dev/null) == tmpfs ]]; then
  refused=$(TMPDIR=/dev/shm "$TALLY" bench ingest --records 400 2>&1) && fail "measured in memory"
  expect_in "$refused" "folder_in_memory"
fi
