#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/mam_commands.h"

// Records of block orders (MAM). Volume in lot steps, money in the smallest unit.
namespace engine {

// An order for the group, before it left. Each participant has an OrderShareFrozen.
struct OrderAccepted {
  static constexpr std::uint64_t kKind = 42;
  static constexpr std::string_view kName = "order_accepted";

  AcceptOrder order;
  core::Minor steps = 0;  // Volume in lot steps.
  core::Decimal lot_step;
  Residual residual = Residual::SainteLague;
  std::uint64_t participants = 0;
  core::Minor weight_total = 0;
  core::DecisionId decision;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "steps", self.steps);
    field(3, "lot_step", self.lot_step);
    field(4, "residual", self.residual);
    field(5, "participants", self.participants);
    field(6, "weight_total", self.weight_total);
    field(7, "decision", self.decision);
  }
};

// One account's weight in an order: its equity when the order was accepted.
struct OrderShareFrozen {
  static constexpr std::uint64_t kKind = 43;
  static constexpr std::string_view kName = "order_share_frozen";

  core::OrderId order;
  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  core::Minor weight = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "account", self.account);
    field(3, "structure", self.structure);
    field(4, "client", self.client);
    field(5, "weight", self.weight);
  }
};

// A fill of the whole block. Average price = price_volume / volume.
struct FillRecorded {
  static constexpr std::uint64_t kKind = 44;
  static constexpr std::string_view kName = "fill_recorded";

  core::OrderId order;
  core::StructureId structure;
  std::string fill;
  core::Minor steps = 0;
  core::Minor filled_steps = 0;  // Cumulative.
  core::Decimal price;
  bool final = false;  // No more fills follow.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "structure", self.structure);
    field(3, "fill", self.fill);
    field(4, "steps", self.steps);
    field(5, "filled_steps", self.filled_steps);
    field(6, "price", self.price);
    field(7, "final", self.final);
  }
};

// One account's part of a fill; never takes a step back.
struct FillAllocated {
  static constexpr std::uint64_t kKind = 45;
  static constexpr std::string_view kName = "fill_allocated";

  core::OrderId order;
  std::string fill;
  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  core::Minor steps = 0;
  core::Minor allocated_steps = 0;  // Cumulative.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "fill", self.fill);
    field(3, "account", self.account);
    field(4, "structure", self.structure);
    field(5, "client", self.client);
    field(6, "steps", self.steps);
    field(7, "allocated_steps", self.allocated_steps);
  }
};

// Open volume of the whole block was closed.
struct CloseRecorded {
  static constexpr std::uint64_t kKind = 46;
  static constexpr std::string_view kName = "close_recorded";

  core::OrderId order;
  core::StructureId structure;
  std::string close;
  core::Minor steps = 0;
  core::Minor open_steps = 0;  // Left open.
  core::Decimal price;
  core::Minor profit = 0;
  core::Minor swap = 0;
  core::Minor commission = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "structure", self.structure);
    field(3, "close", self.close);
    field(4, "steps", self.steps);
    field(5, "open_steps", self.open_steps);
    field(6, "price", self.price);
    field(7, "profit", self.profit);
    field(8, "swap", self.swap);
    field(9, "commission", self.commission);
  }
};

// One account's part of a close, by its recorded open volume.
struct CloseAllocated {
  static constexpr std::uint64_t kKind = 47;
  static constexpr std::string_view kName = "close_allocated";

  core::OrderId order;
  std::string close;
  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  core::Minor steps = 0;
  core::Minor open_steps = 0;  // Left open.
  core::Minor profit = 0;
  core::Minor swap = 0;
  core::Minor commission = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "close", self.close);
    field(3, "account", self.account);
    field(4, "structure", self.structure);
    field(5, "client", self.client);
    field(6, "steps", self.steps);
    field(7, "open_steps", self.open_steps);
    field(8, "profit", self.profit);
    field(9, "swap", self.swap);
    field(10, "commission", self.commission);
  }
};

}  // namespace engine
