#pragma once

#include <string_view>

#include "core/fields.h"
#include "ledger/bodies.h"

// Commands that fix what the book holds at a moment.
namespace engine {

// Commits to all subjects' records below a size. The service makes it from the records; nobody else
// can send it, because a wrong one would stand in the book for ever.
struct CommitIndex {
  static constexpr std::string_view kType = "commit_index";

  ledger::IndexRoot index;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "index", self.index);
  }
};

}  // namespace engine
