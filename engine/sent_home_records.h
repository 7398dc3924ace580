#pragma once

#include <optional>
#include <string_view>

#include "core/fields.h"
#include "core/time.h"
#include "engine/dealing_commands.h"

// Money of investors that came back from its way. Money in the smallest unit of the structure's
// currency. Source: docs/decisions/0051-money-on-its-way.md.
namespace engine {

// Money that had left another pool was kept out of this one, and is in its investor's wallet. The
// mark that came along is what a withdrawal of all leaves of it: what the money was above it is
// shared with nobody.
struct TransferSentHome {
  static constexpr std::uint64_t kKind = 250;
  static constexpr std::string_view kName = "transfer_sent_home";

  core::RequestId request;
  core::StructureId structure;  // Into which it was on its way.
  core::PartyId client;
  core::Minor amount = 0;
  core::Minor mark = 0;       // That came along, as far as it is there,
  core::Minor mark_left = 0;  // and what is left of it.
  core::Minor released = 0;   // The loss that is put on the restore stack.
  core::Date date;
  std::optional<CancelReason> reason = {};  // Absent: the investor asked for it.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "request", self.request);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "amount", self.amount);
    field(5, "mark", self.mark);
    field(6, "mark_left", self.mark_left);
    field(7, "released", self.released);
    field(8, "date", self.date);
    field(9, "reason", self.reason);
  }
};

}  // namespace engine
