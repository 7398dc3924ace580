#pragma once

#include <string_view>

#include "engine/migration_commands.h"

// What migrations record. Money is in the currency's smallest unit, units at scale 8.
namespace engine {

struct MigrationBegun {
  static constexpr std::uint64_t kKind = 134;
  static constexpr std::string_view kName = "migration_begun";

  BeginMigration migration;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "migration", self.migration);
  }
};

// A row that was taken in. Nothing is owed by it before the certificate.
struct InvestorImported {
  static constexpr std::uint64_t kKind = 135;
  static constexpr std::string_view kName = "investor_imported";

  ImportInvestor row;
  core::Minor capital = 0;
  core::Minor floating = 0;
  core::Minor units = 0;
  core::Minor mark = 0;
  core::Minor released = 0;  // Sum of the losses that may come back.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "row", self.row);
    field(2, "capital", self.capital);
    field(3, "floating", self.floating);
    field(4, "units", self.units);
    field(5, "mark", self.mark);
    field(6, "released", self.released);
  }
};

// That what was taken over is whole: what is held with what is owed, and the rows that say so.
struct MigrationCertificate {
  static constexpr std::uint64_t kKind = 136;
  static constexpr std::string_view kName = "migration_certificate";

  CompleteMigration sign_off;
  core::StructureId structure;
  core::Hash source_document;
  core::Instant cut_over;
  core::Hash digest;  // SHA-256 over the rows, in the order of their numbers.
  std::uint64_t investors = 0;
  core::Minor units = 0;
  core::Minor marks = 0;
  core::Minor released = 0;
  core::Minor owed = 0;      // To investors: their capital.
  core::Minor held = 0;      // At the bank for them.
  core::Minor floating = 0;  // owed - held: the open results, which the house owes the client ring.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "sign_off", self.sign_off);
    field(2, "structure", self.structure);
    field(3, "source_document", self.source_document);
    field(4, "cut_over", self.cut_over);
    field(5, "digest", self.digest);
    field(6, "investors", self.investors);
    field(7, "units", self.units);
    field(8, "marks", self.marks);
    field(9, "released", self.released);
    field(10, "owed", self.owed);
    field(11, "held", self.held);
    field(12, "floating", self.floating);
  }
};

// An investor's opening entry, from his row. His mark is asserted until it is matched.
struct InvestorOpened {
  static constexpr std::uint64_t kKind = 137;
  static constexpr std::string_view kName = "investor_opened";

  core::StructureId structure;
  InvestorImported import;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "import", self.import);
  }
};

struct ImportMatched {
  static constexpr std::uint64_t kKind = 138;
  static constexpr std::string_view kName = "import_matched";

  MatchImport match;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "match", self.match);
  }
};

struct ImportAccepted {
  static constexpr std::uint64_t kKind = 139;
  static constexpr std::string_view kName = "import_accepted";

  AcceptImport acceptance;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "acceptance", self.acceptance);
  }
};

}  // namespace engine
