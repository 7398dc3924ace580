#include "engine/gate/facts.h"
#include "tests/engine/gate/gate_world.h"

namespace engine::gate {
namespace {

// A rule against a manager whose permission names spread bets or CFD, told apart by instrument.
FactNeed needed_by_instrument() {
  FactCondition condition;
  condition.key = "investment_type";
  condition.op = FactOperator::Each;
  condition.by_instrument = {{GateInstrument::Cfd, {"CFD, banned"}},
                             {GateInstrument::SpreadBet, {"Spread bet, banned"}}};
  return {"fca.permission", {}, {condition}, {}};
}

bool stands_against(const std::string& says, std::vector<GateInstrument> instruments) {
  tests::GateWorld world = tests::satisfied("UK_FCA.MAM.PROFESSIONAL");
  const auto held =
      world.hold(world.evidence({"fca.permission", {{"investment_type", says}}, {}, {}, {}}));
  const std::string residence = "GB";
  return !find_adverse(std::vector{held}, needed_by_instrument(),
                       {world.now, world.pack.ages, instruments, residence})
              .lack;
}

TEST(FindAdverse, ARuleByInstrumentFiresForWhatIsAskedFor) {
  EXPECT_TRUE(stands_against("CFD, banned", {GateInstrument::Cfd}));
  EXPECT_TRUE(stands_against("CFD, banned", {GateInstrument::FxRollingSpot, GateInstrument::Cfd}));
  EXPECT_FALSE(stands_against("CFD, banned", {GateInstrument::SpreadBet}));
  EXPECT_FALSE(stands_against("CFD, banned", {GateInstrument::FxRollingSpot}));
  EXPECT_FALSE(stands_against("CFD", {GateInstrument::Cfd}));
}

TEST(Gate, AForbiddenRuleByInstrumentBlocks) {
  RulePack pack = tests::first_pack();
  ForbiddenRule rule;
  rule.code = "BANNED_TYPE";
  rule.why = "Made up.";
  rule.everywhere = true;
  rule.facts = {needed_by_instrument()};
  pack.forbidden.push_back(rule);
  ASSERT_TRUE(check_pack(pack));
  tests::GateWorld world = tests::satisfied("UK_FCA.MAM.PROFESSIONAL");
  world.known.pack = &pack;
  EXPECT_EQ(world.verdict(), Verdict::Allow);
  world.known.of_manager.push_back(world.hold(
      world.evidence({"fca.permission", {{"investment_type", "CFD, banned"}}, {}, {}, {}})));
  EXPECT_EQ(world.verdict(), Verdict::Block);
}

// What managers are asked for beside licences (registers ruling 4).
TEST(Pack, MayAskForCoverAndForWhatIsSaidOfAPerson) {
  for (const char* fact :
       {"insurance.professional_indemnity", "person.adverse_media", "person.politically_exposed"}) {
    RulePack pack = tests::first_pack();
    ForbiddenRule rule;
    rule.code = "ASKED";
    rule.why = "Made up.";
    rule.facts = {{fact, {}, {}, {}}};
    pack.forbidden.push_back(rule);
    EXPECT_TRUE(check_pack(pack)) << fact;
  }
}

void add(std::vector<HeldEvidence>& all, tests::GateWorld& world, Fact fact) {
  all.push_back(world.hold(world.evidence(fact)));
}

// Registers ruling 4: found out about a person, and not yet decided.
TEST(Gate, AConflictOrBadNewsWaitsUntilSomebodyHasDecided) {
  for (const char* name :
       {"manager.conflict", "person.adverse_media", "person.politically_exposed"}) {
    for (const char* handled : {"", "no", "yes"}) {
      tests::GateWorld world = tests::satisfied("UK_FCA.MAM.PROFESSIONAL");
      Fact fact{name, {{"kind", "introducing_broker"}}, {}, {}, {}};
      if (*handled != 0) fact.values.push_back({"handled", handled});
      add(world.known.of_manager, world, fact);
      EXPECT_EQ(world.verdict(),
                std::string_view(handled) == "yes" ? Verdict::Allow : Verdict::Refer)
          << name << " " << handled;
    }
  }
}

// Ruling 2: what differs is looked at, and two people may say why it is served; US persons never.
TEST(Gate, ACountryThatDiffersIsReferUntilItIsReviewed) {
  const auto verdict = [](const char* country, const char* reviewed) {
    tests::GateWorld world = tests::satisfied("UK_FCA.MAM.PROFESSIONAL");
    world.question.other_countries = {country};
    add(world.known.of_manager, world, {"country.reviewed", {{"country", reviewed}}, {}, {}, {}});
    return world.verdict();
  };
  EXPECT_EQ(verdict("FR", "DE"), Verdict::Refer);
  EXPECT_EQ(verdict("FR", "FR"), Verdict::Allow);
  EXPECT_EQ(verdict("US", "US"), Verdict::Block);
}

TEST(Gate, ASuspendedLicenceOfCysecBlocksManagerAndBroker) {
  for (const bool of_firm : {false, true}) {
    for (const char* status : {"Active", "Suspended", "Withdrawn"}) {
      tests::GateWorld world = tests::satisfied("UK_FCA.MAM.PROFESSIONAL");
      add(of_firm ? world.known.of_firm : world.known.of_manager, world,
          {"cysec.entity", {{"status", status}}, {}, {}, {}});
      EXPECT_EQ(world.verdict(),
                std::string_view(status) == "Active" ? Verdict::Allow : Verdict::Block)
          << status << of_firm;
    }
  }
}

// Of two identifiers one in use is enough: the other may have been merged into it.
TEST(Gate, AnIdentifierOfNoUseBlocksUnlessAnotherIsInUse) {
  const auto lei = [](const char* registration, const char* entity) {
    return Fact{"gleif.lei",
                {{"registration_status", registration}, {"entity_status", entity}},
                {},
                {},
                {}};
  };
  const auto verdict = [&](std::vector<Fact> facts) {
    tests::GateWorld world = tests::satisfied("UK_FCA.MAM.PROFESSIONAL");
    for (const Fact& fact : facts) add(world.known.of_manager, world, fact);
    return world.verdict();
  };
  EXPECT_EQ(verdict({lei("ISSUED", "ACTIVE")}), Verdict::Allow);
  EXPECT_EQ(verdict({lei("LAPSED", "ACTIVE")}), Verdict::Allow);
  EXPECT_EQ(verdict({lei("ANNULLED", "INACTIVE")}), Verdict::Block);
  EXPECT_EQ(verdict({lei("PENDING_TRANSFER", "ACTIVE")}), Verdict::Refer);
  EXPECT_EQ(verdict({lei("ISSUED", "INACTIVE")}), Verdict::Refer);
  EXPECT_EQ(verdict({lei("MERGED", "INACTIVE"), lei("ISSUED", "ACTIVE")}), Verdict::Allow);
}

// Ruling 4: the client-money permission against who holds the money.
TEST(Gate, ABrokerWithClientsAccountsHoldsTheirMoney) {
  const auto verdict = [](const char* cell, const char* permission) {
    tests::GateWorld world = tests::satisfied(cell);
    add(world.known.of_firm, world,
        {"fca.firm", {{"client_money_permission", permission}}, {}, {}, {}});
    return world.verdict();
  };
  EXPECT_EQ(verdict("UK_FCA.MAM.PROFESSIONAL", "Hold and control client money"), Verdict::Allow);
  EXPECT_EQ(verdict("UK_FCA.MAM.PROFESSIONAL", "Control but not hold client money"),
            Verdict::Refer);
  EXPECT_EQ(verdict("UK_FCA.PAMM_POOLED.PROFESSIONAL", "Control but not hold client money"),
            tests::satisfied("UK_FCA.PAMM_POOLED.PROFESSIONAL").verdict());
}

}  // namespace
}  // namespace engine::gate
