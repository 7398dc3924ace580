#include "gateway/service/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/files.h"
#include "engine/gate/pack.h"
#include "engine/gate_state.h"
#include "gateway/service/gate_cells.h"
#include "tests/support/engine_fixture.h"

namespace gateway::service {
namespace {

using core::json::Value;
using testing::HasSubstr;

const engine::RulePack& first_pack() {
  static const engine::RulePack pack =
      read_rule_pack(core::read_file("jurisdictions/rule_packs/2026-11-22.json").value()).value();
  return pack;
}

core::Instant noon() { return core::parse_instant("2026-11-26T12:00:00Z").value(); }

// A book of the first pack with a manager and a client, without evidence.
engine::State gate_state() {
  engine::State state;
  state.genesis.profile = "cysec";
  state.managers[tests::client_id(1)] = {tests::client_id(1), "CY"};
  state.clients[tests::client_id(2)] = {tests::client_id(2), engine::ClientCategory::Retail, "CY"};
  state.gate->packs.push_back({engine::gate::hash_of(first_pack()), first_pack(), {0}});
  return state;
}

engine::GateQuestion question_on(std::uint64_t manager) {
  engine::GateQuestion out;
  out.manager = tests::client_id(manager);
  out.model = engine::GateModel::Mam;
  out.categories = {engine::ClientCategory::Professional};
  out.residences = {"CY"};
  out.instruments = {engine::GateInstrument::Cfd};
  return out;
}

TEST(GateCheck, SaysWhatADecisionWould) {
  const auto answer = gate_check(gate_state(), question_on(1), noon());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer.value().text("verdict"), "counsel");
  EXPECT_EQ(tests::outcome(gate_check(gate_state(), question_on(2), noon())),
            "NotFound/unknown_manager");
  engine::GateQuestion nothing = question_on(1);
  nothing.categories.clear();
  EXPECT_EQ(tests::outcome(gate_check(gate_state(), nothing, noon())), "InvalidInput/question");
}

TEST(GateReplay, NeedsADecisionByTheRules) {
  EXPECT_EQ(tests::outcome(gate_replay(gate_state(), tests::id<core::DecisionId>(1), noon())),
            "NotFound/unknown_decision");
}

TEST(GateQueue, HasADeskWithWhoIsToDoWhat) {
  engine::State state = gate_state();
  state.gate->complaints[tests::id<engine::ComplaintId>(1)] = {
      {tests::id<engine::ComplaintId>(1),
       tests::client_id(2),
       tests::client_id(1),
       {},
       core::parse_date("2026-11-25").value()},
      noon(),
      false};
  const Value queue = gate_queue(state, noon());
  ASSERT_EQ(queue.find("desk")->as_array()->size(), 1u);
  const Value& one = queue.find("desk")->as_array()->front();
  EXPECT_EQ(one.text("of"), "complaint");
  EXPECT_EQ(one.text("from"), "compliance");
  EXPECT_EQ(one.text("client"), tests::client_id(2).hex());
  EXPECT_EQ(*one.find("overdue"), Value(true));
}

TEST(GateMandates, AreOfClients) {
  EXPECT_EQ(tests::outcome(gate_mandates(gate_state(), tests::client_id(1), noon())),
            "NotFound/unknown_client");
  EXPECT_TRUE(gate_mandates(gate_state(), tests::client_id(2), noon())
                  .value()
                  .find("mandates")
                  ->as_array()
                  ->empty());
}

TEST(ReadRulePack, RefusesWhatIsNotOne) {
  EXPECT_EQ(tests::outcome(read_rule_pack("{")), "InvalidInput/json");
  EXPECT_EQ(tests::outcome(read_rule_pack("{}")), "InvalidInput/missing_field");
}

TEST(CellForm, NamesAllThatTheCellRestsOn) {
  const auto form = cell_form(first_pack(), "EU_CYSEC.MAM.RETAIL");
  ASSERT_TRUE(form);
  const std::string text = core::json::print(form.value());
  for (const char* part : {"eu_retail", "SUITABILITY", "TIED_AGENT_AS_MANAGER",
                           "Portfolio management", "2014/65/EU", "sign_off_cell"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_EQ(*form.value().find("pack")->find("hash"),
            core::Codec<core::Hash>::to_json(engine::gate::hash_of(first_pack())));
}

TEST(CellForm, OfACellThatNoSignatureOpensSaysSo) {
  const auto form = cell_form(first_pack(), "EU_CYSEC.PAMM_POOLED.RETAIL");
  ASSERT_TRUE(form);
  EXPECT_THAT(std::string(form.value().text("sign")), HasSubstr("no signature"));
  EXPECT_EQ(tests::outcome(cell_form(first_pack(), "EU_CYSEC")), "NotFound/unknown_cell");
}

TEST(AdoptedCellForm, HasTheNewestSignature) {
  engine::State state = gate_state();
  const core::Hash hash = engine::gate::hash_of(first_pack());
  EXPECT_EQ(tests::outcome(adopted_cell_form(state, core::Hash{}, "EU_CYSEC.MAM.RETAIL")),
            "NotFound/unknown_pack");
  const auto sign = [&](std::uint64_t seq, const char* until) {
    engine::SignOffCell signature;
    signature.pack = hash;
    signature.cell = "EU_CYSEC.MAM.RETAIL";
    signature.counsel = tests::client_id(9);
    signature.valid_until = core::parse_date(until).value();
    state.gate->sign_offs.push_back({signature, noon(), seq});
  };
  sign(1, "2027-01-31");
  sign(2, "2027-06-30");
  const auto form = adopted_cell_form(state, hash, "EU_CYSEC.MAM.RETAIL");
  ASSERT_TRUE(form);
  EXPECT_EQ(form.value().find("signed")->text("valid_until"), "2027-06-30");
  const auto other = adopted_cell_form(state, hash, "EU_CYSEC.MAM.ECP");
  ASSERT_TRUE(other);
  EXPECT_EQ(other.value().find("signed"), nullptr);
}

}  // namespace
}  // namespace gateway::service
