// What is told of a partner's step, and that a figure that does not follow is said.

#include <gmock/gmock.h>

#include "engine/programme_records.h"
#include "tests/reports/explain/records.h"
#include "tests/support/engine_fixture.h"

namespace reports::explain {
namespace {

using engine::PartnerEvaluated;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::decimal;

const auto kPartner = tests::id<core::PartyId>(1);
const auto kProgramme = tests::id<engine::ProgrammeId>(2);

// 30 % from nothing on, 40 % from 10 lots, 50 % from 100.
class EvaluationsExplained : public testing::Test {
 protected:
  EvaluationsExplained() {
    engine::ProgrammePublished published;
    published.programme.programme = kProgramme;
    published.programme.currency = "EUR";
    published.version = 1;
    engine::EvaluationTerms& terms = published.programme.terms.evaluation.emplace();
    terms.steps = {{decimal("0"), decimal("0.3")},
                   {decimal("10"), decimal("0.4")},
                   {decimal("100"), decimal("0.5")}};
    terms.demotes = true;
    records.add(PartnerEvaluated{}, {kPartner.bytes});  // A record that is not asked for.
    records.add(published, {});
    body.evaluation.partner = kPartner;
    body.programme = kProgramme;
    body.version = 1;
    // He stood on the highest step and had 9 lots: one step down, not two.
    body.lots = decimal("9");
    body.reached = 0;
    body.before = 2;
    body.after = 1;
    body.share_before = decimal("0.5");
    body.share = decimal("0.4");
  }
  std::string told() { return records.text(records.add(body, {kPartner.bytes})); }

  Records records;
  PartnerEvaluated body;
};

TEST_F(EvaluationsExplained, AStepDownIsTold) {
  EXPECT_THAT(told(), AllOf(HasSubstr("one step down"), HasSubstr("the version of the programme"),
                            Not(HasSubstr("MISMATCH"))));
}

TEST_F(EvaluationsExplained, TwoStepsDownAreSaid) {
  body.after = 0;
  body.share = decimal("0.3");
  EXPECT_THAT(told(), AllOf(HasSubstr("MISMATCH: the record says step 0"),
                            HasSubstr("MISMATCH: the record says 0.3")));
}

TEST_F(EvaluationsExplained, AStepThatHisLotsDoNotReachIsSaid) {
  body.reached = 1;
  EXPECT_THAT(told(), HasSubstr("MISMATCH: the record says step 1"));
}

}  // namespace
}  // namespace reports::explain
