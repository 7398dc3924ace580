#include "engine/join_token.h"

#include <algorithm>

#include "core/cbor.h"
#include "core/fields.h"

namespace engine {
namespace {

constexpr std::string_view kContext = "tallystick join link v1";

struct SignedToken {
  core::Bytes token;  // Deterministic CBOR of a JoinToken.
  core::Bytes key;    // Ed25519 public key of the log.
  core::Bytes signature;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "token", self.token);
    field(2, "key", self.key);
    field(3, "signature", self.signature);
  }
};

// An array that begins with the context: no note, statement or command begins so.
core::Bytes message_of(core::ByteView token) {
  core::Bytes message;
  core::cbor::Encoder out(message);
  out.array(2);
  out.text(kContext);
  out.bytes(token);
  return message;
}

std::string to_base64url(core::ByteView bytes) {
  std::string text = core::to_base64(bytes);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  while (!text.empty() && text.back() == '=') text.pop_back();
  return text;
}

// One text for one value: the other alphabet and padding are refused.
core::Result<core::Bytes> from_base64url(std::string_view text) {
  std::string standard(text);
  if (standard.find_first_of("+/=") != std::string::npos) {
    return core::invalid("base64", "", "base64url without padding is expected.");
  }
  std::ranges::replace(standard, '-', '+');
  std::ranges::replace(standard, '_', '/');
  while (standard.size() % 4 != 0) standard += '=';
  return core::from_base64(standard);
}

core::Error forged() {
  return core::invalid("link_forged", "token", "This is no token that this book's key signed.");
}

// Of the log's own keys one that was never declared compromised.
bool is_trusted(const ledger::KeyHistory& keys, const core::Bytes& key) {
  return std::ranges::any_of(keys.keys, [&](const ledger::LogKey& known) {
    return known.key == key && !known.compromised_from;
  });
}

template <class Array>
bool copy_into(const core::Bytes& bytes, Array& out) {
  if (bytes.size() != out.size()) return false;
  std::ranges::copy(bytes, out.begin());
  return true;
}

}  // namespace

core::Result<std::string> sign_join_token(const JoinToken& token, const ledger::Signer& signer) {
  SignedToken out;
  out.token = core::to_cbor(token);
  const auto& key = signer.verifier_key().key.bytes;
  out.key.assign(key.begin(), key.end());
  TRY(const auto signature, signer.sign_bytes(message_of(out.token)));
  out.signature.assign(signature.bytes.begin(), signature.bytes.end());
  return to_base64url(core::to_cbor(out));
}

core::Result<JoinToken> open_join_token(std::string_view text, const ledger::KeyHistory& keys) {
  const auto bytes = from_base64url(text);
  if (!bytes) return forged();
  const auto given = core::from_cbor<SignedToken>(bytes.value());
  if (!given || !is_trusted(keys, given.value().key)) return forged();
  core::PublicKey key;
  core::Signature signature;
  if (!copy_into(given.value().key, key.bytes) ||
      !copy_into(given.value().signature, signature.bytes) ||
      !core::verify_signature(key, message_of(given.value().token), signature)) {
    return forged();
  }
  auto token = core::from_cbor<JoinToken>(given.value().token);
  if (!token || token.value().origin != keys.origin) return forged();
  return token;
}

}  // namespace engine
