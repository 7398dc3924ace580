#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/codec_containers.h"
#include "core/ids.h"
#include "core/time.h"
#include "engine/allocation_terms.h"
#include "engine/choices.h"
#include "engine/mam_commands.h"

// What the engine knows of block orders (engine/state.h).
namespace engine {

// One account's part of an order, in lot steps. Weight, limit, rank and ownership are frozen.
struct OrderShare {
  core::PartyId client;
  core::Minor weight = 0;
  core::Minor filled = 0;  // Allocated to the account.
  core::Minor open = 0;    // Of those, not closed.
  core::Minor error = 0;   // Of its part, what the house took over (the error account).
  std::optional<core::Minor> limit = {};  // The most that it may have.
  core::Minor minimum = 0;                // The fewest that it may be left with.
  std::uint64_t rank = 0;                 // Between equal claims the lower goes first.
  std::uint64_t ordinal = 0;              // In the group's list of accounts.
  bool own = false;                       // The firm's or the manager's.
  bool overflow = false;                  // Has what the floors of the others leave.
  bool rejected = false;                  // After it was filled: its part goes to the house.
  core::Minor extra_before = 0;           // Its balance of extra steps when the order was accepted.
  core::Minor extra = 0;                  // What the completed order added to that.
  core::Minor commission = 0;             // Of the fills, as posted.
  core::Minor owed = 0;                   // Scheduled by changes after a valuation, in all.
  core::Minor commission_closed = 0;      // Of the commission, what went with closed steps.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "weight", self.weight);
    field(2, "filled", self.filled);
    field(3, "open", self.open);
    field(4, "error", self.error);
    field(5, "limit", self.limit);
    field(6, "minimum", self.minimum);
    field(7, "rank", self.rank);
    field(8, "ordinal", self.ordinal);
    field(9, "own", self.own);
    field(10, "overflow", self.overflow);
    field(11, "rejected", self.rejected);
    field(12, "extra_before", self.extra_before);
    field(13, "extra", self.extra);
    field(14, "commission", self.commission);
    field(15, "client", self.client);
    field(16, "owed", self.owed);
    field(17, "commission_closed", self.commission_closed);
  }
};

// What a fill is told to be.
struct FillFacts {
  core::Minor steps = 0;
  core::Decimal price;
  core::Minor commission = 0;

  bool operator==(const FillFacts&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "steps", self.steps);
    field(2, "price", self.price);
    field(3, "commission", self.commission);
  }
};

struct OrderFill {
  FillFacts told;     // At first; what repeats it changes nothing.
  FillFacts now;      // As amended; a busted one has no steps.
  bool ends = false;  // The rest of the order was cancelled with it.
  bool busted = false;
  std::uint64_t seq = 0;  // Of the fill's own record.
  bool reduced = false;   // A part of it closed positions of the other side.
  bool apart = false;     // Its changes changed nobody's part: the order's price is without them.
  core::Instant at;       // When it was filled.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "told", self.told);
    field(2, "now", self.now);
    field(3, "ends", self.ends);
    field(4, "busted", self.busted);
    field(5, "seq", self.seq);
    field(6, "reduced", self.reduced);
    field(7, "apart", self.apart);
    field(8, "at", self.at);
  }
};

struct Order {
  core::StructureId structure;
  std::string symbol;  // As registered.
  Side side = Side::Buy;
  Residual residual = Residual::SainteLague;
  AllocationMethod method = AllocationMethod::Equity;
  OwnAccounts own_accounts = OwnAccounts::Last;
  core::Decimal lot_step;
  std::optional<std::uint64_t> price_digits;   // Of the contract in force when it was accepted.
  std::optional<core::Decimal> contract_size;  // The same.
  core::Minor steps = 0;                       // Ordered.
  core::Minor filled = 0;                      // Filled so far.
  core::Minor open = 0;                        // Allocated to accounts and not closed.
  core::Minor error_open = 0;                  // The house's of it, not closed.
  core::Minor house_steps = 0;  // Of the filled, by changes after a valuation: not shared.
  // Sum of price x steps of what is shared (filled less house_steps), exact.
  core::Decimal price_steps;
  core::Decimal block_price_steps;          // The same of all that is filled.
  core::Minor commission = 0;               // Of the fills.
  std::optional<core::Minor> client_steps;  // Own accounts come after so many.
  std::uint64_t rotation = 0;               // Round robin: the ordinal that is first.
  bool final = false;
  std::map<core::AccountId, OrderShare> shares;
  std::map<std::string, OrderFill> fills;
  std::set<std::string> closes;
  std::set<std::string> error_closes;
  std::uint64_t seq = 0;  // Of its acceptance: older orders close first.
  // Its average price is no more that of what was closed: results of closes must be told.
  bool filled_after_close = false;
  // Netting: of its fills, what closed positions of the other side instead of being shared.
  core::Minor reduced = 0;
  // Splits since it was filled: its average price x denominator / numerator is today's.
  core::Minor split_numerator = 1;
  core::Minor split_denominator = 1;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "symbol", self.symbol);
    field(3, "side", self.side);
    field(4, "residual", self.residual);
    field(5, "lot_step", self.lot_step);
    field(6, "steps", self.steps);
    field(7, "filled", self.filled);
    field(8, "open", self.open);
    field(9, "final", self.final);
    field(10, "shares", self.shares);
    field(11, "fills", self.fills);
    field(12, "closes", self.closes);
    field(13, "method", self.method);
    field(14, "price_digits", self.price_digits);
    field(15, "contract_size", self.contract_size);
    field(16, "error_open", self.error_open);
    field(17, "price_steps", self.price_steps);
    field(18, "commission", self.commission);
    field(19, "client_steps", self.client_steps);
    field(20, "rotation", self.rotation);
    field(21, "error_closes", self.error_closes);
    field(22, "own_accounts", self.own_accounts);
    field(23, "house_steps", self.house_steps);
    field(24, "block_price_steps", self.block_price_steps);
    field(40, "seq", self.seq);
    field(41, "split_numerator", self.split_numerator);
    field(42, "split_denominator", self.split_denominator);
    field(43, "filled_after_close", self.filled_after_close);
    field(44, "reduced", self.reduced);
  }
};

// What of the filled volume is shared between the accounts. Average price = price_steps / this.
inline core::Minor shared_steps(const Order& order) { return order.filled - order.house_steps; }

// What may still be filled of an order. Netting orders fill by reducing the other side too.
inline core::Minor unfilled_steps(const Order& order) {
  return order.steps - order.filled - order.reduced;
}

// Results are shared, not lots: no account gets a position.
inline bool shares_results_only(AllocationMethod method) {
  return method == AllocationMethod::ProfitPercent || method == AllocationMethod::ProfitEquity;
}

struct BlockOrders {
  std::map<core::OrderId, Order> orders;
  std::map<core::AccountId, Participation> participation;  // Of those for whom it was set.
  // Steps received less steps expected, over all completed orders, in kExtraScale-th parts of a
  // step (engine/mam/allocation.h). An account belongs to one group for ever.
  std::map<core::AccountId, core::Minor> extra;
  std::map<core::StructureId, std::uint64_t> rotation;  // Round robin: whose turn is next.
  // Those that may still be filled or have open volume: what is past is not looked at again.
  std::map<core::StructureId, std::set<core::OrderId>> open;
  // Platforms' ids of closes of positions, adjustments and splits.
  std::map<core::StructureId, std::set<std::string>> position_events;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "orders", self.orders);
    field(2, "participation", self.participation);
    field(3, "extra", self.extra);
    field(4, "rotation", self.rotation);
    field(40, "open", self.open);
    field(41, "position_events", self.position_events);
  }
};

// Keeps `open` as what it says, after an order's open volume changed or it became final.
inline void note_open(BlockOrders& blocks, const core::OrderId& id) {
  const Order& order = blocks.orders.at(id);
  auto& open = blocks.open[order.structure];
  if (order.open > 0 || !order.final) {
    open.insert(id);
  } else {
    open.erase(id);
  }
}

}  // namespace engine
