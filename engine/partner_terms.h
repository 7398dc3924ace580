#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "core/ids.h"
#include "core/time.h"

// What a programme pays its partners, and under which conditions.
// Source: docs/accounting.md, "Partners".
namespace engine {

using ProgrammeId = core::Id<struct ProgrammeTag>;

// What a rate is multiplied with. Order is stored: append only, here and below.
enum class PayBasis { PerLot, PerMillion, Points, Spread, Commission, NetRevenue, Fee };

// Whether a deal has the rate of the tier that the month reaches with it, or each of its parts the
// rate of the tier that it lies in.
enum class VolumeTiers { Whole, Marginal };

// How partners above each other share.
enum class TreeMode { Differential, Ratio, Override };

// Whose client he is, and which terms count: as of the deal's open or its close.
enum class DealTime { Open, Close };

enum class PayoutCycle { Daily, Weekly, Monthly };

// Over how long a partner's volume is looked at, before his share is set: calendar months in UTC.
enum class EvaluationWindow { Month, Quarter };

}  // namespace engine

template <>
struct core::EnumNames<engine::PayBasis> {
  static constexpr std::array<std::string_view, 7> names = {
      "per_lot", "per_million", "points", "spread", "commission", "net_revenue", "fee"};
};

template <>
struct core::EnumNames<engine::VolumeTiers> {
  static constexpr std::array<std::string_view, 2> names = {"whole", "marginal"};
};

template <>
struct core::EnumNames<engine::TreeMode> {
  static constexpr std::array<std::string_view, 3> names = {"differential", "ratio", "override"};
};

template <>
struct core::EnumNames<engine::DealTime> {
  static constexpr std::array<std::string_view, 2> names = {"open", "close"};
};

template <>
struct core::EnumNames<engine::PayoutCycle> {
  static constexpr std::array<std::string_view, 3> names = {"daily", "weekly", "monthly"};
};

template <>
struct core::EnumNames<engine::EvaluationWindow> {
  static constexpr std::array<std::string_view, 2> names = {"month", "quarter"};
};

namespace engine {

// A rate from a volume of the partner's month on.
struct VolumeTier {
  core::Decimal from;  // Lots.
  core::Decimal rate;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "from", self.from);
    field(2, "rate", self.rate);
  }
};

// A rate for a symbol, for a group of symbols, or, with neither, for all others.
struct PayRate {
  std::optional<std::string> symbol;
  std::optional<std::string> group;
  core::Decimal rate;
  std::vector<VolumeTier> tiers;  // Ascending.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "symbol", self.symbol);
    field(2, "group", self.group);
    field(3, "rate", self.rate);
    field(4, "tiers", self.tiers);
  }
};

// One thing that is paid on. The rate of the deal's symbol counts, else of its group, else the
// default; without any of them the rule pays nothing.
struct PayRule {
  PayBasis basis = PayBasis::PerLot;
  std::vector<PayRate> rates;
  // Both sides of a deal count for a rate on notional or spread, each at its own price; else only
  // the open.
  bool both_sides = false;
  bool damped = false;  // A spread above its average counts as the average.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "basis", self.basis);
    field(2, "rates", self.rates);
    field(3, "both_sides", self.both_sides);
    field(4, "damped", self.damped);
  }
};

struct SymbolGroup {
  std::string name;
  std::vector<std::string> symbols;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "name", self.name);
    field(2, "symbols", self.symbols);
  }
};

struct TreeTerms {
  TreeMode mode = TreeMode::Differential;
  // Ratio: each level's part of the base, his who brought the client first. Override: what each
  // level above him has for a lot, in the programme's currency.
  std::vector<core::Decimal> levels;
  std::optional<std::uint64_t>
      uplines_max;           // Partners above a client, at most; no limit if absent.
  bool self_rebate = false;  // A partner earns on his own deals.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "mode", self.mode);
    field(2, "levels", self.levels);
    field(3, "uplines_max", self.uplines_max);
    field(4, "self_rebate", self.self_rebate);
  }
};

// Which deals count, and how far. What is absent is as the comment says.
struct DealGates {
  std::optional<std::uint64_t> min_seconds;  // 180
  std::optional<std::uint64_t> min_points;   // 0
  bool count_hedged = false;                 // Both sides of deals that hedge each other count.
  bool count_bonus = false;                  // Volume on bonus money counts.
  std::optional<core::Decimal> max_per_lot;  // In the programme's currency.
  std::optional<core::Decimal>
      max_of_deposits;  // Part of a client's net deposits in the month that he may earn partners.
  std::optional<core::Decimal> max_of_loss;  // Part of his net loss in the month.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "min_seconds", self.min_seconds);
    field(2, "min_points", self.min_points);
    field(3, "count_hedged", self.count_hedged);
    field(4, "count_bonus", self.count_bonus);
    field(5, "max_per_lot", self.max_per_lot);
    field(6, "max_of_deposits", self.max_of_deposits);
    field(7, "max_of_loss", self.max_of_loss);
  }
};

struct AcquisitionStep {
  core::Decimal net_deposits;
  core::Decimal amount;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "net_deposits", self.net_deposits);
    field(2, "amount", self.amount);
  }
};

// Pay for a client, once he is active.
struct AcquisitionTerms {
  std::vector<AcquisitionStep> ladder;    // Ascending in both.
  std::optional<core::Decimal> min_lots;  // Closed by the client so far.
  bool hybrid = false;                    // Half of it, and half of what deals pay.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "ladder", self.ladder);
    field(2, "min_lots", self.min_lots);
    field(3, "hybrid", self.hybrid);
  }
};

struct RevenueShareTerms {
  core::Decimal rate;
  bool carry_negative = false;     // A loss lowers later periods.
  bool acquisition_first = false;  // Repays acquisition pay before it is paid itself.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rate", self.rate);
    field(2, "carry_negative", self.carry_negative);
    field(3, "acquisition_first", self.acquisition_first);
  }
};

struct PayoutTerms {
  PayoutCycle cycle = PayoutCycle::Monthly;
  core::Decimal minimum;                       // Less is carried into the next batch.
  std::uint64_t hold_days = 0;                 // From accrual to approval.
  std::optional<core::Decimal> reserve_share;  // Of each payout: held back until it is released.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "cycle", self.cycle);
    field(2, "minimum", self.minimum);
    field(3, "hold_days", self.hold_days);
    field(4, "reserve_share", self.reserve_share);
  }
};

// When a client's deals look as if they were made for the commission.
struct ChurnTerms {
  std::optional<core::Decimal> volume_to_equity;  // Notional in a period over average equity.
  std::optional<core::Decimal>
      commission_to_equity;  // What partners earned by him over average equity.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "volume_to_equity", self.volume_to_equity);
    field(2, "commission_to_equity", self.commission_to_equity);
  }
};

// A share from a volume of the window on.
struct EvaluationStep {
  core::Decimal lots;
  core::Decimal share;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "lots", self.lots);
    field(2, "share", self.share);
  }
};

// How a partner's share in a tree by difference follows his volume. He rises to the step that he
// reached; he falls by one step at the end of a window, or stays where he is.
struct EvaluationTerms {
  EvaluationWindow window = EvaluationWindow::Month;
  std::vector<EvaluationStep> steps;  // Ascending in both; the first from no volume on.
  bool demotes = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "window", self.window);
    field(2, "steps", self.steps);
    field(3, "demotes", self.demotes);
  }
};

struct ProgrammeTerms {
  std::vector<PayRule> pays;
  std::vector<SymbolGroup> groups;
  std::optional<VolumeTiers> tier_mode;  // marginal
  std::optional<TreeTerms> tree;         // Differential, without limits.
  std::optional<DealGates> gates;        // The usual ones.
  std::optional<core::Decimal>
      revenue_cap;  // Part of the broker's revenue of a deal that partners may have; 1
  std::optional<DealTime> attributed_at;  // open
  std::optional<AcquisitionTerms> acquisition;
  std::optional<RevenueShareTerms> revenue_share;
  std::optional<PayoutTerms> payout;  // Monthly, no minimum, after 30 days, no reserve.
  std::optional<ChurnTerms> churn;
  bool pass_to_clients =
      false;  // What a manager earns goes to his clients, also where no law asks for it.
  std::optional<EvaluationTerms> evaluation = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "pays", self.pays);
    field(2, "groups", self.groups);
    field(3, "tier_mode", self.tier_mode);
    field(4, "tree", self.tree);
    field(5, "gates", self.gates);
    field(6, "revenue_cap", self.revenue_cap);
    field(7, "attributed_at", self.attributed_at);
    field(8, "acquisition", self.acquisition);
    field(9, "revenue_share", self.revenue_share);
    field(10, "payout", self.payout);
    field(11, "churn", self.churn);
    field(12, "pass_to_clients", self.pass_to_clients);
    field(13, "evaluation", self.evaluation);
  }
};

}  // namespace engine
