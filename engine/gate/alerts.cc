// What ends soon.

#include <algorithm>
#include <array>

#include "engine/gate/cases.h"
#include "engine/gate_state.h"

namespace engine::gate {
namespace {

// Days before the last day, nearest first. Source: domain rule of cadence, T-90/60/30/7.
constexpr auto kAlertDays = std::to_array<std::uint64_t>({7, 30, 60, 90});

// The alert that is due `left` days before the end, if a nearer one was not given.
std::optional<std::uint64_t> due(const GateBook& book, std::uint64_t seq, std::int64_t left) {
  if (left < 0) return std::nullopt;
  for (const std::uint64_t days : kAlertDays) {
    if (left > static_cast<std::int64_t>(days)) continue;
    const auto last = book.alerted.find(seq);
    if (last != book.alerted.end() && last->second <= days) return std::nullopt;
    return days;
  }
  return std::nullopt;
}

// Newer evidence of the same source about the same reference has taken its place.
bool is_replaced(const std::vector<HeldEvidence>& all, const HeldEvidence& held) {
  return std::ranges::any_of(all, [&](const HeldEvidence& other) {
    return held.seq < other.seq && other.evidence.source == held.evidence.source &&
           other.evidence.reference == held.evidence.reference &&
           other.evidence.asked == Asked::Found;
  });
}

template <class Visit>
void visit_evidence(const GateBook& book, core::Date today, const std::vector<HeldEvidence>& all,
                    const std::optional<core::PartyId>& party, const Visit& visit) {
  for (const HeldEvidence& held : all) {
    if (!held.evidence.expires || is_replaced(all, held)) continue;
    const auto days = due(book, held.seq, held.evidence.expires->days - today.days);
    if (days) visit(ExpiryAlerted{held.seq, *held.evidence.expires, *days, party});
  }
}

template <class Visit>
void visit_due(const GateBook& book, core::Instant now, const Visit& visit) {
  const core::Date today = core::utc_date(now);
  visit_evidence(book, today, book.of_firm, {}, visit);
  for (const auto& [party, all] : book.of_party) visit_evidence(book, today, all, party, visit);
  for (const CellSignOff& one : book.sign_offs) {
    const auto days = due(book, one.seq, one.signed_off.valid_until.days - today.days);
    if (days) visit(ExpiryAlerted{one.seq, one.signed_off.valid_until, *days, {}});
  }
}

}  // namespace

void expire(const Context& context, Effects& effects) {
  visit_due(*context.state.gate, context.now, [&](const ExpiryAlerted& alert) {
    Subjects subjects;
    if (alert.party) subjects.push_back(alert.party->bytes);
    effects.add(alert, {}, std::move(subjects));
  });
}

bool has_expired(const State& state, core::Instant now) {
  bool any = false;
  visit_due(*state.gate, now, [&](const ExpiryAlerted&) { any = true; });
  return any;
}

void apply(State& state, const ExpiryAlerted& body, const ledger::RecordView&) {
  state.gate->alerted[body.seq] = body.days;
}

}  // namespace engine::gate
