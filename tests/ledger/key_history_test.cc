#include "ledger/key_history.h"

#include <gtest/gtest.h>

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
  body.authority_signature = tests::signature_of(key_of("log 2"), rotation_message(kKeysOrigin, body));
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
