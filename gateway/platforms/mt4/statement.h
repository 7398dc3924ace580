#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/amount.h"
#include "core/bytes.h"
#include "core/decimal.h"
#include "core/result.h"
#include "core/sha256.h"
#include "core/time.h"

namespace gateway::mt4 {

// A time on the trade server's clock, as it is written, and what it means.
struct ServerTime {
  std::string local;
  core::Instant utc;
};

enum class Side { Buy, Sell };

// A row of type balance, which changes the balance, or of type credit, which does not.
struct BalanceRow {
  std::int64_t row = 0;  // The line of the file, here and below; the first line is 1.
  std::uint64_t ticket = 0;
  ServerTime time;
  bool is_credit = false;
  std::string comment;  // Free text, which may be personal.
  core::Decimal amount;
};

// A trade; while it is open it has no close time, and its close price is the market's.
struct TradeRow {
  std::int64_t row = 0;
  std::uint64_t ticket = 0;
  ServerTime open_time;
  Side side = Side::Buy;
  core::Decimal lots;
  std::string symbol;
  core::Decimal open_price;
  core::Decimal sl;  // 0 is none.
  core::Decimal tp;  // 0 is none.
  std::optional<ServerTime> close_time;
  core::Decimal close_price;
  core::Decimal commission;
  core::Decimal taxes;
  core::Decimal swap;
  core::Decimal profit;
};

// A pending, cancelled or deleted order: it moved no money.
struct OrderRow {
  std::int64_t row = 0;
  std::uint64_t ticket = 0;
};

// The figures that the statement itself gives at its end; the CSV form has none.
struct Summary {
  std::int64_t row = 0;  // Of the row with the equity.
  std::optional<core::Decimal> deposit_withdrawal;
  std::optional<core::Decimal> credit;
  std::optional<core::Decimal> closed_pl;
  std::optional<core::Decimal> floating;
  std::optional<core::Decimal> margin;
  std::optional<core::Decimal> balance;
  std::optional<core::Decimal> equity;
  std::optional<core::Decimal> free_margin;
};

// One account's statement, with its rows in the file's order. The name is personal.
struct Statement {
  core::Hash document;  // SHA-256 of the file's bytes.
  std::string account;
  std::string name;
  std::string leverage;
  core::Commodity currency;
  std::optional<ServerTime> time;  // When it was printed.
  std::vector<BalanceRow> balance_rows;
  std::vector<TradeRow> trades;
  std::vector<TradeRow> open_trades;
  std::vector<OrderRow> orders;
  Summary summary;
};

struct ReadOptions {
  std::string time_zone;  // IANA name of the server's clock, which the file does not tell.
  std::string currency;   // ISO 4217; needed if the file does not say, as the CSV form never does.
};

inline constexpr std::size_t kStatementBytesMax = std::size_t{64} * 1024 * 1024;
inline constexpr std::size_t kStatementRowsMax = 500'000;

// A MetaTrader 4 statement as the terminal saves it (HTML), or the same rows as CSV; the content
// tells which.
//
// Guarantees: every row was understood; no ticket stands twice; amounts have no more decimals than
//             the currency, and their sums do not overflow; the stated totals, if there are any,
//             are those of the rows.
// Errors: InvalidInput/html if the markup passes a limit; mt4_header if it is no such statement or
//         a column is missing; mt4_row if a row is not understood or the end is missing;
//         mt4_number; mt4_time; mt4_currency if it is unknown, missing, or not the one in
//         `options`; mt4_duplicate_ticket; mt4_identity if a stated total is not that of the rows,
//         with both figures; time_zone if ICU does not know the zone.
core::Result<Statement> read_statement(core::ByteView file, const ReadOptions& options);

// Profit, swap, commission and taxes together, in minor units of the statement's currency.
core::Minor trade_result(const TradeRow& trade, const core::Commodity& currency);

// In minor units of the statement's currency, which read_statement() has made sure of.
core::Minor minor_units(const core::Decimal& amount, const core::Commodity& currency);

// Exact; the sums over one statement cannot overflow.
core::Minor sum(core::Minor a, core::Minor b);

}  // namespace gateway::mt4
