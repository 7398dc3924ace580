#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"

namespace engine {

// One of a list: its type and the deterministic CBOR of its fields.
struct LinkedCommand {
  std::string command;
  core::Bytes fields;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "command", self.command);
    field(2, "fields", self.fields);
  }
};

// Commands that are done together or not at all: one request id, one batch. Each is decided on what
// those before it leave; the laws hold at the end of all.
struct Linked {
  static constexpr std::string_view kType = "linked";

  std::vector<LinkedCommand> commands;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "commands", self.commands);
  }
};

}  // namespace engine
