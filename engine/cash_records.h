#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"

// Records of cash movements.
namespace engine {

// A client's cash moved; the postings say from where to where.
struct CashMoved {
  static constexpr std::uint64_t kKind = 24;
  static constexpr std::string_view kName = "cash_moved";

  // deposit, withdrawal_approved, withdrawal_paid, withdrawal_returned, withdrawal_cancelled,
  // account_funded, account_defunded.
  std::string type;
  core::PartyId client;
  std::string currency;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "type", self.type);
    field(2, "client", self.client);
    field(3, "currency", self.currency);
    field(4, "amount", self.amount);
  }
};

// A manual entry; the postings are all there is to it.
struct EntryPosted {
  static constexpr std::uint64_t kKind = 25;
  static constexpr std::string_view kName = "entry_posted";

  std::uint64_t lines = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "lines", self.lines);
  }
};

}  // namespace engine
