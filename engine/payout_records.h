#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/payout_commands.h"

// Records of partners' earnings on their way to payment. Minor is the currency's smallest unit.
namespace engine {

// Why a partner has no part in a batch. Order is stored: append only.
// ScreeningHit: a list names him, and two people have not released him.
enum class PayoutCarried { Paid, BelowMinimum, CycleNotOver, OwedToHouse, ScreeningHit };

}  // namespace engine

template <>
struct core::EnumNames<engine::PayoutCarried> {
  static constexpr std::array<std::string_view, 5> names = {
      "paid", "below_minimum", "cycle_not_over", "owed_to_house", "screening_hit"};
};

namespace engine {

struct EarningsHeld {
  static constexpr std::uint64_t kKind = 235;
  static constexpr std::string_view kName = "earnings_held";

  HoldEarnings hold;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "hold", self.hold);
    field(2, "amount", self.amount);
  }
};

struct EarningsReleased {
  static constexpr std::uint64_t kKind = 236;
  static constexpr std::string_view kName = "earnings_released";

  ReleaseEarnings release;
  core::Minor amount = 0;
  std::optional<core::Minor> reversed;  // Of it: not earned any more, and an expense no longer.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "release", self.release);
    field(2, "amount", self.amount);
    field(3, "reversed", self.reversed);
  }
};

// amount = floor(matured) - what was approved before or is held.
struct EarningsApproved {
  static constexpr std::uint64_t kKind = 237;
  static constexpr std::string_view kName = "earnings_approved";

  ApproveEarnings approval;
  core::Decimal matured;  // Cumulative exact accrual by the end of the day, in whole units.
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "approval", self.approval);
    field(2, "matured", self.matured);
    field(3, "amount", self.amount);
  }
};

struct PayoutBatchMade {
  static constexpr std::uint64_t kKind = 238;
  static constexpr std::string_view kName = "payout_batch_made";

  MakePayoutBatch made;
  std::uint64_t partners = 0;
  core::Minor total = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "made", self.made);
    field(2, "partners", self.partners);
    field(3, "total", self.total);
  }
};

// A partner in a batch: approved = amount + reserve + offset, or all is carried.
struct PayoutLine {
  static constexpr std::uint64_t kKind = 239;
  static constexpr std::string_view kName = "payout_line";

  BatchId batch;
  core::PartyId partner;
  std::string currency;
  PayoutCarried outcome = PayoutCarried::Paid;
  core::Minor approved = 0;
  core::Minor amount = 0;   // To be paid.
  core::Minor reserve = 0;  // Held back.
  core::Minor offset = 0;   // Of what he owes the house.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "batch", self.batch);
    field(2, "partner", self.partner);
    field(3, "currency", self.currency);
    field(4, "outcome", self.outcome);
    field(5, "approved", self.approved);
    field(6, "amount", self.amount);
    field(7, "reserve", self.reserve);
    field(8, "offset", self.offset);
  }
};

// A line of a batch is paid, as far as he has earned it still. What he has not is approved again,
// and waits there until he has. Of whom a list names nothing is paid.
struct PayoutPaid {
  static constexpr std::uint64_t kKind = 240;
  static constexpr std::string_view kName = "payout_paid";

  BatchId batch;
  core::PartyId partner;
  std::string currency;
  core::Minor amount = 0;  // Paid.
  core::BankId bank;
  // Of the batch's line: not earned any more, or, if a list names him, all of it.
  std::optional<core::Minor> kept = {};
  bool screening_hit = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "batch", self.batch);
    field(2, "partner", self.partner);
    field(3, "currency", self.currency);
    field(4, "amount", self.amount);
    field(5, "bank", self.bank);
    field(6, "kept", self.kept);
    field(7, "screening_hit", self.screening_hit);
  }
};

// He owes the amount from now on. `carried` of it was already below zero with him.
struct PayoutReclaimed {
  static constexpr std::uint64_t kKind = 241;
  static constexpr std::string_view kName = "payout_reclaimed";

  ReclaimPayout reclaim;
  core::Minor amount = 0;
  core::Minor carried = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "reclaim", self.reclaim);
    field(2, "amount", self.amount);
    field(3, "carried", self.carried);
  }
};

struct RebateRouted {
  static constexpr std::uint64_t kKind = 242;
  static constexpr std::string_view kName = "rebate_routed";

  core::PartyId partner;
  core::PartyId client;
  std::string currency;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "client", self.client);
    field(3, "currency", self.currency);
    field(4, "amount", self.amount);
  }
};

struct PartnerDealsReconciled {
  static constexpr std::uint64_t kKind = 243;
  static constexpr std::string_view kName = "partner_deals_reconciled";

  ReconcilePartnerDeals server_says;
  std::uint64_t deals = 0;  // In the book, without those reversed.
  core::Decimal lots;
  std::uint64_t without_lines = 0;  // Of them: by clients whom nobody brought.
  bool broken = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "server_says", self.server_says);
    field(2, "deals", self.deals);
    field(3, "lots", self.lots);
    field(4, "without_lines", self.without_lines);
    field(5, "broken", self.broken);
  }
};

struct PartnerBreakResolved {
  static constexpr std::uint64_t kKind = 244;
  static constexpr std::string_view kName = "partner_break_resolved";

  ResolvePartnerBreak resolution;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "resolution", self.resolution);
  }
};

}  // namespace engine
