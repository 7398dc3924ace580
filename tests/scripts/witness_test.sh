#!/usr/bin/env bash
# Two witnesses cosign a book's checkpoints as a policy asks; a fork and a log that shrank are refused and
# reported; witnesses that stall or lie cost nothing but the publication.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/serving.sh"
verify=$(dirname "$TALLY")/tally-verify

new_book "$work/book" witnessed s1
"$TALLY" submit --data "$work/book" demo/brokerage.jsonl >/dev/null
vkey=$(cat "$work/book/verifier-key")
# The log is at S for the copy that will fork.
cp -r "$work/book" "$work/fork"

witness() { start "$1" witness --data "$work/$1-data" --log "$vkey" --http "127.0.0.1:${2:-0}" ${3:+--name "$3"}; }
witness w1 0 witness.example/w1
w1=$process w1_port=$port
witness w2 0 witness.example/w2
w2=$process w2_port=$port
w1_key=$(head -n 1 "$work/w1.out") w2_key=$(head -n 1 "$work/w2.out")
[[ $w1_key == witness.example/w1+* ]] || fail "no verifier key is printed: $w1_key"
[[ $(stat -c %a "$work/w1-data/key") == 600 ]] || fail "the witness's key can be read by others"
policy() { # file, quorum
  printf 'log %s\nwitness w1 %s http://127.0.0.1:%s\nwitness w2 %s http://127.0.0.1:%s\ngroup both all w1 w2\nquorum %s\n' \
    "$vkey" "$w1_key" "$w1_port" "$w2_key" "$w2_port" "$2" >"$work/$1"
}
policy policy both

"$TALLY" verify --data "$work/book" --policy "$work/policy" >"$work/out" &&
  fail "nobody cosigned, and verify is content"
expect_in "$(cat "$work/out")" "quorum"

serve book "$work/book" --policy "$work/policy" --witness-timeout 1000
book=$process book_port=$port base=http://127.0.0.1:$port/v1/books/witnessed
published() { ask "$work/book" "$base/checkpoint"; }
cosigned() { [[ $(published | grep -c '^— witness.example/w[12] ') == 2 ]]; }
until_true 10 cosigned || fail "the checkpoint has no cosignatures: $(published) $(cat "$work/book.err")"

grow() { # first, last: into the served book
  client_commands "$1" "$2" | sed 's/"actor":"@ops",//' >"$work/more"
  "$TALLY" submit --data "$work/book" --url "http://127.0.0.1:$book_port" "$work/more" >"$work/out" ||
    fail "the served book does not take commands: $(cat "$work/out")"
}
size=$(published | sed -n 2p)
grow 1 20
is_published() { (($(published | sed -n 2p) == $1)) && cosigned; }
size=$(size_of "$work/book")
until_true 10 is_published "$size" || fail "what was recorded later is not cosigned: $(published)"

# The receipt, the monitor's path, and the policy.
ask "$work/book" "$base/proofs/7" >"$work/receipt"
ask "$work/book" "$base/records/7" -H 'Accept: application/octet-stream' >"$work/record"
out=$("$verify" --key "$vkey" --policy "$work/policy" --proof "$work/receipt" --record "$work/record") ||
  fail "the receipt is refused"
expect_in "$out" "ledger.example/witnessed, which had $size records"
grep -v '— witness.example/w2' "$work/receipt" >"$work/less"
"$verify" --key "$vkey" --policy "$work/policy" --proof "$work/less" --record "$work/record" 2>"$work/err" &&
  fail "a receipt without the quorum is accepted"
expect_in "$(cat "$work/err")" "quorum"
"$verify" --key "$vkey" --proof "$work/less" --record "$work/record" >/dev/null || fail "without the policy it is good"
echo >>"$work/record"
"$verify" --key "$vkey" --proof "$work/receipt" --record "$work/record" 2>/dev/null && fail "another record is accepted"
hash=$(printf ledger.example/witnessed | sha256sum | cut -d ' ' -f 1)
monitored=$(curl -sS "http://127.0.0.1:$w1_port/$hash/checkpoint")
expect_in "$monitored" "— witness.example/w1 "
[[ $(sed -n 2p <<<"$monitored") == "$size" ]] || fail "the witness remembers another size: $monitored"

# A witness that is gone: nothing new is published, the writer does not wait, and it catches up later.
stop "$w2"
grow 21 30
sleep 2
is_published "$size" || fail "it was published without the quorum: $(published)"
expect_in "$(cat "$work/book.err")" "event=witness_failed witness=w2"
expect_in "$(cat "$work/book.err")" "event=publish_failed"
# A new record has its receipt meanwhile, under the book's own signature.
now=$(size_of "$work/book")
((now > size)) || fail "nothing was recorded"
ask "$work/book" "$base/proofs/$size" | grep -qx "$now" || fail "a new record has no receipt"
witness w2 "$w2_port"
w2=$process
[[ $(head -n 1 "$work/w2.out") == "$w2_key" ]] || fail "the witness has another key now"
size=$now
until_true 10 is_published "$size" || fail "it does not catch up: $(cat "$work/book.err")"
expect_in "$(cat "$work/book.err")" "event=witness_recovered witness=w2"
stop "$book"
"$TALLY" verify --data "$work/book" --key "$vkey" --policy "$work/policy" >"$work/out" ||
  fail "verify: $(cat "$work/out")"
cp "$work/book/published/checkpoint" "$work/good"

# A fork: the copy goes on in another way. It is refused, reported by both, and nothing of it is published.
client_commands 501 600 | "$TALLY" submit --data "$work/fork" - >/dev/null
serve fork "$work/fork" --policy "$work/policy" --witness-timeout 1000
fork=$process
until_true 10 grep -q 'event=witness_failed witness=w1' "$work/fork.err" || fail "the fork is not refused"
until_true 10 grep -q 'event=publish_failed' "$work/fork.err" || fail "the fork's failure is not told"
expect_in "$(cat "$work/fork.err")" "witness_refused"
expect_in "$(cat "$work/w1.err")" "event=log_forked log=ledger.example/witnessed"
[[ -n $(ls "$work/w1-data/evidence") ]] || fail "no evidence is kept"
grep -q witness.example "$work/fork/published/checkpoint" 2>/dev/null && fail "the fork was cosigned"
stop "$fork"

# An old copy, shorter than what was cosigned: the same.
rm -r "$work/fork"
new_book "$work/short" witnessed s1
serve short "$work/short" --policy "$work/policy" --witness-timeout 1000
short=$process
until_true 10 grep -q 'witness_ahead' "$work/short.err" || fail "the short log is not refused: $(cat "$work/short.err")"
expect_in "$(cat "$work/w1.err")" "event=log_shrank log=ledger.example/witnessed"
stop "$short"
[[ $(curl -sS "http://127.0.0.1:$w1_port/$hash/checkpoint" | sed -n 2p) == "$size" ]] ||
  fail "the witness forgot"

# Liars and those that never answer, beside an honest witness that is enough.
stop "$w2"
cat >"$work/bad.py" <<'END'
import http.server, sys, time
kind = sys.argv[1]
class Bad(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        if kind == "stall":
            time.sleep(3600)
        body = {"lie": "— witness.example/w2 AAAAAAAAAAAAAAAA\n".encode(), "big": b"x" * 10000000}[kind]
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *words):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Bad)
print("ready", flush=True)
server.serve_forever()
END
for kind in stall lie big; do
  : >"$work/bad.out"
  python3 "$work/bad.py" "$kind" "$w2_port" >"$work/bad.out" 2>/dev/null &
  bad=$!
  servers+=("$bad")
  until_true 10 grep -q ready "$work/bad.out" || fail "the bad witness does not start"
  for quorum in both w1; do
    policy policy "$quorum"
    serve book "$work/book" --policy "$work/policy" --witness-timeout 700
    book=$process book_port=$port base=http://127.0.0.1:$port/v1/books/witnessed
    number=$((1000 + RANDOM))
    begin=$(date +%s%N)
    grow "$number" "$number"
    (($(date +%s%N) - begin < 5000000000)) || fail "$kind: the writer waited"
    until_true 15 grep -q 'event=witness_failed witness=w2' "$work/book.err" || fail "$kind: it is not told"
    if [[ $quorum == both ]]; then
      until_true 15 grep -q 'event=publish_failed' "$work/book.err" || fail "$kind: its lack is not told"
      (($(published | sed -n 2p) == size)) || fail "$kind: published without the quorum"
    else
      until_true 15 test "$(published | sed -n 2p)" -gt "$size" || until_true 10 bash -c \
        "(( \$(curl -sS -H 'Authorization: Bearer $(token_of "$work/book")' $base/checkpoint | sed -n 2p) > $size ))" ||
        fail "$kind: the honest witness is not enough"
      size=$(published | sed -n 2p)
      published | grep -q '— witness.example/w2' && fail "$kind: a lie was published"
    fi
    begin=$(date +%s%N)
    stop "$book"
    (($(date +%s%N) - begin < 5000000000)) || fail "$kind: it does not stop"
  done
  kill "$bad" && wait "$bad" 2>/dev/null || true
done

# What an operator gets wrong.
refused() { # reason, words...
  local reason=$1 status=0
  shift
  timeout 20 "$TALLY" "$@" >"$work/out" 2>"$work/err" || status=$?
  ((status == 1)) || fail "$*: exit code $status"
  expect_in "$(cat "$work/err")" "tally: $reason"
}
refused "missing_field at --name" witness --data "$work/new" --http 127.0.0.1:0
refused "note at --log" witness --data "$work/new" --name x --log "$w1_key" --http 127.0.0.1:0
refused "exists" witness --data "$work/w2-data" --name witness.example/other --http 127.0.0.1:0
refused "witness_in_use" witness --data "$work/w1-data" --http 127.0.0.1:0
refused "not_loopback" witness --data "$work/w2-data" --http 0.0.0.0:0
echo "quorum nobody" >"$work/policy"
refused "policy at $work/policy: line 1" serve --data "$work/book" --http 127.0.0.1:0 --rpc 127.0.0.1:0 --policy "$work/policy"
sed -i 's/^/x/' "$work/w2-data/logs/$hash.note"
refused "witness_state" witness --data "$work/w2-data" --log "$vkey" --http 127.0.0.1:0
echo "two witnesses, a fork, a short log, liars"
