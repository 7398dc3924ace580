// The rollover as a whole, an investor's part of the result, and what the result comes from.

#include "core/amount.h"
#include "engine/accounts.h"
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

// An imported pool may share its result by the positions as they were shared.
bool by_positions(const Terms& terms) {
  const auto sharing = terms.offer.terms.sharing.value_or(engine::PoolSharing::Units);
  return sharing == engine::PoolSharing::Reallocation || sharing == engine::PoolSharing::NoAction;
}

core::Result<> check_share(Calculation& calculation, const engine::ResultAttributed& body,
                           const Rollovers& rollovers, const Investor& investor) {
  TRY(const auto pool, find_terms(calculation, body.structure));
  if (by_positions(pool)) {
    calculation.given("entitlement after", calculation.money(body.entitlement_after) +
                                               ", by his part of the open positions");
    return core::ok();
  }
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
  return core::ok();
}

}  // namespace

core::Result<> explain_result(Calculation& calculation) {
  TRY(const auto body, body_of<engine::ResultAttributed>(calculation));
  TRY(const auto terms, find_terms_of(calculation, body.structure, body.client));
  TRY(const auto rollovers, find_rollovers(calculation, body.structure));
  TRY(const Investor investor,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  TRY(rest_on_valuation(calculation, body.structure));
  TRY(rest_on_mandate(calculation, body.structure, body.client));
  const core::Minor result = body.entitlement_after - body.entitlement_before;
  calculation.set_title("an investor's part of the result, " + calculation.money(result));
  calculation.check_money("entitlement before", "settled + floating of the investor in the books",
                          investor.entitlement, body.entitlement_before);
  TRY(check_share(calculation, body, rollovers, investor));
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
  const auto given = [&](const char* what, const std::optional<core::Minor>& amount) {
    if (amount) calculation.given(what, calculation.money(*amount));
  };
  given("credit of the broker, which is nobody's", body.credit);
  given("margin", body.margin);
  given("free margin", body.free_margin);
  if (body.open_positions) {
    calculation.given("open positions", std::to_string(*body.open_positions));
  }
  if (body.open_lots) calculation.given("open lots", core::to_string(*body.open_lots));
  if (!body.balance || !body.floating) return core::ok();
  TRY(const auto rounding, rounding_of(body));
  const auto tolerance = static_cast<core::Minor>(body.open_positions.value_or(0));
  calculation.given("differs from balance + floating + credit by", calculation.money(rounding));
  if (rounding > tolerance || rounding < -tolerance) {
    calculation.given("so that", "no rollover can be priced by it");
  }
  return core::ok();
}

}  // namespace reports::explain
