#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/values.h"

// Commands of pooled accounts (PAMM).
namespace engine {

// Asks to invest wallet money at the next rollover.
struct Subscribe {
  static constexpr std::string_view kType = "subscribe";

  core::RequestId request;
  core::StructureId structure;
  core::PartyId client;
  core::Decimal amount;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "amount", self.amount);
  }
};

// Asks for money back at the next rollover: an amount, or all if it is absent.
struct Redeem {
  static constexpr std::string_view kType = "redeem";

  core::RequestId request;
  core::StructureId structure;
  core::PartyId client;
  std::optional<core::Decimal> amount;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "amount", self.amount);
  }
};

// Cancels a request that is not priced yet.
struct CancelRequest {
  static constexpr std::string_view kType = "cancel_request";

  core::RequestId request;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
  }
};

// A closed deal on a pool's master account. Results are signed for the client.
struct RecordDeal {
  static constexpr std::string_view kType = "record_deal";

  core::StructureId structure;
  std::string server;
  std::string ticket;
  std::string symbol;
  Side side = Side::Buy;
  core::Decimal lots;
  core::Instant open_time;
  core::Decimal open_price;
  core::Instant close_time;
  core::Decimal close_price;
  core::Decimal profit;
  core::Decimal swap;
  core::Decimal commission;
  core::Decimal taxes;
  std::optional<Source> source;
  // What was opened and closed, in the structure's currency: for fees by the million.
  std::optional<core::Decimal> notional_open;
  std::optional<core::Decimal> notional_close;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "server", self.server);
    field(3, "ticket", self.ticket);
    field(4, "symbol", self.symbol);
    field(5, "side", self.side);
    field(6, "lots", self.lots);
    field(7, "open_time", self.open_time);
    field(8, "open_price", self.open_price);
    field(9, "close_time", self.close_time);
    field(10, "close_price", self.close_price);
    field(11, "profit", self.profit);
    field(12, "swap", self.swap);
    field(13, "commission", self.commission);
    field(14, "taxes", self.taxes);
    field(15, "source", self.source);
    field(16, "notional_open", self.notional_open);
    field(17, "notional_close", self.notional_close);
  }
};

// A balance row of a pool's master account and what it is.
struct RecordBalanceOperation {
  static constexpr std::string_view kType = "record_balance_operation";

  core::StructureId structure;
  std::string server;
  std::string ticket;
  CashClass cash_class = CashClass::Unknown;
  core::Decimal amount;
  std::optional<Source> source;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "server", self.server);
    field(3, "ticket", self.ticket);
    field(4, "class", self.cash_class);
    field(5, "amount", self.amount);
    field(6, "source", self.source);
  }
};

// Says what a balance row of unknown class was; it then no longer blocks fees. Needs an approver.
struct ClassifyOperation {
  static constexpr std::string_view kType = "classify_operation";

  core::StructureId structure;
  std::string server;
  std::string ticket;
  CashClass cash_class = CashClass::Correction;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "server", self.server);
    field(3, "ticket", self.ticket);
    field(4, "class", self.cash_class);
  }
};

// The equity of a pool, authoritative. Balance and floating allow it to be reconciled.
struct RecordValuation {
  static constexpr std::string_view kType = "record_valuation";

  core::StructureId structure;
  core::Decimal equity;
  std::optional<core::Decimal> balance;
  std::optional<core::Decimal> floating;
  std::optional<Source> source;
  std::optional<core::Decimal> credit;          // Of the equity: a bonus that is nobody's money.
  std::optional<core::Decimal> margin;          // In use.
  std::optional<core::Decimal> free_margin;     // What can be paid out without closing positions.
  std::optional<std::uint64_t> open_positions;  // Each may be off by one smallest unit.
  std::optional<core::Decimal> open_lots;
  std::optional<core::Hash> prices;  // SHA-256 of the price list, with its times.
  bool loss_beyond_money = false;    // The equity is below zero and the firm bears that.

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
    field(12, "loss_beyond_money", self.loss_beyond_money);
  }
};

// Prices a pool: result, fees, redemptions, subscriptions at one price, in one batch.
struct Rollover {
  static constexpr std::string_view kType = "rollover";

  core::StructureId structure;
  core::Date trade_date;
  bool period_end = false;              // Performance fees crystallise for everybody.
  std::optional<core::Instant> cutoff;  // Requests recorded later wait for the next rollover.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "trade_date", self.trade_date);
    field(3, "period_end", self.period_end);
    field(4, "cutoff", self.cutoff);
  }
};

}  // namespace engine
