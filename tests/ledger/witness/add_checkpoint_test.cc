#include "ledger/witness/add_checkpoint.h"

#include <gtest/gtest.h>

#include "ledger/note.h"
#include "tests/ledger/tlog_vectors.h"
#include "tests/support/outcome.h"

namespace ledger::witness {
namespace {

using tests::outcome;

// The published example: from 6 entries to 8.
std::string example() {
  return "old 6\n"
         "DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=\n"
         "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=\n"
         "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=\n"
         "\n" +
         vectors::log_note();
}

TEST(AddCheckpoint, IsThePublishedVectorByteForByte) {
  core::Sha256 sha256;
  const AddCheckpoint request{6, vectors::tree().consistency_proof(sha256, 6, 8).value(),
                              vectors::log_note()};
  EXPECT_EQ(to_string(request), example());
  EXPECT_EQ(parse_add_checkpoint(example()).value(), request);
}

TEST(AddCheckpoint, WithoutAnOldSizeHasNoProof) {
  const AddCheckpoint request{0, {}, vectors::log_note()};
  EXPECT_EQ(to_string(request), "old 0\n\n" + vectors::log_note());
  EXPECT_EQ(parse_add_checkpoint(to_string(request)).value(), request);
}

TEST(AddCheckpoint, OtherShapesAreRefused) {
  const std::string hash = "DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=\n";
  std::string many;
  for (std::size_t i = 0; i <= kProofHashesMax; ++i) many += hash;
  for (const std::string& body :
       {std::string(), std::string("old 6"), std::string("old 6\n"), std::string("old 6\n\n"),
        std::string("old \n\nx"), std::string("old 06\n\nx"), std::string("old -1\n\nx"),
        std::string("old 18446744073709551616\n\nx"), std::string("OLD 6\n\nx"),
        std::string("old  6\n\nx"), "old 6\r\n\n" + vectors::log_note(),
        "old 6\n" + hash.substr(1) + "\nx", "old 6\n " + hash + "\nx", "old 6\n" + many + "\nx",
        "old 6\n\n" + std::string(kNoteBytesMax + 1, 'x')}) {
    EXPECT_EQ(outcome(parse_add_checkpoint(body)), "InvalidInput/add_checkpoint")
        << body.substr(0, 80);
  }
}

}  // namespace
}  // namespace ledger::witness
