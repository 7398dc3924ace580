#include <gtest/gtest.h>

#include "engine/gate_state.h"
#include "engine/partners/decide.h"
#include "engine/trading_state.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/numbers.h"

namespace engine::partners {
namespace {

using tests::client_id;
using tests::decimal;

core::Result<> apply_rebate_record(State& state, const ledger::RecordView& record) {
  const auto apply_it = [](State& to, const auto& body, const ledger::RecordView& view) {
    return partners::apply(to, body, view);
  };
  return tests::apply_one_of<RebateAccrued, RebatePaid, RebatePassed>(state, record, apply_it);
}

// A pool in EUR whose investors hold units, and whose deals earn a rebate.
class Pool : public tests::EngineBook {
 public:
  explicit Pool(RebateTo to, std::string_view rate = "2", Model model = Model::Pamm)
      : EngineBook(apply_rebate_record) {
    add_manager(manager);
    OfferTerms terms;
    terms.rebate_per_lot = decimal(rate);
    terms.rebate_to = to;
    add_structure(structure, model, manager, terms);
    open(accounts::units_issued(structure));
    state.banks[house_bank] = BankRing::House;
    state.banks[client_bank] = BankRing::ClientMoney;
    open(accounts::bank(house_bank, BankRing::House));
  }

  Structure& pool() { return state.structures.at(structure); }

  void add_investor(std::uint64_t number, core::Minor units,
                    ClientCategory category = ClientCategory::Retail) {
    const core::PartyId client = client_id(number);
    add_client(client, category);
    pool().mandates.emplace(client, core::DecisionId{});
    pool().investors[client].ordinal = pool().investors.size();
    open(accounts::units(structure, client));
    if (units != 0) give_units(number, units);
  }
  void give_units(std::uint64_t number, core::Minor units) {
    post(accounts::units(structure, client_id(number)), accounts::units_issued(structure),
         accounts::unit_code(pool().ordinal, pool().epoch), units);
  }

  std::string deal(const std::string& lots) {
    Effects effects(now);
    const auto accrued = accrue(context(), effects, structure, "1", decimal(lots));
    if (!accrued) return tests::outcome(accrued);
    return commit(effects.take());
  }
  std::string pay(std::optional<core::BankId> bank = {}) {
    return commit(decide(context(), PayRebate{structure, bank}));
  }

  core::Minor wallet(std::uint64_t number) const {
    return -balance(accounts::wallet(client_id(number)));
  }
  core::Minor accrued() const { return -balance(accounts::rebate_accrued(manager)); }

  const core::StructureId structure = tests::id<core::StructureId>(700);
  const core::PartyId manager = tests::id<core::PartyId>(800);
  const core::BankId house_bank = tests::id<core::BankId>(1);
  const core::BankId client_bank = tests::id<core::BankId>(2);
};

TEST(Accrue, TheFloorOfTheSumIsPostedNotTheSumOfFloors) {
  Pool pool(RebateTo::Investors, "0.333");
  for (int i = 0; i < 100; ++i) ASSERT_EQ(pool.deal("0.01"), "done");  // 0.00333 each.
  EXPECT_TRUE(pool.accrued() == 33);
  const Rebate& rebate = pool.pool().rebate;
  EXPECT_TRUE(rebate.posted == rebate.exact / rebate.denominator);
  // 0.333 EUR is 33.3 cents.
  EXPECT_TRUE(rebate.exact * 10 == rebate.denominator * 333);
}

TEST(Accrue, AnOfferWithoutRebateRecordsNothing) {
  Pool pool(RebateTo::Investors);
  pool.state.offers.begin()->second.terms.rebate_per_lot.reset();
  ASSERT_EQ(pool.deal("1"), "done");
  EXPECT_EQ(pool.last_size(), 0u);
  EXPECT_EQ(pool.pay(), "Conflict/nothing_to_pay");
}

TEST(Accrue, AVolumeFinerThanLotsAreCountedIsRefused) {
  Pool pool(RebateTo::Investors);
  EXPECT_EQ(pool.deal("0.000000001"), "InvalidInput/precision");
}

TEST(PayRebate, APoolsRebateGoesByUnitsAndSumsUp) {
  Pool pool(RebateTo::Investors);
  pool.add_investor(1, 100);
  pool.add_investor(2, 100);
  pool.add_investor(3, 100);
  ASSERT_EQ(pool.deal("50"), "done");
  ASSERT_EQ(pool.pay(), "done");
  EXPECT_TRUE(pool.wallet(1) == 3'334);
  EXPECT_TRUE(pool.wallet(2) == 3'333);
  EXPECT_TRUE(pool.wallet(3) == 3'333);
  EXPECT_TRUE(pool.accrued() == 0);
  // The house owes the client ring what it passed on.
  EXPECT_TRUE(pool.balance(std::string(accounts::kInterfundClient)) == 10'000);
  EXPECT_EQ(pool.pay(), "Conflict/nothing_to_pay");
}

TEST(PayRebate, AnInvestorSharesInTheVolumeOfHisTimeOnly) {
  Pool pool(RebateTo::Investors);
  pool.add_investor(1, 100);
  pool.add_investor(2, 0);
  ASSERT_EQ(pool.deal("50"), "done");
  ++pool.pool().rollovers;
  pool.give_units(1, -100);
  pool.give_units(2, 100);
  ASSERT_EQ(pool.deal("30"), "done");
  ASSERT_EQ(pool.deal("20"), "done");
  EXPECT_EQ(pool.pool().rebate.periods.size(), 2u);
  ++pool.pool().rollovers;
  pool.give_units(2, -100);  // Both have left; wallets are paid all the same.
  ASSERT_EQ(pool.pay(), "done");
  EXPECT_TRUE(pool.wallet(1) == 10'000);
  EXPECT_TRUE(pool.wallet(2) == 10'000);
}

TEST(PayRebate, VolumeThatWasSettledCountsNoMore) {
  Pool pool(RebateTo::Investors);
  pool.add_investor(1, 100);
  pool.add_investor(2, 0);
  ASSERT_EQ(pool.deal("50"), "done");
  ASSERT_EQ(pool.pay(), "done");
  ++pool.pool().rollovers;
  pool.give_units(1, -100);
  pool.give_units(2, 100);
  ASSERT_EQ(pool.deal("50"), "done");
  ASSERT_EQ(pool.pay(), "done");
  EXPECT_TRUE(pool.wallet(1) == 10'000);
  EXPECT_TRUE(pool.wallet(2) == 10'000);
}

TEST(PayRebate, AnOddCentGoesByRegistrationNotByNumber) {
  Pool pool(RebateTo::Investors, "0.01");
  pool.add_investor(2, 100);
  pool.add_investor(1, 100);
  ASSERT_EQ(pool.deal("1"), "done");
  ASSERT_EQ(pool.pay(), "done");
  EXPECT_TRUE(pool.wallet(2) == 1);
}

TEST(PayRebate, WhatIsPassedOnSumsToWhatAccrued) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    Pool pool(RebateTo::Investors, "7.77");
    const std::uint64_t investors = 1 + numbers.below(8);
    for (std::uint64_t number = 1; number <= investors; ++number) {
      pool.add_investor(number, static_cast<core::Minor>(1 + numbers.below(1'000)));
    }
    core::Minor passed = 0;
    for (int i = 0; i < 5; ++i) {
      const auto lots = static_cast<core::Minor>(1 + numbers.below(500));
      ASSERT_EQ(pool.deal(core::to_string(core::to_decimal(lots, 2))), "done");
      ++pool.pool().rollovers;
      pool.give_units(1, 10);
      const core::Minor accrued = pool.accrued();
      if (numbers.below(2) == 0 || accrued == 0) continue;
      ASSERT_EQ(pool.pay(), "done");
      passed += accrued;
      EXPECT_TRUE(pool.accrued() == 0);
    }
    core::Minor wallets = 0;
    for (std::uint64_t number = 1; number <= investors; ++number) wallets += pool.wallet(number);
    EXPECT_TRUE(wallets == passed);
  }
}

// --- Clients who gave volume back
// ---------------------------------------------------------------------------------------

// A group that is paid 10 a lot, each client by what closes on his own account.
class Accounts : public Pool {
 public:
  Accounts() : Pool(RebateTo::Investors, "10", Model::Mam) {
    for (std::uint64_t number = 1; number <= 3; ++number) {
      add_client(client_id(number), ClientCategory::Retail);
      const auto account = tests::id<core::AccountId>(600 + number);
      state.trading->accounts[account] = {structure, client_id(number), number, "EUR"};
      pool().accounts.push_back(account);
    }
  }
  void trade(std::uint64_t number, const std::string& lots) {
    ASSERT_EQ(deal(lots), "done");
    const auto volume = core::to_minor(decimal(lots), kLotScale);
    ASSERT_TRUE(add_volume(state, structure, client_id(number), volume.value()));
  }
};

// 50 for 5 lots that were never closed. Of 100 for the next one's 10 lots only 50 are to pay; the
// others when the first has closed 5 lots again.
TEST(PayRebate, WhatOneOwesIsNotForgottenAndAnotherHasItLater) {
  Accounts book;
  book.trade(1, "5");
  ASSERT_EQ(book.pay(), "done");
  book.trade(1, "-5");
  book.trade(2, "10");
  ASSERT_EQ(book.pay(), "done");
  EXPECT_TRUE(book.last<RebatePassed>().at(0).settled == core::Minor{500'000'000});
  EXPECT_TRUE(book.wallet(1) == 5'000 && book.wallet(2) == 5'000);
  EXPECT_EQ(book.pay(), "Conflict/nothing_to_pay");
  book.trade(1, "5");
  ASSERT_EQ(book.pay(), "done");
  EXPECT_TRUE(book.wallet(1) == 5'000 && book.wallet(2) == 10'000);
  book.trade(1, "1");
  ASSERT_EQ(book.pay(), "done");
  EXPECT_FALSE(book.last<RebatePassed>().at(0).settled);
  EXPECT_TRUE(book.wallet(1) == 6'000 && book.wallet(2) == 10'000);
}

// 100 are to pay for 10 and 5 lots; then 50 for the thirds that were left of them.
TEST(PayRebate, SeveralWaitForWhatOneOwesByTheirVolume) {
  Accounts book;
  book.trade(1, "5");
  ASSERT_EQ(book.pay(), "done");
  book.trade(1, "-5");
  book.trade(2, "10");
  book.trade(3, "5");
  ASSERT_EQ(book.pay(), "done");
  EXPECT_TRUE(book.wallet(2) == 6'667 && book.wallet(3) == 3'333);
  book.trade(1, "5");
  ASSERT_EQ(book.pay(), "done");
  EXPECT_TRUE(book.wallet(1) == 5'000 && book.wallet(2) == 10'000 && book.wallet(3) == 5'000);
  EXPECT_TRUE(book.accrued() == 0);
}

TEST(PayRebate, AProfessionalPoolMayPayItsManager) {
  Pool pool(RebateTo::Manager);
  pool.add_investor(1, 100, ClientCategory::Professional);
  ASSERT_EQ(pool.deal("50"), "done");
  EXPECT_EQ(pool.pay(), "InvalidInput/missing_field");
  EXPECT_EQ(pool.pay(tests::id<core::BankId>(3)), "NotFound/unknown_bank");
  EXPECT_EQ(pool.pay(pool.client_bank), "Conflict/wrong_bank");
  pool.state.gate->hits.insert(pool.manager);
  EXPECT_EQ(pool.pay(pool.house_bank), "Conflict/screening_hit");
  pool.state.gate->hits.clear();
  ASSERT_EQ(pool.pay(pool.house_bank), "done");
  EXPECT_TRUE(pool.accrued() == 0);
  EXPECT_TRUE(pool.balance(accounts::bank(pool.house_bank, BankRing::House)) == -10'000);
  EXPECT_EQ(pool.pay(pool.house_bank), "Conflict/nothing_to_pay");
}

TEST(PayRebate, OneRetailClientKeepsItFromTheManagerExceptOffshore) {
  Pool pool(RebateTo::Manager);
  pool.add_investor(1, 100, ClientCategory::Professional);
  pool.add_investor(2, 1);
  ASSERT_EQ(pool.deal("50"), "done");
  for (const auto jurisdiction : {Jurisdiction::Cysec, Jurisdiction::Fca, Jurisdiction::Asic}) {
    pool.pool().jurisdiction = jurisdiction;
    EXPECT_EQ(pool.pay(pool.house_bank), "Conflict/rebate_to_manager");
  }
  pool.pool().jurisdiction = Jurisdiction::Offshore;
  EXPECT_EQ(pool.pay(pool.house_bank), "done");
}

TEST(PayRebate, TheManagersOwnCapitalNeitherBarsNorShares) {
  Pool pool(RebateTo::Manager);
  pool.add_investor(1, 100, ClientCategory::Professional);
  pool.add_investor(2, 100);
  pool.pool().manager_client = client_id(2);
  ASSERT_EQ(pool.deal("50"), "done");
  EXPECT_EQ(pool.pay(pool.house_bank), "done");

  Pool passed(RebateTo::Investors);
  passed.add_investor(1, 100);
  passed.add_investor(2, 100);
  passed.pool().manager_client = client_id(2);
  ASSERT_EQ(passed.deal("50"), "done");
  ASSERT_EQ(passed.pay(), "done");
  EXPECT_TRUE(passed.wallet(1) == 10'000);
  EXPECT_TRUE(passed.wallet(2) == 0);
}

TEST(PayRebate, TwoStructuresOfAManagerArePaidApart) {
  Pool pool(RebateTo::Manager);
  pool.add_investor(1, 100, ClientCategory::Professional);
  ASSERT_EQ(pool.deal("50"), "done");
  // Accrued on another structure of the same manager: not this one's to pay.
  pool.post(accounts::rebate_expense(pool.manager), accounts::rebate_accrued(pool.manager), "EUR",
            777);
  ASSERT_EQ(pool.pay(pool.house_bank), "done");
  EXPECT_TRUE(pool.accrued() == 777);
}

TEST(PayRebate, ItIsRefusedWithoutStructureInvestorsOrUse) {
  Pool pool(RebateTo::Investors);
  ASSERT_EQ(pool.deal("50"), "done");
  EXPECT_EQ(pool.pay(pool.house_bank), "InvalidInput/unused_field");
  EXPECT_EQ(pool.pay(), "Conflict/nobody_to_pay");
  EXPECT_EQ(tests::outcome(decide(pool.context(), PayRebate{tests::id<core::StructureId>(1), {}})),
            "NotFound/unknown_structure");
}

}  // namespace
}  // namespace engine::partners
