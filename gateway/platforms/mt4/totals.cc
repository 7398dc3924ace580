#include "gateway/platforms/mt4/totals.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "gateway/platforms/mt4/fields.h"

namespace gateway::mt4 {

core::Result<> check_tickets(const Statement& statement) {
  std::vector<std::pair<std::uint64_t, std::int64_t>> tickets;
  const auto note = [&tickets](const auto& rows) {
    for (const auto& row : rows) tickets.emplace_back(row.ticket, row.row);
  };
  note(statement.balance_rows);
  note(statement.trades);
  note(statement.open_trades);
  note(statement.orders);
  std::ranges::sort(tickets);
  const auto same = std::ranges::adjacent_find(
      tickets, [](const auto& a, const auto& b) { return a.first == b.first; });
  if (same == tickets.end()) return core::ok();
  return core::invalid("mt4_duplicate_ticket", line_name((same + 1)->second),
                       "Ticket " + std::to_string(same->first) + " stands in line " +
                           std::to_string(same->second) + " already; a ticket is booked once.");
}

core::Result<> check_totals(const Statement& statement) {
  const core::Commodity& currency = statement.currency;
  core::Minor deposits = 0;
  for (const BalanceRow& row : statement.balance_rows) {
    if (!row.is_credit) deposits = sum(deposits, minor_units(row.amount, currency));
  }
  const core::Minor closed = total_result(statement.trades, currency);
  const core::Minor floating = total_result(statement.open_trades, currency);
  const core::Minor balance = sum(deposits, closed);
  const Summary& stated = statement.summary;
  // Credit stands apart from the balance and is part of the equity.
  const core::Minor credit = stated.credit ? minor_units(*stated.credit, currency) : 0;
  const core::Minor equity = sum(sum(balance, credit), floating);

  const std::pair<Figure, const std::optional<core::Decimal>&> checks[] = {
      {{"Deposit/Withdrawal", "The sum of the balance rows", deposits}, stated.deposit_withdrawal},
      {{"Closed Trade P/L", "The closed trades' profit, swap, commission and taxes", closed},
       stated.closed_pl},
      {{"Balance", "The sum of the balance rows and the closed trades", balance}, stated.balance},
      {{"Floating P/L", "The open trades' profit, swap, commission and taxes", floating},
       stated.floating},
      {{"Equity", "The sum of balance, credit and floating result", equity}, stated.equity},
  };
  for (const auto& [figure, value] : checks) {
    if (!value) continue;
    TRY(check_figure(figure, *value, currency));
  }
  return core::ok();
}

core::Minor total_result(const std::vector<TradeRow>& trades, const core::Commodity& currency) {
  core::Minor total = 0;
  for (const TradeRow& trade : trades) total = sum(total, trade_result(trade, currency));
  return total;
}

core::Minor total_of(core::Decimal TradeRow::*column, const std::vector<TradeRow>& trades,
                     const core::Commodity& currency) {
  core::Minor total = 0;
  for (const TradeRow& trade : trades) total = sum(total, minor_units(trade.*column, currency));
  return total;
}

core::Result<> check_figure(const Figure& figure, const core::Decimal& stated,
                            const core::Commodity& currency) {
  const core::Minor claimed = minor_units(stated, currency);
  if (claimed == figure.computed) return core::ok();
  return core::invalid(
      "mt4_identity", std::string(figure.at),
      std::string(figure.meaning) + " is " + core::print_fixed(figure.computed, currency.scale) +
          ", but the statement says " + core::print_fixed(claimed, currency.scale) +
          "; save the statement again, with the account's whole history.");
}

}  // namespace gateway::mt4
