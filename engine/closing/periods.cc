#include <map>

#include "core/amount.h"
#include "core/sha256_stream.h"
#include "engine/closing/decide.h"
#include "engine/effects.h"
#include "ledger/account.h"

namespace engine::closing {
namespace {

// Of money; how many units and lots there are, the digest tells alone.
core::Result<std::vector<PeriodTotal>> totals_of(const std::vector<TrialLine>& lines) {
  std::map<std::pair<ledger::Ring, std::string>, PeriodTotal> sums;
  for (const TrialLine& line : lines) {
    const ledger::Ring ring = ledger::ring_of_opened(line.account);
    if (ring == ledger::Ring::Memo) continue;
    PeriodTotal& sum = sums[{ring, line.commodity}];
    sum.ring = ledger::ring_name(ring);
    sum.commodity = line.commodity;
    if (line.amount > 0) {
      TRY(sum.debit, core::add(sum.debit, line.amount));
    } else {
      TRY(sum.credit, core::subtract(sum.credit, line.amount));
    }
  }
  std::vector<PeriodTotal> out;
  for (auto& [place, sum] : sums) out.push_back(std::move(sum));
  return out;
}

}  // namespace

core::Hash trial_balance_digest(const std::vector<TrialLine>& lines) {
  core::Sha256Stream stream;
  core::Bytes piece;
  core::cbor::Encoder(piece).array(lines.size());
  for (const TrialLine& line : lines) {
    core::cbor::Encoder out(piece);
    out.array(3);
    out.text(line.account);
    out.text(line.commodity);
    out.integer(line.amount);
    stream.update(piece);
    piece.clear();
  }
  stream.update(piece);
  return stream.finish();
}

std::optional<core::Instant> closed_until(const State& state) {
  if (state.periods.empty()) return std::nullopt;
  return state.periods.back().until;
}

Drafts decide(const Context& context, const ClosePeriod& command) {
  if (command.until > context.now) {
    return core::invalid("period", "until", "A period can be closed once it is over.");
  }
  const auto closed = closed_until(context.state);
  if (closed && command.until <= *closed) {
    return core::conflict("period_closed", "until",
                          "Periods are closed up to " + core::to_string(*closed) +
                              "; open the last one again first, or close a later one.");
  }
  std::vector<TrialLine> lines;
  TRY(context.past.balances_before(
      command.until, [&](std::string_view account, std::string_view commodity, core::Minor amount) {
        lines.push_back({std::string(account), std::string(commodity), amount});
        return core::ok();
      }));
  PeriodClosed body{closed, command.until, lines.size(), trial_balance_digest(lines), {}};
  TRY(body.totals, totals_of(lines));
  Effects effects(context.effective_at);
  effects.add(body, {}, {});
  return effects.take();
}

Drafts decide(const Context& context, const ReopenPeriod& command) {
  if (closed_until(context.state) != command.until) {
    return core::conflict("period_open", "until",
                          "Only the last period that was closed can be opened again, by its end.");
  }
  Effects effects(context.effective_at);
  effects.add(PeriodReopened{command.until, command.reason}, {}, {});
  return effects.take();
}

void apply(State& state, const PeriodClosed& body, const ledger::RecordView&) {
  state.periods.push_back(body);
}

void apply(State& state, const PeriodReopened&, const ledger::RecordView&) {
  if (!state.periods.empty()) state.periods.pop_back();
}

}  // namespace engine::closing
