#include <algorithm>
#include <array>

#include "core/cbor.h"
#include "core/ed25519.h"
#include "engine/governance/decide.h"
#include "ledger/note.h"

namespace engine::governance {
namespace {

constexpr std::string_view kPersonKeyContext = "tallystick/person-key/v1";
constexpr std::string_view kOfficerContext = "tallystick/officer/v1";
constexpr std::size_t kOfficersMin = 2;

core::Bytes message(std::string_view context, std::string_view origin, const core::PartyId& person,
                    const core::Bytes& key) {
  core::Bytes out;
  core::cbor::Encoder encoder(out);
  encoder.array(4);
  encoder.text(context);
  encoder.text(origin);
  encoder.bytes(person.bytes);
  encoder.bytes(key);
  return out;
}

bool is_signed(const core::PublicKey& key, core::ByteView message, const core::Bytes& signature) {
  core::Signature bytes;
  if (signature.size() != bytes.bytes.size()) return false;
  std::ranges::copy(signature, bytes.bytes.begin());
  return core::verify_signature(key, message, bytes);
}

// The person has the key, and nobody had it before.
core::Result<> check_key(const Context& context, const core::PartyId& person,
                         const core::Bytes& key, const core::Bytes& possession) {
  core::PublicKey public_key;
  if (key.size() != public_key.bytes.size()) {
    return core::invalid("person_key", "key", "An Ed25519 public key has 32 bytes.");
  }
  std::ranges::copy(key, public_key.bytes.begin());
  const Governance& governance = context.state.governance;
  if (governance.key_holders.contains(key)) {
    return core::conflict("key_used", "key", "This key is, or was, a person's: make a new one.");
  }
  const std::string& origin = context.state.genesis.origin;
  if (is_signed(public_key, person_key_message(origin, person, key), possession)) {
    return core::ok();
  }
  return core::invalid("key_possession", "possession",
                       "The key itself must sign that it is this person's in this book.");
}

bool has_key(const Governance& governance, const core::PartyId& person) {
  const auto found = governance.people.find(person);
  return found != governance.people.end() && !found->second.keys.empty();
}

// A person who has a key agrees to another one with it, or somebody else could sign for him.
core::Result<> check_consent(const Context& context, const RegisterPersonKey& command) {
  const Governance& governance = context.state.governance;
  if (!has_key(governance, command.person)) return core::ok();
  const core::Bytes message =
      person_key_message(context.state.genesis.origin, command.person, command.key);
  for (const core::Bytes& own : governance.people.at(command.person).keys) {
    core::PublicKey key;
    std::ranges::copy(own, key.bytes.begin());
    if (command.consent && is_signed(key, message, *command.consent)) return core::ok();
  }
  return core::conflict("key_consent", "consent",
                        "This person has a key, so he must agree with it to another one; if it is "
                        "lost, revoke it first.");
}

core::Result<KeyWarrant> warrant_of(const Context& context, const EnrolOfficer& command) {
  const ledger::Genesis& genesis = context.state.genesis;
  if (command.root_signature) {
    TRY(const auto root, ledger::parse_verifier_key(genesis.root_key));
    const auto signed_by_root = officer_message(genesis.origin, command.person, command.key);
    if (is_signed(root.key, signed_by_root, *command.root_signature)) return KeyWarrant::RootKey;
    return core::invalid("officer_authority", "root_signature",
                         "This is not the root key's signature for this person and key.");
  }
  // Only to begin with: later it would be a key that nobody can revoke.
  const Governance& governance = context.state.governance;
  const bool begins = !governance.signatures_required && !has_key(governance, command.person);
  for (const std::string& officer : genesis.officers) {
    TRY(const auto key, ledger::parse_verifier_key(officer));
    const bool is_named = std::ranges::equal(key.key.bytes, command.key);
    if (is_named && begins) return KeyWarrant::GenesisOfficer;
    if (is_named) {
      return core::conflict("officer_authority", "key",
                            "An officer of the first record enrols once, with a person's first key "
                            "and before signatures are required; later the root key must sign.");
    }
  }
  return core::invalid("officer_authority", "key",
                       "The book's first record names no officer with this key; the root key must "
                       "sign for it.");
}

void add_key(const PersonKeyRegistered& body, Effects& effects) {
  effects.add(body, {}, {body.person.bytes});
}

// What is left must be able to approve: once signatures are required nobody else could mend it.
core::Result<> check_officers_left(const std::map<core::PartyId, Person>& left) {
  if (officers_with_keys(left) >= kOfficersMin) return core::ok();
  return core::conflict("last_officers", "person",
                        "Two officers with keys must be left: enrol or appoint another one first.");
}

// Once two officers can sign, signatures are required for good.
void note_signers(Governance& governance) {
  if (governance.signatures_required || officers_with_keys(governance.people) < kOfficersMin)
    return;
  governance.signatures_required = true;
  for (const auto& [id, made] : governance.proposals) governance.unsigned_proposals.insert(id);
}

}  // namespace

core::Bytes person_key_message(std::string_view origin, const core::PartyId& person,
                               const core::Bytes& key) {
  return message(kPersonKeyContext, origin, person, key);
}

core::Bytes officer_message(std::string_view origin, const core::PartyId& person,
                            const core::Bytes& key) {
  return message(kOfficerContext, origin, person, key);
}

core::Result<> check_officers(const State& state) {
  if (state.governance.signatures_required) return core::ok();
  return core::conflict(
      "officers_first", "",
      "Keys, roles and rules are changed by two officers who sign: enrol both that "
      "the book's first record names.");
}

Drafts decide(const Context& context, const EnrolOfficer& command) {
  TRY(check_key(context, command.person, command.key, command.possession));
  TRY(const KeyWarrant warrant, warrant_of(context, command));
  Effects effects(context.effective_at);
  add_key({command.person, command.key, warrant}, effects);
  if (!has_any_role(context.state.governance, command.person, {Role::Officer})) {
    effects.add(RoleGranted{command.person, Role::Officer}, {}, {command.person.bytes});
  }
  return effects.take();
}

Drafts decide(const Context& context, const RegisterPersonKey& command) {
  TRY(check_officers(context.state));
  TRY(check_key(context, command.person, command.key, command.possession));
  TRY(check_consent(context, command));
  Effects effects(context.effective_at);
  add_key({command.person, command.key, KeyWarrant::TwoPeople}, effects);
  return effects.take();
}

Drafts decide(const Context& context, const RevokePersonKey& command) {
  TRY(check_officers(context.state));
  const Governance& governance = context.state.governance;
  if (holder_of(governance, command.key) != command.person) {
    return core::not_found("unknown_person_key", "key", "This person has no such key that counts.");
  }
  auto left = governance.people;
  left.at(command.person).keys.erase(command.key);
  TRY(check_officers_left(left));
  Effects effects(context.effective_at);
  effects.add(PersonKeyRevoked{command.person, command.key}, {}, {command.person.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const GrantRole& command) {
  TRY(check_officers(context.state));
  if (has_any_role(context.state.governance, command.person, {command.role})) {
    return core::conflict("exists", "role", "This person has the role already.");
  }
  Effects effects(context.effective_at);
  effects.add(RoleGranted{command.person, command.role}, {}, {command.person.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const RevokeRole& command) {
  TRY(check_officers(context.state));
  const Governance& governance = context.state.governance;
  if (!has_any_role(governance, command.person, {command.role})) {
    return core::not_found("unknown_role", "role", "This person does not have the role.");
  }
  auto left = governance.people;
  left.at(command.person).roles.erase(command.role);
  TRY(check_officers_left(left));
  Effects effects(context.effective_at);
  effects.add(RoleRevoked{command.person, command.role}, {}, {command.person.bytes});
  return effects.take();
}

void apply(State& state, const PersonKeyRegistered& body, const ledger::RecordView&) {
  state.governance.people[body.person].keys.insert(body.key);
  state.governance.key_holders[body.key] = body.person;
  note_signers(state.governance);
}

void apply(State& state, const PersonKeyRevoked& body, const ledger::RecordView&) {
  state.governance.people.at(body.person).keys.erase(body.key);
}

void apply(State& state, const RoleGranted& body, const ledger::RecordView&) {
  state.governance.people[body.person].roles.insert(body.role);
  note_signers(state.governance);
}

void apply(State& state, const RoleRevoked& body, const ledger::RecordView&) {
  state.governance.people.at(body.person).roles.erase(body.role);
}

}  // namespace engine::governance
