#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "core/ids.h"
#include "engine/gate_commands.h"
#include "engine/mandate_terms.h"

// Commands of the people who look after mandates, breaches and suspended managers. Each is a
// section of docs/commands.md.
namespace engine {

// What was found out anew about a client whose mandate goes on, or was given to him; something.
struct RenewPapers {
  static constexpr std::string_view kType = "renew_papers";

  core::StructureId structure;
  core::PartyId client;
  std::optional<Suitability> suitability;
  std::optional<core::Hash> tax_certificate;
  std::vector<std::string> disclosures = {};  // Codes of what he was given now.
  std::optional<core::Hash> document = {};    // That he received it, if there is anything.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "suitability", self.suitability);
    field(4, "tax_certificate", self.tax_certificate);
    field(5, "disclosures", self.disclosures);
    field(6, "document", self.document);
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

// Another country turned out to be a client's: a citizenship, an address, a payment's origin; or
// one that was noted turned out not to be, which needs an approver once rules have begun.
struct NoteCountries {
  static constexpr std::string_view kType = "note_countries";

  core::PartyId client;
  std::vector<std::string> countries;  // ISO 3166.
  core::Hash document;                 // What shows it.
  std::vector<std::string> withdrawn = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "client", self.client);
    field(2, "countries", self.countries);
    field(3, "document", self.document);
    field(4, "withdrawn", self.withdrawn);
  }
};

// How long after a suspension the firm's own desk may close what the manager left open. Needs an
// approver.
struct SetWindDown {
  static constexpr std::string_view kType = "set_wind_down";

  std::uint64_t hours = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "hours", self.hours);
  }
};

// From now on the firm's own desk closes what a suspended manager has open. Needs an approver.
struct BeginWindDown {
  static constexpr std::string_view kType = "begin_wind_down";

  core::PartyId manager;
  core::Hash document;  // What is closed, by whom, and why it cannot wait.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "manager", self.manager);
    field(2, "document", self.document);
  }
};

}  // namespace engine
