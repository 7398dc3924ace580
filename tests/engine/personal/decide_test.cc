#include "engine/personal/decide.h"

#include <gtest/gtest.h>

#include "tests/support/engine_fixture.h"

namespace engine::personal {
namespace {

using tests::client_id;
using tests::outcome;

class PersonalCommands : public testing::Test {
 protected:
  PersonalCommands() : book([](State&, const ledger::RecordView&) { return core::ok(); }) {}

  RecordPersonalData data(std::size_t fields) const {
    RecordPersonalData command;
    command.person = client_id(7);
    for (std::size_t i = 0; i < fields; ++i) {
      command.commitments.push_back({"person", "field_" + std::to_string(i), {}});
    }
    return command;
  }

  tests::EngineBook book;
};

TEST_F(PersonalCommands, CommitmentsBecomeOneRecordOfThePerson) {
  const auto drafts = decide(book.context(), data(2));
  ASSERT_EQ(outcome(drafts), "a value");
  ASSERT_EQ(drafts.value().size(), 1u);
  const ledger::Draft& draft = drafts.value()[0];
  EXPECT_EQ(draft.kind, 80u);
  EXPECT_EQ(draft.subjects, (std::vector<ledger::SubjectId>{client_id(7).bytes}));
  const auto body = core::from_cbor<PersonalDataRecorded>(draft.body).value();
  EXPECT_EQ(body.data.commitments, data(2).commitments);
}

TEST_F(PersonalCommands, ARecordHasAtLeastOneFieldAndNoneTwice) {
  EXPECT_EQ(outcome(decide(book.context(), data(0))), "InvalidInput/missing_field");
  EXPECT_EQ(outcome(decide(book.context(), data(kCommitmentsMax))), "a value");
  EXPECT_EQ(outcome(decide(book.context(), data(kCommitmentsMax + 1))), "InvalidInput/too_long");
  RecordPersonalData twice = data(2);
  twice.commitments[1].field = twice.commitments[0].field;
  EXPECT_EQ(outcome(decide(book.context(), twice)), "InvalidInput/personal_field");
  twice.commitments[1].kind = "employee";
  EXPECT_EQ(outcome(decide(book.context(), twice)), "a value");
}

TEST_F(PersonalCommands, AnErasureNamesNoSubject) {
  ErasePersonalData command;
  command.erasure = tests::id<ErasureId>(9);
  command.fields = 3;
  const auto drafts = decide(book.context(), command);
  ASSERT_EQ(outcome(drafts), "a value");
  ASSERT_EQ(drafts.value().size(), 1u);
  EXPECT_EQ(drafts.value()[0].kind, 81u);
  EXPECT_TRUE(drafts.value()[0].subjects.empty());
  EXPECT_TRUE(drafts.value()[0].postings.empty());
}

}  // namespace
}  // namespace engine::personal
