#pragma once

#include <optional>

#include "engine/context.h"
#include "engine/copy_state.h"
#include "engine/gate/limits.h"
#include "engine/instruments_state.h"
#include "engine/trading/equity.h"

// What is known of a subscription and of the master when a copy is sized.
namespace engine::copy {

// A subscription, its account and what is on it.
struct Standing {
  core::AccountId id;
  const TradingAccount* account = nullptr;
  const CopySubscription* subscription = nullptr;  // Null without terms.
  trading::Money money;
};
// Errors: Overflow.
core::Result<Standing> standing_of(const Context& context, const core::AccountId& id);

// Money that came or went otherwise than by a copy's result since the base was set, fees included.
// Errors: Overflow.
core::Result<core::Minor> flows_of(const Standing& standing);
// What the stops are measured from now: with `base_on_flow` the base and what came or went since,
// if that is above zero. Errors: Overflow.
core::Result<core::Minor> base_of(const Standing& standing);

// The stop that the equity calls for, beyond the one that stands.
// Errors: Overflow.
core::Result<std::optional<CopyStop>> due_stop(const Standing& standing);

// A signal that opens, as all subscriptions see it.
struct Opening {
  const Structure* structure = nullptr;
  const CopyMaster* master = nullptr;
  core::Decimal lots;
  core::Decimal price;
  std::optional<core::Decimal> stop_loss;
  const ContractSpec* contract = nullptr;
  std::optional<std::string> asset_class;  // By the contract that is in force now.
  std::string symbol_currency;
  gate::ClientLimits* limits = nullptr;  // Of the decision by which the manager trades.
};

// The facts of one size; with a reason if some of them cannot be had.
struct Measured {
  CopyFacts facts;
  std::optional<CopySkip> skip;
};
// Rounding: exposure and margin up to the smallest unit. Errors: Overflow.
core::Result<Measured> measure(const Context& context, const Opening& opening,
                               const Standing& standing);

}  // namespace engine::copy
