#include "ledger/note.h"

#include <string.h>  // explicit_bzero

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <utility>

#include "core/sha256.h"
#include "core/utf8.h"
#include "ledger/tlog_text.h"

namespace ledger {
namespace {

constexpr std::uint8_t kEd25519Type = 0x01;
constexpr std::size_t kKeyIdBytes = 4;
constexpr std::string_view kSignaturePrefix = "\xe2\x80\x94 ";  // U+2014 EM DASH and a space.
constexpr std::string_view kPrivateKeyPrefix = "PRIVATE+KEY+";

// The characters above ASCII that have the Unicode property White_Space.
constexpr std::array<std::string_view, 19> kUnicodeSpaces = {
    "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81",
    "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86",
    "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8",
    "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};

core::Error malformed_note(std::string at, std::string detail) {
  return core::invalid("note", std::move(at), std::move(detail));
}

bool is_key_name(std::string_view name) {
  if (name.empty() || !core::is_utf8(name)) return false;
  const auto is_refused = [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == '+';  // Control characters, space, plus.
  };
  const auto contains = [&](std::string_view space) { return name.find(space) != name.npos; };
  return std::ranges::none_of(name, is_refused) && std::ranges::none_of(kUnicodeSpaces, contains);
}

bool is_note_text(std::string_view text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
  return std::ranges::none_of(text, is_control) && core::is_utf8(text);
}

std::array<std::uint8_t, kKeyIdBytes> id_bytes(std::uint32_t id) {
  return {static_cast<std::uint8_t>(id >> 24), static_cast<std::uint8_t>(id >> 16),
          static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
}

std::uint32_t read_id(core::ByteView bytes) {
  std::uint32_t id = 0;
  for (const std::uint8_t byte : bytes.first(kKeyIdBytes)) id = id << 8 | byte;
  return id;
}

std::uint32_t key_id(std::string_view name, const core::PublicKey& key) {
  const std::array<std::uint8_t, 2> separator_and_type = {'\n', kEd25519Type};
  core::Sha256 sha256;
  return read_id(sha256(core::as_bytes(name), separator_and_type, key.bytes).view());
}

// "name+id+base64(type || key)", the shape that vkeys and private keys share.
struct KeyParts {
  std::string_view name;
  std::uint32_t id = 0;
  std::array<std::uint8_t, 32> key{};
};

// Fills `parts` in place, so that a private key leaves no copy behind; the caller wipes it.
bool split_key(std::string_view text, KeyParts& parts) {
  const std::size_t after_name = text.find('+');
  if (after_name == text.npos) return false;
  const std::size_t after_id = text.find('+', after_name + 1);
  if (after_id == text.npos) return false;
  const auto id = core::from_hex(text.substr(after_name + 1, after_id - after_name - 1));
  if (!id || id.value().size() != kKeyIdBytes) return false;
  parts.name = text.substr(0, after_name);
  parts.id = read_id(id.value());

  auto typed_key = core::from_base64(text.substr(after_id + 1));
  if (!typed_key || typed_key.value().empty()) return false;
  core::Bytes& bytes = typed_key.value();
  const bool is_key = bytes.size() == 1 + parts.key.size() && bytes[0] == kEd25519Type;
  if (is_key) std::copy(bytes.begin() + 1, bytes.end(), parts.key.begin());
  explicit_bzero(bytes.data(), bytes.size());
  return is_key;
}

std::string join_key(const VerifierKey& key, const std::array<std::uint8_t, 32>& public_or_seed) {
  std::array<std::uint8_t, 33> typed_key;
  typed_key[0] = kEd25519Type;
  std::ranges::copy(public_or_seed, typed_key.begin() + 1);
  std::string text = key.name;
  text.append("+").append(core::to_hex(id_bytes(key.id)));
  text.append("+").append(core::to_base64(typed_key));
  explicit_bzero(typed_key.data(), typed_key.size());
  return text;
}

struct SignatureLine {
  std::string_view name;
  std::uint32_t id = 0;
  core::Bytes signature;
};

core::Result<SignatureLine> parse_signature_line(std::string_view line) {
  if (!line.starts_with(kSignaturePrefix)) {
    return malformed_note("", "A signature line starts with an em dash and a space.");
  }
  line.remove_prefix(kSignaturePrefix.size());
  const std::size_t space = line.find(' ');
  if (space == line.npos || !is_key_name(line.substr(0, space))) {
    return malformed_note("", "A signature line names its key, without spaces or '+'.");
  }
  auto payload = core::from_base64(line.substr(space + 1));
  if (!payload || payload.value().size() <= kKeyIdBytes) {
    return malformed_note("", "A signature is the canonical base64 of a key id and more.");
  }
  core::Bytes& bytes = payload.value();
  const std::uint32_t id = read_id(bytes);
  bytes.erase(bytes.begin(), bytes.begin() + kKeyIdBytes);
  return SignatureLine{line.substr(0, space), id, std::move(bytes)};
}

// The known key that the line names, or nothing.
// Errors: InvalidInput/note if there are two: which to trust is not ours to guess.
core::Result<const VerifierKey*> find_key(std::span<const VerifierKey> known,
                                          const SignatureLine& line) {
  const VerifierKey* found = nullptr;
  for (const VerifierKey& key : known) {
    if (key.name != line.name || key.id != line.id) continue;
    if (found != nullptr) return malformed_note(key.name, "Two known keys have this name and id.");
    found = &key;
  }
  return found;
}

bool is_signed_by(const VerifierKey& key, std::string_view text, const core::Bytes& signature) {
  core::Signature ed25519;
  if (signature.size() != ed25519.bytes.size()) return false;
  std::ranges::copy(signature, ed25519.bytes.begin());
  return core::verify_signature(key.key, core::as_bytes(text), ed25519);
}

// Checks every signature line; gives the known keys that signed.
core::Result<std::vector<VerifierKey>> check_signatures(std::string_view text,
                                                        std::string_view lines,
                                                        std::span<const VerifierKey> known) {
  std::vector<VerifierKey> signers;
  std::set<std::string_view> seen;
  for (std::size_t number = 1; !lines.empty(); ++number) {
    const std::string at = "signature " + std::to_string(number);
    if (number > kNoteSignaturesMax) return malformed_note(at, "The note has too many signatures.");
    const auto line = take_line(lines);
    if (!line) return malformed_note(at, "The note does not end in a newline.");
    if (!seen.insert(*line).second)
      return malformed_note(at, "The same signature line stands twice.");
    const auto parsed = parse_signature_line(*line);
    if (!parsed) return core::Error(parsed.error()).within(at);
    TRY(const VerifierKey* key, find_key(known, parsed.value()));
    if (key == nullptr) continue;
    if (!is_signed_by(*key, text, parsed.value().signature)) {
      return core::corrupt(
          "note_signature", at,
          "The signature of " + key->name + " does not fit the text: one of them was altered.");
    }
    if (std::ranges::find(signers, *key) != signers.end()) {
      return malformed_note(at, "One key signed twice.");
    }
    signers.push_back(*key);
  }
  return signers;
}

}  // namespace

core::Result<VerifierKey> make_verifier_key(std::string_view name, const core::PublicKey& key) {
  if (!is_key_name(name) || name.size() > kKeyNameBytesMax) {
    return malformed_note("key name",
                          "A key name is 1 to 255 bytes of UTF-8 without spaces or '+'.");
  }
  return VerifierKey{std::string(name), key_id(name, key), key};
}

core::Result<VerifierKey> parse_verifier_key(std::string_view vkey) {
  KeyParts parts;
  if (!split_key(vkey, parts)) {
    return malformed_note("vkey", "A verifier key is name+id+base64 of an Ed25519 key.");
  }
  TRY(auto key, make_verifier_key(parts.name, core::PublicKey{parts.key}));
  if (key.id != parts.id) return malformed_note("vkey", "The id is not that of this name and key.");
  return key;
}

std::string to_string(const VerifierKey& key) { return join_key(key, key.key.bytes); }

NoteSigner::NoteSigner(VerifierKey verifier_key, const core::SigningKey& key)
    : verifier_key_(std::move(verifier_key)), key_(key) {}

core::Result<NoteSigner> NoteSigner::create(std::string_view name, const core::SigningKey& key) {
  TRY(auto verifier_key, make_verifier_key(name, key.public_key()));
  return NoteSigner(std::move(verifier_key), key);
}

core::Result<NoteSigner> NoteSigner::parse(std::string_view private_key_text) {
  const auto refuse = [](const char* detail) { return malformed_note("private key", detail); };
  if (!private_key_text.starts_with(kPrivateKeyPrefix)) {
    return refuse("A private key starts with PRIVATE+KEY+.");
  }
  KeyParts parts;
  if (!split_key(private_key_text.substr(kPrivateKeyPrefix.size()), parts)) {
    return refuse("A private key is PRIVATE+KEY+name+id+base64 of an Ed25519 seed.");
  }
  const core::SigningKey key = core::SigningKey::from_seed(parts.key);
  explicit_bzero(parts.key.data(), parts.key.size());
  TRY(auto signer, create(parts.name, key));
  if (signer.verifier_key_.id != parts.id) return refuse("The id is not that of name and key.");
  return signer;
}

std::string NoteSigner::private_key_text() const {
  return std::string(kPrivateKeyPrefix).append(join_key(verifier_key_, key_.seed()));
}

core::Result<core::Signature> NoteSigner::sign_bytes(core::ByteView message) const {
  return key_.sign(message);
}

core::Result<std::string> NoteSigner::sign(std::string_view text) const {
  const std::array<const Signer*, 1> alone{this};
  return sign_note(text, alone);
}

core::Result<std::string> sign_note(std::string_view text, std::span<const Signer* const> signers) {
  if (!text.ends_with('\n') || !is_note_text(text)) {
    return malformed_note("text",
                          "The text is UTF-8 without control characters and ends in a newline.");
  }
  std::string note = std::string(text) + "\n";
  for (const Signer* signer : signers) {
    const VerifierKey& key = signer->verifier_key();
    TRY(const core::Signature signature, signer->sign_bytes(core::as_bytes(text)));
    core::Bytes payload;
    payload.reserve(kKeyIdBytes + signature.bytes.size());
    std::ranges::copy(id_bytes(key.id), std::back_inserter(payload));
    std::ranges::copy(signature.bytes, std::back_inserter(payload));
    note.append(kSignaturePrefix).append(key.name);
    note.append(" ").append(core::to_base64(payload)).append("\n");
  }
  if (note.size() > kNoteBytesMax)
    return malformed_note("text", "The text is too long to be signed.");
  return note;
}

std::string_view text_of_note(std::string_view note) {
  // The last empty line separates: the text may have empty lines of its own.
  const std::size_t end_of_text = note.rfind("\n\n");
  return end_of_text == note.npos ? std::string_view() : note.substr(0, end_of_text + 1);
}

core::Result<OpenedNote> open_note(std::string_view note, std::span<const VerifierKey> known) {
  if (note.size() > kNoteBytesMax) return malformed_note("", "The note is too long.");
  if (!is_note_text(note)) return malformed_note("", "A note is UTF-8 without control characters.");
  const std::string_view text = text_of_note(note);
  if (text.empty() || text.size() + 1 == note.size()) {
    return malformed_note("", "A note is a text, an empty line and at least one signature line.");
  }
  TRY(auto signers, check_signatures(text, note.substr(text.size() + 1), known));
  if (signers.empty()) {
    return core::corrupt("note_signature", "", "None of the known keys signed this note.");
  }
  return OpenedNote{std::string(text), std::move(signers)};
}

}  // namespace ledger
