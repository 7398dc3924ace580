#include "gateway/platforms/mt4/html_rows.h"

#include <string>
#include <string_view>

#include "gateway/platforms/mt4/fields.h"

namespace gateway::mt4 {
namespace {

constexpr std::size_t kBalanceCells = 5;   // Ticket, time, type, comment, amount.
constexpr std::size_t kWorkingCells = 10;  // Up to the market price, and a comment.
constexpr std::size_t kVoidCells = 11;     // Up to the close price, and the word "cancelled".
constexpr std::size_t kTradeCells = 14;

bool moves_balance(std::string_view type) { return type == "balance" || type == "credit"; }

core::Error bad_count(const core::HtmlRow& row, std::string_view expected) {
  return core::invalid("mt4_row", "",
                       "Expected " + std::string(expected) + ", found a row of " +
                           std::to_string(row.cells.size()) + " cells, the first with " +
                           quoted(row.cells.front().text) + ".");
}

RowText balance_cells(const core::HtmlRow& row) {
  RowText read;
  read.ticket = row.cells[0].text;
  read.open_time = row.cells[1].text;
  read.type = row.cells[2].text;
  // MetaTrader writes the comment twice; either may be missing.
  read.comment = row.cells[3].text.empty() ? row.cells[0].title : row.cells[3].text;
  read.profit = row.cells[4].text;
  return read;
}

// A trade, or an order that was cancelled, whose cells differ after the close price.
RowText trade_cells(const core::HtmlRow& row) {
  RowText read;
  read.ticket = row.cells[0].text;
  read.open_time = row.cells[1].text;
  read.type = row.cells[2].text;
  read.lots = row.cells[3].text;
  read.symbol = row.cells[4].text;
  read.open_price = row.cells[5].text;
  read.sl = row.cells[6].text;
  read.tp = row.cells[7].text;
  read.close_time = row.cells[8].text;
  read.close_price = row.cells[9].text;
  if (row.cells.size() == kVoidCells) {
    read.comment = row.cells[10].text;
  } else {
    read.commission = row.cells[10].text;
    read.taxes = row.cells[11].text;
    read.swap = row.cells[12].text;
    read.profit = row.cells[13].text;
  }
  return read;
}

core::Result<RowText> closed_cells(const core::HtmlRow& row) {
  const std::size_t count = row.cells.size();
  if (count == kBalanceCells && moves_balance(row.cells[2].text)) return balance_cells(row);
  if (count != kVoidCells && count != kTradeCells) {
    return bad_count(row, "14 cells of a trade, 5 of a balance row or 11 of a cancelled order");
  }
  const RowText read = trade_cells(row);
  if (!read.close_time.empty()) return read;
  return core::invalid("mt4_time", "close_time", "A closed transaction must have a close time.");
}

core::Result<RowText> open_cells(const core::HtmlRow& row) {
  if (row.cells.size() != kTradeCells) return bad_count(row, "14 cells of an open trade");
  const RowText read = trade_cells(row);
  if (read.type != "buy" && read.type != "sell") {
    return core::invalid("mt4_row", "type",
                         "Expected buy or sell, found " + quoted(read.type) + ".");
  }
  if (read.close_time.empty()) return read;
  return core::invalid("mt4_time", "close_time", "An open trade must have no close time.");
}

core::Result<RowText> working_cells(const core::HtmlRow& row) {
  if (row.cells.size() != kWorkingCells) return bad_count(row, "10 cells of a working order");
  RowText read;
  read.ticket = row.cells[0].text;
  read.type = row.cells[2].text;
  if (!moves_balance(read.type) && read.type != "buy" && read.type != "sell") return read;
  return core::invalid(
      "mt4_row", "type",
      "Expected a pending order such as buy limit, found " + quoted(read.type) + ".");
}

}  // namespace

core::Result<RowText> read_cells(const core::HtmlRow& row, Section section) {
  TRY(auto read, section == Section::Closed ? closed_cells(row)
                 : section == Section::Open ? open_cells(row)
                                            : working_cells(row));
  read.row = row.line;
  return read;
}

}  // namespace gateway::mt4
