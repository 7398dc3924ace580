#include "engine/keys/decide.h"

#include <gtest/gtest.h>

#include "tests/support/engine_fixture.h"
#include "tests/support/key_statements.h"

namespace engine::keys {
namespace {

using ledger::KeyAuthority;
using tests::kKeysOrigin;
using tests::outcome;

std::string vkey(std::string_view seed, const std::string& name = kKeysOrigin) {
  return to_string(tests::key_of(seed, name).verifier_key());
}

RotateLogKey rotation(std::string_view from, std::string_view to, std::uint64_t after_size) {
  const auto body = tests::rotation_of(from, to, after_size);
  return {vkey(from),      vkey(to),       body.after_size,
          body.possession, body.authority, body.authority_signature};
}

class KeyCommands : public testing::Test {
 protected:
  KeyCommands() : book([](State&, const ledger::RecordView&) { return core::ok(); }) {
    book.state.log_keys = tests::begun_history();
  }
  // At this sequence stands the command record; its effect follows.
  Context at(std::uint64_t command_seq) {
    const Context context = book.context();
    return {context.state,        context.books, context.now,
            context.effective_at, context.past,  command_seq};
  }
  void follow(const ledger::Draft& draft, std::uint64_t seq) {
    ledger::RecordView record;
    record.seq = seq;
    record.kind = draft.kind;
    record.version = draft.version;
    record.body = draft.body;
    ASSERT_TRUE(ledger::follow(book.state.log_keys, record).has_value());
  }

  tests::EngineBook book;
};

TEST_F(KeyCommands, RotationBecomesOneRecordOfTheKeysOwnSubject) {
  const auto drafts = decide(at(9), rotation("log 1", "log 2", 9));
  ASSERT_EQ(outcome(drafts), "a value");
  ASSERT_EQ(drafts.value().size(), 1u);
  const ledger::Draft& draft = drafts.value().front();
  EXPECT_EQ(draft.kind, ledger::kLogKeyRotated);
  EXPECT_EQ(draft.subjects, std::vector{ledger::log_key_subject()});
  EXPECT_TRUE(draft.postings.empty());
  follow(draft, 10);
  EXPECT_EQ(book.state.log_keys.keys.back().key, tests::public_bytes(tests::key_of("log 2")));
}

TEST_F(KeyCommands, KeysOfAnotherLogAreRefused) {
  RotateLogKey command = rotation("log 1", "log 2", 9);
  command.new_key = vkey("log 2", "books.example/beta");
  EXPECT_EQ(outcome(decide(at(9), command)), "InvalidInput/key_name");
  command.new_key = "no key";
  EXPECT_EQ(outcome(decide(at(9), command)), "InvalidInput/note");
}

TEST_F(KeyCommands, WhatTheLedgerRefusesIsNotRecorded) {
  RotateLogKey command = rotation("log 1", "log 2", 9);
  command.possession[5] ^= 1;
  EXPECT_EQ(outcome(decide(at(9), command)), "InvalidInput/key_possession");
  command = rotation("log 1", "log 2", 9);
  command.authority_signature[5] ^= 1;
  EXPECT_EQ(outcome(decide(at(9), command)), "InvalidInput/key_authority");
  EXPECT_EQ(outcome(decide(at(9), rotation("log 1", "log 2", 11))), "InvalidInput/key_statement");
}

TEST_F(KeyCommands, AFormerKeyIsDeclaredCompromised) {
  follow(decide(at(9), rotation("log 1", "log 2", 9)).value().front(), 10);
  const auto body = tests::compromise_of("log 1", 5, "log 2", KeyAuthority::RootKey);
  const DeclareKeyCompromised command{vkey("log 1"), 5, vkey("log 2"), KeyAuthority::RootKey,
                                      body.authority_signature};
  const auto drafts = decide(at(19), command);
  ASSERT_EQ(outcome(drafts), "a value");
  EXPECT_EQ(drafts.value().front().kind, ledger::kLogKeyCompromised);
  follow(drafts.value().front(), 20);
  EXPECT_EQ(book.state.log_keys.keys.front().compromised_from, 5u);
  EXPECT_EQ(outcome(decide(at(29), command)), "Conflict/exists");
}

}  // namespace
}  // namespace engine::keys
