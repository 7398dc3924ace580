#pragma once

#include <optional>
#include <vector>

#include "core/rational.h"
#include "engine/context.h"
#include "engine/instrument_commands.h"
#include "engine/mam/allocation_plan.h"
#include "engine/mam_records.h"
#include "engine/trading_state.h"

// What an order's weights rest on: each account measured as the offer's method asks.
// Source: docs/accounting.md, "Groups".
namespace engine::mam {

// What is known of an order before it is planned.
struct Planned {
  const AcceptOrder& command;
  const Structure& structure;
  AllocationMethod method = AllocationMethod::Equity;
  Residual residual = Residual::SainteLague;
  core::Decimal lot_step;
  core::Minor asked_steps = 0;
  std::uint64_t symbol = 0;  // Its ordinal.
  std::string symbol_currency;
  const ContractSpec* contract = nullptr;  // In force; null if none was set.
  // By which the manager may trade now; absent: he may only reduce.
  std::optional<core::DecisionId> decision;
  std::string registered_symbol = {};
  // As the contract names it that is in force when the order is recorded, however late.
  std::optional<std::string> asset_class = {};
};

// An account of the group with what was measured.
struct Measured {
  core::AccountId account;
  core::PartyId client;
  ShareBasis basis;
  std::optional<Exclusion> excluded;
  bool measured = false;  // The basis is filled in.
};

// All accounts of the group, in order of registration, ranked for ties.
//
// Rounding: amounts in other currencies down to the smallest unit of the group's; limits down and
//           minimums up to whole steps; own volumes down.
// Errors:   Conflict/price_needed, no_contract if the method or a limit needs them;
//           Conflict/percent_sum unless the parts of the active accounts sum to 1; Overflow.
core::Result<std::vector<Measured>> measure(const Context& context, const Planned& order);

}  // namespace engine::mam
