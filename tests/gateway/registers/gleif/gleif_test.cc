#include "gateway/registers/gleif/gleif.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/registers/evidence_text.h"

namespace gateway::registers::gleif {
namespace {

using testing::Contains;
using testing::HasSubstr;
using tests::answers;

constexpr const char* kLei = "5493001KJTIIGC8Y1R12";  // Source: the GLEIF register.

std::string record(const std::string& entity, const std::string& registration,
                   const std::string& lei = kLei) {
  return R"({"attributes":{"lei":")" + lei +
         R"(","entity":{"legalName":{"name":"Kestrel AG"},"status":")" + entity +
         R"(","jurisdiction":"LI","registeredAs":"FL-1"},"registration":{"status":")" +
         registration +
         R"(","initialRegistrationDate":"2020-03-01T08:00:00Z","nextRenewalDate":"2027-03-01T08:00:00Z"}}})";
}

std::string lookup(const std::string& entity, const std::string& registration) {
  return R"({"data":)" + record(entity, registration) + "}";
}

std::string state(const std::vector<Answer>& given, std::string_view lei = kLei) {
  const auto evidence = read(lei, given);
  if (!evidence) return evidence.error().reason + " at " + evidence.error().at;
  return tests::state_of(evidence.value());
}

TEST(Gleif, StatusOfEntityAndRegistrationStandApart) {
  const auto read = gleif::read(kLei, answers({lookup("ACTIVE", "ISSUED")})).value();
  EXPECT_EQ(tests::facts_of(read, "gleif.lei"),
            std::vector<std::string>{
                "gleif.lei entity_status=ACTIVE, jurisdiction=LI, legal_name=Kestrel AG, "
                "lei=5493001KJTIIGC8Y1R12, next_renewal=2027-03-01, registered_as=FL-1, "
                "registration_status=ISSUED from 2020-03-01"});
  EXPECT_EQ(core::to_string(*read.expires), "2027-03-01");
}

TEST(Gleif, ALapsedRegistrationIsAWarningAndNoClosure) {
  const auto read = gleif::read(kLei, answers({lookup("ACTIVE", "LAPSED")})).value();
  EXPECT_EQ(tests::state_of(read), "found complete");
  EXPECT_THAT(read.remarks, Contains(HasSubstr("lapsed")));
  EXPECT_FALSE(read.expires.has_value());
}

TEST(Gleif, ARegistrationThatIsOfNoUseOrUnderWayIsRemarked) {
  for (const char* status : {"RETIRED", "MERGED", "DUPLICATE", "ANNULLED", "CANCELLED",
                             "PENDING_TRANSFER", "PENDING_ARCHIVAL", "PENDING_VALIDATION"}) {
    const auto read = gleif::read(kLei, answers({lookup("ACTIVE", status)})).value();
    EXPECT_THAT(read.remarks, testing::ElementsAre(HasSubstr(status)));
  }
  EXPECT_THAT(gleif::read(kLei, answers({lookup("INACTIVE", "ISSUED")})).value().remarks,
              testing::ElementsAre(HasSubstr("INACTIVE")));
  EXPECT_TRUE(gleif::read(kLei, answers({lookup("ACTIVE", "ISSUED")})).value().remarks.empty());
}

TEST(Gleif, AnUnknownStatusIsResidue) {
  const auto read = gleif::read(kLei, answers({lookup("DORMANT", "ISSUED")})).value();
  EXPECT_THAT(tests::facts_of(read, "gleif.lei"),
              Contains(HasSubstr("residue entity status DORMANT")));
}

TEST(Gleif, AbsenceIsSaidByTheApiAndAFailureIsNot) {
  const std::string absent = R"({"errors":[{"status":"404","title":"Not Found"}]})";
  EXPECT_EQ(state({Answer{absent, 404, "", {}}}), "not_found complete");
  EXPECT_EQ(state({Answer{absent, {}, "", {}}}), "not_found complete");
  EXPECT_EQ(state({Answer{"", 500, "", {}}}), "could_not_ask partial");
  EXPECT_EQ(state(answers({R"({"errors":[{"status":"429"}]})"})), "could_not_ask partial");
  EXPECT_EQ(state(answers({R"({"data":[]})"})), "not_found complete");
}

TEST(Gleif, OfASearchOnlyTheAskedRecordIsRead) {
  const std::string other = record("ACTIVE", "ISSUED", "7LTWFZYICNSX8D621K86");
  const std::string paging = R"("meta":{"pagination":{"lastPage":2}},)";
  EXPECT_EQ(state(answers(
                {"{" + paging + "\"data\":[" + other + "," + record("ACTIVE", "ISSUED") + "]}"})),
            "found complete");
  EXPECT_EQ(state(answers({"{" + paging + "\"data\":[" + other + "]}"})), "not_found partial");
  EXPECT_EQ(state(answers({lookup("ACTIVE", "ISSUED"), lookup("INACTIVE", "ISSUED")})),
            "found partial");
}

TEST(Gleif, WhatIsWrongIsNamed) {
  EXPECT_EQ(state(answers({lookup("ACTIVE", "ISSUED")}), "5493001KJTIIGC8Y1R21"),
            "identifier_check at lei");
  EXPECT_EQ(state(answers({"{\"data\":{\"attributes\""})).substr(0, 14), "json at body 1");
  EXPECT_EQ(state(answers({R"({"data":{"attributes":{"lei":")" + std::string(kLei) + R"("}}})"})),
            "register_body at body 1: data: entity");
  EXPECT_EQ(state(answers({R"({"data":{"attributes":{"lei":"X"}}})"})),
            "register_reference at body 1: data: lei");
}

class GleifSample : public tests::RegisterSample {};

TEST_F(GleifSample, TheRecordIsRead) {
  const auto read =
      gleif::read("9845006CT0EB68C37F62", files({"gleif/lei_record_9845006CT0EB68C37F62.json"}));
  ASSERT_TRUE(read.has_value()) << core::to_string(read.error());
  EXPECT_EQ(tests::state_of(read.value()), "found complete");
  EXPECT_THAT(tests::facts_of(read.value(), "gleif.lei"),
              Contains(HasSubstr("next_renewal=2027-08-14, registered_as=FL-0001.529.164-0, "
                                 "registration_status=ISSUED from 2026-08-14")));
}

}  // namespace
}  // namespace gateway::registers::gleif
