#pragma once

#include <string_view>

#include "core/fields.h"
#include "engine/governance_choices.h"
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

// Closes the period that ends before an instant: what is effective in it stands in a frozen trial
// balance, and what is recorded into it later needs two people. Needs an approver.
struct ClosePeriod {
  static constexpr std::string_view kType = "close_period";

  core::Instant until;  // The first instant after the period.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "until", self.until);
  }
};

// Opens the last period again that was closed. Needs an approver.
struct ReopenPeriod {
  static constexpr std::string_view kType = "reopen_period";

  core::Instant until;
  ReopenReason reason = ReopenReason::Other;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "until", self.until);
    field(2, "reason", self.reason);
  }
};

}  // namespace engine
