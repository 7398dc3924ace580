// The rollover as a whole, an investor's part of the result, and what the result comes from.

#include "core/amount.h"
#include "engine/accounts.h"
#include "engine/pamm_commands.h"
#include "ledger/bodies.h"
#include "reports/explain/kinds.h"
#include "reports/explain/pool.h"

namespace reports::explain {
namespace {

namespace accounts = engine::accounts;

// An exact share, and whether a part is it to within the smallest unit: which of two neighbours it
// is, the remainders of all decide.
struct Share {
  std::string exact;
  bool within = false;
};
core::Result<Share> share_of(const Calculation& calculation, core::Minor total, core::Minor weight,
                             core::Minor weights, core::Minor part) {
  if (weights == 0) return Share{calculation.money(0), part == 0};
  TRY(const auto floor, core::multiply_divide(total, weight, weights, core::Rounding::Floor));
  TRY(const auto ceiling, core::multiply_divide(total, weight, weights, core::Rounding::Ceiling));
  return Share{floor == ceiling
                   ? calculation.money(floor) + " exactly"
                   : "between " + calculation.money(floor) + " and " + calculation.money(ceiling),
               part == floor || part == ceiling};
}

}  // namespace

core::Result<> explain_result(Calculation& calculation) {
  TRY(const auto body, body_of<engine::ResultAttributed>(calculation));
  TRY(const auto terms, find_terms(calculation, body.structure));
  TRY(const auto rollovers, find_rollovers(calculation, body.structure));
  TRY(const Investor investor,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  TRY(rest_on_valuation(calculation, body.structure));
  TRY(rest_on_mandate(calculation, body.structure, body.client));
  const core::Minor result = body.entitlement_after - body.entitlement_before;
  calculation.set_title("an investor's part of the result, " + calculation.money(result));
  calculation.check_money("entitlement before", "settled + floating of the investor in the books",
                          investor.entitlement, body.entitlement_before);
  const core::Minor equity = rollovers.current.body.equity_before;
  const core::Minor units = rollovers.current.body.units_before;
  TRY(const Share share,
      share_of(calculation, equity, investor.units, units, body.entitlement_after));
  calculation.require(share.within, "entitlement after",
                      calculation.money(equity) + " x " + Calculation::units(investor.units) +
                          " / " + Calculation::units(units) + " units, " + share.exact + ": " +
                          calculation.money(body.entitlement_after) +
                          ", by the largest remainders of all",
                      calculation.money(body.entitlement_after));
  calculation.given("floating part, his share of the change by units",
                    calculation.money(body.floating));
  calculation.check_money("settled part",
                          calculation.money(body.entitlement_after) + " - " +
                              calculation.money(body.entitlement_before) + " - " +
                              calculation.money(body.floating),
                          result - body.floating, body.settled);
  calculation.check_money(
      "settled, as posted", "the posting of row 12",
      -calculation.posted(accounts::settled(body.structure, body.client), calculation.currency()),
      body.settled);
  calculation.check_money(
      "floating, as posted", "the posting of row 13",
      -calculation.posted(accounts::floating(body.structure, body.client), calculation.currency()),
      body.floating);
  return core::ok();
}

core::Result<> explain_rebased(Calculation& calculation) {
  TRY(const auto body, body_of<engine::FloatingRebased>(calculation));
  TRY(const auto terms, find_terms(calculation, body.structure));
  calculation.set_title("floating results split anew after the flows");
  calculation.check_money(
      "from settled to floating", "the posting of row 18a",
      -calculation.posted(accounts::floating(body.structure, body.client), calculation.currency()),
      body.moved);
  calculation.check_money(
      "entitlement", "what leaves one comes to the other",
      calculation.posted(accounts::settled(body.structure, body.client), calculation.currency()),
      body.moved);
  return core::ok();
}

namespace {

// Whether the rollover stands alone in its batch, so that the books before the batch are those that
// it was decided on.
core::Result<bool> stands_alone(Calculation& calculation) {
  bool alone = false;
  TRY(calculation.sources().record(calculation.record().batch.first_seq,
                                   [&](const ledger::RecordView& record) -> core::Result<> {
                                     TRY(const auto key, ledger::read_command_key(record.body));
                                     alone = key.type == engine::Rollover::kType;
                                     return core::ok();
                                   }));
  return alone;
}

core::Result<> check_opening(Calculation& calculation, const engine::RolloverCompleted& body,
                             const Terms& terms) {
  TRY(const bool alone, stands_alone(calculation));
  if (!alone) {
    calculation.given("units before", Calculation::units(body.units_before));
    calculation.given("closed results since the last rollover", calculation.money(body.result));
    return core::ok();
  }
  const std::uint64_t before = calculation.record().batch.first_seq - 1;
  TRY(const auto units, calculation.sources().balance_at(accounts::units_issued(body.structure),
                                                         terms.unit_code, before));
  TRY(const auto waiting, calculation.sources().balance_at(accounts::undistributed(body.structure),
                                                           calculation.currency(), before));
  calculation.check_units("units before", "issued, in the books", -units, body.units_before);
  calculation.check_money("closed results since the last rollover", "undistributed, in the books",
                          -waiting, body.result);
  return core::ok();
}

}  // namespace

core::Result<> explain_rollover(Calculation& calculation) {
  TRY(const auto body, body_of<engine::RolloverCompleted>(calculation));
  TRY(const auto terms, find_terms(calculation, body.structure));
  TRY(const auto rollovers, find_rollovers(calculation, body.structure));
  TRY(const auto valued, rest_on_valuation(calculation, body.structure));
  calculation.set_title("rollover " + std::to_string(body.rollover) + ", trade date " +
                        core::to_string(body.trade_date));
  calculation.check("rollover", "one after the last",
                    std::to_string(rollovers.last ? rollovers.last->body.rollover + 1 : 1),
                    std::to_string(body.rollover));
  if (body.units_before != 0 && valued) {
    calculation.check_money("equity before", "the valuation", valued->equity, body.equity_before);
  }
  TRY(check_opening(calculation, body, terms));
  calculation.given("price", body.units_before == 0
                                 ? "at par: nobody held units"
                                 : print_price(calculation, body.equity_before, body.units_before));
  calculation.check_money(
      "equity after",
      calculation.money(body.equity_before) + " - " + calculation.money(body.fees) + " of fees - " +
          calculation.money(body.redeemed) + " redeemed + " + calculation.money(body.subscribed) +
          " subscribed",
      body.equity_before - body.fees - body.redeemed + body.subscribed, body.equity_after);
  // The completion posts nothing: what its rollover did to the units stands in the records before
  // it.
  TRY(const auto units_after,
      calculation.sources().balance_at(accounts::units_issued(body.structure), terms.unit_code,
                                       calculation.seq()));
  calculation.check_units("units after", "issued, in the books", -units_after, body.units_after);
  return core::ok();
}

core::Result<> explain_deal(Calculation& calculation) {
  TRY(const auto body, body_of<engine::DealRecorded>(calculation));
  TRY(const auto terms, find_terms(calculation, body.deal.structure));
  const auto& deal = body.deal;
  calculation.set_title("a closed deal, ticket " + deal.ticket);
  const unsigned scale = core::commodity(calculation.currency()).value().scale;
  core::Minor sum = 0;
  std::string how;
  for (const auto& [name, part] : {std::pair<const char*, core::Decimal>{"profit", deal.profit},
                                   {"swap", deal.swap},
                                   {"commission", deal.commission},
                                   {"taxes", deal.taxes}}) {
    TRY(const auto amount, core::to_minor(part, scale));
    sum += amount;
    how += (how.empty() ? "" : " + ") + std::string(name) + " " + calculation.money(amount);
  }
  calculation.check_money("result", how, sum, body.result);
  calculation.check_money(
      "to be distributed", "the posting of row 11",
      -calculation.posted(accounts::undistributed(deal.structure), calculation.currency()),
      body.result);
  return core::ok();
}

core::Result<> explain_valuation(Calculation& calculation) {
  TRY(const auto body, body_of<engine::PoolValued>(calculation));
  TRY(const auto terms, find_terms(calculation, body.structure));
  calculation.set_title("the pool's equity, " + calculation.money(body.equity));
  calculation.given("equity", calculation.money(body.equity));
  if (body.balance) calculation.given("balance", calculation.money(*body.balance));
  if (body.floating) calculation.given("floating", calculation.money(*body.floating));
  if (body.source) {
    calculation.given("from", "row " + std::to_string(body.source->row) + " of file " +
                                  core::to_hex(body.source->document.bytes));
  }
  return core::ok();
}

}  // namespace reports::explain
