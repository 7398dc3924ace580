#include "engine/access/decide.h"

#include <algorithm>

#include "core/sha256.h"
#include "engine/effects.h"

namespace engine::access {
namespace {

ledger::SubjectId id_of(std::string_view name) {
  const core::Hash hash = core::sha256(core::as_bytes(name));
  ledger::SubjectId id{};
  std::copy_n(hash.bytes.begin(), id.size(), id.begin());
  return id;
}

}  // namespace

ledger::SubjectId bulk_subject() { return id_of("tallystick/access/bulk"); }
core::PartyId local_actor() { return {id_of("tallystick/access/local")}; }

Drafts decide(const Context& context, const RecordRead& command) {
  if (!context.state.genesis.origin.ends_with(kAccessSuffix)) {
    return core::conflict("not_access_log", "", "Readings are recorded in a log of reads alone.");
  }
  Subjects subjects;
  for (const core::PartyId& shown : command.shown) subjects.push_back(shown.bytes);
  if (command.reading.bulk) subjects.push_back(bulk_subject());
  if (subjects.size() > kShownMax) {
    return core::invalid("too_long", "shown", "A reading names at most 16 subjects.");
  }
  Effects effects(context.effective_at);
  effects.add(ReadRecorded{command.reading}, {}, std::move(subjects));
  return effects.take();
}

Drafts decide(const Context& context, const AnchorAccess& command) {
  const std::string own = context.state.genesis.origin + std::string(kAccessSuffix);
  if (command.origin != own || command.size == 0) {
    return core::invalid("access_anchor", "origin",
                         "An anchor is of this book's own log of reads.");
  }
  Effects effects(context.effective_at);
  effects.add(AccessAnchored{command.origin, command.size, command.root, command.note_digest}, {},
              {});
  return effects.take();
}

}  // namespace engine::access
