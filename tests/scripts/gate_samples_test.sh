#!/usr/bin/env bash
# What must hold on the registers' recorded answers: from the import of a body through its facts to the
# gate's verdict, each line by itself. Skipped where the samples are not there.
source "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.."
samples=${SHARED:-../shared}/samples/registers
[[ -d $samples ]] || skip "shared samples are absent"
pack=jurisdictions/rule_packs/2026-11-22.json

parse() { "$TALLY" register parse "$@" --answered-at 2026-11-26T08:00:00Z; }
fca() { parse fca "${@:2}" --reference "$1"; }
# As if the answers had come today. Without that the firm's own page says when, the others do not say.
parse fca "$samples"/fca/{firm_552016,requirements_552016,permissions_552016_p1}.json --reference 552016 >"$work/552016"
# The samples have no answer on the firm itself: that it is authorised is the other firm's answer.
sed 's/552016/122702/g' "$samples/fca/firm_552016.json" >"$work/firm"
pages=("$samples"/fca/permissions_122702_p{1,2,3}.json)
fca 122702 "$work/firm" "${pages[@]}" "$samples/fca/requirements_122702.json" >"$work/122702"
fca 122702 "$work/firm" "${pages[0]}" "${pages[2]}" "$samples/fca/requirements_122702.json" >"$work/122702-page-missing"
fca 999999 "$samples/fca/search_firm_none.json" >"$work/nobody"
for afsl in 218770 221146; do
  parse asic "$samples/asic/asic_afs_licensee.csv" --reference "$afsl" >"$work/$afsl"
done

# book PROFILE: a simulated one with the pack, all whose cells that can be signed carry demo signatures.
cat >"$work/lines.py" <<'END'
import json, sys
pack_file, pack_hash, what = sys.argv[1:4]
pack = json.load(open(pack_file))
def line(command, **fields):
    fields.setdefault("at", "2026-11-26T12:00:00Z")
    print(json.dumps({"command": command, "actor": "@ops", "approver": "@compliance", **fields}))
def evidence(path):
    return json.load(open(path))
if what == "rules":
    line("adopt_rule_pack", pack=pack)
elif what == "signatures":
    for cell in pack["cells"]:
        if cell["verdict"] == "allow_if":
            line("sign_off_cell", pack=pack_hash, cell=cell["id"], counsel="@demo-counsel", document="d0" * 32,
                 valid_until="2027-11-01", demo=True)
else:  # A case: manager, home, categories, residence, instruments, file with his evidence or "-" for a failed call.
    manager, home, categories, residence, instruments, path = sys.argv[4:10]
    print(json.dumps({"command": "register_manager", "at": "2026-11-26T12:00:00Z", "actor": "@ops",
                      "manager": manager, "home": home}))
    read = evidence(path) if path != "-" else {
        "source": "fca", "reference": "122702", "asked": "could_not_ask", "coverage": "complete",
        "http_status": 503, "answered_at": "2026-11-26T08:00:00Z", "parser": "fca/1"}
    record = {"command": "record_evidence", "at": "2026-11-26T12:00:00Z", "actor": "@ops", "evidence": read}
    if manager != "@firm":  # Else it is the broker's own.
        record["party"] = manager
    print(json.dumps(record))
    line("decide_authorisation", decision=manager + "-decision", question={
        "manager": manager, "model": what, "categories": categories.split(","), "residences": [residence],
        "instruments": instruments.split(",")})
END
book() {
  "$TALLY" init --data "$work/$1" --book "ledger.example/$1" --profile "$1" --simulated gate >/dev/null 2>&1
  python3 "$work/lines.py" "$pack" - rules | "$TALLY" submit --data "$work/$1" - >/dev/null || fail "rules"
  hash=$("$TALLY" history --data "$work/$1" --kind rule_pack_adopted | sed -n 's/^ *"hash": "\([0-9a-f]\{64\}\)".*/\1/p' | head -1)
  python3 "$work/lines.py" "$pack" "$hash" signatures | "$TALLY" submit --data "$work/$1" - >/dev/null || fail "signatures"
}
# decided PROFILE MODEL MANAGER HOME CATEGORIES RESIDENCE INSTRUMENTS EVIDENCE: the verdict, then
# lines "leg fact reason ..." of the broker's and the manager's leg.
decided() {
  python3 "$work/lines.py" "$pack" "$hash" "${@:2}" | "$TALLY" submit --data "$work/$1" - >"$work/answers" ||
    fail "$(cat "$work/answers")"
  "$TALLY" history --data "$work/$1" --kind authorisation_decided --order descending --limit 1 | python3 -c '
import json, sys
body = json.load(sys.stdin)["records"][0]["body"]["answer"]
print(body["verdict"])
for one in body["reasons"]:
    if one["leg"] != "residence" and "fact" in one:
        print(one["leg"], one["fact"], one["reason"], one["detail"])'
}

book fca
say() { printf '%s' "$1" | sed -n 1p; }
# FRN 552016: refused for forex and contracts for difference, eligible counterparties too, with the reason.
for category in retail professional eligible_counterparty; do
  for instrument in cfd fx_rolling_spot; do
    got=$(decided fca mam "@jpm-$category-$instrument" GB "$category" GB "$instrument" "$work/552016")
    [[ $(say "$got") == refer || $(say "$got") == block ]] || fail "552016 $category $instrument: $got"
    expect_in "$got" "manager fca.permission not_shown"
  done
done
# FRN 122702 as the broker: all three, for all three kinds of clients; what retail clients may not have stands in the evidence.
got=$(decided fca mam @firm GB retail,professional,eligible_counterparty GB cfd,fx_rolling_spot,spread_bet "$work/122702")
! grep -q "^broker fca.permission" <<<"$got" || fail "122702: $got"
expect_in "$(cat "$work/122702")" "the firm may not carry out the investment activity in relation to a Binary Bet."
# gate check shows it, beside an answer that is the same as the recorded one.
checked() { "$TALLY" gate check --data "$work/fca" --manager @firm --model mam --category retail --residence GB --instrument cfd "$@"; }
expect_in "$(checked)" '"kind": "limitation"'
text=$(checked --text | grep '^broker limitation fca 122702: ')
expect_in "$text" "in relation to a Binary Bet."
# How old an answer is says the answer: a page's own stamp in London's time, or who parses it; a call that failed is none.
old() { "$TALLY" register parse fca "$samples/fca/firm_552016.json" --reference 552016 "$@"; }
expect_in "$(old)" '"answered_at": "2026-02-27T10:21:00.000000Z"'
expect_in "$(old --answered-at 2026-11-26T08:00:00Z)" "long before it is said to have come"
! grep -q answered_at <<<"$("$TALLY" register parse fca "${pages[@]}" --reference 122702)" || fail "a time was made up"
expect_in "$(old --status 503)" '"asked": "could_not_ask"'
! old --answered-at yesterday 2>"$work/err" || fail "a time that is none was taken"
expect_in "$(cat "$work/err")" "--answered-at"
# A page is missing; the firm is not there; the call failed.
expect_in "$(decided fca mam @half GB retail GB cfd "$work/122702-page-missing")" "manager fca.permission incomplete"
[[ $(say "$(decided fca mam @half-2 GB retail GB cfd "$work/122702-page-missing")") == refer ]] || fail "a page is missing"
expect_in "$(decided fca mam @nobody GB retail GB cfd "$work/nobody")" "manager fca.permission not_found"
expect_in "$(decided fca mam @failed GB retail GB cfd -)" "manager fca.permission could_not_ask"

book asic
expect_in "$(cat "$work/218770")" '"value": "licensees"'
# AFSL 218770 may use foreign exchange for hedging alone. AFSL 221146 serves wholesale clients alone.
for category in retail professional; do
  expect_in "$(decided asic mam "@forex-$category" AU "$category" AU fx_rolling_spot "$work/218770")" "manager asic.afsl.limb not_shown"
done
expect_in "$(decided asic mam @retail AU retail AU fx_rolling_spot "$work/221146")" "manager asic.afsl.limb not_shown"
got=$(decided asic mam @wholesale AU professional AU fx_rolling_spot "$work/221146")
! grep -q "^manager asic.afsl.limb" <<<"$got" || fail "221146 serves wholesale clients: $got"
