#pragma once

#include <optional>
#include <span>

#include "engine/context.h"
#include "engine/gate_state.h"

// What mandates say that counts later: a last day, the leverage. Source: registers ruling 5;
// docs/accounting.md, "Mandates".
namespace engine::gate {

// Keeps a mandate that was accepted, as the newest of its client in its structure.
void keep_mandate(GateBook& book, HeldMandate mandate);

// The mandates of a client in a structure, oldest first: indexes into GateBook::mandates.
std::span<const std::uint64_t> mandates_of(const GateBook& book, const core::StructureId& structure,
                                           const core::PartyId& client);

// The newest of them; null if he never accepted one, as a manager of his own.
const HeldMandate* newest_mandate(const GateBook& book, const core::StructureId& structure,
                                  const core::PartyId& client);

// The decision that was in force when the client accepted his newest mandate, also one that he
// revoked: what was earned under it is charged later.
//
// Errors: Conflict/no_mandate.
core::Result<core::DecisionId> decision_of_mandate(const State& state,
                                                   const core::StructureId& structure,
                                                   const core::PartyId& client);

// The last day of a client's mandate in a structure, of one that he revoked the day on which he
// did; absent if it has none. Days are UTC's.
std::optional<core::Date> last_day_of_mandate(const State& state,
                                              const core::StructureId& structure,
                                              const core::PartyId& client);

// What a client's mandate in a structure says that counts later; nothing if it says nothing.
MandateEnds ends_of(const State& state, const core::StructureId& structure,
                    const core::PartyId& client);

// How often a client's equity may stand in open positions, by what he agreed; absent: nothing was.
std::optional<std::uint64_t> agreed_leverage(const State& state, const core::StructureId& structure,
                                             const core::PartyId& client);

// The day on which the client signed again after a time without a mandate in the structure: the
// newest one that he held since without a break. Absent if there was no such time. Days are UTC's.
std::optional<core::Date> day_of_new_mandate(const State& state, const core::StructureId& structure,
                                             const core::PartyId& client);

// The times between two mandates of the client in a structure, oldest first. Days are UTC's.
std::span<const MandateGap> mandate_gaps(const State& state, const core::StructureId& structure,
                                         const core::PartyId& client);

// Whether it is over on a day. Days are UTC's.
bool mandate_is_over(const State& state, const core::StructureId& structure,
                     const core::PartyId& client, core::Date day);

// As require_mandate() of engine/lookup.h, and that it is not over by now.
// Errors: Conflict/no_mandate, mandate_over.
core::Result<> require_active_mandate(const Context& context, const core::StructureId& structure,
                                      const core::PartyId& client);

}  // namespace engine::gate
