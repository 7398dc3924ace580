#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/governance_choices.h"
#include "engine/governance_commands.h"

// What governance records. Source: docs/formats/governance.md.
namespace engine {

struct PersonKeyRegistered {
  static constexpr std::uint64_t kKind = 64;
  static constexpr std::string_view kName = "person_key_registered";

  core::PartyId person;
  core::Bytes key;  // Ed25519 public key.
  KeyWarrant warrant = KeyWarrant::TwoPeople;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "person", self.person);
    field(2, "key", self.key);
    field(3, "warrant", self.warrant);
  }
};

struct PersonKeyRevoked {
  static constexpr std::uint64_t kKind = 65;
  static constexpr std::string_view kName = "person_key_revoked";

  core::PartyId person;
  core::Bytes key;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "person", self.person);
    field(2, "key", self.key);
  }
};

struct RoleGranted {
  static constexpr std::uint64_t kKind = 66;
  static constexpr std::string_view kName = "role_granted";

  core::PartyId person;
  Role role = Role::Operations;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "person", self.person);
    field(2, "role", self.role);
  }
};

struct RoleRevoked {
  static constexpr std::uint64_t kKind = 67;
  static constexpr std::string_view kName = "role_revoked";

  core::PartyId person;
  Role role = Role::Operations;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "person", self.person);
    field(2, "role", self.role);
  }
};

struct ApprovalRuleSet {
  static constexpr std::uint64_t kKind = 68;
  static constexpr std::string_view kName = "approval_rule_set";

  std::string command_type;
  bool required = false;
  std::vector<Role> roles;  // Any of them may approve. Never empty.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "command_type", self.command_type);
    field(2, "required", self.required);
    field(3, "roles", self.roles);
  }
};

struct ProposalMade {
  static constexpr std::uint64_t kKind = 69;
  static constexpr std::string_view kName = "proposal_made";

  ProposalId proposal;
  core::PartyId proposer;
  std::string command;  // Type of the command that is proposed.
  core::Bytes bytes;    // Its command bytes.
  core::Hash command_digest;
  core::Hash outcome_digest;  // Of what it came to when it was proposed.
  core::Instant valid_until;  // It expires then.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "proposal", self.proposal);
    field(2, "proposer", self.proposer);
    field(3, "command", self.command);
    field(4, "bytes", self.bytes);
    field(5, "command_digest", self.command_digest);
    field(6, "outcome_digest", self.outcome_digest);
    field(7, "valid_until", self.valid_until);
  }
};

// The effects of the command follow in the same batch.
struct ProposalApproved {
  static constexpr std::uint64_t kKind = 70;
  static constexpr std::string_view kName = "proposal_approved";

  ProposalId proposal;
  core::PartyId proposer;
  core::PartyId approver;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "proposal", self.proposal);
    field(2, "proposer", self.proposer);
    field(3, "approver", self.approver);
  }
};

struct ProposalRefused {
  static constexpr std::uint64_t kKind = 71;
  static constexpr std::string_view kName = "proposal_refused";

  ProposalId proposal;
  core::PartyId by;
  RefusalReason reason = RefusalReason::Other;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "proposal", self.proposal);
    field(2, "by", self.by);
    field(3, "reason", self.reason);
  }
};

struct ProposalExpired {
  static constexpr std::uint64_t kKind = 72;
  static constexpr std::string_view kName = "proposal_expired";

  ProposalId proposal;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "proposal", self.proposal);
  }
};

}  // namespace engine
