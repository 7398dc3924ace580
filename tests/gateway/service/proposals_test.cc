// Commands that wait for another person.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/service/governed_book.h"

namespace gateway::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using tests::kOpen;
using tests::kOpenProposed;

class ProposalsTest : public tests::GovernedTest {};

TEST_F(ProposalsTest, WhatWasProposedUnsignedIsNotApprovedLater) {
  ASSERT_EQ(book.propose("@p", kOpenProposed, "@anybody", {}), "a value");
  book.enrol_officers();
  EXPECT_EQ(book.submit(book.approval("@p", "@two"), {"officer-two"}),
            "Conflict/signature_required");
  EXPECT_EQ(book.submit(R"({"command":"refuse_proposal","actor":"@two","proposal":"@p",
      "reason":"other"})",
                        {"officer-two"}),
            "a value");
}

TEST_F(ProposalsTest, AProposalIsDoneByAnotherPersonWhoSignsIt) {
  book.enrol_officers();
  appoint("@ops", "ops-key", "operations");
  ASSERT_EQ(book.propose("@p", kOpenProposed, "@ops", {"ops-key"}), "a value");
  EXPECT_THAT(book.names_of_last(), ElementsAre("command", "proposal_made"));
  EXPECT_EQ(book.record(book.last.first_seq).find("body")->text("actor_authentication"),
            "signature");
  const std::string approval = book.approval("@p", "@two");
  EXPECT_EQ(book.submit(approval), "Conflict/signature_required");
  EXPECT_EQ(book.submit(approval, {"stranger"}), "InvalidInput/unknown_signer");
  EXPECT_EQ(book.submit(approval, {"officer-one"}), "InvalidInput/unknown_signer");
  ASSERT_EQ(book.submit(approval, {"officer-two"}), "a value");
  EXPECT_THAT(book.names_of_last(), ElementsAre("command", "proposal_approved", "accounts_opened"));
  const auto approved = book.record(book.last.first_seq + 1);
  EXPECT_EQ(approved.find("body")->text("approver"), book.person("@two").hex());
  EXPECT_EQ(approved.find("body")->text("proposer"), book.person("@ops").hex());
  EXPECT_EQ(book.submit(approval, {"officer-two"}), "NotFound/unknown_proposal");
  EXPECT_EQ(book.recomputed(book.leaves()), "");
}

TEST_F(ProposalsTest, AProposalMustBeSignedToo) {
  book.enrol_officers();
  EXPECT_EQ(book.propose("@p", kOpenProposed, "@one", {}), "Conflict/signature_required");
  EXPECT_EQ(book.propose("@p", kOpenProposed, "@nobody", {"officer-one"}),
            "InvalidInput/unknown_signer");
}

TEST_F(ProposalsTest, WhatSomebodyProposedEndsWithHisKeys) {
  book.enrol_officers();
  appoint("@ops", "ops-key", "operations");
  ASSERT_EQ(book.propose("@p", kOpenProposed, "@ops", {"ops-key"}), "a value");
  both(
      R"({"command":"revoke_person_key","actor":"@one","approver":"@two","person":"@ops","key":")" +
      core::to_hex(book.public_key_of("ops-key")) + "\"}");
  EXPECT_EQ(book.submit(book.approval("@p", "@two"), {"officer-two"}), "Conflict/proposer_revoked");
}

TEST_F(ProposalsTest, ProposalsAreShortAndNotForEver) {
  EXPECT_EQ(book.propose("@p", kOpenProposed, "@ops", {}, "2027-01-07T00:00:00Z"),
            "InvalidInput/expired");
  std::string many = R"({"command":"open_accounts","accounts":[)";
  for (int i = 0; i < 1500; ++i) {
    many += (i == 0 ? "\"" : ",\"") + std::string("assets:house:a-long-name-of-an-account-") +
            std::to_string(i) + "\"";
  }
  EXPECT_EQ(book.propose("@p", many + "]}", "@ops", {}), "InvalidInput/too_large");
}

TEST_F(ProposalsTest, WhatIsGoneMeanwhileIsNotApproved) {
  ASSERT_EQ(book.submit(kOpen), "a value");
  ASSERT_EQ(book.submit(R"({"command":"post_entry","actor":"@ops","approver":"@chief","postings":[
      {"account":"assets:house:till","commodity":"EUR","amount":"5.00"},
      {"account":"equity:house:capital","commodity":"EUR","amount":"-5.00"}]})"),
            "a value");
  ASSERT_EQ(
      book.submit(R"({"command":"reserve","actor":"@ops","approver":"@chief","reservation":"@r",
      "debit":"equity:house:capital","credit":"assets:house:till","commodity":"EUR",
      "amount":"2.00","hold":"credit"})"),
      "a value");
  // What it comes to rests on what is set aside when it is done.
  book.enrol_officers();
  const char* second = R"({"command":"reserve","reservation":"@r2",
      "debit":"equity:house:capital","credit":"assets:house:till","commodity":"EUR",
      "amount":"1.00","hold":"credit"})";
  ASSERT_EQ(book.propose("@p", second, "@one", {"officer-one"}), "a value");
  ASSERT_EQ(book.propose("@q", R"({"command":"post_reservation","reservation":"@r"})", "@one",
                         {"officer-one"}),
            "a value");
  const std::string approval = book.approval("@p", "@two");
  EXPECT_EQ(book.submit(approval, {"officer-two"}), "a value");
  // Proposed before, approved once what it is about is gone.
  ASSERT_EQ(book.submit(R"({"command":"void_reservation","actor":"@ops","reservation":"@r"})"),
            "a value");
  EXPECT_EQ(book.submit(book.approval("@q", "@two"), {"officer-two"}),
            "NotFound/unknown_reservation");
}

TEST_F(ProposalsTest, ATrialBalanceThatMovedMeanwhileIsAnotherOutcome) {
  ASSERT_EQ(book.submit(kOpen), "a value");
  book.enrol_officers();
  book.clock.set("2026-02-01T00:00:00Z");
  ASSERT_EQ(book.propose("@p", R"({"command":"close_period","until":"2026-02-01T00:00:00Z"})",
                         "@one", {"officer-one"}, "2026-03-01T00:00:00Z"),
            "a value");
  const std::string approval = book.approval("@p", "@two");
  auto late = book.read(R"({"command":"post_entry","actor":"@one","approver":"@two",
      "effective_at":"2026-01-20T00:00:00Z","postings":[
      {"account":"assets:house:till","commodity":"EUR","amount":"5.00"},
      {"account":"equity:house:capital","commodity":"EUR","amount":"-5.00"}]})");
  cosign(late.value());
  ASSERT_EQ(tests::outcome(book.execute(late.value())), "a value");
  EXPECT_EQ(book.submit(approval, {"officer-two"}), "Conflict/outcome_changed");
  EXPECT_EQ(book.submit(R"({"command":"refuse_proposal","actor":"@two","proposal":"@p",
      "reason":"wrong"})",
                        {"officer-two"}),
            "a value");
  EXPECT_THAT(book.names_of_last(), ElementsAre("command", "proposal_refused"));
  EXPECT_EQ(book.recomputed(book.leaves()), "");
}

TEST_F(ProposalsTest, WhatWasLookedAtIsWhatIsApproved) {
  book.enrol_officers();
  ASSERT_EQ(book.propose("@p", kOpenProposed, "@one", {"officer-one"}), "a value");
  for (const std::string digest : {"command_digest", "outcome_digest"}) {
    std::string approval = book.approval("@p", "@two");
    char& digit = approval[approval.find(digest) + digest.size() + 3];
    digit = digit == '0' ? '1' : '0';
    EXPECT_EQ(book.submit(approval, {"officer-two"}), "Conflict/another_proposal") << digest;
  }
}

TEST_F(ProposalsTest, AProposalExpiresByATick) {
  book.enrol_officers();
  EXPECT_EQ(book.propose("@p", kOpenProposed, "@one", {"officer-one"}, "2026-01-05T08:00:00Z"),
            "InvalidInput/expired");
  ASSERT_EQ(book.propose("@p", kOpenProposed, "@one", {"officer-one"}, "2026-01-06T00:00:00Z"),
            "a value");
  EXPECT_EQ(book.propose("@p", kOpenProposed, "@one", {"officer-one"}), "Conflict/exists");
  const std::string approval = book.approval("@p", "@two");
  EXPECT_EQ(book.submit(R"({"command":"tick","actor":"@ops"})"), "Conflict/nothing_expired");
  book.clock.set("2026-01-06T00:00:00Z");
  EXPECT_EQ(book.submit(approval, {"officer-two"}), "Conflict/proposal_expired");
  EXPECT_EQ(book.submit(R"({"command":"tick","actor":"@ops"})"), "a value");
  EXPECT_THAT(book.names_of_last(), ElementsAre("command", "proposal_expired"));
  EXPECT_EQ(book.submit(approval, {"officer-two"}), "NotFound/unknown_proposal");
  EXPECT_EQ(book.propose("@p", kOpenProposed, "@one", {"officer-one"}), "Conflict/exists");
}

TEST_F(ProposalsTest, WhoMadeAProposalWithdrawsItAndNobodyElse) {
  book.enrol_officers();
  ASSERT_EQ(book.propose("@p", kOpenProposed, "@one", {"officer-one"}), "a value");
  const auto refuse = [&](const std::string& actor, const std::string& reason,
                          const std::string& key) {
    return book.submit(R"({"command":"refuse_proposal","actor":")" + actor +
                           R"(","proposal":"@p","reason":")" + reason + "\"}",
                       {key});
  };
  EXPECT_EQ(refuse("@two", "withdrawn", "officer-two"), "Conflict/withdrawal");
  EXPECT_EQ(refuse("@one", "wrong", "officer-one"), "Conflict/withdrawal");
  EXPECT_EQ(book.submit(R"({"command":"refuse_proposal","actor":"@two","proposal":"@p",
      "reason":"wrong"})"),
            "Conflict/signature_required");
  EXPECT_EQ(refuse("@one", "withdrawn", "officer-one"), "a value");
}

TEST_F(ProposalsTest, SomeCommandsCannotBeProposedOrLinked) {
  const auto proposed = [&](const std::string& command) {
    return book.propose("@p", command, "@ops", {});
  };
  EXPECT_EQ(proposed(R"({"command":"tick","nothing":1})"), "InvalidInput/unknown_field");
  EXPECT_EQ(proposed(R"({"command":"propose"})"), "InvalidInput/missing_field");
  EXPECT_EQ(proposed(R"({"command":"refuse_proposal","proposal":"@x","reason":"wrong"})"),
            "InvalidInput/not_proposed");
  EXPECT_EQ(proposed(R"({"command":"commit_index"})"), "InvalidInput/service_command");
  EXPECT_EQ(proposed(R"([])"), "InvalidInput/wrong_type");
  EXPECT_EQ(proposed(R"({"command":"open_accounts","accounts":["assets:house:till"],
      "effective_at":"2030-01-01T00:00:00Z"})"),
            "InvalidInput/effective_in_future");
  EXPECT_EQ(book.submit(R"({"command":"linked","actor":"@one","approver":"@two","commands":[
      {"command":"close_period","until":"2026-01-05T00:00:00Z"}]})"),
            "InvalidInput/not_linked");
  EXPECT_EQ(proposed(R"({"command":"linked","commands":[
      {"command":"register_symbol","symbol":"EURUSD","currency":"USD"},
      {"command":"register_symbol","symbol":"GBPUSD","currency":"USD"}]})"),
            "a value");
  EXPECT_EQ(book.submit(book.approval("@p", "@chief")), "a value");
  EXPECT_THAT(book.names_of_last(),
              ElementsAre("command", "proposal_approved", "accounts_opened", "symbol_registered",
                          "accounts_opened", "symbol_registered"));
}

// What a thief with the log key could write: effects that nobody was asked for.
TEST_F(ProposalsTest, RecomputingFindsWhatNobodySigned) {
  book.enrol_officers();
  ASSERT_EQ(book.propose("@p", kOpenProposed, "@one", {"officer-one"}), "a value");
  ASSERT_EQ(book.submit(book.approval("@p", "@two"), {"officer-two"}), "a value");
  const std::vector<core::Bytes> good = book.leaves();
  ASSERT_EQ(book.recomputed(good), "");
  const auto altered = [&](const std::function<void(ledger::CommandBody&)>& change) {
    auto leaves = good;
    ledger::RecordView view;
    EXPECT_TRUE(ledger::decode_record(leaves[book.last.first_seq], view).has_value());
    auto body = core::from_cbor<ledger::CommandBody>(view.body).value();
    change(body);
    ledger::Draft draft;
    draft.kind = view.kind;
    draft.body = core::to_cbor(body);
    draft.effective_at = view.effective_at;
    leaves[book.last.first_seq] =
        ledger::encode_record(
            draft, {view.seq, view.prev, view.salt, view.recorded_at, view.batch, view.subjects})
            .value();
    return book.recomputed(leaves);
  };
  EXPECT_THAT(altered([](ledger::CommandBody& body) {
                body.signatures.clear();
                body.actor_authentication = ledger::Authentication::Token;
              }),
              HasSubstr("signature_required"));
  EXPECT_THAT(altered([](ledger::CommandBody& body) { body.signatures.clear(); }),
              HasSubstr("authentication"));
  EXPECT_THAT(altered([](ledger::CommandBody& body) { body.signatures[0].signature[0] ^= 1; }),
              HasSubstr("signature"));
  EXPECT_THAT(altered([&](ledger::CommandBody& body) { body.actor = book.person("@one"); }),
              HasSubstr("same_person"));
  EXPECT_THAT(altered([&](ledger::CommandBody& body) { body.request_id += "x"; }),
              HasSubstr("signature"));
}

}  // namespace
}  // namespace gateway::service
