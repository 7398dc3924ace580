#include "engine/accounts.h"
#include "engine/gate_state.h"
#include "engine/imports.h"
#include "engine/migration/decide.h"
#include "tests/support/engine_fixture.h"

namespace engine::migration {
namespace {

using tests::client_id;
using tests::decimal;
using tests::id;

const auto kMia = client_id(50);
const auto kAnna = client_id(1);
const auto kBen = client_id(2);
const auto kPool = id<core::StructureId>(60);
const auto kMigration = id<MigrationId>(70);
const auto kBank = id<core::BankId>(80);
const core::Hash kFile = core::sha256(core::as_bytes("rows"));
const core::Date kTradeDate{20'000};

// A pool to be migrated into, with two investors who accepted its mandate.
class Migrations : public testing::Test {
 protected:
  Migrations()
      : book([](State& state, const ledger::RecordView& record) {
          return tests::apply_one_of<MigrationBegun, InvestorImported, MigrationCertificate,
                                     InvestorOpened, ImportMatched, ImportAccepted>(
              state, record, [](State& s, const auto& body, const ledger::RecordView& r) {
                return apply(s, body, r);
              });
        }) {
    book.now = core::utc_midnight({kTradeDate.days + 2});
    book.state.banks[kBank] = BankRing::ClientMoney;
    book.open(accounts::bank(kBank, BankRing::ClientMoney), {ledger::LawKind::NeverCredit});
    book.open(std::string(accounts::units_issued(kPool)), {ledger::LawKind::NeverDebit});
    book.add_manager(kMia);
    book.add_decision(kMia, Model::Pamm, Verdict::Allow);
    book.state.decisions.begin()->second.valid_until = core::kInstantMax;
    Structure& pool = book.add_structure(kPool, Model::Pamm, kMia, {});
    pool.imported = true;
    pool.strategy = id<core::StrategyId>(60);
    book.state.strategies[pool.strategy] = {kMia, "EUR", {}};
    for (const auto& client : {kAnna, kBen}) add_investor(client);
  }
  void add_investor(const core::PartyId& client) {
    book.add_client(client, ClientCategory::Retail);
    pool().mandates[client] = {};
    pool().investors[client].offer = pool().offer;
    for (const auto& path :
         {accounts::settled(kPool, client), accounts::floating(kPool, client),
          accounts::units(kPool, client), accounts::mark(pool().strategy, client),
          accounts::released(pool().strategy, client)}) {
      book.open(path);
    }
  }
  Structure& pool() { return book.state.structures.at(kPool); }
  template <class Command>
  std::string give(const Command& command) {
    return book.commit(decide(book.context(), command));
  }
  BeginMigration begin() const {
    BeginMigration command;
    command.migration = kMigration;
    command.structure = kPool;
    command.source_document = kFile;
    command.cut_over = core::utc_midnight({kTradeDate.days + 1});
    command.trade_date = kTradeDate;
    command.bank = kBank;
    command.investors = 2;
    command.capital = decimal("100.01");
    return command;
  }
  ImportInvestor row(std::uint64_t number, const core::PartyId& client, std::string_view capital) {
    ImportInvestor command;
    command.migration = kMigration;
    command.client = client;
    command.offer = pool().offer;
    command.joined = {kTradeDate.days - 100};
    command.capital = decimal(capital);
    command.loss_carry_forward = decimal("0");
    command.source = {kFile, number};
    return command;
  }
  std::string complete() { return give(CompleteMigration{kMigration, kFile, kFile, {}}); }

  tests::EngineBook book;
};

TEST_F(Migrations, NoneBeginsForASuspendedManagerAndWhatBeganCanBeEnded) {
  book.state.gate->suspended.insert(kMia);
  EXPECT_EQ(give(begin()), "Conflict/not_authorised");
  book.state.gate->suspended.clear();
  EXPECT_EQ(give(begin()), "done");
  book.state.gate->suspended.insert(kMia);
  book.state.gate->hits.insert(kBen);
  EXPECT_EQ(give(row(1, kAnna, "60")), "done");
  EXPECT_EQ(give(row(2, kBen, "40.01")), "done");
  EXPECT_EQ(complete(), "done");
}

TEST_F(Migrations, NothingIsOwedBeforeTheCertificate) {
  EXPECT_EQ(give(begin()), "done");
  EXPECT_EQ(give(row(1, kAnna, "60")), "done");
  EXPECT_EQ(tests::outcome(check_not_migrating(book.state, pool())), "Conflict/migration_open");
  EXPECT_EQ(book.balance(accounts::settled(kPool, kAnna)), 0);
  EXPECT_EQ(complete(), "Conflict/migration_totals");
  EXPECT_EQ(give(row(2, kBen, "40.01")), "done");
  EXPECT_EQ(complete(), "done");
  EXPECT_TRUE(check_not_migrating(book.state, pool()));
  EXPECT_EQ(book.balance(accounts::settled(kPool, kAnna)), -6000);
  EXPECT_EQ(book.balance(accounts::bank(kBank, BankRing::ClientMoney)), 10'001);
  EXPECT_EQ(book.balance(accounts::units(kPool, kBen), accounts::unit_code(1, 1)), 4'001'000'000);
  EXPECT_EQ(pool().trade_date, kTradeDate);
  EXPECT_EQ(pool().investors.at(kAnna).joined, core::Date{kTradeDate.days - 100});
  EXPECT_EQ(pool().investors.at(kAnna).opening, 6000);
}

TEST_F(Migrations, AMarkIsCapitalAndCarriedLoss) {
  EXPECT_EQ(give(begin()), "done");
  ImportInvestor import = row(1, kAnna, "60");
  import.loss_carry_forward = decimal("15.50");
  EXPECT_EQ(give(import), "done");
  EXPECT_EQ(book.last<InvestorImported>().front().mark, 7550);
  import.mark = decimal("75.50");
  EXPECT_EQ(give(import), "InvalidInput/import_mark");
  import.loss_carry_forward.reset();
  EXPECT_EQ(give(import), "done");
  EXPECT_EQ(book.last<InvestorImported>().front().mark, 7550);
  import.mark = decimal("-1");
  EXPECT_EQ(give(import), "InvalidInput/negative_amount");
}

TEST_F(Migrations, AssertedMarksBlockCrystallisation) {
  EXPECT_EQ(give(begin()), "done");
  EXPECT_EQ(give(row(1, kAnna, "60")), "done");
  EXPECT_EQ(give(row(2, kBen, "40.01")), "done");
  EXPECT_FALSE(blocks_crystallisation(pool(), kAnna));
  EXPECT_EQ(complete(), "done");
  EXPECT_TRUE(blocks_crystallisation(pool(), kAnna));
  EXPECT_TRUE(blocks_crystallisation(pool(), kBen));
  EXPECT_EQ(give(MatchImport{kPool, kAnna, decimal("60.01"), {kFile, 1}}), "Conflict/mark_differs");
  EXPECT_EQ(give(MatchImport{kPool, kAnna, decimal("60"), {kFile, 1}}), "done");
  EXPECT_FALSE(blocks_crystallisation(pool(), kAnna));
  EXPECT_EQ(give(MatchImport{kPool, kAnna, decimal("60"), {kFile, 1}}), "Conflict/not_asserted");
  EXPECT_EQ(give(AcceptImport{kPool, kBen, ImportMethod::RecomputedHistory, kFile}), "done");
  EXPECT_FALSE(blocks_crystallisation(pool(), kBen));
}

TEST_F(Migrations, UnitsHaveThePriceOfTheWhole) {
  BeginMigration command = begin();
  command.units = decimal("3");  // 33.336... each
  EXPECT_EQ(give(command), "done");
  const auto with_units = [&](std::string_view capital, std::string_view units) {
    ImportInvestor import = row(1, kAnna, capital);
    import.units = decimal(units);
    return give(import);
  };
  EXPECT_EQ(give(row(1, kAnna, "33.33")), "InvalidInput/import_units");
  EXPECT_EQ(with_units("33.32", "1"), "InvalidInput/import_units");
  EXPECT_EQ(with_units("33.33", "1"), "done");
  EXPECT_EQ(with_units("33.34", "1"), "done");
  EXPECT_EQ(with_units("33.35", "1"), "InvalidInput/import_units");
  EXPECT_EQ(with_units("33.33", "-1"), "InvalidInput/negative_amount");
  EXPECT_EQ(with_units("33.33", "1.000000001"), "InvalidInput/precision");
}

TEST_F(Migrations, ItIsIntoAnImportedPoolThatWasNeverPriced) {
  pool().imported = false;
  EXPECT_EQ(give(begin()), "Conflict/not_imported");
  pool().imported = true;
  pool().rollovers = 1;
  EXPECT_EQ(give(begin()), "Conflict/already_priced");
  pool().rollovers = 0;
  EXPECT_EQ(give(begin()), "done");
  EXPECT_EQ(give(begin()), "Conflict/exists");
  BeginMigration second = begin();
  second.migration = id<MigrationId>(71);
  EXPECT_EQ(give(second), "Conflict/migration_open");
  pool().rollovers = 1;
  EXPECT_EQ(complete(), "Conflict/already_priced");
}

TEST_F(Migrations, TimesAndTotalsAreLookedAt) {
  BeginMigration command = begin();
  command.cut_over = {book.now.micros + 1};
  EXPECT_EQ(give(command), "InvalidInput/cut_over");
  command = begin();
  command.trade_date.days -= 1;
  EXPECT_EQ(give(command), "InvalidInput/cut_over");
  command = begin();
  command.investors = 0;
  EXPECT_EQ(give(command), "InvalidInput/import_count");
  command = begin();
  command.capital = decimal("-1");
  EXPECT_EQ(give(command), "InvalidInput/negative_amount");
  command = begin();
  command.bank = id<core::BankId>(81);
  EXPECT_EQ(give(command), "NotFound/unknown_bank");
}

TEST_F(Migrations, RowsAreOfTheFileAndOfOneInvestorEach) {
  EXPECT_EQ(give(row(1, kAnna, "60")), "NotFound/unknown_migration");
  EXPECT_EQ(give(begin()), "done");
  ImportInvestor import = row(1, kAnna, "60");
  import.source.document = {};
  EXPECT_EQ(give(import), "Conflict/wrong_source");
  EXPECT_EQ(give(row(1, kAnna, "60")), "done");
  EXPECT_EQ(give(row(1, kBen, "40.01")), "Conflict/wrong_source");
  // Anna's row gets another number: the first one is free again.
  EXPECT_EQ(give(row(3, kAnna, "60")), "done");
  EXPECT_EQ(give(row(1, kBen, "40.01")), "done");
  EXPECT_EQ(book.state.migrations.at(kMigration).rows.size(), 2u);
  EXPECT_EQ(complete(), "done");
  EXPECT_EQ(give(row(1, kAnna, "60")), "Conflict/migration_complete");
  EXPECT_EQ(complete(), "Conflict/migration_complete");
}

TEST_F(Migrations, DatesFollowEachOther) {
  EXPECT_EQ(give(begin()), "done");
  ImportInvestor import = row(1, kAnna, "60");
  import.joined = {kTradeDate.days + 1};
  EXPECT_EQ(give(import), "InvalidInput/import_dates");
  import = row(1, kAnna, "60");
  import.period_ended = core::Date{kTradeDate.days - 101};
  EXPECT_EQ(give(import), "InvalidInput/import_dates");
  import = row(1, kAnna, "60");
  import.released = {{decimal("10"),
                      decimal("1"),
                      { kTradeDate.days - 5 }},
                     { decimal("10"),
                       decimal("1"),
                       { kTradeDate.days - 6 } }};
  EXPECT_EQ(give(import), "InvalidInput/import_dates");
}

TEST_F(Migrations, WhatTheSenderKeptComesAlong) {
  pool().offer = id<core::OfferId>(9001);
  Offer by_lot{Model::Pamm, "EUR", {}};
  by_lot.terms.performance.emplace().scope = MarkScope::Lot;
  book.state.offers[pool().offer] = by_lot;
  EXPECT_EQ(give(begin()), "done");
  ImportInvestor import = row(1, kAnna, "60");
  import.loss_carry_forward = decimal("5");
  import.released = {{decimal("10"),
                      decimal("1"),
                      { kTradeDate.days - 6 }},
                     { decimal("20"),
                       decimal("2.50"),
                       { kTradeDate.days - 5 } }};
  import.accrued_management = decimal("0.12345");
  import.accrued_hurdle = decimal("1.5");
  import.charged_this_year = decimal("3");
  import.periods = 4;
  EXPECT_EQ(give(import), "done");
  EXPECT_EQ(give(row(2, kBen, "40.01")), "done");
  EXPECT_EQ(complete(), "done");
  const Investor& anna = pool().investors.at(kAnna);
  EXPECT_EQ(anna.offer, pool().offer);
  EXPECT_EQ(anna.management.accrued.numerator, 12'345);  // 12.345 cents.
  EXPECT_EQ(anna.management.accrued.denominator, 1'000);
  EXPECT_EQ(anna.hurdle.numerator, 150);
  EXPECT_EQ(anna.year.charged, 300);
  EXPECT_EQ(anna.year.capital, 6000);
  EXPECT_EQ(anna.year.year, 2024u);  // Day 20,000 is 4 October 2024.
  ASSERT_EQ(anna.losses.size(), 1u);
  EXPECT_EQ(anna.losses.front().period, 4u);
  EXPECT_EQ(anna.losses.front().amount, 500);
  ASSERT_EQ(anna.lots.size(), 1u);
  EXPECT_EQ(anna.lots.front().mark, 6500);
  EXPECT_EQ(anna.lots.front().units, 6'000'000'000);
  const auto& released = book.state.strategies.at(pool().strategy).released.at(kAnna);
  ASSERT_EQ(released.size(), 2u);
  EXPECT_EQ(released.back().loss, 250);
  EXPECT_EQ(book.balance(accounts::released(pool().strategy, kAnna), "MARK.EUR"), 350);
}

TEST_F(Migrations, MarksDoNotAddUp) {
  EXPECT_EQ(give(begin()), "done");
  book.post(accounts::mark(pool().strategy, kAnna), std::string(accounts::kMemoContra), "MARK.EUR",
            1);
  EXPECT_EQ(give(row(1, kAnna, "60")), "Conflict/mark_exists");
}

TEST_F(Migrations, OpenResultsAreOwedByTheHouse) {
  BeginMigration command = begin();
  command.investors = 1;
  command.capital = decimal("60");
  command.floating = decimal("10");
  EXPECT_EQ(give(command), "done");
  ImportInvestor import = row(1, kAnna, "60");
  EXPECT_EQ(give(import), "done");
  EXPECT_EQ(complete(), "Conflict/migration_totals");
  import.floating = decimal("10");
  EXPECT_EQ(give(import), "done");
  EXPECT_EQ(complete(), "done");
  EXPECT_EQ(book.balance(accounts::settled(kPool, kAnna)), -5000);
  EXPECT_EQ(book.balance(accounts::floating(kPool, kAnna)), -1000);
  EXPECT_EQ(book.balance(accounts::bank(kBank, BankRing::ClientMoney)), 5000);
  EXPECT_EQ(book.balance(std::string(accounts::kInterfundClient)), 1000);
}

}  // namespace
}  // namespace engine::migration
