#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "core/time.h"
#include "engine/values.h"

// Commands about how money comes into pools and leaves them, and when they are priced.
namespace engine {

enum class CancelReason {
  Investor,
  Manager,
  FundingMissing,
  Mistake,
  Compliance,
  Liquidation,
  TooSmall
};

}  // namespace engine

template <>
struct core::EnumNames<engine::CancelReason> {
  static constexpr std::array<std::string_view, 7> names = {
      "investor",   "manager",     "funding_missing", "mistake",
      "compliance", "liquidation", "too_small"};
};

namespace engine {

// When a pool is priced next, and until when requests are taken for it. Instants, because the
// engine converts no time zones.
struct CalendarEntry {
  core::Instant rollover;
  core::Instant cutoff;  // Requests recorded later wait for the next entry.
  core::Date trade_date;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rollover", self.rollover);
    field(2, "cutoff", self.cutoff);
    field(3, "trade_date", self.trade_date);
  }
};

// Sets a pool's rollovers in advance; it takes the place of those whose cut-off is not over yet.
struct SetCalendar {
  static constexpr std::string_view kType = "set_calendar";

  core::StructureId structure;
  std::string zone;    // By which the instants were made, such as America/New_York.
  std::string tzdata;  // The version of the zone's rules.
  std::vector<CalendarEntry> entries;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "zone", self.zone);
    field(3, "tzdata", self.tzdata);
    field(4, "entries", self.entries);
  }
};

// The manager lets an investor in, where the offer asks for that.
struct ApproveJoin {
  static constexpr std::string_view kType = "approve_join";

  core::RequestId request;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
  }
};

// The manager does not let an investor in: the money goes back.
struct RefuseJoin {
  static constexpr std::string_view kType = "refuse_join";

  core::RequestId request;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
  }
};

// Ends a request by the firm, also after its cut-off. Needs an approver.
struct AnnulRequest {
  static constexpr std::string_view kType = "annul_request";

  core::RequestId request;
  CancelReason reason = CancelReason::Mistake;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
    field(2, "reason", self.reason);
  }
};

// Moves all that an investor holds into another pool of the same manager, at the next prices of
// both. The mark goes with the money and no performance fee is taken.
struct TransferInvestor {
  static constexpr std::string_view kType = "transfer_investor";

  core::RequestId request;
  core::StructureId structure;
  core::StructureId to;
  core::PartyId client;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
    field(2, "structure", self.structure);
    field(3, "to", self.to);
    field(4, "client", self.client);
  }
};

// A pool's end: no more requests; its next rollover pays everybody, the manager last. Needs an
// approver.
struct LiquidateStructure {
  static constexpr std::string_view kType = "liquidate_structure";

  core::StructureId structure;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
  }
};

}  // namespace engine
