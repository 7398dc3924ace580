#include "gateway/platforms/mt4/rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "gateway/platforms/mt4/fields.h"

namespace gateway::mt4 {
namespace {

constexpr std::size_t kTicketDigitsMax = 18;
constexpr std::size_t kSymbolBytesMax = 32;

// A server whose clock is set back in autumn may close a trade before it opened, but not by more.
constexpr std::int64_t kClockSetBackMicros = 3'600'000'000;

constexpr std::array<std::string_view, 4> kPendingTypes = {"buy limit", "sell limit", "buy stop",
                                                           "sell stop"};
constexpr std::array<std::string_view, 3> kVoidWords = {"cancelled", "deleted", "expired"};

core::Error bad_row(const char* field, std::string detail) {
  return core::invalid("mt4_row", field, std::move(detail));
}

core::Result<std::uint64_t> read_ticket(std::string_view text) {
  std::uint64_t ticket = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data(), end, ticket);
  if (text.size() > kTicketDigitsMax || failed != std::errc() || stop != end || ticket == 0 ||
      text.front() == '0') {
    return bad_row("ticket", "Expected a ticket number, found " + quoted(text) + ".");
  }
  return ticket;
}

core::Result<std::string> read_symbol(std::string_view text) {
  const bool printable = std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
  if (text.empty() || text.size() > kSymbolBytesMax || !printable) {
    return bad_row("symbol",
                   "Expected a symbol of 1 to 32 characters, found " + quoted(text) + ".");
  }
  return std::string(text);
}

bool is_zero_or_empty(std::string_view text) {
  if (text.empty()) return true;
  const auto number = read_number(text, "");
  return number && number.value() == core::Decimal{};
}

bool has_no_charges(const RowText& row) {
  return is_zero_or_empty(row.commission) && is_zero_or_empty(row.taxes) &&
         is_zero_or_empty(row.swap);
}

bool has_no_result(const RowText& row) {
  return row.commission.empty() && row.taxes.empty() && row.swap.empty() && row.profit.empty();
}

core::Result<BalanceRow> read_balance_row(const RowText& row, std::string_view time_zone,
                                          const core::Commodity& currency) {
  for (const std::string_view other :
       {row.lots, row.symbol, row.open_price, row.sl, row.tp, row.close_price}) {
    if (!other.empty()) {
      return bad_row("type", "A balance row has a comment and an amount only, but there is " +
                                 quoted(other) + ".");
    }
  }
  if (!row.close_time.empty() && row.close_time != row.open_time) {
    return bad_row("close_time", "A balance row has one time, but it is closed at " +
                                     quoted(row.close_time) + ".");
  }
  if (!has_no_charges(row)) {
    return bad_row("commission", "A balance row has no commission, taxes or swap.");
  }
  BalanceRow read;
  read.row = row.row;
  read.is_credit = row.type == "credit";
  read.comment = row.comment;
  TRY(read.ticket, read_ticket(row.ticket));
  TRY(read.time, read_time(row.open_time, "open_time", time_zone));
  TRY(read.amount, read_amount(row.profit, "profit", currency));
  return read;
}

core::Result<TradeRow> read_trade_row(const RowText& row, std::string_view time_zone,
                                      const core::Commodity& currency) {
  TradeRow read;
  read.row = row.row;
  read.side = row.type == "buy" ? Side::Buy : Side::Sell;
  TRY(read.ticket, read_ticket(row.ticket));
  TRY(read.open_time, read_time(row.open_time, "open_time", time_zone));
  TRY(read.lots, read_number(row.lots, "lots"));
  if (read.lots.digits <= 0) {
    return core::invalid("mt4_number", "lots",
                         "Expected a positive size, found " + quoted(row.lots) + ".");
  }
  TRY(read.symbol, read_symbol(row.symbol));
  TRY(read.open_price, read_number(row.open_price, "open_price"));
  TRY(read.sl, read_number(row.sl, "sl"));
  TRY(read.tp, read_number(row.tp, "tp"));
  TRY(read.close_price, read_number(row.close_price, "close_price"));
  TRY(read.commission, read_amount(row.commission, "commission", currency));
  TRY(read.taxes, read_amount(row.taxes, "taxes", currency));
  TRY(read.swap, read_amount(row.swap, "swap", currency));
  TRY(read.profit, read_amount(row.profit, "profit", currency));
  if (row.close_time.empty()) return read;

  TRY(read.close_time, read_time(row.close_time, "close_time", time_zone));
  if (read.close_time->utc.micros < read.open_time.utc.micros - kClockSetBackMicros) {
    return core::invalid("mt4_time", "close_time",
                         "The trade is closed at " + quoted(row.close_time) +
                             ", before it was opened at " + quoted(row.open_time) + ".");
  }
  return read;
}

core::Result<OrderRow> read_order_row(const RowText& row) {
  if (!has_no_charges(row) || !is_zero_or_empty(row.profit)) {
    return bad_row("profit", "An order that never became a trade has no result.");
  }
  TRY(const auto ticket, read_ticket(row.ticket));
  return OrderRow{row.row, ticket};
}

bool is_void(const RowText& row) {
  return has_no_result(row) && std::ranges::any_of(kVoidWords, [&row](std::string_view word) {
           return row.comment.starts_with(word);
         });
}

}  // namespace

core::Result<> add_row(const RowText& row, std::string_view time_zone, Statement& statement) {
  const bool is_trade = row.type == "buy" || row.type == "sell";
  if (row.type == "balance" || row.type == "credit") {
    TRY(auto read, read_balance_row(row, time_zone, statement.currency));
    statement.balance_rows.push_back(std::move(read));
  } else if (is_trade && !is_void(row)) {
    TRY(auto read, read_trade_row(row, time_zone, statement.currency));
    auto& trades = read.close_time ? statement.trades : statement.open_trades;
    trades.push_back(std::move(read));
  } else if (is_trade || std::ranges::find(kPendingTypes, row.type) != kPendingTypes.end()) {
    TRY(const auto read, read_order_row(row));
    statement.orders.push_back(read);
  } else {
    return bad_row("type",
                   "Expected buy, sell, balance, credit or a pending order (buy limit, sell limit, "
                   "buy stop, sell stop), found " +
                       quoted(row.type) + ".");
  }
  return core::ok();
}

}  // namespace gateway::mt4
