#include "engine/partners/places.h"

#include "engine/accounts.h"

namespace engine::partners {
namespace {

// The last entry that began by then, of a list in order of `from`.
template <class Entry>
const Entry* in_force(const std::vector<Entry>& entries, core::Instant at) {
  const Entry* found = nullptr;
  for (const Entry& entry : entries) {
    if (entry.from > at) break;
    found = &entry;
  }
  return found;
}

}  // namespace

bool is_partner(const State& state, const core::PartyId& party) {
  return state.partners.contains(party) || state.managers.contains(party);
}

core::Result<> require_partner(const State& state, const core::PartyId& party,
                               const std::string& field) {
  if (is_partner(state, party)) return core::ok();
  return core::not_found("unknown_partner", field, "Register the partner first.");
}

const Assignment* assignment_at(const State& state, const core::PartyId& partner,
                                core::Instant at) {
  const auto place = state.partner_book->places.find(partner);
  if (place == state.partner_book->places.end()) return nullptr;
  return in_force(place->second.assignments, at);
}

const ProgrammeVersion* version_at(const State& state, const ProgrammeId& programme,
                                   core::Instant at) {
  const auto found = state.partner_book->programmes.find(programme);
  if (found == state.partner_book->programmes.end()) return nullptr;
  return in_force(found->second.versions, at);
}

const ProgrammeVersion& version_of(const State& state, const ProgrammeId& programme,
                                   std::uint64_t version) {
  // Versions count from 1 on, in order.
  return state.partner_book->programmes.at(programme).versions.at(version - 1);
}

const Attribution* attribution_at(const State& state, const core::PartyId& client,
                                  core::Instant at) {
  const auto found = state.partner_book->clients.find(client);
  if (found == state.partner_book->clients.end()) return nullptr;
  return in_force(found->second, at);
}

std::vector<core::PartyId> chain_at(const State& state, const core::PartyId& partner,
                                    core::Instant at) {
  std::vector<core::PartyId> chain{partner};
  while (chain.size() < kLevelsMax) {
    const auto place = state.partner_book->places.find(chain.back());
    if (place == state.partner_book->places.end()) break;
    const ParentLink* link = in_force(place->second.parents, at);
    if (link == nullptr || !link->parent) break;
    chain.push_back(*link->parent);
  }
  return chain;
}

core::Error no_programme() {
  return core::conflict("no_programme", "partner", "He is under no programme then; assign one.");
}

core::Result<> check_reason(const std::string& reason) {
  constexpr std::size_t kBytesMax = 500;
  if (!reason.empty() && reason.size() <= kBytesMax) return core::ok();
  return core::invalid("reason", "reason", "Say why, in 1 to 500 bytes.");
}

core::Result<> check_days(core::Date from, core::Date to) {
  if (from < to) return core::ok();
  return core::invalid("period", "to", "A period ends after it begins.");
}

std::string expense_of(const State& state, const core::PartyId& partner) {
  if (state.partners.contains(partner)) return accounts::partner_expense(partner);
  return accounts::rebate_expense(partner);
}

}  // namespace engine::partners
