#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/dealing_commands.h"

// Records of what happens to investors and pools beside the flows themselves. Money in the smallest
// unit of the structure's currency, units at scale 8.
namespace engine {

enum class DeferReason {
  NotApproved,
  LockUp,
  Notice,
  Gate,
  Margin,
  ManagerCapital,
  PoolClosed,
  PoolFull,
  NoPrice,
  NoMandate,     // Its last day is past.
  NotAuthorised  // The gate opens nothing for the manager, or for this client.
};

enum class MarkReason { BlockedHurdle, LookBack, Transfer };

}  // namespace engine

template <>
struct core::EnumNames<engine::DeferReason> {
  static constexpr std::array<std::string_view, 11> names = {
      "not_approved", "lock_up",   "notice",   "gate",       "margin",        "manager_capital",
      "pool_closed",  "pool_full", "no_price", "no_mandate", "not_authorised"};
};

template <>
struct core::EnumNames<engine::MarkReason> {
  static constexpr std::array<std::string_view, 3> names = {"blocked_hurdle", "look_back",
                                                            "transfer"};
};

namespace engine {

// What was kept in the pool of exit fees and penalties becomes part of its next result.
struct RetainedDistributed {
  static constexpr std::uint64_t kKind = 151;
  static constexpr std::string_view kName = "retained_distributed";

  core::StructureId structure;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "amount", self.amount);
  }
};

// Units that a wiped-out pool leaves behind.
struct UnitsVoided {
  static constexpr std::uint64_t kKind = 152;
  static constexpr std::string_view kName = "units_voided";

  core::StructureId structure;
  core::PartyId client;
  core::Minor units = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "units", self.units);
  }
};

// Units follow the capital, one unit for one unit of currency (sharing by opening capital).
struct UnitsRebased {
  static constexpr std::uint64_t kKind = 154;
  static constexpr std::string_view kName = "units_rebased";

  core::StructureId structure;
  core::PartyId client;
  core::Minor units = 0;  // Positive: more.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "units", self.units);
  }
};

// The firm bears the pool's loss beyond its money.
struct NegativeBalanceAbsorbed {
  static constexpr std::uint64_t kKind = 155;
  static constexpr std::string_view kName = "negative_balance_absorbed";

  core::StructureId structure;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "amount", self.amount);
  }
};

// A mark moved without money.
struct MarkMoved {
  static constexpr std::uint64_t kKind = 156;
  static constexpr std::string_view kName = "mark_moved";

  core::StructureId structure;
  core::PartyId client;
  MarkReason reason = MarkReason::BlockedHurdle;
  core::StrategyId strategy;
  core::Minor mark_before = 0;
  core::Minor mark_after = 0;
  std::optional<std::uint64_t> lot = {};
  std::optional<core::StrategyId> to = {};  // Transfer: the strategy that it went to.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "reason", self.reason);
    field(4, "strategy", self.strategy);
    field(5, "mark_before", self.mark_before);
    field(6, "mark_after", self.mark_after);
    field(7, "lot", self.lot);
    field(8, "to", self.to);
  }
};

// A held fee paid back for a loss.
struct FeeClawedBack {
  static constexpr std::uint64_t kKind = 157;
  static constexpr std::string_view kName = "fee_clawed_back";

  core::StructureId structure;
  core::PartyId client;
  core::Minor loss = 0;  // Of the period.
  core::Decimal rate;
  core::Minor amount = 0;  // Not more than what was held.
  core::Minor units_issued = 0;
  core::Minor mark_before = 0;
  core::Minor mark_after = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "loss", self.loss);
    field(4, "rate", self.rate);
    field(5, "amount", self.amount);
    field(6, "units_issued", self.units_issued);
    field(7, "mark_before", self.mark_before);
    field(8, "mark_after", self.mark_after);
  }
};

// Held fees that are the manager's at last.
struct FeeReleased {
  static constexpr std::uint64_t kKind = 158;
  static constexpr std::string_view kName = "fee_released";

  core::StructureId structure;
  core::PartyId client;
  core::Minor amount = 0;
  std::uint64_t period = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "amount", self.amount);
    field(4, "period", self.period);
  }
};

// An investor's new terms take over; his mark goes on.
struct OfferSwitched {
  static constexpr std::uint64_t kKind = 159;
  static constexpr std::string_view kName = "offer_switched";

  core::StructureId structure;
  core::PartyId client;
  core::OfferId from;
  core::OfferId to;
  core::Minor equity = 0;
  core::Minor mark = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "from", self.from);
    field(4, "to", self.to);
    field(5, "equity", self.equity);
    field(6, "mark", self.mark);
  }
};

// A request waits for a later rollover, whole or in part.
struct RequestDeferred {
  static constexpr std::uint64_t kKind = 160;
  static constexpr std::string_view kName = "request_deferred";

  core::RequestId request;
  core::StructureId structure;
  core::PartyId client;
  DeferReason reason = DeferReason::Notice;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "reason", self.reason);
  }
};

// The manager let an investor in.
struct JoinApproved {
  static constexpr std::uint64_t kKind = 161;
  static constexpr std::string_view kName = "join_approved";

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

// Free margin was short for too long: this part of all positions is to be closed.
struct ScalingRequired {
  static constexpr std::uint64_t kKind = 162;
  static constexpr std::string_view kName = "scaling_required";

  core::StructureId structure;
  core::Minor missing = 0;  // Money that was asked for and not paid.
  core::Minor equity = 0;   // Of the pool: missing / equity of every position.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "missing", self.missing);
    field(3, "equity", self.equity);
  }
};

// A pool's rollovers, in advance.
struct CalendarSet {
  static constexpr std::uint64_t kKind = 163;
  static constexpr std::string_view kName = "calendar_set";

  SetCalendar calendar;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "calendar", self.calendar);
  }
};

// A pool's end began.
struct LiquidationBegun {
  static constexpr std::uint64_t kKind = 164;
  static constexpr std::string_view kName = "liquidation_begun";

  core::StructureId structure;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
  }
};

// Losses that left too long ago to come back with returning money.
struct ReleasedExpired {
  static constexpr std::uint64_t kKind = 166;
  static constexpr std::string_view kName = "released_expired";

  core::StructureId structure;
  core::PartyId client;
  core::StrategyId strategy;
  core::Date taken;  // What left on this day or before.
  core::Minor loss = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "strategy", self.strategy);
    field(4, "taken", self.taken);
    field(5, "loss", self.loss);
  }
};

// A rollover that cannot be priced. With a platform: what it says and what the ledger expects.
struct RolloverHeld {
  static constexpr std::uint64_t kKind = 167;
  static constexpr std::string_view kName = "rollover_held";

  core::StructureId structure;
  core::Date trade_date;
  HoldReason reason = HoldReason::Drift;
  std::optional<core::Minor> expected = {};
  std::optional<core::Minor> found = {};
  std::uint64_t exits_waiting = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "trade_date", self.trade_date);
    field(3, "reason", self.reason);
    field(4, "expected", self.expected);
    field(5, "found", self.found);
    field(6, "exits_waiting", self.exits_waiting);
  }
};

// A rollover has been held for an hour, or for a day and a half: now two people must decide.
struct HoldOverdue {
  static constexpr std::uint64_t kKind = 168;
  static constexpr std::string_view kName = "hold_overdue";

  core::StructureId structure;
  std::uint64_t hours = 0;
  std::uint64_t exits_waiting = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "hours", self.hours);
    field(3, "exits_waiting", self.exits_waiting);
  }
};

// A difference between platform and ledger that two people accepted.
struct DifferenceAccepted {
  static constexpr std::uint64_t kKind = 169;
  static constexpr std::string_view kName = "difference_accepted";

  core::StructureId structure;
  core::Minor amount = 0;
  core::Minor expected = 0;
  core::Minor found = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "amount", self.amount);
    field(3, "expected", self.expected);
    field(4, "found", self.found);
  }
};

// All that an investor held went out, on its way into another pool.
struct TransferPriced {
  static constexpr std::uint64_t kKind = 165;
  static constexpr std::string_view kName = "transfer_priced";

  core::RequestId request;
  core::StructureId structure;
  core::StructureId to;
  core::PartyId client;
  core::Minor amount = 0;
  core::Minor units_cancelled = 0;
  core::Minor mark = 0;  // What goes along.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
    field(2, "structure", self.structure);
    field(3, "to", self.to);
    field(4, "client", self.client);
    field(5, "amount", self.amount);
    field(6, "units_cancelled", self.units_cancelled);
    field(7, "mark", self.mark);
  }
};

}  // namespace engine
