#include "engine/gate/mandates.h"

#include <algorithm>

#include "engine/lookup.h"

namespace engine::gate {
namespace {

bool was_over(const HeldMandate& mandate, core::Date day) {
  if (mandate.revoked_at && core::utc_date(*mandate.revoked_at) < day) return true;
  return mandate.terms && mandate.terms->expires && *mandate.terms->expires < day;
}

// Null: the mandate that counts says nothing that is asked for later.
const MandateEnds* find_ends(const State& state, const core::StructureId& structure,
                             const core::PartyId& client) {
  const auto clients = state.gate->mandate_ends.find(structure);
  if (clients == state.gate->mandate_ends.end()) return nullptr;
  const auto ends = clients->second.find(client);
  return ends == clients->second.end() ? nullptr : &ends->second;
}

}  // namespace

void keep_mandate(GateBook& book, HeldMandate mandate) {
  book.mandates_of[mandate.structure][mandate.client].push_back(book.mandates.size());
  book.mandates.push_back(std::move(mandate));
}

std::span<const std::uint64_t> mandates_of(const GateBook& book, const core::StructureId& structure,
                                           const core::PartyId& client) {
  const auto clients = book.mandates_of.find(structure);
  if (clients == book.mandates_of.end()) return {};
  const auto all = clients->second.find(client);
  if (all == clients->second.end()) return {};
  return all->second;
}

const HeldMandate* newest_mandate(const GateBook& book, const core::StructureId& structure,
                                  const core::PartyId& client) {
  const auto all = mandates_of(book, structure, client);
  return all.empty() ? nullptr : &book.mandates[all.back()];
}

core::Result<core::DecisionId> decision_of_mandate(const State& state,
                                                   const core::StructureId& structure,
                                                   const core::PartyId& client) {
  const auto& mandates = state.structures.at(structure).mandates;
  if (const auto active = mandates.find(client); active != mandates.end()) return active->second;
  const HeldMandate* last = newest_mandate(*state.gate, structure, client);
  if (last != nullptr && last->decision) return *last->decision;
  return core::conflict("no_mandate", "client",
                        "The client never accepted a mandate of this structure.");
}

MandateEnds ends_of(const State& state, const core::StructureId& structure,
                    const core::PartyId& client) {
  const MandateEnds* ends = find_ends(state, structure, client);
  return ends == nullptr ? MandateEnds{} : *ends;
}

std::optional<core::Date> last_day_of_mandate(const State& state,
                                              const core::StructureId& structure,
                                              const core::PartyId& client) {
  const MandateEnds* ends = find_ends(state, structure, client);
  if (ends != nullptr && ends->mandate) return ends->mandate;
  const HeldMandate* last = newest_mandate(*state.gate, structure, client);
  if (last == nullptr || !last->revoked_at) return std::nullopt;
  const core::Date revoked_on = core::utc_date(*last->revoked_at);
  return last->terms && last->terms->expires ? std::min(*last->terms->expires, revoked_on)
                                             : revoked_on;
}

std::optional<std::uint64_t> agreed_leverage(const State& state, const core::StructureId& structure,
                                             const core::PartyId& client) {
  const MandateEnds* ends = find_ends(state, structure, client);
  return ends == nullptr ? std::nullopt : ends->leverage_max;
}

std::optional<core::Date> day_of_new_mandate(const State& state, const core::StructureId& structure,
                                             const core::PartyId& client) {
  std::optional<core::Date> since;
  const HeldMandate* before = nullptr;
  for (const std::uint64_t index : mandates_of(*state.gate, structure, client)) {
    const HeldMandate& mandate = state.gate->mandates[index];
    const core::Date day = core::utc_date(mandate.accepted_at);
    if (before != nullptr && was_over(*before, day)) since = day;
    before = &mandate;
  }
  return since;
}

std::span<const MandateGap> mandate_gaps(const State& state, const core::StructureId& structure,
                                         const core::PartyId& client) {
  const auto clients = state.gate->mandate_gaps.find(structure);
  if (clients == state.gate->mandate_gaps.end()) return {};
  const auto gaps = clients->second.find(client);
  if (gaps == clients->second.end()) return {};
  return gaps->second;
}

bool mandate_is_over(const State& state, const core::StructureId& structure,
                     const core::PartyId& client, core::Date day) {
  const auto last = last_day_of_mandate(state, structure, client);
  return last && *last < day;
}

core::Result<> require_active_mandate(const Context& context, const core::StructureId& structure,
                                      const core::PartyId& client) {
  TRY(require_mandate(context.state.structures.at(structure), client));
  if (!mandate_is_over(context.state, structure, client, core::utc_date(context.now))) {
    return core::ok();
  }
  return core::conflict("mandate_over", "client",
                        "The mandate's last day is past; the client accepts another first.");
}

}  // namespace engine::gate
