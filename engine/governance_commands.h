#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/governance_choices.h"

// Commands about people, what they may approve, and what they propose. Source:
// docs/formats/governance.md.
namespace engine {

using ProposalId = core::Id<struct ProposalTag>;

// A person shows that he holds the key of an officer whom the genesis names, or one that the
// offline root key signed for, and becomes an officer with it.
struct EnrolOfficer {
  static constexpr std::string_view kType = "enrol_officer";

  core::PartyId person;
  core::Bytes key;                            // Ed25519 public key.
  core::Bytes possession;                     // By the key, over person_key_message().
  std::optional<core::Bytes> root_signature;  // By the root key, over officer_message().

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "person", self.person);
    field(2, "key", self.key);
    field(3, "possession", self.possession);
    field(4, "root_signature", self.root_signature);
  }
};

// Gives a person a key to sign with. Needs an approver, an officer.
struct RegisterPersonKey {
  static constexpr std::string_view kType = "register_person_key";

  core::PartyId person;
  core::Bytes key;
  core::Bytes possession;
  // Of a person who has a key: by one of his, over the same message. So nobody gets a key without
  // knowing.
  std::optional<core::Bytes> consent;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "person", self.person);
    field(2, "key", self.key);
    field(3, "possession", self.possession);
    field(4, "consent", self.consent);
  }
};

// What the key signs from here on does not count. Needs an approver, an officer.
struct RevokePersonKey {
  static constexpr std::string_view kType = "revoke_person_key";

  core::PartyId person;
  core::Bytes key;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "person", self.person);
    field(2, "key", self.key);
  }
};

// Needs an approver, an officer.
struct GrantRole {
  static constexpr std::string_view kType = "grant_role";

  core::PartyId person;
  Role role = Role::Operations;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "person", self.person);
    field(2, "role", self.role);
  }
};

// Needs an approver, an officer.
struct RevokeRole {
  static constexpr std::string_view kType = "revoke_role";

  core::PartyId person;
  Role role = Role::Operations;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "person", self.person);
    field(2, "role", self.role);
  }
};

// Which commands of a type need an approver, and of which roles, from here on. Replaces the rule
// that stood for the type. Needs an approver, an officer.
struct SetApprovalRule {
  static constexpr std::string_view kType = "set_approval_rule";

  std::string command_type;
  bool required = false;    // Cannot be false for a type that always needs one.
  std::vector<Role> roles;  // Empty: officer or compliance.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "command_type", self.command_type);
    field(2, "required", self.required);
    field(3, "roles", self.roles);
  }
};

// Asks that another person approve a command, and says what it would come to now.
struct Propose {
  static constexpr std::string_view kType = "propose";

  ProposalId proposal;
  core::Instant valid_until;
  std::string command;  // Type of the command that is proposed.
  core::Bytes bytes;    // Its command bytes (dispatch::CommandBytes).

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "proposal", self.proposal);
    field(2, "valid_until", self.valid_until);
    field(3, "command", self.command);
    field(4, "bytes", self.bytes);
  }
};

// Does what was proposed, if it still comes to the same. By another person than who proposed it.
struct ApproveProposal {
  static constexpr std::string_view kType = "approve_proposal";

  ProposalId proposal;
  core::Hash command_digest;  // Of the command that is proposed: what was looked at,
  core::Hash outcome_digest;  // and what it came to.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "proposal", self.proposal);
    field(2, "command_digest", self.command_digest);
    field(3, "outcome_digest", self.outcome_digest);
  }
};

// Ends a proposal without doing it; who made it withdraws it.
struct RefuseProposal {
  static constexpr std::string_view kType = "refuse_proposal";

  ProposalId proposal;
  RefusalReason reason = RefusalReason::Other;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "proposal", self.proposal);
    field(2, "reason", self.reason);
  }
};

}  // namespace engine
