#!/usr/bin/env bash
# Installs what is missing, builds Tallystick and runs its main job: a book, a brokerage in it, its
# verification, one investor's statement; then serves it until Ctrl-C.
#
#   ./run.sh                      the demo brokerage, book in ./data/demo
#   ./run.sh --statement FILE     a real MT4 statement (HTML or CSV) as the pool's master account,
#                                 book in ./data/mt4
#   --data DIR                    another folder for the book
#   --no-serve                    end after the statement
#   --time-zone ZONE              zone of the MT4 server's times (default Europe/Athens)
#   --classes FILE                what each balance comment of the statement is
#   --currency CODE               the account's currency, which a CSV does not tell
#
# Running it again is safe: every line has the same request id and changes nothing twice.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

serve=yes statement='' data='' zone=Europe/Athens import_options=()
while (($# > 0)); do
  case $1 in
    --no-serve) serve=no ;;
    --statement) statement=${2:?--statement needs a file}; shift ;;
    --data) data=${2:?--data needs a folder}; shift ;;
    --time-zone) zone=${2:?--time-zone needs a zone}; shift ;;
    --classes) import_options+=(--classes "${2:?--classes needs a file}"); shift ;;
    --currency) import_options+=(--currency "${2:?--currency needs a code}"); shift ;;
    -h | --help) sed -n '2,15s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "run.sh: unknown option $1; see ./run.sh --help" >&2; exit 2 ;;
  esac
  shift
done
if [[ -n $statement && ! -r $statement ]]; then
  echo "run.sh: cannot read $statement" >&2
  exit 2
fi

scripts/install.sh run
echo "Building (the first time takes some minutes) ..."
scripts/build.sh release tally
tally=build/release/tally

# Prints only the lines that were refused; a repeated line is a hit and says nothing.
submit() {
  local refused
  refused=$("$tally" submit --data "$data" - | grep -v '"receipt"' || true)
  if [[ -n $refused ]]; then
    printf 'refused: %s\n' "$refused" >&2
    return 1
  fi
}

make_book() { # origin, seed
  [[ -e $data/store ]] && return
  "$tally" init --data "$data" --book "$1" --profile cysec --time-zone Asia/Nicosia \
    --simulated "$2" 2>/dev/null >/dev/null
}

demo() {
  data=${data:-data/demo}
  make_book ledger.example/demo-broker tallystick-demo
  submit <demo/brokerage.jsonl
  submit <demo/onboarding.jsonl
  client=@anna from=2026-03-01T00:00:00Z to=2026-04-01T00:00:00Z
}

imported() {
  data=${data:-data/mt4}
  make_book ledger.example/mt4-broker tallystick-mt4
  demo/mt4_lines.sh setup "$tally" "$statement" "$zone" "${import_options[@]}" | submit
  "$tally" import --data "$data" --format mt4-statement --structure @alpha --time-zone "$zone" \
    "${import_options[@]}" --actor @import "$statement"
  demo/mt4_lines.sh close "$tally" "$statement" "$zone" "${import_options[@]}" | submit
  client=@anna
  read -r from to < <(demo/mt4_lines.sh period "$tally" "$statement" "$zone" "${import_options[@]}")
}

if [[ -n $statement ]]; then imported; else demo; fi

echo
"$tally" verify --data "$data" --recompute --key "$(cat "$data/verifier-key")"
out=$data/statement
"$tally" report statement --data "$data" --structure @alpha --client "$client" \
  --from "$from" --to "$to" --language en --out "$out.html" >/dev/null
"$tally" report statement --data "$data" --structure @alpha --client "$client" \
  --from "$from" --to "$to" --language en --out "$out.json"
echo "An investor's statement: $out.html (and $out.json)"
[[ $serve == yes ]] || exit 0

book=$(sed -n 's|^[^+]*/\([a-z0-9-]*\)+.*|\1|p' "$data/verifier-key")
cat <<EOF

Open   $out.html in a browser.
Try    curl -s http://127.0.0.1:8080/health
       curl -s -H "Authorization: Bearer \$(cat $data/private/token)" \\
            'http://127.0.0.1:8080/v1/books/$book/balances?account=liabilities:cm'
       $tally prove --data $data --seq 5
       $tally export --data $data --format hledger | hledger -f - bal
Ctrl-C ends it.

EOF
exec "$tally" serve --data "$data" --http 127.0.0.1:8080 --rpc 127.0.0.1:9090
