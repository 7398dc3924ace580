#!/usr/bin/env bash
# Readings are put down before they are answered, whatever happens: over HTTP and on the command line, with
# a served book, a killed one, a damaged spool, another log in its place. The spool is read by Python too.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/serving.sh"
cd "$(dirname "$0")/../.."

# id_of FOLDER NAME: what a name stands for, without reading the book.
"$TALLY" person key "$work/any.key" >/dev/null
id_of() {
  "$TALLY" person line --data "$1" --person "$2" --key "$work/any.key" |
    sed -n 's/.*"person":"\([0-9a-f]*\)".*/\1/p'
}

book=$work/book
"$TALLY" init --data "$book" --book ledger.example/reads --profile cysec >/dev/null 2>&1
for name in anna ben; do
  echo '{"command":"register_client","actor":"@ops","client":"@'$name'","category":"retail","residence":"CY"}'
done | "$TALLY" submit --data "$book" - >/dev/null
anna=$(id_of "$book" @anna)

# The entries of a spool, by docs/formats/access.md: one query a line.
cat >"$work/spool.py" <<'END'
import hashlib, struct, sys
data = open(sys.argv[1], "rb").read()
sha = lambda b: hashlib.sha256(b).digest()
assert data[:8] == b"TALLYSP1" and sha(data[:16]) == data[16:48], "head"
number, at = struct.unpack(">Q", data[8:16])[0], 48
while at < len(data):
    head = data[at:at + 24]
    magic, own, length = head[:4], *struct.unpack(">QI", head[4:16])
    assert magic == b"TSPE" and own == number and sha(head[:16])[:8] == head[16:], "frame head"
    end = at + 24 + length
    assert sha(data[at:end]) == data[end:end + 32], "frame"
    text = data[at + 24:end]
    print(number, "history" if b"history" in text else "other", len(text))
    number, at = number + 1, end + 32
END
entries() { /usr/bin/python3 "$work/spool.py" "$book/access/spool"; }

# --- The command line: put down, then printed. ---
[[ -z $(entries) ]] || fail "a new spool has entries"
"$TALLY" history --data "$book" --subject @anna --actor @ops --purpose "complaint CASE-1" >/dev/null
"$TALLY" balance --data "$book" liabilities:cm:client:@anna >/dev/null
"$TALLY" record --data "$book" --seq 3 >/dev/null
"$TALLY" record --data "$book" --seq 3 --raw >/dev/null
"$TALLY" trial-balance --data "$book" >/dev/null
"$TALLY" export --data "$book" --format jsonl >/dev/null
"$TALLY" retention --data "$book" --subject @anna >/dev/null
"$TALLY" checkpoint --data "$book" >/dev/null
"$TALLY" prove --data "$book" --seq 3 >/dev/null
"$TALLY" verify --data "$book" >/dev/null
"$TALLY" doctor --data "$book" >/dev/null
[[ $(entries | wc -l) == 7 ]] || fail "not each reading, or something else, was put down: $(entries)"
[[ $(entries | sed -n 1p) == "1 history "* ]] || fail "$(entries)"
! grep -qa "anna" "$book/access/spool" || fail "a name stands in the spool"
shown=$("$TALLY" access --data "$book" --subject @anna)
[[ $(grep -c '"number"' <<<"$shown") == 6 ]] || fail "$shown"  # The trial balance shows nobody: nothing moved.
expect_in "$shown" '"reference": "CASE-1"'
expect_in "$shown" "\"query\": \"subject=$anna\""
expect_in "$shown" '"named": false'
out=$("$TALLY" history --data "$book" --subject @anna --purpose gossip 2>"$work/err") && fail "gossip is a purpose"
[[ -z $out ]] || fail "it was printed all the same"
expect_in "$(cat "$work/err")" purpose
out=$("$TALLY" history --data "$book" --subject @anna --actor @nobody 2>"$work/err") && fail "@nobody reads"
[[ -z $out ]] || fail "it was printed all the same"

# --- Served: drained, asked, anchored; and both books verify. ---
serve one "$book"
base=http://127.0.0.1:$port/v1/books/reads
ask "$book" "$base/history?subject=@anna" -H 'Tally-Purpose: regulator CySEC:17' >/dev/null
"$TALLY" history --data "$book" --subject @ben >/dev/null # Beside it.
# Once a day, by itself.
until_true 20 bash -c '"'"$TALLY"'" history --data "'"$book"'" --kind access_anchored | grep -q access_anchored' ||
  fail "no anchor was made"
until_true 10 bash -c '[[ $(stat -c %s "'"$book"'/access/spool") == 48 ]]' || fail "the spool is not drained"
answer=$(ask "$book" "$base/access?subject=@anna&limit=1")
expect_in "$answer" '"reference":"CySEC:17"'
expect_in "$(ask "$book" "$base/access?subject=@anna&actor=@local")" '"face":"cli"'
"$TALLY" access anchor --data "$book" --url "http://127.0.0.1:$port" >/dev/null
stop "$process"
"$TALLY" verify --data "$book" >"$work/verified" || fail "$(cat "$work/verified")"
grep -qE 'log of reads: [0-9]+ records, [1-9][0-9]* anchors, 0 entries' "$work/verified" || fail "$(cat "$work/verified")"
"$TALLY" verify --data "$book/access" --recompute >/dev/null || fail "the log of reads does not verify"
"$TALLY" history --data "$book/access" --subject "$anna" >/dev/null || fail "it has no history"
[[ -z $(entries) ]] || fail "reading the log as a book was put down"

# --- Killed in mid-work: what was answered is there once, and nothing twice. ---
number=0
for round in 1 2 3; do
  serve "killed$round" "$book"
  base=http://127.0.0.1:$port/v1/books/reads
  token=$(token_of "$book")
  : >"$work/answered$round"
  readers=()
  for reader in 1 2 3 4; do
    (for i in $(seq 200); do
      query="limit=$((1 + i))&commodity=&as_of=$((reader + 1))&cursor="
      curl -fsS --max-time 5 -H "Authorization: Bearer $token" -H "Tally-Purpose: test r$round-$reader-$i" \
        "$base/history?limit=$((1 + i))&kind=client_registered" >/dev/null 2>&1 &&
        echo "r$round-$reader-$i" >>"$work/answered$round" || exit 0
    done) &
    readers+=("$!")
  done
  sleep "0.$((3 + round))"
  kill -9 "$process"
  wait "$process" 2>/dev/null || true
  wait "${readers[@]}" || true
done
"$TALLY" access drain --data "$book"
[[ -z $(entries) ]] || fail "drained, and entries are left"
"$TALLY" history --data "$book/access" --kind read_recorded --limit 1000 --order descending >"$work/log"
grep -oE '"reference": "r[0-9]-[0-9]-[0-9]+"' "$work/log" | cut -d'"' -f4 | sort >"$work/recorded"
[[ -s $work/answered1 ]] || fail "nothing was answered before the kill"
sort "$work"/answered? | comm -23 - "$work/recorded" >"$work/lost"
[[ ! -s $work/lost ]] || fail "answered and not put down: $(head -3 "$work/lost")"
[[ -z $(uniq -d "$work/recorded") ]] || fail "put down twice: $(uniq -d "$work/recorded" | head -3)"
"$TALLY" verify --data "$book" >/dev/null || fail "verify after the kills"

# --- A spool that is not as it was written: told, and nothing is shown. ---
cp -a "$book" "$work/flipped"
"$TALLY" record --data "$work/flipped" --seq 3 >/dev/null
printf 'X' | dd of="$work/flipped/access/spool" bs=1 seek=100 conv=notrunc status=none
out=$("$TALLY" record --data "$work/flipped" --seq 3 2>"$work/err") && fail "it was read"
[[ -z $out ]] || fail "it was printed"
expect_in "$(cat "$work/err")" access_spool
expect_in "$("$TALLY" verify --data "$work/flipped" || true)" "DAMAGED access_spool"
"$TALLY" checkpoint --data "$work/flipped" >/dev/null || fail "a checkpoint shows nobody"
expect_in "$("$TALLY" doctor --data "$work/flipped" || true)" "problem access"
expect_in "$("$TALLY" doctor --data "$book" || true)" "ok access: 0 readings wait"
# The runbook's way out.
mv "$work/flipped/access/spool" "$work/damaged-spool"
out=$("$TALLY" record --data "$work/flipped" --seq 3 2>&1) && fail "it was read without a spool"
"$TALLY" access init --data "$work/flipped" >/dev/null
"$TALLY" record --data "$work/flipped" --seq 3 >/dev/null
"$TALLY" verify --data "$work/flipped" >/dev/null || fail "verify with a new spool"

# --- A log that was rewritten, shortened or taken away. ---
cp -a "$book/access" "$work/access.before"
"$TALLY" history --data "$book" --subject @anna >/dev/null
"$TALLY" access anchor --data "$book" >/dev/null
rm -rf "$work/short" && cp -a "$book" "$work/short"
rm -rf "$work/short/access" && cp -a "$work/access.before" "$work/short/access"
out=$("$TALLY" verify --data "$work/short") && fail "a shortened log verifies: $out"
expect_in "$out" access
cp -a "$book" "$work/other"
rm -rf "$work/other/access"
out=$("$TALLY" serve --data "$work/other" 2>&1) && fail "it is served without its log"
expect_in "$out" access_log_missing
"$TALLY" access init --data "$work/other" >/dev/null
"$TALLY" verify --data "$work/other" >"$work/verified" || fail "$(cat "$work/verified")"
expect_in "$(cat "$work/verified")" "anchors are of logs before it"
expect_in "$("$TALLY" history --data "$work/other" --kind access_anchored --order descending --limit 1)" reads/access-2
rm -rf "$work/other/access" && cp -a "$book/access" "$work/other/access"
out=$("$TALLY" verify --data "$work/other") && fail "the log before it verifies: $out"
expect_in "$out" access_log_replaced
cp -a "$book" "$work/without"
rm -rf "$work/without/access"
"$TALLY" verify --data "$work/without" >"$work/verified" || fail "a copy without the log does not verify"
expect_in "$(cat "$work/verified")" "log of reads: not here"
"$TALLY" record --data "$work/without" --seq 3 >/dev/null || fail "a copy cannot be read"
[[ ! -e $work/without/access ]] || fail "a log was made by reading"

# --- The main book cannot be written (restored from a backup): reading is put down all the same. ---
"$TALLY" backup --data "$book" --to "$work/backups" >/dev/null
[[ -d $work/backups/access ]] || fail "the log of reads is not in the backups"
"$TALLY" restore --from "$work/backups" --to "$work/restored" >/dev/null
"$TALLY" restore --from "$work/backups/access" --to "$work/restored-log" >/dev/null || fail "the log's backup"
! "$TALLY" access init --data "$work/restored" 2>/dev/null || fail "another log began, and the book cannot say so"
cp -a "$book/access" "$work/restored/access"
"$TALLY" history --data "$work/restored" --subject "$anna" >/dev/null
"$TALLY" access drain --data "$work/restored"
expect_in "$("$TALLY" access --data "$work/restored" --subject "$anna")" '"question": "history"'

# --- The main book is damaged: who looked at whom can still be asked. ---
cp -a "$book" "$work/damaged"
rm -rf "$work/damaged/store"
"$TALLY" record --data "$work/damaged" --seq 3 2>/dev/null && fail "a book without a store was read"
expect_in "$("$TALLY" access --data "$work/damaged" --subject @anna)" '"question": "history"'

# --- A simulated book has none, and gets one if it is asked for. ---
new_book "$work/simulated" simulated s1
[[ ! -e $work/simulated/access ]] || fail "a simulated book has a log of reads"
! "$TALLY" access --data "$work/simulated" 2>"$work/err" || fail "it has one"
expect_in "$(cat "$work/err")" no_access_log
"$TALLY" access init --data "$work/simulated" >/dev/null
"$TALLY" record --data "$work/simulated" --seq 0 >/dev/null
expect_in "$("$TALLY" access --data "$work/simulated")" '"question": "record"'

# --- Nobody writes into it but the service. ---
expect_in "$("$TALLY" submit --data "$book/access" - <<<'{"command":"register_symbol","actor":"@ops","symbol":"X","currency":"EUR"}' || true)" \
  '"reason":"access_book"'

# --- Statements are of somebody, on every way and in every form. ---
new_book "$work/demo" demo s2
"$TALLY" submit --data "$work/demo" demo/brokerage.jsonl >/dev/null
"$TALLY" access init --data "$work/demo" >/dev/null
anna=$(id_of "$work/demo" @anna)
report=$("$TALLY" report statement --data "$work/demo" --structure @alpha --client @anna --actor @reports \
  --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z --out "$work/a.html" --purpose reporting |
  sed -n 's/^issued report \([0-9a-f]*\):.*/\1/p')
"$TALLY" reproduce --data "$work/demo" "$report" >/dev/null
"$TALLY" history --data "$work/demo" --subject @alpha --limit 1000 >/dev/null # Its investors are in it.
serve demo "$work/demo"
base=http://127.0.0.1:$port/v1/books/demo
for type in text/html application/json; do
  ask "$work/demo" "$base/statements/$report" -H "Accept: $type" >/dev/null
done
answer=$(ask "$work/demo" "$base/access?subject=@anna&limit=1000")
stop "$process"
python3 - "$answer" "$anna" <<'END' || fail "$answer"
import json, sys
answer, anna = json.loads(sys.argv[1]), sys.argv[2]
reads = answer["reads"] + answer["waiting"]
asked = [read["question"] for read in reads if anna in read["shown"] and read["named"]]
assert asked.count("report") == 1 and asked.count("reproduce") == 1, asked
assert asked.count("statements/{report}") == 2 and "history" in asked, asked
assert any(read["purpose"] == "reporting" for read in reads)
END
