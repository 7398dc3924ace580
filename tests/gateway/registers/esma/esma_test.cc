#include "gateway/registers/esma/esma.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/gateway/registers/evidence_text.h"

namespace gateway::registers::esma {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using tests::answers;

constexpr const char* kLei = "5493001KJTIIGC8Y1R12";  // Source: the GLEIF register.

std::string parent(const std::string& lei = kLei, const std::string& status = "Active") {
  return R"({"id":"ae1","entity_type":"ae","_root_":"ae1","ae_entityTypeCode":"MIF","ae_entityName":"Kestrel AG",)"
         R"("ae_lei":")" +
         lei + R"(","ae_status":")" + status +
         R"(","ae_homeMemberState":"LIECHTENSTEIN",)"
         R"("ae_authorisationNotificationDate":"2006-09-12T00:00:00Z","ae_authorisationWithdrawalEndDateStr":""})";
}

std::string activity(const std::string& id, const std::string& type, const std::string& service,
                     const std::string& end = "", const std::string& status = "Active") {
  return R"({"id":")" + id + R"(","entity_type":")" + type +
         R"(","_root_":"ae1","ac_serviceName":")" + service + R"(","ac_status":")" + status +
         R"(","ac_authorisationNotificationDate":"2010-01-04T00:00:00Z",)"
         R"("ac_authorisationEndDate":")" +
         end + R"("})";
}

std::string page(const std::vector<std::string>& docs, int found) {
  std::string list;
  for (const std::string& doc : docs) list += (list.empty() ? "" : ",") + doc;
  return R"({"responseHeader":{"status":0},"response":{"numFound":)" + std::to_string(found) +
         R"(,"numFoundExact":true,"docs":[)" + list + R"(]},"nextCursorMark":"X"})";
}

std::string state(const std::vector<Answer>& given) {
  const auto evidence = read(kLei, given);
  if (!evidence) return evidence.error().reason + " at " + evidence.error().at;
  return tests::state_of(evidence.value());
}
std::string state(const std::vector<std::string>& bodies) { return state(answers(bodies)); }

TEST(Esma, ParentsAndChildrenAreOneListOverSeveralPages) {
  const auto read =
      esma::read(kLei,
                 answers({page({activity("a2", "aeActivity", "Portfolio management"), parent()}, 3),
                          page({activity("a3", "aeActivityHistory", "Investment advice",
                                         "2019-06-30T00:00:00Z", "Withdrawn")},
                               3)}))
          .value();
  EXPECT_EQ(tests::state_of(read), "found complete");
  EXPECT_THAT(tests::facts_of(read, "esma.upreg.entity"),
              ElementsAre("esma.upreg.entity entity_name=Kestrel AG, entity_type_code=MIF, "
                          "home_member_state=LIECHTENSTEIN, lei=5493001KJTIIGC8Y1R12, "
                          "status=Active from 2006-09-12"));
  EXPECT_THAT(
      tests::facts_of(read, "esma.upreg.service"),
      ElementsAre("esma.upreg.service entity_type_code=MIF, service_name=Portfolio management, "
                  "status=Active from 2010-01-04"));
  EXPECT_THAT(
      tests::facts_of(read, "esma.upreg.service_history"),
      ElementsAre(
          "esma.upreg.service_history entity_type_code=MIF, service_name=Investment advice, "
          "status=Withdrawn from 2010-01-04 to 2019-06-30"));
}

TEST(Esma, AnActiveFirmIsAtHomeInItsHomeState) {
  const auto active = esma::read(kLei, answers({page({parent()}, 1)})).value();
  EXPECT_THAT(
      tests::facts_of(active, "eu.passport_or_home"),
      ElementsAre("eu.passport_or_home basis=home, client_residence=LI, entity_type_code=MIF, "
                  "evidence=nca_page_or_host_register from 2006-09-12"));
  const auto inactive = esma::read(kLei, answers({page({parent(kLei, "Inactive")}, 1)})).value();
  EXPECT_THAT(tests::facts_of(inactive, "eu.passport_or_home"), IsEmpty());
}

TEST(Esma, AHostRowIsAPassportThere) {
  const std::string host =
      R"({"id":"h1","entity_type":"aeNotHostMmbSt","_root_":"ae1","ae_hostMemberState":"CYPRUS"})";
  const auto read = esma::read(kLei, answers({page({parent(), host}, 2)})).value();
  EXPECT_THAT(tests::facts_of(read, "eu.passport_or_home"),
              Contains(HasSubstr("basis=host_register, client_residence=CY")));
}

TEST(Esma, AHostRowThatIsNotInForceGivesNoPlace) {
  const auto places = [](const std::string& status, const std::string& end,
                         const std::string& entity) {
    const std::string host =
        R"({"id":"h1","entity_type":"aeNotHostMmbSt","_root_":"ae1","ae_hostMemberState":"CYPRUS",)"
        R"("ac_status":")" +
        status + R"(","ac_authorisationEndDate":")" + end + R"("})";
    const auto read = esma::read(kLei, answers({page({parent(kLei, entity), host}, 2)})).value();
    std::size_t count = 0;
    for (const auto& fact : read.facts) {
      if (tests::has(fact, "client_residence", "CY")) ++count;
    }
    EXPECT_EQ(count == 0, std::ranges::any_of(read.remarks, [](const std::string& remark) {
                return remark.find("gives no place") != remark.npos;
              }));
    return count;
  };
  EXPECT_EQ(places("Active", "", "Active"), 1u);
  EXPECT_EQ(places("", "", "Active"), 1u);
  EXPECT_EQ(places("Inactive", "", "Active"), 0u);
  EXPECT_EQ(places("Active", "2020-01-01T00:00:00Z", "Active"), 0u);
  EXPECT_EQ(places("Active", "", "Inactive"), 0u);
}

// Two entities of one LEI: what one may do serves the other nothing.
TEST(Esma, AServiceOfAnEntityThatIsNotActiveHasResidue) {
  const auto services = [](const std::string& status) {
    return tests::facts_of(
        esma::read(
            kLei,
            answers({page(
                {parent(kLei, status), activity("a2", "aeActivity", "Portfolio management")}, 2)}))
            .value(),
        "esma.upreg.service");
  };
  EXPECT_THAT(services("Inactive"),
              ElementsAre("esma.upreg.service entity_status=Inactive, entity_type_code=MIF, "
                          "service_name=Portfolio management, status=Active from 2010-01-04 "
                          "residue its entity is not active"));
  EXPECT_THAT(services("Active"), Not(Contains(HasSubstr("residue"))));
}

TEST(Esma, ScoresThatAreNoWholeNumbersAreNotRead) {
  std::string scored = page({parent()}, 1);
  scored.insert(scored.find("\"docs\""), "\"maxScore\":1.0,");
  EXPECT_EQ(state({scored}), "found complete");
}

TEST(Esma, AMissingPageOrDocumentIsPartial) {
  EXPECT_EQ(state({page({parent()}, 2)}), "found partial");
  EXPECT_EQ(state({page({parent(), parent()}, 2)}), "found partial");
  EXPECT_EQ(state({page({parent()}, 1), page({parent()}, 2)}), "found partial");
  EXPECT_EQ(state({page({activity("a2", "aeActivity", "Portfolio management")}, 1)}),
            "found partial");
}

TEST(Esma, NothingFoundIsAnAnswerAndAnErrorIsNone) {
  EXPECT_EQ(state({page({}, 0)}), "not_found complete");
  EXPECT_EQ(state({R"({"responseHeader":{"status":400},"error":{"code":400}})"}),
            "could_not_ask partial");
  EXPECT_EQ(state({Answer{"", 503, "", {}}}), "could_not_ask partial");
}

TEST(Esma, AnotherEntitysDocumentsAreNotRead) {
  const auto read =
      esma::read(kLei, answers({page({parent("7LTWFZYICNSX8D621K86"),
                                      activity("a2", "aeActivity", "Portfolio management")},
                                     2)}))
          .value();
  EXPECT_EQ(tests::state_of(read), "found partial");
  EXPECT_THAT(read.facts, IsEmpty());
}

TEST(Esma, AnActiveServiceThatEndedIsRemarked) {
  const auto read =
      esma::read(kLei, answers({page({parent(), activity("a2", "aeActivity", "Portfolio management",
                                                         "2020-01-01T00:00:00Z")},
                                     2)}))
          .value();
  EXPECT_THAT(read.remarks, Contains(HasSubstr("active and has an end date")));
}

TEST(Esma, WhatIsWrongIsNamed) {
  EXPECT_EQ(state({"{\"response\":{\"docs\":[1,"}).substr(0, 14), "json at body 1");
  EXPECT_EQ(state({R"({"response":{"numFound":1}})"}), "register_body at body 1: docs");
  EXPECT_EQ(state({page({"{}"}, 1)}), "register_body at body 1: docs: 1: id");
  EXPECT_EQ(state({page({"7"}, 1)}), "register_body at body 1: docs: 1: id");
  EXPECT_EQ(state({page({parent(), activity("a2", "aeActivity", "x", "2020-02-31T00:00:00Z")}, 2)}),
            "register_date at body 1: docs: 2: ac_authorisationEndDate");
  EXPECT_EQ(state({page({parent(), activity("a2", "aeActivity", "x", "31/02/2020")}, 2)}),
            "register_date at body 1: docs: 2: ac_authorisationEndDate");
}

class EsmaSample : public tests::RegisterSample {};

TEST_F(EsmaSample, AResponseThatWasCutShortIsPartial) {
  const auto read = esma::read("259400QRIFD5Q6R6CN41", files({"esma/upreg_sample_csp.json"}));
  ASSERT_TRUE(read.has_value()) << core::to_string(read.error());
  EXPECT_EQ(tests::state_of(read.value()), "found partial");
  EXPECT_THAT(read.value().remarks, Contains("2 of 8 documents are there."));
}

TEST_F(EsmaSample, DocumentsWithoutTheirEnvelopeArePartial) {
  const auto read =
      esma::read("529900RUQ6E2Z710XY62", files({"esma/upreg_sample_mif_abbrev.json"}));
  ASSERT_TRUE(read.has_value()) << core::to_string(read.error());
  EXPECT_EQ(tests::state_of(read.value()), "found partial");
  EXPECT_EQ(tests::facts_of(read.value(), "esma.upreg.service").size(), 1u);
}

}  // namespace
}  // namespace gateway::registers::esma
