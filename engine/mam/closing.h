#pragma once

#include <vector>

#include "engine/effects.h"
#include "engine/mam/volume.h"
#include "engine/mam_records.h"
#include "engine/partners/closes.h"

// How volume and money of a close are booked, whoever asked for it.
namespace engine::mam {

// One account's part of an order's close.
struct ClosingPart {
  core::AccountId account;
  core::PartyId client;
  std::uint64_t ordinal = 0;  // Of the account: an odd cent goes by the order of registration.
  core::Hash tie;             // An odd step goes by the order, not by the account's number.
  core::Minor open = 0;       // Before the close.
  core::Minor steps = 0;
  core::Minor weight = 0;  // By which money is split: its steps, where it has any.
  core::Minor profit = 0;
  core::Minor swap = 0;
  core::Minor commission = 0;
};

// Each account's open part of an order, in the order of `tie`.
std::vector<ClosingPart> open_parts(const Context& context, const core::OrderId& id,
                                    const Order& order);

// Adds the close of an order and of each of its accounts that has a part: the block's money is
// split by their steps, or by their weights where results alone are shared, by largest remainder;
// row 20. What an account closes pays its partners; `accruals` are those of the command.
//
// Errors: Overflow.
core::Result<> add_close(const Context& context, const Order& order, const CloseRecorded& block,
                         std::vector<ClosingPart> parts, partners::CloseAccruals& accruals,
                         Effects& effects);

// Of the commission of an account's fills, what goes with so many of its open steps: rounded down,
// and what is left with the last of them. Errors: Overflow.
core::Result<core::Minor> commission_of(const OrderShare& share, core::Minor steps);

// Fails for an order that was not shared out yet. Errors: Conflict/not_allocated.
core::Result<> check_shared(const Order& order);

}  // namespace engine::mam
