// What ends soon, and whom to ask again.

#include <array>
#include <set>
#include <utility>

#include "engine/gate/cases.h"
#include "engine/gate/endings.h"
#include "engine/gate_state.h"

namespace engine::gate {
namespace {

// Days before the last day, nearest first. Source: domain rule of cadence, T-90/60/30/7.
constexpr auto kAlertDays = std::to_array<std::uint64_t>({7, 30, 60, 90});

// In one tick: what is left over is said by the next.
constexpr std::size_t kAlertsMax = 1000;

// The alert that is due, if a nearer one was not given.
std::optional<std::uint64_t> due(const GateBook& book, const Ending& ending, core::Date today) {
  const std::int64_t left = ending.last_day.days - std::int64_t{today.days};
  if (left < 0) return std::nullopt;
  for (const std::uint64_t days : kAlertDays) {
    if (left > static_cast<std::int64_t>(days)) continue;
    const auto given = book.alerted.find(ending.seq);
    if (given == book.alerted.end()) return days;
    const auto last = given->second.find(ending.last_day);
    if (last != given->second.end() && last->second <= days) return std::nullopt;
    return days;
  }
  return std::nullopt;
}

template <class Visit>
void visit_alerts(const State& state, core::Instant now, const Visit& visit) {
  const core::Date today = core::utc_date(now);
  for (const Ending& ending : endings(state)) {
    const auto days = due(*state.gate, ending, today);
    if (!days) continue;
    visit(ExpiryAlerted{ending.seq, ending.last_day, *days, ending.party, ending.structure});
  }
}

template <class Visit>
void visit_rechecks(const State& state, core::Instant now, const Visit& visit) {
  const core::Date today = core::utc_date(now);
  for (const Recheck& one : rechecks(state, now)) {
    if (today < one.due || state.gate->rechecks.contains(one.seq)) continue;
    visit(RecheckDue{one.seq, one.source, one.reference, one.due, one.party});
  }
}

}  // namespace

void expire(const Context& context, Effects& effects) {
  // A mandate and its assessment may end on one day: that is said once.
  std::set<std::pair<std::uint64_t, core::Date>> said;
  visit_alerts(context.state, context.now, [&](const ExpiryAlerted& alert) {
    if (kAlertsMax <= said.size() || !said.emplace(alert.seq, alert.expires).second) return;
    Subjects subjects;
    if (alert.party) subjects.push_back(alert.party->bytes);
    if (alert.structure) subjects.push_back(alert.structure->bytes);
    effects.add(alert, {}, std::move(subjects));
  });
  visit_rechecks(context.state, context.now, [&](const RecheckDue& recheck) {
    Subjects subjects;
    if (recheck.party) subjects.push_back(recheck.party->bytes);
    effects.add(recheck, {}, std::move(subjects));
  });
}

bool has_expired(const State& state, core::Instant now) {
  bool any = false;
  visit_alerts(state, now, [&](const ExpiryAlerted&) { any = true; });
  visit_rechecks(state, now, [&](const RecheckDue&) { any = true; });
  return any;
}

void apply(State& state, const ExpiryAlerted& body, const ledger::RecordView&) {
  state.gate->alerted[body.seq][body.expires] = body.days;
}

void apply(State& state, const RecheckDue& body, const ledger::RecordView&) {
  state.gate->rechecks.insert(body.seq);
}

}  // namespace engine::gate
