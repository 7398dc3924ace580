#include "ledger/key_history.h"

#include <algorithm>
#include <array>

#include "core/sha256.h"

namespace ledger {
namespace {

constexpr std::string_view kPossessionContext = "tallystick/log-key-possession/v1";
constexpr std::string_view kRotationContext = "tallystick/log-key-rotation/v1";
constexpr std::string_view kCompromiseContext = "tallystick/log-key-compromise/v1";
constexpr std::string_view kSubjectText = "tallystick/log-keys/v1";

core::Bytes rotation_bytes(std::string_view context, std::string_view origin,
                           const LogKeyRotated& body) {
  core::Bytes message;
  core::cbor::Encoder out(message);
  out.array(5);
  out.text(context);
  out.text(origin);
  out.bytes(body.old_key);
  out.bytes(body.new_key);
  out.unsigned_integer(body.after_size);
  return message;
}

core::Result<core::PublicKey> public_key_of(core::ByteView bytes, std::string_view field) {
  core::PublicKey key;
  if (bytes.size() != key.bytes.size()) {
    return core::invalid("key_statement", std::string(field), "An Ed25519 key has 32 bytes.");
  }
  std::ranges::copy(bytes, key.bytes.begin());
  return key;
}

bool is_signed(const core::PublicKey& key, core::ByteView message, core::ByteView signature) {
  core::Signature ed25519;
  if (signature.size() != ed25519.bytes.size()) return false;
  std::ranges::copy(signature, ed25519.bytes.begin());
  return core::verify_signature(key, message, ed25519);
}

core::Result<core::PublicKey> root_key_of(const KeyHistory& history) {
  auto key = parse_verifier_key(history.root_key);
  if (key) return key.value().key;
  return core::invalid("key_authority", "authority", "The genesis names no usable root key.");
}

// Whether the log key or the root key, as the record says, signed it.
core::Result<> check_authority(const KeyHistory& history, KeyAuthority authority,
                               const core::PublicKey& log_key, core::ByteView message,
                               core::ByteView signature) {
  core::PublicKey key = log_key;
  if (authority == KeyAuthority::RootKey) {
    TRY(key, root_key_of(history));
  }
  if (is_signed(key, message, signature)) return core::ok();
  return core::invalid("key_authority", "authority_signature",
                       "This is not a signature of the key that has the authority over this "
                       "statement.");
}

core::Result<> check_current(const KeyHistory& history, core::ByteView key,
                             std::string_view field) {
  if (!history.keys.empty() && std::ranges::equal(history.keys.back().key, key)) return core::ok();
  return core::conflict("key_not_current", std::string(field),
                        "Another key signs the log by now; see tally key show.");
}

std::optional<std::size_t> find_key(const KeyHistory& history, core::ByteView key) {
  const auto found = std::ranges::find_if(
      history.keys, [&](const LogKey& one) { return std::ranges::equal(one.key, key); });
  if (found == history.keys.end()) return std::nullopt;
  return static_cast<std::size_t>(found - history.keys.begin());
}

// Whether key `at` handed over at or after the size, and no root key has confirmed a successor
// since.
bool owes_its_place_to(const KeyHistory& history, std::size_t at, std::uint64_t from_size) {
  if (history.keys[at + 1].seq < from_size) return false;
  return std::none_of(history.keys.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                      history.keys.end(),
                      [](const LogKey& key) { return key.authority == KeyAuthority::RootKey; });
}

template <class Body>
core::Result<> follow_body(KeyHistory& history, const RecordView& record,
                           core::Result<> (*check)(const KeyHistory&, const Body&, std::uint64_t),
                           void (*apply)(KeyHistory&, const Body&, std::uint64_t)) {
  const auto followed = [&]() -> core::Result<> {
    TRY(const auto body, core::from_cbor<Body>(record.body));
    TRY(check(history, body, record.seq));
    apply(history, body, record.seq);
    return core::ok();
  }();
  if (followed) {
    history.seqs.push_back(record.seq);
    return core::ok();
  }
  return core::corrupt("key_history", "seq " + std::to_string(record.seq),
                       "The log's keys cannot be followed here: " + to_string(followed.error()));
}

void apply(KeyHistory& history, const LogKeyRotated& body, std::uint64_t seq) {
  history.keys.push_back({body.new_key, seq, body.authority, std::nullopt});
}

void apply(KeyHistory& history, const LogKeyCompromised& body, std::uint64_t) {
  history.keys[*find_key(history, body.key)].compromised_from = body.from_size;
}

// The newest key whose record a checkpoint of this size covers; of the empty log the first.
std::size_t key_of_size(const KeyHistory& history, std::uint64_t size) {
  std::size_t at = 0;
  while (at + 1 < history.keys.size() && history.keys[at + 1].seq < size) ++at;
  return at;
}

}  // namespace

SubjectId log_key_subject() {
  const core::Hash hash = core::sha256(core::as_bytes(kSubjectText));
  SubjectId id;
  std::copy_n(hash.bytes.begin(), id.size(), id.begin());
  return id;
}

core::Bytes possession_message(std::string_view origin, const LogKeyRotated& body) {
  return rotation_bytes(kPossessionContext, origin, body);
}

core::Bytes rotation_message(std::string_view origin, const LogKeyRotated& body) {
  return rotation_bytes(kRotationContext, origin, body);
}

core::Bytes compromise_message(std::string_view origin, const LogKeyCompromised& body) {
  core::Bytes message;
  core::cbor::Encoder out(message);
  out.array(5);
  out.text(kCompromiseContext);
  out.text(origin);
  out.bytes(body.key);
  out.unsigned_integer(body.from_size);
  out.bytes(body.standing_key);
  return message;
}

core::Result<std::string> describe_key_statement(core::ByteView message) {
  const auto described = [&]() -> core::Result<std::string> {
    core::cbor::Decoder in(message);
    TRY(const std::uint64_t members, in.array());
    TRY(const std::string_view context, in.text());
    const bool compromise = context == kCompromiseContext;
    const bool known = compromise || context == kPossessionContext || context == kRotationContext;
    if (members != 5 || !known) return core::invalid("cbor", "", "An unknown context.");
    TRY(const std::string_view origin, in.text());
    std::string text = std::string(context) + ", log " + std::string(origin);
    // key, size, key in the one, key, key, size in the others.
    for (int member = 0; member < 3; ++member) {
      if (member == (compromise ? 1 : 2)) {
        TRY(const std::uint64_t size, in.unsigned_integer());
        text += ", size " + std::to_string(size);
      } else {
        TRY(const core::ByteView key, in.bytes());
        if (key.size() != sizeof(core::PublicKey::bytes)) {
          return core::invalid("cbor", "", "A key of another length.");
        }
        text += ", key " + core::to_hex(key);
      }
    }
    TRY(in.finish());
    return text;
  }();
  if (described) return described;
  return core::invalid("key_statement", "statement",
                       "This is no statement about a log's keys; nothing else is signed here.");
}

core::Result<> check_rotation(const KeyHistory& history, const LogKeyRotated& body,
                              std::uint64_t seq) {
  TRY(check_current(history, body.old_key, "old_key"));
  TRY(const auto old_key, public_key_of(body.old_key, "old_key"));
  TRY(const auto new_key, public_key_of(body.new_key, "new_key"));
  const auto root = root_key_of(history);
  if (find_key(history, body.new_key) || (root && root.value() == new_key)) {
    return core::conflict("key_used", "new_key",
                          "This key was used in this book before; make a new one.");
  }
  if (body.after_size > seq || body.after_size <= history.keys.back().seq) {
    return core::invalid("key_statement", "after_size",
                         "Name a size that the log has, and had under the old key.");
  }
  if (!is_signed(new_key, possession_message(history.origin, body), body.possession)) {
    return core::invalid("key_possession", "possession",
                         "This is not the new key's signature over the statement: whoever asks has "
                         "to show that they hold the key.");
  }
  return check_authority(history, body.authority, old_key, rotation_message(history.origin, body),
                         body.authority_signature);
}

core::Result<> check_compromise(const KeyHistory& history, const LogKeyCompromised& body,
                                std::uint64_t seq) {
  const auto at = find_key(history, body.key);
  if (!at) return core::not_found("unknown_key", "key", "This key never signed this log.");
  if (*at + 1 == history.keys.size()) {
    return core::conflict("key_in_use", "key",
                          "This key signs the log: rotate to another one first, authorised by the "
                          "root key. See docs/runbooks/key-compromised.md.");
  }
  TRY(check_current(history, body.standing_key, "standing_key"));
  TRY(const auto standing, public_key_of(body.standing_key, "standing_key"));
  const auto& declared = history.keys[*at].compromised_from;
  if (declared && *declared <= body.from_size) {
    return core::conflict(
        "exists", "from_size",
        "The key was declared compromised from this size, or one before, already.");
  }
  if (body.from_size > seq) {
    return core::invalid("key_statement", "from_size", "Name a size that the log has.");
  }
  if (body.authority == KeyAuthority::LogKey && owes_its_place_to(history, *at, body.from_size)) {
    return core::invalid("key_authority", "authority",
                         "The key that stands was brought in by the compromised one, so only the "
                         "root key can say that it stands.");
  }
  return check_authority(history, body.authority, standing,
                         compromise_message(history.origin, body), body.authority_signature);
}

core::Result<> follow(KeyHistory& history, const RecordView& record) {
  if (record.version != 1) return core::ok();
  switch (record.kind) {
    case kGenesis: {
      TRY(auto genesis, core::from_cbor<Genesis>(record.body));
      history = {};
      history.origin = std::move(genesis.origin);
      history.root_key = std::move(genesis.root_key);
      history.keys.push_back({std::move(genesis.log_key), 0, KeyAuthority::LogKey, std::nullopt});
      history.seqs.push_back(record.seq);
      return core::ok();
    }
    case kLogKeyRotated:
      return follow_body<LogKeyRotated>(history, record, check_rotation, apply);
    case kLogKeyCompromised:
      return follow_body<LogKeyCompromised>(history, record, check_compromise, apply);
    default:
      return core::ok();
  }
}

core::Result<VerifierKey> verifier_key_of(const KeyHistory& history, const LogKey& key) {
  const auto bytes = public_key_of(key.key, "log_key");
  if (!bytes) return core::invalid("note", "log_key", "The record names no Ed25519 key.");
  return make_verifier_key(history.origin, bytes.value());
}

std::optional<std::size_t> find_log_key(const KeyHistory& history, const VerifierKey& key) {
  if (key.name != history.origin) return std::nullopt;
  return find_key(history, key.key.bytes);
}

core::Result<VouchedCheckpoint> open_checkpoint(std::string_view note, const KeyHistory& history) {
  std::vector<VerifierKey> known;
  for (const LogKey& key : history.keys) {
    TRY(auto one, verifier_key_of(history, key));
    known.push_back(std::move(one));
  }
  TRY(const auto checkpoint, open_checkpoint(note, known));
  TRY(const auto opened, open_note(note, known));
  const std::size_t oldest = key_of_size(history, checkpoint.size);
  std::optional<std::size_t> newest;
  bool compromised = false;
  for (const VerifierKey& signer : opened.signers) {
    const auto at = find_log_key(history, signer);
    if (!at || *at < oldest) continue;
    const auto& from = history.keys[*at].compromised_from;
    if (from && *from <= checkpoint.size) {
      compromised = true;
    } else {
      newest = std::max(newest.value_or(0), *at);
    }
  }
  if (newest) return VouchedCheckpoint{checkpoint, *newest};
  const std::string size = "size " + std::to_string(checkpoint.size);
  if (compromised) {
    return core::corrupt("key_compromised", size,
                         "The key that signed this checkpoint is declared compromised from a size "
                         "at or before it: ask for one that another key signed.");
  }
  return core::corrupt("key_retired", size,
                       "Only keys signed this checkpoint that others had followed before: it is "
                       "not the log's.");
}

}  // namespace ledger
