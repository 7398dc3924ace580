#include "ledger/cosignature.h"

#include <string.h>  // explicit_bzero

#include <algorithm>
#include <array>
#include <utility>

#include "core/sha256.h"
#include "ledger/big_endian.h"
#include "ledger/note.h"

namespace ledger {
namespace {

constexpr std::uint8_t kType = 0x04;
constexpr std::size_t kTimeBytes = 8;
constexpr std::uint64_t kSecondsMax = (std::uint64_t{1} << 63) - 1;
constexpr std::string_view kPrivatePrefix = "PRIVATE+KEY+";

core::Error malformed_cosignature(std::string at, std::string detail) {
  return core::invalid("note", std::move(at), std::move(detail));
}

std::uint32_t witness_key_id(std::string_view name, const core::PublicKey& key) {
  const std::array<std::uint8_t, 2> separator_and_type = {'\n', kType};
  core::Sha256 sha256;
  const core::Hash hash = sha256(core::as_bytes(name), separator_and_type, key.bytes);
  return read_big_endian<std::uint32_t>(hash.view().first(4));
}

std::string id_text(std::uint32_t id) {
  core::Bytes bytes;
  append_big_endian(bytes, id);
  return core::to_hex(bytes);
}

std::string join(const WitnessKey& key, const std::array<std::uint8_t, 32>& public_or_seed) {
  std::array<std::uint8_t, 33> typed;
  typed[0] = kType;
  std::ranges::copy(public_or_seed, typed.begin() + 1);
  std::string text = key.name + "+" + id_text(key.id) + "+" + core::to_base64(typed);
  explicit_bzero(typed.data(), typed.size());
  return text;
}

struct KeyParts {
  std::string_view name;
  std::string_view id;
  std::array<std::uint8_t, 32> key{};
};

// Fills `parts` in place, so that a private key leaves no copy behind; the caller wipes it.
bool split(std::string_view text, KeyParts& parts) {
  const std::size_t after_name = text.find('+');
  const std::size_t after_id = after_name == text.npos ? text.npos : text.find('+', after_name + 1);
  if (after_id == text.npos) return false;
  parts.name = text.substr(0, after_name);
  parts.id = text.substr(after_name + 1, after_id - after_name - 1);
  auto typed = core::from_base64(text.substr(after_id + 1));
  if (!typed || typed.value().empty()) return false;
  core::Bytes& bytes = typed.value();
  const bool is_key = bytes.size() == 1 + parts.key.size() && bytes[0] == kType;
  if (is_key) std::copy(bytes.begin() + 1, bytes.end(), parts.key.begin());
  explicit_bzero(bytes.data(), bytes.size());
  return is_key;
}

// What is signed: not the checkpoint's own text, so that nobody can mistake it for the log's.
std::string message(std::string_view text, std::uint64_t seconds) {
  return "cosignature/v1\ntime " + std::to_string(seconds) + "\n" + std::string(text);
}

std::optional<std::uint64_t> check(const WitnessKey& key, std::string_view text,
                                   core::ByteView bytes) {
  core::Signature signature;
  if (bytes.size() != kTimeBytes + signature.bytes.size()) return std::nullopt;
  const auto seconds = read_big_endian<std::uint64_t>(bytes.first(kTimeBytes));
  if (seconds > kSecondsMax) return std::nullopt;
  std::ranges::copy(bytes.subspan(kTimeBytes), signature.bytes.begin());
  const std::string signed_bytes = message(text, seconds);
  if (!core::verify_signature(key.key, core::as_bytes(signed_bytes), signature))
    return std::nullopt;
  return seconds;
}

}  // namespace

core::Result<WitnessKey> make_witness_key(std::string_view name, const core::PublicKey& key) {
  TRY(auto checked, make_verifier_key(name, key));  // The same rules for names.
  return WitnessKey{std::move(checked.name), witness_key_id(name, key), key};
}

core::Result<WitnessKey> parse_witness_key(std::string_view vkey) {
  KeyParts parts;
  if (!split(vkey, parts)) {
    return malformed_cosignature("vkey",
                                 "A witness's key is name+id+base64 of type 4 and an Ed25519 key.");
  }
  TRY(auto key, make_witness_key(parts.name, core::PublicKey{parts.key}));
  if (id_text(key.id) != parts.id) {
    return malformed_cosignature("vkey", "The id is not that of this name and key.");
  }
  return key;
}

std::string to_string(const WitnessKey& key) { return join(key, key.key.bytes); }

core::Result<WitnessSigner> WitnessSigner::create(std::string_view name,
                                                  const core::SigningKey& key) {
  TRY(auto witness_key, make_witness_key(name, key.public_key()));
  return WitnessSigner(std::move(witness_key), key);
}

core::Result<WitnessSigner> WitnessSigner::parse(std::string_view private_key_text) {
  KeyParts parts;
  if (!private_key_text.starts_with(kPrivatePrefix) ||
      !split(private_key_text.substr(kPrivatePrefix.size()), parts)) {
    return malformed_cosignature(
        "private key",
        "A witness's key is PRIVATE+KEY+name+id+base64 of type 4 and an Ed25519 seed.");
  }
  const core::SigningKey key = core::SigningKey::from_seed(parts.key);
  explicit_bzero(parts.key.data(), parts.key.size());
  TRY(auto signer, create(parts.name, key));
  if (id_text(signer.key_.id) != parts.id) {
    return malformed_cosignature("private key", "The id is not that of name and key.");
  }
  return signer;
}

std::string WitnessSigner::private_key_text() const {
  return std::string(kPrivatePrefix).append(join(key_, secret_.seed()));
}

std::string WitnessSigner::cosign(std::string_view text, std::uint64_t seconds) const {
  const std::string signed_bytes = message(text, seconds);
  const core::Signature signature = secret_.sign(core::as_bytes(signed_bytes));
  core::Bytes timed;
  append_big_endian(timed, seconds);
  timed.insert(timed.end(), signature.bytes.begin(), signature.bytes.end());
  return signature_line(key_.name, key_.id, timed);
}

core::Result<std::vector<Cosignature>> check_cosignatures(std::string_view text,
                                                          std::span<const NoteSignature> signatures,
                                                          std::span<const WitnessKey> known) {
  std::vector<Cosignature> out;
  for (const NoteSignature& signature : signatures) {
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (known[i].name != signature.name || known[i].id != signature.id) continue;
      const auto seconds = check(known[i], text, signature.signature);
      if (!seconds) {
        return core::corrupt("note_signature", signature.name,
                             "The cosignature does not fit the text: one of them was altered.");
      }
      if (std::ranges::find(out, i, &Cosignature::witness) == out.end()) {
        out.push_back({i, *seconds, signature.line});
      }
    }
  }
  return out;
}

}  // namespace ledger
