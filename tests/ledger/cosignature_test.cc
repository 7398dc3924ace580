#include "ledger/cosignature.h"

#include <gtest/gtest.h>

#include "ledger/note.h"
#include "tests/ledger/tlog_vectors.h"
#include "tests/support/outcome.h"

namespace ledger {
namespace {

using tests::outcome;

constexpr std::string_view kVkey =
    "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X";
constexpr std::uint64_t kSeconds = 1795305600;

WitnessSigner signer() {
  return WitnessSigner::create("witness.example/w1", vectors::counting_key(0x20)).value();
}

// The witnesses whose cosignatures count.
core::Result<std::vector<Cosignature>> check(const std::string& note,
                                             std::vector<WitnessKey> known) {
  TRY(const auto signatures, signatures_of_note(note));
  return check_cosignatures(text_of_note(note), signatures, known);
}

TEST(Cosignature, IsThePublishedVectorByteForByte) {
  EXPECT_EQ(to_string(signer().key()), kVkey);
  EXPECT_EQ(signer().cosign(vectors::kCheckpointText, kSeconds), vectors::kWitnessSignatureLine);
}

TEST(Cosignature, OfAKnownWitnessIsFoundInANote) {
  const auto found = check(vectors::witnessed_note(), {signer().key()});
  ASSERT_TRUE(found.has_value());
  ASSERT_EQ(found.value().size(), 1u);
  EXPECT_EQ(found.value()[0].witness, 0u);
  EXPECT_EQ(found.value()[0].seconds, kSeconds);
  EXPECT_EQ(found.value()[0].line, vectors::kWitnessSignatureLine);
}

TEST(Cosignature, OfStrangersCountsForNothing) {
  EXPECT_TRUE(check(vectors::witnessed_note(), {}).value().empty());
  const auto other = WitnessSigner::create("witness.example/w1", vectors::counting_key(1)).value();
  EXPECT_TRUE(check(vectors::witnessed_note(), {other.key()}).value().empty());
  EXPECT_TRUE(check(vectors::log_note(), {signer().key()}).value().empty());
}

TEST(Cosignature, IsCountedOnce) {
  const std::string twice =
      vectors::witnessed_note().append(signer().cosign(vectors::kCheckpointText, kSeconds + 1));
  EXPECT_EQ(check(twice, {signer().key()}).value().size(), 1u);
}

TEST(Cosignature, IsRefusedForAnotherTextTimeOrType) {
  std::string other_text = vectors::witnessed_note();
  other_text[other_text.find("\n8\n") + 1] = '9';
  EXPECT_EQ(outcome(check(other_text, {signer().key()})), "Corrupt/note_signature");

  const auto signatures = signatures_of_note(vectors::witnessed_note()).value();
  for (const std::size_t byte : {std::size_t{0}, std::size_t{7}, std::size_t{8}, std::size_t{71}}) {
    core::Bytes changed = signatures.back().signature;
    changed[byte] ^= 1;
    const std::string note =
        vectors::log_note() + signature_line("witness.example/w1", signer().key().id, changed);
    EXPECT_EQ(outcome(check(note, {signer().key()})), "Corrupt/note_signature") << byte;
  }
  // A log's signature under a witness's name and id is none.
  const core::Bytes plain(64, 7);
  const std::string note =
      vectors::log_note() + signature_line("witness.example/w1", signer().key().id, plain);
  EXPECT_EQ(outcome(check(note, {signer().key()})), "Corrupt/note_signature");
}

TEST(Cosignature, TimesBeyond63BitsAreRefused) {
  const std::string note =
      vectors::log_note() + signer().cosign(vectors::kCheckpointText, std::uint64_t{1} << 63);
  EXPECT_EQ(outcome(check(note, {signer().key()})), "Corrupt/note_signature");
  const std::string last =
      vectors::log_note() + signer().cosign(vectors::kCheckpointText, (std::uint64_t{1} << 63) - 1);
  EXPECT_EQ(check(last, {signer().key()}).value().size(), 1u);
}

TEST(WitnessKey, IsReadAsItIsWritten) {
  EXPECT_EQ(parse_witness_key(kVkey).value(), signer().key());
  EXPECT_EQ(WitnessSigner::parse(signer().private_key_text()).value().key(), signer().key());
}

TEST(WitnessKey, OfAnotherKindOrSpellingIsRefused) {
  for (const std::string_view text :
       {"", "witness.example/w1", "witness.example/w1+20324abe", "witness.example/w1+20324abe+",
        "witness.example/w1+20324abf+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X",
        "witness.example/w1+20324ABE+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X",
        "witness.example/w2+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X",
        "witness example+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X",
        "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilg=="}) {
    EXPECT_EQ(outcome(parse_witness_key(text)), "InvalidInput/note") << text;
  }
  // A log's key is no witness's, and the other way round.
  EXPECT_EQ(outcome(parse_witness_key(vectors::kLogVkey)), "InvalidInput/note");
  EXPECT_EQ(outcome(parse_verifier_key(kVkey)), "InvalidInput/note");
  EXPECT_EQ(outcome(WitnessSigner::parse(vectors::log_signer().private_key_text())),
            "InvalidInput/note");
  EXPECT_EQ(outcome(WitnessSigner::parse(kVkey)), "InvalidInput/note");
}

TEST(NoteSignatures, LinesThatAreNoneAreRefused) {
  for (const std::string_view lines :
       {"x", "x\n", "\xe2\x80\x94 name\n", "\xe2\x80\x94 name AAAA\n", "\xe2\x80\x94 name AAAAAAA=",
        "- name AAAAAAA=\n", "\xe2\x80\x94  AAAAAAA=\n", "\xe2\x80\x94 name !\n", "\n"}) {
    EXPECT_EQ(outcome(parse_signature_lines(lines)), "InvalidInput/note") << lines;
  }
  std::string many;
  for (std::size_t i = 0; i <= kNoteSignaturesMax; ++i) {
    many += signature_line("name", 1, core::Bytes{1});
  }
  EXPECT_EQ(outcome(parse_signature_lines(many)), "InvalidInput/note");
}

}  // namespace
}  // namespace ledger
