#include "engine/gate/mandates.h"

#include "engine/gate_state.h"
#include "engine/lookup.h"

namespace engine::gate {

std::optional<core::Date> last_day_of_mandate(const State& state,
                                              const core::StructureId& structure,
                                              const core::PartyId& client) {
  const auto clients = state.gate->mandate_ends.find(structure);
  if (clients == state.gate->mandate_ends.end()) return std::nullopt;
  const auto ends = clients->second.find(client);
  return ends == clients->second.end() ? std::nullopt : ends->second.mandate;
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
