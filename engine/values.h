#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/choices.h"

// Values that several commands and records share.
namespace engine {

// Where imported data came from: the file and the row in it.
struct Source {
  core::Hash document;  // SHA-256 of the file.
  std::uint64_t row = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "document", self.document);
    field(2, "row", self.row);
  }
};

// The terms an investor accepts; immutable once published. Rates are fractions: "0.20" is 20 %.
// Source: docs/commands.md, "publish_offer".
struct OfferTerms {
  core::Decimal management_fee_rate;  // A year, ACT/365 on the opening capital of each period.
  core::Decimal performance_fee_rate;  // Of the gain above the high-water mark.
  MarkBasis mark_basis = MarkBasis::Net;
  core::Decimal entry_fee_rate;  // Of the amount subscribed.
  Residual residual = Residual::SainteLague;  // MAM: how lots are shared.
  std::optional<core::Decimal> lot_step;  // MAM: smallest volume step; 0.01 if absent.
  std::optional<core::Decimal> rebate_per_lot;  // Per closed lot, in the structure's currency.
  std::optional<RebateTo> rebate_to;  // Whom the rebate is paid to; needed with rebate_per_lot.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "management_fee_rate", self.management_fee_rate);
    field(2, "performance_fee_rate", self.performance_fee_rate);
    field(3, "mark_basis", self.mark_basis);
    field(4, "entry_fee_rate", self.entry_fee_rate);
    field(5, "residual", self.residual);
    field(6, "lot_step", self.lot_step);
    field(7, "rebate_per_lot", self.rebate_per_lot);
    field(8, "rebate_to", self.rebate_to);
  }
};

}  // namespace engine
