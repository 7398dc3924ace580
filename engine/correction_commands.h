#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/fields.h"
#include "engine/values.h"

// Commands that put right what was charged wrongly. Source: docs/accounting.md, rows 31 and 32.
namespace engine {

// A fee was wrong and this is the right one, 0 for none. The recorded fee is reversed in full and
// the right one charged, as of the day of the recorded one. Needs an approver.
struct CorrectFee {
  static constexpr std::string_view kType = "correct_fee";

  // Sequence of the fee_charged or account_fee_charged, or of the fee_corrected that stands for it.
  std::uint64_t fee = 0;
  core::Decimal amount;
  std::optional<core::Decimal> mark_after;  // Absent: as the recorded fee moved it.
  std::optional<core::Hash> document;       // SHA-256 of what was found out.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "fee", self.fee);
    field(2, "amount", self.amount);
    field(3, "mark_after", self.mark_after);
    field(4, "document", self.document);
  }
};

// Pays an investor what he lost by a mistake that cannot be put right where it was made, because he
// has left or because others have dealt at its prices since. Whoever once had a mandate can be
// paid. Needs an approver.
struct Compensate {
  static constexpr std::string_view kType = "compensate";

  core::StructureId structure;
  core::PartyId client;
  core::Decimal amount;
  core::Decimal fee_part;  // Of it: what the manager had too much; the house bears the rest.
  std::optional<std::uint64_t> record;  // Sequence of what was wrong.
  std::optional<core::Hash> document;
  std::optional<std::string> currency = {};  // The structure's.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "amount", self.amount);
    field(4, "fee_part", self.fee_part);
    field(5, "record", self.record);
    field(6, "document", self.document);
    field(7, "currency", self.currency);
  }
};

}  // namespace engine
