#pragma once

#include <string>
#include <string_view>

#include "core/fields.h"
#include "ledger/bodies.h"

// Commands about the keys that sign the log. Source: docs/formats/keys.md.
namespace engine {

// Another key signs the log from this record on. Needs an approver, and the signatures of both
// keys, or of the new one and the root key.
struct RotateLogKey {
  static constexpr std::string_view kType = "rotate_log_key";

  std::string old_key;  // vkeys.
  std::string new_key;
  std::uint64_t after_size = 0;
  core::Bytes possession;
  ledger::KeyAuthority authority = ledger::KeyAuthority::LogKey;
  core::Bytes authority_signature;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "old_key", self.old_key);
    field(2, "new_key", self.new_key);
    field(3, "after_size", self.after_size);
    field(4, "possession", self.possession);
    field(5, "authority", self.authority);
    field(6, "authority_signature", self.authority_signature);
  }
};

// A former log key's signatures are not to be trusted on checkpoints from a size on. Needs an
// approver.
struct DeclareKeyCompromised {
  static constexpr std::string_view kType = "declare_key_compromised";

  std::string key;  // vkeys.
  std::uint64_t from_size = 0;
  std::string standing_key;
  ledger::KeyAuthority authority = ledger::KeyAuthority::LogKey;
  core::Bytes authority_signature;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "key", self.key);
    field(2, "from_size", self.from_size);
    field(3, "standing_key", self.standing_key);
    field(4, "authority", self.authority);
    field(5, "authority_signature", self.authority_signature);
  }
};

}  // namespace engine
