#!/usr/bin/env bash
# The benchmarks over real connections record every command that they count. No times are looked at.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# The records in a book that a benchmark left: genesis, 10,000 accounts in 20 commands of 501 records,
# and two for each entry.
expect_entries() { # folder, entries
  local size
  size=$(size_of "$1")
  ((size == $(size_of "$work/none/clients-in-process") - 2 * (300 - $2))) ||
    fail "$1 has $size records"
}

out=$("$TALLY" bench clients --data "$work/none" --records 600)
for via in in-process thrift http; do
  grep -Eq "^clients via=$via clients=300 commands=300 groups=[1-9][0-9]* commands_per_group=[0-9]+ commands_per_fsync=[0-9]+ commands_per_second=[1-9]" \
    <<<"$out" || fail "no figure for $via in: $out"
  expect_entries "$work/none/clients-$via" 300
done

# One whole request and a part of one: both are answered in full.
for name in rpc http; do
  out=$("$TALLY" bench $name --data "$work/$name" --records 2600)
  grep -Eq "^$name batch=1000 connections=8 commands=1300 commands_per_second=[1-9][0-9]* raw=[1-9][0-9]* ratio=[0-9]+\.[0-9]{2} " \
    <<<"$out" || fail "no figure in: $out"
done
expect_entries "$work/rpc/thrift" 1300
expect_entries "$work/http/http" 1300
"$TALLY" verify --data "$work/rpc/thrift" >/dev/null || fail "the book does not verify"
"$TALLY" verify --data "$work/http/http" >/dev/null || fail "the book does not verify"

# A number of connections that no server should have is refused before the book is touched.
for wrong in 0 4097 many; do
  if "$TALLY" serve --data "$work/rpc/thrift" --http-connections $wrong >/dev/null 2>&1; then
    fail "--http-connections $wrong was taken"
  fi
done
