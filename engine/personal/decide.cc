#include "engine/personal/decide.h"

#include <set>
#include <utility>

#include "engine/effects.h"

namespace engine::personal {

using Drafts = core::Result<std::vector<ledger::Draft>>;

Drafts decide(const Context& context, const RecordPersonalData& command) {
  if (command.commitments.empty()) {
    return core::invalid("missing_field", "commitments", "Name at least one field.");
  }
  if (command.commitments.size() > kCommitmentsMax) {
    return core::invalid("too_long", "commitments", "A record has at most 64 personal fields.");
  }
  std::set<std::pair<std::string, std::string>> seen;
  for (const PersonalCommitment& one : command.commitments) {
    if (!seen.emplace(one.kind, one.field).second) {
      return core::invalid("personal_field", one.field, "This field stands twice.");
    }
  }
  Effects effects(context.effective_at);
  effects.add(PersonalDataRecorded{command}, {}, {command.person.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const ErasePersonalData& command) {
  Effects effects(context.effective_at);
  effects.add(PersonalDataErased{command}, {}, {});
  return effects.take();
}

void apply(State&, const PersonalDataRecorded&, const ledger::RecordView&) {}
void apply(State&, const PersonalDataErased&, const ledger::RecordView&) {}

}  // namespace engine::personal
