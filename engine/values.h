#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/choices.h"

// Values that several commands and records share.
namespace engine {

// Where imported data came from: the file and the row in it.
struct Source {
  core::Hash document;  // SHA-256 of the file.
  std::uint64_t row = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "document", self.document);
    field(2, "row", self.row);
  }
};

}  // namespace engine
