#!/usr/bin/env bash
# docs/formats/record.md lists every kind of the engine's records with its number, name and header.
set -euo pipefail
cd "$(dirname "$0")/../.."

in_code() {
  awk '/kKind = / { kind = $NF; sub(";", "", kind) }
       /kName = / { name = $NF; gsub("[\";]", "", name); print kind, name, FILENAME }' engine/*_records.h
}
in_document() {
  sed -nE 's/^\| ([0-9]+) \| ([a-z_]+) \| `(engine\/[a-z_]+\.h)` \|$/\1 \2 \3/p' docs/formats/record.md
}

[[ $(in_code | wc -l) -gt 30 ]] || { echo "the records were not found in the headers"; exit 1; }
diff <(in_code | sort -n) <(in_document) || { echo "correct docs/formats/record.md, Kinds"; exit 1; }
[[ -z $(in_code | cut -d' ' -f1 | sort | uniq -d) ]] || { echo "a kind has two meanings"; exit 1; }
