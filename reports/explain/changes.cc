// What happens to an investor beside fees and flows: his standing, marks, reserves, terms.

#include <algorithm>

#include "core/iso4217.h"
#include "core/rational.h"
#include "engine/accounts.h"
#include "engine/dealing_records.h"
#include "engine/fees/look_back.h"
#include "engine/fees/reserve.h"
#include "engine/offer_records.h"
#include "engine/sent_home_records.h"
#include "reports/explain/fee.h"
#include "reports/explain/kinds.h"
#include "reports/explain/offer_rules.h"

namespace reports::explain {
namespace {

namespace accounts = engine::accounts;
namespace fees = engine::fees;
using engine::InvestorStanding;

core::Result<std::optional<Found<InvestorStanding>>> standing_before(
    Calculation& calculation, const core::StructureId& structure, const core::PartyId& client) {
  TRY(auto found,
      find_body<InvestorStanding>(calculation.sources(), ledger::SubjectId(client.bytes),
                                  Direction::Before, calculation.seq(),
                                  [&](const auto& body) { return body.structure == structure; }));
  if (found) calculation.rests_on(found->seq, "his standing after an earlier rollover");
  return found;
}

// What was held of his fees after the last rollover and in this one.
core::Result<std::optional<std::vector<fees::Held>>> held_before(Calculation& calculation,
                                                                 const Rollovers& rollovers,
                                                                 const core::StructureId& structure,
                                                                 const core::PartyId& client) {
  using Out = std::optional<std::vector<fees::Held>>;
  TRY(const auto standing, standing_before(calculation, structure, client));
  if (!standing) return Out();
  std::vector<fees::Held> held;
  for (const auto& one : standing->body.investor.held) {
    held.push_back({static_cast<std::uint32_t>(one.period), one.amount});
  }
  const auto now = static_cast<std::uint32_t>(standing->body.investor.periods + 1);
  TRY(for_each_of_client<engine::FeeCharged>(
      calculation.sources(), client, rollover_begin(rollovers), calculation.seq(),
      [&](const auto& fee, const auto&) {
        for (const engine::FeeShare& share : fee.shares) {
          const bool his = fee.structure == structure && share.of == engine::FeeShareOf::Reserve;
          if (his) held.push_back({now, share.amount});
        }
      }));
  TRY(for_each_of_client<engine::FeeClawedBack>(
      calculation.sources(), client, rollover_begin(rollovers), calculation.seq(),
      [&](const auto& back, const auto&) {
        if (back.structure != structure) return;
        auto left = fees::clawed_back(held, back.rate, back.loss);
        if (left) held = std::move(left.value().held);
      }));
  // What was released in this rollover is gone, the oldest first.
  TRY(for_each_of_client<engine::FeeReleased>(calculation.sources(), client,
                                              rollover_begin(rollovers), calculation.seq(),
                                              [&](const auto& released, const auto&) {
                                                if (released.structure != structure) return;
                                                core::Minor amount = released.amount;
                                                while (amount > 0 && !held.empty()) {
                                                  amount -= held.front().amount;
                                                  held.erase(held.begin());
                                                }
                                              }));
  return Out(std::move(held));
}

// What he had before his period's performance fees of this rollover.
core::Result<core::Minor> entitlement_at_period_end(Calculation& calculation,
                                                    const Rollovers& rollovers, const Terms& terms,
                                                    const core::StructureId& structure,
                                                    const core::PartyId& client) {
  TRY(const Investor now,
      investor_at(calculation, terms, structure, client, calculation.seq() - 1));
  core::Minor entitlement = now.entitlement;
  TRY(for_each_of_client<engine::FeeCharged>(
      calculation.sources(), client, rollover_begin(rollovers), calculation.seq(),
      [&](const auto& fee, const auto&) {
        const bool his =
            fee.structure == structure && fee.fee == engine::FeeKind::Performance && !fee.withdrawn;
        if (his) entitlement += taken_by(fee);
      }));
  return entitlement;
}

// Whether it is of money that was kept out and went home, outside of a rollover: then all that is
// held is released, if he holds nothing.
core::Result<bool> released_at_home(Calculation& calculation, const engine::FeeReleased& body) {
  TRY(const auto home,
      find_body<engine::TransferSentHome>(
          calculation.sources(), ledger::SubjectId(body.client.bytes), Direction::Before,
          calculation.seq(), [&](const auto& one) { return one.structure == body.structure; }));
  if (!home || home->seq + 1 != calculation.seq()) return false;
  calculation.rests_on(home->seq, "his money on its way in, which went home");
  TRY(const auto standing, standing_before(calculation, body.structure, body.client));
  core::Minor held = 0;
  if (standing) {
    for (const engine::HeldFee& one : standing->body.investor.held) {
      TRY(held, core::add(held, one.amount));
    }
  }
  calculation.check_money("released", "all that is held: he has nothing in the pool", held,
                          body.amount);
  return true;
}

void check_to_manager(Calculation& calculation, const Terms& terms, core::Minor amount) {
  calculation.check_money(
      "to the manager", "the posting",
      -calculation.posted(accounts::manager_fees(terms.structure.structure.manager),
                          calculation.currency()),
      amount);
}

}  // namespace

core::Result<> explain_standing(Calculation& calculation) {
  TRY(const auto body, body_of<InvestorStanding>(calculation));
  TRY(const auto terms, find_terms_of(calculation, body.structure, body.client));
  TRY(const Investor investor,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq()));
  const engine::Investor& standing = body.investor;
  calculation.set_title("an investor's standing, which the next rollover goes on from");
  TRY(const auto offer, offer_in_force(calculation, body.structure, body.client));
  if (offer) {
    calculation.check("offer", "the one that is in force for him", offer->hex(),
                      standing.offer.hex());
  }
  calculation.check_money("entitlement", "settled + floating of the investor in the books",
                          investor.entitlement, standing.opening);
  if (standing.joined) calculation.given("holds units since", core::to_string(*standing.joined));
  const auto accrual = [&](const char* what, const engine::RunningFee& running) {
    if (running.accrued.numerator == 0) return;
    calculation.given(what,
                      calculation.exact(running.accrued.numerator, running.accrued.denominator) +
                          ", of it charged " + calculation.money(running.charged));
  };
  accrual("management fee accrued", standing.management);
  accrual("subscription fee accrued", standing.subscription);
  if (standing.hurdle.numerator != 0) {
    calculation.given("hurdle so far",
                      calculation.exact(standing.hurdle.numerator, standing.hurdle.denominator));
  }
  calculation.given("periods ended", std::to_string(standing.periods));
  if (standing.period_ended) {
    calculation.given("the last on", core::to_string(*standing.period_ended));
  }
  calculation.given("entitlement then, with the flows since",
                    calculation.money(standing.period_base));
  for (const auto& loss : standing.losses) {
    calculation.given("loss of period " + std::to_string(loss.period),
                      calculation.money(loss.amount));
  }
  for (const auto& held : standing.held) {
    calculation.given("held of the fees of period " + std::to_string(held.period),
                      calculation.money(held.amount));
  }
  if (standing.year.year != 0) {
    calculation.given("fees of " + std::to_string(standing.year.year),
                      calculation.money(standing.year.charged) + " on a capital of " +
                          calculation.money(standing.year.capital));
  }
  if (standing.lots.empty()) return core::ok();
  core::Minor units = 0;
  core::Minor mark = 0;
  for (const engine::Lot& lot : standing.lots) {
    units += lot.units;
    mark += lot.mark;
    calculation.given(
        "lot " + std::to_string(lot.number),
        Calculation::units(lot.units) + " units, mark " + calculation.money(lot.mark));
  }
  calculation.check_units("units of all lots", "his, in the books", investor.units, units);
  calculation.require(
      mark <= investor.mark, "marks of all lots",
      calculation.money(mark) + ", of his mark of " + calculation.money(investor.mark),
      calculation.money(mark));
  return core::ok();
}

namespace {

core::Result<> check_look_back(Calculation& calculation, const engine::MarkMoved& body,
                               const Terms& terms) {
  const engine::PerformanceTerms more = performance_of(terms.offer.terms);
  TRY(const auto standing, standing_before(calculation, body.structure, body.client));
  const bool equity_counts = more.base.value_or(engine::FeeBase::Equity) == engine::FeeBase::Equity;
  if (!standing || !more.look_back_periods || !equity_counts) {
    calculation.given("mark after", calculation.money(body.mark_after));
    return core::ok();
  }
  TRY(const Investor now,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  std::vector<fees::PeriodLoss> losses;
  for (const auto& loss : standing->body.investor.losses) {
    losses.push_back({static_cast<std::uint32_t>(loss.period), loss.amount});
  }
  const core::Minor deficit = std::max<core::Minor>(body.mark_before - now.entitlement, 0);
  TRY(const auto kept,
      fees::look_back(losses, deficit,
                      static_cast<std::uint32_t>(standing->body.investor.periods + 1),
                      static_cast<std::uint32_t>(*more.look_back_periods)));
  calculation.given("missing to the mark", calculation.money(deficit));
  calculation.check_money("mark after",
                          calculation.money(body.mark_before) + " - " +
                              calculation.money(kept.expired) + " of losses that are older than " +
                              std::to_string(*more.look_back_periods) + " periods",
                          body.mark_before - kept.expired, body.mark_after);
  return core::ok();
}

core::Result<> check_blocked(Calculation& calculation, const engine::MarkMoved& body,
                             const Terms& terms) {
  const engine::PerformanceTerms more = performance_of(terms.offer.terms);
  calculation.require(more.hurdle.has_value(), "hurdle", "the offer has one", "none");
  calculation.require(body.mark_after > body.mark_before, "mark after",
                      calculation.money(body.mark_after) + ", a new high",
                      calculation.money(body.mark_after));
  const bool equity_counts = more.base.value_or(engine::FeeBase::Equity) == engine::FeeBase::Equity;
  if (body.lot || !equity_counts) return core::ok();
  TRY(const Investor now,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  calculation.check_money("mark after", "his entitlement, which the hurdle leaves without a fee",
                          now.entitlement, body.mark_after);
  return core::ok();
}

}  // namespace

core::Result<> explain_mark_moved(Calculation& calculation) {
  TRY(const auto body, body_of<engine::MarkMoved>(calculation));
  TRY(const auto terms, find_terms_of(calculation, body.structure, body.client));
  const std::string code = accounts::mark_code(calculation.currency());
  calculation.set_title("a mark that moved without money");
  const std::string account = accounts::mark(body.strategy, body.client);
  TRY(const auto before, calculation.balance_before(account, code));
  if (!body.lot) {
    calculation.check_money("mark before", "the investor's mark in the books", before,
                            body.mark_before);
  } else {
    calculation.given("mark of lot " + std::to_string(*body.lot) + " before",
                      calculation.money(body.mark_before));
  }
  if (body.reason == engine::MarkReason::BlockedHurdle) {
    calculation.given("why",
                      "his period ended at a new high that did not pass the hurdle: no fee, and "
                      "the next one starts from here");
    TRY(check_blocked(calculation, body, terms));
  } else if (body.reason == engine::MarkReason::LookBack) {
    calculation.given("why", "losses count for so many periods only, as the offer says");
    TRY(check_look_back(calculation, body, terms));
  } else {
    calculation.given("why", "he moved all to a pool of another strategy, and his mark with it");
    calculation.check_money("mark after", "all of it goes along", 0, body.mark_after);
    if (body.to) {
      calculation.check_money("mark with the other strategy", "the posting",
                              calculation.posted(accounts::mark(*body.to, body.client), code),
                              body.mark_before);
    }
  }
  calculation.check_money("mark moved", "the posting", calculation.posted(account, code),
                          body.mark_after - body.mark_before);
  return core::ok();
}

core::Result<> explain_clawback(Calculation& calculation) {
  TRY(const auto body, body_of<engine::FeeClawedBack>(calculation));
  TRY(const auto terms, find_terms_of(calculation, body.structure, body.client));
  TRY(const auto rollovers, find_rollovers(calculation, body.structure));
  TRY(const Investor investor,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  calculation.set_title("a held fee of " + calculation.money(body.amount) +
                        " paid back for a loss");
  const auto& reserve = terms.offer.terms.reserve;
  calculation.check("rate", "the offer's",
                    reserve ? core::to_string(reserve->clawback_rate) : "none",
                    core::to_string(body.rate));
  if (const auto standing = standing_before(calculation, body.structure, body.client);
      standing && standing.value()) {
    TRY(const auto now,
        entitlement_at_period_end(calculation, rollovers, terms, body.structure, body.client));
    const core::Minor base = standing.value()->body.investor.period_base;
    calculation.check_money("loss of the period",
                            calculation.money(base) + " at its begin, with the flows since, - " +
                                calculation.money(now),
                            std::max<core::Minor>(base - now, 0), body.loss);
  }
  TRY(const auto held, held_before(calculation, rollovers, body.structure, body.client));
  if (held) {
    TRY(const auto left, fees::clawed_back(*held, body.rate, body.loss));
    calculation.check_money("paid back",
                            core::to_string(body.rate) + " x " + calculation.money(body.loss) +
                                ", rounded down, as far as fees are held",
                            left.moved, body.amount);
  }
  const unsigned scale = core::currency_scale(calculation.currency()).value_or(0);
  const core::Minor price_equity = rollovers.price_equity(scale);
  if (price_equity > 0) {
    TRY(const auto units, core::multiply_divide(body.amount, rollovers.price_units(), price_equity,
                                                core::Rounding::Floor));
    calculation.check_units(
        "units issued",
        "at " + print_price(calculation, price_equity, rollovers.price_units()) + ", rounded down",
        units, body.units_issued);
  }
  calculation.check_money("mark before", "the investor's mark in the books", investor.mark,
                          body.mark_before);
  calculation.check_money("mark after", "it comes like new money", body.mark_before + body.amount,
                          body.mark_after);
  calculation.check_money(
      "into his account", "the posting of row 16",
      -calculation.posted(accounts::settled(body.structure, body.client), calculation.currency()),
      body.amount);
  calculation.check_units(
      "units into his account", "the posting",
      calculation.posted(accounts::units(body.structure, body.client), terms.unit_code),
      body.units_issued);
  return core::ok();
}

core::Result<> explain_release(Calculation& calculation) {
  TRY(const auto body, body_of<engine::FeeReleased>(calculation));
  TRY(const auto terms, find_terms_of(calculation, body.structure, body.client));
  calculation.set_title("held fees of " + calculation.money(body.amount) +
                        " that are the manager's at last");
  TRY(const bool at_home, released_at_home(calculation, body));
  if (at_home) {
    check_to_manager(calculation, terms, body.amount);
    return core::ok();
  }
  TRY(const auto rollovers, find_rollovers(calculation, body.structure));
  TRY(const auto held, held_before(calculation, rollovers, body.structure, body.client));
  TRY(const Investor investor,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  const auto& reserve = terms.offer.terms.reserve;
  const bool all = investor.units == 0 || !reserve;
  if (held) {
    const std::uint32_t periods = all ? 0 : static_cast<std::uint32_t>(reserve->periods);
    const auto now = static_cast<std::uint32_t>(body.period);
    TRY(const auto left, fees::released_held(*held, now, periods));
    calculation.check_money("released",
                            all ? "all that is held: he left, or his terms hold nothing back"
                                : "what has been held for " + std::to_string(periods) +
                                      " periods by the end of period " + std::to_string(now),
                            left.moved, body.amount);
  }
  check_to_manager(calculation, terms, body.amount);
  return core::ok();
}

core::Result<> explain_offer_switched(Calculation& calculation) {
  TRY(const auto body, body_of<engine::OfferSwitched>(calculation));
  TRY(const auto terms, find_terms_named(calculation, body.structure, body.to));
  TRY(const Investor investor,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  calculation.set_title("an investor's new terms take over; his mark goes on");
  TRY(const auto before, offer_in_force(calculation, body.structure, body.client));
  calculation.check("from", "the offer that was in force for him",
                    before ? before->hex() : body.from.hex(), body.from.hex());
  TRY(const auto consented,
      find_body<engine::OfferConsented>(calculation.sources(), ledger::SubjectId(body.client.bytes),
                                        Direction::Before, calculation.seq(), [&](const auto& one) {
                                          return one.consent.structure == body.structure &&
                                                 one.consent.offer == body.to;
                                        }));
  TRY(const auto improved, find_body<engine::OfferImproved>(
                               calculation.sources(), ledger::SubjectId(body.client.bytes),
                               Direction::Before, calculation.seq(), [&](const auto& one) {
                                 return one.structure == body.structure && one.offer == body.to;
                               }));
  if (consented) calculation.rests_on(consented->seq, "his consent");
  if (improved) calculation.rests_on(improved->seq, "an offer that is worse for nobody");
  calculation.require(consented || improved, "to",
                      body.to.hex() + ", to which he consented or which is worse for nobody",
                      body.to.hex());
  calculation.check_money("entitlement", "settled + floating of the investor in the books",
                          investor.entitlement, body.equity);
  calculation.check_money("mark", "the investor's mark in the books, which stays", investor.mark,
                          body.mark);
  return core::ok();
}

core::Result<> explain_released_expired(Calculation& calculation) {
  TRY(const auto body, body_of<engine::ReleasedExpired>(calculation));
  TRY(const auto terms, find_terms_of(calculation, body.structure, body.client));
  calculation.set_title("losses that left too long ago to come back with returning money");
  const auto months = performance_of(terms.offer.terms).restore_months;
  calculation.given("they come back for", months ? std::to_string(*months) + " months" : "ever");
  calculation.given("left on this day or before", core::to_string(body.taken));
  const std::string account = accounts::released(body.strategy, body.client);
  const std::string code = accounts::mark_code(calculation.currency());
  TRY(const auto before, calculation.balance_before(account, code));
  calculation.require(
      body.loss > 0 && body.loss <= before, "loss",
      calculation.money(body.loss) + " of " + calculation.money(before) + " that left",
      calculation.money(body.loss));
  calculation.check_money("loss, as posted", "the posting", -calculation.posted(account, code),
                          body.loss);
  return core::ok();
}

}  // namespace reports::explain
