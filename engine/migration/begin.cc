#include <cstdlib>

#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/gate/authorisation.h"
#include "engine/imports.h"
#include "engine/lookup.h"
#include "engine/migration/decide.h"
#include "engine/migration/rows.h"
#include "engine/money.h"

namespace engine::migration {
namespace {

constexpr std::uint64_t kInvestorsMax = 1'000'000;
core::Result<> check_amounts(const BeginMigration& command, std::string_view currency) {
  TRY(const auto capital, signed_money(command.capital, currency, "capital"));
  if (capital < 0) {
    return core::invalid("negative_amount", "capital", "It may not be below zero.");
  }
  if (command.floating) {
    TRY(signed_money(*command.floating, currency, "floating"));
  }
  if (command.mark_per_unit) {
    TRY(pool_mark_of(*command.mark_per_unit, currency));
  }
  if (!command.units) return core::ok();
  auto units = core::to_minor(*command.units, kUnitScale);
  if (!units) return std::move(units.error()).within("units");
  if (units.value() >= 0) return core::ok();
  return core::invalid("negative_amount", "units", "They may not be below zero.");
}

// The cut-over has been, and the trade date is the day's of it, or its neighbour's by the zone.
core::Result<> check_times(const Context& context, const BeginMigration& command) {
  const auto day = core::utc_date(command.cut_over).days;
  if (command.cut_over <= context.now && std::abs(day - command.trade_date.days) <= 1) {
    return core::ok();
  }
  return core::invalid("cut_over", "cut_over",
                       "The cut-over has been, on the trade date of the sender's last pricing.");
}

core::Result<> check_structure(const State& state, const Structure& structure) {
  TRY(check_not_migrating(state, structure));
  if (!structure.imported) {
    return core::conflict("not_imported", "structure",
                          "The structure was not opened with `imported`; open another one.");
  }
  if (structure.rollovers == 0 && !structure.migration) return core::ok();
  return core::conflict("already_priced", "structure",
                        "Investors are taken over before the first price; open another structure, "
                        "with the same strategy.");
}

}  // namespace

Drafts decide(const Context& context, const BeginMigration& command) {
  if (context.state.migrations.contains(command.migration)) {
    return core::conflict("exists", "migration", "This id is registered already.");
  }
  TRY(const Structure* structure, find_structure(context, command.structure, Model::Pamm));
  TRY(check_structure(context.state, *structure));
  TRY(gate::authorisation(context, command.structure));
  TRY(require_bank(context, command.bank, BankRing::ClientMoney));
  TRY(check_times(context, command));
  TRY(check_amounts(command, structure->currency));
  if (command.investors == 0 || command.investors > kInvestorsMax) {
    return core::invalid("import_count", "investors", "Take over 1 to 1,000,000 investors.");
  }
  Effects effects(context.effective_at);
  effects.add(MigrationBegun{command}, {}, {command.structure.bytes}).documents = {
      command.source_document};
  return effects.take();
}

void apply(State& state, const MigrationBegun& body, const ledger::RecordView&) {
  const BeginMigration& begun = body.migration;
  state.migrations[begun.migration].begun = begun;
  state.structures.at(begun.structure).migration = begun.migration;
}

}  // namespace engine::migration
