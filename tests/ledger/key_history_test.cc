#include "ledger/key_history.h"

#include <gtest/gtest.h>

#include <array>
#include <numeric>

#include "ledger/key_trust.h"
#include "ledger/merkle.h"
#include "tests/support/key_statements.h"
#include "tests/support/outcome.h"

namespace ledger {
namespace {

using tests::begun_history;
using tests::compromise_of;
using tests::key_of;
using tests::kKeysOrigin;
using tests::outcome;
using tests::rotation_of;

std::string note_of(std::uint64_t size, std::initializer_list<std::string_view> keys) {
  std::vector<NoteSigner> signers;
  for (const std::string_view key : keys) signers.push_back(key_of(key));
  std::vector<const Signer*> all;
  for (const NoteSigner& signer : signers) all.push_back(&signer);
  const core::Hash root =
      size == 0 ? empty_root() : core::sha256(core::as_bytes(std::to_string(size)));
  return sign_checkpoint({kKeysOrigin, size, root}, all).value();
}

// Key 1 signs up to 10 records, key 2 up to 20, then key 3.
KeyHistory rotated_twice() {
  KeyHistory history = begun_history();
  CHECK(tests::follow_body(history, rotation_of("log 1", "log 2", 8), 10).has_value());
  CHECK(tests::follow_body(history, rotation_of("log 2", "log 3", 19), 20).has_value());
  return history;
}

std::string judged(const KeyHistory& history, const std::string& note) {
  return outcome(open_checkpoint(note, history));
}

TEST(KeyHistory, OldCheckpointsStayGoodAfterTwoRotations) {
  const KeyHistory history = rotated_twice();
  ASSERT_EQ(history.keys.size(), 3u);
  EXPECT_EQ(history.seqs, (std::vector<std::uint64_t>{0, 10, 20}));
  EXPECT_EQ(judged(history, note_of(0, {"log 1"})), "a value");
  EXPECT_EQ(judged(history, note_of(1, {"log 1"})), "a value");
  EXPECT_EQ(judged(history, note_of(10, {"log 1"})), "a value");
  EXPECT_EQ(judged(history, note_of(11, {"log 2"})), "a value");
  EXPECT_EQ(judged(history, note_of(20, {"log 2"})), "a value");
  EXPECT_EQ(judged(history, note_of(21, {"log 3"})), "a value");
}

TEST(KeyHistory, AnOverlapIsGoodByTheNewKeyAndReadableByTheOldOne) {
  const KeyHistory history = rotated_twice();
  const std::string note = note_of(11, {"log 1", "log 2"});
  EXPECT_EQ(open_checkpoint(note, history).value().key, 1u);
  const std::vector<VerifierKey> old_only{key_of("log 1").verifier_key()};
  EXPECT_TRUE(open_checkpoint(note, old_only).has_value());
}

TEST(KeyHistory, AKeyThatWasFollowedByAnotherSpeaksForTheLogNoMore) {
  const KeyHistory history = rotated_twice();
  EXPECT_EQ(judged(history, note_of(11, {"log 1"})), "Corrupt/key_retired");
  EXPECT_EQ(judged(history, note_of(21, {"log 1", "log 2"})), "Corrupt/key_retired");
  EXPECT_EQ(judged(history, note_of(21, {"log 4"})), "Corrupt/note_signature");
}

TEST(KeyHistory, ALaterKeyMayVouchForWhatAnOlderOneSigned) {
  const KeyHistory history = rotated_twice();
  EXPECT_EQ(judged(history, note_of(5, {"log 1", "log 3"})), "a value");
}

TEST(KeyHistory, CompromiseIsBySize) {
  KeyHistory history = rotated_twice();
  ASSERT_EQ(outcome(tests::follow_body(
                history, compromise_of("log 2", 15, "log 3", KeyAuthority::RootKey), 30)),
            "a value");
  EXPECT_EQ(judged(history, note_of(14, {"log 2"})), "a value");
  EXPECT_EQ(judged(history, note_of(15, {"log 2"})), "Corrupt/key_compromised");
  EXPECT_EQ(judged(history, note_of(20, {"log 2"})), "Corrupt/key_compromised");
  // Unless another valid key vouches.
  EXPECT_EQ(judged(history, note_of(15, {"log 2", "log 3"})), "a value");
  EXPECT_EQ(judged(history, note_of(15, {"log 1"})), "Corrupt/key_retired");
}

TEST(KeyHistory, AStatementIsDescribedAndNothingElseIs) {
  const auto rotation = rotation_of("log 1", "log 2", 8);
  const std::string old_key = core::to_hex(rotation.old_key);
  const std::string new_key = core::to_hex(rotation.new_key);
  EXPECT_EQ(describe_key_statement(rotation_message(kKeysOrigin, rotation)).value(),
            "tallystick/log-key-rotation/v1, log books.example/alpha, key " + old_key + ", key " +
                new_key + ", size 8");
  EXPECT_EQ(
      describe_key_statement(compromise_message(kKeysOrigin, compromise_of("log 1", 5, "log 2")))
          .value(),
      "tallystick/log-key-compromise/v1, log books.example/alpha, key " + old_key +
          ", size 5, key " + new_key);
  core::Bytes message = possession_message(kKeysOrigin, rotation);
  EXPECT_TRUE(describe_key_statement(message).has_value());
  message.push_back(0);
  EXPECT_EQ(outcome(describe_key_statement(message)), "InvalidInput/key_statement");
  message.resize(40);
  EXPECT_EQ(outcome(describe_key_statement(message)), "InvalidInput/key_statement");
  EXPECT_EQ(outcome(describe_key_statement(core::as_bytes("books.example/alpha\n8\n"))),
            "InvalidInput/key_statement");
  EXPECT_EQ(outcome(describe_key_statement({})), "InvalidInput/key_statement");
}

TEST(KeyHistory, RotationNeedsPossession) {
  const KeyHistory history = begun_history();
  LogKeyRotated body = rotation_of("log 1", "log 2", 8);
  EXPECT_EQ(outcome(check_rotation(history, body, 10)), "a value");
  // The authority's signature is no proof of possession, nor is one over another statement.
  LogKeyRotated borrowed = body;
  borrowed.possession = body.authority_signature;
  EXPECT_EQ(outcome(check_rotation(history, borrowed, 10)), "InvalidInput/key_possession");
  LogKeyRotated other_size = body;
  other_size.after_size = 9;
  EXPECT_EQ(outcome(check_rotation(history, other_size, 10)), "InvalidInput/key_possession");
  LogKeyRotated none = body;
  none.possession.clear();
  EXPECT_EQ(outcome(check_rotation(history, none, 10)), "InvalidInput/key_possession");
}

TEST(KeyHistory, RotationNeedsTheAuthorityOfTheOldKeyOrTheRootKey) {
  const KeyHistory history = begun_history();
  LogKeyRotated body = rotation_of("log 1", "log 2", 8);
  body.authority_signature =
      tests::signature_of(key_of("log 2"), rotation_message(kKeysOrigin, body));
  EXPECT_EQ(outcome(check_rotation(history, body, 10)), "InvalidInput/key_authority");
  body = rotation_of("log 1", "log 2", 8);
  body.authority = KeyAuthority::RootKey;  // Signed by the old key all the same.
  EXPECT_EQ(outcome(check_rotation(history, body, 10)), "InvalidInput/key_authority");
  body = rotation_of("log 1", "log 2", 8, KeyAuthority::RootKey);
  EXPECT_EQ(outcome(check_rotation(history, body, 10)), "a value");
}

TEST(KeyHistory, RotationIsFromTheKeyThatSignsToOneThatIsNew) {
  const KeyHistory history = rotated_twice();
  EXPECT_EQ(outcome(check_rotation(history, rotation_of("log 2", "log 4", 21), 30)),
            "Conflict/key_not_current");
  EXPECT_EQ(outcome(check_rotation(history, rotation_of("log 3", "log 1", 21), 30)),
            "Conflict/key_used");
  EXPECT_EQ(outcome(check_rotation(history, rotation_of("log 3", "log 3", 21), 30)),
            "Conflict/key_used");
  EXPECT_EQ(outcome(check_rotation(history, rotation_of("log 3", "root", 21), 30)),
            "Conflict/key_used");
  // Agreed on before the key signed, or in a future that the log has not seen.
  EXPECT_EQ(outcome(check_rotation(history, rotation_of("log 3", "log 4", 20), 30)),
            "InvalidInput/key_statement");
  EXPECT_EQ(outcome(check_rotation(history, rotation_of("log 3", "log 4", 31), 30)),
            "InvalidInput/key_statement");
}

TEST(KeyHistory, AStatementOfAnotherLogIsNone) {
  KeyHistory history = begun_history();
  history.origin = "books.example/beta";
  EXPECT_EQ(outcome(check_rotation(history, rotation_of("log 1", "log 2", 8), 10)),
            "InvalidInput/key_possession");
}

TEST(KeyHistory, CompromiseIsRefusedForStrangersAndForTheKeyThatSigns) {
  const KeyHistory history = rotated_twice();
  EXPECT_EQ(outcome(check_compromise(history, compromise_of("log 9", 5, "log 3"), 30)),
            "NotFound/unknown_key");
  EXPECT_EQ(outcome(check_compromise(history, compromise_of("log 3", 5, "log 3"), 30)),
            "Conflict/key_in_use");
  EXPECT_EQ(outcome(check_compromise(history, compromise_of("log 1", 5, "log 2"), 30)),
            "Conflict/key_not_current");
  EXPECT_EQ(outcome(check_compromise(
                history, compromise_of("log 1", 31, "log 3", KeyAuthority::RootKey), 30)),
            "InvalidInput/key_statement");
}

TEST(KeyHistory, WhoWasBroughtInByACompromisedKeyCannotConfirmItself) {
  KeyHistory history = rotated_twice();
  // The thief of key 1 may have made the rotation at 10.
  EXPECT_EQ(outcome(check_compromise(history, compromise_of("log 1", 10, "log 3"), 30)),
            "InvalidInput/key_authority");
  // Not if the key was lost only after it.
  EXPECT_EQ(outcome(check_compromise(history, compromise_of("log 1", 11, "log 3"), 30)), "a value");
  EXPECT_EQ(outcome(check_compromise(
                history, compromise_of("log 1", 10, "log 3", KeyAuthority::RootKey), 30)),
            "a value");
  // A key that the root key brought in stands by itself.
  ASSERT_EQ(outcome(tests::follow_body(
                history, rotation_of("log 3", "log 4", 25, KeyAuthority::RootKey), 40)),
            "a value");
  EXPECT_EQ(outcome(check_compromise(history, compromise_of("log 1", 10, "log 4"), 50)), "a value");
}

TEST(KeyHistory, ADeclarationIsNotWeakened) {
  KeyHistory history = rotated_twice();
  ASSERT_EQ(outcome(tests::follow_body(history, compromise_of("log 1", 12, "log 3"), 30)),
            "a value");
  EXPECT_EQ(outcome(check_compromise(history, compromise_of("log 1", 12, "log 3"), 31)),
            "Conflict/exists");
  EXPECT_EQ(outcome(check_compromise(history, compromise_of("log 1", 20, "log 3"), 31)),
            "Conflict/exists");
  EXPECT_EQ(outcome(check_compromise(history, compromise_of("log 1", 11, "log 3"), 31)), "a value");
}

TEST(KeyHistory, ARecordThatIsNotWhatItShouldBeIsDamage) {
  KeyHistory history = begun_history();
  EXPECT_EQ(outcome(tests::follow_body(history, rotation_of("log 2", "log 3", 8), 10)),
            "Corrupt/key_history");
  EXPECT_EQ(history, begun_history());
}

// The vectors of docs/formats/keys.md: cbor2 wrote the messages, OpenSSL signed them.
TEST(KeyHistory, StatementsAreThoseOfTheVectors) {
  const auto key = [](std::uint8_t first) {
    std::array<std::uint8_t, 32> seed{};
    std::iota(seed.begin(), seed.end(), first);
    return core::SigningKey::from_seed(seed);
  };
  const auto bytes = [](const auto& array) { return core::Bytes(array.begin(), array.end()); };
  const std::string name = "ledger.example/broker-1";
  LogKeyRotated rotation;
  rotation.old_key = bytes(key(0).public_key().bytes);
  rotation.new_key = bytes(key(1).public_key().bytes);
  rotation.after_size = 8;
  const LogKeyCompromised compromise{.key = rotation.old_key,
                                     .from_size = 5,
                                     .standing_key = rotation.new_key,
                                     .authority_signature = {}};
  EXPECT_EQ(core::to_hex(possession_message(name, rotation)),
            "85782074616c6c79737469636b2f6c6f672d6b65792d706f7373657373696f6e2f7631776c656467"
            "65722e6578616d706c652f62726f6b65722d31582003a107bff3ce10be1d70dd18e74bc09967e4d6"
            "309ba50d5f1ddc8664125531b8582079b5562e8fe654f94078b112e8a98ba7901f853ae695bed7e0"
            "e3910bad04966408");
  EXPECT_EQ(core::to_hex(key(1).sign(possession_message(name, rotation)).bytes),
            "97b1230df5098a69921f391de0bff3900c0e2da8bb7674eeee6af6df322d94970e7d5383d5575bba"
            "9ee9f100770fb2631eed4c87d165534d9f393ef9e2e10d0d");
  EXPECT_EQ(core::to_hex(rotation_message(name, rotation)),
            "85781e74616c6c79737469636b2f6c6f672d6b65792d726f746174696f6e2f7631776c6564676572"
            "2e6578616d706c652f62726f6b65722d31582003a107bff3ce10be1d70dd18e74bc09967e4d6309b"
            "a50d5f1ddc8664125531b8582079b5562e8fe654f94078b112e8a98ba7901f853ae695bed7e0e391"
            "0bad04966408");
  EXPECT_EQ(core::to_hex(key(0).sign(rotation_message(name, rotation)).bytes),
            "69911b6c2119774bb274de1b20ba322d06b9286d211bf4daf756b6b3bcdc73bb7661122ee5a0c8c6"
            "703d7b2f85ef868ff0212944d9396e68a0da9b5637d9c702");
  EXPECT_EQ(core::to_hex(compromise_message(name, compromise)),
            "85782074616c6c79737469636b2f6c6f672d6b65792d636f6d70726f6d6973652f7631776c656467"
            "65722e6578616d706c652f62726f6b65722d31582003a107bff3ce10be1d70dd18e74bc09967e4d6"
            "309ba50d5f1ddc8664125531b805582079b5562e8fe654f94078b112e8a98ba7901f853ae695bed7"
            "e0e3910bad049664");
  EXPECT_EQ(core::to_hex(key(1).sign(compromise_message(name, compromise)).bytes),
            "7c058aaae30701677c6e074dd5bf53fc187485142470c0a64ccffa174152a7466a224dbebbafbe99"
            "249498c0dc23c54b1c7dd5ee7aa6b3ddc24c45f3109ad809");
  EXPECT_EQ(core::to_hex(log_key_subject()), "136581d949421fd3b19e5fb39b86a527");
}

KeyTrust trust_in(std::string_view key) { return {key_of(key).verifier_key(), std::nullopt}; }

TEST(KeyTrust, EachKeyOfTheLogLeadsToTheOneThatSigns) {
  const KeyHistory history = rotated_twice();
  for (const std::string_view key : {"log 1", "log 2", "log 3"}) {
    EXPECT_EQ(outcome(check_trust(history, trust_in(key), {})), "a value") << key;
  }
  EXPECT_EQ(outcome(check_trust(history, trust_in("log 4"), {})), "Corrupt/key_untrusted");
}

// A forged log may name the true log key in its genesis, and a root key of the forger's.
TEST(KeyTrust, TheRootKeyOfALogThatNobodyVouchesForIsNotTrusted) {
  KeyHistory history = begun_history();
  ASSERT_EQ(outcome(tests::follow_body(
                history, rotation_of("log 1", "log 2", 8, KeyAuthority::RootKey), 10)),
            "a value");
  EXPECT_EQ(outcome(check_trust(history, trust_in("log 1"), {})), "Corrupt/key_untrusted");
  // A note of before that the caller holds covers record 0, which names the root key.
  const std::vector held{open_checkpoint(note_of(5, {"log 1"}), history).value()};
  EXPECT_EQ(outcome(check_trust(history, trust_in("log 1"), held)), "a value");
  const std::vector empty{open_checkpoint(note_of(0, {"log 1"}), history).value()};
  EXPECT_EQ(outcome(check_trust(history, trust_in("log 1"), empty)), "Corrupt/key_untrusted");
  const std::vector later{open_checkpoint(note_of(11, {"log 2"}), history).value()};
  EXPECT_EQ(outcome(check_trust(history, trust_in("log 1"), later)), "Corrupt/key_untrusted");
  // Or the caller knows the root key.
  KeyTrust both = trust_in("log 1");
  both.root_key = tests::root_of_keys().verifier_key();
  EXPECT_EQ(outcome(check_trust(history, both, {})), "a value");
  EXPECT_EQ(outcome(check_trust(history, {std::nullopt, both.root_key}, {})), "a value");
  both.root_key = key_of("another", "x").verifier_key();
  EXPECT_EQ(outcome(check_trust(history, both, {})), "Corrupt/key_untrusted");
}

TEST(KeyTrust, TheRootKeyAloneSaysNothingOfAKeyThatItDidNotAuthorise) {
  const KeyTrust root{std::nullopt, tests::root_of_keys().verifier_key()};
  EXPECT_EQ(outcome(check_trust(rotated_twice(), root, {})), "Corrupt/key_untrusted");
}

}  // namespace
}  // namespace ledger
