#include <gtest/gtest.h>

#include "core/bytes.h"
#include "tests/gateway/conformance/answers.h"

// Source of the vectors: docs/conformance.md's, and the log that RFC 6962's reference
// implementation was published with (eight leaves).
namespace gateway::conformance::tests {
namespace {

constexpr const char* kLeaves =
    R"("leaves":["","00","10","2021","3031","40414243","5051525354555657",)"
    R"("606162636465666768696a6b6c6d6e6f"])";
constexpr const char* kLeaf5 = "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658";
constexpr const char* kEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr const char* kRoot2 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
constexpr const char* kRoot5 = "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4";
constexpr const char* kRoot8 = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328";
constexpr const char* kInclusion =
    R"(["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",)"
    R"("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",)"
    R"("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"])";
constexpr const char* kConsistency =
    R"(["5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",)"
    R"("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"])";

std::string object(std::string_view members) { return "{" + std::string(members) + "}"; }

std::string quoted(std::string_view name, std::string_view text) {
  return "\"" + std::string(name) + "\":\"" + std::string(text) + "\"";
}

std::string numbers(std::string_view first, std::string_view one, std::string_view second,
                    std::string_view two) {
  return "\"" + std::string(first) + "\":" + std::string(one) + ",\"" + std::string(second) +
         "\":" + std::string(two);
}

std::string inclusion(std::string_view index, std::string_view size, std::string_view root,
                      std::string_view proof) {
  return outcome("verify-inclusion",
                 object(quoted("leaf_hash", kLeaf5) + "," + numbers("index", index, "size", size) +
                        "," + quoted("root", root) + ",\"proof\":" + std::string(proof)));
}

std::string consistency(std::string_view size1, std::string_view size2, std::string_view root1,
                        std::string_view root2, std::string_view proof) {
  return outcome("verify-consistency",
                 object(numbers("size1", size1, "size2", size2) + "," + quoted("root1", root1) +
                        "," + quoted("root2", root2) + ",\"proof\":" + std::string(proof)));
}

TEST(ConformanceTree, HashesAndRootsAreThoseOfTheVectors) {
  EXPECT_EQ(answer("leaf-hash", R"({"data":""})"),
            R"({"hash":"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"})");
  EXPECT_EQ(answer("tree-root", R"({"leaves":[]})"), object(quoted("root", kEmpty)));
  EXPECT_EQ(answer("tree-root", object(kLeaves)), object(quoted("root", kRoot8)));
}

TEST(ConformanceTree, ProofsAreThoseOfTheVectors) {
  const std::string leaves = std::string(kLeaves) + ",";
  EXPECT_EQ(answer("prove-inclusion", object(leaves + numbers("index", "5", "size", "8"))),
            "{\"proof\":" + std::string(kInclusion) + "," + quoted("root", kRoot8) + "}");
  EXPECT_EQ(answer("prove-consistency", object(leaves + numbers("size1", "2", "size2", "5"))),
            "{\"proof\":" + std::string(kConsistency) + "," + quoted("root1", kRoot2) + "," +
                quoted("root2", kRoot5) + "}");
  EXPECT_EQ(answer("prove-consistency", object(leaves + numbers("size1", "0", "size2", "8"))),
            "{\"proof\":[]," + quoted("root1", kEmpty) + "," + quoted("root2", kRoot8) + "}");
}

TEST(ConformanceTree, WhatTheTreeNeverHadIsAnError) {
  const std::string leaves = std::string(kLeaves) + ",";
  for (const auto& [index, size] : {std::pair{"8", "8"}, {"0", "9"}, {"0", "0"}}) {
    EXPECT_EQ(outcome("prove-inclusion", object(leaves + numbers("index", index, "size", size)))
                  .substr(0, 18),
              "error: proof_range");
  }
  EXPECT_EQ(outcome("prove-consistency", object(leaves + numbers("size1", "6", "size2", "5")))
                .substr(0, 18),
            "error: proof_range");
}

TEST(ConformanceTree, AGoodInclusionIsAccepted) {
  EXPECT_EQ(inclusion("5", "8", kRoot8, kInclusion), "ok");
  EXPECT_EQ(answer("verify-inclusion",
                   object(quoted("leaf", "40414243") + "," + numbers("index", "5", "size", "8") +
                          "," + quoted("root", kRoot8) + ",\"proof\":" + kInclusion)),
            R"({"ok":true})");
}

TEST(ConformanceTree, ASpoiledInclusionIsRefused) {
  const std::string proof(kInclusion);
  const std::string first = proof.substr(1, 66);
  EXPECT_EQ(inclusion("4", "8", kRoot8, kInclusion), "refused: proof_mismatch");
  EXPECT_EQ(inclusion("5", "6", kRoot8, kInclusion), "refused: proof_mismatch");
  EXPECT_EQ(inclusion("5", "9", kRoot8, kInclusion), "refused: proof_mismatch");
  EXPECT_EQ(inclusion("8", "8", kRoot8, kInclusion), "refused: proof_mismatch");
  EXPECT_EQ(inclusion("5", "0", kRoot8, kInclusion), "refused: proof_mismatch");
  EXPECT_EQ(inclusion("5", "8", kRoot5, kInclusion), "refused: proof_mismatch");
  EXPECT_EQ(inclusion("5", "8", kRoot8, "[]"), "refused: proof_mismatch");
  EXPECT_EQ(inclusion("5", "8", kRoot8, "null"), "refused: proof_mismatch");
  EXPECT_EQ(inclusion("5", "8", kRoot8, "[" + first + "]"), "refused: proof_mismatch");
  EXPECT_EQ(inclusion("5", "8", kRoot8, proof.substr(0, proof.size() - 1) + "," + first + "]"),
            "refused: proof_mismatch");
  EXPECT_EQ(inclusion("5", "8", kRoot8, "[" + first + "," + proof.substr(1)),
            "refused: proof_mismatch");
}

TEST(ConformanceTree, HashesOfOtherLengthsAreRefusedAndNotAnError) {
  EXPECT_EQ(inclusion("5", "8", "", kInclusion), "refused: hash");
  EXPECT_EQ(inclusion("5", "8", std::string(kRoot8) + "00", kInclusion), "refused: hash");
  EXPECT_EQ(inclusion("5", "8", kRoot8, R"(["",)" + std::string(kInclusion).substr(1)),
            "refused: hash");
  EXPECT_EQ(consistency("2", "5", "00", kRoot5, kConsistency), "refused: hash");
}

TEST(ConformanceTree, SizesAreExactUpToTheLargest) {
  EXPECT_EQ(inclusion("5", "9223372036854775807", kRoot8, kInclusion), "refused: proof_mismatch");
  EXPECT_EQ(inclusion("9007199254740993", "9007199254740993", kRoot8, kInclusion),
            "refused: proof_mismatch");
  EXPECT_EQ(inclusion("5", "9223372036854775808", kRoot8, kInclusion).substr(0, 11), "error: json");
  EXPECT_EQ(inclusion("5", "8.0", kRoot8, kInclusion).substr(0, 11), "error: json");
  EXPECT_EQ(inclusion("-1", "8", kRoot8, kInclusion), "error: number at index");
  EXPECT_EQ(inclusion("\"5\"", "8", kRoot8, kInclusion), "error: wrong_type at index");
}

TEST(ConformanceTree, LeafAndLeafHashDoNotStandTogether) {
  const std::string rest = "," + numbers("index", "5", "size", "8") + "," + quoted("root", kRoot8) +
                           ",\"proof\":" + kInclusion;
  EXPECT_EQ(outcome("verify-inclusion",
                    object(quoted("leaf", "00") + "," + quoted("leaf_hash", kLeaf5) + rest)),
            "error: unknown_field at leaf_hash");
  EXPECT_EQ(outcome("verify-inclusion", object(rest.substr(1))),
            "error: missing_field at leaf_hash");
}

TEST(ConformanceTree, ConsistencyIsJudged) {
  EXPECT_EQ(consistency("2", "5", kRoot2, kRoot5, kConsistency), "ok");
  EXPECT_EQ(consistency("5", "5", kRoot5, kRoot5, "[]"), "ok");
  EXPECT_EQ(consistency("0", "8", kEmpty, kRoot8, "[]"), "ok");
  EXPECT_EQ(consistency("2", "5", kRoot5, kRoot2, kConsistency), "refused: proof_mismatch");
  EXPECT_EQ(consistency("5", "2", kRoot5, kRoot2, kConsistency), "refused: proof_mismatch");
  EXPECT_EQ(consistency("5", "5", kRoot5, kRoot8, "[]"), "refused: proof_mismatch");
  EXPECT_EQ(consistency("5", "5", kRoot5, kRoot5, kConsistency), "refused: proof_mismatch");
  EXPECT_EQ(consistency("2", "5", kRoot2, kRoot5, "[]"), "refused: proof_mismatch");
  // As transparency-dev/merkle: where roots are only compared, or not looked at, any bytes will do.
  EXPECT_EQ(consistency("0", "8", kRoot2, kRoot8, "[]"), "ok");
  EXPECT_EQ(consistency("0", "0", "6162", "6162", "[]"), "ok");
  EXPECT_EQ(consistency("1", "1", "6162", "6162", "[]"), "ok");
  EXPECT_EQ(consistency("0", "0", "6162", "6163", "[]"), "refused: proof_mismatch");
  EXPECT_EQ(consistency("1", "1", "6162", "6163", "[]"), "refused: proof_mismatch");
  EXPECT_EQ(consistency("0", "8", kEmpty, kRoot8, kConsistency), "refused: proof_mismatch");
}

}  // namespace
}  // namespace gateway::conformance::tests
