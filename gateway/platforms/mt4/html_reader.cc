#include "gateway/platforms/mt4/html_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "core/html.h"
#include "gateway/platforms/mt4/fields.h"
#include "gateway/platforms/mt4/html_columns.h"
#include "gateway/platforms/mt4/html_rows.h"
#include "gateway/platforms/mt4/rows.h"
#include "gateway/platforms/mt4/totals.h"

namespace gateway::mt4 {
namespace {

constexpr std::array<std::string_view, 6> kSectionTitles = {
    "", "Closed Transactions:", "Open Trades:", "Working Orders:", "Summary:", "Details:"};

// Below a section, after a blank cell.
constexpr std::array<std::pair<std::string_view, core::Decimal TradeRow::*>, 4> kTotalColumns = {{
    {"Commission", &TradeRow::commission},
    {"Taxes", &TradeRow::taxes},
    {"Swap", &TradeRow::swap},
    {"Profit", &TradeRow::profit},
}};

struct SummaryFigure {
  std::string_view label;
  std::optional<core::Decimal> Summary::*value;
};
constexpr std::array<SummaryFigure, 8> kFigures = {{
    {"Deposit/Withdrawal:", &Summary::deposit_withdrawal},
    {"Credit Facility:", &Summary::credit},
    {"Closed Trade P/L:", &Summary::closed_pl},
    {"Floating P/L:", &Summary::floating},
    {"Margin:", &Summary::margin},
    {"Balance:", &Summary::balance},
    {"Equity:", &Summary::equity},
    {"Free Margin:", &Summary::free_margin},
}};

core::Error bad_row(std::string detail) { return core::invalid("mt4_row", "", std::move(detail)); }

bool is_blank(const core::HtmlRow& row) {
  return std::ranges::all_of(row.cells, [](const auto& cell) { return cell.text.empty(); });
}

bool ends_as_html(std::string_view text) {
  constexpr std::string_view kEnd = "</html>";
  const std::size_t end = text.find_last_not_of(" \t\r\n") + 1;
  if (end < kEnd.size()) return false;
  return std::ranges::equal(text.substr(end - kEnd.size(), kEnd.size()), kEnd, [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
  });
}

// Takes the rows of the document one by one, each according to the section it stands in.
class HtmlReader {
 public:
  explicit HtmlReader(const ReadOptions& options) : options_(options) {}

  core::Result<> read(const core::HtmlRow& row) {
    if (section_ == Section::Details || is_blank(row)) return core::ok();
    const auto title = std::ranges::find(kSectionTitles, row.cells.front().text);
    if (row.cells.size() == 1 && title != kSectionTitles.end()) {
      return open_section(static_cast<Section>(title - kSectionTitles.begin()));
    }
    switch (section_) {
      case Section::Head:
        return read_head(row);
      case Section::Closed:
      case Section::Open:
      case Section::Working:
        return read_table(row);
      case Section::Summary:
      case Section::Details:
        break;
    }
    return read_summary(row);
  }

  core::Result<Statement> finish() && {
    TRY(check_complete());
    return std::move(statement_);
  }

 private:
  core::Result<> open_section(Section next) {
    const auto expected = static_cast<std::size_t>(section_) + 1;
    if (static_cast<std::size_t>(next) != expected) {
      return bad_row("Expected the section " + quoted(kSectionTitles.at(expected)) + ", found " +
                     quoted(kSectionTitles.at(static_cast<std::size_t>(next))) + ".");
    }
    if (section_ == Section::Head && statement_.account.empty()) {
      return core::invalid("mt4_header", "", "Expected a row with the account's number first.");
    }
    if (section_ != Section::Head && !columns_read_) return bad_row("The section has no columns.");
    if (next == Section::Details) {
      TRY(check_complete());
    }
    section_ = next;
    columns_read_ = next == Section::Summary;
    table_ended_ = false;
    return core::ok();
  }

  core::Result<> read_head(const core::HtmlRow& row) {
    if (!statement_.account.empty() || !row.cells.front().text.starts_with("Account: ")) {
      return core::invalid("mt4_header", "",
                           "This is no MetaTrader 4 statement: expected one row that starts with "
                           "\"Account: \", then \"Closed Transactions:\".");
    }
    std::string currency;
    for (const core::HtmlCell& cell : row.cells) {
      const std::size_t colon = cell.text.find(": ");
      const std::string_view label = std::string_view(cell.text).substr(0, colon);
      const std::string value = colon == std::string::npos ? "" : cell.text.substr(colon + 2);
      if (cell.text.empty() || label == "Name:") {
        continue;  // The name may be blank.
      } else if (label == "Account") {
        statement_.account = value;
      } else if (label == "Name") {
        statement_.name = value;
      } else if (label == "Currency") {
        currency = value;
      } else if (label == "Leverage") {
        statement_.leverage = value;
      } else {
        TRY(statement_.time, read_printed_time(cell.text, options_.time_zone));
      }
    }
    if (!statement_.time) {
      return core::invalid("mt4_time", "statement time",
                           "Expected the time of the statement, such as 2020 March 2, 07:57.");
    }
    TRY(statement_.currency, choose_currency(currency, options_.currency));
    return core::ok();
  }

  core::Result<> read_table(const core::HtmlRow& row) {
    if (!columns_read_) {
      columns_read_ = true;
      return check_columns(row, section_);
    }
    if (row.cells.size() == 1 && row.cells[0].text == "No transactions") return core::ok();
    const bool is_total = row.cells[0].text.empty() || row.cells[0].text == "Closed P/L:";
    if (is_total && section_ != Section::Working) return read_total(row);
    if (table_ended_) return bad_row("A row stands below the totals of its section.");
    TRY(const auto read, read_cells(row, section_));
    return add_row(read, options_.time_zone, statement_);
  }

  // The row of column totals, or the one result below it.
  core::Result<> read_total(const core::HtmlRow& row) {
    table_ended_ = true;
    const bool is_closed = section_ == Section::Closed;
    const auto& trades = is_closed ? statement_.trades : statement_.open_trades;
    if (row.cells.size() == kTotalColumns.size() + 1) {
      for (std::size_t i = 0; i < kTotalColumns.size(); ++i) {
        const auto& [name, column] = kTotalColumns[i];
        const core::Minor total = total_of(column, trades, statement_.currency);
        TRY(check_total({name, "The sum of the column", total}, row.cells[i + 1]));
      }
      return core::ok();
    }
    const std::string_view label = is_closed ? "Closed P/L:" : "Floating P/L:";
    const std::size_t place = is_closed ? 0 : 1;
    if (row.cells.size() != place + 2 || row.cells[place].text != label) {
      return bad_row("Expected the totals of the section, or " + quoted(label) + ".");
    }
    const core::Minor total = total_result(trades, statement_.currency);
    return check_total({label, "The sum of the section", total}, row.cells[place + 1]);
  }

  core::Result<> check_total(const Figure& figure, const core::HtmlCell& cell) {
    TRY(const auto stated, read_amount(cell.text, figure.at, statement_.currency));
    return check_figure(figure, stated, statement_.currency);
  }

  core::Result<> read_summary(const core::HtmlRow& row) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string& label = row.cells[i].text;
      if (label.empty()) continue;
      const auto figure =
          std::ranges::find(kFigures, std::string_view(label), &SummaryFigure::label);
      if (figure == kFigures.end()) {
        return bad_row("Expected a figure of the summary such as \"Balance:\", found " +
                       quoted(label) + ".");
      }
      auto& value = statement_.summary.*(figure->value);
      if (value) return bad_row("The summary has " + quoted(label) + " twice.");
      if (++i == row.cells.size()) return bad_row("The summary has no number for " + quoted(label));
      TRY(value, read_amount(row.cells[i].text, "summary", statement_.currency));
      if (label == "Equity:") statement_.summary.row = row.line;
    }
    return core::ok();
  }

  // A statement cut off on its way would otherwise pass for a shorter one.
  core::Result<> check_complete() const {
    if (section_ < Section::Summary) {
      return statement_.account.empty()
                 ? core::invalid("mt4_header", "",
                                 "This is no MetaTrader 4 statement: no row of a table starts "
                                 "with \"Account: \".")
                 : bad_row("The statement ends before its summary; it is cut off.");
    }
    for (const SummaryFigure& figure : kFigures) {
      if (statement_.summary.*(figure.value)) continue;
      return bad_row("The summary has no " + quoted(figure.label) + "; it is cut off.");
    }
    return core::ok();
  }

  const ReadOptions& options_;
  Statement statement_;
  Section section_ = Section::Head;
  bool columns_read_ = false;
  bool table_ended_ = false;
};

}  // namespace

core::Result<Statement> read_html(std::string_view text, const ReadOptions& options) {
  TRY(const auto tables, core::parse_html_tables(core::as_bytes(text)));
  HtmlReader reader(options);
  for (const core::HtmlRow& row : tables.rows) {
    if (row.cells.empty()) continue;
    if (auto read = reader.read(row); !read) {
      return std::move(read.error()).within(line_name(row.line));
    }
  }
  auto statement = std::move(reader).finish();
  if (!statement) return std::move(statement.error()).within("end of file");
  if (!ends_as_html(text)) {
    return core::invalid("mt4_row", "end of file",
                         "The file does not end with </html>; it is cut off.");
  }
  return statement;
}

}  // namespace gateway::mt4
