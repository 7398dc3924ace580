#include "ledger/witness/witness.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "ledger/witness/add_checkpoint.h"
#include "tests/ledger/tlog_vectors.h"
#include "tests/support/files.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace ledger::witness {
namespace {

namespace fs = std::filesystem;
using tests::outcome;

constexpr core::Instant kNow{1'795'305'600'000'000};

WitnessSigner signer() {
  return WitnessSigner::create("witness.example/w1", vectors::counting_key(0x20)).value();
}

// The example log, honest or with another entry in the place of the last.
MerkleTree tree_of(std::uint64_t size, bool forked = false) {
  core::Sha256 sha256;
  MerkleTree tree;
  const auto entries = vectors::entries();
  for (std::uint64_t i = 0; i < size; ++i) {
    core::Bytes entry = entries[i];
    if (forked && i + 1 == size) entry.push_back(0xff);
    tree.append(sha256, leaf_hash(sha256, entry));
  }
  return tree;
}

std::string note_of(const MerkleTree& tree, const NoteSigner& by = vectors::log_signer()) {
  core::Sha256 sha256;
  return sign_checkpoint({by.name(), tree.size(), tree.root(sha256)}, by).value();
}

std::string request(std::uint64_t old_size, const MerkleTree& tree) {
  core::Sha256 sha256;
  return to_string(AddCheckpoint{
      old_size,
      tree.consistency_proof(sha256, std::min(old_size, tree.size()), tree.size()).value(),
      note_of(tree)});
}

class WitnessTest : public testing::Test {
 protected:
  WitnessTest() { reopen(); }
  void reopen() {
    witness.reset();
    witness = std::move(Witness::open(folder(), signer(), {vectors::log_key()}).value());
  }
  std::string folder() const { return dir_ / "witness"; }
  std::string state_path() const {
    return folder() + "/logs/" + origin_hash(vectors::kLogName) + ".note";
  }
  // Status, and what is reported.
  std::string send(const std::string& body) {
    last = witness->add_checkpoint(body, kNow);
    return std::to_string(last.status) + (last.report ? " " + last.report->reason : "");
  }
  std::string send(std::uint64_t old_size, const MerkleTree& tree) {
    return send(request(old_size, tree));
  }

  tests::TempDir dir_;
  std::unique_ptr<Witness> witness;
  Reply last;
};

TEST_F(WitnessTest, CosignsThePublishedExampleByteForByte) {
  ASSERT_EQ(send(0, tree_of(6)), "200");
  ASSERT_EQ(send(6, tree_of(8)), "200");
  EXPECT_EQ(last.body, vectors::kWitnessSignatureLine);
  EXPECT_EQ(
      witness->last_checkpoint("7fc17c1cbc6b30ee6c5426009ad11096635b0faf93ea453eb5c1403bf78809c1"),
      vectors::witnessed_note());
}

TEST_F(WitnessTest, RemembersOverARestart) {
  ASSERT_EQ(send(0, tree_of(6)), "200");
  reopen();
  EXPECT_EQ(send(0, tree_of(8)), "409");
  EXPECT_EQ(last.content_type, "text/x.tlog.size");
  EXPECT_EQ(last.body, "6\n");
  EXPECT_EQ(send(5, tree_of(8)), "409");
  EXPECT_EQ(send(6, tree_of(8)), "200");
}

TEST_F(WitnessTest, TheSameCheckpointIsCosignedAgain) {
  ASSERT_EQ(send(0, tree_of(6)), "200");
  EXPECT_EQ(send(6, tree_of(6)), "200");
}

TEST_F(WitnessTest, AForkIsRefusedAndKeptAsEvidence) {
  ASSERT_EQ(send(0, tree_of(6)), "200");
  const auto remembered = tests::read_file(state_path());
  EXPECT_EQ(send(6, tree_of(6, true)), "422 log_forked");
  // A longer one that does not contain what was cosigned, with whatever proof.
  core::Sha256 sha256;
  MerkleTree longer = tree_of(6, true);
  longer.append(sha256, leaf_hash(sha256, vectors::entries()[6]));
  EXPECT_EQ(send(6, longer), "422 log_forked");
  EXPECT_EQ(tests::read_file(state_path()), remembered);
  const auto evidence = tests::read_folder(folder() + "/evidence");
  ASSERT_EQ(evidence.size(), 2u);
  for (const auto& [name, text] : evidence) {
    EXPECT_TRUE(text.ends_with("\n" + remembered)) << name;
    EXPECT_TRUE(text.starts_with(vectors::kLogName)) << name;
  }
  // It goes on with the honest one.
  EXPECT_EQ(send(6, tree_of(8)), "200");
}

TEST_F(WitnessTest, ALogThatShrankIsRefusedAndReported) {
  ASSERT_EQ(send(0, tree_of(8)), "200");
  EXPECT_EQ(send(0, tree_of(6)), "409 log_shrank");
  EXPECT_EQ(last.body, "8\n");
  EXPECT_EQ(send(6, tree_of(6)), "409 log_shrank");
  EXPECT_EQ(send(8, tree_of(6)), "400");
}

TEST_F(WitnessTest, ProofsThatShowNothingAreRefused) {
  EXPECT_EQ(send(to_string(AddCheckpoint{0, {core::Hash{}}, note_of(tree_of(6))})),
            "422 log_forked");
  ASSERT_EQ(send(0, tree_of(6)), "200");
  EXPECT_EQ(send(to_string(AddCheckpoint{6, {}, note_of(tree_of(8))})), "422 log_forked");
  EXPECT_EQ(send(to_string(AddCheckpoint{6, {core::Hash{}}, note_of(tree_of(6))})),
            "422 log_forked");
}

TEST_F(WitnessTest, TheEmptyLogHasOneRoot) {
  Checkpoint empty{std::string(vectors::kLogName), 0, core::Hash{}};
  const std::string wrong = vectors::log_signer().sign(empty.text()).value();
  EXPECT_EQ(send("old 0\n\n" + wrong), "422");
  empty.root = empty_root();
  const std::string right = vectors::log_signer().sign(empty.text()).value();
  EXPECT_EQ(send("old 0\n\n" + right), "200");
  EXPECT_EQ(send(0, tree_of(6)), "200");
}

TEST_F(WitnessTest, StrangersAreRefused) {
  const auto stranger =
      NoteSigner::create("ledger.example/other", vectors::counting_key(7)).value();
  EXPECT_EQ(send("old 0\n\n" + note_of(tree_of(6), stranger)), "404");
  const auto forger = NoteSigner::create(vectors::kLogName, vectors::counting_key(7)).value();
  EXPECT_EQ(send("old 0\n\n" + note_of(tree_of(6), forger)), "403");
  std::string altered = note_of(tree_of(6));
  altered[altered.find("\n6\n") + 1] = '7';
  EXPECT_EQ(send("old 0\n\n" + altered), "403");
  EXPECT_EQ(send("old 0\n\nnonsense"), "400");
  EXPECT_EQ(send("old 0\n\n" + std::string(vectors::kCheckpointText)), "400");
  EXPECT_EQ(send("nonsense"), "400");
  EXPECT_FALSE(fs::exists(state_path()));
}

TEST_F(WitnessTest, LinesOfStrangersAreNotKept) {
  const std::string extra = signature_line("stranger", 7, core::Bytes(64, 1));
  ASSERT_EQ(send("old 0\n\n" + note_of(tree_of(6)) + extra), "200");
  EXPECT_EQ(tests::read_file(state_path()), note_of(tree_of(6)) + last.body);
}

TEST_F(WitnessTest, WhatCannotBeRememberedIsNotCosigned) {
  ASSERT_EQ(send(0, tree_of(6)), "200");
  fs::remove_all(folder() + "/logs");
  EXPECT_EQ(send(6, tree_of(8)), "500 io");
  EXPECT_EQ(last.body.find("\xe2\x80\x94"), std::string::npos);
  fs::create_directory(folder() + "/logs");
  EXPECT_EQ(send(6, tree_of(8)), "200");
}

TEST_F(WitnessTest, AStateThatWasChangedIsNotBelieved) {
  ASSERT_EQ(send(0, tree_of(6)), "200");
  const std::string state = tests::read_file(state_path());
  witness.reset();
  for (const std::string& changed :
       {std::string("x"), state.substr(0, state.size() - last.body.size()), note_of(tree_of(5)),
        tests::flipped(state, state.size() - 5)}) {
    tests::write_file(state_path(), changed);
    EXPECT_EQ(outcome(Witness::open(folder(), signer(), {vectors::log_key()})),
              "Corrupt/witness_state");
  }
}

TEST_F(WitnessTest, OneProcessHasItAtATime) {
  EXPECT_EQ(outcome(Witness::open(folder(), signer(), {})), "Unavailable/witness_in_use");
}

TEST_F(WitnessTest, AnotherLogsCheckpointIsNotShown) {
  EXPECT_EQ(witness->last_checkpoint(origin_hash(vectors::kLogName)), std::nullopt);
  ASSERT_EQ(send(0, tree_of(6)), "200");
  EXPECT_EQ(witness->last_checkpoint(origin_hash("other")), std::nullopt);
  EXPECT_EQ(witness->last_checkpoint(""), std::nullopt);
  EXPECT_TRUE(witness->last_checkpoint(origin_hash(vectors::kLogName)).has_value());
}

}  // namespace
}  // namespace ledger::witness
