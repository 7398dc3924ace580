#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/codec_containers.h"
#include "core/ids.h"
#include "engine/choices.h"

// What the engine knows of block orders (engine/state.h).
namespace engine {

// One account's part of an order, in lot steps.
struct OrderShare {
  core::Minor weight = 0;
  core::Minor filled = 0;
  core::Minor open = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "weight", self.weight);
    field(2, "filled", self.filled);
    field(3, "open", self.open);
  }
};

struct Order {
  core::StructureId structure;
  std::string symbol;
  Side side = Side::Buy;
  Residual residual = Residual::SainteLague;
  core::Decimal lot_step;
  core::Minor steps = 0;   // Ordered.
  core::Minor filled = 0;  // Filled so far.
  core::Minor open = 0;    // Filled and not closed.
  bool final = false;
  std::map<core::AccountId, OrderShare> shares;
  std::set<std::string> fills;
  std::set<std::string> closes;
  std::uint64_t seq = 0;  // Of its acceptance: older orders close first.
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
    field(40, "seq", self.seq);
    field(41, "split_numerator", self.split_numerator);
    field(42, "split_denominator", self.split_denominator);
  }
};

struct BlockOrders {
  std::map<core::OrderId, Order> orders;
  std::map<core::StructureId, std::set<core::OrderId>> open;  // Those with open volume.
  // Platforms' ids of closes of positions, adjustments and splits.
  std::map<core::StructureId, std::set<std::string>> position_events;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "orders", self.orders);
    field(40, "open", self.open);
    field(41, "position_events", self.position_events);
  }
};

}  // namespace engine
