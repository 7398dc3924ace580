#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/values.h"

// Records of rebates.
namespace engine {

// A rebate on one closed block, or taken back with a close that was not as recorded: then lots are
// negative. exact = lots x rate; posted = floor(cumulative), but not less than what is paid
// already, less posted so far.
struct RebateAccrued {
  static constexpr std::uint64_t kKind = 50;
  static constexpr std::string_view kName = "rebate_accrued";

  core::StructureId structure;
  core::PartyId manager;
  std::string ticket;
  core::Decimal lots;
  core::Decimal rate;
  core::Minor exact_numerator = 0;  // Cumulative exact accrual.
  core::Minor exact_denominator = 0;
  core::Minor posted = 0;
  std::optional<core::Minor> paid = {};  // In all, where more is paid than has accrued.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "manager", self.manager);
    field(3, "ticket", self.ticket);
    field(4, "lots", self.lots);
    field(5, "rate", self.rate);
    field(6, "exact_numerator", self.exact_numerator);
    field(7, "exact_denominator", self.exact_denominator);
    field(8, "posted", self.posted);
    field(9, "paid", self.paid);
  }
};

// Accrued rebate was paid to the manager.
struct RebatePaid {
  static constexpr std::uint64_t kKind = 51;
  static constexpr std::string_view kName = "rebate_paid";

  core::StructureId structure;
  core::PartyId manager;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "manager", self.manager);
    field(3, "amount", self.amount);
  }
};

// A part of accrued rebate was passed on to an investor. While less accrues than others closed,
// because one gave volume back whose rebate he has, `settled` is what his part of it counts for;
// the rest of his volume is due to him still.
struct RebatePassed {
  static constexpr std::uint64_t kKind = 52;
  static constexpr std::string_view kName = "rebate_passed";

  core::StructureId structure;
  core::PartyId client;
  core::Minor amount = 0;
  core::Minor weight = 0;
  core::Minor weight_total = 0;
  std::optional<core::Minor> settled = {};  // Of `weight`; all of it if absent.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "amount", self.amount);
    field(4, "weight", self.weight);
    field(5, "weight_total", self.weight_total);
    field(6, "settled", self.settled);
  }
};

}  // namespace engine
