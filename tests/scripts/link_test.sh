#!/usr/bin/env bash
# A link to join: its token from the command line, accepted by the book; an altered one is not.
source "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.."

new_book "$work/book" links s10
document=$(printf '%064d' 7)
rates='"management_fee_rate":"0","performance_fee_rate":"0.20","mark_basis":"net","entry_fee_rate":"0","residual":"sainte_lague"'
cat >"$work/commands" <<END
{"command":"register_client","actor":"@ops","at":"2026-01-05T08:00:00Z","client":"@anna","category":"retail","residence":"CY"}
{"command":"register_client","actor":"@ops","client":"@ben","category":"retail","residence":"CY"}
{"command":"register_manager","actor":"@ops","manager":"@mia","home":"CY"}
{"command":"publish_offer","actor":"@ops","offer":"@terms","model":"pamm","currency":"EUR","terms":{$rates}}
{"command":"record_decision","actor":"@ops","approver":"@chief","decision":"@d","manager":"@mia","model":"pamm","jurisdiction":"cysec","verdict":"allow","valid_from":"2026-01-01T00:00:00Z","valid_until":"2027-01-01T00:00:00Z","document":"$document"}
{"command":"open_structure","actor":"@ops","structure":"@pool","manager":"@mia","offer":"@terms","jurisdiction":"cysec"}
{"command":"issue_join_link","actor":"@ops","link":"@link","structure":"@pool","offer":"@terms","expires_at":"2026-02-01T00:00:00Z","single_use":true}
END
"$TALLY" submit --data "$work/book" "$work/commands" >"$work/answers" || fail "$(cat "$work/answers")"

token=$("$TALLY" link --data "$work/book" @link) || fail "no token"
[[ $token =~ ^[A-Za-z0-9_-]+$ ]] || fail "not fit for a URL: $token"
[[ $token == "$("$TALLY" link --data "$work/book" @link)" ]] || fail "another token for the same link"

accept() {  # CLIENT TOKEN
  echo '{"command":"accept_mandate","actor":"@ops","structure":"@pool","client":"'"$1"'","document":"'"$document"'","token":"'"$2"'"}' |
    "$TALLY" submit --data "$work/book" - || true
}
expect_in "$(accept @anna "A${token:1}")" '"reason":"link_forged"'
expect_in "$(accept @anna "${token%?}")" '"reason":"link_forged"'
expect_in "$(accept @anna "$token")" '"receipt"'
expect_in "$(accept @ben "$token")" '"reason":"link_used"'
! "$TALLY" link --data "$work/book" @nothing 2>"$work/err" || fail "a token of nothing"
expect_in "$(cat "$work/err")" unknown_reference
"$TALLY" verify --data "$work/book" --recompute >"$work/verified" || fail "$(cat "$work/verified")"
