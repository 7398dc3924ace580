#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/currency_commands.h"
#include "engine/partner_deal_commands.h"
#include "engine/partner_terms.h"

// Records of what partners earn. Decimals are whole units of the programme's currency, rounded down
// once to 18 places; Minor is its smallest unit.
namespace engine {

// Why a deal counts, or not. Order is stored: append only, here and below.
enum class DealGate { Passed, TooShort, TooSmallMove, Hedged, BonusFunded, NoRate };

// Which row of a rule's rates counted.
enum class RateRow { Symbol, Group, Default };

// What lowered the base before it was shared out.
enum class DealCap { MaxPerLot, OfDeposits, OfLoss, Hybrid };

enum class EarnedBy { Deal, Reversal, TopUp, Acquisition, RevenueShare };

}  // namespace engine

template <>
struct core::EnumNames<engine::DealGate> {
  static constexpr std::array<std::string_view, 6> names = {
      "passed", "too_short", "too_small_move", "hedged", "bonus_funded", "no_rate"};
};

template <>
struct core::EnumNames<engine::RateRow> {
  static constexpr std::array<std::string_view, 3> names = {"symbol", "group", "default"};
};

template <>
struct core::EnumNames<engine::DealCap> {
  static constexpr std::array<std::string_view, 4> names = {"max_per_lot", "of_deposits", "of_loss",
                                                            "hybrid"};
};

template <>
struct core::EnumNames<engine::EarnedBy> {
  static constexpr std::array<std::string_view, 5> names = {"deal", "reversal", "top_up",
                                                            "acquisition", "revenue_share"};
};

namespace engine {

// One rule on one deal: amount = quantity x the rate of its row and tiers.
struct RulePaid {
  std::uint64_t rule = 0;  // Its place in the programme's pays.
  std::uint64_t row = 0;   // Its place in the rule's rates.
  RateRow matched = RateRow::Default;
  core::Decimal quantity;  // Lots, millions, or money.
  core::Decimal amount;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rule", self.rule);
    field(2, "row", self.row);
    field(3, "matched", self.matched);
    field(4, "quantity", self.quantity);
    field(5, "amount", self.amount);
  }
};

// A partner that a deal may pay. The one who brought the client is first.
struct ChainNode {
  core::PartyId partner;
  core::Decimal share;    // Of the base, in a tree by difference.
  bool self = false;      // The client is he himself.
  bool withheld = false;  // Counted, and not paid: his own deal without self_rebate.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "share", self.share);
    field(3, "self", self.self);
    field(4, "withheld", self.withheld);
  }
};

// What a deal is worth to one tree of partners: that of who brought the client, or that of the
// structure's manager.
struct DealLeg {
  ProgrammeId programme;
  std::uint64_t version = 0;
  std::string currency;
  DealGate gate = DealGate::Passed;
  core::Decimal lots;           // That count.
  core::Decimal volume_before;  // Of the partner's month, in lots.
  std::vector<RulePaid> pays;
  std::vector<DealCap> cut_by;
  core::Decimal base;     // That is shared out.
  core::Decimal revenue;  // Of the broker, by this deal.
  core::Decimal cap;      // What the lines may sum to.
  std::vector<ChainNode> chain;
  std::vector<RateUsed> rates;
  core::Decimal notional;  // Of the counted sides; for churn.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "programme", self.programme);
    field(2, "version", self.version);
    field(3, "currency", self.currency);
    field(4, "gate", self.gate);
    field(5, "lots", self.lots);
    field(6, "volume_before", self.volume_before);
    field(7, "pays", self.pays);
    field(8, "cut_by", self.cut_by);
    field(9, "base", self.base);
    field(10, "revenue", self.revenue);
    field(11, "cap", self.cap);
    field(12, "chain", self.chain);
    field(13, "rates", self.rates);
    field(14, "notional", self.notional);
  }
};

// What deals that hedge each other came to before this one, in lots.
struct HedgedBefore {
  core::Decimal bought;
  core::Decimal sold;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "bought", self.bought);
    field(2, "sold", self.sold);
  }
};

// The close of a group's or copy's account that a deal was made of by itself.
struct PartnerDealClose {
  std::string position;  // The order's id; of a copy the signal that opened the position.
  std::string close;     // The platform's id.
  std::vector<std::string> hedges;  // The account's positions of the other side, open then.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "position", self.position);
    field(2, "close", self.close);
    field(3, "hedges", self.hedges);
  }
};

struct PartnerDealRecorded {
  static constexpr std::uint64_t kKind = 229;
  static constexpr std::string_view kName = "partner_deal_recorded";

  RecordPartnerDeal deal;
  std::uint64_t month = 0;    // Year x 100 + month of its close: the window of volume tiers.
  std::vector<DealLeg> legs;  // None if nobody brought the client.
  std::optional<HedgedBefore> hedged;
  std::optional<std::uint64_t> contract;  // Version in force at its open, if any was.
  std::optional<PartnerDealClose> close = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "deal", self.deal);
    field(2, "month", self.month);
    field(3, "legs", self.legs);
    field(4, "hedged", self.hedged);
    field(5, "contract", self.contract);
    field(6, "close", self.close);
  }
};

// A close that would pay partners and does not, because what it pays cannot be worked out: it went
// through all the same. `deal` is what is known of it; record_partner_deal states the rest.
struct PartnerDealAwaited {
  static constexpr std::uint64_t kKind = 223;
  static constexpr std::string_view kName = "partner_deal_awaited";

  RecordPartnerDeal deal;
  PartnerDealClose close;
  std::string reason;  // Of the error that record_partner_deal would give, ...
  std::string field;   // ... and where.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "deal", self.deal);
    field(2, "close", self.close);
    field(3, "reason", self.reason);
    field(4, "field", self.field);
  }
};

// Something that a partner earned, or lost again. Exact accrual in the body, whole units in the
// postings: posted is what brings the sum of postings to the floor of `exact`, and never below what
// has moved on from there.
struct PartnerLineAccrued {
  static constexpr std::uint64_t kKind = 230;
  static constexpr std::string_view kName = "partner_line_accrued";

  core::PartyId partner;
  EarnedBy of = EarnedBy::Deal;
  ProgrammeId programme;
  std::uint64_t version = 0;
  std::string currency;
  core::Decimal amount;
  core::Decimal exact;  // Cumulative.
  core::Minor posted = 0;
  std::optional<std::string> server;  // Of a deal.
  std::optional<std::string> ticket;
  std::optional<std::uint64_t> leg;    // Its place in the deal's legs.
  std::optional<std::uint64_t> level;  // 0 for who brought the client.
  std::optional<core::PartyId> client;
  bool routed =
      false;  // Due to the client: law forbids the manager to keep it. `exact` is his then.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "of", self.of);
    field(3, "programme", self.programme);
    field(4, "version", self.version);
    field(5, "currency", self.currency);
    field(6, "amount", self.amount);
    field(7, "exact", self.exact);
    field(8, "posted", self.posted);
    field(9, "server", self.server);
    field(10, "ticket", self.ticket);
    field(11, "leg", self.leg);
    field(12, "level", self.level);
    field(13, "client", self.client);
    field(14, "routed", self.routed);
  }
};

struct PartnerDealReversed {
  static constexpr std::uint64_t kKind = 231;
  static constexpr std::string_view kName = "partner_deal_reversed";

  ReversePartnerDeal reversal;
  core::PartyId client;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "reversal", self.reversal);
    field(2, "client", self.client);
  }
};

// A client was worth something by himself. due = worth - paid.
struct ClientAcquired {
  static constexpr std::uint64_t kKind = 232;
  static constexpr std::string_view kName = "client_acquired";

  core::PartyId partner;
  core::PartyId client;
  ProgrammeId programme;
  std::uint64_t version = 0;
  core::Decimal net_deposits;
  bool active = false;  // Enough lots.
  core::Decimal worth;
  core::Decimal paid;
  core::Decimal due;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "client", self.client);
    field(3, "programme", self.programme);
    field(4, "version", self.version);
    field(5, "net_deposits", self.net_deposits);
    field(6, "active", self.active);
    field(7, "worth", self.worth);
    field(8, "paid", self.paid);
    field(9, "due", self.due);
  }
};

struct RevenueShared {
  static constexpr std::uint64_t kKind = 233;
  static constexpr std::string_view kName = "revenue_shared";

  core::PartyId partner;
  ProgrammeId programme;
  std::uint64_t version = 0;
  core::Date from;
  core::Date to;
  core::Decimal revenue;  // Net, of all clients.
  core::Decimal rate;
  core::Decimal carried;  // From before; not above zero.
  core::Decimal earned;
  core::Decimal repaid;   // Of `earned`: to acquisition pay.
  core::Decimal carries;  // Into the next period.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "programme", self.programme);
    field(3, "version", self.version);
    field(4, "from", self.from);
    field(5, "to", self.to);
    field(6, "revenue", self.revenue);
    field(7, "rate", self.rate);
    field(8, "carried", self.carried);
    field(9, "earned", self.earned);
    field(10, "repaid", self.repaid);
    field(11, "carries", self.carries);
  }
};

// A client's deals of a period against his equity.
struct ChurnMeasured {
  static constexpr std::uint64_t kKind = 234;
  static constexpr std::string_view kName = "churn_measured";

  CheckChurn check;
  std::string currency;
  core::Decimal notional;
  core::Decimal commission;  // What partners earned by him.
  bool alert = false;
  core::Minor held = 0;  // Of the partner's accrued earnings, for the alert.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "check", self.check);
    field(2, "currency", self.currency);
    field(3, "notional", self.notional);
    field(4, "commission", self.commission);
    field(5, "alert", self.alert);
    field(6, "held", self.held);
  }
};

// What a top-up pays a partner, or takes back.
struct ToppedLine {
  core::PartyId partner;
  core::Decimal amount;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "amount", self.amount);
  }
};

// The month's earlier volume is paid by the tier that was reached in the end. Below zero: deals
// were taken back since it was topped up, and the tier is lost.
struct MonthToppedUp {
  static constexpr std::uint64_t kKind = 245;
  static constexpr std::string_view kName = "month_topped_up";

  core::PartyId partner;
  ProgrammeId programme;
  std::uint64_t version = 0;
  std::uint64_t month = 0;
  core::Decimal lots;
  core::Decimal worth;  // All of the month's volume at the last tier.
  core::Decimal paid;
  core::Decimal due;
  std::vector<ToppedLine> lines = {};  // Without those of nothing.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "programme", self.programme);
    field(3, "version", self.version);
    field(4, "month", self.month);
    field(5, "lots", self.lots);
    field(6, "worth", self.worth);
    field(7, "paid", self.paid);
    field(8, "due", self.due);
    field(9, "lines", self.lines);
  }
};

}  // namespace engine
