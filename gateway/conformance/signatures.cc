#include <algorithm>

#include "core/ed25519.h"
#include "gateway/conformance/families.h"
#include "gateway/conformance/members.h"
#include "gateway/conformance/verdict.h"
#include "ledger/note.h"

namespace gateway::conformance {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

core::Error bad_signature(std::string at, std::string detail) {
  return core::corrupt("signature", std::move(at), std::move(detail));
}

core::Result<> check_ed25519(core::ByteView public_key, core::ByteView message,
                             core::ByteView signature) {
  core::PublicKey key;
  core::Signature ed25519;
  if (public_key.size() != key.bytes.size()) {
    return bad_signature("public_key", "A public key has 32 bytes.");
  }
  if (signature.size() != ed25519.bytes.size()) {
    return bad_signature("signature", "A signature has 64 bytes.");
  }
  std::ranges::copy(public_key, key.bytes.begin());
  std::ranges::copy(signature, ed25519.bytes.begin());
  if (core::verify_signature(key, message, ed25519)) return core::ok();
  return bad_signature("signature", "The signature is not this key's over this message.");
}

core::Result<ledger::OpenedNote> open(core::ByteView note,
                                      const std::vector<std::string_view>& vkeys) {
  std::vector<ledger::VerifierKey> keys;
  for (const std::string_view vkey : vkeys) {
    TRY(auto key, ledger::parse_verifier_key(vkey));
    keys.push_back(std::move(key));
  }
  return ledger::open_note(core::as_text(note), keys);
}

}  // namespace

core::Result<Value> ed25519_verify(const Value& line) {
  TRY(const auto public_key, bytes(line, "public_key"));
  TRY(const auto message, bytes(line, "message"));
  TRY(const auto signature, bytes(line, "signature"));
  return verdict(check_ed25519(public_key, message, signature));
}

core::Result<Value> note_sign(const Value& line) {
  TRY(const std::string_view skey, text(line, "skey"));
  TRY(const std::string_view signed_text, text(line, "text"));
  TRY(const auto signer, ledger::NoteSigner::parse(skey));
  TRY(auto note, signer.sign(signed_text));
  return Object{{"note", std::move(note)}};
}

core::Result<Value> note_verify(const Value& line) {
  TRY(const std::string_view base64, text(line, "note_b64"));
  TRY(const auto vkeys, texts(line, "keys"));
  const auto note = core::from_base64(base64);
  if (!note) return core::Error(note.error()).within("note_b64");
  const auto opened = open(note.value(), vkeys);
  if (!opened) return refused(opened.error());
  Array verified;
  for (const ledger::VerifierKey& key : opened.value().signers) {
    verified.emplace_back(ledger::to_string(key));
  }
  Object members = accepted();
  members.emplace_back("text", opened.value().text);
  members.emplace_back("verified", std::move(verified));
  return members;
}

}  // namespace gateway::conformance
