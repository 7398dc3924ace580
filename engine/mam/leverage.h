#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "core/rational.h"
#include "engine/gate/limits.h"
#include "engine/mam/allocation_basis.h"

// What mandates and rules leave of an order, by how far accounts may be levered.
// Source: docs/decisions/0046-limits-handed-on.md.
namespace engine::mam {

// The limits of an order's accounts. All that an account has open in its group counts: of each
// symbol what stands on one side more than on the other, in the order's symbol at the order's
// price, elsewhere at the highest average price of the group's open orders.
class LeverageRoom {
 public:
  LeverageRoom(const Context& context, const Planned& order);

  // Whether a mandate or the rules limit the account, so that `fit` has anything to ask.
  bool limits(const TradingAccount& account);

  // The most steps that the account may have: kNoLimit if nothing limits it, and whatever brings it
  // nearer to nothing where its position is netted. An account whose positions cannot be measured
  // is left out. `step_value`: of one step, in smallest units of the group's currency.
  //
  // Rounding: down to whole steps. Errors: Overflow.
  core::Result<core::Minor> fit(const TradingAccount& account, const core::Rational& step_value,
                                Measured& one);

 private:
  // A lot of another symbol, in smallest units of the group's currency.
  struct Lot {
    std::optional<core::Rational> value;  // Absent: nothing is known to measure it by.
    std::optional<std::string> asset_class;
  };
  // What an account has open in other symbols.
  struct Held {
    core::Rational value;
    core::Rational margin;  // By the rules' leverage of each class.
  };

  core::Result<std::optional<Held>> held(const ProductLimits* rules, Measured& one);
  core::Result<const Lot*> lot_of(std::uint64_t symbol);
  core::Result<Lot> look_up(const std::string& name);
  core::Result<std::optional<core::Rational>> price_of(const std::string& name) const;
  core::Result<core::Minor> steps_in(const core::Rational& money, const core::Rational& step_value,
                                     const TradingAccount& account, const Measured& one) const;

  const Context& context_;
  const Planned& order_;
  gate::ClientLimits rules_;
  std::map<std::uint64_t, Lot> lots_;  // By ordinal.
};

}  // namespace engine::mam
