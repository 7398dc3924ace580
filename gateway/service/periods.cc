#include "gateway/service/periods.h"

#include <optional>

#include "engine/closing/decide.h"
#include "gateway/refs/references.h"
#include "gateway/service/as_of.h"
#include "gateway/service/history.h"
#include "gateway/service/json_number.h"
#include "gateway/service/queries.h"
#include "gateway/service/records_of_kind.h"

namespace gateway::service {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

using Closed = Placed<engine::PeriodClosed>;
using Reopened = Placed<engine::PeriodReopened>;

// The last closing of the period that ends then.
core::Result<Closed> find_closing(const BookView& view, const std::string& until) {
  TRY(const auto end, parse_time(until, "until"));
  if (!end) return core::invalid("time", "until", "Name the period by its end.");
  TRY(const auto closings, all_of<engine::PeriodClosed>(view));
  for (auto closing = closings.rbegin(); closing != closings.rend(); ++closing) {
    if (closing->body.until == *end) return *closing;
  }
  return core::not_found("unknown_period", "until", "No period was closed that ends then.");
}

Object show(const Closed& closing, const Reopened* reopened) {
  Object out;
  if (closing.body.from) out.emplace_back("from", core::to_string(*closing.body.from));
  Array totals;
  for (const engine::PeriodTotal& total : closing.body.totals) {
    const auto commodity = core::commodity(total.commodity);
    const unsigned scale = commodity ? commodity.value().scale : 0;
    totals.push_back(Object{{"ring", total.ring},
                            {"commodity", total.commodity},
                            {"debit", core::print_fixed(total.debit, scale)},
                            {"credit", core::print_fixed(total.credit, scale)}});
  }
  out.emplace_back("until", core::to_string(closing.body.until));
  out.emplace_back("closed_seq", number(closing.seq));
  out.emplace_back("closed_at", core::to_string(closing.recorded_at));
  out.emplace_back("lines", number(closing.body.lines));
  out.emplace_back("trial_balance", core::to_hex(closing.body.trial_balance.bytes));
  out.emplace_back("totals", std::move(totals));
  if (reopened != nullptr) {
    out.emplace_back("reopened_seq", number(reopened->seq));
    out.emplace_back("reopened_at", core::to_string(reopened->recorded_at));
    out.emplace_back("reason", core::Codec<engine::ReopenReason>::to_json(reopened->body.reason));
  }
  return out;
}

}  // namespace

core::Result<Value> query_periods(const BookView& view) {
  TRY(const auto closings, all_of<engine::PeriodClosed>(view));
  TRY(const auto reopenings, all_of<engine::PeriodReopened>(view));
  Array periods;
  for (const Closed& closing : closings) {
    // The first one after it that names its end: a period is closed and opened in turns.
    const Reopened* reopened = nullptr;
    for (const Reopened& one : reopenings) {
      if (reopened == nullptr && one.seq > closing.seq && one.body.until == closing.body.until) {
        reopened = &one;
      }
    }
    periods.push_back(show(closing, reopened));
  }
  return Value(Object{{"periods", std::move(periods)}});
}

core::Result<Value> query_frozen_balance(const BookView& view, const std::string& until) {
  TRY(const Closed closing, find_closing(view, until));
  std::vector<engine::closing::TrialLine> lines;
  Array accounts;
  TRY(const auto balances,
      view.index.balances_effective("", closing.batch - 1,
                                    core::Instant{closing.body.until.micros - 1}));
  for (const auto& balance : balances) {
    const core::Commodity& commodity = balance.amount.commodity;
    lines.push_back({balance.account, commodity.code, balance.amount.minor});
    accounts.push_back(
        Object{{"account", balance.account},
               {"commodity", commodity.code},
               {"amount", core::print_fixed(balance.amount.minor, commodity.scale)}});
  }
  if (engine::closing::trial_balance_digest(lines) != closing.body.trial_balance) {
    return core::corrupt("trial_balance", "seq " + std::to_string(closing.seq),
                         "The records before it do not give the trial balance that was frozen. "
                         "Run tally verify --recompute.");
  }
  return Value(Object{{"until", core::to_string(closing.body.until)},
                      {"closed_seq", number(closing.seq)},
                      {"trial_balance", core::to_hex(closing.body.trial_balance.bytes)},
                      {"accounts", std::move(accounts)}});
}

core::Result<Value> query_late_entries(const BookView& view, const std::string& until,
                                       const std::string& limit, const std::string& cursor) {
  TRY(const Closed closing, find_closing(view, until));
  HistoryRequest request;
  request.recorded_from = core::to_string(core::Instant{closing.recorded_at.micros + 1});
  request.effective_to = core::to_string(closing.body.until);
  request.limit = limit;
  request.cursor = cursor;
  refs::NoReferences none;
  TRY(const HistoryQuery query, read_history_query(request, none));
  return query_history(view, query);
}

}  // namespace gateway::service
