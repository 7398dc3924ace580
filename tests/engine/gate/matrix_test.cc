// Every cell of the first pack, with facts that satisfy it in every way it names, and with each of
// those facts taken away.

#include "tests/engine/gate/gate_world.h"
#include "tests/support/seeds.h"

namespace engine::gate {
namespace {

using tests::GateWorld;
using tests::Needs;

Verdict best(CellVerdict verdict) {
  if (verdict == CellVerdict::AllowIf) return Verdict::Allow;
  return verdict == CellVerdict::Counsel ? Verdict::Counsel : Verdict::Block;
}

// The strictest of the legs that are about this cell.
Verdict of_cell(const GateAnswer& answer, const RuleCell& cell) {
  Verdict out = Verdict::Allow;
  for (const LegVerdict& leg : answer.legs) {
    if (leg.cell == cell.id) out = std::max(out, leg.verdict);
  }
  return out;
}

struct Brought {
  FactNeed need;
  Holder own = Holder::Manager;
};

std::vector<Brought> brought(const Needs& manager, const Needs& broker) {
  std::vector<Brought> out;
  for (const FactNeed& need : manager) out.push_back({need, Holder::Manager});
  for (const FactNeed& need : broker) out.push_back({need, Holder::Broker});
  return out;
}

// Whose fact it is, so that two that are the same are taken away together.
bool same(const Brought& a, const Brought& b) {
  const auto holder = [](const Brought& one) {
    const Holder named = one.need.holder.value_or(Holder::Own);
    return named == Holder::Own ? one.own : named;
  };
  return holder(a) == holder(b) && a.need.fact == b.need.fact &&
         core::to_cbor(tests::fact_for(a.need, "")) == core::to_cbor(tests::fact_for(b.need, ""));
}

GateAnswer ask(const RuleCell& cell, const std::vector<Brought>& all, const Brought* without) {
  GateWorld world(cell);
  for (const Brought& one : all) {
    if (without == nullptr || !same(one, *without)) world.bring(one.need, one.own);
  }
  return world.answer();
}

void try_way(const RuleCell& cell, const std::vector<Brought>& all) {
  const GateAnswer full = ask(cell, all, nullptr);
  EXPECT_EQ(of_cell(full, cell), best(cell.verdict)) << GateWorld::said(full);
  for (const Brought& one : all) {
    const GateAnswer lacking = ask(cell, all, &one);
    SCOPED_TRACE("without " + one.need.fact);
    EXPECT_EQ(of_cell(lacking, cell), std::max(best(cell.verdict), Verdict::Refer));
    EXPECT_TRUE(std::ranges::any_of(lacking.reasons, [&](const GateReason& reason) {
      return reason.verdict == Verdict::Refer && reason.fact == one.need.fact &&
             reason.cell == cell.id && !reason.sources.empty();
    })) << GateWorld::said(lacking);
  }
}

TEST(Matrix, TheFirstPackHasAllCells) {
  const RulePack& pack = tests::first_pack();
  EXPECT_TRUE(check_pack(pack).has_value()) << tests::outcome(check_pack(pack));
  EXPECT_EQ(pack.cells.size(), 60u);
  EXPECT_EQ(std::ranges::count(pack.cells, CellVerdict::AllowIf, &RuleCell::verdict), 41);
  EXPECT_EQ(std::ranges::count(pack.cells, CellVerdict::Counsel, &RuleCell::verdict), 16);
  EXPECT_EQ(std::ranges::count(pack.cells, CellVerdict::Block, &RuleCell::verdict), 3);
  // It must fit into a record, and its command into another.
  EXPECT_LT(core::to_cbor(pack).size(), 60'000u);
}

TEST(Matrix, EveryCellIsMetByItsFactsAndByNoneLess) {
  const RulePack& pack = tests::first_pack();
  for (const RuleCell& cell : pack.cells) {
    SCOPED_TRACE(cell.id);
    const auto managers = tests::ways(pack, cell.manager_requires);
    const auto brokers = tests::ways(pack, cell.broker_requires);
    for (const Needs& manager : managers) try_way(cell, brought(manager, brokers.front()));
    for (const Needs& broker : brokers) try_way(cell, brought(managers.front(), broker));
  }
}

TEST(Matrix, ACellThatNobodySignedIsForCounsel) {
  const RulePack& pack = tests::first_pack();
  for (const RuleCell& cell : pack.cells) {
    if (cell.verdict != CellVerdict::AllowIf) continue;
    SCOPED_TRACE(cell.id);
    GateWorld world(cell);
    const auto managers = tests::ways(pack, cell.manager_requires);
    const auto brokers = tests::ways(pack, cell.broker_requires);
    for (const Brought& one : brought(managers.front(), brokers.front())) {
      world.bring(one.need, one.own);
    }
    world.known.signed_off.erase(cell.id);
    EXPECT_EQ(of_cell(world.answer(), cell), Verdict::Counsel);
    world.known.signed_off[cell.id] = tests::day("2026-11-25");
    EXPECT_EQ(of_cell(world.answer(), cell), Verdict::Counsel);
    world.known.signed_off[cell.id] = tests::day("2026-11-26");
    EXPECT_EQ(of_cell(world.answer(), cell), Verdict::Allow);
  }
}

// What may befall one piece of evidence.
void spoil(HeldEvidence& held, std::uint64_t how) {
  Evidence& evidence = held.evidence;
  switch (how % 6) {
    case 0:
      evidence.coverage = Coverage::Partial;
      return;
    case 1:
      evidence.asked = Asked::CouldNotAsk;
      return;
    case 2:
      evidence.asked = Asked::NotFound;
      return;
    case 3:
      evidence.answered_at = tests::at("2020-01-01T00:00:00Z");
      return;
    case 4:
      evidence.expires = tests::day("2026-11-25");
      return;
    default:
      evidence.facts.front().residue = "and hedging only";
  }
}

TEST(GateProperty, TheStrictestLegCountsAndSpoiltEvidenceNeverAllows) {
  const RulePack& pack = tests::first_pack();
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    const RuleCell& cell = pack.cells[seed * 7 % pack.cells.size()];
    GateWorld world(cell);
    const auto managers = tests::ways(pack, cell.manager_requires);
    const auto brokers = tests::ways(pack, cell.broker_requires);
    for (const Brought& one :
         brought(managers[seed % managers.size()], brokers[seed / 3 % brokers.size()])) {
      world.bring(one.need, one.own);
    }
    auto& all = seed % 2 == 0 ? world.known.of_manager : world.known.of_firm;
    if (!all.empty()) spoil(all[seed / 5 % all.size()], seed);
    const GateAnswer answer = world.answer();
    Verdict strictest = Verdict::Allow;
    for (const LegVerdict& leg : answer.legs) strictest = std::max(strictest, leg.verdict);
    EXPECT_EQ(answer.verdict, strictest);
    if (!all.empty()) {
      EXPECT_NE(answer.verdict, Verdict::Allow) << GateWorld::said(answer);
    }
    EXPECT_EQ(core::to_cbor(answer), core::to_cbor(world.answer()));
  }
}

}  // namespace
}  // namespace engine::gate
