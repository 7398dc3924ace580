#include "gateway/registers/capture/capture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/registers/evidence_text.h"

namespace gateway::registers::capture {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kHash(64, 'a');

std::string head(const std::string& by = "@anna", const std::string& reviewer = "@ben",
                 const std::string& expires = "2027-03-01",
                 const std::string& documents = "\"" + kHash + "\"") {
  return R"("captured":{"documents":[)" + documents +
         R"(],"address":"https://fsa.example/list","captured_at":"2026-11-20T09:00:00Z","captured_by":")" +
         by + R"(","reviewed_by":")" + reviewer + R"(","expires":")" + expires + R"("})";
}

std::string form(const std::string& facts, const std::string& captured = head()) {
  return R"({"form":"capture/1","reference":"SD999",)" + captured + R"(,"facts":[)" + facts + "]}";
}

std::string licence(const std::string& authority, const std::string& covers) {
  return R"({"name":"offshore.licence","values":[{"key":"authority","value":")" + authority +
         R"("},{"key":"licence_class","value":"Securities Dealer"},{"key":"licence_number","value":"SD999"},)"
         R"({"key":"covers","value":")" +
         covers + R"("}]})";
}

std::string state(const std::string& text) {
  const auto capture = read(text);
  if (!capture) return capture.error().reason + " at " + capture.error().at;
  return tests::state_of(capture.value().evidence);
}

TEST(Capture, AnOffshoreLicenceIsEvidenceWithTwoPeopleAndAnExpiry) {
  const std::string text = form(licence("SC_FSA", "discretionary management"));
  const auto capture = read(text).value();
  EXPECT_EQ(tests::state_of(capture.evidence), "found complete");
  EXPECT_THAT(
      tests::facts_of(capture.evidence, "offshore.licence"),
      ElementsAre(
          "offshore.licence authority=SC_FSA, covers=discretionary management, "
          "evidence=manual_capture, licence_class=Securities Dealer, licence_number=SD999"));
  EXPECT_EQ(capture.captured_by, "@anna");
  EXPECT_EQ(capture.reviewed_by, "@ben");
  EXPECT_EQ(core::to_string(*capture.evidence.expires), "2027-03-01");
  ASSERT_EQ(capture.evidence.documents.size(), 2u);
  EXPECT_EQ(capture.evidence.documents.back(), core::sha256(core::as_bytes(text)));
}

TEST(Capture, AConflictHasAKindAndIsHandledOrNot) {
  const auto conflict = [](const std::string& values) {
    return state(form(R"({"name":"manager.conflict","values":[)" + values + "]}"));
  };
  const std::string kind = R"({"key":"kind","value":"employee"})";
  EXPECT_EQ(conflict(kind), "found complete");
  EXPECT_EQ(conflict(kind + R"(,{"key":"handled","value":"yes"})"), "found complete");
  EXPECT_EQ(conflict(kind + R"(,{"key":"handled","value":"soon"})"),
            "register_capture at facts: 1: handled");
  EXPECT_EQ(conflict(R"({"key":"kind","value":"friend"})"), "register_capture at facts: 1: kind");
  EXPECT_EQ(conflict(""), "register_capture at facts: 1: kind");
}

TEST(Capture, AnAuthorityThatLicensesNoSuchBusinessCoversNothing) {
  const auto capture = read(form(licence("VC_FSA", "discretionary management"))).value();
  EXPECT_THAT(capture.evidence.remarks, Contains(HasSubstr("no basis")));
  EXPECT_FALSE(tests::has(capture.evidence.facts.front(), "covers", "discretionary management"));
}

TEST(Capture, OnePersonAloneIsRefused) {
  const std::string fact = licence("SC_FSA", "collective management");
  EXPECT_EQ(state(form(fact, head("@anna", "@anna"))), "register_capture at captured: reviewed_by");
  EXPECT_EQ(state(form(fact, head("@anna", " @anna "))),
            "register_capture at captured: reviewed_by");
  EXPECT_EQ(state(form(fact, head("@anna", ""))), "register_capture at captured");
}

TEST(Capture, ItExpiresAfterItWasCapturedAndWithinAYear) {
  const std::string fact = licence("SC_FSA", "collective management");
  EXPECT_EQ(state(form(fact, head("@anna", "@ben", "2026-11-20"))),
            "register_capture at captured: expires");
  EXPECT_EQ(state(form(fact, head("@anna", "@ben", "2026-11-21"))), "found complete");
  EXPECT_EQ(state(form(fact, head("@anna", "@ben", "2027-11-21"))), "found complete");
  EXPECT_EQ(state(form(fact, head("@anna", "@ben", "2027-11-22"))),
            "register_capture at captured: expires");
}

TEST(Capture, WordsOutsideTheListsAreRefused) {
  EXPECT_EQ(state(form(licence("SC_FSA", "everything"))), "register_capture at facts: 1: covers");
  EXPECT_EQ(state(form(licence("ZZ_FSA", "discretionary management"))),
            "register_capture at facts: 1: authority");
  EXPECT_EQ(state(form(R"({"name":"fca.permission","values":[]})")),
            "register_capture at facts: 1: name");
  EXPECT_EQ(state(form(R"({"name":"au.ffsp_exemption"})")), "register_capture at facts: 1: kind");
}

// What cases ask people for: papers, requirements that were read, and what stands against somebody.
TEST(Capture, WhatOnlyPeopleCanSayIsCaptured) {
  for (const char* fact : {R"({"name":"fca.requirements_reviewed"})",
                           R"({"name":"gate.paper","values":[{"key":"code","value":"PDS"}]})",
                           R"({"name":"gate.forbidden","values":[{"key":"code","value":"X"}]})",
                           R"({"name":"lpoa.withdrawal_power"})"}) {
    EXPECT_EQ(state(form(fact)), "found complete") << fact;
  }
  EXPECT_EQ(state(form(R"({"name":"gate.paper"})")), "register_capture at facts: 1: code");
  EXPECT_EQ(state(form(R"({"name":"gate.forbidden"})")), "register_capture at facts: 1: code");
}

TEST(Capture, WhatIsWrongIsNamed) {
  EXPECT_EQ(state("{").substr(0, 12), "json at form");
  EXPECT_EQ(state(R"({"form":"other/1"})"), "register_capture at form");
  EXPECT_EQ(state(R"({"form":"capture/1"})"), "missing_field at reference");
  EXPECT_EQ(
      state(form(licence("SC_FSA", "collective management"), head("@a", "@b", "2027-03-01", ""))),
      "register_capture at captured: documents");
  EXPECT_EQ(state(form("")), "register_capture at facts");
  EXPECT_EQ(
      state(form(R"({"name":"broker.is_counterparty","from":"2026-02-01","to":"2026-01-01"})")),
      "register_capture at facts: 1: to");
  EXPECT_EQ(state(form(R"({"name":"broker.is_counterparty","from":"2026-02-31"})")).substr(0, 13),
            "date at facts");
}

}  // namespace
}  // namespace gateway::registers::capture
