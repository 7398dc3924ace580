#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/values.h"

// Commands that take over a pool with its investors from somewhere else. Source:
// docs/decisions/0028-migration.md.
namespace engine {

using MigrationId = core::Id<struct MigrationTag>;

// Why an asserted mark is taken as it is. Order is stored: append only.
enum class ImportMethod { SenderConfirmation, RecomputedHistory, InvestorAgreement };

// Opens a migration into an imported pool that was never priced here.
struct BeginMigration {
  static constexpr std::string_view kType = "begin_migration";

  MigrationId migration;
  core::StructureId structure;
  core::Hash source_document;  // SHA-256 of the sender's file.
  core::Instant cut_over;      // Of when its figures are.
  core::Date trade_date;       // Of the sender's last pricing: fees are counted from there.
  core::BankId bank;           // Client money bank that holds the money now.
  std::uint64_t investors = 0;
  core::Decimal capital;                  // Of all investors, with open results.
  std::optional<core::Decimal> floating;  // Of that, results of open positions.
  std::optional<core::Decimal> units;     // Absent: units are issued at par.
  // Scope pool and equalisation: the pool's mark for a unit. Absent: the marks over the units.
  std::optional<core::Decimal> mark_per_unit;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "migration", self.migration);
    field(2, "structure", self.structure);
    field(3, "source_document", self.source_document);
    field(4, "cut_over", self.cut_over);
    field(5, "trade_date", self.trade_date);
    field(6, "bank", self.bank);
    field(7, "investors", self.investors);
    field(8, "capital", self.capital);
    field(9, "floating", self.floating);
    field(10, "units", self.units);
    field(11, "mark_per_unit", self.mark_per_unit);
  }
};

// A loss that left with money, as the sender kept it.
struct ImportedRelease {
  core::Decimal amount;
  core::Decimal loss;
  core::Date taken;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "amount", self.amount);
    field(2, "loss", self.loss);
    field(3, "taken", self.taken);
  }
};

// One row of the sender's file. A second row of the same investor takes the place of the first,
// until the migration is complete.
struct ImportInvestor {
  static constexpr std::string_view kType = "import_investor";

  MigrationId migration;
  core::PartyId client;
  core::OfferId offer;  // The version he accepted.
  core::Date joined;
  core::Decimal capital;
  std::optional<core::Decimal> floating;
  std::optional<core::Decimal> units;
  // The mark, or what is missing to it: one of them.
  std::optional<core::Decimal> mark;
  std::optional<core::Decimal> loss_carry_forward;
  std::vector<ImportedRelease> released;            // Oldest first.
  std::optional<core::Decimal> accrued_management;  // Not charged yet; any decimals.
  std::optional<core::Decimal> accrued_hurdle;      // On the mark, since the last charge.
  std::optional<core::Decimal> charged_this_year;   // All fees, for the annual cap.
  std::optional<core::Decimal> year_capital;        // At the year's start; capital if absent.
  std::optional<std::uint64_t> periods;             // Crystallisation periods since he joined.
  std::optional<core::Date> period_ended;           // Trade date of the last.
  Source source;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "migration", self.migration);
    field(2, "client", self.client);
    field(3, "offer", self.offer);
    field(4, "joined", self.joined);
    field(5, "capital", self.capital);
    field(6, "floating", self.floating);
    field(7, "units", self.units);
    field(8, "mark", self.mark);
    field(9, "loss_carry_forward", self.loss_carry_forward);
    field(10, "released", self.released);
    field(11, "accrued_management", self.accrued_management);
    field(12, "accrued_hurdle", self.accrued_hurdle);
    field(13, "charged_this_year", self.charged_this_year);
    field(14, "year_capital", self.year_capital);
    field(15, "periods", self.periods);
    field(16, "period_ended", self.period_ended);
    field(17, "source", self.source);
  }
};

// Sender and receiver have signed: the opening entries are made. Needs an approver.
struct CompleteMigration {
  static constexpr std::string_view kType = "complete_migration";

  MigrationId migration;
  core::Hash sender_document;        // SHA-256 of what the sender signed.
  core::Hash receiver_document;      // And of what the receiver signed.
  std::optional<core::Hash> digest;  // Of the rows that they signed; refused if it is another.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "migration", self.migration);
    field(2, "sender_document", self.sender_document);
    field(3, "receiver_document", self.receiver_document);
    field(4, "digest", self.digest);
  }
};

// An asserted mark stands in a statement of the sender to the investor.
struct MatchImport {
  static constexpr std::string_view kType = "match_import";

  core::StructureId structure;
  core::PartyId client;
  core::Decimal mark;  // As the statement has it.
  Source source;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "mark", self.mark);
    field(4, "source", self.source);
  }
};

// No statement: two people accept the mark by a stated method. Needs an approver.
struct AcceptImport {
  static constexpr std::string_view kType = "accept_import";

  core::StructureId structure;
  core::PartyId client;
  ImportMethod method = ImportMethod::SenderConfirmation;
  core::Hash document;  // SHA-256 of how the method was applied.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "method", self.method);
    field(4, "document", self.document);
  }
};

}  // namespace engine

template <>
struct core::EnumNames<engine::ImportMethod> {
  static constexpr std::array<std::string_view, 3> names = {
      "sender_confirmation", "recomputed_history", "investor_agreement"};
};
