#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "core/ids.h"
#include "core/time.h"
#include "engine/choices.h"
#include "engine/values.h"

// Commands about what partners earn by.
namespace engine {

// A client's closed deal, for what partners earn by it. Prices and spreads in the symbol's currency
// for one unit of its base; money in `currency`, as the broker earned or paid it.
struct RecordPartnerDeal {
  static constexpr std::string_view kType = "record_partner_deal";

  std::string server;
  std::string ticket;  // Unique on the server; it may come back once it was reversed.
  core::PartyId client;
  std::optional<core::AccountId> account;
  std::optional<core::StructureId>
      structure;  // Its manager is paid too, if he is under a programme.
  std::string symbol;
  Side side = Side::Buy;
  core::Decimal lots;
  core::Instant opened_at;
  core::Instant closed_at;
  core::Decimal open_price;
  core::Decimal close_price;
  std::optional<std::string> currency;  // Of the money below; the symbol's if absent.
  std::optional<core::Decimal>
      rate;  // The programme's currency for one of `currency`; else the book's rates.
  std::optional<core::Decimal> symbol_rate;  // The same for one of the symbol's currency.
  std::optional<core::Decimal> spread_open;
  std::optional<core::Decimal> spread_close;
  std::optional<core::Decimal> spread_average;
  std::optional<core::Decimal> commission;
  std::optional<core::Decimal> swap_markup;
  std::optional<core::Decimal> bonus;
  std::optional<core::Decimal> chargebacks;
  std::optional<core::Decimal> payment_cost;
  std::optional<core::Decimal> fee;
  std::optional<core::Decimal> bonus_lots;  // Of `lots`: on bonus money.
  std::optional<std::string>
      hedge_group;  // Deals of the client in the symbol that hedge each other.
  std::optional<core::Decimal>
      share_at_open;  // His part of a pool's deal, at each side's time; all of it if absent.
  std::optional<core::Decimal> share_at_close;
  std::optional<core::Decimal> client_deposits;  // Net, in the month so far.
  std::optional<core::Decimal> client_loss;      // Net, in the month so far; none if below zero.
  std::optional<Source> source;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "server", self.server);
    field(2, "ticket", self.ticket);
    field(3, "client", self.client);
    field(4, "account", self.account);
    field(5, "structure", self.structure);
    field(6, "symbol", self.symbol);
    field(7, "side", self.side);
    field(8, "lots", self.lots);
    field(9, "opened_at", self.opened_at);
    field(10, "closed_at", self.closed_at);
    field(11, "open_price", self.open_price);
    field(12, "close_price", self.close_price);
    field(13, "currency", self.currency);
    field(14, "rate", self.rate);
    field(15, "symbol_rate", self.symbol_rate);
    field(16, "spread_open", self.spread_open);
    field(17, "spread_close", self.spread_close);
    field(18, "spread_average", self.spread_average);
    field(19, "commission", self.commission);
    field(20, "swap_markup", self.swap_markup);
    field(21, "bonus", self.bonus);
    field(22, "chargebacks", self.chargebacks);
    field(23, "payment_cost", self.payment_cost);
    field(24, "fee", self.fee);
    field(25, "bonus_lots", self.bonus_lots);
    field(26, "hedge_group", self.hedge_group);
    field(27, "share_at_open", self.share_at_open);
    field(28, "share_at_close", self.share_at_close);
    field(29, "client_deposits", self.client_deposits);
    field(30, "client_loss", self.client_loss);
    field(31, "source", self.source);
  }
};

// Takes back what a deal earned: it was amended, or busted. An amended deal is recorded anew.
struct ReversePartnerDeal {
  static constexpr std::string_view kType = "reverse_partner_deal";

  std::string server;
  std::string ticket;
  std::string reason;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "server", self.server);
    field(2, "ticket", self.ticket);
    field(3, "reason", self.reason);
  }
};

// What one client did until the end of a period. Money in the programme's currency.
struct ClientPeriod {
  core::PartyId client;
  std::optional<core::Decimal> net_deposits;  // In all, since he came.
  std::optional<core::Decimal> lots;          // Closed in all, since he came.
  std::optional<core::Decimal> revenue;       // Of the period, before what follows.
  std::optional<core::Decimal> bonus;
  std::optional<core::Decimal> chargebacks;
  std::optional<core::Decimal> payment_cost;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "client", self.client);
    field(2, "net_deposits", self.net_deposits);
    field(3, "lots", self.lots);
    field(4, "revenue", self.revenue);
    field(5, "bonus", self.bonus);
    field(6, "chargebacks", self.chargebacks);
    field(7, "payment_cost", self.payment_cost);
  }
};

// Pay for clients and shares of revenue, of the days [from, to).
struct AccruePeriod {
  static constexpr std::string_view kType = "accrue_period";

  core::PartyId partner;
  core::Date from;
  core::Date to;
  std::vector<ClientPeriod> clients;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "from", self.from);
    field(3, "to", self.to);
    field(4, "clients", self.clients);
  }
};

// Measures whether a client's deals were made for the commission.
struct CheckChurn {
  static constexpr std::string_view kType = "check_churn";

  core::PartyId client;
  core::PartyId partner;  // Whose programme says what is too much.
  core::Date from;
  core::Date to;
  core::Decimal average_equity;  // In the programme's currency.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "client", self.client);
    field(2, "partner", self.partner);
    field(3, "from", self.from);
    field(4, "to", self.to);
    field(5, "average_equity", self.average_equity);
  }
};

}  // namespace engine
