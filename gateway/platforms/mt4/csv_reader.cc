#include "gateway/platforms/mt4/csv_reader.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/byte_order_mark.h"
#include "core/utf8.h"
#include "gateway/platforms/mt4/fields.h"
#include "gateway/platforms/mt4/rows.h"

namespace gateway::mt4 {
namespace {

constexpr std::array<std::string_view, 15> kColumns = {
    "ticket",     "open_time",   "type",       "lots",  "symbol", "open_price", "sl",     "tp",
    "close_time", "close_price", "commission", "taxes", "swap",   "profit",     "comment"};

// Takes a quoted field off the front of the line; two quotes within it mean one.
core::Result<std::string> take_quoted(std::string_view& line) {
  std::string field;
  while (true) {
    line.remove_prefix(1);
    const std::size_t quote = line.find('"');
    if (quote == line.npos) {
      return core::invalid("mt4_row", "", "A quoted field does not end on its line.");
    }
    field += line.substr(0, quote);
    line.remove_prefix(quote + 1);
    if (!line.starts_with('"')) return field;
    field += '"';
  }
}

std::string take_bare(std::string_view& line) {
  std::string field(line.substr(0, line.find(',')));
  line.remove_prefix(field.size());
  return field;
}

// The fields of one line (RFC 4180, but a quoted field may not hold a line end: no comment has one,
// and a quote left open would swallow the rest of the file).
core::Result<std::vector<std::string>> split(std::string_view line) {
  std::vector<std::string> fields;
  while (true) {
    TRY(auto field,
        line.starts_with('"') ? take_quoted(line) : core::Result<std::string>(take_bare(line)));
    fields.push_back(std::move(field));
    if (line.empty()) return fields;
    if (line.front() != ',') {
      return core::invalid("mt4_row", "", "A comma must follow the quoted field.");
    }
    line.remove_prefix(1);
  }
}

// Spaces as the HTML form has them, so that both forms give one comment.
std::string collapsed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t';
    if (!space) out += c;
    if (space && !out.empty() && out.back() != ' ') out += ' ';
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

core::Result<> check_columns(std::string_view line) {
  TRY(const auto fields, split(line));
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    const std::string_view found = i < fields.size() ? std::string_view(fields[i]) : "";
    if (found != kColumns[i]) {
      return core::invalid("mt4_header", "",
                           "Expected the column " + std::string(kColumns[i]) + " at place " +
                               std::to_string(i + 1) + ", found " + quoted(found) +
                               "; a statement is the terminal's HTML, or CSV with the columns "
                               "ticket to comment.");
    }
  }
  if (fields.size() > kColumns.size()) {
    return core::invalid("mt4_header", "",
                         "Expected comment as the last column, found " +
                             quoted(fields[kColumns.size()]) + " after it.");
  }
  return core::ok();
}

core::Result<> read_line(std::string_view line, std::int64_t row, std::string_view time_zone,
                         Statement& statement) {
  TRY(const auto fields, split(line));
  if (fields.size() != kColumns.size()) {
    return core::invalid("mt4_row", "",
                         "Expected " + std::to_string(kColumns.size()) + " columns, found " +
                             std::to_string(fields.size()) + ".");
  }
  const std::string comment = collapsed(fields[14]);
  return add_row({.row = row,
                  .ticket = fields[0],
                  .open_time = fields[1],
                  .type = fields[2],
                  .lots = fields[3],
                  .symbol = fields[4],
                  .open_price = fields[5],
                  .sl = fields[6],
                  .tp = fields[7],
                  .close_time = fields[8],
                  .close_price = fields[9],
                  .commission = fields[10],
                  .taxes = fields[11],
                  .swap = fields[12],
                  .profit = fields[13],
                  .comment = comment},
                 time_zone, statement);
}

// The next line without its end, which is LF or CRLF.
std::string_view take_line(std::string_view& text) {
  std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

core::Result<Statement> read_csv(std::string_view text, const ReadOptions& options) {
  if (!core::is_utf8(text)) {
    return core::invalid("mt4_header", line_name(1),
                         "The file is neither HTML nor CSV in UTF-8; save the statement again.");
  }
  text = core::without_byte_order_mark(text);
  if (auto checked = check_columns(take_line(text)); !checked) {
    return std::move(checked.error()).within(line_name(1));
  }
  Statement statement;
  TRY(statement.currency, choose_currency("", options.currency));
  for (std::int64_t row = 2; !text.empty(); ++row) {
    if (static_cast<std::size_t>(row) > kStatementRowsMax) {
      return core::invalid("mt4_row", line_name(row), "A statement has at most 500000 rows.");
    }
    if (auto added = read_line(take_line(text), row, options.time_zone, statement); !added) {
      return std::move(added.error()).within(line_name(row));
    }
  }
  return statement;
}

}  // namespace gateway::mt4
