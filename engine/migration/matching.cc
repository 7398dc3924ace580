#include "core/iso4217.h"
#include "engine/effects.h"
#include "engine/lookup.h"
#include "engine/migration/decide.h"
#include "engine/money.h"

namespace engine::migration {
namespace {

// The pool and the asserted mark.
struct Asserted {
  const Structure* structure = nullptr;
  core::Minor mark = 0;
};

core::Result<Asserted> find_asserted(const Context& context, const core::StructureId& pool,
                                     const core::PartyId& client) {
  TRY(const Structure* structure, find_structure(context, pool, Model::Pamm));
  if (structure->asserted.contains(client) && structure->migration) {
    const Migration& migration = context.state.migrations.at(*structure->migration);
    return Asserted{structure, migration.marks.at(client)};
  }
  return core::conflict("not_asserted", "client", "No mark of his waits to be matched here.");
}

}  // namespace

Drafts decide(const Context& context, const MatchImport& command) {
  TRY(const auto asserted, find_asserted(context, command.structure, command.client));
  const std::string& currency = asserted.structure->currency;
  TRY(const auto mark, signed_money(command.mark, currency, "mark"));
  if (mark != asserted.mark) {
    return core::conflict("mark_differs", "mark",
                          "A mark of " +
                              core::print_fixed(asserted.mark, *core::currency_scale(currency)) +
                              " was taken over; find out which is right.");
  }
  Effects effects(context.effective_at);
  effects.add(ImportMatched{command}, {}, {command.client.bytes, command.structure.bytes})
      .documents = {command.source.document};
  return effects.take();
}

Drafts decide(const Context& context, const AcceptImport& command) {
  TRY(find_asserted(context, command.structure, command.client));
  Effects effects(context.effective_at);
  effects.add(ImportAccepted{command}, {}, {command.client.bytes, command.structure.bytes})
      .documents = {command.document};
  return effects.take();
}

void apply(State& state, const ImportMatched& body, const ledger::RecordView&) {
  state.structures.at(body.match.structure).asserted.erase(body.match.client);
}

void apply(State& state, const ImportAccepted& body, const ledger::RecordView&) {
  state.structures.at(body.acceptance.structure).asserted.erase(body.acceptance.client);
}

}  // namespace engine::migration
