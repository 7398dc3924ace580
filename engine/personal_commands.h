#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"

// Commands about personal data. They carry no text: it lies in the vault, and what is recorded
// commits to it. Source: docs/formats/vault.md.
namespace engine {

using ErasureId = core::Id<struct ErasureTag>;

// HMAC-SHA-256 of one personal text under a salt that the vault keeps.
struct PersonalCommitment {
  std::string kind;   // "person"
  std::string field;  // "name"
  core::Hash digest;
  bool operator==(const PersonalCommitment&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "kind", self.kind);
    field(2, "field", self.field);
    field(3, "digest", self.digest);
  }
};

// The vault holds these texts of a person.
struct RecordPersonalData {
  static constexpr std::string_view kType = "record_personal_data";

  core::PartyId person;
  std::vector<PersonalCommitment> commitments;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "person", self.person);
    field(2, "commitments", self.commitments);
  }
};

// The vault forgets a person; whom, the command does not say. Needs an approver.
struct ErasePersonalData {
  static constexpr std::string_view kType = "erase_personal_data";

  ErasureId erasure;      // Random.
  core::Hash list_entry;  // Of the erasure list, which only a vault can read.
  std::uint64_t names = 0;
  std::uint64_t fields = 0;
  std::uint64_t documents = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "erasure", self.erasure);
    field(2, "list_entry", self.list_entry);
    field(3, "names", self.names);
    field(4, "fields", self.fields);
    field(5, "documents", self.documents);
  }
};

}  // namespace engine
