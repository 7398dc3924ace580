#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "core/time.h"
#include "engine/values.h"

// What registers and documents say about a firm or a person: facts, and the evidence that they rest
// on. Source: docs/architecture.md, "The gate".
namespace engine {

// Whether all that the source holds was read: a body that lacks a page is partial.
enum class Coverage { Complete, Partial };

// What came of asking a source. Not found is an answer; could not ask is none.
enum class Asked { Found, NotFound, CouldNotAsk };

}  // namespace engine

template <>
struct core::EnumNames<engine::Coverage> {
  static constexpr std::array<std::string_view, 2> names = {"complete", "partial"};
};

template <>
struct core::EnumNames<engine::Asked> {
  static constexpr std::array<std::string_view, 3> names = {"found", "not_found", "could_not_ask"};
};

namespace engine {

struct FactValue {
  std::string key;    // Such as "service_name".
  std::string value;  // In the source's own words, white space made single.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "key", self.key);
    field(2, "value", self.value);
  }
};

// One thing that a source says, such as "esma.upreg.service" with a service's name and status, or
// "fca.permission" with activity, customer type and investment type.
struct Fact {
  std::string name;
  std::vector<FactValue> values;   // In the order of their keys; a key may stand several times.
  std::optional<core::Date> from;  // When it began to be so, if the source says.
  std::optional<core::Date> to;    // Until when, if it has ended or says so.
  std::optional<std::string>
      residue;  // Words that were not understood: whoever needs it must look.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "name", self.name);
    field(2, "values", self.values);
    field(3, "from", self.from);
    field(4, "to", self.to);
    field(5, "residue", self.residue);
  }
};

// What one source was asked and what it said, as it is recorded.
struct Evidence {
  std::string source;     // "fca", "esma", "cysec", "asic", "gleif", "capture", ...
  std::string reference;  // By what it was asked: FRN, LEI, licence number.
  Asked asked = Asked::Found;
  Coverage coverage = Coverage::Complete;
  std::vector<core::Hash> documents;         // SHA-256 of the exact bytes, page by page.
  std::optional<std::string> address;        // Without credentials.
  std::optional<std::uint64_t> http_status;  // Of the last page.
  std::optional<core::Instant> answered_at;  // The answer's Date header, or when it was captured.
  std::string parser;                        // Name and version of what read it.
  std::optional<core::Date> expires;
  std::vector<Fact> facts;
  std::vector<std::string>
      remarks;  // What a person should see: a mismatch, a typo, an odd grammar.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "source", self.source);
    field(2, "reference", self.reference);
    field(3, "asked", self.asked);
    field(4, "coverage", self.coverage);
    field(5, "documents", self.documents);
    field(6, "address", self.address);
    field(7, "http_status", self.http_status);
    field(8, "answered_at", self.answered_at);
    field(9, "parser", self.parser);
    field(10, "expires", self.expires);
    field(11, "facts", self.facts);
    field(12, "remarks", self.remarks);
  }
};

}  // namespace engine
