// Block orders as they are saved beside the book.

#include <gtest/gtest.h>

#include "tests/engine/mam/group.h"

namespace engine::mam {
namespace {

TEST(BlockOrders, SavedAndReadTheyDecideTheSame) {
  Group group;
  group.add_contract("0.01", "0.02");
  for (const std::uint64_t number : {1u, 2u, 3u}) {
    group.add_account(number, static_cast<std::int64_t>(100 * number));
  }
  Participation own;
  own.own_account = AccountOwner::Manager;
  own.max_lots = tests::decimal("0.3");
  ASSERT_EQ(group.set(3, own), "done");
  ASSERT_EQ(group.accept(1, "0.6"), "done");
  ASSERT_EQ(group.fill(1, "a", "0.25"), "done");
  ASSERT_EQ(group.amend(1, "a", "0.24"), "done");
  ASSERT_EQ(group.reject(1, 2), "done");

  const core::Bytes saved = core::to_cbor(*group.state.blocks);
  const auto read = core::from_cbor<BlockOrders>(saved);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(core::to_cbor(read.value()), saved);

  const RecordFill fill{tests::id<core::OrderId>(1), "b", tests::decimal("0.2"),
                        tests::decimal("1.2"), true};
  const auto before = decide(group.context(), fill);
  *group.state.blocks = read.value();
  const auto after = decide(group.context(), fill);
  ASSERT_TRUE(before.has_value());
  ASSERT_EQ(before.value().size(), after.value().size());
  for (std::size_t i = 0; i < before.value().size(); ++i) {
    EXPECT_EQ(before.value()[i].body, after.value()[i].body);
  }
}

}  // namespace
}  // namespace engine::mam
