#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ed25519.h"
#include "core/result.h"

// Text signed by named keys. Source: C2SP signed-note v1.0.0, signature type 1 (Ed25519) only.
namespace ledger {

// Room for the log, 32 witnesses and post-quantum signatures of 5 kB each.
inline constexpr std::size_t kNoteBytesMax = std::size_t{256} * 1024;
// As many as Go's sumdb/note reads.
inline constexpr std::size_t kNoteSignaturesMax = 100;
inline constexpr std::size_t kKeyNameBytesMax = 255;

// A public key under the name it signs with.
struct VerifierKey {
  std::string name;
  // The first 4 bytes of SHA-256(name || LF || type || key): a hint, not a secure digest.
  std::uint32_t id = 0;
  core::PublicKey key;
  bool operator==(const VerifierKey&) const = default;
};

// Errors: InvalidInput/note if the name is empty, over kKeyNameBytesMax, not UTF-8, or has a '+', a
//         control character or a Unicode space.
core::Result<VerifierKey> make_verifier_key(std::string_view name, const core::PublicKey& key);
// name+6e5791d5+base64(type || key)
// Errors: InvalidInput/note also if the id is not that of the name and key.
core::Result<VerifierKey> parse_verifier_key(std::string_view vkey);
std::string to_string(const VerifierKey& key);

// What signs for a named key: a private key in memory, or one that never leaves its token.
class Signer {
 public:
  virtual ~Signer() = default;
  virtual const VerifierKey& verifier_key() const = 0;
  // An Ed25519 signature over exactly these bytes.
  // Errors: Unavailable/key_token if a token does not sign.
  virtual core::Result<core::Signature> sign_bytes(core::ByteView message) const = 0;
};

// The note: the text, an empty line, one line for each signature.
//
// Guarantees: open_note with each of the keys gives the text back.
// Errors:     InvalidInput/note if the text does not end in LF, is not UTF-8, has a control
//             character other than LF, or makes a note over kNoteBytesMax; those of sign_bytes.
core::Result<std::string> sign_note(std::string_view text, std::span<const Signer* const> signers);

// Signs notes under one name. Holds a private key: never print or log it.
class NoteSigner final : public Signer {
 public:
  // Errors: as make_verifier_key.
  static core::Result<NoteSigner> create(std::string_view name, const core::SigningKey& key);
  // PRIVATE+KEY+name+6e5791d5+base64(type || seed), the form Go's sumdb/note uses.
  // Errors: InvalidInput/note; the error never quotes the text.
  static core::Result<NoteSigner> parse(std::string_view private_key_text);
  std::string private_key_text() const;

  const std::string& name() const { return verifier_key_.name; }
  const VerifierKey& verifier_key() const override { return verifier_key_; }
  core::Result<core::Signature> sign_bytes(core::ByteView message) const override;

  // sign_note() by this key alone.
  core::Result<std::string> sign(std::string_view text) const;

 private:
  NoteSigner(VerifierKey verifier_key, const core::SigningKey& key);

  VerifierKey verifier_key_;
  core::SigningKey key_;
};

// The signed text of a note, with its final LF, without looking at the signatures; empty if there
// is none.
std::string_view text_of_note(std::string_view note);

struct OpenedNote {
  std::string text;                  // With its final LF, as it was signed.
  std::vector<VerifierKey> signers;  // The known keys that signed, in the note's order.
};

// Checks a note against the keys that the caller trusts; signatures of other keys are ignored.
//
// Guarantees: at least one known key signed, and no signature that names a known key is bad.
// Errors:     InvalidInput/note if the note is malformed or over a limit, if a signature line
// stands
//             twice or a known key signed twice, or if a signature names two of the known keys,
//             even equal ones; Corrupt/note_signature if a known key's signature is bad or there is
//             none.
core::Result<OpenedNote> open_note(std::string_view note, std::span<const VerifierKey> known);

}  // namespace ledger
