#include "ledger/policy.h"

#include <gtest/gtest.h>

#include "ledger/proof_file.h"
#include "tests/ledger/tlog_vectors.h"
#include "tests/support/outcome.h"

namespace ledger {
namespace {

using tests::outcome;

WitnessSigner witness(std::uint8_t number) {
  return WitnessSigner::create("witness.example/w" + std::to_string(number),
                               vectors::counting_key(static_cast<std::uint8_t>(0x1f + number)))
      .value();
}

std::string vkey(std::uint8_t number) { return to_string(witness(number).key()); }

// A log and three witnesses, and what is asked of them.
std::string policy_text(const std::string& rest) {
  return "# An example.\nlog " + std::string(vectors::kLogVkey) + " http://127.0.0.1:1/x\n\n" +
         "witness a " + vkey(1) + "\nwitness b " + vkey(2) +
         " http://127.0.0.1:2\n\t witness\tc  " + vkey(3) + "\t \n" + rest;
}

// Which of a, b and c, as bits, make the quorum.
std::string met(const std::string& rest) {
  const auto policy = Policy::parse(policy_text(rest));
  if (!policy) return outcome(policy);
  std::string out;
  for (unsigned bits = 0; bits < 8; ++bits) {
    std::vector<std::size_t> cosigned;
    for (std::size_t i = 0; i < 3; ++i) {
      if ((bits >> i & 1) != 0) cosigned.push_back(i);
    }
    out += policy.value().is_met(cosigned) ? "1" : "0";
  }
  return out;
}

TEST(Policy, SaysWhichCosignaturesAreEnough) {
  EXPECT_EQ(met("quorum none\n"), "11111111");
  EXPECT_EQ(met("quorum b\n"), "00110011");
  EXPECT_EQ(met("group g any a b c\nquorum g\n"), "01111111");
  EXPECT_EQ(met("group g all a b c\nquorum g\n"), "00000001");
  EXPECT_EQ(met("group g 2 a b c\nquorum g\n"), "00010111");
  EXPECT_EQ(met("group x any a b\ngroup y all x c\nquorum y"), "00000111");
}

TEST(Policy, KnowsItsLogsAndWitnesses) {
  const auto policy = Policy::parse(policy_text("quorum none\n")).value();
  ASSERT_EQ(policy.logs().size(), 1u);
  EXPECT_EQ(policy.logs()[0].key, vectors::log_key());
  EXPECT_EQ(policy.logs()[0].url, "http://127.0.0.1:1/x");
  ASSERT_EQ(policy.witnesses().size(), 3u);
  EXPECT_EQ(policy.witnesses()[1].name, "b");
  EXPECT_EQ(policy.witnesses()[1].key, witness(2).key());
  EXPECT_EQ(policy.witnesses()[1].url, "http://127.0.0.1:2");
  EXPECT_EQ(policy.witnesses()[2].url, "");
}

TEST(Policy, WhatCannotBeMeantIsRefused) {
  for (const std::string rest : {"",
                                 "quorum none\nquorum none\n",
                                 "quorum d\n",
                                 "quorum\n",
                                 "quorum a b\n",
                                 "log\n",
                                 "x\n",
                                 "group g any\nquorum g\n",
                                 "group g 0 a\nquorum g\n",
                                 "group g 2 a\nquorum g\n",
                                 "group g +1 a\nquorum g\n",
                                 "group g any a a\nquorum g\n",
                                 "group g any h\nquorum g\n",
                                 "group g any g\nquorum g\n",
                                 "group a any b\nquorum a\n",
                                 "group none any a\nquorum none\n",
                                 "group g any none\nquorum g\n",
                                 "group g any a\ngroup h any a\nquorum h\n",
                                 "quorum g\ngroup g any a\n",
                                 "quorum a\x01\n",
                                 "quorum a\r\n",
                                 "witness d\nquorum none\n",
                                 "witness d x+y+z\nquorum none\n",
                                 "log x+y+z\nquorum none\n"}) {
    EXPECT_NE(met(rest), "") << rest;
    EXPECT_TRUE(met(rest).starts_with("InvalidInput/")) << rest;
  }
  // A key twice, under whatever name.
  EXPECT_EQ(met("witness d " + vkey(1) + "\nquorum none\n"), "InvalidInput/policy");
  const auto renamed = WitnessSigner::create("other", vectors::counting_key(0x20)).value().key();
  EXPECT_EQ(met("witness d " + to_string(renamed) + "\nquorum none\n"), "InvalidInput/policy");
  EXPECT_EQ(met("log " + std::string(vectors::kLogVkey) + "\nquorum none\n"),
            "InvalidInput/policy");
  // Each kind of key in its place only.
  EXPECT_EQ(met("log " + vkey(4) + "\nquorum none\n"), "InvalidInput/note");
  EXPECT_EQ(met("witness d " + std::string(vectors::kLogVkey) + "\nquorum none\n"),
            "InvalidInput/note");
  const auto at = Policy::parse("quorum none\n\nx\n");
  EXPECT_EQ(at.error().at, "line 3");
}

TEST(Policy, HasRoomForMany) {
  std::string text;
  std::string names;
  for (int i = 0; i < 32; ++i) {
    const std::string number = std::to_string(i);
    const auto key = vectors::counting_key(static_cast<std::uint8_t>(i));
    text += "log " + to_string(make_verifier_key("log" + number, key.public_key()).value()) + "\n";
    text += "witness w" + number + " " +
            to_string(make_witness_key("w" + number, key.public_key()).value()) + "\n";
    text +=
        "group g" + number + " any w" + number + (i > 0 ? " g" + std::to_string(i - 1) : "") + "\n";
  }
  EXPECT_EQ(outcome(Policy::parse(text + "quorum g31\n")), "a value");
  std::string too_many;
  for (std::size_t i = 0; i <= kPolicyEntriesMax; ++i) {
    const auto key = vectors::counting_key(static_cast<std::uint8_t>(i));
    too_many += "witness w" + std::to_string(i) + " " +
                to_string(make_witness_key("w", key.public_key()).value()) + "\n";
  }
  EXPECT_EQ(outcome(Policy::parse(too_many + "quorum none\n")), "InvalidInput/policy");
  EXPECT_EQ(outcome(Policy::parse(std::string(kPolicyBytesMax + 1, '\n'))), "InvalidInput/policy");
}

std::string note_by(std::initializer_list<std::uint8_t> witnesses) {
  std::string note = vectors::log_note();
  for (const std::uint8_t number : witnesses) {
    note += witness(number).cosign(vectors::kCheckpointText, 1'800'000'000);
  }
  return note;
}

TEST(VerifyByPolicy, AsksForTheLogAndTheQuorum) {
  const auto policy = Policy::parse(policy_text("group g 2 a b c\nquorum g\n")).value();
  EXPECT_EQ(verify_by_policy(note_by({1, 3}), policy, {}).value().size, 8u);
  EXPECT_EQ(outcome(verify_by_policy(note_by({3}), policy, {})), "Corrupt/quorum");
  // A witness that signs twice is no quorum of two: the note is none.
  EXPECT_EQ(outcome(verify_by_policy(note_by({3, 3}), policy, {})), "InvalidInput/note");
  EXPECT_EQ(outcome(verify_by_policy(note_by({3, 4}), policy, {})), "Corrupt/quorum");
  std::string changed = note_by({1, 3});
  changed[changed.find("\n8\n") + 1] = '9';
  EXPECT_EQ(outcome(verify_by_policy(changed, policy, {})), "Corrupt/note_signature");
}

TEST(VerifyByPolicy, GoesByTheGivenLogIfThePolicyNamesNone) {
  const auto policy = Policy::parse("witness a " + vkey(1) + "\nquorum a\n").value();
  EXPECT_EQ(verify_by_policy(note_by({1}), policy, vectors::log_key()).value().size, 8u);
  EXPECT_EQ(outcome(verify_by_policy(note_by({1}), policy, {})), "InvalidInput/policy");
  const auto stranger =
      make_verifier_key(vectors::kLogName, vectors::counting_key(9).public_key()).value();
  EXPECT_EQ(outcome(verify_by_policy(note_by({1}), policy, stranger)), "Corrupt/note_signature");
}

TEST(VerifyByPolicy, HoldsForReceiptsToo) {
  const auto policy = Policy::parse(policy_text("quorum a\n")).value();
  core::Sha256 sha256;
  ProofFile proof{{}, 5, vectors::tree().inclusion_proof(sha256, 5, 8).value(), note_by({1})};
  const core::Bytes entry = vectors::entries()[5];
  EXPECT_EQ(verify_proof_file(to_string(proof), entry, policy, {}).value().size, 8u);
  EXPECT_EQ(outcome(verify_proof_file(to_string(proof), vectors::entries()[4], policy, {})),
            "Corrupt/proof_mismatch");
  proof.checkpoint = note_by({2});
  EXPECT_EQ(outcome(verify_proof_file(to_string(proof), entry, policy, {})), "Corrupt/quorum");
}

}  // namespace
}  // namespace ledger
