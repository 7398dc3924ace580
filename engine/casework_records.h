#pragma once

#include <cstdint>
#include <string_view>

#include "core/fields.h"
#include "core/ids.h"
#include "engine/casework_commands.h"

// Records of mandates' papers, of the breach log and of winding down.
namespace engine {

// They count from here on in place of those that the mandate came with.
struct PapersRenewed {
  static constexpr std::uint64_t kKind = 310;
  static constexpr std::string_view kName = "papers_renewed";

  RenewPapers renewed;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "renewed", self.renewed);
  }
};

struct BreachClosed {
  static constexpr std::uint64_t kKind = 311;
  static constexpr std::string_view kName = "breach_closed";

  CloseBreach closed;
  std::uint64_t line = 0;  // Seq of the breach's record.
  core::PartyId manager;   // Whom the breach is about.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "closed", self.closed);
    field(2, "line", self.line);
    field(3, "manager", self.manager);
  }
};

// Of the client, beside those that are known.
struct CountriesNoted {
  static constexpr std::uint64_t kKind = 314;
  static constexpr std::string_view kName = "countries_noted";

  NoteCountries noted;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "noted", self.noted);
  }
};

struct WindDownSet {
  static constexpr std::uint64_t kKind = 312;
  static constexpr std::string_view kName = "wind_down_set";

  std::uint64_t hours = 0;  // Counts for suspensions that stand, too.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "hours", self.hours);
  }
};

struct WindDownBegun {
  static constexpr std::uint64_t kKind = 313;
  static constexpr std::string_view kName = "wind_down_begun";

  core::PartyId manager;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "manager", self.manager);
  }
};

}  // namespace engine
