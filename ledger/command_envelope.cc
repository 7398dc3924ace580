#include "ledger/command_envelope.h"

#include <algorithm>

#include "core/cbor.h"
#include "core/sha256_stream.h"
#include "ledger/record_parts.h"

namespace ledger {
namespace {

using core::cbor::Encoder;

constexpr std::string_view kContext = "tallystick/command/v1";

void optional_bytes(Encoder& out, const std::optional<core::Hash>& hash) {
  out.bytes(hash ? core::ByteView(hash->bytes) : core::ByteView());
}

template <class Items>
void encode_list(Encoder& out, RecordKey key, const Items& items) {
  out.unsigned_integer(key);
  out.array(items.size());
  for (const auto& item : items) {
    if constexpr (requires { item.bytes; }) {
      out.bytes(item.bytes);
    } else {
      out.bytes(item);
    }
  }
}

void encode_effect(Encoder& out, const Draft& draft, core::Instant recorded_at) {
  const bool at_once = draft.effective_at == recorded_at;
  const std::initializer_list<bool> optional = {!at_once, !draft.postings.empty(),
                                                !draft.subjects.empty(), !draft.documents.empty(),
                                                draft.corrects.has_value()};
  std::uint64_t keys = 3;
  for (const bool present : optional) keys += present ? 1 : 0;
  out.map(keys);
  if (!at_once) {
    out.unsigned_integer(kEffectiveAtKey);
    out.integer(draft.effective_at.micros);
  }
  out.unsigned_integer(kKindKey);
  out.unsigned_integer(draft.kind);
  out.unsigned_integer(kVersionKey);
  out.unsigned_integer(draft.version);
  out.unsigned_integer(kBodyKey);
  out.encoded(draft.body);
  if (!draft.postings.empty()) {
    out.unsigned_integer(kPostingsKey);
    encode_postings(out, draft.postings);
  }
  if (!draft.subjects.empty()) encode_list(out, kSubjectsKey, draft.subjects);
  if (!draft.documents.empty()) encode_list(out, kDocumentsKey, draft.documents);
  if (draft.corrects) {
    out.unsigned_integer(kCorrectsKey);
    out.unsigned_integer(*draft.corrects);
  }
}

}  // namespace

core::Hash command_digest(core::Sha256& sha256, std::string_view type, core::ByteView command) {
  static constexpr std::uint8_t kSeparator = '\n';
  return sha256(core::as_bytes(type), core::ByteView(&kSeparator, 1), command);
}

core::Bytes envelope_message(std::string_view origin, const CommandBody& body) {
  core::Sha256 sha256;
  core::Bytes message;
  Encoder out(message);
  out.array(7);
  out.text(kContext);
  out.text(origin);
  out.text(body.client_id);
  out.text(body.request_id);
  if (body.valid_until) {
    out.integer(body.valid_until->micros);
  } else {
    out.bytes({});
  }
  out.bytes(command_digest(sha256, body.type, body.command).bytes);
  optional_bytes(out, body.outcome_digest);
  return message;
}

core::Hash outcome_digest(std::span<const Draft> effects, core::Instant recorded_at) {
  core::Sha256Stream stream;
  core::Bytes piece;
  Encoder(piece).array(effects.size());
  for (const Draft& effect : effects) {
    Encoder out(piece);
    encode_effect(out, effect, recorded_at);
    stream.update(piece);
    piece.clear();
  }
  stream.update(piece);
  return stream.finish();
}

core::Result<> check_command_signature(const CommandSignature& signature, core::ByteView message) {
  if (signature.scheme != kSchemeEd25519 || signature.context) {
    return core::invalid("signature_scheme", "signatures",
                         "Only scheme 1, Ed25519 without a context, is understood.");
  }
  core::PublicKey key;
  core::Signature bytes;
  if (signature.key_id.size() != key.bytes.size() ||
      signature.signature.size() != bytes.bytes.size()) {
    return core::invalid("signature", "signatures",
                         "key_id is an Ed25519 key of 32 bytes, and a signature has 64.");
  }
  std::ranges::copy(signature.key_id, key.bytes.begin());
  std::ranges::copy(signature.signature, bytes.bytes.begin());
  if (core::verify_signature(key, message, bytes)) return core::ok();
  return core::invalid("signature", "signatures",
                       "The signature does not hold for this book, client, request id, command and "
                       "outcome.");
}

}  // namespace ledger
