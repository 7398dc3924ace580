#include "gateway/platforms/mt4/statement.h"

#include <string_view>

#include "core/byte_order_mark.h"
#include "core/check.h"
#include "gateway/platforms/mt4/csv_reader.h"
#include "gateway/platforms/mt4/html_reader.h"
#include "gateway/platforms/mt4/totals.h"

namespace gateway::mt4 {
namespace {

// Both forms start at once with their first tag or column, so the first character decides.
bool looks_like_html(std::string_view text) {
  text = core::without_byte_order_mark(text);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != text.npos && text[first] == '<';
}

}  // namespace

core::Result<Statement> read_statement(core::ByteView file, const ReadOptions& options) {
  TRY(core::local_to_utc(options.time_zone, core::Date{0}, 0, 0, 0));
  if (file.size() > kStatementBytesMax) {
    return core::invalid("mt4_header", "", "A statement has at most 64 MiB.");
  }
  const std::string_view text = core::as_text(file);
  TRY(auto statement, looks_like_html(text) ? read_html(text, options) : read_csv(text, options));
  statement.document = core::sha256(file);
  TRY(check_tickets(statement));
  TRY(check_totals(statement));
  return statement;
}

core::Minor trade_result(const TradeRow& trade, const core::Commodity& currency) {
  core::Minor result = 0;
  for (const core::Decimal* part : {&trade.profit, &trade.swap, &trade.commission, &trade.taxes}) {
    result = sum(result, minor_units(*part, currency));
  }
  return result;
}

core::Minor minor_units(const core::Decimal& amount, const core::Commodity& currency) {
  const auto minor = core::to_minor(amount, currency.scale);
  CHECK(minor.has_value());
  return minor.value();
}

core::Minor sum(core::Minor a, core::Minor b) {
  const auto result = core::add(a, b);
  CHECK(result.has_value());
  return result.value();
}

}  // namespace gateway::mt4
