#include "engine/gate/screening.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/effects.h"
#include "engine/gate/agenda.h"
#include "engine/gate/until.h"
#include "engine/gate_state.h"

namespace engine::gate {
namespace {

constexpr std::string_view kScreening = "screening";
constexpr std::size_t kCandidatesMax = 500;
constexpr std::size_t kNameBytesMax = 64;
constexpr std::uint64_t kScoreMax = 1000;

core::Error wrong_screening(std::string field, std::string detail) {
  return core::invalid("screening", std::move(field), std::move(detail));
}

core::Result<> check_candidates(const std::vector<ScreeningCandidate>& candidates) {
  if (candidates.size() > kCandidatesMax) {
    return wrong_screening("candidates", "Give 500 at most: what is so common needs another look.");
  }
  std::set<std::string> seen;
  for (const ScreeningCandidate& one : candidates) {
    TRY(check_screening_name(one.entry, "candidates: entry"));
    if (!seen.insert(one.entry).second) {
      return wrong_screening("candidates: " + one.entry, "Give each entry once.");
    }
    if (one.score > kScoreMax || (one.score < kReviewFrom && !one.identifier)) {
      return wrong_screening("candidates: " + one.entry,
                             "Scores are 700 to 1000 thousandths; what is less is no candidate.");
    }
  }
  return core::ok();
}

ScreeningOutcome outcome_of(const ScreeningCandidate& one) {
  if (one.identifier) return ScreeningOutcome::Hit;
  return kHitFrom <= one.score && !one.weak ? ScreeningOutcome::Hit : ScreeningOutcome::Review;
}

ScreeningOutcome worst_of(const std::vector<Standing>& all) {
  ScreeningOutcome worst = ScreeningOutcome::Clear;
  for (const Standing& one : all) worst = std::max(worst, one.outcome);
  return worst;
}

// What a comparison found and what it carries, released or not.
std::vector<ScreeningCandidate> candidates_of(const HeldScreening& held) {
  std::vector<ScreeningCandidate> out = held.screened.candidates;
  out.insert(out.end(), held.carried.begin(), held.carried.end());
  return out;
}

const HeldScreening* find_screening(const State& state, const core::PartyId& party,
                                    const std::string& list) {
  const auto lists = state.gate->screenings.find(party);
  if (lists == state.gate->screenings.end()) return nullptr;
  const auto found = lists->second.find(list);
  return found == lists->second.end() ? nullptr : &found->second;
}

// An entry that was released counts as released until the list or the likeness says something else.
std::vector<std::string> still_released(const HeldScreening* before, const RecordScreening& now) {
  std::vector<std::string> out;
  if (before == nullptr) return out;
  const std::vector<ScreeningCandidate> old = candidates_of(*before);
  for (const ScreeningCandidate& one : now.candidates) {
    if (!contains(before->released, one.entry)) continue;
    const bool as_it_was = std::ranges::any_of(old, [&](const ScreeningCandidate& was) {
      return was.entry == one.entry && was.digest == one.digest &&
             outcome_of(one) <= outcome_of(was);
    });
    if (as_it_was) out.push_back(one.entry);
  }
  return out;
}

bool finds(const RecordScreening& now, const ScreeningCandidate& old) {
  const auto same = std::ranges::find(now.candidates, old.entry, &ScreeningCandidate::entry);
  return same != now.candidates.end() && outcome_of(*same) >= outcome_of(old);
}

// What nobody released stays, whatever another version of the list says. Of an entry that was found
// twice, the likelier.
std::vector<ScreeningCandidate> carried_by(const HeldScreening* before,
                                           const RecordScreening& now) {
  std::map<std::string_view, const ScreeningCandidate*> stay;
  std::vector<ScreeningCandidate> out;
  if (before == nullptr) return out;
  const std::vector<ScreeningCandidate> old = candidates_of(*before);
  for (const ScreeningCandidate& one : old) {
    if (contains(before->released, one.entry) || finds(now, one)) continue;
    const ScreeningCandidate*& known = stay[one.entry];
    if (known == nullptr || outcome_of(*known) < outcome_of(one)) known = &one;
  }
  for (const auto& [entry, one] : stay) out.push_back(*one);
  return out;
}

// One person cannot clear what two release, by comparing once more with another outcome.
core::Result<> check_kept(const HeldScreening* before, const RecordScreening& now) {
  if (before == nullptr || before->screened.version != now.version) return core::ok();
  for (const ScreeningCandidate& old : before->screened.candidates) {
    if (contains(before->released, old.entry) || finds(now, old)) continue;
    return core::conflict("candidate_dropped", "candidates: " + old.entry,
                          "An earlier comparison with this version found it; two people release it "
                          "(release_candidate).");
  }
  return core::ok();
}

// A list's newest comparison says what the two before it said: of the three the one between them is
// let go, unless a decision may rest on it.
void forget_the_same(GateBook& book, const core::PartyId& party, const Evidence& newest) {
  std::vector<HeldEvidence>& all = book.of_party[party];
  const auto of_list = [&](const HeldEvidence& one) {
    return one.evidence.source == kScreening && one.evidence.reference == newest.reference;
  };
  const auto last = std::find_if(all.rbegin(), all.rend(), of_list);
  if (last == all.rend()) return;
  const auto before = std::find_if(std::next(last), all.rend(), of_list);
  const auto same = [&](const Evidence& one) {
    return core::to_cbor(one.facts) == core::to_cbor(newest.facts);
  };
  if (before == all.rend() || !same(last->evidence) || !same(before->evidence)) return;
  const auto decided = book.newest_decision.find(party);
  if (decided != book.newest_decision.end() && last->seq < decided->second) return;
  book.rechecks.erase(last->seq);
  all.erase(std::next(last).base());
}

void note_hit(State& state, const core::PartyId& party) {
  if (gate::outcome_of(state, party) == ScreeningOutcome::Hit) {
    state.gate->hits.insert(party);
  } else {
    state.gate->hits.erase(party);
  }
}

// What the gate reads. A release says no more than the screening did, of the same time.
void hold_result(State& state, const HeldScreening& held, ScreeningOutcome outcome,
                 const ledger::RecordView& record) {
  const auto word = core::EnumNames<ScreeningOutcome>::names[static_cast<std::size_t>(outcome)];
  Evidence evidence;
  evidence.source = kScreening;
  evidence.reference = held.screened.list;
  evidence.documents = {held.screened.version};
  evidence.answered_at = held.recorded_at;
  evidence.parser = held.screened.matcher;
  evidence.facts = {{"screening.result",
                     {{"list", held.screened.list}, {"outcome", std::string(word)}},
                     {},
                     {},
                     {}}};
  forget_the_same(*state.gate, held.screened.party, evidence);
  state.gate->of_party[held.screened.party].push_back(
      {std::move(evidence), false, record.seq, record.recorded_at});
  plan_evidence(*state.gate, held.screened.party, core::utc_date(record.recorded_at));
}

}  // namespace

core::Result<> check_screening_name(const std::string& name, const std::string& field) {
  if (!name.empty() && name.size() <= kNameBytesMax) return core::ok();
  return wrong_screening(field, "Name it with 1 to 64 bytes.");
}

core::Result<> require_party(const Context& context, const core::PartyId& party) {
  if (context.state.managers.contains(party) || context.state.clients.contains(party) ||
      context.state.partners.contains(party)) {
    return core::ok();
  }
  return core::not_found("unknown_party", "party",
                         "Register the manager, client or partner first.");
}

Drafts decide(const Context& context, const RecordScreening& command) {
  TRY(require_party(context, command.party));
  TRY(check_screening_name(command.matcher, "matcher"));
  TRY(check_candidates(command.candidates));
  const auto newest = context.state.gate->lists.find(command.list);
  if (newest == context.state.gate->lists.end()) {
    return core::not_found("unknown_list", "list", "Record the list's version first.");
  }
  if (newest->second != command.version) {
    return core::conflict("list_superseded", "version", "Compare with the list's newest version.");
  }
  const HeldScreening* before = find_screening(context.state, command.party, command.list);
  TRY(check_kept(before, command));
  HeldScreening held{command, still_released(before, command), context.now};
  held.carried = carried_by(before, command);
  if (command.candidates.size() + held.carried.size() > kCandidatesMax) {
    return core::conflict("release_first", "candidates",
                          "With what earlier comparisons found and nobody released they are over "
                          "500; two people release some of it first (release_candidate).");
  }
  const ScreeningRecorded recorded{command, worst_of(standing(held)), held.released, held.carried};
  Effects effects(context.effective_at);
  effects.add(recorded, {}, {command.party.bytes}).documents = {command.version};
  return effects.take();
}

Drafts decide(const Context& context, const ReleaseCandidate& command) {
  const HeldScreening* held = find_screening(context.state, command.party, command.list);
  const auto is_named = [&](const ScreeningCandidate& one) { return one.entry == command.entry; };
  if (held == nullptr || (std::ranges::none_of(held->screened.candidates, is_named) &&
                          std::ranges::none_of(held->carried, is_named))) {
    return core::not_found("unknown_candidate", "entry",
                           "The party's newest screening against the list neither has nor carries "
                           "such an entry.");
  }
  if (contains(held->released, command.entry)) {
    return core::conflict("exists", "entry", "It is released already.");
  }
  HeldScreening after = *held;
  after.released.push_back(command.entry);
  Effects effects(context.effective_at);
  effects.add(CandidateReleased{command, worst_of(standing(after))}, {}, {command.party.bytes})
      .documents = {command.document};
  return effects.take();
}

void apply(State& state, const ScreeningRecorded& body, const ledger::RecordView& record) {
  HeldScreening& held = state.gate->screenings[body.screening.party][body.screening.list];
  held = {body.screening, body.released, record.recorded_at, body.outcome, body.carried};
  note_hit(state, body.screening.party);
  hold_result(state, held, body.outcome, record);
}

void apply(State& state, const CandidateReleased& body, const ledger::RecordView& record) {
  HeldScreening& held = state.gate->screenings.at(body.released.party).at(body.released.list);
  held.released.push_back(body.released.entry);
  held.outcome = body.outcome;
  note_hit(state, body.released.party);
  hold_result(state, held, body.outcome, record);
}

ScreeningOutcome outcome_of(const State& state, const core::PartyId& party) {
  ScreeningOutcome worst = ScreeningOutcome::Clear;
  const auto lists = state.gate->screenings.find(party);
  if (lists == state.gate->screenings.end()) return worst;
  for (const auto& [list, held] : lists->second) worst = std::max(worst, held.outcome);
  return worst;
}

std::vector<Standing> standing(const HeldScreening& held) {
  std::vector<Standing> out;
  for (const bool carried : {false, true}) {
    for (const ScreeningCandidate& one : carried ? held.carried : held.screened.candidates) {
      if (contains(held.released, one.entry)) continue;
      out.push_back({one.entry, outcome_of(one), carried});
    }
  }
  return out;
}

bool has_hit(const State& state, const core::PartyId& party) {
  const std::set<core::PartyId>& hits = state.gate->hits;
  if (hits.empty()) return false;
  if (hits.contains(party)) return true;
  const auto client = state.clients.find(party);
  return client != state.clients.end() &&
         std::ranges::any_of(client->second.holders,
                             [&](const core::PartyId& holder) { return hits.contains(holder); });
}

}  // namespace engine::gate
