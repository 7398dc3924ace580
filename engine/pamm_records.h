#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/dealing_commands.h"
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
  std::optional<core::StructureId> to = {};  // A transfer into another pool.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "amount", self.amount);
    field(5, "to", self.to);
  }
};

// A request ended unpriced.
struct RequestCancelled {
  static constexpr std::uint64_t kKind = 28;
  static constexpr std::string_view kName = "request_cancelled";

  core::RequestId request;
  core::StructureId structure;
  core::PartyId client;
  std::optional<CancelReason> reason = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "reason", self.reason);
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
  std::optional<core::Minor> credit = {};
  std::optional<core::Minor> margin = {};
  std::optional<core::Minor> free_margin = {};
  std::optional<std::uint64_t> open_positions = {};
  std::optional<core::Decimal> open_lots = {};
  std::optional<core::Hash> prices = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "equity", self.equity);
    field(3, "balance", self.balance);
    field(4, "floating", self.floating);
    field(5, "source", self.source);
    field(6, "credit", self.credit);
    field(7, "margin", self.margin);
    field(8, "free_margin", self.free_margin);
    field(9, "open_positions", self.open_positions);
    field(10, "open_lots", self.open_lots);
    field(11, "prices", self.prices);
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

// Who has which part of a fee.
enum class FeeShareOf {
  Tax,
  Broker,
  IntroducingBroker,
  BusinessPartner,
  Reserve,
  Manager,
  House,
  Pool
};

}  // namespace engine

template <>
struct core::EnumNames<engine::FeeShareOf> {
  static constexpr std::array<std::string_view, 8> names = {
      "tax",   "broker", "introducing_broker", "business_partner", "reserve", "manager",
      "house", "pool"};
};

namespace engine {

struct FeeShare {
  FeeShareOf of = FeeShareOf::Manager;
  std::optional<core::PartyId> partner;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "of", self.of);
    field(2, "partner", self.partner);
    field(3, "amount", self.amount);
  }
};

// Why a fee fell due.
enum class FeeDue { Accrued, PeriodEnd, Redemption, OfferChange };

}  // namespace engine

template <>
struct core::EnumNames<engine::FeeDue> {
  static constexpr std::array<std::string_view, 4> names = {"accrued", "period_end", "redemption",
                                                            "offer_change"};
};

namespace engine {

// A fee on one investor, with everything it follows from. exact = numerator / denominator in
// smallest units; amount is its floor less what was charged before, less what a cap cut off. The
// investor's equity falls by the sum of the shares.
struct FeeCharged {
  static constexpr std::uint64_t kKind = 33;
  static constexpr std::string_view kName = "fee_charged";

  core::StructureId structure;
  core::PartyId client;
  FeeKind fee = FeeKind::Management;
  core::Minor amount = 0;  // Without a tax on top of it.
  core::Minor base = 0;    // What the rate was applied to, rounded down.
  core::Decimal rate;      // With tiers: of the first.
  std::uint64_t days = 0;  // Of an accrual's period.
  core::Minor exact_numerator = 0;
  core::Minor exact_denominator = 0;
  core::Minor charged_before = 0;  // Of the accrual so far.
  core::Minor equity_before = 0;
  core::Minor equity_after = 0;
  core::Minor mark_before = 0;
  core::Minor mark_after = 0;
  core::Minor units_cancelled = 0;
  core::OfferId offer;
  core::DecisionId decision;  // In force when the investor's mandate was accepted.
  std::optional<FeeDue> due = {};
  std::optional<std::uint64_t> valuation = {};  // The sequence number of the equity it rests on.
  std::optional<core::Date> from = {};          // Of an accrual's period; `to` is not in it.
  std::optional<core::Date> to = {};
  std::optional<std::uint64_t> lot = {};
  std::optional<core::Minor> measured = {};   // What was compared with the mark, if not the equity.
  std::optional<core::Minor> withdrawn = {};  // Gross, at a redemption.
  std::optional<core::Minor> hurdle_numerator = {};
  std::optional<core::Minor> hurdle_denominator = {};
  std::optional<core::Minor> cap = {};         // Of the year, all fees.
  std::optional<core::Minor> cap_used = {};    // Of it before this fee.
  std::optional<core::Minor> forfeited = {};   // What the cap cut off.
  std::optional<core::Minor> fund_fee = {};    // Equalisation: the pool's fee on the lot,
  std::optional<core::Minor> credit = {};      // less the credit that comes back,
  std::optional<core::Minor> contingent = {};  // and what the pool's mark does not charge.
  std::optional<core::Minor> tax = {};         // On top, or in the amount.
  std::optional<core::Minor> lots_traded =
      {};  // Volume: of the pool since its last rollover, 1e-8.
  std::optional<core::Minor> notional_traded = {};  // Both sides.
  std::optional<core::Minor> pool_units = {};
  std::vector<FeeShare> shares = {};

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
    field(18, "due", self.due);
    field(19, "valuation", self.valuation);
    field(20, "from", self.from);
    field(21, "to", self.to);
    field(22, "lot", self.lot);
    field(23, "measured", self.measured);
    field(24, "withdrawn", self.withdrawn);
    field(25, "hurdle_numerator", self.hurdle_numerator);
    field(26, "hurdle_denominator", self.hurdle_denominator);
    field(27, "cap", self.cap);
    field(28, "cap_used", self.cap_used);
    field(29, "forfeited", self.forfeited);
    field(30, "fund_fee", self.fund_fee);
    field(31, "credit", self.credit);
    field(32, "contingent", self.contingent);
    field(33, "tax", self.tax);
    field(34, "lots_traded", self.lots_traded);
    field(35, "notional_traded", self.notional_traded);
    field(36, "pool_units", self.pool_units);
    field(37, "shares", self.shares);
  }
};

// Units became money. `gross` leaves the holding: what was asked for less the performance fee on
// it; paid out is what exit fee and penalty leave of it. `released` goes on the restore stack.
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
  std::optional<core::Minor> withdrawn = {};  // Gross, with the performance fee.
  std::optional<core::Minor> exit_fee = {};
  std::optional<core::Minor> penalty = {};
  bool waits = false;  // The rest of the request waits: a gate, or margin, was short.
  std::optional<core::Minor> left = {};  // Of the amount that was asked for.

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
    field(11, "withdrawn", self.withdrawn);
    field(12, "exit_fee", self.exit_fee);
    field(13, "penalty", self.penalty);
    field(14, "waits", self.waits);
    field(15, "left", self.left);
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
  std::optional<core::Date> trade_date = {};
  bool transferred = false;  // From another pool: the mark came along already.

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
    field(12, "trade_date", self.trade_date);
    field(13, "transferred", self.transferred);
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
  std::optional<std::uint64_t> epoch = {};  // A new one, if nobody holds units any more.
  // Scope pool: the mark of a unit, in smallest units.
  std::optional<core::Minor> mark_numerator = {};
  std::optional<core::Minor> mark_denominator = {};
  std::optional<core::Minor> rounding = {};  // Of the valuation's own figures.
  bool gated = false;                        // Some were paid a part only.
  bool archived = false;                     // Liquidated.

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
    field(14, "epoch", self.epoch);
    field(15, "mark_numerator", self.mark_numerator);
    field(16, "mark_denominator", self.mark_denominator);
    field(17, "rounding", self.rounding);
    field(18, "gated", self.gated);
    field(19, "archived", self.archived);
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
