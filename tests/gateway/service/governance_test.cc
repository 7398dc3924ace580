#include "gateway/service/governance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/service/governed_book.h"

namespace gateway::service {
namespace {

using testing::ElementsAre;
using tests::kOpen;
using tests::kOpenProposed;

class GovernanceTest : public tests::GovernedTest {};

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

}  // namespace
}  // namespace gateway::service
