#include "ledger/proof_file.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "ledger/merkle.h"
#include "tests/ledger/tlog_vectors.h"
#include "tests/support/outcome.h"

namespace ledger {
namespace {

// Entry 5 of the example log, under its checkpoint of eight.
std::string example_text() {
  return std::string(
             "c2sp.org/tlog-proof@v1\n"
             "index 5\n"
             "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=\n"
             "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=\n"
             "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=\n"
             "\n") +
         vectors::witnessed_note();
}

ProofFile example() {
  core::Sha256 sha256;
  return {.extra = {},
          .index = 5,
          .hashes = vectors::tree().inclusion_proof(sha256, 5, 8).value(),
          .checkpoint = vectors::witnessed_note()};
}

core::Bytes entry(std::size_t index) { return vectors::entries()[index]; }

core::Result<Checkpoint> verify(std::string_view text, core::ByteView entry_bytes) {
  return verify_proof_file(text, entry_bytes, vectors::log_key());
}

std::string with(const std::string& from, const std::string& to) {
  std::string text = example_text();
  text.replace(text.find(from), from.size(), to);
  return text;
}

template <class T>
void expect_refused(const core::Result<T>& result, std::string_view outcome) {
  EXPECT_EQ(tests::outcome(result), outcome);
}

void expect_malformed(const std::string& text) {
  SCOPED_TRACE(text);
  expect_refused(parse_proof_file(text), "InvalidInput/proof_file");
  expect_refused(verify(text, entry(5)), "InvalidInput/proof_file");
}

TEST(ProofFile, OfEntryFivePrintsAndParsesByteForByte) {
  EXPECT_EQ(to_string(example()), example_text());
  EXPECT_EQ(parse_proof_file(example_text()).value(), example());
}

TEST(ProofFile, OfEntryFiveVerifiesToTheCheckpoint) {
  const auto checkpoint = verify(example_text(), entry(5));
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint.value().text(), vectors::kCheckpointText);
}

TEST(ProofFile, OfEveryEntryVerifiesForThatEntryOnly) {
  core::Sha256 sha256;
  for (std::size_t index = 0; index < 8; ++index) {
    ProofFile proof = example();
    proof.index = index;
    proof.hashes = vectors::tree().inclusion_proof(sha256, index, 8).value();
    for (std::size_t other = 0; other < 8; ++other) {
      EXPECT_EQ(verify(to_string(proof), entry(other)).has_value(), index == other)
          << index << " " << other;
    }
  }
}

TEST(ProofFile, ExtraDataRoundTripsAndProvesNothing) {
  const std::string text = with("index", "extra YWdl\nindex");
  EXPECT_EQ(parse_proof_file(text).value().extra, (core::Bytes{'a', 'g', 'e'}));
  EXPECT_EQ(to_string(parse_proof_file(text).value()), text);
  EXPECT_TRUE(verify(text, entry(5)));
  expect_malformed(with("index", "extra \nindex"));
  expect_malformed(with("index", "extra YWd\nindex"));
  expect_malformed(with("index", "extra YWdl\nextra YWdl\nindex"));
  expect_malformed(with("index 5\n", "index 5\nextra YWdl\n"));
}

TEST(ProofFile, WithAnyFlippedBitDoesNotVerify) {
  // Without the cosignature, which the log's verifier does not look into.
  ProofFile proof = example();
  proof.checkpoint = vectors::log_note();
  const std::string text = to_string(proof);
  ASSERT_TRUE(verify(text, entry(5)));
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = text;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      EXPECT_FALSE(verify(flipped, entry(5))) << "byte " << i << " bit " << bit;
    }
  }
}

TEST(ProofFile, CutShortAnywhereDoesNotVerify) {
  ProofFile proof = example();
  proof.checkpoint = vectors::log_note();
  const std::string text = to_string(proof);
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(verify(text.substr(0, size), entry(5))) << size;
  }
}

TEST(ProofFile, AlteredEntryDoesNotVerify) {
  core::Bytes bytes = entry(5);
  bytes[0] ^= 1;
  expect_refused(verify(example_text(), bytes), "Corrupt/proof_mismatch");
}

TEST(ProofFile, IndexBeyondTheCheckpointDoesNotVerify) {
  expect_refused(verify(with("index 5", "index 8"), entry(5)), "Corrupt/proof_mismatch");
  expect_refused(verify(with("index 5", "index 18446744073709551615"), entry(5)),
                 "Corrupt/proof_mismatch");
}

TEST(ProofFile, UnderAnotherKeyDoesNotVerify) {
  const VerifierKey other =
      NoteSigner::create(vectors::kLogName, vectors::counting_key(1)).value().verifier_key();
  expect_refused(verify_proof_file(example_text(), entry(5), other), "Corrupt/note_signature");
}

TEST(ProofFile, MalformedTextIsRefused) {
  expect_malformed("");
  expect_malformed("c2sp.org/tlog-proof@v1");
  expect_malformed(with("@v1", "@v2"));
  expect_malformed(with("index 5\n", ""));
  expect_malformed(with("index 5", "index 05"));
  expect_malformed(with("index 5", "index -5"));
  expect_malformed(with("index 5", "index  5"));
  expect_malformed(with("index 5", "Index 5"));
  expect_malformed(with("index 5", "index 18446744073709551616"));
  expect_malformed(with("index 5\n", "index 5\r\n"));
  expect_malformed(with("vBoG", "vBo"));
  expect_malformed(with("Znms=", "Znmt="));  // Stray bits after the 32nd byte.
  expect_malformed(with("FLc=\n\n", "FLc=\n"));
  expect_malformed("c2sp.org/tlog-proof@v1\nindex 5\n\n");
}

TEST(ProofFile, BeyondItsLimitsIsRefused) {
  ProofFile proof = example();
  proof.hashes.assign(kProofHashesMax, core::Hash{});
  EXPECT_TRUE(parse_proof_file(to_string(proof)));
  proof.hashes.emplace_back();
  expect_refused(parse_proof_file(to_string(proof)), "InvalidInput/proof_file");

  proof = example();
  proof.extra.assign(kProofFileBytesMax, 0);
  expect_refused(parse_proof_file(to_string(proof)), "InvalidInput/proof_file");
}

}  // namespace
}  // namespace ledger
