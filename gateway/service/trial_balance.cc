#include "gateway/service/trial_balance.h"

#include <algorithm>
#include <array>
#include <map>

#include "ledger/account.h"

namespace gateway::service {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

core::Result<TrialLine> line_of(const ledger::index::Balance& balance) {
  TrialLine line{balance.account, ledger::ring_of_opened(balance.account), balance.amount.commodity,
                 0, 0};
  if (balance.amount.minor > 0) {
    line.debit = balance.amount.minor;
  } else {
    TRY(line.credit, core::subtract(0, balance.amount.minor));
  }
  return line;
}

core::Result<std::vector<TrialLine>> sums_of(const std::vector<TrialLine>& lines) {
  std::map<std::pair<ledger::Ring, std::string>, TrialLine> sums;
  for (const TrialLine& line : lines) {
    TrialLine& sum = sums[{line.ring, line.commodity.code}];
    sum.ring = line.ring;
    sum.commodity = line.commodity;
    TRY(sum.debit, core::add(sum.debit, line.debit));
    TRY(sum.credit, core::add(sum.credit, line.credit));
  }
  std::vector<TrialLine> out;
  for (auto& [key, sum] : sums) out.push_back(std::move(sum));
  return out;
}

std::string print(core::Minor minor, const core::Commodity& commodity) {
  return core::print_fixed(minor, commodity.scale);
}

core::Result<> check_equal(const std::vector<TrialLine>& totals) {
  for (const TrialLine& sum : totals) {
    if (sum.debit == sum.credit) continue;
    const std::string place = std::string(ledger::ring_name(sum.ring)) + " " + sum.commodity.code;
    return core::corrupt("trial_balance", place,
                         "Debits are " + print(sum.debit, sum.commodity) + " and credits " +
                             print(sum.credit, sum.commodity) +
                             ": the index is not what the records say. Run tally verify.");
  }
  return core::ok();
}

Value line_to_json(const TrialLine& line) {
  Object out;
  if (!line.account.empty()) out.emplace_back("account", line.account);
  out.emplace_back("ring", ledger::ring_name(line.ring));
  out.emplace_back("commodity", line.commodity.code);
  out.emplace_back("debit", print(line.debit, line.commodity));
  out.emplace_back("credit", print(line.credit, line.commodity));
  return out;
}

// Account or ring, commodity, debit, credit.
using Row = std::array<std::string, 4>;
constexpr std::size_t kFirstAmount = 2;

Row row_of(const TrialLine& line) {
  const bool is_total = line.account.empty();
  const auto side = [&](core::Minor minor) {
    return minor == 0 && !is_total ? std::string() : print(minor, line.commodity);
  };
  return {is_total ? "total " + std::string(ledger::ring_name(line.ring)) : line.account,
          line.commodity.code, side(line.debit), side(line.credit)};
}

}  // namespace

core::Result<TrialBalance> make_trial_balance(const BookView& view, const std::string& as_of,
                                              const std::string& effective_at) {
  TRY(const Moment moment, resolve_moment(view, as_of, effective_at));
  const std::uint64_t last = moment.end_seq() - 1;
  std::vector<ledger::index::Balance> balances;
  if (moment.effective_at) {
    TRY(balances, view.index.balances_effective("", last, *moment.effective_at));
  } else {
    TRY(balances, view.index.balances_at("", last));
  }
  if (balances.empty()) {
    TRY(check_effect(view, moment, ""));
  }
  TrialBalance out{moment, {}, {}};
  for (const auto& balance : balances) {
    TRY(auto line, line_of(balance));
    out.accounts.push_back(std::move(line));
  }
  TRY(out.totals, sums_of(out.accounts));
  TRY(check_equal(out.totals));
  return out;
}

Value trial_balance_to_json(const TrialBalance& balance) {
  Array accounts;
  for (const TrialLine& line : balance.accounts) accounts.push_back(line_to_json(line));
  Array totals;
  for (const TrialLine& line : balance.totals) totals.push_back(line_to_json(line));
  return Object{{"as_of", moment_to_json(balance.moment)},
                {"accounts", std::move(accounts)},
                {"totals", std::move(totals)}};
}

std::string trial_balance_to_text(const TrialBalance& balance) {
  std::vector<Row> rows{{"account", "commodity", "debit", "credit"}};
  for (const TrialLine& line : balance.accounts) rows.push_back(row_of(line));
  for (const TrialLine& line : balance.totals) rows.push_back(row_of(line));
  std::array<std::size_t, 4> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text = "Trial balance as of record " + std::to_string(balance.moment.end_seq() - 1) +
                     ", recorded at " + core::to_string(balance.moment.batch.recorded_at);
  if (balance.moment.effective_at) {
    text += ", effective at " + core::to_string(*balance.moment.effective_at);
  }
  text += "\n\n";
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - row[i].size(), ' ');
      if (i > 0) line += "  ";
      line += i < kFirstAmount ? row[i] + padding : padding + row[i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace gateway::service
