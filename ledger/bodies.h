#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"

// The record kinds the ledger itself understands. Kinds 0 to 15 are the ledger's; an application's
// start at kFirstApplicationKind. Source: docs/formats/record.md, "Kinds".
namespace ledger {

enum Kind : std::uint64_t {
  kGenesis = 0,
  kCommand = 1,
  kAccountsOpened = 2,
  kEvent = 3,
  kBatchEnd = 4,           // Ends a batch that was written in more than one group.
  kBatchVoid = 5,          // Names records that never took effect.
  kLogKeyRotated = 6,      // Another key signs from here on.
  kLogKeyCompromised = 7,  // From which size on a key's signatures are not to be trusted.
  kIndexRoot = 8,          // Commits to all subjects' records up to a size.
};
inline constexpr std::uint64_t kFirstApplicationKind = 16;

// Record 0: what the book is.
struct Genesis {
  std::string origin;
  std::string book;  // Short id for URLs.
  std::uint64_t format = 1;
  core::Bytes log_key;
  std::string root_key;               // vkey text of the offline root key.
  std::string profile;                // Jurisdiction profile.
  std::string time_zone;              // IANA name.
  std::vector<std::string> officers;  // vkey texts of the first two officers.
  core::Hash commodity_table;
  std::uint64_t semantics = 1;
  std::optional<std::string> simulated_seed;  // Present in simulated books only.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "origin", self.origin);
    field(2, "book", self.book);
    field(3, "format", self.format);
    field(4, "log_key", self.log_key);
    field(5, "root_key", self.root_key);
    field(6, "profile", self.profile);
    field(7, "time_zone", self.time_zone);
    field(8, "officers", self.officers);
    field(9, "commodity_table", self.commodity_table);
    field(10, "semantics", self.semantics);
    field(11, "simulated_seed", self.simulated_seed);
  }
};

// Scheme 1 = Ed25519 over the command envelope; 2 = WebAuthn, whose context is authenticatorData and
// clientDataJSON.
struct CommandSignature {
  std::uint64_t scheme = 0;
  core::Bytes key_id;
  core::Bytes signature;
  std::optional<core::Bytes> context;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "scheme", self.scheme);
    field(2, "key_id", self.key_id);
    field(3, "signature", self.signature);
    field(4, "context", self.context);
  }
};

enum class Authentication { AssertedLocal, Token, Asserted, Signature };

// Index 0 of every batch but the genesis: who asked for what, and under which rules it was decided.
struct CommandBody {
  std::string type;
  core::Bytes command;  // Deterministic CBOR of the typed command, ids resolved.
  std::string client_id;
  std::string request_id;
  core::PartyId actor;
  Authentication actor_authentication = Authentication::AssertedLocal;
  std::optional<core::PartyId> approver;
  std::optional<Authentication> approver_authentication;
  std::vector<CommandSignature> signatures;
  std::optional<core::Instant> valid_until;
  std::optional<core::Hash> outcome_digest;
  std::vector<core::Hash> rule_packs;
  std::uint64_t semantics = 1;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "type", self.type);
    field(2, "command", self.command);
    field(3, "client_id", self.client_id);
    field(4, "request_id", self.request_id);
    field(5, "actor", self.actor);
    field(6, "actor_authentication", self.actor_authentication);
    field(7, "approver", self.approver);
    field(8, "approver_authentication", self.approver_authentication);
    field(9, "signatures", self.signatures);
    field(10, "valid_until", self.valid_until);
    field(11, "outcome_digest", self.outcome_digest);
    field(12, "rule_packs", self.rule_packs);
    field(13, "semantics", self.semantics);
  }
};

// Commits to how many records each subject has among the first `size`, and to its last one: who knows
// this record can tell whether he was shown all of a subject's records. Source:
// docs/formats/completeness.md.
struct IndexRoot {
  std::uint64_t size = 0;
  std::uint64_t subjects = 0;  // Entries in the table.
  core::Hash root;             // Of the RFC 6962 tree over them.
  core::Bytes salt;            // The book's: that of record 0. It hides the ids in the table.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "size", self.size);
    field(2, "subjects", self.subjects);
    field(3, "root", self.root);
    field(4, "salt", self.salt);
  }
};
// An index root is for a size at most so many records before its command, so that a verifier who reads
// the log once need not look back further.
inline constexpr std::uint64_t kIndexRootBehindMax = std::uint64_t{1} << 20;

// What identifies a command, read without taking its body apart; views into the body.
struct CommandKey {
  std::string_view type;
  core::ByteView command;
  std::string_view client_id;
  std::string_view request_id;
};

// Errors: InvalidInput/cbor, missing_field.
core::Result<CommandKey> read_command_key(core::ByteView body);

// Laws are named by side, because debit is positive: "never negative" would mean the wrong thing for
// a liability. Source: docs/accounting.md, "Laws".
enum class LawKind { NeverDebit, NeverCredit, GroupNeverDebit, ZeroAt };

struct Law {
  LawKind law = LawKind::NeverDebit;
  std::optional<std::string> prefix;  // GroupNeverDebit: the group's accounts.
  std::optional<std::string> event;   // ZeroAt, GroupNeverDebit: when it must hold.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "law", self.law);
    field(2, "prefix", self.prefix);
    field(3, "event", self.event);
  }
};

struct AccountOpening {
  std::string path;
  std::vector<Law> laws;
  std::optional<core::Id<struct ScopeTag>> scope;  // Whose events its laws listen to.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "path", self.path);
    field(2, "laws", self.laws);
    field(3, "scope", self.scope);
  }
};

struct AccountsOpened {
  std::vector<AccountOpening> accounts;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "accounts", self.accounts);
  }
};

// Something happened at whose end the laws that name it must hold: "rollover", "valuation".
struct Event {
  std::string name;
  core::Id<struct ScopeTag> scope;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "name", self.name);
    field(2, "scope", self.scope);
  }
};

// The last record of a very large batch: only with it does the batch take effect.
struct BatchEnded {
  std::uint64_t records = 0;  // Of the batch before this one, the command record included.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "records", self.records);
  }
};

// A very large batch was broken off by a crash: these records never took effect.
struct BatchVoided {
  std::uint64_t first_seq = 0;
  std::uint64_t last_seq = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "first_seq", self.first_seq);
    field(2, "last_seq", self.last_seq);
  }
};

// Who says that one key follows another, or that one is compromised: the log key that signs then, or
// the offline root key that the genesis names.
enum class KeyAuthority { LogKey, RootKey };

// Checkpoints that cover this record are signed by the new key. Source: docs/formats/keys.md.
struct LogKeyRotated {
  static constexpr std::uint64_t kKind = kLogKeyRotated;
  static constexpr std::string_view kName = "log_key_rotated";

  core::Bytes old_key;  // Ed25519 public keys; their name is the origin.
  core::Bytes new_key;
  std::uint64_t after_size = 0;  // The log had at least so many records when it was agreed on.
  core::Bytes possession;        // By the new key, over possession_message().
  KeyAuthority authority = KeyAuthority::LogKey;
  core::Bytes authority_signature;  // By the old key or the root key, over rotation_message().

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "old_key", self.old_key);
    field(2, "new_key", self.new_key);
    field(3, "after_size", self.after_size);
    field(4, "possession", self.possession);
    field(5, "authority", self.authority);
    field(6, "authority_signature", self.authority_signature);
  }
};

// Signatures of a former log key on checkpoints of `from_size` records or more are not to be trusted.
struct LogKeyCompromised {
  static constexpr std::uint64_t kKind = kLogKeyCompromised;
  static constexpr std::string_view kName = "log_key_compromised";

  core::Bytes key;
  std::uint64_t from_size = 0;
  core::Bytes standing_key;  // The log key that stands.
  KeyAuthority authority = KeyAuthority::LogKey;
  core::Bytes authority_signature;  // By the standing key or the root key, over compromise_message().

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "key", self.key);
    field(2, "from_size", self.from_size);
    field(3, "standing_key", self.standing_key);
    field(4, "authority", self.authority);
    field(5, "authority_signature", self.authority_signature);
  }
};

}  // namespace ledger

template <>
struct core::EnumNames<ledger::KeyAuthority> {
  static constexpr std::array<std::string_view, 2> names = {"log_key", "root_key"};
};
template <>
struct core::EnumNames<ledger::Authentication> {
  static constexpr std::array<std::string_view, 4> names = {"asserted_local", "token", "asserted",
                                                            "signature"};
};
template <>
struct core::EnumNames<ledger::LawKind> {
  static constexpr std::array<std::string_view, 4> names = {"never_debit", "never_credit",
                                                            "group_never_debit", "zero_at"};
};
