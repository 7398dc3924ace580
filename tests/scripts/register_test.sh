#!/usr/bin/env bash
# tally register: ASIC's lists as answers of data.gov.au, and what is refused before anything is asked.
source "$(dirname "$0")/lib.sh"

refused() { # reason, place, arguments
  "$TALLY" register "${@:3}" >"$work/out" 2>&1 && fail "taken: ${*:3}"
  expect_in "$(cat "$work/out")" "$1"
  expect_in "$(cat "$work/out")" "$2"
}

python3 - "$work" <<'END'
import json, sys
columns = ["REGISTER_NAME", "BD_ORG_ACN", "BD_ORG_NAME", "BD_ORG_TYPE", "BD_ORG_URL", "BD_ORG_START_DT", "BD_ORG_END_DT",
           "BD_ORG_COMMENT"]
def page(number, ids, total):
    rows = [{**dict.fromkeys(columns, ""), "_id": i, "BD_ORG_ACN": number, "BD_ORG_TYPE": "Banning %d" % i,
             "BD_ORG_START_DT": "07/11/2006"} for i in ids]
    return {"success": True, "result": {"resource_id": "r", "fields": [{"id": c, "type": "text"} for c in ["_id"] + columns],
            "filters": {"BD_ORG_ACN": number}, "records": rows, "total": total}}
def write(name, body):
    json.dump(body, open(sys.argv[1] + "/" + name, "w"))
write("one.json", page("081402379", [1, 2], 3))
write("two.json", page("081402379", [3], 3))
write("none-padded.json", page("081402379", [], 0))
write("none-bare.json", page("81402379", [], 0))
END

parse() { "$TALLY" register parse asic "$@" --reference 081402379; }
parse "$work/two.json" "$work/one.json" >"$work/out"
expect_in "$(cat "$work/out")" '"asked": "found"'
expect_in "$(cat "$work/out")" '"coverage": "complete"'
[[ $(grep -c '"asic.banned_organisation"' "$work/out") == 3 ]] || fail "not three bans: $(cat "$work/out")"
expect_in "$(cat "$work/out")" "$(sha256sum "$work/two.json" | cut -c1-64)"
expect_in "$(parse "$work/one.json")" '"coverage": "partial"'
parse "$work/none-padded.json" "$work/none-bare.json" >"$work/out"
expect_in "$(cat "$work/out")" '"asked": "not_found"'
expect_in "$(cat "$work/out")" '"coverage": "complete"'
expect_in "$(parse "$work/none-padded.json")" '"coverage": "partial"'
refused register_reference "filters" parse asic "$work/one.json" --reference 000000001
printf 'REGISTER_NAME\tBD_ORG_ACN\n' >"$work/list.csv"
refused missing_field files parse asic "$work/list.csv" "$work/one.json" --reference 081402379

# A folder as fetch keeps it: what came with a body is read again, and the body must be the one that came.
mkdir "$work/kept"
cp "$work/one.json" "$work/kept/001.json"
kept_index() { # http_status
  cat >"$work/kept/answers.json" <<END
{"form": "register-answers/1", "answers": [{"file": "001.json", "sha256": "$(sha256sum "$work/one.json" | cut -c1-64)",
  "address": "https://r.example/", "http_status": $1, "answered_at": "2026-11-22T10:00:00Z"}]}
END
}
kept_index 200
expect_in "$(parse "$work/kept")" '"answered_at": "2026-11-22T10:00:00'
kept_index 503
expect_in "$(parse "$work/kept")" '"asked": "could_not_ask"'
echo >>"$work/kept/001.json"
refused register_body 001.json parse asic "$work/kept" --reference 081402379

# Nothing leaves this machine in any of these.
fetch=(fetch asic --reference 218770 --out "$work/answers")
refused register_fetch --live "${fetch[@]}" --list licensees
refused missing_field --list "${fetch[@]}" --live
refused register_resource --resource "${fetch[@]}" --live --list licensees --resource x
refused identifier_length afsl fetch asic --reference 12 --out "$work/answers" --live --list licensees
refused --list "Run with" "${fetch[@]}" --live --list companies
refused --package excludes "${fetch[@]}" --live --list licensees --package p --resource x
refused register_reference --individual fetch fca --reference 122702 --out "$work/answers" --live --individual a/b
[[ ! -e $work/answers ]] || fail "a refusal leaves a folder"
