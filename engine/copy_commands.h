#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "core/time.h"
#include "engine/copy_choices.h"
#include "engine/values.h"

// Commands of copy trading. Results are signed for the client; volumes in lots.
namespace engine {

// How signals become a subscription's own volumes. What is absent is no cap and no stop.
struct CopyTerms {
  CopySizing sizing = CopySizing::Equity;
  std::optional<core::Decimal> ratio;  // Of a proportional sizing: 1 if absent.
  std::optional<core::Decimal>
      parameter;                          // The lots, the multiplier or the part of equity at risk.
  bool leverage_guard = false;            // At most leverage / the master's leverage.
  std::optional<core::Decimal> leverage;  // Of the subscription's account, such as 100.
  // Caps, in the order in which they apply.
  std::optional<core::Decimal> max_ratio;     // Lots for one lot of the master.
  std::optional<core::Decimal> max_lots;      // Of one order.
  std::optional<core::Decimal> max_exposure;  // Notional of all copies, in parts of equity.
  std::optional<core::Decimal> max_margin;    // Margin of all copies, as a part of equity.
  std::optional<CopyRounding> rounding;       // floor
  std::optional<SmallCopy> below_minimum;     // drop
  // Equity as a part of the base, at or below which no more is copied, or all is closed.
  std::optional<core::Decimal> soft_stop;
  std::optional<core::Decimal> hard_stop;
  std::optional<core::Decimal> base;  // Money that stops are measured from; absent: equity now.
  bool base_on_flow = false;          // The base follows money that comes and goes.
  std::optional<std::uint64_t> confirm_seconds;  // copy_confirmed: how long an offer stands; 300.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "sizing", self.sizing);
    field(2, "ratio", self.ratio);
    field(3, "parameter", self.parameter);
    field(4, "leverage_guard", self.leverage_guard);
    field(5, "leverage", self.leverage);
    field(6, "max_ratio", self.max_ratio);
    field(7, "max_lots", self.max_lots);
    field(8, "max_exposure", self.max_exposure);
    field(9, "max_margin", self.max_margin);
    field(10, "rounding", self.rounding);
    field(11, "below_minimum", self.below_minimum);
    field(12, "soft_stop", self.soft_stop);
    field(13, "hard_stop", self.hard_stop);
    field(14, "base", self.base);
    field(15, "base_on_flow", self.base_on_flow);
    field(16, "confirm_seconds", self.confirm_seconds);
  }
};

// A new version of a subscription's terms. Lifts a stop; what is open stays as it is.
struct SetCopyTerms {
  static constexpr std::string_view kType = "set_copy_terms";

  core::AccountId account;
  CopyTerms terms;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "terms", self.terms);
  }
};

// What the manager's own account is worth: what copies are sized against.
struct ValueMaster {
  static constexpr std::string_view kType = "value_master";

  core::StructureId structure;
  core::Decimal equity;
  std::optional<core::Decimal> balance;
  std::optional<core::Decimal> free_margin;
  std::optional<core::Decimal> leverage;
  std::optional<std::string> currency;  // The structure's if absent.
  std::optional<PositionMode> mode;     // As before if absent; netting at first.
  std::optional<Source> source;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "equity", self.equity);
    field(3, "balance", self.balance);
    field(4, "free_margin", self.free_margin);
    field(5, "leverage", self.leverage);
    field(6, "currency", self.currency);
    field(7, "mode", self.mode);
    field(8, "source", self.source);
  }
};

// The manager's account traded. What kind of signal it is follows from the position's side and
// volume; `kind` says what the platform calls it, and must agree.
struct RecordSignal {
  static constexpr std::string_view kType = "record_signal";

  core::StructureId structure;
  std::string signal;    // The platform's id of the deal, once for each structure.
  std::string position;  // The platform's id of the position.
  std::string symbol;
  Side side = Side::Buy;
  core::Decimal lots;
  core::Decimal price;
  std::optional<core::Decimal> stop_loss;
  std::optional<SignalKind> kind;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "signal", self.signal);
    field(3, "position", self.position);
    field(4, "symbol", self.symbol);
    field(5, "side", self.side);
    field(6, "lots", self.lots);
    field(7, "price", self.price);
    field(8, "stop_loss", self.stop_loss);
    field(9, "kind", self.kind);
  }
};

// The client takes an offered copy (copy_confirmed).
struct ConfirmCopy {
  static constexpr std::string_view kType = "confirm_copy";

  core::AccountId account;
  std::string signal;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "signal", self.signal);
  }
};

// The client does not.
struct DeclineCopy {
  static constexpr std::string_view kType = "decline_copy";

  core::AccountId account;
  std::string signal;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "signal", self.signal);
  }
};

// A fill of a copy's order, whole or part.
struct RecordCopyFill {
  static constexpr std::string_view kType = "record_copy_fill";

  core::AccountId account;
  std::string signal;
  std::string fill;  // The platform's id, once for each account.
  core::Decimal lots;
  core::Decimal price;
  std::optional<core::Decimal> commission;
  std::optional<std::string> currency;           // Of the commission; the account's if absent.
  std::optional<core::Decimal> conversion_rate;  // The account's currency for one of that.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "signal", self.signal);
    field(3, "fill", self.fill);
    field(4, "lots", self.lots);
    field(5, "price", self.price);
    field(6, "commission", self.commission);
    field(7, "currency", self.currency);
    field(8, "conversion_rate", self.conversion_rate);
  }
};

// Open volume of a copy was closed, whole or part. `signal`: any of the position's. A reversal is
// of two: then `lineage`, the signal that opened the position, says which.
struct RecordCopyClose {
  static constexpr std::string_view kType = "record_copy_close";

  core::AccountId account;
  std::string signal;
  std::string close;  // The platform's id, once for each account.
  core::Decimal lots;
  core::Decimal price;
  core::Decimal profit;
  core::Decimal swap;
  core::Decimal commission;
  std::optional<std::string> currency;           // Of the result; the account's if absent.
  std::optional<core::Decimal> conversion_rate;  // The account's currency for one of that.
  std::optional<std::string> lineage;            // Absent: what is open of the one it closes.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "signal", self.signal);
    field(3, "close", self.close);
    field(4, "lots", self.lots);
    field(5, "price", self.price);
    field(6, "profit", self.profit);
    field(7, "swap", self.swap);
    field(8, "commission", self.commission);
    field(9, "currency", self.currency);
    field(10, "conversion_rate", self.conversion_rate);
    field(11, "lineage", self.lineage);
  }
};

// What is not filled of a copy's order will not be: refused by the platform, or cancelled.
struct RejectCopy {
  static constexpr std::string_view kType = "reject_copy";

  core::AccountId account;
  std::string signal;
  std::string reason;  // As the platform says it, 1 to 64 bytes.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "signal", self.signal);
    field(3, "reason", self.reason);
  }
};

// A fill or close was not as recorded. Lots of zero: it never was (busted), and nothing is left of
// its money.
struct AmendCopy {
  static constexpr std::string_view kType = "amend_copy";

  core::AccountId account;
  std::optional<std::string> fill;  // One of the two.
  std::optional<std::string> close;
  core::Decimal lots;
  core::Decimal price;
  core::Decimal profit;  // Zero of a fill.
  core::Decimal swap;    // Zero of a fill.
  core::Decimal commission;
  std::string reason;  // 1 to 64 bytes.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "fill", self.fill);
    field(3, "close", self.close);
    field(4, "lots", self.lots);
    field(5, "price", self.price);
    field(6, "profit", self.profit);
    field(7, "swap", self.swap);
    field(8, "commission", self.commission);
    field(9, "reason", self.reason);
  }
};

// Measures subscriptions against their stops: one, or all of a structure.
struct CheckCopyStops {
  static constexpr std::string_view kType = "check_copy_stops";

  std::optional<core::StructureId> structure;  // One of the two.
  std::optional<core::AccountId> account;
  std::optional<core::Decimal> free_margin;  // Of the account, as measured now.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "account", self.account);
    field(3, "free_margin", self.free_margin);
  }
};

// The client stops by himself: no new copies, or all is closed too.
struct StopCopying {
  static constexpr std::string_view kType = "stop_copying";

  core::AccountId account;
  bool close_all = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "close_all", self.close_all);
  }
};

}  // namespace engine
