#pragma once

#include <optional>
#include <vector>

#include "engine/mam_choices.h"
#include "engine/mam_state.h"

// What everybody has of an order when so much of it is filled: a function of what was frozen, of
// the cumulative volume, and of what was closed. So fills, amendments and repeats in any order end
// in the same shares.
// Source: docs/accounting.md, "Groups".
namespace engine::mam {

// An account and what an order has frozen of it.
using OrderEntry = decltype(Order::shares)::value_type;

// One account's part.
struct Target {
  const OrderEntry* of = nullptr;  // Whose; good as long as the order that was asked for.
  core::Minor account = 0;         // Steps allocated to it.
  core::Minor error = 0;           // Steps of its part that the house has.
  std::optional<CorrectionReason> corrected = {};
  core::Minor extra = 0;  // Complete: steps of its part less its exact share, in 10^-18 steps.
};

struct Targets {
  std::vector<Target> shares;             // In the order of Order::shares.
  std::optional<std::uint64_t> rotation;  // Round robin, complete: the ordinal that is next.
};

// Whether fills are shared out as they come; others with the one that completes the order.
bool shares_live(Residual residual);

// Own accounts come after clients' (Order::client_steps), and what is below an account's minimum
// when the order is complete goes to the house, except for what is closed of it.
//
// Errors: Overflow; Conflict/beyond_limits.
core::Result<Targets> targets_at(const Order& order, core::Minor filled, bool complete);

// The same where nobody loses a step: what a late fill adds goes on from what each has.
core::Result<Targets> targets_on(const Order& order, core::Minor filled);

// What a fill that is put right makes of it: an order that was shared at one go and is final is not
// shared anew, so that a change of price moves nobody's steps.
core::Result<Targets> targets_after(const Order& order, core::Minor filled, bool complete);

}  // namespace engine::mam
