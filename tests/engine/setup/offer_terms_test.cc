#include "engine/setup/offer_terms.h"

#include <gtest/gtest.h>

#include "tests/support/engine_fixture.h"

namespace engine::setup {
namespace {

using tests::client_id;
using tests::decimal;

// "refused at place", or "right".
std::string checked_terms(const OfferTerms& terms, Model model = Model::Pamm,
                          std::string currency = "EUR") {
  const auto result =
      check_terms({tests::id<core::OfferId>(1), model, std::move(currency), terms, {}});
  return result ? "right" : result.error().reason + " at " + result.error().at;
}

OfferTerms with(const PerformanceTerms& performance) {
  OfferTerms terms;
  terms.performance_fee_rate = decimal("0.20");
  terms.performance = performance;
  return terms;
}
std::string performance(void (*change)(PerformanceTerms&)) {
  PerformanceTerms terms;
  change(terms);
  return checked_terms(with(terms));
}
std::string terms(void (*change)(OfferTerms&)) {
  OfferTerms changed;
  change(changed);
  return checked_terms(changed);
}
std::string dealing(void (*change)(DealingTerms&)) {
  OfferTerms changed;
  change(changed.dealing.emplace());
  return checked_terms(changed);
}
std::string tiers(std::vector<FeeTier> tiers, std::string_view flat = "0") {
  OfferTerms changed;
  changed.performance_fee_rate = decimal(flat);
  changed.performance.emplace().tiers = std::move(tiers);
  return checked_terms(changed);
}

TEST(OfferTerms, PlainRatesAreRight) {
  EXPECT_EQ(checked_terms({}), "right");
  EXPECT_EQ(performance([](auto&) {}), "right");
}

TEST(OfferTerms, RatesAreFromNothingToTheWhole) {
  const auto range = [](const std::string& place) { return "rate_range at terms: " + place; };
  EXPECT_EQ(terms([](auto& t) { t.management_fee_rate = decimal("1.01"); }),
            range("management_fee_rate"));
  EXPECT_EQ(terms([](auto& t) { t.performance_fee_rate = decimal("-0.2"); }),
            range("performance_fee_rate"));
  EXPECT_EQ(terms([](auto& t) { t.entry_fee_rate = decimal("2"); }), range("entry_fee_rate"));
  EXPECT_EQ(terms([](auto& t) { t.annual_cap = decimal("1.5"); }), range("annual_cap"));
  EXPECT_EQ(terms([](auto& t) { t.exit_fee = {decimal("1.1"), {}, {}}; }), range("exit_fee: rate"));
  EXPECT_EQ(terms([](auto& t) { t.tax = {decimal("-0.1"), "CY", {}}; }), range("tax: rate"));
  EXPECT_EQ(terms([](auto& t) { t.shares.emplace().broker = decimal("7"); }),
            range("shares: broker"));
  EXPECT_EQ(terms([](auto& t) { t.volume.emplace().per_lot = decimal("-1"); }),
            range("volume: per_lot"));
  EXPECT_EQ(dealing([](auto& d) { d.margin_floor = decimal("1.2"); }),
            range("dealing: margin_floor"));
  EXPECT_EQ(performance([](auto& p) {
              p.hurdle = {decimal("1.01"), {}, {}, {}};
            }),
            range("performance: hurdle: rate"));
}

TEST(OfferTerms, AGateLetsSomethingThrough) {
  EXPECT_EQ(dealing([](auto& d) { d.gate = decimal("0"); }), "rate_range at terms: dealing: gate");
  EXPECT_EQ(dealing([](auto& d) { d.gate = decimal("0.1"); }), "right");
}

TEST(OfferTerms, CatchUpBelongsToItsKind) {
  const auto hurdle = [](HurdleKind kind, std::optional<core::Decimal> catch_up) {
    PerformanceTerms performance;
    performance.hurdle = {decimal("0.05"), kind, catch_up, {}};
    return checked_terms(with(performance));
  };
  const std::string place = " at terms: performance: hurdle: catch_up";
  EXPECT_EQ(hurdle(HurdleKind::CatchUp, decimal("1")), "right");
  EXPECT_EQ(hurdle(HurdleKind::CatchUp, decimal("0.5")), "right");
  EXPECT_EQ(hurdle(HurdleKind::Hard, {}), "right");
  EXPECT_EQ(hurdle(HurdleKind::CatchUp, {}), "hurdle_terms" + place);
  EXPECT_EQ(hurdle(HurdleKind::Soft, decimal("1")), "hurdle_terms" + place);
  EXPECT_EQ(hurdle(HurdleKind::CatchUp, decimal("0")), "rate_range" + place);
  EXPECT_EQ(hurdle(HurdleKind::CatchUp, decimal("1.1")), "rate_range" + place);
}

TEST(OfferTerms, TiersAscendAndTheLastIsOpen) {
  const auto end = [](std::string_view text) { return std::optional(decimal(text)); };
  const std::string at = "fee_tiers at terms: performance: tiers";
  EXPECT_EQ(tiers({{end("0.10"), decimal("0.10")}, {{}, decimal("0.20")}}), "right");
  EXPECT_EQ(tiers({{{}, decimal("0.20")}}), "right");
  EXPECT_EQ(tiers({{end("0.10"), decimal("0.10")}}), at + ": 0: up_to_return");
  EXPECT_EQ(tiers({{{}, decimal("0.1")}, {{}, decimal("0.2")}}), at + ": 0: up_to_return");
  EXPECT_EQ(
      tiers({{end("0.1"), decimal("0.1")}, {end("0.10"), decimal("0.2")}, {{}, decimal("0")}}),
      at + ": 1: up_to_return");
  EXPECT_EQ(tiers({{end("0"), decimal("0.1")}, {{}, decimal("0.2")}}), at + ": 0: up_to_return");
  EXPECT_EQ(tiers({{end("0.1"), decimal("1.1")}, {{}, decimal("0.2")}}),
            "rate_range at terms: performance: tiers: 0: rate");
  EXPECT_EQ(tiers({{{}, decimal("0.20")}}, "0.20"), at);
  EXPECT_EQ(tiers(std::vector<FeeTier>(21)), at);
  EXPECT_EQ(performance([](auto& p) { p.tier_mode = TierMode::Whole; }),
            "fee_tiers at terms: performance: tier_mode");
}

TEST(OfferTerms, MarksAreNeverReset) {
  EXPECT_EQ(performance([](auto& p) { p.withdrawal_rule = WithdrawalRule::Reset; }),
            "mark_reset at terms: performance: withdrawal_rule");
}

TEST(OfferTerms, WindowsAndMonthsHaveBounds) {
  const std::string at = " at terms: performance: ";
  EXPECT_EQ(performance([](auto& p) { p.look_back_periods = 1; }), "right");
  EXPECT_EQ(performance([](auto& p) { p.look_back_periods = 0; }),
            "look_back" + at + "look_back_periods");
  EXPECT_EQ(performance([](auto& p) { p.look_back_periods = 3661; }),
            "look_back" + at + "look_back_periods");
  EXPECT_EQ(performance([](auto& p) { p.restore_months = 12; }), "right");
  EXPECT_EQ(performance([](auto& p) { p.restore_months = 11; }),
            "restore_months" + at + "restore_months");
  EXPECT_EQ(performance([](auto& p) { p.restore_months = 1201; }),
            "restore_months" + at + "restore_months");
  EXPECT_EQ(performance([](auto& p) {
              p.restore_months = 12;
              p.withdrawal_rule = WithdrawalRule::Absolute;
            }),
            "restore_months" + at + "restore_months");
}

TEST(OfferTerms, LotsAreProportional) {
  const std::string at = " at terms: performance: ";
  EXPECT_EQ(performance([](auto& p) {
              p.scope = MarkScope::Lot;
              p.withdrawal_rule = WithdrawalRule::Proportional;
              p.lot_order = LotOrder::ProRata;
              p.equalisation = Equalisation::Credit;
            }),
            "right");
  EXPECT_EQ(performance([](auto& p) { p.scope = MarkScope::Lot; }), "right");
  EXPECT_EQ(performance([](auto& p) {
              p.scope = MarkScope::Lot;
              p.withdrawal_rule = WithdrawalRule::Absolute;
            }),
            "lot_scope" + at + "withdrawal_rule");
  EXPECT_EQ(performance([](auto& p) { p.lot_order = LotOrder::Fifo; }),
            "lot_scope" + at + "lot_order");
  EXPECT_EQ(performance([](auto& p) { p.equalisation = Equalisation::Series; }),
            "equalisation" + at + "equalisation");
}

TEST(OfferTerms, MoneyHasTheCurrencysDecimalsAndIsNotBelowZero) {
  EXPECT_EQ(dealing([](auto& d) { d.minimum_initial = decimal("0"); }), "right");
  EXPECT_EQ(dealing([](auto& d) { d.minimum_initial = decimal("100.001"); }),
            "precision at terms: dealing: minimum_initial");
  EXPECT_EQ(dealing([](auto& d) { d.minimum_top_up = decimal("-1"); }),
            "negative_amount at terms: dealing: minimum_top_up");
  EXPECT_EQ(dealing([](auto& d) { d.increment = decimal("0"); }),
            "not_positive at terms: dealing: increment");
  EXPECT_EQ(dealing([](auto& d) { d.maximum_capital = decimal("0"); }),
            "not_positive at terms: dealing: maximum_capital");
  EXPECT_EQ(dealing([](auto& d) { d.maximum_investors = 0; }),
            "maximum_investors at terms: dealing: maximum_investors");
  EXPECT_EQ(terms([](auto& t) { t.subscription_fee = decimal("-5"); }),
            "negative_amount at terms: subscription_fee");
  EXPECT_EQ(terms([](auto& t) { t.management.emplace().minimum = decimal("0.001"); }),
            "precision at terms: management: minimum");
  EXPECT_EQ(performance([](auto& p) { p.minimum_charge = decimal("-0.01"); }),
            "negative_amount at terms: performance: minimum_charge");
  OfferTerms yen;
  yen.subscription_fee = decimal("10.5");
  EXPECT_EQ(checked_terms(yen, Model::Pamm, "JPY"), "precision at terms: subscription_fee");
}

TEST(OfferTerms, DaysEndAfterTenYears) {
  EXPECT_EQ(dealing([](auto& d) { d.lock_up_days = 3660; }), "right");
  EXPECT_EQ(dealing([](auto& d) { d.lock_up_days = 3661; }),
            "days_range at terms: dealing: lock_up_days");
  EXPECT_EQ(dealing([](auto& d) { d.notice_days = 4000; }),
            "days_range at terms: dealing: notice_days");
  EXPECT_EQ(terms([](auto& t) {
              t.early_withdrawal = {decimal("0.1"), 3661, {}};
            }),
            "days_range at terms: early_withdrawal: days");
}

TEST(OfferTerms, NobodyHasMoreThanTheWhole) {
  EXPECT_EQ(terms([](auto& t) {
              t.shares = {
                  decimal("0.5"), {{client_id(1), decimal("0.5")}}, {{client_id(2), decimal("1")}}};
            }),
            "right");
  EXPECT_EQ(terms([](auto& t) {
              t.shares = {decimal("0.5"),
                          {{client_id(1), decimal("0.3")}, {client_id(2), decimal("0.201")}},
                          {}};
            }),
            "shares_sum at terms: shares: introducing");
  EXPECT_EQ(terms([](auto& t) { t.shares.emplace().introducing.resize(11); }),
            "too_many_items at terms: shares: introducing");
  EXPECT_EQ(terms([](auto& t) {
              t.exit_fee = {decimal("0.6"), {}, {}};
              t.early_withdrawal = {decimal("0.5"), 30, {}};
            }),
            "shares_sum at terms: early_withdrawal: rate");
}

TEST(OfferTerms, ReserveTaxAndManagerCapital) {
  const auto reserve = [](std::uint64_t periods) {
    OfferTerms changed;
    changed.reserve = {decimal("0.2"), periods, decimal("0.1")};
    return checked_terms(changed);
  };
  EXPECT_EQ(reserve(1), "right");
  EXPECT_EQ(reserve(120), "right");
  EXPECT_EQ(reserve(0), "reserve_periods at terms: reserve: periods");
  EXPECT_EQ(reserve(121), "reserve_periods at terms: reserve: periods");
  EXPECT_EQ(terms([](auto& t) {
              t.tax = {decimal("0.1"), "Cyprus", {}};
            }),
            "country at terms: tax: country");
  EXPECT_EQ(terms([](auto& t) { t.manager_capital.emplace().rule = ManagerCapitalRule::Minimum; }),
            "manager_capital at terms: manager_capital: rule");
  EXPECT_EQ(terms([](auto& t) { t.manager_capital.emplace(); }), "right");
}

TEST(OfferTerms, ListsHaveAnEnd) {
  EXPECT_EQ(terms([](auto& t) { t.documents.resize(33); }), "too_many_items at terms: documents");
  EXPECT_EQ(terms([](auto& t) { t.platforms.resize(17, "x"); }),
            "too_many_items at terms: platforms");
  EXPECT_EQ(terms([](auto& t) { t.platforms = {"demo", "demo"}; }), "platform at terms: platforms");
  EXPECT_EQ(terms([](auto& t) { t.platforms = {""}; }), "platform at terms: platforms");
}

TEST(OfferTerms, GroupsHaveTheFeesOfAccounts) {
  OfferTerms terms;
  terms.lot_step = decimal("0.01");
  terms.management_fee_rate = decimal("0.02");
  terms.performance_fee_rate = decimal("0.2");
  terms.performance.emplace().hurdle = {decimal("0.05"), HurdleKind::Hard, {}, {}};
  terms.subscription_fee = decimal("100");
  terms.tax = {decimal("0.1"), "CY", {}};
  terms.annual_cap = decimal("0.1");
  terms.reserve = {decimal("0.5"), 1, decimal("0.2")};
  for (const Model model : {Model::Mam, Model::CopyAutomatic, Model::CopyConfirmed}) {
    EXPECT_EQ(checked_terms(terms, model), "right");
  }
}

TEST(OfferTerms, GroupsHaveNothingOfPools) {
  const auto group = [](const auto& change) {
    OfferTerms terms;
    change(terms);
    return checked_terms(terms, Model::Mam);
  };
  EXPECT_EQ(group([](auto& t) { t.entry_fee_rate = decimal("0.01"); }),
            "fee_not_supported at terms: entry_fee_rate");
  EXPECT_EQ(group([](auto& t) { t.dealing.emplace(); }), "fee_not_supported at terms: dealing");
  EXPECT_EQ(group([](auto& t) {
              t.exit_fee = {decimal("0.01"), {}, {}};
            }),
            "fee_not_supported at terms: exit_fee");
  EXPECT_EQ(group([](auto& t) { t.volume.emplace(); }), "fee_not_supported at terms: volume");
  EXPECT_EQ(group([](auto& t) { t.performance.emplace().scope = MarkScope::Lot; }),
            "fee_not_supported at terms: performance: scope");
  EXPECT_EQ(group([](auto& t) { t.performance.emplace().equalisation = Equalisation::Series; }),
            "fee_not_supported at terms: performance: equalisation");
}

TEST(OfferTerms, SomeAreForImportedPoolsOnly) {
  OfferTerms terms;
  EXPECT_EQ(imported_only(terms), "");
  terms.sharing = PoolSharing::Units;
  EXPECT_EQ(imported_only(terms), "");
  terms.sharing = PoolSharing::NoAction;
  EXPECT_EQ(imported_only(terms), "sharing");
  terms.performance.emplace().equalisation = Equalisation::Credit;
  EXPECT_EQ(imported_only(terms), "performance: equalisation");
  terms.performance->scope = MarkScope::Pool;
  EXPECT_EQ(imported_only(terms), "performance: scope");
}

}  // namespace
}  // namespace engine::setup
