// A person's word on what a register says counts while the register says the same.

#include "engine/gate/facts.h"
#include "engine/gate/strictest.h"
#include "tests/engine/gate/gate_world.h"

namespace engine::gate {
namespace {

using tests::at;
using tests::day;

class Reviewed : public testing::Test {
 protected:
  Evidence& say(const char* source, const char* time, std::vector<Fact> facts) {
    Evidence evidence;
    evidence.source = source;
    evidence.reference = "122702";
    evidence.answered_at = at(std::string("2026-11-") + time + ":00Z");
    evidence.facts = std::move(facts);
    const auto seq = held.size() + 1;
    held.push_back({std::move(evidence), false, seq, at("2026-11-26T00:00:00Z")});
    return held.back().evidence;
  }
  std::string find() {
    const FactNeed need{"fca.requirements_reviewed",
                        {},
                        {},
                        90,
                        {{"fca.requirement", {}}, {"fca.permission", "limitation"}}};
    const std::vector<SourceAge> ages{{"fca", 7}, {"capture", 180}};
    const Found found = find_fact(held, need, {at("2026-11-26T12:00:00Z"), ages, {}, "GB"});
    return found.lack ? std::string(slug_of(*found.lack)) : "met";
  }
  static Fact requirement(const char* number) {
    return {"fca.requirement", {{"requirement", number}}, {}, {}, {}};
  }
  static Fact permission(const char* limitation) {
    Fact out{"fca.permission", {{"activity", "Managing investments"}}, {}, {}, {}};
    if (*limitation != 0) out.values.push_back({"limitation", limitation});
    return out;
  }
  void review() { say("capture", "21T10:00", {{"fca.requirements_reviewed", {}, {}, {}, {}}}); }

  std::vector<HeldEvidence> held;
};

TEST_F(Reviewed, CountsWhileTheRegisterSaysTheSame) {
  say("fca", "20T10:00", {requirement("OR-1"), permission("No retail clients.")});
  review();
  EXPECT_EQ(find(), "met");
  say("fca", "25T10:00", {requirement("OR-1"), permission("No retail clients."), permission("")});
  EXPECT_EQ(find(), "met");  // A permission without a limitation is none of what was reviewed.
}

TEST_F(Reviewed, CountsNoMoreAfterANewRequirement) {
  say("fca", "20T10:00", {requirement("OR-1")});
  review();
  say("fca", "25T10:00", {requirement("OR-1"), requirement("OR-2")});
  EXPECT_EQ(find(), "changed");
  // An answer to another question does not hide it; nor does a call that failed.
  say("fca", "25T11:00", {permission("")});
  EXPECT_EQ(find(), "changed");
  say("fca", "25T12:00", {}).asked = Asked::CouldNotAsk;
  EXPECT_EQ(find(), "changed");
  say("fca", "25T13:00", {requirement("OR-1")});
  EXPECT_EQ(find(), "met");
}

TEST_F(Reviewed, CountsNoMoreAfterALimitationOrOneThatWasLifted) {
  say("fca", "20T10:00", {permission("No retail clients.")});
  review();
  say("fca", "25T10:00", {permission("No clients at all.")});
  EXPECT_EQ(find(), "changed");
  say("fca", "25T11:00", {permission("")});
  EXPECT_EQ(find(), "changed");
}

TEST_F(Reviewed, BeforeAnyAnswerCoversNothingThatCameLater) {
  review();
  EXPECT_EQ(find(), "met");
  say("fca", "25T10:00", {requirement("OR-1")});
  EXPECT_EQ(find(), "changed");
}

TEST_F(Reviewed, ARequirementThatIsGoneFromItsListHasChanged) {
  say("fca", "20T10:00", {requirement("OR-1")});
  review();
  say("fca", "25T10:00",
      {{"fca.endpoint", {{"asked", "not_found"}, {"endpoint", "Requirements"}}, {}, {}, {}}});
  EXPECT_EQ(find(), "changed");
}

TEST(Decision, ANewRequirementAfterItsReviewRefers) {
  tests::GateWorld world = tests::satisfied("UK_FCA.MAM.PROFESSIONAL");
  EXPECT_EQ(world.verdict(), Verdict::Allow);
  auto answer = world.evidence({"fca.requirement", {{"requirement", "OR-1"}}, {}, {}, {}});
  world.known.of_manager.push_back(world.hold(answer));
  EXPECT_EQ(world.verdict(), Verdict::Allow);  // It stood there when it was reviewed.
  answer.answered_at = at("2026-11-25T12:30:00Z");
  answer.facts.push_back({"fca.requirement", {{"requirement", "OR-2"}}, {}, {}, {}});
  world.known.of_manager.push_back(world.hold(answer));
  EXPECT_EQ(world.verdict(), Verdict::Refer);
  EXPECT_NE(tests::GateWorld::said(world.answer()).find("changed fca.requirements_reviewed"),
            std::string::npos);
}

// The matrix: an active service with an end date that lies ahead does not count.
TEST(Decision, AServiceThatIsToEndRefers) {
  tests::GateWorld world = tests::satisfied("EU_CYSEC.MAM.PROFESSIONAL");
  EXPECT_EQ(world.verdict(), Verdict::Allow);
  for (HeldEvidence& held : world.known.of_manager) {
    for (Fact& fact : held.evidence.facts) {
      if (fact.name == "esma.upreg.service") fact.to = day("2026-12-31");
    }
  }
  EXPECT_EQ(world.verdict(), Verdict::Refer);
  EXPECT_NE(tests::GateWorld::said(world.answer()).find("ending esma.upreg.service"),
            std::string::npos);
}

// How a fact must be evidenced stands in it, and the rules ask for that.
TEST(Decision, AScopeThatNoCaptureEvidencesRefers) {
  tests::GateWorld world = tests::satisfied("EU_CYSEC.MAM.PROFESSIONAL");
  for (HeldEvidence& held : world.known.of_manager) {
    for (Fact& fact : held.evidence.facts) {
      std::erase_if(fact.values, [](const FactValue& one) { return one.key == "evidence"; });
    }
  }
  EXPECT_EQ(world.verdict(), Verdict::Refer);
}

// "retail" stands in "eu_retail": it is another name.
TEST(Decision, LimitsAreMergedByWholeNames) {
  RulePack pack = tests::first_pack();
  ProductLimits strict = pack.limits.front();
  strict.name = "retail";
  strict.margin_closeout_percent = 90;
  pack.limits.push_back(strict);
  std::optional<ProductLimits> limits = pack.limits.front();
  limits->name = "eu_retail";
  merge_limits(pack, "retail", limits);
  EXPECT_EQ(limits->name, "eu_retail+retail");
  EXPECT_EQ(limits->margin_closeout_percent, 90u);
  limits->margin_closeout_percent = 10;
  merge_limits(pack, "retail", limits);  // It is in it already.
  EXPECT_EQ(limits->name, "eu_retail+retail");
  EXPECT_EQ(limits->margin_closeout_percent, 10u);
}

}  // namespace
}  // namespace engine::gate
