#include "engine/gate/limits.h"

#include "tests/engine/gate/gate_book.h"
#include "tests/engine/gate/ruled.h"

namespace engine::gate {
namespace {

using tests::client_id;

// A manager of London, where the book is too, with the first pack.
struct LimitedBook {
  LimitedBook() {
    state.genesis.profile = "fca";
    state.managers[manager] = {manager, "GB"};
    const auto decision = tests::id<core::DecisionId>(1);
    state.decisions[decision] = {decision,       manager, Model::Mam, Jurisdiction::Fca,
                                 Verdict::Allow, {0},     {1},        {}};
    state.decision_order.push_back(decision);
    tests::decide_by_rules(state, GateModel::Mam);
  }
  core::PartyId add(std::uint64_t number, ClientCategory category, const std::string& residence) {
    state.clients[client_id(number)] = {client_id(number), category, residence};
    return client_id(number);
  }

  core::PartyId manager = client_id(800);
  State state;
};

TEST(ClientLimits, AreThoseOfTheClientsOwnCategory) {
  LimitedBook book;
  const auto retail = book.add(1, ClientCategory::Retail, "GB");
  const auto professional = book.add(2, ClientCategory::Professional, "GB");
  ClientLimits limits(book.state, book.state.decision_order.back());
  ASSERT_NE(limits.of(retail), nullptr);
  EXPECT_EQ(limits.of(retail)->name, "uk_retail");
  EXPECT_EQ(limits.of(professional), nullptr);
}

TEST(ClientLimits, AreTheStrictestOfTheThreeLegs) {
  LimitedBook book;
  const auto london = book.add(1, ClientCategory::Retail, "GB");
  const auto nicosia = book.add(2, ClientCategory::Retail, "CY");
  book.state.managers.at(book.manager).home = "CY";
  book.state.genesis.profile = "cysec";
  ClientLimits limits(book.state, book.state.decision_order.back());
  EXPECT_EQ(leverage_of(*limits.of(nicosia), "crypto"), 2u);
  EXPECT_EQ(leverage_of(*limits.of(london), "crypto"), 0u);
}

TEST(ClientLimits, AreNoneWhereNobodyAskedTheRules) {
  LimitedBook book;
  const auto retail = book.add(1, ClientCategory::Retail, "GB");
  EXPECT_EQ(ClientLimits(book.state, std::nullopt).of(retail), nullptr);
  EXPECT_EQ(ClientLimits(book.state, tests::id<core::DecisionId>(2)).of(retail), nullptr);
}

// As records bring it in.
TEST_F(GateOfABook, KnowsTheNewestDecisionByTheRulesOfEachModel) {
  ASSERT_EQ(decide_now(1), "done");
  ASSERT_EQ(decide_now(2), "done");
  const auto& newest = book.state.gate->by_model.at(manager);
  ASSERT_EQ(newest.size(), 1u);
  EXPECT_EQ(newest.at(GateModel::Mam), tests::id<core::DecisionId>(2));
  book.state.clients[client_id(5)] = {client_id(5), ClientCategory::Retail, "GB"};
  EXPECT_TRUE(Inducements(book.state, manager, {}, book.now).banned(client_id(5)));
  // For professional clients, whom alone it asked for, nothing is banned.
  EXPECT_FALSE(Inducements(book.state, manager, {}, book.now).banned_for_some());
}

TEST(LeverageOf, AClassThatIsNotNamedHasTheLeast) {
  ProductLimits limits;
  EXPECT_EQ(leverage_of(limits, "fx_major"), std::nullopt);
  limits.leverage_max = {{"fx_major", 30}, {"equity", 5}};
  EXPECT_EQ(leverage_of(limits, "fx_major"), 30u);
  EXPECT_EQ(leverage_of(limits, "weather"), 5u);
}

TEST(Inducements, AreBannedForRetailClientsByTheNewestDecision) {
  LimitedBook book;
  const auto retail = book.add(1, ClientCategory::Retail, "GB");
  const auto professional = book.add(2, ClientCategory::Professional, "GB");
  const core::Instant now = tests::at("2026-11-26T12:00:00Z");
  EXPECT_TRUE(Inducements(book.state, book.manager, Model::Mam, now).banned(retail));
  EXPECT_TRUE(Inducements(book.state, book.manager, {}, now).banned(retail));
  EXPECT_FALSE(Inducements(book.state, book.manager, Model::Mam, now).banned(professional));
  EXPECT_FALSE(Inducements(book.state, book.manager, Model::Pamm, now).banned(retail));
  EXPECT_FALSE(Inducements(book.state, client_id(801), {}, now).banned(retail));
}

}  // namespace
}  // namespace engine::gate
