#include "ledger/invariants/subjects_consecutive.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace ledger::invariants {
namespace {

SubjectId id(std::uint8_t first) {
  SubjectId out{};
  out[0] = first;
  return out;
}

class SubjectsConsecutiveTest : public testing::Test {
 protected:
  std::string check(std::uint64_t seq, std::vector<SubjectLink> links) {
    RecordView view;
    view.seq = seq;
    view.subjects = std::move(links);
    return tests::outcome(law.check(view));
  }

  SubjectsConsecutive law;
};

TEST_F(SubjectsConsecutiveTest, NumbersFromOneAndNamesTheRecordBefore) {
  EXPECT_EQ(law.next(id(1)), (SubjectLink{id(1), 1, std::nullopt}));
  EXPECT_EQ(check(5, {{id(1), 1, std::nullopt}}), "a value");
  EXPECT_EQ(law.next(id(1)), (SubjectLink{id(1), 2, 5}));
  EXPECT_EQ(check(9, {{id(1), 2, 5}, {id(2), 1, std::nullopt}}), "a value");
  EXPECT_EQ(check(10, {}), "a value");
  EXPECT_EQ(check(11, {{id(2), 2, 9}, {id(1), 3, 9}}), "a value");
}

TEST_F(SubjectsConsecutiveTest, FindsTheNewestRecord) {
  EXPECT_EQ(law.find(id(1)), nullptr);
  ASSERT_EQ(check(5, {{id(1), 1, std::nullopt}}), "a value");
  ASSERT_NE(law.find(id(1)), nullptr);
  EXPECT_EQ(law.find(id(1))->count, 1u);
  EXPECT_EQ(law.find(id(1))->seq, 5u);
}

TEST_F(SubjectsConsecutiveTest, AFirstRecordIsNumberOneWithoutAnother) {
  EXPECT_EQ(check(5, {{id(1), 2, std::nullopt}}), "Corrupt/subject");
  EXPECT_EQ(check(5, {{id(1), 0, std::nullopt}}), "Corrupt/subject");
  EXPECT_EQ(check(5, {{id(1), 1, 4}}), "Corrupt/subject");
}

TEST_F(SubjectsConsecutiveTest, AGapIsRefused) {
  ASSERT_EQ(check(5, {{id(1), 1, std::nullopt}}), "a value");
  EXPECT_EQ(check(6, {{id(1), 3, 5}}), "Corrupt/subject");
  EXPECT_EQ(check(6, {{id(1), 1, std::nullopt}}), "Corrupt/subject");
  EXPECT_EQ(check(6, {{id(1), 2, 4}}), "Corrupt/subject");
  EXPECT_EQ(check(6, {{id(1), 2, std::nullopt}}), "Corrupt/subject");
  EXPECT_EQ(check(6, {{id(1), 2, 5}}), "a value");
}

TEST_F(SubjectsConsecutiveTest, ASubjectStandsOnceInARecord) {
  EXPECT_EQ(check(5, {{id(1), 1, std::nullopt}, {id(1), 1, std::nullopt}}), "Corrupt/subject");
  EXPECT_EQ(check(5, {{id(1), 1, std::nullopt}, {id(1), 2, 5}}), "Corrupt/subject");
}

TEST_F(SubjectsConsecutiveTest, ARefusedRecordIsNotRemembered) {
  EXPECT_EQ(check(5, {{id(1), 1, std::nullopt}, {id(2), 7, std::nullopt}}), "Corrupt/subject");
  EXPECT_EQ(law.find(id(1)), nullptr);
  EXPECT_EQ(check(5, {{id(1), 1, std::nullopt}, {id(1), 1, std::nullopt}}), "Corrupt/subject");
  EXPECT_EQ(law.find(id(1)), nullptr);
  EXPECT_EQ(check(5, {{id(1), 1, std::nullopt}}), "a value");
}

TEST_F(SubjectsConsecutiveTest, ErrorNamesTheSequence) {
  RecordView view;
  view.seq = 17;
  view.subjects = {{id(1), 9, std::nullopt}};
  EXPECT_EQ(law.check(view).error().at, "seq 17");
}

TEST_F(SubjectsConsecutiveTest, ForgettingGivesBackTheRecordBefore) {
  ASSERT_EQ(check(5, {{id(1), 1, std::nullopt}}), "a value");
  ASSERT_EQ(check(7, {{id(1), 2, 5}}), "a value");
  law.forget({id(1), 2, 5}, 5);
  EXPECT_EQ(law.next(id(1)), (SubjectLink{id(1), 2, 5}));
  law.forget({id(1), 1, std::nullopt}, std::nullopt);
  EXPECT_EQ(law.find(id(1)), nullptr);
}

}  // namespace
}  // namespace ledger::invariants
