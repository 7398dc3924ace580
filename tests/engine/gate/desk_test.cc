#include "engine/gate/desk.h"

#include "engine/gate/cases.h"
#include "engine/gate/decide.h"
#include "engine/gate/wind_down.h"
#include "tests/engine/gate/gate_world.h"

namespace engine::gate {
namespace {

using tests::client_id;
using tests::day;

core::Instant hours_after(core::Instant from, std::int64_t hours) {
  return core::Instant{from.micros + hours * 3'600'000'000};
}

// A book with a manager and a client, and what stands against the first.
class Desk : public testing::Test {
 protected:
  Desk()
      : book([](State& state, const ledger::RecordView& record) {
          return tests::apply_one_of<BreachLogged, BreachClosed, ComplaintRecorded,
                                     ComplaintAnswered, AuthorisationDecided, ManagerSuspended,
                                     SuspensionLifted, DecisionAppealed, WindDownSet,
                                     WindDownBegun>(
              state, record, [](State& s, const auto& body, const ledger::RecordView& r) {
                gate::apply(s, body, r);
                return core::ok();
              });
        }) {
    book.state.managers[manager] = {manager, "CY"};
    book.state.clients[client] = {client, ClientCategory::Retail, "CY"};
  }
  template <class Command>
  std::string give(const Command& command) {
    return book.commit(decide(book.context(), command));
  }
  std::string complain(std::uint64_t number, std::optional<core::Date> due = {}) {
    return give(RecordComplaint{tests::id<ComplaintId>(number), client, manager, {}, due});
  }
  std::string breach(std::uint64_t number, std::optional<core::Date> due = {}) {
    return give(LogBreach{manager, "late_file", {}, due, tests::id<BreachId>(number)});
  }
  std::string close(std::uint64_t number) {
    return give(CloseBreach{tests::id<BreachId>(number), {}, {}});
  }
  // "complaint breach", in order.
  std::string open() const {
    std::string out;
    for (const DeskItem& one : desk(*book.state.gate, book.now)) {
      out += (out.empty() ? "" : " ") + std::string(name_of(one.of));
    }
    return out;
  }
  // A decision by the rules, as a record would bring it in.
  void decided(std::uint64_t number, std::optional<core::DecisionId> appeal_of = {}) {
    AuthorisationDecided body;
    body.decision = tests::id<core::DecisionId>(number);
    body.question.manager = manager;
    body.appeal_of = appeal_of;
    ledger::RecordView record{};
    record.seq = number;
    gate::apply(book.state, body, record);
  }

  core::PartyId manager = client_id(1);
  core::PartyId client = client_id(2);
  tests::EngineBook book;
};

TEST_F(Desk, WhatIsDueFirstComesFirst) {
  ASSERT_EQ(complain(1), "done");
  ASSERT_EQ(breach(1, day("2026-12-20")), "done");
  ASSERT_EQ(complain(2, day("2026-12-10")), "done");
  const auto items = desk(*book.state.gate, book.now);
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].id, tests::id<ComplaintId>(2).hex());
  EXPECT_EQ(items[0].client, client);
  EXPECT_EQ(items[1].of, DeskOf::Breach);
  EXPECT_EQ(items[1].what, "late_file");
  EXPECT_EQ(items[1].next, "close_breach");
  EXPECT_FALSE(items[2].due.has_value());
}

TEST_F(Desk, AnAnsweredComplaintIsGone) {
  ASSERT_EQ(complain(1), "done");
  ASSERT_EQ(give(AnswerComplaint{tests::id<ComplaintId>(1), false, {}}), "done");
  EXPECT_EQ(open(), "");
}

TEST_F(Desk, ABreachIsClosedOnce) {
  EXPECT_EQ(close(1), "NotFound/unknown_breach");
  ASSERT_EQ(breach(1), "done");
  EXPECT_EQ(breach(1), "Conflict/exists");
  EXPECT_EQ(give(CloseBreach{}), "InvalidInput/missing_field");
  EXPECT_EQ(give(CloseBreach{tests::id<BreachId>(1), 1, {}}), "InvalidInput/missing_field");
  ASSERT_EQ(close(1), "done");
  EXPECT_EQ(close(1), "Conflict/exists");
  EXPECT_EQ(open(), "");
  EXPECT_EQ(book.state.gate->breaches.size(), 1u);  // The log keeps it.
}

TEST_F(Desk, ABreachWithoutAnIdIsClosedByItsLine) {
  ASSERT_EQ(give(LogBreach{manager, "late_file", {}, {}, {}}), "done");
  const std::uint64_t line = book.state.gate->breaches.begin()->first;
  EXPECT_EQ(desk(*book.state.gate, book.now).at(0).id, std::to_string(line));
  EXPECT_EQ(give(CloseBreach{{}, line + 1, {}}), "NotFound/unknown_breach");
  EXPECT_EQ(give(CloseBreach{{}, line, {}}), "done");
  EXPECT_EQ(open(), "");
}

// Looking through all of 100,000 lines for each would take minutes.
TEST_F(Desk, OfManyBreachesEachIsFoundByItsId) {
  constexpr std::uint64_t kMany = 100'000;
  ledger::RecordView record{};
  for (std::uint64_t i = 1; i <= kMany; ++i) {
    record.seq = 2 * i;
    const auto id = tests::id<BreachId>(kMany - i);
    gate::apply(book.state, BreachLogged{{manager, "late_file", {}, {}, id}}, record);
  }
  record.seq += 2;
  gate::apply(book.state, BreachLogged{{manager, "late_file", {}, {}, {}}}, record);
  for (std::uint64_t i = 1; i <= kMany; ++i) {
    const auto* line = find_breach(*book.state.gate, tests::id<BreachId>(kMany - i));
    ASSERT_TRUE(line != nullptr && line->first == 2 * i) << i;
  }
  EXPECT_EQ(find_breach(*book.state.gate, tests::id<BreachId>(kMany)), nullptr);
  EXPECT_EQ(breach(7), "Conflict/exists");
}

TEST_F(Desk, AnAppealStandsUntilADecisionHearsIt) {
  decided(1);
  EXPECT_EQ(open(), "");
  ASSERT_EQ(give(AppealDecision{tests::id<core::DecisionId>(1), {}}), "done");
  EXPECT_EQ(open(), "appeal");
  decided(2);
  EXPECT_EQ(open(), "appeal");
  decided(3, tests::id<core::DecisionId>(1));
  EXPECT_EQ(open(), "");
}

TEST_F(Desk, ASuspensionStandsUntilItIsLifted) {
  ASSERT_EQ(give(SuspendManager{manager, {}}), "done");
  EXPECT_EQ(open(), "suspension");
  EXPECT_EQ(desk(*book.state.gate, book.now).at(0).manager, manager);
  ASSERT_EQ(give(LiftSuspension{manager, {}}), "done");
  EXPECT_EQ(open(), "");
}

TEST_F(Desk, AfterSomeHoursTheFirmsOwnDeskWindsDown) {
  const auto begin = [&] { return give(BeginWindDown{manager, {}}); };
  EXPECT_EQ(begin(), "Conflict/not_suspended");
  ASSERT_EQ(give(SuspendManager{manager, {}}), "done");
  const core::Instant suspended = book.now;
  EXPECT_EQ(begin(), "Conflict/too_early");
  DeskItem item = desk(*book.state.gate, book.now).at(0);
  EXPECT_EQ(item.next, "lift_suspension");
  EXPECT_EQ(item.due, core::utc_date(hours_after(suspended, kWindDownHours)));

  book.now = core::Instant{hours_after(suspended, kWindDownHours).micros - 1};
  EXPECT_EQ(begin(), "Conflict/too_early");
  book.now = hours_after(suspended, kWindDownHours);
  EXPECT_EQ(desk(*book.state.gate, book.now).at(0).next, "begin_wind_down");
  ASSERT_EQ(begin(), "done");
  EXPECT_EQ(begin(), "Conflict/exists");
  item = desk(*book.state.gate, book.now).at(0);
  EXPECT_EQ(item.what, "winding_down");
  EXPECT_EQ(item.next, "lift_suspension");
  EXPECT_FALSE(item.due.has_value());

  ASSERT_EQ(give(LiftSuspension{manager, {}}), "done");
  EXPECT_TRUE(book.state.gate->winding_down.empty());
}

TEST_F(Desk, TheFirmSetsTheHours) {
  EXPECT_EQ(give(SetWindDown{366 * 24 + 1}), "InvalidInput/hours_range");
  ASSERT_EQ(give(SuspendManager{manager, {}}), "done");
  const core::Instant suspended = book.now;
  ASSERT_EQ(give(SetWindDown{2}), "done");
  book.now = core::Instant{hours_after(suspended, 2).micros - 1};
  EXPECT_EQ(give(BeginWindDown{manager, {}}), "Conflict/too_early");
  book.now = hours_after(suspended, 2);
  EXPECT_EQ(give(BeginWindDown{manager, {}}), "done");
}

}  // namespace
}  // namespace engine::gate
