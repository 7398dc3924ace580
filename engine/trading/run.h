#pragma once

#include <string>

#include "engine/charging/fee_rules.h"
#include "engine/charging/performance.h"
#include "engine/context.h"
#include "engine/effects.h"
#include "engine/trading_state.h"

// One account while a command works on it: its figures move with the records that are added. Money
// credit-positive, in smallest units of the account's currency.
namespace engine::trading {

class AccountRun {
 public:
  // Reads the account's figures. Errors: those of the offer's money; Overflow.
  static core::Result<AccountRun> begin(const Context& context, const core::AccountId& id,
                                        const TradingAccount& account, Effects& effects);

  const Context& context() const { return *context_; }
  const core::AccountId& id() const { return id_; }
  const TradingAccount& account() const { return *account_; }
  const Structure& structure() const { return *structure_; }
  const charging::FeeRules& rules() const { return rules_; }
  Effects& effects() { return *effects_; }
  Subjects subjects() const { return {account_->client.bytes, account_->structure.bytes}; }

  core::Minor balance() const { return balance_; }
  core::Minor floating() const { return floating_; }
  core::Minor equity() const { return balance_ + floating_; }
  core::Minor mark() const { return mark_; }
  Investor& investor() { return standing.investor; }
  // No fees on the manager's own account, and none without a mandate.
  bool fee_free() const {
    return structure_->manager_client == account_->client ||
           !structure_->mandates.contains(account_->client);
  }
  // Nothing accrues for a day after the last one of the client's mandate.
  bool mandate_is_over(core::Date day) const { return mandate_until_ && *mandate_until_ < day; }
  // No performance fee while a flow waits to be accepted.
  bool is_blocked() const { return !account_->unmeasured.empty() || blocks_; }
  void block() { blocks_ = true; }
  charging::Marked marked() const;

  // The accounts of its mark and released losses, if they are not open.
  void open_marks();
  // Moves the balance and its mark; `postings` must say the same.
  void moved(core::Minor balance, core::Minor mark);
  // A mark that moves with the postings of a record.
  void post_mark(core::Minor change, core::Minor released, Postings& postings) const;
  // The floating result as a valuation found it.
  void set_floating(core::Minor floating) { floating_ = floating; }

  // --- fees.cc ---

  // Accrues fees and hurdle up to a day. Errors: Overflow.
  core::Result<> accrue(core::Date to);
  // The capital that the year's cap is of.
  void begin_year(core::Date date);
  // Charges what has accrued and was not charged. Errors: Overflow.
  core::Result<> charge_accrued(core::Date to);
  // Takes a fee; the caller has filled in what it follows from. Errors: Overflow.
  core::Result<> take(FeeCharged fee);

  // --- performance.cc ---

  // The end of a crystallisation period. Errors: Overflow.
  core::Result<> end_period(core::Date date);
  core::Result<> crystallise(FeeDue due);
  // Pays out what is held back and due, or all of it. Errors: Overflow.
  core::Result<> release_held(bool all);
  core::Result<> expire_losses(core::Date date);

  // Records the standing if it is another than before.
  void stand();

  AccountStanding standing;

 private:
  AccountRun(const Context& context, const core::AccountId& id, const TradingAccount& account,
             charging::FeeRules rules, Effects& effects);

  core::Result<> charge_running(FeeKind kind, RunningFee& running, core::Date to);
  core::Result<> claw_back(core::Minor loss);
  core::Result<> forget_losses();
  void move_mark(core::Minor mark, AccountMarkReason reason);
  // The end of a span of days, at the mandate's end at the latest.
  core::Date within_mandate(core::Date to) const;

  const Context* context_;
  core::AccountId id_;
  const TradingAccount* account_;
  const Structure* structure_;
  charging::FeeRules rules_;
  Effects* effects_;
  core::Minor balance_ = 0;
  core::Minor floating_ = 0;
  core::Minor mark_ = 0;
  bool blocks_ = false;
  std::optional<core::Date> mandate_until_;
};

}  // namespace engine::trading
