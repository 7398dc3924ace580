#pragma once

#include <string>
#include <string_view>

#include "core/ed25519.h"
#include "ledger/key_history.h"
#include "tests/support/drafts.h"

// Statements about the keys of a log, signed as they should be.
namespace tests {

inline const std::string kKeysOrigin = "books.example/alpha";

inline ledger::NoteSigner key_of(std::string_view seed, const std::string& name = kKeysOrigin) {
  const auto key = core::SigningKey::from_seed(core::sha256(core::as_bytes(seed)).bytes);
  return ledger::NoteSigner::create(name, key).value();
}
inline ledger::NoteSigner root_of_keys() { return key_of("root", kKeysOrigin + "-root"); }

inline core::Bytes public_bytes(const ledger::NoteSigner& signer) {
  const auto& bytes = signer.verifier_key().key.bytes;
  return {bytes.begin(), bytes.end()};
}
inline core::Bytes signature_of(const ledger::NoteSigner& signer, core::ByteView message) {
  const auto signature = signer.sign_bytes(message).value();
  return {signature.bytes.begin(), signature.bytes.end()};
}

inline ledger::Genesis genesis_with_keys(std::string_view log = "log 1") {
  ledger::Genesis genesis = genesis_of(kKeysOrigin);
  genesis.log_key = public_bytes(key_of(log));
  genesis.root_key = to_string(root_of_keys().verifier_key());
  return genesis;
}

inline ledger::LogKeyRotated rotation_of(
    std::string_view from, std::string_view to, std::uint64_t after_size,
    ledger::KeyAuthority authority = ledger::KeyAuthority::LogKey) {
  ledger::LogKeyRotated body;
  body.old_key = public_bytes(key_of(from));
  body.new_key = public_bytes(key_of(to));
  body.after_size = after_size;
  body.authority = authority;
  body.possession = signature_of(key_of(to), possession_message(kKeysOrigin, body));
  const auto signer = authority == ledger::KeyAuthority::LogKey ? key_of(from) : root_of_keys();
  body.authority_signature = signature_of(signer, rotation_message(kKeysOrigin, body));
  return body;
}

inline ledger::LogKeyCompromised compromise_of(
    std::string_view key, std::uint64_t from_size, std::string_view standing,
    ledger::KeyAuthority authority = ledger::KeyAuthority::LogKey) {
  ledger::LogKeyCompromised body;
  body.key = public_bytes(key_of(key));
  body.from_size = from_size;
  body.standing_key = public_bytes(key_of(standing));
  body.authority = authority;
  const auto signer = authority == ledger::KeyAuthority::LogKey ? key_of(standing) : root_of_keys();
  body.authority_signature = signature_of(signer, compromise_message(kKeysOrigin, body));
  return body;
}

template <class Body>
core::Result<> follow_body(ledger::KeyHistory& history, const Body& body, std::uint64_t seq,
                           std::uint64_t kind = Body::kKind) {
  const core::Bytes bytes = core::to_cbor(body);
  ledger::RecordView record;
  record.seq = seq;
  record.kind = kind;
  record.version = 1;
  record.body = bytes;
  return follow(history, record);
}

inline ledger::KeyHistory begun_history() {
  ledger::KeyHistory history;
  const core::Bytes body = core::to_cbor(genesis_with_keys());
  ledger::RecordView record;
  record.kind = ledger::kGenesis;
  record.version = 1;
  record.body = body;
  CHECK(follow(history, record).has_value());
  return history;
}

}  // namespace tests
