// What lifts a ban, and what does not: an answer to another question, a checklist, silence.

#include "engine/gate/facts.h"
#include "tests/engine/gate/gate_world.h"

namespace engine::gate {
namespace {

using tests::at;
using tests::day;

using Values = std::vector<FactValue>;

Fact prohibited(const char* irn = "ABC01234") {
  return {"fca.individual", {{"irn", irn}, {"status", "Prohibited"}}, {}, {}, {}};
}

Fact endpoint(const char* source, const char* list, const char* asked, const char* path = "") {
  Fact out{std::string(source) + ".endpoint", {{"asked", asked}, {"endpoint", list}}, {}, {}, {}};
  if (*path != 0) out.values.push_back({"path", path});
  return out;
}

class Lifting : public testing::Test {
 protected:
  // An answer of one source about one reference, a minute after the one before.
  Evidence& say(const char* source, std::vector<Fact> facts, bool captured = false) {
    Evidence evidence;
    evidence.source = source;
    evidence.reference = "552016";
    evidence.answered_at =
        core::Instant{now.micros + static_cast<std::int64_t>(60'000'000 * ++number)};
    evidence.facts = std::move(facts);
    held.push_back({std::move(evidence), captured, number, *evidence.answered_at});
    return held.back().evidence;
  }
  // "" or the records that stand against him.
  std::string against(const char* fact, std::vector<FactCondition> where = {}) {
    const FactNeed need{fact, {}, std::move(where), {}};
    const Found found = find_adverse(held, need, {at("2026-11-26T12:00:00Z"), {}, {}, ""});
    std::string out;
    for (const std::uint64_t seq : found.records) out += std::to_string(seq) + " ";
    EXPECT_EQ(found.lack.has_value(), out.empty());
    return out;
  }
  std::string prohibition() {
    return against("fca.individual", {{"status", FactOperator::Is, {"Prohibited"}, {}}});
  }

  core::Instant now = at("2026-11-26T08:00:00Z");
  std::uint64_t number = 0;
  std::vector<HeldEvidence> held;
};

TEST_F(Lifting, AnAnswerToAnotherQuestionLiftsNothing) {
  say("fca", {prohibited()});
  say("fca", {{"fca.name", {{"name", "NORA LTD"}}, {}, {}, {}}});
  EXPECT_EQ(prohibition(), "1 ");
  say("fca", {endpoint("fca", "Permissions", "found")});
  EXPECT_EQ(prohibition(), "1 ");
  say("fca", {endpoint("fca", "Individuals", "could_not_ask")});
  EXPECT_EQ(prohibition(), "1 ");
  say("fca", {endpoint("fca", "Individuals", "found")}).coverage = Coverage::Partial;
  EXPECT_EQ(prohibition(), "1 ");
  say("fca", {endpoint("fca", "Individuals", "found")}).asked = Asked::CouldNotAsk;
  EXPECT_EQ(prohibition(), "1 ");
  say("fca", {endpoint("fca", "Individuals", "not_found")});
  EXPECT_EQ(prohibition(), "");
}

TEST_F(Lifting, TheSamePersonIsProhibitedNoMore) {
  say("fca", {prohibited()});
  say("fca", {{"fca.individual", {{"irn", "XYZ00001"}, {"status", "Certified"}}, {}, {}, {}}});
  EXPECT_EQ(prohibition(), "1 ");
  say("fca", {prohibited()});
  EXPECT_EQ(prohibition(), "3 ");  // The newer answer says so itself.
  say("fca", {{"fca.individual",
               {{"irn", "ABC01234"}, {"status", "Certified"}},
               day("2027-01-01"),
               {},
               {}}});
  EXPECT_EQ(prohibition(), "3 ");  // Not yet.
  say("fca", {{"fca.individual", {{"irn", "ABC01234"}, {"status", "Certified"}}, {}, {}, {}}});
  EXPECT_EQ(prohibition(), "");
}

TEST_F(Lifting, APersonsOwnPageIsAskedAgainAndNotAFirmsList) {
  const char* page = "Individuals/ABC01234";
  say("fca", {prohibited(), endpoint("fca", "Individual", "found", page)});
  say("fca", {endpoint("fca", "Individuals", "found", "Firm/552016/Individuals")});
  EXPECT_EQ(prohibition(), "1 ");
  say("fca", {endpoint("fca", "Individual", "found", "Individuals/XYZ00001")});
  EXPECT_EQ(prohibition(), "1 ");
  say("fca", {endpoint("fca", "Individual", "found")});
  EXPECT_EQ(prohibition(), "1 ");
  say("fca", {endpoint("fca", "Individual", "not_found", page)});
  EXPECT_EQ(prohibition(), "");
}

TEST_F(Lifting, AListThatWasReadToItsEndWithoutHimLiftsItsOwnBan) {
  const Fact ban{"asic.banned_person", {{"document_number", "4711"}}, {}, {}, {}};
  say("asic", {ban});
  say("asic", {});
  EXPECT_EQ(against("asic.banned_person"), "1 ");
  say("asic", {endpoint("asic", "banned_organisations", "found")});
  EXPECT_EQ(against("asic.banned_person"), "1 ");
  say("asic", {endpoint("asic", "banned_persons", "found")});
  EXPECT_EQ(against("asic.banned_person"), "");
}

TEST_F(Lifting, ARepresentativeOfTwoLicenseesIsOverOfEachByItself) {
  const auto of = [](const char* licensee) {
    return Fact{"asic.authorised_representative", {{"licence_number", licensee}}, {}, {}, {}};
  };
  say("asic", {of("1")});
  Fact ended = of("2");
  ended.to = day("2026-11-25");
  say("asic", {ended});
  EXPECT_EQ(against("asic.authorised_representative"), "1 ");
  ended = of("1");
  ended.to = day("2026-11-25");
  say("asic", {ended});
  EXPECT_EQ(against("asic.authorised_representative"), "");
}

TEST_F(Lifting, ABanThatTheRegisterEndsIsOver) {
  Fact ban{"asic.banned_person", {{"document_number", "4711"}}, {}, {}, {}};
  say("asic", {ban});
  ban.to = day("2026-11-25");
  say("asic", {ban});
  EXPECT_EQ(against("asic.banned_person"), "");
}

TEST_F(Lifting, WhatPeopleRecordedEndsOnlyWhenTheySaySo) {
  Fact said{"gate.forbidden", {{"code", "A"}}, {}, {}, {}};
  const auto forbidden = [&] { return against("gate.forbidden"); };
  say("case", {said}, true);
  say("case", {{"gate.paper", {{"code", "A"}}, {}, {}, {}}}, true);
  say("case", {}, true);
  EXPECT_EQ(forbidden(), "1 ");
  said.to = day("2026-11-25");
  said.values = {{"code", "B"}};
  say("case", {said}, true);
  EXPECT_EQ(forbidden(), "1 ");  // Of another code.
  said.values = {{"code", "A"}};
  say("case", {said});  // Nobody looked a second time.
  EXPECT_EQ(forbidden(), "1 ");
  said.to = day("2026-11-26");
  say("case", {said}, true);
  EXPECT_EQ(forbidden(), "6 ");  // To the end of the day.
  said.to = day("2026-11-25");
  say("case", {said}, true);
  EXPECT_EQ(forbidden(), "");
}

TEST_F(Lifting, AConflictIsHandledByItsKind) {
  const auto conflict = [](const char* kind, const char* handled) {
    return Fact{"manager.conflict", {{"handled", handled}, {"kind", kind}}, {}, {}, {}};
  };
  const auto open = [&] {
    return against("manager.conflict", {{"handled", FactOperator::Lacks, {"yes"}, {}}});
  };
  say("capture", {conflict("affiliate", "no")}, true);
  say("capture", {conflict("employee", "yes")}, true);
  EXPECT_EQ(open(), "1 ");
  say("capture", {conflict("affiliate", "yes")}, true);
  EXPECT_EQ(open(), "");
}

// A word such as "gate" that older books took as a source: nobody answers for it.
// A firm's list has as certified whom his own page calls prohibited.
TEST_F(Lifting, WhatStoodBesideABanLiftsItNot) {
  const Fact certified{
      "fca.individual", {{"irn", "ABC01234"}, {"status", "Certified"}}, {}, {}, {}};
  say("fca", {certified, prohibited()});
  say("fca", {certified});
  EXPECT_EQ(prohibition(), "1 ");
}

TEST_F(Lifting, TwoPeopleEndWhatARegisterSaysOfSomebodyWhoLeft) {
  say("fca", {prohibited()});
  Fact handled{"fca.individual", {{"irn", "ABC01234"}, {"handled", "no"}}, {}, {}, {}};
  say("capture", {handled}, true);
  EXPECT_EQ(prohibition(), "1 ");
  handled.values[1].value = "yes";
  say("capture", {handled});  // By one person.
  EXPECT_EQ(prohibition(), "1 ");
  say("capture", {{"fca.individual", {{"irn", "XYZ01234"}, {"handled", "yes"}}, {}, {}, {}}}, true);
  EXPECT_EQ(prohibition(), "1 ");
  say("capture", {handled}, true);
  EXPECT_EQ(prohibition(), "");
}

TEST_F(Lifting, OnePersonsMatterIsNotAnothers) {
  const auto news = [](const char* person, const char* is_handled) {
    return Fact{"person.adverse_media", {{"handled", is_handled}, {"person", person}}, {}, {}, {}};
  };
  const std::vector<FactCondition> open = {{"handled", FactOperator::Lacks, {"yes"}, {}}};
  say("capture", {news("1", "no")}, true);
  say("capture", {news("2", "yes")}, true);
  EXPECT_EQ(against("person.adverse_media", open), "1 ");
  say("capture", {news("1", "yes")}, true);
  EXPECT_EQ(against("person.adverse_media", open), "");
}

TEST_F(Lifting, WhatNoRegisterSaidIsNotLiftedBySilence) {
  say("gate", {{"gate.forbidden", {{"code", "A"}}, {}, {}, {}}});
  say("gate", {});
  EXPECT_EQ(against("gate.forbidden"), "1 ");
}

}  // namespace
}  // namespace engine::gate
