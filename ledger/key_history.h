#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "ledger/bodies.h"
#include "ledger/checkpoint.h"
#include "ledger/note.h"
#include "ledger/record.h"

// Which keys have signed for a log, as its records tell: the genesis names the first, and each
// rotation is proved by signatures. Source: docs/formats/keys.md.
namespace ledger {

// A key that signs, or signed, the log's checkpoints.
struct LogKey {
  core::Bytes key;        // Ed25519 public key; its name is the origin.
  std::uint64_t seq = 0;  // Of the record that brought it in: it signs checkpoints that cover it.
  KeyAuthority authority =
      KeyAuthority::LogKey;  // Of the rotation to it; without meaning at seq 0.
  // Its signatures on checkpoints of so many records or more are not to be trusted.
  std::optional<std::uint64_t> compromised_from;
  bool operator==(const LogKey&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "key", self.key);
    field(2, "seq", self.seq);
    field(3, "authority", self.authority);
    field(4, "compromised_from", self.compromised_from);
  }
};

struct KeyHistory {
  std::string origin;
  std::string root_key;             // vkey of the offline root key.
  std::vector<LogKey> keys;         // In order; the last one signs. Empty before the genesis.
  std::vector<std::uint64_t> seqs;  // Of the records that say all this, the genesis first.
  bool operator==(const KeyHistory&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "origin", self.origin);
    field(2, "root_key", self.root_key);
    field(3, "keys", self.keys);
    field(4, "seqs", self.seqs);
  }
};

// Every record about the log's keys but the genesis names this subject, so that their running
// number shows that none was left out.
SubjectId log_key_subject();

// What is signed. Deterministic CBOR, so never the text of a note.
core::Bytes possession_message(std::string_view origin, const LogKeyRotated& body);
core::Bytes rotation_message(std::string_view origin, const LogKeyRotated& body);
core::Bytes compromise_message(std::string_view origin, const LogKeyCompromised& body);

// One of the three in words, for who is asked to sign it: its context, the log, keys and size.
// Errors: InvalidInput/key_statement if it is none of them.
core::Result<std::string> describe_key_statement(core::ByteView message);

// Whether a record at `seq` may say this of the keys before it.
// Errors: Conflict/key_not_current if another key signs than the one named as signing;
//         Conflict/key_used if the new key was used before or is the root key;
//         InvalidInput/key_statement if `after_size` is not of a time when the old key signed, or a
//         key is no Ed25519 key; InvalidInput/key_possession, key_authority if a signature is bad.
core::Result<> check_rotation(const KeyHistory& history, const LogKeyRotated& body,
                              std::uint64_t seq);
// Errors: as above; NotFound/unknown_key if the key never signed; Conflict/key_in_use if it still
//         signs: rotate first; Conflict/exists if it was declared compromised from that size or
//         before; InvalidInput/key_statement if the size is none that the log has;
//         InvalidInput/key_authority also if the standing key owes its place to the compromised one
//         at or after the size: then only the root key can say which stands.
core::Result<> check_compromise(const KeyHistory& history, const LogKeyCompromised& body,
                                std::uint64_t seq);

// Follows the log by one record; other kinds leave the history as it is.
// Errors: Corrupt/key_history if the record is not what it should be.
core::Result<> follow(KeyHistory& history, const RecordView& record);

// Errors: InvalidInput/note if the origin is no key name or the key no Ed25519 key.
core::Result<VerifierKey> verifier_key_of(const KeyHistory& history, const LogKey& key);
// Which of the keys it is, or nothing.
std::optional<std::size_t> find_log_key(const KeyHistory& history, const VerifierKey& key);

// A checkpoint that one of the log's own keys signed while it might.
struct VouchedCheckpoint {
  Checkpoint checkpoint;
  std::size_t key = 0;  // The newest of the keys that vouch for it.
};

// The checkpoint in a note, if a key signed it that was the log's at that size, or came later, and
// is not compromised there.
//
// Errors: those of open_checkpoint; Corrupt/key_retired if only keys signed that had been followed
// by
//         others before that size; Corrupt/key_compromised if the keys that count are compromised
//         there.
core::Result<VouchedCheckpoint> open_checkpoint(std::string_view note, const KeyHistory& history);

}  // namespace ledger
