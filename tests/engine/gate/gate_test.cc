// What meets a fact and what does not, what a pack may not be, and what counts in a book.

#include "engine/gate/facts.h"
#include "tests/engine/gate/gate_world.h"

namespace engine::gate {
namespace {

using tests::at;
using tests::day;
using tests::first_pack;
using tests::GateWorld;
using tests::outcome;
using tests::satisfied;

// --- Facts ---

class Facts : public testing::Test {
 protected:
  Facts() {
    permission.source = "fca";
    permission.reference = "122702";
    permission.answered_at = at("2026-11-25T12:00:00Z");
    permission.facts = {{"fca.permission",
                         {{"activity", "Managing investments"},
                          {"firm_status", "Authorised"},
                          {"investment_type", "Rolling spot forex contract"}},
                         {},
                         {},
                         {}}};
    need = {"fca.permission",
            {},
            {{"activity", FactOperator::Is, {"Managing investments"}, {}},
             {"firm_status", FactOperator::Is, {"Authorised"}, {}},
             {"investment_type",
              FactOperator::Each,
              {},
              {{GateInstrument::FxRollingSpot, {"Rolling spot forex contract"}},
               {GateInstrument::Cfd, {"Contract for Differences"}}}}},
            {}};
  }
  void hold(Evidence evidence, std::uint64_t seq = 1) {
    held.push_back({std::move(evidence), false, seq, at("2026-11-25T13:00:00Z")});
  }
  std::string find(std::string_view as_of = "2026-11-26T12:00:00Z") {
    const Found found = find_fact(held, need, {at(as_of), ages, instruments, residence});
    return found.lack ? std::string(slug_of(*found.lack))
                      : "until " + core::to_string(*found.until);
  }

  Evidence permission;
  FactNeed need;
  std::vector<HeldEvidence> held;
  std::vector<SourceAge> ages{{"fca", 7}, {"capture", 180}};
  std::vector<GateInstrument> instruments{GateInstrument::FxRollingSpot};
  std::string residence = "GB";
};

TEST_F(Facts, AFreshFullAnswerMeetsANeedUntilItIsTooOld) {
  hold(permission);
  EXPECT_EQ(find(), "until 2026-12-02T12:00:00.000000Z");
  EXPECT_EQ(find("2026-12-02T11:59:59Z"), "until 2026-12-02T12:00:00.000000Z");
  EXPECT_EQ(find("2026-12-02T12:00:00Z"), "stale");
}

TEST_F(Facts, EveryInstrumentMustBeNamedInFull) {
  instruments = {GateInstrument::FxRollingSpot, GateInstrument::Cfd};
  hold(permission);
  EXPECT_EQ(find(), "not_shown");
  instruments = {GateInstrument::FxRollingSpot};
  held.front().evidence.facts.front().values[2].value =
      "Future (excluding a commodity future and a rolling spot forex contract)";
  EXPECT_EQ(find(), "not_shown");
}

TEST_F(Facts, NotFoundCouldNotAskAndIncompleteAreToldApart) {
  EXPECT_EQ(find(), "no_evidence");
  permission.coverage = Coverage::Partial;
  hold(permission);
  EXPECT_EQ(find(), "incomplete");
  held.front().evidence.coverage = Coverage::Complete;
  held.front().evidence.facts.clear();
  held.front().evidence.asked = Asked::NotFound;
  EXPECT_EQ(find(), "not_found");
  held.front().evidence.asked = Asked::CouldNotAsk;
  EXPECT_EQ(find(), "could_not_ask");
}

TEST_F(Facts, ALaterFailedCallTakesAnAnswerAway) {
  hold(permission, 1);
  permission.answered_at = at("2026-11-26T08:00:00Z");
  permission.facts.clear();
  permission.asked = Asked::CouldNotAsk;
  hold(permission, 2);
  EXPECT_EQ(find(), "could_not_ask");
  EXPECT_EQ(find("2026-11-26T07:00:00Z"), "until 2026-12-02T12:00:00.000000Z");
}

TEST_F(Facts, ALaterAnswerCountsForWhatItDates) {
  hold(permission);
  EXPECT_EQ(find("2026-06-01T00:00:00Z"), "unknown_as_at");
  held.front().evidence.facts.front().from = day("2026-01-01");
  EXPECT_EQ(find("2026-06-01T00:00:00Z"), "until 2026-12-02T12:00:00.000000Z");
  EXPECT_EQ(find("2025-12-31T00:00:00Z"), "ended");
  held.front().evidence.facts.front().to = day("2026-11-25");
  EXPECT_EQ(find(), "ended");
}

TEST_F(Facts, ExpiredAndUnclearWordsMeetNothing) {
  permission.expires = day("2026-11-26");
  hold(permission);
  EXPECT_EQ(find(), "until 2026-11-27T00:00:00.000000Z");
  EXPECT_EQ(find("2026-11-27T00:00:00Z"), "expired");
  held.front().evidence.facts.front().residue = "save as agreed";
  EXPECT_EQ(find(), "not_understood");
}

TEST_F(Facts, TwoSourcesThatDifferAreContradictory) {
  hold(permission, 1);
  permission.source = "capture";
  permission.facts.front().values[1].value = "No longer authorised";
  hold(permission, 2);
  EXPECT_EQ(find(), "contradictory");
}

TEST_F(Facts, AHedgingRestrictionFailsASpeculativeMandate) {
  need = {"asic.afsl.limb", {}, {{"restriction", FactOperator::Lacks, {"hedging"}, {}}}, {}};
  permission.source = "capture";
  permission.facts = {{"asic.afsl.limb", {{"restriction", "For Hedging only"}}, {}, {}, {}}};
  hold(permission);
  EXPECT_EQ(find(), "not_shown");
}

// AFSL 218770: foreign exchange for hedging, derivatives without a restriction; either would do.
TEST_F(Facts, ARestrictedProductIsNotMadeUpForByAnother) {
  need = {"asic.afsl.limb",
          {},
          {{"product",
            FactOperator::Each,
            {},
            {{GateInstrument::FxRollingSpot, {"foreign exchange contracts", "derivatives"}},
             {GateInstrument::Cfd, {"derivatives"}}}},
           {"restriction", FactOperator::Lacks, {"hedging"}, {}}},
          {}};
  permission.facts = {{"asic.afsl.limb", {{"product", "derivatives"}}, {}, {}, {}},
                      {"asic.afsl.limb",
                       {{"product", "foreign exchange contracts"},
                        {"restriction", "in order to limit a risk (Hedging)"}},
                       {},
                       {},
                       {}}};
  hold(permission);
  EXPECT_EQ(find(), "not_shown");
  instruments = {GateInstrument::Cfd};
  EXPECT_EQ(find(), "until 2026-12-02T12:00:00.000000Z");
}

// A licence limited to grain futures deals in derivatives too.
TEST_F(Facts, WhatMustBeWithoutARestrictionHasNoneOfAnyKind) {
  need = {"asic.afsl.limb",
          {},
          {{"product", FactOperator::Is, {"derivatives"}, {}},
           {"restriction", FactOperator::Absent, {}, {}}},
          {}};
  const Fact whole{"asic.afsl.limb", {{"product", "derivatives"}}, {}, {}, {}};
  const Fact limited{
      "asic.afsl.limb", {{"product", "derivatives"}, {"restriction", "grain futures"}}, {}, {}, {}};
  permission.facts = {limited};
  hold(permission);
  EXPECT_EQ(find(), "not_shown");
  permission.facts = {whole, limited};
  hold(permission);
  EXPECT_EQ(find(), "not_shown");
  permission.facts = {whole};
  hold(permission);
  EXPECT_EQ(find(), "until 2026-12-02T12:00:00.000000Z");
}

TEST_F(Facts, WhatStandsAgainstSomebodyStaysUntilAFullAnswerLacksIt) {
  need = {"asic.banned_person", {}, {}, {}};
  permission.source = "asic";
  permission.coverage = Coverage::Partial;
  permission.answered_at = at("2020-01-01T00:00:00Z");
  permission.facts = {{"asic.banned_person", {}, {}, {}, "and others"}};
  hold(permission, 1);
  const Asking asking{at("2026-11-26T12:00:00Z"), ages, instruments, residence};
  EXPECT_FALSE(find_adverse(held, need, asking).lack);
  permission.answered_at = at("2026-11-26T08:00:00Z");
  permission.facts.clear();
  hold(permission, 2);  // Partial: it proves nothing.
  EXPECT_FALSE(find_adverse(held, need, asking).lack);
  permission.coverage = Coverage::Complete;
  hold(permission, 3);  // It does not say which list was read.
  EXPECT_FALSE(find_adverse(held, need, asking).lack);
  permission.facts = {
      {"asic.endpoint", {{"asked", "found"}, {"endpoint", "banned_persons"}}, {}, {}, {}}};
  hold(permission, 4);
  EXPECT_TRUE(find_adverse(held, need, asking).lack);
}

// --- Packs ---

std::string checked(const std::function<void(RulePack&)>& spoil) {
  RulePack pack = first_pack();
  spoil(pack);
  return outcome(check_pack(pack));
}

TEST(Pack, WhatItCannotBeIsRefused) {
  const auto bad = "InvalidInput/rule_pack";
  EXPECT_EQ(checked([](RulePack&) {}), "a value");
  EXPECT_EQ(checked([](RulePack& p) { p.cells.pop_back(); }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.cells.push_back(p.cells.front()); }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.cells.front().sources.clear(); }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.cells.front().sources = {"s99"}; }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.cells.front().until = tests::day("2027-01-01"); }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.cells.front().manager_requires = "nothing"; }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.requirements.front().need->fact = "fca.licence"; }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.requirements.front().all_of = {"eu.entity_mif"}; }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.jurisdictions.front().countries.push_back("GB"); }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.ages.front().days_max = 0; }), bad);
  const auto limits_named = [](const char* name) {
    return checked([&](RulePack& p) {
      p.limits.push_back(p.limits.front());
      p.limits.back().name = name;
    });
  };
  EXPECT_EQ(limits_named("a_b"), "a value");
  EXPECT_EQ(limits_named("a+b"), bad);
  const auto reviewed = [](ReviewedFact fact) {
    return checked([&](RulePack& p) { p.requirements.front().need->unchanged_since = {fact}; });
  };
  EXPECT_EQ(reviewed({"fca.requirement", {}}), "a value");
  EXPECT_EQ(reviewed({"fca.requirement", "limitation"}), bad);
  EXPECT_EQ(reviewed({"fca.licence", {}}), bad);
  EXPECT_EQ(reviewed({"gate.paper", {}}), bad);  // No register says it.
  const auto told = [](std::string_view from) {
    return checked([&](RulePack& p) {
      TimeRule& rule = p.time_rules.front();
      rule.from = day("2027-01-01");
      rule.until.reset();
      rule.alert_from = day(from);
    });
  };
  EXPECT_EQ(told("2027-01-01"), "a value");
  EXPECT_EQ(told("2027-01-02"), bad);
}

TEST(Pack, ACellMayChangeOnADayWithoutAGapAndWithoutOverlapping) {
  const auto split = [](std::string_view until, std::string_view from, const char* id = ".2027") {
    return checked([&](RulePack& pack) {
      RuleCell second = pack.cells.front();
      pack.cells.front().until = day(until);
      second.id += id;
      second.from = day(from);
      pack.cells.push_back(second);
    });
  };
  EXPECT_EQ(split("2026-12-31", "2027-01-01"), "a value");
  EXPECT_EQ(split("2026-12-31", "2026-12-31"), "InvalidInput/rule_pack");
  EXPECT_EQ(split("2026-12-31", "2027-01-02"), "InvalidInput/rule_pack");
  // Counsel signs an id: what holds from another day on has another.
  EXPECT_EQ(split("2026-12-31", "2027-01-01", ""), "InvalidInput/rule_pack");
}

TEST(Pack, AnUnknownOperatorAndAnUnknownFieldAreRefusedInTheFile) {
  auto text = core::read_file("jurisdictions/rule_packs/2026-11-22.json").value();
  const auto load = [](const std::string& json) {
    return outcome(core::from_json<RulePack>(core::json::parse(json).value(), nullptr));
  };
  EXPECT_EQ(load(text), "a value");
  std::string other = text;
  other.replace(other.find("\"residence\""), 11, "\"resembles\"");
  EXPECT_EQ(load(other), "InvalidInput/unknown_choice");
  other = text;
  other.replace(other.find("\"status\""), 8, "\"statute\"");
  EXPECT_NE(load(other), "a value");
}

// --- Decisions ---

TEST(Decision, WhoLivesElsewhereIsForCounselAndWhoIsBlockedIsBlocked) {
  GateWorld world = satisfied("UK_FCA.MAM.PROFESSIONAL");
  EXPECT_EQ(world.verdict(), Verdict::Allow) << GateWorld::said(world.answer());
  world.question.other_countries = {"FR"};
  EXPECT_EQ(world.verdict(), Verdict::Refer);
  world.question.other_countries = {"US"};
  EXPECT_EQ(world.verdict(), Verdict::Block);
  world.question.other_countries.clear();
  world.question.residences = {"GB", "CH"};
  EXPECT_EQ(world.verdict(), Verdict::Counsel);
  world.known.excluded = {"CH"};
  EXPECT_EQ(world.verdict(), Verdict::Block);
}

TEST(Decision, AMissingPaperIsAConditionWithAnOwnerAndADay) {
  GateWorld world = satisfied("UK_FCA.MAM.PROFESSIONAL");
  world.known.of_manager.erase(world.known.of_manager.begin());  // KYC_CDD_FILE.
  const GateAnswer answer = world.answer();
  EXPECT_EQ(answer.verdict, Verdict::Conditions);
  ASSERT_EQ(answer.conditions.size(), 1u);
  EXPECT_EQ(answer.conditions.front().paper, "KYC_CDD_FILE");
  EXPECT_EQ(answer.conditions.front().owner, "broker");
  EXPECT_EQ(core::to_string(answer.conditions.front().due), "2026-12-26");
}

TEST(Decision, AnAllowEndsWithTheFirstThingItRestsOn) {
  const GateWorld world = satisfied("UK_FCA.MAM.PROFESSIONAL");
  // The register's answer of 25 November is good for seven days.
  EXPECT_EQ(core::to_string(*world.answer().valid_until), "2026-12-02T12:00:00.000000Z");
}

TEST(Decision, TheStrictestCategoryAndItsLimitsCount) {
  GateWorld world = satisfied("UK_FCA.PAMM_POOLED.PROFESSIONAL");
  EXPECT_EQ(world.verdict(), Verdict::Counsel);
  world.question.categories.push_back(ClientCategory::Retail);
  const GateAnswer answer = world.answer();
  EXPECT_EQ(answer.verdict, Verdict::Block);
  ASSERT_TRUE(answer.limits);
  EXPECT_TRUE(answer.limits->crypto_derivatives_banned);
}

TEST(Decision, WhatIsForbiddenBlocksWhateverLicencesThereAre) {
  GateWorld world = satisfied("UK_FCA.MAM.PROFESSIONAL");
  world.known.of_manager.push_back(world.hold(
      world.evidence({"gate.forbidden", {{"code", "LPOA_WITH_WITHDRAWAL_POWER"}}, {}, {}, {}})));
  EXPECT_EQ(world.verdict(), Verdict::Block);
}

}  // namespace
}  // namespace engine::gate
