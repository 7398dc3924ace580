#include "gateway/registers/cysec/cysec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/registers/evidence_text.h"

namespace gateway::registers::cysec {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string form(const std::string& status, const std::string& more,
                 const std::string& number = "999/26") {
  return R"({"form":"cysec-entity/1","captured":{"documents":[")" + std::string(64, 'b') +
         R"("],"address":"https://cysec.example/entity","captured_at":"2026-11-20T09:00:00Z","captured_by":"@anna",)"
         R"("reviewed_by":"@ben","expires":"2027-02-20"},"licence_number":")" +
         number + R"(","licence_date":"2020-05-04","name":"Kestrel (Cyprus) Ltd","status":")" +
         status + "\"" + more + "}";
}

std::string state(const std::string& text) {
  const auto capture = read(text);
  if (!capture) return capture.error().reason + " at " + capture.error().at;
  return tests::state_of(capture.value().evidence);
}

TEST(Cysec, ServicesInstrumentsAndPlacesOfAnActiveLicence) {
  const auto read =
      cysec::read(form("Active", R"(,"services":["A1","A4"],"instruments":["C4","C9"],)"
                                 R"("cross_border":["GERMANY"],"domains":["kestrel.example"])"))
          .value()
          .evidence;
  EXPECT_EQ(read.source, "cysec");
  EXPECT_THAT(tests::facts_of(read, "nca.service"),
              ElementsAre("nca.service annex_i_a=A1, annex_i_a=A4, evidence=manual_capture"));
  EXPECT_THAT(
      tests::facts_of(read, "nca.instrument_scope"),
      ElementsAre("nca.instrument_scope annex_i_c=C4, annex_i_c=C9, evidence=manual_capture"));
  EXPECT_THAT(
      tests::facts_of(read, "eu.passport_or_home"),
      ElementsAre(
          "eu.passport_or_home basis=home, client_residence=CY, evidence=nca_page_or_host_register",
          "eu.passport_or_home basis=nca_page, client_residence=DE, "
          "evidence=nca_page_or_host_register"));
  EXPECT_THAT(
      tests::facts_of(read, "cysec.entity"),
      ElementsAre(
          "cysec.entity entity_name=Kestrel (Cyprus) Ltd, licence_number=999/26, status=Active "
          "from 2020-05-04"));
}

TEST(Cysec, ALicenceThatIsNotActiveGivesNoScope) {
  const auto read =
      cysec::read(form("Suspended", R"(,"services":["A4"],"instruments":["C9"])")).value().evidence;
  EXPECT_THAT(tests::facts_of(read, "nca.service"), IsEmpty());
  EXPECT_THAT(tests::facts_of(read, "nca.instrument_scope"), IsEmpty());
  EXPECT_THAT(tests::facts_of(read, "eu.passport_or_home"), IsEmpty());
  EXPECT_THAT(read.remarks, Contains(HasSubstr("not active (Suspended)")));
}

TEST(Cysec, ATiedAgentNeverManages) {
  const auto read =
      cysec::read(form("Active", R"(,"tied_agents":["Heron Agents"])")).value().evidence;
  EXPECT_THAT(read.remarks, Contains(HasSubstr("never manage")));
}

TEST(Cysec, WhatIsWrongIsNamed) {
  EXPECT_EQ(state(form("Active", R"(,"services":["A10"])")), "register_capture at services");
  EXPECT_EQ(state(form("Active", R"(,"instruments":["A4"])")), "register_capture at instruments");
  EXPECT_EQ(state(form("Active", R"(,"cross_border":["Atlantis"])")),
            "register_capture at cross_border");
  EXPECT_EQ(state(form("Alive", "")), "register_capture at status");
  EXPECT_EQ(state(form("Active", "", "1234/26")), "identifier_length at cif_number");
  EXPECT_EQ(state(form("Active", R"(,"service":["A4"])")), "unknown_field at service");
}

}  // namespace
}  // namespace gateway::registers::cysec
