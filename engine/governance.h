#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/codec_containers.h"
#include "core/time.h"
#include "engine/governance_records.h"

// Who may ask for what, as the records tell. Part of the state (engine/state.h).
namespace engine {

struct Person {
  std::set<Role> roles;
  std::set<core::Bytes> keys;  // Ed25519 public keys that count now.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "roles", self.roles);
    field(2, "keys", self.keys);
  }
};

struct Governance {
  std::map<core::PartyId, Person> people;
  // Whose each key is, those that were revoked too: a key is never anybody else's.
  std::map<core::Bytes, core::PartyId> key_holders;
  std::map<std::string, ApprovalRuleSet> rules;  // By command type.
  std::map<ProposalId, ProposalMade> proposals;  // Open ones.
  // From when two officers had keys: since then the second person's word is not taken for it.
  bool signatures_required = false;
  std::set<ProposalId> unsigned_proposals;  // Of the open ones: made before that.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "people", self.people);
    field(2, "key_holders", self.key_holders);
    field(3, "rules", self.rules);
    field(4, "proposals", self.proposals);
    field(5, "signatures_required", self.signatures_required);
    field(6, "unsigned_proposals", self.unsigned_proposals);
  }
};

// The person whose key counts now; nobody's or a revoked key is empty.
std::optional<core::PartyId> holder_of(const Governance& governance, const core::Bytes& key);
bool has_any_role(const Governance& governance, const core::PartyId& person,
                  const std::vector<Role>& roles);
// People who are officers and have a key that counts.
std::size_t officers_with_keys(const std::map<core::PartyId, Person>& people);

}  // namespace engine
