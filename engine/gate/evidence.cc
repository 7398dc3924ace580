// What registers answer and what people read.

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/effects.h"
#include "engine/gate/agenda.h"
#include "engine/gate/decide.h"
#include "engine/gate/screening.h"
#include "engine/gate/standing.h"
#include "engine/gate_state.h"
#include "engine/state.h"

namespace engine::gate {
namespace {

// Read by a person, so that a second must look.
constexpr auto kByPeople = std::to_array<std::string_view>({"capture", "case", "cysec"});

bool is_by_people(std::string_view source) {
  return std::ranges::find(kByPeople, source) != kByPeople.end();
}

// Which of a source's questions came to what: the only thing that an answer without a find can say.
bool says_what_was_asked(const Fact& fact) { return fact.name.ends_with(".endpoint"); }

core::Error wrong_evidence(std::string field, std::string detail) {
  return core::invalid("evidence", "evidence: " + std::move(field), std::move(detail));
}

// What an adapter reads in a source's own answer. Anything else is read by a person, and a second
// one looks (record_capture).
bool may_say(std::string_view source, std::string_view fact) {
  if (fact == "fca.requirements_reviewed") return false;  // A person's word on the register's.
  if (source == "esma" && fact == "eu.passport_or_home") return true;
  return fact.size() > source.size() && fact.starts_with(source) && fact[source.size()] == '.';
}

bool is_success(std::uint64_t http_status) { return 200 <= http_status && http_status < 300; }

core::Result<> check_evidence(const Context& context, const Evidence& evidence) {
  if (evidence.source.empty()) return wrong_evidence("source", "Say who was asked.");
  if (evidence.asked != Asked::Found && !std::ranges::all_of(evidence.facts, says_what_was_asked)) {
    return wrong_evidence("facts", "What was not found or not asked says nothing.");
  }
  if (evidence.asked != Asked::CouldNotAsk && evidence.documents.empty()) {
    return wrong_evidence("documents", "Give the SHA-256 of what was answered, page by page.");
  }
  for (const Fact& fact : evidence.facts) {
    if (fact.name.empty()) return wrong_evidence("facts", "A fact has a name.");
    if (fact.from && fact.to && *fact.to < *fact.from) {
      return wrong_evidence("facts: " + fact.name, "It ends before it begins.");
    }
  }
  // Of several pages one may have failed: what the others say is partial.
  if (evidence.asked == Asked::Found && evidence.coverage == Coverage::Complete &&
      evidence.http_status && !is_success(*evidence.http_status)) {
    return wrong_evidence("http_status",
                          "A call that failed found nothing: asked is could_not_ask, or coverage "
                          "partial if other pages came.");
  }
  if (evidence.answered_at && context.now < *evidence.answered_at) {
    return core::invalid("future", "evidence: answered_at",
                         "The answer is later than this record; check the clock of who asked.");
  }
  if (evidence.expires && *evidence.expires < core::utc_date(context.now)) {
    return core::invalid("expired", "evidence: expires", "This evidence is good no longer.");
  }
  return core::ok();
}

Drafts record_evidence(const Context& context, EvidenceRecorded body) {
  if (body.party) {
    TRY(require_party(context, *body.party));
  }
  TRY(check_evidence(context, body.evidence));
  Effects effects(context.effective_at);
  Subjects subjects;
  if (body.party) subjects.push_back(body.party->bytes);
  effects.add(body, {}, std::move(subjects)).documents = body.evidence.documents;
  return effects.take();
}

}  // namespace

Drafts decide(const Context& context, const RecordEvidence& command) {
  if (command.evidence.source == "screening") {
    return wrong_evidence("source", "What lists say is recorded by record_screening.");
  }
  if (is_by_people(command.evidence.source)) {
    return core::invalid("needs_reviewer", "evidence: source",
                         "What a person read needs a second who looks: use record_capture.");
  }
  if (!is_register(command.evidence.source)) {
    return core::invalid("needs_reviewer", "evidence: source",
                         "No program reads this source: what a person read there is record_capture "
                         "with a second who looks, source capture, and a last day.");
  }
  if (command.evidence.asked != Asked::CouldNotAsk && !command.evidence.answered_at) {
    return wrong_evidence("answered_at",
                          "Say when the register answered (its Date header, or register parse "
                          "--answered-at): an answer's age counts from then.");
  }
  for (const Fact& fact : command.evidence.facts) {
    if (may_say(command.evidence.source, fact.name)) continue;
    return core::invalid("needs_reviewer", "evidence: facts: " + fact.name,
                         "This source does not say that itself; use record_capture for what a "
                         "person read.");
  }
  return record_evidence(context, {command.party, command.evidence, false});
}

Drafts decide(const Context& context, const RecordCapture& command) {
  if (!is_by_people(command.evidence.source)) {
    return core::invalid(
        "evidence", "evidence: source",
        "A capture's source is capture, case or cysec; others are record_evidence.");
  }
  if (!command.evidence.expires) {
    return wrong_evidence("expires", "Say until when what was read may be relied on.");
  }
  return record_evidence(context, {command.party, command.evidence, true});
}

void apply(State& state, const EvidenceRecorded& body, const ledger::RecordView& record) {
  auto& held = body.party ? state.gate->of_party[*body.party] : state.gate->of_firm;
  held.push_back({body.evidence, body.captured, record.seq, record.recorded_at});
  plan_evidence(*state.gate, body.party, core::utc_date(record.recorded_at));
}

}  // namespace engine::gate
