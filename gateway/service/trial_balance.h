#pragma once

#include <string>
#include <vector>

#include "core/json.h"
#include "gateway/service/as_of.h"

namespace gateway::service {

// One account in one commodity; or the sum of a ring's accounts in one, without an account's name.
// One of the two sides of an account is zero. In the commodity's smallest unit; neither is
// negative.
struct TrialLine {
  std::string account;
  ledger::Ring ring = ledger::Ring::ClientMoney;
  core::Commodity commodity;
  core::Minor debit = 0;
  core::Minor credit = 0;
};

// Every account that is not zero at a moment, and the sums for each ring and commodity, whose two
// sides are equal: a book that does not balance has no trial balance.
struct TrialBalance {
  Moment moment;
  std::vector<TrialLine> accounts;  // By account, then commodity.
  std::vector<TrialLine> totals;    // By ring, then commodity.
};

// Errors: what resolve_moment() and check_effect() refuse; Corrupt/trial_balance if the two sides
//         differ in a commodity of a ring; Overflow.
core::Result<TrialBalance> make_trial_balance(const BookView& view, const std::string& as_of,
                                              const std::string& effective_at);

// {"as_of": {..}, "accounts": [{"account", "ring", "commodity", "debit", "credit"}], "totals":
// [{"ring", "commodity", "debit", "credit"}]}
core::json::Value trial_balance_to_json(const TrialBalance& balance);
// The same as a table for people.
std::string trial_balance_to_text(const TrialBalance& balance);

}  // namespace gateway::service
