#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/fields.h"
#include "core/ids.h"
#include "engine/gate_commands.h"
#include "engine/mandate_terms.h"

// Commands of the people who look after mandates and breaches. Each is a section of
// docs/commands.md.
namespace engine {

// What was found out anew about a client whose mandate goes on; one of the two at least.
struct RenewPapers {
  static constexpr std::string_view kType = "renew_papers";

  core::StructureId structure;
  core::PartyId client;
  std::optional<Suitability> suitability;
  std::optional<core::Hash> tax_certificate;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "suitability", self.suitability);
    field(4, "tax_certificate", self.tax_certificate);
  }
};

// What was broken is mended, or nobody can. Needs an approver.
struct CloseBreach {
  static constexpr std::string_view kType = "close_breach";

  std::optional<BreachId> breach;     // One of the two.
  std::optional<std::uint64_t> line;  // Seq of its record, where it has no id.
  core::Hash document;                // What was done.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "breach", self.breach);
    field(2, "line", self.line);
    field(3, "document", self.document);
  }
};

}  // namespace engine
