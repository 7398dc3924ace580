#include <gtest/gtest.h>

#include "tests/gateway/conformance/answers.h"

namespace gateway::conformance::tests {
namespace {

TEST(ConformanceLine, WhatIsNoObjectIsAnError) {
  EXPECT_EQ(outcome("leaf-hash", ""), "error: json at byte 0");
  EXPECT_EQ(outcome("leaf-hash", "{"), "error: json at byte 1");
  EXPECT_EQ(outcome("leaf-hash", "[]"), "error: wrong_type");
  EXPECT_EQ(outcome("leaf-hash", "null"), "error: wrong_type");
  EXPECT_EQ(outcome("leaf-hash", R"({"data":""} {"data":""})"), "error: json at byte 12");
  EXPECT_EQ(outcome("leaf-hash", R"({"data":"","data":""})").substr(0, 11), "error: json");
  EXPECT_EQ(outcome("leaf-hash", "{\"data\":\"\xff\"}").substr(0, 11), "error: json");
}

TEST(ConformanceLine, AnErrorNamesTheMember) {
  EXPECT_EQ(answer("leaf-hash", "{}"),
            R"({"ok":false,"error":{"code":"InvalidInput","reason":"missing_field","at":"data",)"
            R"("detail":"A member is missing."}})");
  EXPECT_EQ(outcome("leaf-hash", R"({"data":1})"), "error: wrong_type at data");
  EXPECT_EQ(outcome("leaf-hash", R"({"data":"0"})"), "error: hex at data");
  EXPECT_EQ(outcome("leaf-hash", R"({"data":"AB"})"), "error: hex at data");
  EXPECT_EQ(outcome("tree-root", R"({"leaves":"00"})"), "error: wrong_type at leaves");
  EXPECT_EQ(outcome("tree-root", R"({"leaves":["00",1]})"), "error: wrong_type at leaves[1]");
  EXPECT_EQ(outcome("tree-root", R"({"leaves":["00","0g"]})"), "error: hex at leaves[1]");
}

TEST(ConformanceLine, OtherMembersArePassedOver) {
  EXPECT_EQ(answer("leaf-hash", R"({"id":7,"data":"","comment":"the empty leaf"})"),
            answer("leaf-hash", R"({"data":""})"));
}

TEST(ConformanceLine, HasALimit) {
  const std::string head = R"({"data":"","x":")";
  const std::string longest = head + std::string(kLineBytesMax - head.size() - 2, 'x') + "\"}";
  EXPECT_EQ(outcome("leaf-hash", longest), "ok");
  EXPECT_EQ(outcome("leaf-hash", longest + " "), "error: too_large");
}

TEST(ConformanceLine, ListsHaveALimit) {
  std::string leaves = "\"\"";
  for (std::size_t i = 1; i < kListMax; ++i) leaves += ",\"\"";
  EXPECT_EQ(outcome("tree-root", R"({"leaves":[)" + leaves + "]}"), "ok");
  EXPECT_EQ(outcome("tree-root", R"({"leaves":[)" + leaves + ",\"\"]}"),
            "error: too_long at leaves");
}

TEST(ConformanceLine, NullIsAnEmptyList) {
  EXPECT_EQ(answer("tree-root", R"({"leaves":null})"), answer("tree-root", R"({"leaves":[]})"));
}

TEST(ConformanceLine, EveryOperationIsFoundByItsName) {
  for (const Operation& operation : operations()) {
    EXPECT_EQ(find_operation(operation.name), &operation);
    EXPECT_EQ(outcome(operation.name, "{}").substr(0, 24), "error: missing_field at ")
        << operation.name;
  }
  EXPECT_EQ(find_operation("no-such"), nullptr);
  EXPECT_EQ(find_operation(""), nullptr);
}

}  // namespace
}  // namespace gateway::conformance::tests
