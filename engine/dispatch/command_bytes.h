#pragma once

#include <optional>

#include "core/fields.h"

namespace engine::dispatch {

// A command as it is recorded, signed and compared: what the client asked for, with ids resolved.
struct CommandBytes {
  std::optional<core::Instant> effective_at;  // Absent: when it is recorded.
  core::Bytes fields;                         // Deterministic CBOR of the typed command.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "effective_at", self.effective_at);
    field(2, "fields", self.fields);
  }
};

}  // namespace engine::dispatch
