#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/pamm_commands.h"

// Records of pooled accounts (PAMM). Money in the smallest unit of the structure's currency, units
// at scale 8.
namespace engine {

// Money waits to be invested.
struct SubscriptionRequested {
  static constexpr std::uint64_t kKind = 26;
  static constexpr std::string_view kName = "subscription_requested";

  core::RequestId request;
  core::StructureId structure;
  core::PartyId client;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "amount", self.amount);
  }
};

// Units wait to be redeemed; all of them if the amount is absent.
struct RedemptionRequested {
  static constexpr std::uint64_t kKind = 27;
  static constexpr std::string_view kName = "redemption_requested";

  core::RequestId request;
  core::StructureId structure;
  core::PartyId client;
  std::optional<core::Minor> amount;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "amount", self.amount);
  }
};

// A request ended unpriced.
struct RequestCancelled {
  static constexpr std::uint64_t kKind = 28;
  static constexpr std::string_view kName = "request_cancelled";

  core::RequestId request;
  core::StructureId structure;
  core::PartyId client;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
  }
};

// A closed deal on a pool's master account; result = profit + swap + commission + taxes.
struct DealRecorded {
  static constexpr std::uint64_t kKind = 29;
  static constexpr std::string_view kName = "deal_recorded";

  RecordDeal deal;
  core::Minor result = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "deal", self.deal);
    field(2, "result", self.result);
  }
};

// A balance row of the master account.
struct BalanceOperationRecorded {
  static constexpr std::uint64_t kKind = 30;
  static constexpr std::string_view kName = "balance_operation_recorded";

  RecordBalanceOperation operation;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "operation", self.operation);
    field(2, "amount", self.amount);
  }
};

// The pool's equity at the effective time; authoritative until the next.
struct PoolValued {
  static constexpr std::uint64_t kKind = 31;
  static constexpr std::string_view kName = "pool_valued";

  core::StructureId structure;
  core::Minor equity = 0;
  std::optional<core::Minor> balance;
  std::optional<core::Minor> floating;
  std::optional<Source> source;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "equity", self.equity);
    field(3, "balance", self.balance);
    field(4, "floating", self.floating);
    field(5, "source", self.source);
  }
};

// An investor's part of the result since the last rollover.
struct ResultAttributed {
  static constexpr std::uint64_t kKind = 32;
  static constexpr std::string_view kName = "result_attributed";

  core::StructureId structure;
  core::PartyId client;
  core::Minor entitlement_before = 0;
  core::Minor entitlement_after = 0;  // Largest remainder of the equity over units.
  core::Minor settled = 0;
  core::Minor floating = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "entitlement_before", self.entitlement_before);
    field(4, "entitlement_after", self.entitlement_after);
    field(5, "settled", self.settled);
    field(6, "floating", self.floating);
  }
};

// A fee on one investor, with everything it follows from. exact = numerator / denominator in
// smallest units; amount is its floor less what was charged before.
struct FeeCharged {
  static constexpr std::uint64_t kKind = 33;
  static constexpr std::string_view kName = "fee_charged";

  core::StructureId structure;
  core::PartyId client;
  FeeKind fee = FeeKind::Management;
  core::Minor amount = 0;
  core::Minor base = 0;  // What the rate was applied to.
  core::Decimal rate;
  std::uint64_t days = 0;  // Management: days of the period.
  core::Minor exact_numerator = 0;
  core::Minor exact_denominator = 0;
  core::Minor charged_before = 0;  // Management: charged so far.
  core::Minor equity_before = 0;
  core::Minor equity_after = 0;
  core::Minor mark_before = 0;
  core::Minor mark_after = 0;
  core::Minor units_cancelled = 0;
  core::OfferId offer;
  core::DecisionId decision;  // In force when the investor's mandate was accepted.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "fee", self.fee);
    field(4, "amount", self.amount);
    field(5, "base", self.base);
    field(6, "rate", self.rate);
    field(7, "days", self.days);
    field(8, "exact_numerator", self.exact_numerator);
    field(9, "exact_denominator", self.exact_denominator);
    field(10, "charged_before", self.charged_before);
    field(11, "equity_before", self.equity_before);
    field(12, "equity_after", self.equity_after);
    field(13, "mark_before", self.mark_before);
    field(14, "mark_after", self.mark_after);
    field(15, "units_cancelled", self.units_cancelled);
    field(16, "offer", self.offer);
    field(17, "decision", self.decision);
  }
};

// Units became money. gross = net paid out; released goes on the restore stack.
struct RedemptionPriced {
  static constexpr std::uint64_t kKind = 34;
  static constexpr std::string_view kName = "redemption_priced";

  core::RequestId request;
  core::StructureId structure;
  core::PartyId client;
  core::Minor gross = 0;
  core::Minor units_cancelled = 0;
  core::Minor mark_before = 0;
  core::Minor mark_after = 0;
  core::Minor released = 0;
  bool full = false;  // Nothing is left.
  std::optional<core::Date> trade_date = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "gross", self.gross);
    field(5, "units_cancelled", self.units_cancelled);
    field(6, "mark_before", self.mark_before);
    field(7, "mark_after", self.mark_after);
    field(8, "released", self.released);
    field(9, "full", self.full);
    field(10, "trade_date", self.trade_date);
  }
};

// Money became units at equity / units.
struct SubscriptionPriced {
  static constexpr std::uint64_t kKind = 35;
  static constexpr std::string_view kName = "subscription_priced";

  core::RequestId request;
  core::StructureId structure;
  core::PartyId client;
  core::Minor amount = 0;
  core::Minor entry_fee = 0;
  core::Minor units_issued = 0;
  core::Minor price_equity = 0;
  core::Minor price_units = 0;
  core::Minor mark_before = 0;
  core::Minor mark_after = 0;
  core::Minor restored = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "amount", self.amount);
    field(5, "entry_fee", self.entry_fee);
    field(6, "units_issued", self.units_issued);
    field(7, "price_equity", self.price_equity);
    field(8, "price_units", self.price_units);
    field(9, "mark_before", self.mark_before);
    field(10, "mark_after", self.mark_after);
    field(11, "restored", self.restored);
  }
};

// After the flows floating results follow the new units; nobody's entitlement moves.
struct FloatingRebased {
  static constexpr std::uint64_t kKind = 36;
  static constexpr std::string_view kName = "floating_rebased";

  core::StructureId structure;
  core::PartyId client;
  core::Minor moved = 0;  // From settled to floating.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "moved", self.moved);
  }
};

// A pool was priced. Price = equity_before / units_before, the same for all flows.
struct RolloverCompleted {
  static constexpr std::uint64_t kKind = 37;
  static constexpr std::string_view kName = "rollover_completed";

  core::StructureId structure;
  core::Date trade_date;
  std::uint64_t rollover = 0;  // Its number, from 1.
  bool period_end = false;
  core::Minor equity_before = 0;
  core::Minor units_before = 0;
  core::Minor equity_after = 0;
  core::Minor units_after = 0;
  core::Minor floating = 0;
  core::Minor result = 0;
  core::Minor fees = 0;
  core::Minor redeemed = 0;
  core::Minor subscribed = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "trade_date", self.trade_date);
    field(3, "rollover", self.rollover);
    field(4, "period_end", self.period_end);
    field(5, "equity_before", self.equity_before);
    field(6, "units_before", self.units_before);
    field(7, "equity_after", self.equity_after);
    field(8, "units_after", self.units_after);
    field(9, "floating", self.floating);
    field(10, "result", self.result);
    field(11, "fees", self.fees);
    field(12, "redeemed", self.redeemed);
    field(13, "subscribed", self.subscribed);
  }
};

// The net of a rollover's flows must be moved on the platform.
struct OperationSent {
  static constexpr std::uint64_t kKind = 38;
  static constexpr std::string_view kName = "operation_sent";

  core::StructureId structure;
  core::Minor amount = 0;  // Positive: into the account.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "amount", self.amount);
  }
};

// The platform moved it.
struct OperationConfirmed {
  static constexpr std::uint64_t kKind = 39;
  static constexpr std::string_view kName = "operation_confirmed";

  core::StructureId structure;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "amount", self.amount);
  }
};

// A balance row of unknown class was classified.
struct OperationClassified {
  static constexpr std::uint64_t kKind = 48;
  static constexpr std::string_view kName = "operation_classified";

  ClassifyOperation operation;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "operation", self.operation);
    field(2, "amount", self.amount);
  }
};

}  // namespace engine
