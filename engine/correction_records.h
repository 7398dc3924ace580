#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/fields.h"
#include "engine/values.h"

// Records of corrections. Money in the smallest unit of the structure's currency, or of the
// currency that the record names; units at scale 8. The record's `corrects` names the sequence of
// what it puts right.
namespace engine {

// A fee is taken back in full.
struct FeeReversed {
  static constexpr std::uint64_t kKind = 120;
  static constexpr std::string_view kName = "fee_reversed";

  core::StructureId structure;
  core::PartyId client;
  FeeKind fee = FeeKind::Management;
  core::Minor amount = 0;
  core::Minor units_returned = 0;
  core::Minor mark_moved = 0;  // Back: the mark was moved by its negative.
  core::Minor receivable = 0;  // Of it: paid out to the payees already, who now owe it.
  std::optional<core::AccountId> account = {};  // On which it was charged; absent: in a pool.
  std::optional<std::string> currency = {};     // The account's.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "fee", self.fee);
    field(4, "amount", self.amount);
    field(5, "units_returned", self.units_returned);
    field(6, "mark_moved", self.mark_moved);
    field(7, "receivable", self.receivable);
    field(8, "account", self.account);
    field(9, "currency", self.currency);
  }
};

// The right fee in its place, 0 for none. Units at the price of the rollover that charged it:
// price_equity / price_units; none on an account.
struct FeeCorrected {
  static constexpr std::uint64_t kKind = 121;
  static constexpr std::string_view kName = "fee_corrected";

  core::StructureId structure;
  core::PartyId client;
  FeeKind fee = FeeKind::Management;
  core::Minor amount = 0;
  core::Minor amount_before = 0;  // Of the fee that it stands for.
  core::Minor equity_before = 0;  // His entitlement when that one was charged.
  core::Minor mark_before = 0;    // His mark then,
  core::Minor mark_after = 0;     // and what this fee makes of it.
  core::Minor units_cancelled = 0;
  core::Minor price_equity = 0;
  core::Minor price_units = 0;
  core::Minor sent = 0;  // By corrections, with this one, and not yet confirmed by the platform.
  std::optional<core::AccountId> account = {};  // As of the fee.
  std::optional<std::string> currency = {};
  bool on_withdrawal = false;  // Taken out of what was withdrawn: it moved no mark.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "fee", self.fee);
    field(4, "amount", self.amount);
    field(5, "amount_before", self.amount_before);
    field(6, "equity_before", self.equity_before);
    field(7, "mark_before", self.mark_before);
    field(8, "mark_after", self.mark_after);
    field(9, "units_cancelled", self.units_cancelled);
    field(10, "price_equity", self.price_equity);
    field(11, "price_units", self.price_units);
    field(12, "sent", self.sent);
    field(13, "account", self.account);
    field(14, "currency", self.currency);
    field(15, "on_withdrawal", self.on_withdrawal);
  }
};

// Paid to an investor's wallet for a mistake.
struct CompensationPaid {
  static constexpr std::uint64_t kKind = 122;
  static constexpr std::string_view kName = "compensation_paid";

  core::StructureId structure;
  core::PartyId client;
  core::Minor amount = 0;
  core::Minor fee_part = 0;    // Of it from the manager's fees,
  core::Minor receivable = 0;  // or owed by him, where they were paid out already.
  std::optional<std::string> currency = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "amount", self.amount);
    field(4, "fee_part", self.fee_part);
    field(5, "receivable", self.receivable);
    field(6, "currency", self.currency);
  }
};

}  // namespace engine
