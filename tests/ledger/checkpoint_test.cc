#include "ledger/checkpoint.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/ledger/tlog_vectors.h"
#include "tests/support/outcome.h"

namespace ledger {
namespace {

using Keys = std::vector<VerifierKey>;

constexpr std::string_view kRoot = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=";
constexpr std::string_view kEmptyRoot = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

Checkpoint example() {
  core::Sha256 sha256;
  return {
      .origin = std::string(vectors::kLogName), .size = 8, .root = vectors::tree().root(sha256)};
}

std::string lines(std::string_view size, std::string_view root) {
  return std::string("origin.example\n").append(size).append("\n").append(root).append("\n");
}

template <class T>
void expect_malformed(const core::Result<T>& result, std::string_view at) {
  ASSERT_EQ(tests::outcome(result), "InvalidInput/checkpoint");
  EXPECT_EQ(result.error().at, at);
}

template <class T>
void expect_bad_signature(const core::Result<T>& result) {
  EXPECT_EQ(tests::outcome(result), "Corrupt/note_signature");
}

TEST(Checkpoint, TextOfTheExampleLogMatchesVector) {
  EXPECT_EQ(example().text(), vectors::kCheckpointText);
  EXPECT_EQ(parse_checkpoint(vectors::kCheckpointText).value(), example());
}

TEST(Checkpoint, SignedByTheExampleLogMatchesVector) {
  EXPECT_EQ(sign_checkpoint(example(), vectors::log_signer()).value(), vectors::log_note());
}

TEST(Checkpoint, OfTheExampleLogOpensWithAndWithoutItsCosignature) {
  EXPECT_EQ(open_checkpoint(vectors::log_note(), Keys{vectors::log_key()}).value(), example());
  EXPECT_EQ(open_checkpoint(vectors::witnessed_note(), Keys{vectors::log_key()}).value(),
            example());
}

TEST(Checkpoint, WithAnyFlippedBitIsRefused) {
  const std::string note = vectors::log_note();
  for (std::size_t i = 0; i < note.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = note;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      EXPECT_FALSE(open_checkpoint(flipped, Keys{vectors::log_key()})) << i << " bit " << bit;
    }
  }
}

TEST(Checkpoint, SizeHasOneSpelling) {
  for (const char* size : {"0", "1", "10", "18446744073709551615"}) {
    const auto parsed = parse_checkpoint(lines(size, kRoot));
    ASSERT_TRUE(parsed) << size;
    EXPECT_EQ(std::to_string(parsed.value().size), size);
    EXPECT_EQ(parsed.value().text(), lines(size, kRoot));
  }
  for (const char* size : {"", "00", "01", "+1", "-1", " 1", "1 ", "1.0", "1e3", "0x8", "8a",
                           "18446744073709551616", "\xd9\xa8"}) {
    SCOPED_TRACE(size);
    expect_malformed(parse_checkpoint(lines(size, kRoot)), "size");
  }
}

TEST(Checkpoint, RootHasOneSpelling) {
  for (const char* root :
       {"", "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg",
        "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyh=",  // Stray bits at the end.
        "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz-Nw7_RgQyg=",  // The URL alphabet.
        "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQw==",  // 31 bytes.
        "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQygA",  // 33 bytes.
        " XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg="}) {
    SCOPED_TRACE(root);
    expect_malformed(parse_checkpoint(lines("8", root)), "root");
  }
}

TEST(Checkpoint, MissingLinesAreRefused) {
  expect_malformed(parse_checkpoint(""), "");
  expect_malformed(parse_checkpoint("origin.example\n"), "");
  expect_malformed(parse_checkpoint("origin.example\n8\n"), "");
  expect_malformed(parse_checkpoint("origin.example\n8\n" + std::string(kRoot)), "");
  expect_malformed(parse_checkpoint("\n8\n" + std::string(kRoot) + "\n"), "origin");
}

TEST(Checkpoint, ExtensionLinesAreLetPassUnlessEmpty) {
  const std::string text = lines("8", kRoot);
  EXPECT_EQ(parse_checkpoint(text + "one\ntwo\n").value().text(), text);
  expect_malformed(parse_checkpoint(text + "\n"), "extension");
  expect_malformed(parse_checkpoint(text + "one\n\ntwo\n"), "extension");
  expect_malformed(parse_checkpoint(text + "one"), "extension");
}

TEST(Checkpoint, ForAnotherOriginIsNotSigned) {
  Checkpoint other = example();
  other.origin = "other.example";
  expect_malformed(sign_checkpoint(other, vectors::log_signer()), "origin");
  other.origin = std::string(vectors::kLogName) + "\n9";
  expect_malformed(sign_checkpoint(other, vectors::log_signer()), "origin");
}

TEST(Checkpoint, SignedOnlyByAnotherKnownKeyIsRefused) {
  const NoteSigner witness =
      NoteSigner::create("witness.example/w2", vectors::counting_key(50)).value();
  const std::string note = witness.sign(vectors::kCheckpointText).value();
  const Keys both{vectors::log_key(), witness.verifier_key()};
  ASSERT_TRUE(open_note(note, both));
  expect_bad_signature(open_checkpoint(note, both));
}

TEST(Checkpoint, SignedByTheRotatedKeyOfTheSameNameOpens) {
  const NoteSigner rotated =
      NoteSigner::create(vectors::kLogName, vectors::counting_key(90)).value();
  const std::string note = sign_checkpoint(example(), rotated).value();
  EXPECT_TRUE(open_checkpoint(note, Keys{vectors::log_key(), rotated.verifier_key()}));
  expect_bad_signature(open_checkpoint(note, Keys{vectors::log_key()}));
}

TEST(Checkpoint, NoteThatIsNotACheckpointIsRefused) {
  const std::string note = vectors::log_signer().sign("hello\n").value();
  expect_malformed(open_checkpoint(note, Keys{vectors::log_key()}), "");
}

TEST(Checkpoint, EmptyLogHasTheEmptyRoot) {
  const NoteSigner log = vectors::log_signer();
  const Checkpoint empty{.origin = log.name(), .size = 0, .root = empty_root()};
  const std::string note = sign_checkpoint(empty, log).value();
  EXPECT_EQ(empty.text(), std::string(log.name()).append("\n0\n").append(kEmptyRoot).append("\n"));
  EXPECT_EQ(open_checkpoint(note, Keys{log.verifier_key()}).value(), empty);

  Checkpoint wrong = empty;
  wrong.root = example().root;
  expect_malformed(sign_checkpoint(wrong, log), "root");
  expect_malformed(open_checkpoint(log.sign(wrong.text()).value(), Keys{log.verifier_key()}),
                   "root");
}

}  // namespace
}  // namespace ledger
