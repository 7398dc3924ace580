#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/values.h"

// Commands of block orders (MAM). Results are signed for the client.
namespace engine {

// An order of the manager for the whole group; freezes participants and weights before it leaves.
struct AcceptOrder {
  static constexpr std::string_view kType = "accept_order";

  core::OrderId order;
  core::StructureId structure;
  std::string symbol;
  Side side = Side::Buy;
  core::Decimal lots;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "structure", self.structure);
    field(3, "symbol", self.symbol);
    field(4, "side", self.side);
    field(5, "lots", self.lots);
  }
};

// A fill of an accepted order, whole or part; allocated by the offer's residual rule.
struct RecordFill {
  static constexpr std::string_view kType = "record_fill";

  core::OrderId order;
  std::string fill;  // The platform's id of the fill.
  core::Decimal lots;
  core::Decimal price;
  bool final = false;  // No more fills follow.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "fill", self.fill);
    field(3, "lots", self.lots);
    field(4, "price", self.price);
    field(5, "final", self.final);
  }
};

// The open volume of an order is closed, whole or part, by recorded allocation.
struct RecordClose {
  static constexpr std::string_view kType = "record_close";

  core::OrderId order;
  std::string close;  // The platform's id of the close.
  core::Decimal lots;
  core::Decimal price;
  core::Decimal profit;
  core::Decimal swap;
  core::Decimal commission;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "close", self.close);
    field(3, "lots", self.lots);
    field(4, "price", self.price);
    field(5, "profit", self.profit);
    field(6, "swap", self.swap);
    field(7, "commission", self.commission);
  }
};

}  // namespace engine
