#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "core/rational.h"
#include "engine/context.h"
#include "engine/effects.h"
#include "engine/pamm_records.h"
#include "engine/partner_deal_records.h"
#include "engine/partner_fee_records.h"
#include "engine/partner_state.h"

// What accrued to a partner, and what of it stands in the books.
// Source: docs/decisions/0033-partner-accruals.md.
namespace engine::partners {

// 10^-18 of a whole unit, and back. Rounding: Floor, where a number has more places.
// Errors: Overflow.
core::Result<Accrual> to_accrual(const core::Decimal& value);
core::Result<core::Decimal> written(const core::Rational& value);
core::Decimal written(Accrual value);
core::Rational exact(Accrual value);

// Adds to a sum, or takes it back. Errors: Overflow.
core::Result<> grow(Accrual& sum, Accrual by, bool back);

// What is no longer accrued: held, approved, payable or paid.
core::Result<core::Minor> moved_on(const Earnings& earnings);
// The state's earnings; empty ones if nothing accrued yet.
const Earnings& earnings_of(const State& state, const core::PartyId& partner,
                            const std::string& currency);
// What stands accrued and can be held or approved: not what is due to clients.
core::Result<core::Minor> accrued_balance(const Earnings& earnings);

// The lines of one command. Each is posted up to the floor of the cumulative accrual, that of the
// state and of the command's own lines before it together.
class Accruals {
 public:
  explicit Accruals(const Context& context) : context_(context) {}

  // Adds the record of a line; of it `exact` and `posted` are filled in here.
  //
  // Rounding:   Floor of the cumulative accrual, in the currency's smallest unit.
  // Guarantees: the sum of postings is the larger of that floor and of what moved on already, so
  //             that a partner below zero is carried and never debited.
  // Errors:     Overflow.
  core::Result<> add(Effects& effects, PartnerLineAccrued line);

 private:
  struct Sum {
    Accrual exact = 0;
    core::Minor posted = 0;
    core::Minor moved = 0;
  };
  using Key = std::tuple<core::PartyId, std::string, std::optional<core::PartyId>>;

  core::Result<Sum*> sum_of(const PartnerLineAccrued& line);

  const Context& context_;
  std::map<Key, Sum> sums_;
};

// The day on which something is earned, and from which it is held: that of its record, so that what
// is recorded late waits as long as all else. What is taken back counts from its own day.
core::Date earned_on(core::Instant effective_at, core::Instant recorded_at, bool taken_back);

// Adds to what accrued, on a day. Errors: Overflow.
core::Result<> add_exact(Earnings& earnings, Accrual amount, core::Date day);

// Folds a line's accrual. Errors: Overflow; InvalidInput/precision.
core::Result<> add_earning(State& state, const PartnerLineAccrued& body, core::Date day);

// Opens the states after `accrued`, if he has none yet.
void open_states(const Context& context, const core::PartyId& partner, Effects& effects);

// Whether shares of one fee, or of its correction, can be added to what their partners earned.
class FeeShares {
 public:
  explicit FeeShares(const Context& context) : context_(context) {}

  // All shares that are checked here are of the same day. Errors: Overflow.
  core::Result<> check(const PartnerFeeShare& share, core::Date day);

 private:
  const Context& context_;
  std::map<std::pair<core::PartyId, std::string>, Earnings> sums_;
};

// Adds a record for each share of a fee that a partner has. The fee's own record posts it.
// Errors: Overflow.
core::Result<> add_fee_shares(const Context& context, Effects& effects, const FeeCharged& fee,
                              const std::string& currency);

}  // namespace engine::partners
