#include "ledger/note.h"

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/ledger/tlog_vectors.h"
#include "tests/support/outcome.h"

namespace ledger {
namespace {

using Keys = std::vector<VerifierKey>;

NoteSigner signer(std::string_view name, std::uint8_t seed) {
  return NoteSigner::create(name, vectors::counting_key(seed)).value();
}

// The signature line of a note's only signature.
std::string signature_line(const std::string& note) { return note.substr(note.rfind("\n\n") + 2); }

template <class T>
void expect_refused(const core::Result<T>& result, std::string_view outcome) {
  EXPECT_EQ(tests::outcome(result), outcome);
}

template <class T>
void expect_malformed(const core::Result<T>& result) {
  expect_refused(result, "InvalidInput/note");
}

template <class T>
void expect_bad_signature(const core::Result<T>& result) {
  expect_refused(result, "Corrupt/note_signature");
}

core::Result<OpenedNote> open_as_log(std::string_view note) {
  return open_note(note, Keys{vectors::log_key()});
}

// --- Signing ---

TEST(Note, SignedByTheExampleLogMatchesVector) {
  EXPECT_EQ(vectors::log_signer().sign(vectors::kCheckpointText).value(), vectors::log_note());
}

TEST(Note, SignedByTheKeyOfGoDocumentationMatchesItsExample) {
  const std::string note =
      NoteSigner::parse(vectors::kGoPrivateKey).value().sign(vectors::kGoText).value();
  EXPECT_EQ(note, std::string(vectors::kGoText).append("\n").append(vectors::kGoSignatureLine));
  EXPECT_EQ(open_note(note, Keys{parse_verifier_key(vectors::kGoVkey).value()}).value().text,
            vectors::kGoText);
}

TEST(Note, TextThatCannotBeSignedIsRefused) {
  const NoteSigner log = vectors::log_signer();
  for (const std::string& text :
       {std::string(), std::string("no newline"), std::string("tab\there\n"), std::string("\r\n"),
        std::string("nul\0\n", 5), std::string("\xc0\xaf\n"), std::string("\x1b[0m\n"),
        std::string(kNoteBytesMax, 'a') + "\n"}) {
    expect_malformed(log.sign(text));
  }
}

TEST(Note, TextWithEmptyLinesRoundTrips) {
  for (const std::string text : {"\n", "\n\n", "a\n\nb\n", "a\n\n\n", "\n\xe2\x80\x94 a b\n"}) {
    SCOPED_TRACE(text);
    const std::string note = vectors::log_signer().sign(text).value();
    EXPECT_EQ(open_as_log(note).value().text, text);
  }
}

// --- Opening ---

TEST(Note, OfTheExampleLogOpensWithItsWitnessUnknown) {
  const auto opened = open_as_log(vectors::witnessed_note());
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened.value().text, vectors::kCheckpointText);
  EXPECT_EQ(opened.value().signers, Keys{vectors::log_key()});
}

TEST(Note, WithEightMadeNineIsRefused) {
  std::string note = vectors::witnessed_note();
  note[note.find("\n8\n") + 1] = '9';
  expect_bad_signature(open_as_log(note));
}

TEST(Note, WithAnyFlippedBitIsRefused) {
  const std::string note = vectors::log_note();
  ASSERT_TRUE(open_as_log(note));
  for (std::size_t i = 0; i < note.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = note;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      EXPECT_FALSE(open_as_log(flipped)) << "byte " << i << " bit " << bit;
    }
  }
}

TEST(Note, CutShortAnywhereIsRefused) {
  const std::string note = vectors::log_note();
  for (std::size_t size = 0; size < note.size(); ++size) {
    EXPECT_FALSE(open_as_log(note.substr(0, size))) << size;
  }
}

TEST(Note, SignedByUnknownKeysOnlyIsRefused) {
  expect_bad_signature(open_note(vectors::log_note(), Keys{}));
  expect_bad_signature(
      open_note(vectors::log_note(), Keys{signer("other.example", 9).verifier_key()}));
}

TEST(Note, KeySharingOnlyTheNameOrOnlyTheIdIsUnknown) {
  VerifierKey same_id = vectors::log_key();
  same_id.name = "other.example";
  const VerifierKey same_name = signer(vectors::kLogName, 9).verifier_key();
  expect_bad_signature(open_note(vectors::log_note(), Keys{same_id, same_name}));
  const auto opened = open_note(vectors::log_note(), Keys{same_id, vectors::log_key(), same_name});
  EXPECT_EQ(opened.value().signers, Keys{vectors::log_key()});
}

TEST(Note, GoodSignatureDoesNotExcuseABadOne) {
  const std::string text(vectors::kCheckpointText);
  const NoteSigner second = signer("auditor.example", 40);
  const std::string good = vectors::log_signer().sign(text).value();
  const std::string bad_line = signature_line(second.sign("another text\n").value());

  const Keys both{vectors::log_key(), second.verifier_key()};
  expect_bad_signature(open_note(good + bad_line, both));
  EXPECT_TRUE(open_as_log(good + bad_line));  // To whoever does not know the second key.
}

TEST(Note, SignaturesOfTwoKnownKeysAreBothReportedInOrder) {
  const std::string text(vectors::kCheckpointText);
  const NoteSigner second = signer("auditor.example", 40);
  const std::string note =
      second.sign(text).value() + signature_line(vectors::log_signer().sign(text).value());
  const auto opened = open_note(note, Keys{vectors::log_key(), second.verifier_key()});
  EXPECT_EQ(opened.value().signers, (Keys{second.verifier_key(), vectors::log_key()}));
}

TEST(Note, RepeatedSignatureIsRefused) {
  expect_malformed(open_as_log(vectors::log_note().append(vectors::kLogSignatureLine)));
  expect_malformed(open_as_log(vectors::witnessed_note().append(vectors::kWitnessSignatureLine)));
}

TEST(Note, AnotherSignatureOfOneKeyIsRefused) {
  // Good as well, from another nonce than RFC 8032's: the holder of a key can make any number.
  const std::string second =
      "\xe2\x80\x94 ledger.example/broker-1 "
      "bleR1XdnoyQtybWLvGhIjBJlzGzF8mxvPIil1V6QGwc03KVyIjpABI7rZ8TZ"
      "YKfzGdkvd1ZOht7H5pw9GeXCDkcA8g0=\n";
  EXPECT_TRUE(open_as_log(std::string(vectors::kCheckpointText) + "\n" + second));
  expect_malformed(open_as_log(vectors::log_note() + second));
}

// Of a key that nobody here knows: a witness may have signed at two times.
TEST(Note, TwoSignaturesOfAnUnknownKeyArePassedOver) {
  std::string note = vectors::witnessed_note();
  note += "\xe2\x80\x94 witness.example/w1 IDJKvgAAAABrAjCB\n";
  EXPECT_EQ(open_as_log(note).value().signers.size(), 1u);
}

TEST(Note, SignatureOfTheWrongLengthIsBad) {
  const std::string head = std::string(vectors::kCheckpointText) + "\n\xe2\x80\x94 " +
                           std::string(vectors::kLogName) + " ";
  const core::Bytes id_and_one = {0x6e, 0x57, 0x91, 0xd5, 0x00};
  expect_bad_signature(open_as_log(head + core::to_base64(id_and_one) + "\n"));
  const core::Bytes id_only = {0x6e, 0x57, 0x91, 0xd5};
  expect_malformed(open_as_log(head + core::to_base64(id_only) + "\n"));
}

TEST(Note, TwoKnownKeysOfOneNameAndIdAreRefused) {
  VerifierKey forged = vectors::log_key();
  forged.key = vectors::counting_key(7).public_key();
  expect_malformed(open_note(vectors::log_note(), Keys{vectors::log_key(), forged}));
  expect_malformed(open_note(vectors::log_note(), Keys{vectors::log_key(), vectors::log_key()}));
  // As long as no signature names them, they do no harm.
  const VerifierKey other = signer("other.example", 9).verifier_key();
  EXPECT_TRUE(open_note(vectors::log_note(), Keys{other, vectors::log_key(), other}));
}

TEST(Note, MalformedSignatureLinesAreRefusedEvenOfUnknownKeys) {
  for (const char* line :
       {"\n",                                      // The separator moves: no signature follows.
        "- other.example AAAAAAAA\n",              // A hyphen, not an em dash.
        "\xe2\x80\x94other.example AAAAAAAA\n",    // No space after the dash.
        "\xe2\x80\x94  AAAAAAAA\n",                // No name.
        "\xe2\x80\x94 other.example\n",            // No signature.
        "\xe2\x80\x94 other.example \n",           // An empty signature.
        "\xe2\x80\x94 oth+er.example AAAAAAAA\n",  // A plus in the name.
        "\xe2\x80\x94 oth\xc2\xa0"
        "er AAAAAAAA\n",                           // A no-break space in the name.
        "\xe2\x80\x94 other.example AAAAAAA\n",    // Not padded.
        "\xe2\x80\x94 other.example AAAAAAB=\n",   // Not canonical: a stray bit at the end.
        "\xe2\x80\x94 other.example AAAA AAAA\n",  // A space in the base64.
        "\xe2\x80\x94 other.example AAAAAAAA \n",  // A space at the end.
        "\xe2\x80\x94 other.example AAAA-_AA\n",   // The URL alphabet.
        "\xe2\x80\x94 other.example AAAA\xc3\xa9"
        "AA\n",                                     // Beyond ASCII.
        "\xe2\x80\x94 other.example AAAAAA==\n",    // A key id alone.
        "\xe2\x80\x94 other.example AAAAAAAA\r\n",  // A carriage return.
        "\xe2\x80\x94 other.example AAAAAAAA",      // No newline.
        "trailing\n"}) {
    SCOPED_TRACE(line);
    expect_malformed(open_as_log(vectors::log_note() + line));
  }
  EXPECT_TRUE(open_as_log(vectors::log_note() + "\xe2\x80\x94 other.example AAAAAAAA\n"));
}

TEST(Note, WithoutSeparatorOrSignaturesIsRefused) {
  expect_malformed(open_as_log(""));
  expect_malformed(open_as_log("\n"));
  expect_malformed(open_as_log("\n\n"));
  expect_malformed(open_as_log(vectors::kCheckpointText));
  expect_malformed(open_as_log(std::string(vectors::kCheckpointText) + "\n"));
  expect_malformed(
      open_as_log(std::string(vectors::kCheckpointText).append(vectors::kLogSignatureLine)));
}

TEST(Note, ControlCharactersAndBadUtf8AreRefused) {
  for (const std::string& bad :
       {std::string("\t"), std::string("\r"), std::string(1, '\0'), std::string("\x1f"),
        std::string("\x80"), std::string("\xc0\xaf"), std::string("\xed\xa0\x80"),
        std::string("\xf4\x90\x80\x80"), std::string("\xe2\x80")}) {
    expect_malformed(open_as_log(bad + vectors::log_note()));
  }
}

TEST(Note, AtItsLimitsOpensAndBeyondIsRefused) {
  const auto unknown_line = [](std::size_t number) {
    return "\xe2\x80\x94 witness.example/" + std::to_string(number) + " IDJKvgAAAABrAjCB\n";
  };
  std::string note = vectors::log_note();
  for (std::size_t i = 1; i < kNoteSignaturesMax; ++i) note += unknown_line(i);
  EXPECT_TRUE(open_as_log(note));
  expect_malformed(open_as_log(note + unknown_line(kNoteSignaturesMax)));

  const std::size_t around = vectors::log_note().size() - vectors::kCheckpointText.size();
  const std::string longest = std::string(kNoteBytesMax - around - 1, 'a') + "\n";
  note = vectors::log_signer().sign(longest).value();
  EXPECT_EQ(note.size(), kNoteBytesMax);
  EXPECT_TRUE(open_as_log(note));
  expect_malformed(vectors::log_signer().sign("a" + longest));
  expect_malformed(open_as_log("a" + note));
}

}  // namespace
}  // namespace ledger
