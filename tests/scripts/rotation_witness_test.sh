#!/usr/bin/env bash
# A book whose key changes while it is served goes on being cosigned, listed and stamped under the key that
# signs: what looks at signatures follows the records, not record 0.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/serving.sh"

"$TALLY" init --data "$work/book" --book ledger.example/turning --profile offshore >/dev/null 2>&1
client() {
  printf '{"command":"register_client","request_id":"r-%s","actor":"@ops","client":"@%s","category":"retail","residence":"CY"}\n' "$1" "$1"
}
client anna | "$TALLY" submit --data "$work/book" - >/dev/null
first=$(cat "$work/book/verifier-key")
"$TALLY" key make --data "$work/book" >"$work/made" || fail "no key was made: $(cat "$work/made")"
second=$(grep -o 'ledger.example/turning+[0-9a-f]*+[A-Za-z0-9+/=]*' "$work/made" | head -n 1)
[[ -n $second && $second != "$first" ]] || fail "no verifier key is told: $(cat "$work/made")"

start w witness --data "$work/w-data" --log "$first" --log "$second" --name witness.example/w --http 127.0.0.1:0
w_port=$port w_key=$(head -n 1 "$work/w.out")
printf 'log %s\nlog %s\nwitness w %s http://127.0.0.1:%s\nquorum w\n' "$first" "$second" "$w_key" "$w_port" >"$work/policy"
serve book "$work/book" --policy "$work/policy"
base=http://127.0.0.1:$port url=http://127.0.0.1:$port
published() { ask "$work/book" "$base/v1/books/turning/checkpoint"; }
cosigned() { published | grep -q "^— ${w_key%%+*} "; }
until_true 10 cosigned || fail "the first key's checkpoint is not cosigned: $(cat "$work/book.err")"
listed() { ask "$work/book" "$base/v1/books" | grep -o '"signing_key":"[^"]*"' | cut -d '"' -f 4; }
[[ $(listed) == "$first" ]] || fail "listed is $(listed)"

"$TALLY" key rotate --data "$work/book" --url "$url" --new-key "$second" --actor @operator --approver @chief \
  >"$work/rotated" 2>&1 || fail "the rotation is refused: $(cat "$work/rotated")"
[[ $(listed) == "$second" ]] || fail "after the rotation listed is $(listed)"
"$TALLY" submit --data "$work/book" --url "$url" - >/dev/null < <(client later | sed 's/"actor":"@ops",//')
size() { ask "$work/book" "$base/v1/books" | grep -o '"size":[0-9]*' | cut -d : -f 2; }
newest() { [[ $(published | sed -n 2p) == "$(size)" ]] && cosigned; }
until_true 10 newest || fail "nothing is published after the rotation: $(cat "$work/book.err")"
# By the second key alone, and good for whoever knows the first.
id_of() { cut -d + -f 2 <<<"$1"; }
signer=$(published | sed -n 's/^— ledger.example\/turning //p' | base64 -d 2>/dev/null | head -c 4 | od -An -tx1 | tr -d ' \n')
[[ $signer == "$(id_of "$second")" ]] || fail "signed by $signer"
for key in "$first" "$second"; do
  "$TALLY" verify --data "$work/book" --key "$key" --policy "$work/policy" >"$work/out" ||
    fail "not verified under $key: $(cat "$work/out")"
done
