#!/usr/bin/env bash
# Go's sumdb packages, which are not ours, accept what a served book gives to outsiders: checkpoint, tiles,
# entries, inclusion and consistency proofs, receipts.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/serving.sh"
command -v go >/dev/null || skip "go is not installed"
[[ -d /usr/share/gocode/src/golang.org/x/mod/sumdb ]] || skip "golang-golang-x-mod-dev is not installed"
GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$(dirname "$TALLY")/oracles/go GOFLAGS='' \
  go build -o "$work/tlog" tests/oracles/tlog.go

new_book "$work/book" outsiders s1
"$TALLY" submit --data "$work/book" demo/brokerage.jsonl >/dev/null
client_commands 1 250 | "$TALLY" submit --data "$work/book" - >/dev/null
size=$(size_of "$work/book")
((size > 512)) || fail "only $size records: no second full tile"
serve book "$work/book"
base=http://127.0.0.1:$port/v1/books/outsiders
auditor=$(cat "$work/book/private/auditor-token")
check() { "$work/tlog" "$base" "$1" "$(token_of "$work/book")" "$auditor"; }
check "$(cat "$work/book/verifier-key")" || fail "Go refuses what the server gives"

# Another key is refused by Go, so that what it accepts means something.
"$TALLY" init --data "$work/other" --book ledger.example/outsiders --simulated s2 >/dev/null 2>&1
out=$(check "$(cat "$work/other/verifier-key")") && fail "Go accepts it under another key"
expect_in "$out" "note.Open"

# The book grows; what is published follows within a second or two, and is accepted again.
client_commands 251 300 >"$work/more"
"$TALLY" submit --data "$work/book" --url "http://127.0.0.1:$port" <(sed 's/"actor":"@ops",//' "$work/more") \
  >/dev/null || fail "the served book does not take commands"
now=$(size_of "$work/book")
((now > size)) || fail "nothing was recorded"
grew() { (($(ask "$work/book" "$base/checkpoint" | sed -n 2p) == now)); }
until_true 10 grew || fail "the larger book is not published"
check "$(cat "$work/book/verifier-key")" || fail "Go refuses the larger book"
