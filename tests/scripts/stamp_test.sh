#!/usr/bin/env bash
# A checkpoint is stamped by a time stamping authority on this machine, made with openssl; openssl accepts
# what is kept. An authority that answers for another digest or nonce, refuses, or has the wrong certificate
# is refused.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/serving.sh"
command -v openssl >/dev/null || skip "openssl is not installed"

# An authority: a root, and a certificate for time stamping alone. And one that may do something else.
cd_work() { (cd "$work" && "$@"); }
cat >"$work/tsa.cnf" <<END
[req]
distinguished_name = name
prompt = no
[name]
CN = Test Authority
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[tsa]
extendedKeyUsage = critical, timeStamping
[loose]
extendedKeyUsage = timeStamping
[tsa_reply]
serial = $work/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
END
make_certificate() { # name, extensions
  openssl req -new -newkey rsa:2048 -nodes -keyout "$work/$1.key" -out "$work/$1.csr" -config "$work/tsa.cnf" 2>/dev/null
  openssl x509 -req -in "$work/$1.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -set_serial "$RANDOM" -days 30 \
    -extfile "$work/tsa.cnf" -extensions "$2" -out "$work/$1.pem" 2>/dev/null
}
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/ca.key" -out "$work/ca.pem" -days 30 -subj "/CN=Test Root" \
  -config "$work/tsa.cnf" -extensions ca 2>/dev/null
make_certificate tsa tsa
make_certificate loose loose
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/other.key" -out "$work/other.pem" -days 30 \
  -subj "/CN=Other Root" -config "$work/tsa.cnf" -extensions ca 2>/dev/null
echo 01 >"$work/serial"

cat >"$work/authority.py" <<'END'
import http.server, os, subprocess, sys
work = sys.argv[1]
def reply_to(query, signer="tsa"):
    path = os.path.join(work, "query.tsq")
    open(path, "wb").write(query)
    return subprocess.run(["openssl", "ts", "-reply", "-config", work + "/tsa.cnf", "-section", "tsa_reply",
                           "-queryfile", path, "-signer", "%s/%s.pem" % (work, signer), "-inkey",
                           "%s/%s.key" % (work, signer)], check=True, capture_output=True).stdout
def openssl(*words):
    return subprocess.run(["openssl", *words], check=True, capture_output=True).stdout
def length(size):
    return bytes([size]) if size < 128 else bytes([0x82, size >> 8, size & 255])
def signed_by(query, signer, *words):
    """The same time stamp, signed anew in another way, which openssl ts itself would not do."""
    at = lambda name: os.path.join(work, name)
    open(at("good.tsr"), "wb").write(reply_to(query))
    openssl("ts", "-reply", "-in", at("good.tsr"), "-token_out", "-out", at("token"))
    openssl("cms", "-verify", "-noverify", "-inform", "DER", "-in", at("token"), "-out", at("info"))
    token = openssl("cms", "-sign", "-binary", "-nodetach", "-nosmimecap", "-md", "sha256", "-econtent_type",
                    "1.2.840.113549.1.9.16.1.4", "-signer", at(signer + ".pem"), "-inkey", at(signer + ".key"),
                    "-outform", "DER", "-in", at("info"), *words)
    granted = bytes.fromhex("3003020100") + token
    return b"\x30" + length(len(granted)) + granted
def changed(query, place):
    query = bytearray(query)
    query[place] ^= 1
    return bytes(query)
class Authority(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        query = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["Content-Type"] == "application/timestamp-query"
        kind = self.path[1:]
        body = {"good": lambda: reply_to(query), "digest": lambda: reply_to(changed(query, 30)),
                "nonce": lambda: reply_to(changed(query, 62)), "again": lambda: signed_by(query, "tsa", "-cades"), "loose": lambda: signed_by(query, "loose", "-cades"),
                "other": lambda: signed_by(query, "other", "-cades"), "unnamed": lambda: signed_by(query, "tsa"),
                "refuse": lambda: bytes.fromhex("30053003020102"), "nonsense": lambda: b"nonsense",
                "trailing": lambda: reply_to(query) + b"x", "empty": lambda: b"",
                "error": lambda: b""}[kind]()
        self.send_response(500 if kind == "error" else 200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *words):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Authority)
print(server.server_address[1], flush=True)
server.serve_forever()
END
python3 "$work/authority.py" "$work" >"$work/port" 2>"$work/authority.err" &
servers+=("$!")
until_true 10 test -s "$work/port" || fail "the authority does not start"
url=http://127.0.0.1:$(cat "$work/port")

new_book "$work/book" stamped s1
"$TALLY" submit --data "$work/book" demo/brokerage.jsonl >/dev/null
size=$(size_of "$work/book")
stamp() { "$TALLY" stamp --data "$work/book" --ca "$work/ca.pem" "$@"; }

ca=$work/ca.pem
refused() { # authority, reason
  local kind=$1 reason=$2 status=0
  "$TALLY" stamp --data "$work/book" --ca "$ca" --tsa "$url/$kind" >"$work/out" 2>"$work/err" || status=$?
  ((status == 1)) || fail "$kind: exit code $status: $(cat "$work/out" "$work/authority.err")"
  expect_in "$(cat "$work/err")" "tally: $reason"
  [[ ! -e $work/book/stamps/checkpoint.$size.tsr ]] || fail "$kind: it was kept"
}
refused digest timestamp
expect_in "$(cat "$work/err")" "message imprint mismatch"
refused nonce timestamp
expect_in "$(cat "$work/err")" "nonce mismatch"
# A certificate for more than time stamping, one that leads elsewhere, a signature that does not name its own.
refused loose timestamp
refused other timestamp
refused unnamed timestamp
ca=$work/other.pem refused good timestamp
refused refuse tsa_refused
refused error tsa_refused
refused nonsense timestamp
refused trailing timestamp
refused empty timestamp
ca=$work/tsa.cnf refused good certificates

stamp --tsa "$url/again" --out "$work/again" >/dev/null || fail "the same, signed well, is refused"

out=$(stamp --tsa "$url/good") || fail "a good authority is refused"
expect_in "$out" "$size records"
kept=$work/book/stamps/checkpoint.$size
openssl ts -verify -data "$kept" -in "$kept.tsr" -CAfile "$work/ca.pem" >"$work/out" 2>&1 ||
  fail "openssl refuses what was kept: $(cat "$work/out")"
expect_in "$(cat "$work/out")" "Verification: OK"
openssl ts -verify -queryfile "$kept.tsq" -in "$kept.tsr" -CAfile "$work/ca.pem" >/dev/null 2>&1 ||
  fail "openssl refuses it with the request"
expect_in "$(openssl ts -query -in "$kept.tsq" -text 2>/dev/null)" "Certificate required: yes"
cmp -s "$kept" <("$TALLY" checkpoint --data "$work/book") || fail "another checkpoint was stamped"
status=0
stamp --tsa "$url/good" 2>"$work/err" || status=$?
((status == 1)) || fail "it was stamped twice"
expect_in "$(cat "$work/err")" "tally: exists"

# Later they are checked again, all of them.
client_commands 1 3 | "$TALLY" submit --data "$work/book" - >/dev/null
stamp --tsa "$url/good" >/dev/null
expect_in "$(stamp)" "2 time stamps hold"
damaged() { # file, sed expression or bytes, reason
  cp "$1" "$work/keep"
  printf '%s' "$2" | dd of="$1" bs=1 seek="${4:-3}" conv=notrunc 2>/dev/null
  "$TALLY" stamp --data "$work/book" --ca "$work/ca.pem" >/dev/null 2>"$work/err" && fail "$1: a change is not found"
  expect_in "$(cat "$work/err")" "tally: $3"
  cp "$work/keep" "$1"
}
damaged "$kept" X timestamp
damaged "$kept.tsq" X timestamp 30
damaged "$kept.tsq" X timestamp 62
damaged "$kept.tsr" X timestamp 200
cp "$work/book/stamps/checkpoint.$(size_of "$work/book").tsr" "$work/second"
cp "$kept.tsr" "$work/book/stamps/checkpoint.$(size_of "$work/book").tsr"
stamp >/dev/null 2>"$work/err" && fail "another checkpoint's stamp is accepted"
expect_in "$(cat "$work/err")" "tally: timestamp"
# Stamps that cannot be looked at are not as good as none.
: >"$work/no-folder"
"$TALLY" stamp --data "$work/book" --ca "$work/ca.pem" --out "$work/no-folder" >/dev/null 2>"$work/err" &&
  fail "a folder that cannot be read holds"
expect_in "$(cat "$work/err")" "tally: io"
# A whole stamp of another book.
cp "$work/second" "$work/book/stamps/checkpoint.$(size_of "$work/book").tsr"
new_book "$work/other" stamped s2
"$TALLY" stamp --data "$work/other" --ca "$work/ca.pem" --out "$work/book/stamps" >/dev/null 2>"$work/err" &&
  fail "another book's stamps are accepted"
expect_in "$(cat "$work/err")" "tally: note_signature"
echo "time stamps as they must be"
