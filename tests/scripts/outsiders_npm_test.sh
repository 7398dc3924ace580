#!/usr/bin/env bash
# The verifier of npm's sigstore, which is not ours, accepts inclusion proofs of a served book.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/serving.sh"
command -v npm >/dev/null || skip "npm is not installed"
# Pinned, with what it depends on; kept beside the build, and never part of the repository.
packages=(@sigstore/verify@3.1.1 @sigstore/core@3.2.1 @sigstore/bundle@4.0.0 @sigstore/protobuf-specs@0.5.2)
folder=$(dirname "$TALLY")/oracles/npm
if [[ $(cat "$folder/packages" 2>/dev/null) != "${packages[*]}" ]]; then
  rm -rf "$folder" && mkdir -p "$folder"
  echo '{"private": true}' >"$folder/package.json"
  npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --fetch-retries 1 \
    "${packages[@]}" >"$work/npm.log" 2>&1 || {
    grep -qE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|network' "$work/npm.log" &&
      skip "npm's registry cannot be reached, so @sigstore/verify is not there"
    fail "npm install: $(cat "$work/npm.log")"
  }
  echo "${packages[*]}" >"$folder/packages"
fi

new_book "$work/book" outsiders s1
"$TALLY" submit --data "$work/book" demo/brokerage.jsonl >/dev/null
client_commands 1 100 | "$TALLY" submit --data "$work/book" - >/dev/null
serve book "$work/book"
python3 - "http://127.0.0.1:$port/v1/books/outsiders" "$(token_of "$work/book")" >"$work/proofs" <<'END'
import base64, json, sys, urllib.request
base, token = sys.argv[1:]
def get(path, accept="application/json"):
    request = urllib.request.Request(base + path, headers={"Authorization": "Bearer " + token, "Accept": accept})
    return urllib.request.urlopen(request).read()
note = get("/checkpoint", "text/plain").decode().splitlines()
size, root = int(note[1]), note[2]
entries = {}
for index, of in [(i, size) for i in range(0, size, 3)] + [(i, s) for s in range(2, size, 17) for i in (0, s // 2, s - 1)]:
    proof = json.loads(get("/inclusion/%d/%d" % (index, of)))
    assert of != size or proof["root"] == root, "the last root is not the checkpoint's"
    if index not in entries:
        entries[index] = get("/records/%d" % index, "application/octet-stream")
    proof["entry"] = base64.b64encode(entries[index]).decode()
    print(json.dumps(proof))
END
node tests/oracles/inclusion.js "$folder" <"$work/proofs"
