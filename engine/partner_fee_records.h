#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/fields.h"
#include "engine/pamm_records.h"

// Records of what partners earn by clients' fees. Minor is the smallest unit of the currency.
namespace engine {

// A partner's share of a fee, of an account's or of an investor's: the fee's own record has the
// posting. Below zero where the fee was corrected.
struct PartnerFeeShare {
  static constexpr std::uint64_t kKind = 246;
  static constexpr std::string_view kName = "partner_fee_share";

  core::PartyId partner;
  core::StructureId structure;
  core::PartyId client;
  FeeKind fee = FeeKind::Management;
  std::string currency;
  core::Minor amount = 0;
  std::optional<core::Minor> owed =
      {};  // Of what is taken back: not accrued any more, so he owes it.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "fee", self.fee);
    field(5, "currency", self.currency);
    field(6, "amount", self.amount);
    field(7, "owed", self.owed);
  }
};

}  // namespace engine
