#include "gateway/registers/fca/fca.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/registers/evidence_text.h"
#include "tests/support/outcome.h"

namespace gateway::registers::fca {
namespace {

using testing::Contains;
using testing::HasSubstr;
using tests::answers;

constexpr std::string_view kFrn = "999001";

std::string body(const std::string& status, const std::string& message, const std::string& data,
                 const std::string& info) {
  return R"({"Status":"FSR-API-)" + status + R"(","Message":")" + message + R"(","ResultInfo":)" +
         info + R"(,"Data":)" + data + "}";
}

std::string info(int page, int total, const std::string& path = "") {
  const std::string next = path.empty() ? ""
                                        : R"("Next":"https://register.fca.org.uk/services/V0.1/)" +
                                              path + R"(?pgnp=9",)";
  return "{" + next + R"("page":")" + std::to_string(page) +
         R"(","per_page":"20","total_count":")" + std::to_string(total) + R"("})";
}

std::string permissions(const std::string& data, int page, int total) {
  return body("02-03-00", "Ok. Firm permission found", data, info(page, total));
}

std::string firm(const std::string& status = "Authorised", const std::string& day = "01/02/2020") {
  return body("02-01-00", "Ok. Firm Found",
              R"([{"FRN":"999001","Organisation Name":"Kestrel Asset Limited","Status":")" +
                  status + R"(","Status Effective Date":")" + day +
                  R"(","Exceptional Info Details":[]}])",
              info(1, 1));
}

// "found complete", or the refusal and where.
std::string state(const std::vector<Answer>& given) {
  const auto evidence = read(kFrn, given);
  if (!evidence) return evidence.error().reason + " at " + evidence.error().at;
  return tests::state_of(evidence.value());
}

std::string state(const std::vector<std::string>& bodies) { return state(answers(bodies)); }

constexpr const char* kManages =
    R"({"Managing investments":[{"Customer Type":["Professional"]},{"Investment Type":["Share"]}]})";

TEST(Fca, TheLiveSuffixMeansNotFoundThoughThePortalSaysBadRequest) {
  for (const std::string suffix : {"11", "21"}) {
    EXPECT_EQ(state({body("02-03-" + suffix, "Firm Permissions not found", "null", "null")}),
              "not_found complete");
    EXPECT_EQ(state({body("02-03-" + suffix, "Bad Request : Invalid Input", "null", "null")}),
              "could_not_ask partial");
  }
}

// A firm has one list of an endpoint; whose a page without an address is, a person said.
TEST(Fca, ASecondListOfAnEndpointIsDoubtedAndOneWithoutAnOwnerRemarked) {
  const std::string nobodys = permissions(kManages, 1, 1);
  const std::string own =
      body("02-03-00", "Ok. Firm permission found",
           R"({"Advising on investments":[{"Customer Type":["Professional"]}]})",
           info(1, 1, "Firm/999001/Permissions"));
  EXPECT_EQ(state({firm(), own}), "found complete");
  EXPECT_THAT(fca::read(kFrn, answers({firm(), own})).value().remarks, testing::IsEmpty());
  EXPECT_EQ(state({firm(), nobodys}), "found complete");
  EXPECT_THAT(fca::read(kFrn, answers({firm(), nobodys})).value().remarks,
              testing::ElementsAre(HasSubstr("taken for those of 999001")));
  EXPECT_EQ(state({firm(), own, nobodys}), "found partial");
  EXPECT_EQ(state({firm(), nobodys, nobodys}), "found partial");
  const std::string absent = body("02-03-11", "Firm Permissions not found", "null", "null");
  EXPECT_EQ(state({firm(), own, absent}), "found partial");
  // Of each requirement there is a list of its own.
  const auto types = [](const std::string& requirement) {
    return Answer{body("02-13-00", "Ok. Investment Types found",
                       R"([{"Investment Type Name":"Listed shares"}])", info(1, 1)),
                  200,
                  "https://register.fca.org.uk/services/V0.1/Firm/999001/Requirements/" +
                      requirement + "/InvestmentTypes",
                  {}};
  };
  EXPECT_EQ(state({types("OR-1"), types("OR-2")}), "found complete");
}

TEST(Fca, AnAnswerThatDisagreesWithItselfIsPartialAndRemarked) {
  EXPECT_EQ(state({body("02-03-00", "Ok. Firm permission found", "null", "null")}),
            "not_found partial");
  EXPECT_EQ(state({body("02-03-11", "Firm Permissions not found", kManages, info(1, 1))}),
            "found partial");
  EXPECT_EQ(state({body("02-03-22", "ERROR : Page Not Found", "null", "null")}),
            "could_not_ask partial");
  const auto read = fca::read(
      kFrn, answers({body("02-03-11", "Firm Permissions not found", kManages, info(1, 1))}));
  EXPECT_THAT(read.value().remarks, Contains(HasSubstr("body 1: Status FSR-API-02-03-11")));
}

TEST(Fca, AFailedCallIsNotAnAbsence) {
  EXPECT_EQ(state({Answer{"", 429, "", {}}}), "could_not_ask partial");
  EXPECT_EQ(state({Answer{"<html>gateway</html>", 502, "", {}}}), "could_not_ask partial");
  EXPECT_EQ(
      state({body("01-01-11", "Unauthorised: Please include a valid API key", "null", "null")}),
      "could_not_ask partial");
  EXPECT_EQ(state({Answer{firm(), 200, "", {}}, Answer{"", 503, "", {}}}), "found partial");
}

TEST(Fca, PermissionsAreCountedAndAPageTwiceIsDoubted) {
  const std::string one = permissions(kManages, 1, 2);
  const std::string two = permissions(R"({"Arranging":[{"Limitation Not Found":["none"]}]})", 2, 2);
  EXPECT_EQ(state({two, one}), "found complete");
  EXPECT_EQ(state({one}), "found partial");
  EXPECT_EQ(state({one, one}), "found partial");
  EXPECT_EQ(state({one, two, two}), "found partial");
  EXPECT_EQ(state({permissions(kManages, 1, 1), permissions(kManages, 2, 2)}), "found partial");
  EXPECT_EQ(state({body("02-03-00", "Ok.", kManages, "null")}), "found partial");
}

TEST(Fca, AnUnknownPartOfAPermissionIsResidue) {
  const auto read = fca::read(
      kFrn, answers({permissions(
                R"({"Managing investments":[{"Customer  Type":["Professional"]}]})", 1, 1)}));
  EXPECT_EQ(
      tests::facts_of(read.value(), "fca.permission"),
      std::vector<std::string>{
          "fca.permission activity=Managing investments residue Customer Type: Professional"});
}

TEST(Fca, FirmsStatusStandsBesideItsPermissions) {
  const auto read = fca::read(kFrn, answers({permissions(kManages, 1, 1), firm("Cancelled")}));
  EXPECT_THAT(tests::facts_of(read.value(), "fca.permission"),
              Contains("fca.permission activity=Managing investments, customer_type=Professional, "
                       "firm_status=Cancelled, investment_type=Share"));
  EXPECT_EQ(state({firm("Authorised"), firm("Cancelled")}), "found partial");
}

TEST(Fca, RepresentativesAndDisciplineAreRead) {
  const std::string representatives = body(
      "05-04-00", "Ok. Appointed Representative Found",
      R"({"PreviousAppointedRepresentatives":[{"FRN":"999054","Principal FRN":"999001","Effective Date":"03/03/2015",)"
      R"("Termination Date":"06/04/2021","Tied Agent":"true"}],"CurrentAppointedRepresentatives":[]})",
      info(1, 1));
  const std::string discipline = body(
      "02-11-00", "Ok. Disciplinary history information found",
      R"([{"TypeofDescription":"Words","TypeofAction":"Fine","EnforcementType":"FSMA","ActionEffectiveFrom":"12/08/2019"}])",
      info(1, 1));
  const auto read = fca::read(kFrn, answers({representatives, discipline}));
  EXPECT_EQ(tests::state_of(read.value()), "found complete");
  EXPECT_THAT(
      tests::facts_of(read.value(), "fca.appointed_representative"),
      Contains("fca.appointed_representative current=false, frn=999054, principal_frn=999001, "
               "tied_agent=true from 2015-03-03 to 2021-04-06"));
  EXPECT_THAT(
      tests::facts_of(read.value(), "fca.discipline"),
      Contains("fca.discipline action=Fine, description=Words, enforcement=FSMA from 2019-08-12"));
  EXPECT_THAT(read.value().remarks, Contains(HasSubstr("disciplinary")));
}

TEST(Fca, InvestmentTypesAreThoseOfTheRequirementThatWasAskedFor) {
  Answer answer{body("02-13-00", "Ok. Investment Types found",
                     R"([{"Investment Type Name":"Listed shares"}])", info(1, 1)),
                200,
                "https://register.fca.org.uk/services/V0.1/Firm/999001/Requirements/OR-1/"
                "InvestmentTypes",
                {}};
  const auto types = [&] {
    return tests::facts_of(fca::read(kFrn, std::span(&answer, 1)).value(),
                           "fca.promotion_investment_type");
  };
  EXPECT_THAT(types(), Contains("fca.promotion_investment_type investment_type=Listed shares, "
                                "requirement=OR-1"));
  answer.address.clear();  // A file does not say of which.
  EXPECT_THAT(types(), Contains("fca.promotion_investment_type investment_type=Listed shares"));
}

TEST(Fca, AProhibitedIndividualIsRemarkedByNumber) {
  const auto read = fca::read(
      kFrn, answers({body("02-05-00", "Ok. Firm Individuals found",
                          R"([{"IRN":"PRO00001","Name":"Mika Jansen","Status":"Prohibited"}])",
                          info(1, 1))}));
  EXPECT_THAT(read.value().remarks, Contains("Individual PRO00001 is prohibited."));
  EXPECT_EQ(tests::facts_of(read.value(), "fca.individual"),
            std::vector<std::string>{"fca.individual irn=PRO00001, status=Prohibited"});
}

TEST(Fca, WhatCannotBeReadIsNamed) {
  EXPECT_EQ(state({"{\"Status\":\"FSR-API-02"}).substr(0, 14), "json at body 1");
  EXPECT_EQ(state({firm(), "[]"}), "register_body at body 2: Status");
  EXPECT_EQ(state({"\xff\xfe{}"}), "register_body at body 1");
  EXPECT_EQ(state({firm("Authorised", "31/02/2020")}),
            "register_date at body 1: Data: 1: Status Effective Date");
  EXPECT_EQ(state({permissions("[]", 1, 1)}), "register_body at body 1: Data");
  EXPECT_EQ(state({permissions(R"({"A":"x"})", 1, 1)}), "register_body at body 1: Data: A");
  EXPECT_EQ(state({permissions(R"({"A":[],"A":[]})", 1, 1)}).substr(0, 4), "json");
  EXPECT_EQ(state(std::vector<std::string>{}), "register_reference at ");
  EXPECT_EQ(state({body("02-03-00", "Ok.", kManages, info(1, 1, "Firm/999002/Permissions"))}),
            "register_reference at body 1");
}

TEST(Fca, EvidenceHasTheDigestsAndWhatCameWithTheAnswers) {
  const Answer answer{firm(), 200, "https://register.fca.org.uk/services/V0.1/Firm/999001",
                      core::parse_instant("2026-11-22T10:00:00Z").value()};
  const auto read = fca::read(kFrn, std::span(&answer, 1)).value();
  EXPECT_EQ(read.documents, std::vector<core::Hash>{core::sha256(core::as_bytes(answer.body))});
  EXPECT_EQ(read.address, answer.address);
  EXPECT_EQ(read.http_status, 200u);
  EXPECT_EQ(read.answered_at, answer.answered_at);
  EXPECT_EQ(read.parser, "fca/1");
}

}  // namespace
}  // namespace gateway::registers::fca
