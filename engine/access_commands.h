#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "ledger/bodies.h"

// Commands of the read audit, which the service makes itself. Source: docs/formats/access.md.
namespace engine {

// The log of reads of a book is a book of its own with this behind the other's origin.
inline constexpr std::string_view kAccessSuffix = "/access";

// Over which interface something was read. Order is stored: append only.
enum class Face { Http, Thrift, Cli };

// Why somebody looked, coarsely; the reference leads to the case, never a free text.
enum class Purpose {
  Unspecified,
  ClientService,
  Operations,
  Reporting,
  Compliance,
  Audit,
  Regulator,
  Complaint,
  Investigation,
  Support,
  Test,
};

// What was looked at, when, by whom and why. It never holds names: @references are ids in the
// query.
struct Reading {
  std::uint64_t number = 0;  // Of the entry in the spool: counted from 1, without gap.
  core::Instant at;          // When the answer was made.
  core::PartyId actor;
  ledger::Authentication authentication = ledger::Authentication::AssertedLocal;
  Face face = Face::Http;
  Purpose purpose = Purpose::Unspecified;
  std::optional<std::string> reference;  // The broker's case: 1 to 64 of A-Z a-z 0-9 . _ : / -
  std::string question;                  // The use case, such as "history".
  std::string query;                     // Its parameters, "name=value" joined by '&', by name.
  std::uint64_t size = 0;                // Records that the book had signed then.
  std::uint64_t records = 0;             // Lines or records that were shown.
  std::uint64_t subjects = 0;            // Different subjects among them, as far as was counted.
  // It may have shown others than the record's subjects: all of the book, more than the record can
  // name, or a file that names nobody.
  bool bulk = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "number", self.number);
    field(2, "at", self.at);
    field(3, "actor", self.actor);
    field(4, "authentication", self.authentication);
    field(5, "face", self.face);
    field(6, "purpose", self.purpose);
    field(7, "reference", self.reference);
    field(8, "question", self.question);
    field(9, "query", self.query);
    field(10, "size", self.size);
    field(11, "records", self.records);
    field(12, "subjects", self.subjects);
    field(13, "bulk", self.bulk);
  }
};

// Records one reading in the log of reads.
struct RecordRead {
  static constexpr std::string_view kType = "record_read";

  Reading reading;
  std::vector<core::PartyId> shown;  // Whose records were shown: the record's subjects.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "reading", self.reading);
    field(2, "shown", self.shown);
  }
};

// Says in the main book which checkpoint its log of reads had.
struct AnchorAccess {
  static constexpr std::string_view kType = "anchor_access";

  std::string origin;
  std::uint64_t size = 0;
  core::Hash root;
  core::Hash note_digest;  // SHA-256 of the signed note.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "origin", self.origin);
    field(2, "size", self.size);
    field(3, "root", self.root);
    field(4, "note_digest", self.note_digest);
  }
};

}  // namespace engine

template <>
struct core::EnumNames<engine::Face> {
  static constexpr std::array<std::string_view, 3> names = {"http", "thrift", "cli"};
};
template <>
struct core::EnumNames<engine::Purpose> {
  static constexpr std::array<std::string_view, 11> names = {
      "unspecified", "client_service", "operations",    "reporting", "compliance", "audit",
      "regulator",   "complaint",      "investigation", "support",   "test"};
};
