#!/usr/bin/env bash
# `tally conformance` beside programs nobody here wrote: Go's sumdb packages, openssl, cbor2 and Python's
# decimal numbers.
source "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.."
export TALLY PYTHONDONTWRITEBYTECODE=1
python=/usr/bin/python3  # Debian's, which has Debian's cbor2.
"$python" -c 'import cbor2' 2>/dev/null || skip "python3-cbor2 is not installed"
[[ -d /usr/share/gocode/src/golang.org/x/mod/sumdb ]] ||
  skip "golang-golang-x-mod-dev is not installed"
command -v go >/dev/null || skip "golang-go is not installed"
command -v openssl >/dev/null || skip "openssl is not installed"
GO111MODULE=off GOFLAGS='' GOPATH=/usr/share/gocode GOCACHE=$work/cache \
  go build -o "$work/sumdb" tests/conformance/sumdb.go
"$python" tests/conformance/oracles.py "$work/sumdb"
