#include <gtest/gtest.h>

#include "ledger/key_history.h"
#include "tests/support/journal_book.h"
#include "tests/support/key_statements.h"

namespace ledger::journal {
namespace {

// What a journal does where one key follows another. What the records say of the keys is not its
// affair: it is told.
class HandOverTest : public testing::Test {
 protected:
  HandOverTest() { book.begin(); }

  static std::shared_ptr<const Signer> key(std::string_view seed) {
    return std::make_shared<const NoteSigner>(tests::signer_of(seed));
  }
  static std::vector<VerifierKey> known(std::string_view seed) {
    return {tests::signer_of(seed).verifier_key()};
  }
  bool signed_by(std::string_view seed) {
    return open_checkpoint(book.checkpoint(), known(seed)).has_value();
  }
  void rotate(std::string_view to, bool overlap) {
    const auto staged = book.journal().stage({tests::command_draft("rotate"), book.deposit(1)},
                                             book.journal().next_recorded_at(tests::kStart), {},
                                             HandOver{key(to), overlap});
    ASSERT_TRUE(staged.has_value());
    ASSERT_EQ(book.commit(), "a value");
  }
  SignerState memory() { return SignerMemory::read(book.memory_path()).value(); }

  tests::JournalBook book;
};

TEST_F(HandOverTest, FirstCheckpointIsSignedByBothAndLaterOnesByTheNewKeyAlone) {
  rotate("next", /*overlap=*/true);
  EXPECT_TRUE(signed_by("log"));
  EXPECT_TRUE(signed_by("next"));
  EXPECT_EQ(memory().key_id, tests::signer_of("next").verifier_key().id);
  EXPECT_EQ(memory().signed_size, book.journal().durable_size());
  ASSERT_EQ(book.stage("later", {book.deposit(2)}), "a value");
  ASSERT_EQ(book.commit(), "a value");
  EXPECT_FALSE(signed_by("log"));
  EXPECT_TRUE(signed_by("next"));
}

TEST_F(HandOverTest, WithoutOverlapTheNewKeySignsAlone) {
  rotate("next", /*overlap=*/false);
  EXPECT_FALSE(signed_by("log"));
  EXPECT_TRUE(signed_by("next"));
}

TEST_F(HandOverTest, ARotationEndsItsGroup) {
  ASSERT_EQ(book.stage("before", {book.deposit(2)}), "a value");
  rotate("next", true);
  EXPECT_FALSE(book.journal().has_open_group());
}

TEST_F(HandOverTest, TheOldKeyDoesNotSignAgain) {
  rotate("next", true);
  EXPECT_EQ(book.reopen({}, "log"), "Conflict/signer_regression");
  EXPECT_EQ(book.reopen({}, "next"), "a value");
}

// A token that was pulled out.
class RefusingSigner final : public Signer {
 public:
  const VerifierKey& verifier_key() const override { return key_.verifier_key(); }
  core::Result<core::Signature> sign_bytes(core::ByteView) const override {
    return core::unavailable("key_token", "", "It is gone.");
  }

 private:
  NoteSigner key_ = tests::signer_of("next");
};

TEST_F(HandOverTest, AKeyThatDoesNotSignStopsTheBookAndNothingIsTold) {
  const SignerState before = memory();
  const std::string note = book.checkpoint();
  const auto staged = book.journal().stage(
      {tests::command_draft("rotate"), book.deposit(1)},
      book.journal().next_recorded_at(tests::kStart), {},
      HandOver{std::make_shared<const RefusingSigner>(), /*overlap=*/true});
  ASSERT_TRUE(staged.has_value());
  EXPECT_EQ(book.commit(), "Unavailable/outcome_unknown");
  EXPECT_EQ(book.checkpoint(), note);
  EXPECT_EQ(memory(), before);
  EXPECT_EQ(book.stage("later", {book.deposit(2)}), "Unavailable/stopped");
}

TEST_F(HandOverTest, TheMemoryGoesOverInOneWriteAndNeverBackwards) {
  auto opened = SignerMemory::open(book.memory_path());
  SignerMemory& memory = opened.value();
  SignerState next = memory.state();
  next.key_id = 7;
  // The new key's first checkpoint covers more than the old key signed.
  EXPECT_EQ(tests::outcome(memory.hand_over(next)), "Conflict/signer_regression");
  next.signed_size += 1;
  next.durable_size += 1;
  SignerState fewer = next;
  fewer.durable_size -= 2;
  EXPECT_EQ(tests::outcome(memory.hand_over(fewer)), "Conflict/signer_regression");
  EXPECT_EQ(tests::outcome(memory.advance(next)), "Conflict/signer_regression");
  SignerState other = next;
  other.origin = "books.example/beta";
  EXPECT_EQ(tests::outcome(memory.hand_over(other)), "Conflict/signer_regression");
  EXPECT_EQ(tests::outcome(memory.hand_over(next)), "a value");
  EXPECT_EQ(SignerMemory::read(book.memory_path()).value(), next);
}

}  // namespace
}  // namespace ledger::journal
