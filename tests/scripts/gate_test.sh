#!/usr/bin/env bash
# tally gate over a book in which a manager was let in: the demo's second file.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/serving.sh"
cd "$(dirname "$0")/../.."
pack=jurisdictions/rule_packs/2026-11-22.json

new_book "$work/book" onboarding gate-demo
"$TALLY" submit --data "$work/book" demo/onboarding.jsonl >"$work/answers" || fail "$(grep '"error"' "$work/answers")"
gate() { "$TALLY" gate "$1" --data "$work/book" "${@:2}"; }
question=(--manager @nora --model mam --category professional --residence CY --instrument cfd --instrument fx_rolling_spot)

# The digest of the file is that of the record, and the demo adopts the file as it stands.
hash=$("$TALLY" gate pack hash "$pack")
expect_in "$("$TALLY" history --data "$work/book" --kind rule_pack_adopted)" "\"hash\": \"$hash\""
expect_in "$("$TALLY" gate pack lint "$pack")" "60 cells"
expect_in "$("$TALLY" gate pack show "$pack")" '"version": 1'
# The form of a cell, for counsel.
expect_in "$("$TALLY" gate pack show "$pack" --cell EU_CYSEC.MAM.RETAIL --text)" "recorded by sign_off_cell"
! "$TALLY" gate pack show "$pack" --cell EU_CYSEC 2>"$work/err" || fail "a cell was made up"
expect_in "$(cat "$work/err")" unknown_cell
sed 's/"esma.tied_agent"/"esma.tied_agents"/' "$pack" >"$work/wrong.json"
! "$TALLY" gate pack lint "$work/wrong.json" 2>"$work/err" || fail "an unknown fact was taken"
expect_in "$(cat "$work/err")" rule_pack

size=$(size_of "$work/book")
expect_in "$(gate check "${question[@]}" --text)" "allow until 2026-12-03T07:00:00"
expect_in "$(gate check "${question[@]}" --residence BY --text)" "block"
expect_in "$(gate check "${question[@]}" --on 2026-12-20 --text)" "stale"
! gate check "${question[@]}" --manager @nobody 2>"$work/err" || fail "nobody was found"
# Decided again: the same bytes, and a month later stale.
expect_in "$(gate replay @nora-mam --text)" "as of then allow, the same bytes"
expect_in "$(gate replay @nora-mam --on 2026-12-20)" '"same": true'
expect_in "$(gate replay @nora-mam --on 2026-12-20 --text)" "as of now refer"
# A pack that asks counsel from the new year on.
python3 - "$pack" >"$work/next.json" <<'END'
import json, sys
pack = json.load(open(sys.argv[1]))
pack["version"], pack["from"] = 2, "2027-01-01"
for cell in pack["cells"]:
    if cell["id"] == "EU_CYSEC.MAM.PROFESSIONAL":
        cell["verdict"] = "counsel"
print(json.dumps(pack))
END
expect_in "$(gate impact --pack "$work/next.json" --text)" "1 managers change verdict"
expect_in "$(gate impact --pack "$work/next.json" --text)" "2027-01-01"
expect_in "$(gate impact --pack "$pack")" '"changes": []'
# What waits: nothing of the case, and the captures' last day is near.
expect_in "$(gate queue)" '"next": "none"'
expect_in "$(gate queue --text)" "ends 2027-02-20 evidence cysec"
expect_in "$(gate queue --on 2026-12-03 --text)" "ask again esma"
expect_in "$(gate mandates --client @olga)" '"state": "active"'
expect_in "$(gate mandates --client @olga --on 2027-12-01)" '"state": "over"'
[[ $(size_of "$work/book") == "$size" ]] || fail "asking wrote something"

serve one "$work/book"
base=http://127.0.0.1:$port/v1/books/onboarding/gate
gate queue | python3 -m json.tool --indent 2 >"$work/printed"
ask "$work/book" "$base/queue" | python3 -m json.tool --indent 2 >"$work/served"
diff "$work/printed" "$work/served" || fail "HTTP answers otherwise"
expect_in "$(ask "$work/book" "$base/checks" -X POST -H 'Content-Type: application/json' --data \
  '{"manager":"@nora","model":"mam","categories":["professional"],"residences":["CY"],"instruments":["cfd"]}')" '"verdict":"allow"'
expect_in "$(ask "$work/book" "$base/decisions/@nora-mam/replay")" '"same":true'
expect_in "$(ask "$work/book" "$base/mandates/@olga")" '"language":"en"'
expect_in "$(ask "$work/book" "$base/packs/$hash/cells/EU_CYSEC.MAM.ECP")" '"signed":{'
expect_in "$(curl -sS "$base/queue")" unauthorized
stop "$process"

# Ahead, by a pack that is adopted and has not begun: nobody has signed its cells yet.
! gate check "${question[@]}" --from 2026-12-01 2>"$work/err" || fail "asked ahead of no pack"
expect_in "$(cat "$work/err")" not_ahead
python3 - "$pack" >"$work/adopt" <<'END'
import json, sys
pack = json.load(open(sys.argv[1]))
pack["version"], pack["from"] = 3, "2026-12-01"
print(json.dumps({"command": "adopt_rule_pack", "actor": "@ops", "approver": "@compliance", "pack": pack}))
END
"$TALLY" submit --data "$work/book" "$work/adopt" >"$work/answers" || fail "$(cat "$work/answers")"
expect_in "$(gate check "${question[@]}" --text)" "allow until 2026-12-01T00:00:00"
expect_in "$(gate check "${question[@]}" --from 2026-12-01 --text)" "not_signed_off"
expect_in "$(gate check "${question[@]}" --from 2026-12-01)" '"as_of": "2026-12-01T00:00:00.000000Z"'
expect_in "$(gate queue --text)" "other rules from 2026-12-01"
expect_in "$(gate impact --pack "$pack")" '"allows_ending": []'
"$TALLY" verify --data "$work/book" --recompute | tail -1 | grep -q '^verified' || fail "verify"
