#pragma once

#include <string>

#include "engine/charging/shares.h"
#include "engine/trading_state.h"
#include "tests/engine/mam/group.h"

namespace engine::trading {

using mam::Group;
using tests::client_id;
using tests::decimal;

// A group whose offer charges fees. Account n is client n's; days count from 1970-01-01.
class ChargedGroup : public Group {
 public:
  explicit ChargedGroup(OfferTerms terms, Apply apply = mam::apply_group_record)
      : Group(std::move(terms), std::move(apply)) {
    state.structures.at(structure).strategy = strategy;
    Strategy& marks = state.strategies[strategy];
    marks.manager = manager;
    marks.currency = "EUR";
    for (auto path : {accounts::manager_fees(manager), accounts::manager_reserve(manager),
                      std::string(accounts::kFeeShare), accounts::tax("CY"),
                      std::string(accounts::kRounding)}) {
      open(std::move(path));
    }
    for (auto& [id, decision] : state.decisions) decision.valid_until = core::Instant{kFarAway};
    at_day(1);
  }

  // The clock at noon of a day.
  void at_day(std::int64_t day) { now = core::Instant{(day * 24 + 12) * 3'600'000'000}; }
  static core::Date date(std::int32_t day) { return {day}; }

  // A client with so much in his wallet, whose account is empty.
  void add_client_account(std::uint64_t number, std::int64_t euros) {
    add_account(number, 0);
    if (euros == 0) return;
    post(std::string(kBank), accounts::wallet(client_id(number)), "EUR", core::Minor{euros} * 100);
  }
  std::string fund(std::uint64_t number, const std::string& amount,
                   std::optional<FlowFacts> flow = {}) {
    return run(FundAccount{account(number), decimal(amount), std::move(flow)});
  }
  std::string defund(std::uint64_t number, const std::string& amount,
                     std::optional<FlowFacts> flow = {}) {
    return run(DefundAccount{account(number), decimal(amount), std::move(flow)});
  }
  std::string value(std::uint64_t number, const std::string& equity) {
    return run(ValueAccount{account(number), decimal(equity), {}});
  }
  std::string charge(std::int32_t day, bool period_end = true,
                     std::vector<core::AccountId> ids = {}) {
    return run(ChargeAccountFees{structure, date(day), std::move(ids), period_end});
  }
  // The month ends with so much in account 1.
  std::string month_end(std::int32_t day, const std::string& equity) {
    at_day(day);
    const std::string valued = value(1, equity);
    return valued == "done" ? charge(day) : valued;
  }

  core::Minor equity(std::uint64_t number) const { return owed(number) + floating(number); }
  core::Minor mark(std::uint64_t number) const {
    return balance(accounts::account_mark(strategy, client_id(number), account(number)),
                   "MARK.EUR");
  }
  core::Minor released(std::uint64_t number) const {
    return balance(accounts::released(strategy, client_id(number)), "MARK.EUR");
  }
  core::Minor manager_fees() const { return -balance(accounts::manager_fees(manager)); }
  // The performance fees that the last command charged.
  std::string charged() const {
    std::string text;
    for (const AccountFeeCharged& one : last<AccountFeeCharged>()) {
      text += (text.empty() ? "" : " ") + core::to_string(one.fee.amount);
    }
    return text;
  }

  static constexpr std::int64_t kFarAway = 4'000'000'000'000'000;
  const core::StrategyId strategy = tests::id<core::StrategyId>(750);
};

inline OfferTerms performance(const std::string& rate, MarkBasis basis = MarkBasis::Net) {
  OfferTerms terms;
  terms.performance_fee_rate = decimal(rate);
  terms.mark_basis = basis;
  return terms;
}

}  // namespace engine::trading
