#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "core/ids.h"
#include "core/time.h"

// Commands that lead partners' earnings to payment. Money in the named currency.
namespace engine {

using BatchId = core::Id<struct BatchTag>;

// Sets earnings aside while something is looked into.
struct HoldEarnings {
  static constexpr std::string_view kType = "hold_earnings";

  core::PartyId partner;
  std::string currency;
  core::Decimal amount;
  std::string reason;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "currency", self.currency);
    field(3, "amount", self.amount);
    field(4, "reason", self.reason);
  }
};

// The way back: what was held is accrued again.
struct ReleaseEarnings {
  static constexpr std::string_view kType = "release_earnings";

  core::PartyId partner;
  std::string currency;
  core::Decimal amount;
  std::string reason;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "currency", self.currency);
    field(3, "amount", self.amount);
    field(4, "reason", self.reason);
  }
};

// Approves what had accrued by the end of a day and is not held.
struct ApproveEarnings {
  static constexpr std::string_view kType = "approve_earnings";

  core::PartyId partner;
  std::string currency;
  core::Date until;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "currency", self.currency);
    field(3, "until", self.until);
  }
};

// Makes what is approved payable, for all partners with earnings in the currency.
struct MakePayoutBatch {
  static constexpr std::string_view kType = "make_payout_batch";

  BatchId batch;
  std::string currency;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "batch", self.batch);
    field(2, "currency", self.currency);
  }
};

// Pays a batch from the house's bank account.
struct PayPayoutBatch {
  static constexpr std::string_view kType = "pay_payout_batch";

  BatchId batch;
  core::BankId bank;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "batch", self.batch);
    field(2, "bank", self.bank);
  }
};

// Asks back what was paid.
struct ReclaimPayout {
  static constexpr std::string_view kType = "reclaim_payout";

  core::PartyId partner;
  std::string currency;
  core::Decimal amount;
  std::string reason;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "currency", self.currency);
    field(3, "amount", self.amount);
    field(4, "reason", self.reason);
  }
};

// Passes on to clients what law forbids a manager to keep.
struct RouteRebates {
  static constexpr std::string_view kType = "route_rebates";

  core::PartyId partner;
  std::string currency;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "currency", self.currency);
  }
};

// What a trade server says of its deals that were closed on the days [from, to).
struct ReconcilePartnerDeals {
  static constexpr std::string_view kType = "reconcile_partner_deals";

  std::string server;
  core::Date from;
  core::Date to;
  std::uint64_t deals = 0;
  core::Decimal lots;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "server", self.server);
    field(2, "from", self.from);
    field(3, "to", self.to);
    field(4, "deals", self.deals);
    field(5, "lots", self.lots);
  }
};

// Accepts a difference, for a stated reason.
struct ResolvePartnerBreak {
  static constexpr std::string_view kType = "resolve_partner_break";

  std::string server;
  core::Date from;
  core::Date to;
  std::string reason;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "server", self.server);
    field(2, "from", self.from);
    field(3, "to", self.to);
    field(4, "reason", self.reason);
  }
};

}  // namespace engine
