#include "engine/retention/decide.h"

#include <algorithm>

#include "engine/effects.h"

namespace engine::retention {
namespace {

bool is_party(const State& state, const core::PartyId& party) {
  return state.clients.contains(party) || state.managers.contains(party);
}

core::Error unknown_subject(const char* field) {
  return core::not_found("unknown_subject", field,
                         "The book has registered no such client or manager, and opened no such "
                         "structure.");
}

Subjects subjects_of(const std::optional<core::PartyId>& subject) {
  return subject ? Subjects{subject->bytes} : Subjects{};
}

}  // namespace

Drafts decide(const Context& context, const PlaceHold& command) {
  const State& state = context.state;
  if (state.holds.contains(command.hold)) {
    return core::conflict("exists", "hold", "A hold of this id stands already.");
  }
  if (command.subject && !is_party(state, *command.subject) &&
      !state.structures.contains(core::StructureId{command.subject->bytes})) {
    // Somebody of whom only personal data was taken in.
    TRY(const bool known, context.past.has_subject(command.subject->bytes));
    if (!known) return unknown_subject("subject");
  }
  Effects effects(context.effective_at);
  effects
      .add(HoldPlaced{command.hold, command.subject, command.document, command.basis}, {},
           subjects_of(command.subject))
      .documents = {command.document};
  return effects.take();
}

Drafts decide(const Context& context, const ReleaseHold& command) {
  const auto found = context.state.holds.find(command.hold);
  if (found == context.state.holds.end()) {
    return core::not_found("unknown_hold", "hold", "No hold of this id stands.");
  }
  Effects effects(context.effective_at);
  effects.add(HoldReleased{command.hold}, {}, subjects_of(found->second.subject));
  return effects.take();
}

Drafts decide(const Context& context, const ExtendRetention& command) {
  if (command.years == 0 || command.years > kYearsMax) {
    return core::invalid("retention_years", "years", "Give 1 to 100 years.");
  }
  for (const RetentionExtension& said : context.state.retention_extensions) {
    if (said.rule.record_class != command.record_class ||
        said.rule.counted_from != command.counted_from || said.rule.years < command.years) {
      continue;
    }
    return core::conflict("retention_shorter", "years",
                          "Record " + std::to_string(said.seq) + " says " +
                              std::to_string(said.rule.years) +
                              " years; what was promised is never shortened.");
  }
  Effects effects(context.effective_at);
  effects.add(RetentionExtended{command.record_class, command.years, command.counted_from}, {}, {});
  return effects.take();
}

Drafts decide(const Context& context, const EndRelationship& command) {
  const State& state = context.state;
  if (!is_party(state, command.party)) return unknown_subject("party");
  const bool has_request = std::ranges::any_of(
      state.requests, [&](const auto& entry) { return entry.second.client == command.party; });
  if (has_request) {
    return core::conflict("relationship_open", "party",
                          "The client has an open request; settle or cancel it first.");
  }
  Effects effects(context.effective_at);
  effects.add(RelationshipEnded{command.party}, {}, {command.party.bytes});
  return effects.take();
}

void apply(State& state, const HoldPlaced& body, const ledger::RecordView& record) {
  state.holds[body.hold] = {body.subject, body.document, body.basis, record.effective_at,
                            record.seq};
}

void apply(State& state, const HoldReleased& body, const ledger::RecordView&) {
  state.holds.erase(body.hold);
}

// Only a longer one was accepted, so it replaces the one before.
void apply(State& state, const RetentionExtended& body, const ledger::RecordView& record) {
  auto& said = state.retention_extensions;
  std::erase_if(said, [&](const RetentionExtension& before) {
    return before.rule.record_class == body.record_class &&
           before.rule.counted_from == body.counted_from;
  });
  said.push_back({body, record.recorded_at, record.seq});
}

void apply(State& state, const RelationshipEnded& body, const ledger::RecordView& record) {
  state.relationship_ends[body.party] = {record.effective_at, record.seq};
}

}  // namespace engine::retention
