#include "engine/governance.h"

#include <algorithm>

namespace engine {

std::optional<core::PartyId> holder_of(const Governance& governance, const core::Bytes& key) {
  const auto holder = governance.key_holders.find(key);
  if (holder == governance.key_holders.end()) return std::nullopt;
  const auto person = governance.people.find(holder->second);
  if (person == governance.people.end() || !person->second.keys.contains(key)) return std::nullopt;
  return person->first;
}

bool has_any_role(const Governance& governance, const core::PartyId& person,
                  const std::vector<Role>& roles) {
  const auto found = governance.people.find(person);
  return found != governance.people.end() &&
         std::ranges::any_of(roles, [&](Role role) { return found->second.roles.contains(role); });
}

std::size_t officers_with_keys(const std::map<core::PartyId, Person>& people) {
  return static_cast<std::size_t>(std::ranges::count_if(people, [](const auto& person) {
    return person.second.roles.contains(Role::Officer) && !person.second.keys.empty();
  }));
}

}  // namespace engine
