// What ends soon, and whom to ask again.

#include <set>
#include <utility>

#include "engine/gate/agenda.h"
#include "engine/gate/cases.h"
#include "engine/gate/endings.h"
#include "engine/gate_state.h"

namespace engine::gate {
namespace {

// In one tick, of each: what is left over is said by the next.
constexpr std::size_t kAlertsMax = 1000;

// Both visitors end when the visit says so.
template <class Visit>
void visit_alerts(const GateBook& book, const std::set<AgendaItem>& items, core::Date today,
                  const Visit& visit) {
  for (const AgendaItem& item : items) {
    for (const Ending& ending : endings_of(book, item)) {
      const auto days = due_alert(book, ending, today);
      if (!days) continue;
      if (!visit(ExpiryAlerted{ending.seq, ending.last_day, *days, ending.party, ending.structure}))
        return;
    }
  }
}

template <class Visit>
void visit_rechecks(const GateBook& book, const std::set<AgendaItem>& items, core::Date today,
                    const Visit& visit) {
  const AdoptedPack* adopted = pack_on(book, today);
  if (adopted == nullptr) return;
  for (const AgendaItem& item : items) {
    if (item.structure || item.signatures) continue;
    for (const Recheck& one : rechecks_of(book, adopted->pack, item.party)) {
      if (today < one.due) continue;
      if (!visit(RecheckDue{one.seq, one.source, one.reference, one.due, one.party})) return;
    }
  }
}

}  // namespace

void expire(const Context& context, Effects& effects) {
  const GateBook& book = *context.state.gate;
  const core::Date today = core::utc_date(context.now);
  const std::set<AgendaItem> items = items_due(book, today);
  // A mandate and its assessment may end on one day: that is said once.
  std::set<std::pair<std::uint64_t, core::Date>> said;
  visit_alerts(book, items, today, [&](const ExpiryAlerted& alert) {
    if (!said.emplace(alert.seq, alert.expires).second) return true;
    Subjects subjects;
    if (alert.party) subjects.push_back(alert.party->bytes);
    if (alert.structure) subjects.push_back(alert.structure->bytes);
    effects.add(alert, {}, std::move(subjects));
    return said.size() < kAlertsMax;
  });
  std::size_t due = 0;
  visit_rechecks(book, items, today, [&](const RecheckDue& recheck) {
    Subjects subjects;
    if (recheck.party) subjects.push_back(recheck.party->bytes);
    effects.add(recheck, {}, std::move(subjects));
    return ++due < kAlertsMax;
  });
}

bool has_expired(const State& state, core::Instant now) {
  const GateBook& book = *state.gate;
  const core::Date today = core::utc_date(now);
  const std::set<AgendaItem> items = items_due(book, today);
  bool any = false;
  const auto note = [&any](const auto&) {
    any = true;
    return false;
  };
  visit_alerts(book, items, today, note);
  if (!any) visit_rechecks(book, items, today, note);
  return any;
}

void apply(State& state, const ExpiryAlerted& body, const ledger::RecordView& record) {
  GateBook& book = *state.gate;
  const core::Date today = core::utc_date(record.recorded_at);
  book.alerted[body.seq][body.expires] = body.days;
  if (body.structure && body.party) {
    plan_mandate(book, *body.structure, *body.party, today);
    return;
  }
  plan_evidence(book, body.party, today);
  if (!body.party) plan_signatures(book, today);
}

void apply(State& state, const RecheckDue& body, const ledger::RecordView& record) {
  state.gate->rechecks.insert(body.seq);
  plan_evidence(*state.gate, body.party, core::utc_date(record.recorded_at));
}

}  // namespace engine::gate
