#include "gateway/platforms/mt4/commands.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "gateway/platforms/mt4/totals.h"

namespace gateway::mt4 {
namespace {

using core::json::Object;
using core::json::Value;

// A row that becomes a command; one of the two is set.
struct Event {
  core::Instant at;
  std::uint64_t ticket = 0;
  const BalanceRow* balance_row = nullptr;
  const TradeRow* trade = nullptr;
};

// By UTC: where the server's clock was set back, the order of local times is not that of events.
std::vector<Event> events_in_order(const Statement& statement) {
  std::vector<Event> events;
  for (const BalanceRow& row : statement.balance_rows) {
    events.push_back({row.time.utc, row.ticket, &row, nullptr});
  }
  for (const TradeRow& trade : statement.trades) {
    events.push_back({trade.close_time->utc, trade.ticket, nullptr, &trade});
  }
  std::ranges::sort(events, {},
                    [](const Event& event) { return std::tie(event.at, event.ticket); });
  return events;
}

std::string text(const core::Decimal& value) { return core::to_string(value); }

class Writer {
 public:
  Writer(const Statement& statement, const Classes& classes, const CommandOptions& options)
      : statement_(statement),
        classes_(classes),
        options_(options),
        document_(core::to_hex(statement.document.view())) {}

  core::json::Array write() {
    const std::vector<Event> events = events_in_order(statement_);
    for (const Event& event : events) {
      if (event.trade != nullptr) {
        deal(*event.trade);
      } else {
        balance_operation(*event.balance_row);
      }
    }
    if (statement_.summary.equity) valuation(events);
    return std::move(lines_);
  }

 private:
  void deal(const TradeRow& trade) {
    const core::Instant closed = trade.close_time->utc;
    if (symbols_.insert(trade.symbol).second) {
      put("register_symbol", closed,
          {{"symbol", trade.symbol}, {"currency", statement_.currency.code}});
    }
    put("record_deal", closed,
        {{"structure", options_.structure},
         {"server", options_.server},
         {"ticket", std::to_string(trade.ticket)},
         {"symbol", trade.symbol},
         {"side", trade.side == Side::Buy ? "buy" : "sell"},
         {"lots", text(trade.lots)},
         {"open_time", core::to_string(trade.open_time.utc)},
         {"open_price", text(trade.open_price)},
         {"close_time", core::to_string(closed)},
         {"close_price", text(trade.close_price)},
         {"profit", text(trade.profit)},
         {"swap", text(trade.swap)},
         {"commission", text(trade.commission)},
         {"taxes", text(trade.taxes)},
         {"source", source(trade.row)}});
  }

  void balance_operation(const BalanceRow& row) {
    put("record_balance_operation", row.time.utc,
        {{"structure", options_.structure},
         {"server", options_.server},
         {"ticket", std::to_string(row.ticket)},
         {"class", class_name(classify(classes_, row))},
         {"amount", text(row.amount)},
         {"source", source(row.row)}});
  }

  // The balance includes every row, so the valuation is not before the last of them, even if the
  // statement was printed by a computer whose clock is behind the server's.
  void valuation(const std::vector<Event>& events) {
    const Summary& summary = statement_.summary;
    core::Instant at = statement_.time->utc;
    if (!events.empty()) at = std::max(at, events.back().at);
    put("record_valuation", at,
        {{"structure", options_.structure},
         {"equity", text(*summary.equity)},
         {"balance", text(*summary.balance)},
         {"floating", text(*summary.floating)},
         {"source", source(summary.row)}});
  }

  void put(std::string_view command, core::Instant effective, Object fields) {
    const std::string effective_at = core::to_string(effective);
    Object line = {{"command", command}};
    std::ranges::move(fields, std::back_inserter(line));
    if (options_.simulated) line.emplace_back("at", effective_at);
    line.emplace_back("effective_at", effective_at);
    line.emplace_back("actor", options_.actor);
    if (!options_.approver.empty()) line.emplace_back("approver", options_.approver);
    lines_.emplace_back(std::move(line));
  }

  Value source(std::int64_t row) const { return Object{{"document", document_}, {"row", row}}; }

  const Statement& statement_;
  const Classes& classes_;
  const CommandOptions& options_;
  std::string document_;
  std::set<std::string_view> symbols_;
  core::json::Array lines_;
};

Value count(std::size_t rows) { return static_cast<std::int64_t>(rows); }

}  // namespace

core::json::Array commands(const Statement& statement, const Classes& classes,
                           const CommandOptions& options) {
  return Writer(statement, classes, options).write();
}

Value describe(const Statement& statement, const Classes& classes) {
  const core::Commodity& currency = statement.currency;
  std::array<core::Minor, 5> totals{};
  core::Minor balance = total_result(statement.trades, currency);
  const core::Minor trade_result = balance;
  for (const BalanceRow& row : statement.balance_rows) {
    const core::Minor amount = minor_units(row.amount, currency);
    auto& total = totals.at(static_cast<std::size_t>(classify(classes, row)));
    total = sum(total, amount);
    if (!row.is_credit) balance = sum(balance, amount);
  }
  const auto print = [&currency](core::Minor minor) -> Value {
    return core::print_fixed(minor, currency.scale);
  };
  const std::vector<Event> events = events_in_order(statement);
  const auto time = [](const core::Instant* at) -> Value {
    return at == nullptr ? Value() : Value(core::to_string(*at));
  };
  Object out = {{"account_currency", currency.code}};
  out.emplace_back("first_time", time(events.empty() ? nullptr : &events.front().at));
  out.emplace_back("last_time", time(events.empty() ? nullptr : &events.back().at));
  out.emplace_back("statement_time", time(statement.time ? &statement.time->utc : nullptr));
  out.emplace_back("rows",
                   count(events.size() + statement.open_trades.size() + statement.orders.size()));
  out.emplace_back("trades", count(statement.trades.size()));
  out.emplace_back("balance_rows", count(statement.balance_rows.size()));
  out.emplace_back("open_trades", count(statement.open_trades.size()));
  out.emplace_back("orders_skipped", count(statement.orders.size()));
  for (std::size_t i = 0; i < totals.size(); ++i) {
    const std::string name(class_name(static_cast<Class>(i)));
    out.emplace_back(name + "_total", print(totals.at(i)));
  }
  out.emplace_back("trade_result", print(trade_result));
  out.emplace_back("balance", print(balance));
  const auto& equity = statement.summary.equity;
  out.emplace_back("equity", equity ? print(minor_units(*equity, currency)) : Value());
  return out;
}

}  // namespace gateway::mt4
