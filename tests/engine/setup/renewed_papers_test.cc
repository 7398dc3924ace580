// Assessments and tax certificates that are renewed while a mandate goes on.

#include <gtest/gtest.h>

#include "engine/gate/mandates.h"
#include "engine/gate_state.h"
#include "engine/setup/decide.h"
#include "tests/support/engine_fixture.h"

namespace engine::setup {
namespace {

core::Date on(std::string_view text) { return core::parse_date(text).value(); }

class RenewedPapersOf : public testing::Test {
 protected:
  RenewedPapersOf()
      : book([](State& state, const ledger::RecordView& record) {
          return tests::apply_one_of<MandateAccepted, MandateRevoked, PapersRenewed>(
              state, record, [](State& s, const auto& body, const ledger::RecordView& r) {
                return setup::apply(s, body, r);
              });
        }) {
    book.now = core::parse_instant("2026-11-26T12:00:00Z").value();
    book.add_manager(manager);
    book.add_client(client, ClientCategory::Retail);
    book.add_structure(structure, Model::Mam, manager, {});
    book.add_decision(manager, Model::Mam, Verdict::Allow);
    book.state.decisions.begin()->second.valid_until = core::kInstantMax;
  }
  template <class Command>
  std::string give(const Command& command) {
    return book.commit(setup::decide(book.context(), command));
  }
  std::string accept(const MandateTerms& terms) {
    return give(AcceptMandate{structure, client, {}, {}, {}, {}, {}, terms});
  }
  static MandateTerms plain_terms() {
    MandateTerms terms;
    terms.language = "en";
    return terms;
  }
  std::string assess(const std::string& expires) {
    return give(
        RenewPapers{structure,
                    client,
                    Suitability{SuitabilityResult::Suitable, on("2026-11-20"), on(expires), {}},
                    {}});
  }
  MandateEnds ends() const { return gate::ends_of(book.state, structure, client); }

  core::PartyId manager = tests::client_id(800);
  core::PartyId client = tests::client_id(1);
  core::StructureId structure = tests::id<core::StructureId>(700);
  tests::EngineBook book;
};

TEST_F(RenewedPapersOf, ANewAssessmentTakesTheOldOnesPlace) {
  MandateTerms terms = plain_terms();
  terms.suitability = {SuitabilityResult::Warned, on("2026-01-01"), on("2026-12-01"), {}};
  terms.expires = on("2027-06-30");
  ASSERT_EQ(accept(terms), "done");
  const std::uint64_t accepted = ends().seq;
  ASSERT_EQ(assess("2027-11-20"), "done");
  EXPECT_EQ(ends().suitability, on("2027-11-20"));
  EXPECT_EQ(ends().assessed, SuitabilityResult::Suitable);
  EXPECT_EQ(ends().mandate, on("2027-06-30"));
  // The mandate's own end is still its acceptance's, and is not said anew.
  EXPECT_EQ(ends().seq, accepted);
  EXPECT_NE(ends().assessed_seq, accepted);
  EXPECT_EQ(book.state.gate->mandates.at(0).renewed.size(), 1u);
}

TEST_F(RenewedPapersOf, ATaxCertificateComesLaterToo) {
  ASSERT_EQ(accept(plain_terms()), "done");
  EXPECT_FALSE(ends().tax_certified);
  ASSERT_EQ(give(RenewPapers{structure, client, {}, core::Hash{}}), "done");
  EXPECT_TRUE(ends().tax_certified);
}

TEST_F(RenewedPapersOf, WhatIsWrongIsRefused) {
  EXPECT_EQ(assess("2027-11-20"), "Conflict/no_mandate");
  ASSERT_EQ(accept(plain_terms()), "done");
  EXPECT_EQ(give(RenewPapers{structure, client, {}, {}}), "InvalidInput/missing_field");
  EXPECT_EQ(assess("2026-11-25"), "InvalidInput/expired");
  EXPECT_EQ(assess("2026-11-26"), "done");
}

TEST_F(RenewedPapersOf, WhatAMandateSaysOfItselfMustBeSomething) {
  const auto with = [&](const auto& change) {
    MandateTerms terms = plain_terms();
    change(terms);
    return accept(terms);
  };
  for (const char* language : {"", "e", "English", "EN", "en-", "-en"}) {
    EXPECT_EQ(with([&](MandateTerms& terms) { terms.language = language; }),
              "InvalidInput/mandate_language")
        << language;
  }
  EXPECT_EQ(with([](MandateTerms& terms) { terms.version = ""; }), "InvalidInput/item");
  EXPECT_EQ(with([](MandateTerms& terms) {
              terms.disclosures = {"risk", ""};
            }),
            "InvalidInput/item");
  EXPECT_EQ(
      with([](MandateTerms& terms) {
        terms.suitability = {SuitabilityResult::Suitable, on("2026-11-27"), on("2027-11-27"), {}};
      }),
      "InvalidInput/future");
  EXPECT_EQ(
      with([](MandateTerms& terms) {
        terms.suitability = {SuitabilityResult::Suitable, on("2026-11-25"), on("2026-11-24"), {}};
      }),
      "InvalidInput/future");
  EXPECT_EQ(with([](MandateTerms& terms) {
              terms.language = "de-CH";
              terms.version = "2026-07";
              terms.lpoa = core::Hash{};
              terms.disclosures = {"risk"};
            }),
            "done");
  EXPECT_EQ(ends().papers, (std::vector<std::string>{"risk", "LPOA_TRADING_ONLY"}));
}

TEST_F(RenewedPapersOf, DisclosuresAreGivenLaterToo) {
  ASSERT_EQ(accept(plain_terms()), "done");
  EXPECT_EQ(give(RenewPapers{structure, client, {}, {}, {"FSG"}, {}}),
            "InvalidInput/missing_field");
  ASSERT_EQ(give(RenewPapers{structure, client, {}, {}, {"FSG"}, core::Hash{}}), "done");
  EXPECT_EQ(ends().papers, std::vector<std::string>{"FSG"});
}

TEST_F(RenewedPapersOf, AnotherMandateBeginsWithItsOwn) {
  ASSERT_EQ(accept(plain_terms()), "done");
  ASSERT_EQ(assess("2027-11-20"), "done");
  ASSERT_EQ(give(RevokeMandate{structure, client, {}}), "done");
  ASSERT_EQ(accept(plain_terms()), "done");
  EXPECT_FALSE(ends().assessed.has_value());
  EXPECT_TRUE(book.state.gate->mandates.at(1).renewed.empty());
}

TEST_F(RenewedPapersOf, AnAgreedLeverageIsAWholeNumberOfTimes) {
  MandateTerms terms = plain_terms();
  terms.leverage_max = 0;
  EXPECT_EQ(accept(terms), "InvalidInput/rate_range");
  terms.leverage_max = 10'001;
  EXPECT_EQ(accept(terms), "InvalidInput/rate_range");
  terms.leverage_max = 10'000;
  ASSERT_EQ(accept(terms), "done");
  EXPECT_EQ(gate::agreed_leverage(book.state, structure, client), 10'000u);
}

TEST_F(RenewedPapersOf, TheNewestMandateIsFoundByItsClient) {
  ASSERT_EQ(accept(plain_terms()), "done");
  ASSERT_EQ(give(RevokeMandate{structure, client, {}}), "done");
  ASSERT_EQ(accept(plain_terms()), "done");
  const GateBook& gate = *book.state.gate;
  ASSERT_EQ(gate::mandates_of(gate, structure, client).size(), 2u);
  EXPECT_TRUE(gate.mandates.at(0).revoked_at.has_value());
  EXPECT_EQ(gate::newest_mandate(gate, structure, client), &gate.mandates.at(1));
  EXPECT_EQ(gate::newest_mandate(gate, structure, tests::client_id(2)), nullptr);
}

// What was earned under a mandate is charged under it, also once it was revoked.
TEST_F(RenewedPapersOf, ARevokedMandateKeepsItsDecisionAndEndsOnItsDay) {
  ASSERT_EQ(accept(plain_terms()), "done");
  const auto decision = gate::decision_of_mandate(book.state, structure, client).value();
  EXPECT_EQ(gate::last_day_of_mandate(book.state, structure, client), std::nullopt);
  ASSERT_EQ(give(RevokeMandate{structure, client, {}}), "done");
  EXPECT_EQ(gate::decision_of_mandate(book.state, structure, client).value(), decision);
  EXPECT_EQ(gate::last_day_of_mandate(book.state, structure, client), core::utc_date(book.now));
  EXPECT_FALSE(gate::decision_of_mandate(book.state, structure, tests::client_id(2)).has_value());
}

}  // namespace
}  // namespace engine::setup
