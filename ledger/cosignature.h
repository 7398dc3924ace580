#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ed25519.h"
#include "core/result.h"
#include "ledger/note_signatures.h"

// What a witness says of a checkpoint: at this time it was consistent with all that the log had
// shown it. Source: C2SP tlog-cosignature v1.0.1, Ed25519 (type 4).
namespace ledger {

// The public key of a witness. Its own kind: it signs other bytes than a log's key does.
struct WitnessKey {
  std::string name;
  std::uint32_t id = 0;
  core::PublicKey key;
  bool operator==(const WitnessKey&) const = default;
};

// Errors: InvalidInput/note as make_verifier_key.
core::Result<WitnessKey> make_witness_key(std::string_view name, const core::PublicKey& key);
// name+20324abe+base64(0x04 || key). Errors: InvalidInput/note; also if the id is not that of both.
core::Result<WitnessKey> parse_witness_key(std::string_view vkey);
std::string to_string(const WitnessKey& key);

// Holds a private key: never print or log it.
class WitnessSigner {
 public:
  // Errors: InvalidInput/note as make_verifier_key.
  static core::Result<WitnessSigner> create(std::string_view name, const core::SigningKey& key);
  // PRIVATE+KEY+name+20324abe+base64(0x04 || seed). Errors: InvalidInput/note; never quotes the
  // text.
  static core::Result<WitnessSigner> parse(std::string_view private_key_text);
  std::string private_key_text() const;

  const WitnessKey& key() const { return key_; }
  // The signature line for a checkpoint's text, with its LF. `seconds` since 1970.
  std::string cosign(std::string_view text, std::uint64_t seconds) const;

 private:
  WitnessSigner(WitnessKey key, const core::SigningKey& secret)
      : key_(std::move(key)), secret_(secret) {}

  WitnessKey key_;
  core::SigningKey secret_;
};

struct Cosignature {
  std::size_t witness = 0;  // Its number among the known keys.
  std::uint64_t seconds = 0;
  std::string line;
};

// The cosignatures of known witnesses, the first of each, in the note's order. Others are ignored.
// Errors: Corrupt/note_signature if one of a known name and id is bad; InvalidInput/note.
core::Result<std::vector<Cosignature>> check_cosignatures(std::string_view text,
                                                          std::span<const NoteSignature> signatures,
                                                          std::span<const WitnessKey> known);

}  // namespace ledger
