#pragma once

#include <optional>
#include <string>

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/mam/allocation_target.h"
#include "engine/mam_records.h"

// What a change of an order does to its accounts: the difference between what each has and what it
// is to have, one record for each account that it touches.
namespace engine::mam {

// The order after the change.
struct After {
  core::Minor filled = 0;     // Shared steps.
  core::Decimal price_steps;  // Of those.
  core::Minor commission = 0;
  bool complete = false;
};

struct Cause {
  std::optional<std::string> fill;
  std::optional<CorrectionReason> reason = {};  // None: a fill came.
};

// What each account is charged of an order's commission when it has these parts; the house's part
// is charged to nobody.
//
// Rounding: largest remainder; an odd cent by the order of registration.
// Errors:   Overflow.
core::Result<std::vector<core::Minor>> commissions_of(const Order& order, const Targets& targets,
                                                      core::Minor commission);

// The commission of all fills of an order, as they are now, but this one's as given.
// Errors: Overflow.
core::Result<core::Minor> commission_with(const Order& order, const std::string& fill,
                                          core::Minor commission);

// Steps move between the accounts and the street, or the house (engine/accounts.h,
// error_position). The order's commission is split by what each has of it, and each account pays
// the change of its own.
//
// Errors:   Conflict/closed_volume if steps that are closed would have to be taken back; Overflow.
core::Result<> add_parts(const Context& context, const core::OrderId& id, const Order& order,
                         const After& after, const Targets& targets, const Cause& cause,
                         Effects& effects);

}  // namespace engine::mam
