#include "core/check.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/lookup.h"
#include "engine/migration/decide.h"
#include "engine/migration/open_migration.h"
#include "engine/migration/rows.h"
#include "engine/money.h"

namespace engine::migration {
namespace {

// Of the rows' bytes, in the order of their numbers.
core::Hash digest_of(const Migration& migration) {
  core::Bytes bytes;
  for (const auto& [number, import] : migration.rows) {
    const core::Bytes row = core::to_cbor(import.row);
    bytes.insert(bytes.end(), row.begin(), row.end());
  }
  return core::sha256(bytes);
}

core::Result<MigrationCertificate> sum_up(const Migration& migration,
                                          const CompleteMigration& sign_off) {
  MigrationCertificate sums;
  sums.sign_off = sign_off;
  sums.structure = migration.begun.structure;
  sums.source_document = migration.begun.source_document;
  sums.cut_over = migration.begun.cut_over;
  sums.digest = digest_of(migration);
  sums.investors = migration.rows.size();
  for (const auto& [number, import] : migration.rows) {
    TRY(sums.units, core::add(sums.units, import.units));
    TRY(sums.marks, core::add(sums.marks, import.mark));
    TRY(sums.released, core::add(sums.released, import.released));
    TRY(sums.owed, core::add(sums.owed, import.capital));
    TRY(sums.floating, core::add(sums.floating, import.floating));
  }
  TRY(sums.held, core::subtract(sums.owed, sums.floating));
  return sums;
}

core::Result<> check_total(std::string_view field, core::Minor rows, core::Minor said,
                           unsigned scale) {
  if (rows == said) return core::ok();
  return core::conflict("migration_totals", std::string(field),
                        "The rows come to " + core::print_fixed(rows, scale) +
                            ", and the migration was begun with " + core::print_fixed(said, scale) +
                            ".");
}

core::Result<> check_totals(const BeginMigration& begun, const std::string& currency,
                            const MigrationCertificate& sums) {
  const unsigned scale = *core::currency_scale(currency);
  TRY(const auto capital, signed_money(begun.capital, currency, "capital"));
  TRY(const auto floating,
      signed_money(begun.floating.value_or(core::Decimal{}), currency, "floating"));
  TRY(check_total("investors", sums.investors, begun.investors, 0));
  TRY(check_total("capital", sums.owed, capital, scale));
  TRY(check_total("floating", sums.floating, floating, scale));
  if (!begun.units) return core::ok();
  TRY(const auto units, core::to_minor(*begun.units, kUnitScale));
  return check_total("units", sums.units, units, kUnitScale);
}

// The money at the bank is owed to him; open results are in his favour until they are closed.
Postings opening_entry(const Structure& structure, const BeginMigration& begun,
                       const InvestorImported& import) {
  const core::StructureId& pool = begun.structure;
  const core::PartyId& client = import.row.client;
  const std::string& currency = structure.currency;
  const std::string units = accounts::unit_code(structure.ordinal, structure.epoch);
  const std::string marks = accounts::mark_code(currency);
  const std::string contra(accounts::kMemoContra);
  const core::Minor settled = import.capital - import.floating;
  Postings postings;
  postings.add(accounts::bank(begun.bank, BankRing::ClientMoney), currency, settled)
      .add(accounts::settled(pool, client), currency, -settled)
      .add(accounts::floating(pool, client), currency, -import.floating)
      .in(currency, import.floating)
      .add(std::string(accounts::kClientTradingFloating), currency, import.floating)
      .add(accounts::units(pool, client), units, import.units)
      .add(accounts::units_issued(pool), units, -import.units)
      .add(accounts::mark(structure.strategy, client), marks, import.mark)
      .add(accounts::released(structure.strategy, client), marks, import.released)
      .add(contra, marks, -import.mark - import.released);
  return postings;
}

core::Result<> check_nothing_priced(const Context& context, const Structure& structure,
                                    const core::StructureId& pool) {
  const std::string units = accounts::unit_code(structure.ordinal, structure.epoch);
  if (structure.rollovers == 0 && context.books.balance(accounts::units_issued(pool), units) == 0) {
    return core::ok();
  }
  return core::conflict("already_priced", "migration",
                        "The pool was priced in the meantime; take over into another structure.");
}

// One mark for all, where an offer asks for it.
ExactAmount pool_mark(const BeginMigration& begun, std::string_view currency,
                      const MigrationCertificate& sums) {
  if (sums.units == 0) return {};
  if (!begun.mark_per_unit) return {sums.marks, sums.units};
  const auto mark = pool_mark_of(*begun.mark_per_unit, currency);
  CHECK(mark.has_value());  // begin_migration looked at it.
  return mark.value();
}

}  // namespace

Drafts decide(const Context& context, const CompleteMigration& command) {
  TRY(const Migration* migration, find_open(context.state, command.migration));
  const BeginMigration& begun = migration->begun;
  TRY(const Structure* structure, find_structure(context, begun.structure, Model::Pamm));
  TRY(check_nothing_priced(context, *structure, begun.structure));
  TRY(const auto certificate, sum_up(*migration, command));
  TRY(check_totals(begun, structure->currency, certificate));
  if (command.digest && *command.digest != certificate.digest) {
    return core::conflict("digest_differs", "digest",
                          "The rows have another digest than was signed; see a dry run.");
  }
  Effects effects(context.effective_at);
  effects.add(certificate, {}, {begun.structure.bytes}).documents = {
      begun.source_document, command.sender_document, command.receiver_document};
  for (const auto& [number, import] : migration->rows) {
    TRY(check_no_mark(context, *structure, import.row.client));
    effects
        .add(InvestorOpened{begun.structure, import}, opening_entry(*structure, begun, import),
             {import.row.client.bytes, begun.structure.bytes})
        .documents = {import.row.source.document};
  }
  return effects.take();
}

void apply(State& state, const MigrationCertificate& body, const ledger::RecordView& record) {
  Migration& migration = state.migrations.at(body.sign_off.migration);
  migration.certified = true;
  migration.rows.clear();
  migration.row_of.clear();
  Structure& structure = state.structures.at(body.structure);
  structure.trade_date = migration.begun.trade_date;
  structure.rollover_seq = record.seq;  // Valuations of before count for nothing.
  structure.pool_mark = pool_mark(migration.begun, structure.currency, body);
}

void apply(State& state, const InvestorOpened& body, const ledger::RecordView&) {
  const InvestorImported& import = body.import;
  const core::PartyId& client = import.row.client;
  Structure& structure = state.structures.at(body.structure);
  const auto& performance = state.offers.at(import.row.offer).terms.performance;
  const bool by_lot = performance && performance->scope == MarkScope::Lot;
  Migration& migration = state.migrations.at(import.row.migration);
  migration.marks[client] = import.mark;
  open_investor(structure.investors.at(client), import, structure.currency,
                migration.begun.trade_date, by_lot);
  structure.asserted.insert(client);
  structure.offers.insert(import.row.offer);
  if (import.released == 0) return;
  state.strategies.at(structure.strategy).released[client] =
      released_losses(import.row, structure.currency);
}

}  // namespace engine::migration
