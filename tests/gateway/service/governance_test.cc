#include "gateway/service/governance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/service/governed_book.h"

namespace gateway::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kOpen =
    R"({"command":"open_accounts","actor":"@ops","approver":"@chief","accounts":["assets:house:till"]})";
constexpr const char* kOpenProposed =
    R"({"command":"open_accounts","accounts":["assets:house:till"]})";

class GovernanceTest : public testing::Test {
 protected:
  // Has a key and a role, given by the officers.
  void appoint(const std::string& name, const std::string& key, const std::string& role) {
    both(book.key_line("register_person_key", name, key, R"(,"approver":"@two")"));
    both(R"({"command":"grant_role","actor":"@one","approver":"@two","person":")" + name +
         R"(","role":")" + role + "\"}");
  }
  // Submits a line as officer one, approved by officer two.
  void both(const std::string& line, const std::string& expected = "a value") {
    auto submission = book.read(line);
    ASSERT_EQ(tests::outcome(submission), "a value");
    submission.value().actor = book.person("@one");
    cosign(submission.value());
    EXPECT_EQ(tests::outcome(book.execute(submission.value())), expected);
  }
  // What a dry run of the line comes to.
  std::string dry(const std::string& line) {
    auto submission = book.read(line);
    if (!submission) return tests::outcome(submission);
    submission.value().dry_run = true;
    return tests::outcome(book.execute(submission.value()));
  }
  void cosign(Submission& submission,
              const std::vector<std::string>& keys = {"officer-one", "officer-two"}) {
    Submission dry = submission;
    dry.dry_run = true;
    const auto preview = book.execute(dry);
    ASSERT_EQ(tests::outcome(preview), "a value");
    submission.signed_part.outcome_digest =
        core::parse_hash(preview.value().preview->text("outcome_digest")).value();
    book.sign_with(submission, keys);
  }

  tests::GovernedBook book;
};

TEST_F(GovernanceTest, UntilTwoOfficersHaveKeysASecondPersonIsTakenAtHisWord) {
  EXPECT_EQ(book.submit(kOpen), "a value");
  EXPECT_EQ(book.submit(book.key_line("enrol_officer", "@one", "officer-one")), "a value");
  EXPECT_THAT(book.names_of_last(),
              ElementsAre("command", "person_key_registered", "role_granted"));
  EXPECT_EQ(book.submit(R"({"command":"open_accounts","actor":"@ops","approver":"@chief",
      "accounts":["assets:house:other"]})"),
            "a value");
  EXPECT_EQ(book.submit(book.key_line("enrol_officer", "@two", "officer-two")), "a value");
  EXPECT_EQ(book.submit(R"({"command":"open_accounts","actor":"@ops","approver":"@chief",
      "accounts":["assets:house:third"]})"),
            "Conflict/signature_required");
  EXPECT_EQ(book.recomputed(book.leaves()), "");
}

TEST_F(GovernanceTest, AnOfficerIsEnrolledByHisOwnKeyAlone) {
  EXPECT_EQ(book.submit(book.key_line("enrol_officer", "@one", "stranger")),
            "InvalidInput/officer_authority");
  // Another person cannot use what officer one signed.
  std::string stolen = book.key_line("enrol_officer", "@one", "officer-one");
  stolen.replace(stolen.find(R"("person":"@one")"), 15, R"("person":"@ann")");
  EXPECT_EQ(book.submit(stolen), "InvalidInput/key_possession");
  EXPECT_EQ(book.submit(book.key_line("enrol_officer", "@one", "officer-one")), "a value");
  EXPECT_EQ(book.submit(book.key_line("enrol_officer", "@ann", "officer-one")),
            "Conflict/key_used");
}

// Whoever could submit before officers could sign must not make himself one of them.
TEST_F(GovernanceTest, NobodyElseBecomesAnOfficer) {
  EXPECT_EQ(book.submit(R"({"command":"grant_role","actor":"@a","approver":"@b","person":"@a",
      "role":"officer"})"),
            "Conflict/officers_first");
  EXPECT_EQ(book.submit(book.key_line("register_person_key", "@a", "a-key", R"(,"approver":"@b")")),
            "Conflict/officers_first");
  ASSERT_EQ(book.submit(book.key_line("enrol_officer", "@one", "officer-one")), "a value");
  EXPECT_EQ(book.submit(R"({"command":"grant_role","actor":"@a","approver":"@b","person":"@a",
      "role":"officer"})"),
            "Conflict/officers_first");
}

TEST_F(GovernanceTest, WhatWasProposedUnsignedIsNotApprovedLater) {
  ASSERT_EQ(book.propose("@p", kOpenProposed, "@anybody", {}), "a value");
  book.enrol_officers();
  EXPECT_EQ(book.submit(book.approval("@p", "@two"), {"officer-two"}),
            "Conflict/signature_required");
  EXPECT_EQ(book.submit(R"({"command":"refuse_proposal","actor":"@two","proposal":"@p",
      "reason":"other"})",
                        {"officer-two"}),
            "a value");
}

TEST_F(GovernanceTest, TheRootKeyMakesAnOfficer) {
  const core::PartyId three = book.person("@three");
  const core::Bytes message = engine::governance::officer_message(
      tests::GovernedBook::kGoverned, three, book.public_key_of("third"));
  const auto line = [&](const std::string& root) {
    return book.key_line("enrol_officer", "@three", "third",
                         R"(,"root_signature":")" + core::to_hex(book.sign(root, message)) + "\"");
  };
  EXPECT_EQ(book.submit(line("officer-one")), "InvalidInput/officer_authority");
  EXPECT_EQ(book.submit(line("root")), "a value");
  EXPECT_EQ(book.record(book.last.first_seq + 1).find("body")->text("warrant"), "root_key");
}

TEST_F(GovernanceTest, AProposalIsDoneByAnotherPersonWhoSignsIt) {
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

TEST_F(GovernanceTest, AProposalMustBeSignedToo) {
  book.enrol_officers();
  EXPECT_EQ(book.propose("@p", kOpenProposed, "@one", {}), "Conflict/signature_required");
  EXPECT_EQ(book.propose("@p", kOpenProposed, "@nobody", {"officer-one"}),
            "InvalidInput/unknown_signer");
}

TEST_F(GovernanceTest, TheSamePersonWithAnotherKeyIsNoSecondPerson) {
  book.enrol_officers();
  const std::string approver = R"(,"approver":"@two")";
  EXPECT_EQ(dry(book.key_line("register_person_key", "@one", "second-key-of-one", approver)),
            "Conflict/key_consent");
  EXPECT_EQ(dry(book.key_line("register_person_key", "@one", "second-key-of-one",
                              approver + book.consent("@one", "second-key-of-one", "officer-two"))),
            "Conflict/key_consent");
  both(book.key_line("register_person_key", "@one", "second-key-of-one",
                     approver + book.consent("@one", "second-key-of-one", "officer-one")));
  ASSERT_EQ(book.propose("@p", kOpenProposed, "@one", {"officer-one"}), "a value");
  EXPECT_EQ(book.submit(book.approval("@p", "@one"), {"second-key-of-one"}),
            "InvalidInput/same_person");
  // Nor is he two signers of one command.
  auto submission = book.read(kOpen);
  submission.value().actor = book.person("@one");
  submission.value().approver = book.person("@two");
  cosign(submission.value(), {"officer-one", "second-key-of-one"});
  EXPECT_EQ(tests::outcome(book.execute(submission.value())), "InvalidInput/unknown_signer");
  // And he cannot be handed a key that is another's.
  auto taken = book.read(
      book.key_line("register_person_key", "@ann", "officer-two", R"(,"approver":"@two")"));
  taken.value().dry_run = true;
  EXPECT_EQ(tests::outcome(book.execute(taken.value())), "Conflict/key_used");
}

// A key of record 0 cannot be revoked before it enrols, so later it must not be a way in.
TEST_F(GovernanceTest, AnOfficerOfRecordZeroEnrolsOnceAndInTime) {
  ASSERT_EQ(book.submit(book.key_line("enrol_officer", "@one", "officer-one")), "a value");
  // Not as somebody who is there already.
  EXPECT_EQ(book.submit(book.key_line("enrol_officer", "@one", "officer-two")),
            "Conflict/officer_authority");
  const core::PartyId three = book.person("@three");
  const core::Bytes message = engine::governance::officer_message(
      tests::GovernedBook::kGoverned, three, book.public_key_of("third"));
  ASSERT_EQ(book.submit(book.key_line(
                "enrol_officer", "@three", "third",
                R"(,"root_signature":")" + core::to_hex(book.sign("root", message)) + "\"")),
            "a value");
  // Signatures are required now.
  EXPECT_EQ(book.submit(book.key_line("enrol_officer", "@late", "officer-two")),
            "Conflict/officer_authority");
}

TEST_F(GovernanceTest, OnlyOfficersChangeWhoMaySign) {
  book.enrol_officers();
  appoint("@ops", "ops-key", "operations");
  const char* role = R"({"command":"grant_role","person":"@ops","role":"officer"})";
  ASSERT_EQ(book.propose("@p", role, "@ops", {"ops-key"}), "a value");
  EXPECT_EQ(book.submit(book.approval("@p", "@two"), {"officer-two"}), "Conflict/not_an_officer");
  auto submission = book.read(R"({"command":"grant_role","actor":"@ops","approver":"@two",
      "person":"@ops","role":"officer"})");
  cosign(submission.value(), {"ops-key", "officer-two"});
  EXPECT_EQ(tests::outcome(book.execute(submission.value())), "Conflict/not_an_officer");
}

TEST_F(GovernanceTest, WhatSomebodyProposedEndsWithHisKeys) {
  book.enrol_officers();
  appoint("@ops", "ops-key", "operations");
  ASSERT_EQ(book.propose("@p", kOpenProposed, "@ops", {"ops-key"}), "a value");
  both(
      R"({"command":"revoke_person_key","actor":"@one","approver":"@two","person":"@ops","key":")" +
      core::to_hex(book.public_key_of("ops-key")) + "\"}");
  EXPECT_EQ(book.submit(book.approval("@p", "@two"), {"officer-two"}), "Conflict/proposer_revoked");
}

TEST_F(GovernanceTest, ProposalsAreShortAndNotForEver) {
  EXPECT_EQ(book.propose("@p", kOpenProposed, "@ops", {}, "2027-01-07T00:00:00Z"),
            "InvalidInput/expired");
  std::string many = R"({"command":"open_accounts","accounts":[)";
  for (int i = 0; i < 1500; ++i) {
    many += (i == 0 ? "\"" : ",\"") + std::string("assets:house:a-long-name-of-an-account-") +
            std::to_string(i) + "\"";
  }
  EXPECT_EQ(book.propose("@p", many + "]}", "@ops", {}), "InvalidInput/too_large");
}

TEST_F(GovernanceTest, AnotherOutcomeIsRefused) {
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

TEST_F(GovernanceTest, ATrialBalanceThatMovedMeanwhileIsAnotherOutcome) {
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

TEST_F(GovernanceTest, WhatWasLookedAtIsWhatIsApproved) {
  book.enrol_officers();
  ASSERT_EQ(book.propose("@p", kOpenProposed, "@one", {"officer-one"}), "a value");
  for (const std::string digest : {"command_digest", "outcome_digest"}) {
    std::string approval = book.approval("@p", "@two");
    char& digit = approval[approval.find(digest) + digest.size() + 3];
    digit = digit == '0' ? '1' : '0';
    EXPECT_EQ(book.submit(approval, {"officer-two"}), "Conflict/another_proposal") << digest;
  }
}

TEST_F(GovernanceTest, AProposalExpiresByATick) {
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

TEST_F(GovernanceTest, WhoMadeAProposalWithdrawsItAndNobodyElse) {
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

TEST_F(GovernanceTest, TwoPeopleSignOneCommandAndWhatItComesTo) {
  book.enrol_officers();
  const auto submission = [&] {
    auto made = book.read(R"({"command":"open_accounts","actor":"@one","approver":"@two",
        "accounts":["assets:house:till"]})");
    return std::move(made.value());
  };
  Submission one = submission();
  cosign(one, {"officer-one"});
  EXPECT_EQ(tests::outcome(book.execute(one)), "Conflict/signature_required");
  Submission other = submission();
  cosign(other, {"officer-two"});
  EXPECT_EQ(tests::outcome(book.execute(other)), "Conflict/signature_required");
  Submission unseen = submission();
  book.sign_with(unseen, {"officer-one", "officer-two"});
  EXPECT_EQ(tests::outcome(book.execute(unseen)), "Conflict/signature_required");
  Submission wrong = submission();
  wrong.signed_part.outcome_digest = core::Hash{};
  book.sign_with(wrong, {"officer-one", "officer-two"});
  EXPECT_EQ(tests::outcome(book.execute(wrong)), "Conflict/outcome_changed");
  Submission over = submission();
  over.signed_part.valid_until = book.clock.now();
  cosign(over);
  EXPECT_EQ(tests::outcome(book.execute(over)), "Conflict/command_expired");
  Submission altered = submission();
  cosign(altered);
  altered.signed_part.signatures[1].signature[7] ^= 4;
  EXPECT_EQ(tests::outcome(book.execute(altered)), "InvalidInput/signature");
  Submission moved = submission();
  cosign(moved);
  moved.request_id += "x";
  EXPECT_EQ(tests::outcome(book.execute(moved)), "InvalidInput/signature");
  Submission thrice = submission();
  cosign(thrice);
  thrice.signed_part.signatures.push_back(thrice.signed_part.signatures.front());
  EXPECT_EQ(tests::outcome(book.execute(thrice)), "InvalidInput/too_many_signatures");
  Submission good = submission();
  cosign(good);
  EXPECT_EQ(tests::outcome(book.execute(good)), "a value");
  EXPECT_EQ(book.recomputed(book.leaves()), "");
}

TEST_F(GovernanceTest, WhoApprovesHasTheRoleForIt) {
  book.enrol_officers();
  appoint("@dealer", "dealer-key", "dealing");
  appoint("@comp", "comp-key", "compliance");
  ASSERT_EQ(book.propose("@p", kOpenProposed, "@one", {"officer-one"}), "a value");
  EXPECT_EQ(book.submit(book.approval("@p", "@dealer"), {"dealer-key"}),
            "Conflict/not_an_approver");
  EXPECT_EQ(book.submit(book.approval("@p", "@comp"), {"comp-key"}), "a value");
  // Keys and roles are the officers'.
  const char* role = R"({"command":"grant_role","person":"@ann","role":"officer"})";
  ASSERT_EQ(book.propose("@q", role, "@one", {"officer-one"}), "a value");
  EXPECT_EQ(book.submit(book.approval("@q", "@comp"), {"comp-key"}), "Conflict/not_an_approver");
  EXPECT_EQ(book.submit(book.approval("@q", "@two"), {"officer-two"}), "a value");
}

TEST_F(GovernanceTest, ARuleMakesACommandNeedASecondPerson) {
  const char* line = R"({"command":"register_symbol","actor":"@ops","symbol":"EURUSD",
      "currency":"USD"})";
  const auto rule = [](const std::string& type, const std::string& more) {
    return R"({"command":"set_approval_rule","actor":"@one","approver":"@two","command_type":")" +
           type + "\"" + more + "}";
  };
  EXPECT_EQ(book.submit(rule("register_symbol", R"(,"required":true)")), "Conflict/officers_first");
  book.enrol_officers();
  EXPECT_EQ(dry(rule("post_entry", "")), "Conflict/approval_rule");
  EXPECT_EQ(dry(rule("grant_role", R"(,"required":true,"roles":["dealing"])")),
            "Conflict/approval_rule");
  EXPECT_EQ(dry(rule("nothing_like_it", R"(,"required":true)")), "InvalidInput/unknown_command");
  both(rule("register_symbol", R"(,"required":true,"roles":["dealing"])"));
  EXPECT_EQ(book.submit(line), "InvalidInput/missing_field");
  EXPECT_EQ(book.submit(R"({"command":"linked","actor":"@ops","commands":[
      {"command":"register_symbol","symbol":"EURUSD","currency":"USD"}]})"),
            "InvalidInput/missing_field");
  appoint("@dealer", "dealer-key", "dealing");
  ASSERT_EQ(
      book.propose("@p", R"({"command":"register_symbol","symbol":"EURUSD","currency":"USD"})",
                   "@one", {"officer-one"}),
      "a value");
  EXPECT_EQ(book.submit(book.approval("@p", "@two"), {"officer-two"}), "Conflict/not_an_approver");
  EXPECT_EQ(book.submit(book.approval("@p", "@dealer"), {"dealer-key"}), "a value");
}

TEST_F(GovernanceTest, ARevokedKeySignsNothing) {
  book.enrol_officers();
  appoint("@ops", "ops-key", "operations");
  both(
      R"({"command":"revoke_person_key","actor":"@one","approver":"@two","person":"@ops","key":")" +
      core::to_hex(book.public_key_of("ops-key")) + "\"}");
  EXPECT_EQ(book.propose("@p", kOpenProposed, "@ops", {"ops-key"}), "InvalidInput/unknown_signer");
  // It is nobody else's either.
  EXPECT_EQ(
      book.submit(book.key_line("register_person_key", "@ann", "ops-key", R"(,"approver":"@two")")),
      "Conflict/key_used");
  EXPECT_EQ(book.recomputed(book.leaves()), "");
}

TEST_F(GovernanceTest, TwoOfficersWithKeysAreAlwaysLeft) {
  book.enrol_officers();
  const std::string key =
      R"({"command":"revoke_person_key","actor":"@one","approver":"@two","person":"@two","key":")" +
      core::to_hex(book.public_key_of("officer-two")) + "\"}";
  const std::string role =
      R"({"command":"revoke_role","actor":"@one","approver":"@two","person":"@two","role":"officer"})";
  EXPECT_EQ(dry(key), "Conflict/last_officers");
  EXPECT_EQ(dry(role), "Conflict/last_officers");
  appoint("@three", "third", "officer");
  EXPECT_EQ(dry(key), "a value");
  EXPECT_EQ(dry(role), "a value");
}

TEST_F(GovernanceTest, ATokenMaySubmitWhatAnotherPersonSigned) {
  book.enrol_officers();
  const Caller token{"token", book.person("@operator")};
  const std::string line = R"({"command":"refuse_proposal","actor":"@one","proposal":"@p",
      "reason":"withdrawn"})";
  EXPECT_EQ(tests::outcome(book.read(line, token)), "InvalidInput/actor_mismatch");
  ASSERT_EQ(book.propose("@p", kOpenProposed, "@one", {"officer-one"}), "a value");
  const auto submission = [&](const std::string& key) {
    auto made = book.read(line).value();
    made.client_id = token.client_id;
    book.sign_with(made, {key});
    made.must_be_signed = true;
    return tests::outcome(book.execute(made));
  };
  EXPECT_EQ(submission("officer-two"), "InvalidInput/unknown_signer");
  auto unsigned_one = book.read(line).value();
  unsigned_one.must_be_signed = true;
  EXPECT_EQ(tests::outcome(book.execute(unsigned_one)), "InvalidInput/actor_mismatch");
  EXPECT_EQ(submission("officer-one"), "a value");
}

TEST_F(GovernanceTest, SomeCommandsCannotBeProposedOrLinked) {
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
TEST_F(GovernanceTest, RecomputingFindsWhatNobodySigned) {
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
