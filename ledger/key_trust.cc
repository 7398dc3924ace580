#include "ledger/key_trust.h"

#include <algorithm>
#include <vector>

namespace ledger {
namespace {

// For each key whether it follows from the trusted one, when the root key is trusted or not.
std::vector<bool> follow_trust(const KeyHistory& history, std::optional<std::size_t> given,
                               bool root_trusted) {
  std::vector<bool> trusted(history.keys.size(), false);
  for (std::size_t i = 0; i < trusted.size(); ++i) {
    const LogKey& key = history.keys[i];
    const bool by_root = i > 0 && key.authority == KeyAuthority::RootKey && root_trusted;
    const bool by_key = i > 0 && key.authority == KeyAuthority::LogKey && trusted[i - 1];
    trusted[i] = given == i || by_root || by_key;
  }
  return trusted;
}

core::Error untrusted(std::string detail) {
  return core::corrupt("key_untrusted", "", std::move(detail));
}

}  // namespace

core::Result<> check_trust(const KeyHistory& history, const KeyTrust& trust,
                           std::span<const VouchedCheckpoint> held) {
  if (!trust.any() || history.keys.empty()) return core::ok();
  std::optional<std::size_t> given;
  if (trust.log_key) given = find_log_key(history, *trust.log_key);
  bool root_trusted = trust.root_key && to_string(*trust.root_key) == history.root_key;
  if (!given && !root_trusted) {
    return untrusted("The key that you trust is none of this log's keys.");
  }
  std::vector<bool> trusted = follow_trust(history, given, root_trusted);
  // A note by a key that follows from the trusted one covers record 0, which names the root key.
  const auto vouches = [&](const VouchedCheckpoint& note) {
    return note.checkpoint.size > 0 && trusted[note.key];
  };
  if (!root_trusted && std::ranges::any_of(held, vouches)) {
    trusted = follow_trust(history, given, true);
  }
  if (trusted.back()) return core::ok();
  if (!given) {
    return untrusted(
        "The root key that you trust has not authorised the key that signs: name the "
        "log key too.");
  }
  return untrusted(
      "The key that signs was brought in by the offline root key, which the key that you trust "
      "does "
      "not vouch for: name the root key, or a note of before that you hold.");
}

}  // namespace ledger
