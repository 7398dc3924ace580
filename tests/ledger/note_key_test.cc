#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "ledger/note.h"
#include "tests/ledger/tlog_vectors.h"
#include "tests/support/outcome.h"

namespace ledger {
namespace {

template <class T>
void expect_malformed(const core::Result<T>& result) {
  EXPECT_EQ(tests::outcome(result), "InvalidInput/note");
}

TEST(VerifierKey, OfTheExampleLogMatchesVector) {
  const VerifierKey key = vectors::log_key();
  EXPECT_EQ(core::to_hex(key.key.bytes),
            "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8");
  EXPECT_EQ(key.id, 0x6e5791d5u);
  EXPECT_EQ(to_string(key), vectors::kLogVkey);
  EXPECT_EQ(parse_verifier_key(vectors::kLogVkey).value(), key);
}

TEST(VerifierKey, OfGoDocumentationParsesAndPrintsBack) {
  EXPECT_EQ(to_string(parse_verifier_key(vectors::kGoVkey).value()), vectors::kGoVkey);
}

TEST(VerifierKey, WithAnyAlteredCharacterIsRefused) {
  for (std::size_t i = 0; i < vectors::kLogVkey.size(); ++i) {
    std::string vkey(vectors::kLogVkey);
    vkey[i] = vkey[i] == 'A' ? 'B' : 'A';
    SCOPED_TRACE(vkey);
    expect_malformed(parse_verifier_key(vkey));
  }
}

TEST(VerifierKey, MalformedTextIsRefused) {
  for (const char* vkey :
       {"", "+", "++", "name", "name+6e5791d5", "name+6e5791d5+", "+6e5791d5+AQOh",
        // The id in capitals, and one digit short.
        "ledger.example/broker-1+6E5791D5+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "ledger.example/broker-1+6e5791d+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        // A witness key (type 4), which signs something else than the text.
        "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X"}) {
    SCOPED_TRACE(vkey);
    expect_malformed(parse_verifier_key(vkey));
  }
}

TEST(VerifierKey, NameThatCannotStandInASignatureLineIsRefused) {
  const core::PublicKey key = vectors::counting_key(0).public_key();
  for (const char* name : {"", "a b", "a+b", "a\nb", "a\tb",
                           "a\xc2\xa0"
                           "b",
                           "a\xe2\x80\xa8"
                           "b",
                           "a\xe3\x80\x80"
                           "b",
                           "a\xc2\x85"
                           "b",
                           "\xff", "\xed\xa0\x80"}) {
    SCOPED_TRACE(name);
    expect_malformed(make_verifier_key(name, key));
    expect_malformed(NoteSigner::create(name, vectors::counting_key(0)));
  }
  EXPECT_TRUE(make_verifier_key(std::string(kKeyNameBytesMax, 'a'), key));
  expect_malformed(make_verifier_key(std::string(kKeyNameBytesMax + 1, 'a'), key));
  EXPECT_TRUE(make_verifier_key("\xce\xb2\xce\xb9\xce\xb2\xce\xbb\xce\xaf\xce\xbf", key));
}

TEST(NoteSigner, PrivateKeyOfGoDocumentationParsesAndPrintsBack) {
  const NoteSigner go = NoteSigner::parse(vectors::kGoPrivateKey).value();
  EXPECT_EQ(to_string(go.verifier_key()), vectors::kGoVkey);
  EXPECT_EQ(go.private_key_text(), vectors::kGoPrivateKey);
}

TEST(NoteSigner, PrivateKeyOfTheExampleLogRoundTrips) {
  const NoteSigner log = vectors::log_signer();
  EXPECT_EQ(log.private_key_text(),
            "PRIVATE+KEY+ledger.example/broker-1+6e5791d5+"
            "AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f");
  EXPECT_EQ(NoteSigner::parse(log.private_key_text()).value().verifier_key(), log.verifier_key());
}

TEST(NoteSigner, MalformedPrivateKeyIsRefusedWithoutQuotingIt) {
  const std::string good = vectors::log_signer().private_key_text();
  for (const std::string& bad :
       {std::string(), good.substr(1), good.substr(12), good + "AAAA", good.substr(0, 50),
        std::string(
            "PRIVATE+KEY+other.example+6e5791d5+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"),
        std::string(vectors::kLogVkey)}) {
    const auto parsed = NoteSigner::parse(bad);
    expect_malformed(parsed);
    EXPECT_EQ(core::to_string(parsed.error()).find("AQABAgME"), std::string::npos);
  }
}

}  // namespace
}  // namespace ledger
