#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/mam/allocation_basis.h"
#include "engine/mam_commands.h"
#include "engine/mam_records.h"
#include "engine/mam_state.h"

// Groups whose platform keeps one position a symbol: a deal of the other side reduces what is open
// before it opens anything, and turns it through zero if it is larger.
// Source: the managed-account rules, ruling 10: reversal deals are split first.
namespace engine::mam {

// What of a fill closes, and of which orders.
struct Netting {
  core::Minor steps = 0;
  std::vector<std::pair<core::OrderId, const Order*>> orders;
};

// So many steps of an order against what its group has open of the other side; nothing in a group
// whose accounts hedge. Volume that is not shared between accounts yet is not open.
// Errors: Conflict/lot_steps_differ.
core::Result<Netting> net(const Context& context, const Order& order, core::Minor steps);

// So many steps of `side` close what the group has open of the other side and open nothing, with
// what is ordered of `side` already and not filled. Nothing where accounts hedge, where results
// alone are shared, or where lot steps differ. Errors: Overflow.
core::Result<core::Minor> reducible_steps(const Context& context, const Planned& order);

// Adds the close of that, at the fill's price, with its part of the fill's commission. Shared like
// every close: by what each account has open, whatever the order's weights.
// Errors: those of close_position.
core::Result<> add_netting(const Context& context, const Order& order, const RecordFill& command,
                           const Netting& netting, const FillReduction& reduction,
                           Effects& effects);

}  // namespace engine::mam
