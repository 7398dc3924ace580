#include <cstdint>

#include "core/check.h"
#include "core/decimal.h"
#include "gateway/platforms/mt4/classes.h"
#include "gateway/platforms/mt4/commands.h"
#include "gateway/platforms/mt4/statement.h"
#include "gateway/service/submission.h"
#include "tests/fuzz/support/limits.h"
#include "tests/fuzz/support/submissions.h"

// A MetaTrader 4 statement, HTML or CSV. What is read adds up, summed here anew, and gives commands
// that the service reads.
namespace {

using gateway::mt4::Statement;

// A row takes 600 bytes from 30 of input at least, and is held as cells, as text and as a row;
// libxml2 has buffers of its own, and ICU a calendar for each time.
constexpr fuzz::Allowance kAllowance{.per_byte = 512, .beside = std::size_t{2} * 1024 * 1024};

__extension__ using Sum = __int128;

Sum minor(const core::Decimal& amount, const Statement& statement) {
  Sum value = amount.digits;
  CHECK(amount.scale <= statement.currency.scale);
  for (int i = amount.scale; i < statement.currency.scale; ++i) value *= 10;
  return value;
}

Sum results(const std::vector<gateway::mt4::TradeRow>& trades, const Statement& statement) {
  Sum sum = 0;
  for (const auto& trade : trades) {
    for (const auto& part : {trade.profit, trade.swap, trade.commission, trade.taxes}) {
      sum += minor(part, statement);
    }
  }
  return sum;
}

void check_totals(const Statement& statement) {
  Sum balance = results(statement.trades, statement);
  Sum credit = 0;
  for (const auto& row : statement.balance_rows) {
    (row.is_credit ? credit : balance) += minor(row.amount, statement);
  }
  const Sum floating = results(statement.open_trades, statement);
  const auto& stated = statement.summary;
  if (stated.balance) CHECK(minor(*stated.balance, statement) == balance);
  if (stated.credit) CHECK(minor(*stated.credit, statement) == credit);
  if (stated.floating) CHECK(minor(*stated.floating, statement) == floating);
  if (stated.equity) CHECK(minor(*stated.equity, statement) == balance + credit + floating);
}

void check_commands(const Statement& statement) {
  static const gateway::mt4::Classes classes = gateway::mt4::default_classes();
  static_cast<void>(core::json::print(gateway::mt4::describe(statement, classes)));
  gateway::mt4::CommandOptions options;
  options.structure = "@pool";
  options.actor = "@ops";
  fuzz::NamedIds ids;
  for (const auto& command : gateway::mt4::commands(statement, classes, options)) {
    const auto submission = gateway::service::read_submission(command, {}, ids, "fuzz");
    if (!submission) std::fprintf(stderr, "%s\n", core::to_string(submission.error()).c_str());
    CHECK(submission.has_value());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView file(data, size);
  const fuzz::MemoryLimit limit(size, kAllowance);
  for (const char* currency : {"", "EUR"}) {
    const auto statement =
        gateway::mt4::read_statement(file, {.time_zone = "Europe/Athens", .currency = currency});
    if (!statement) continue;
    check_totals(statement.value());
    check_commands(statement.value());
  }
  return 0;
}
