// fee_charged: what it rests on, and its steps in the order in which they are told.

#include <array>
#include <map>

#include "core/amount.h"
#include "core/iso4217.h"
#include "engine/correction_records.h"
#include "engine/dealing_records.h"
#include "engine/migration_records.h"
#include "reports/explain/fee.h"
#include "reports/explain/kinds.h"
#include "reports/explain/offer_rules.h"

namespace reports::explain {
namespace {

using engine::FeeCharged;
using engine::FeeKind;

// Corrections since the last rollover have moved what he had after it.
core::Result<core::Minor> corrected_since(Fee& fee, std::uint64_t seq) {
  core::Minor moved = 0;
  const auto add = [&](core::Minor amount, const ledger::RecordView& record) {
    if (amount == 0) return;
    moved += amount;
    fee.calculation.rests_on(record.seq, "a correction since the last rollover");
  };
  Sources& sources = fee.calculation.sources();
  TRY(for_each_of_client<engine::FeeReversed>(
      sources, fee.body.client, seq, fee.calculation.seq(),
      [&](const auto& body, const auto& record) {
        add(body.structure == fee.body.structure ? body.amount : core::Minor{0}, record);
      }));
  TRY(for_each_of_client<engine::FeeCorrected>(
      sources, fee.body.client, seq, fee.calculation.seq(),
      [&](const auto& body, const auto& record) {
        add(body.structure == fee.body.structure ? -body.amount : core::Minor{0}, record);
      }));
  return moved;
}

core::Result<> find_opening(Fee& fee) {
  if (!fee.rollovers.last) {
    if (fee.standing) fee.opening = fee.standing->body.investor.opening;
    return core::ok();
  }
  TRY(const Investor then, investor_at(fee.calculation, fee.terms, fee.body.structure,
                                       fee.body.client, fee.rollovers.last->seq));
  TRY(const auto moved, corrected_since(fee, fee.rollovers.last->seq));
  fee.opening = then.entitlement + moved;
  return core::ok();
}

// An imported investor's standing is what his row says.
core::Result<std::optional<Found<engine::InvestorStanding>>> imported_standing(Fee& fee) {
  using Standing = std::optional<Found<engine::InvestorStanding>>;
  TRY(const auto opened, find_body<engine::InvestorOpened>(
                             fee.calculation.sources(), ledger::SubjectId(fee.body.client.bytes),
                             Direction::Before, fee.calculation.seq(), [&](const auto& body) {
                               return body.structure == fee.body.structure;
                             }));
  if (!opened) return Standing();
  const engine::InvestorImported& import = opened->body.import;
  const std::string& currency = fee.calculation.currency();
  const auto exact =
      [&](const std::optional<core::Decimal>& value) -> core::Result<engine::ExactAmount> {
    if (!value) return engine::ExactAmount{};
    TRY(const auto unit, core::power_of_ten(value->scale));
    TRY(const auto cents, core::power_of_ten(core::currency_scale(currency).value_or(0)));
    TRY(const auto digits, core::multiply(value->digits, cents));
    return engine::ExactAmount{digits, unit};
  };
  engine::InvestorStanding standing{fee.body.structure, fee.body.client, {}};
  engine::Investor& investor = standing.investor;
  investor.opening = import.capital;
  TRY(investor.management.accrued, exact(import.row.accrued_management));
  TRY(investor.hurdle, exact(import.row.accrued_hurdle));
  investor.year.capital = import.capital;
  if (import.row.year_capital) {
    TRY(investor.year.capital, money_of(import.row.year_capital, currency));
  }
  TRY(investor.year.charged, money_of(import.row.charged_this_year, currency));
  const core::Date now = fee.rollovers.current.body.trade_date;
  investor.year.year = std::stoull(core::to_string(now).substr(0, 4));
  if (has_lots(fee.offer())) investor.lots = {{1, import.units, import.mark, investor.hurdle}};
  fee.calculation.rests_on(opened->seq, "his row of the migration");
  return Standing({opened->seq, std::move(standing)});
}

core::Result<> find_standing(Fee& fee) {
  TRY(fee.standing, find_body<engine::InvestorStanding>(
                        fee.calculation.sources(), ledger::SubjectId(fee.body.client.bytes),
                        Direction::Before, fee.calculation.seq(),
                        [&](const auto& body) { return body.structure == fee.body.structure; }));
  if (!fee.standing) {
    TRY(fee.standing, imported_standing(fee));
    return core::ok();
  }
  fee.calculation.rests_on(fee.standing->seq, "his standing after an earlier rollover");
  return core::ok();
}

// His own mark, or the lot's.
core::Result<> check_mark(Fee& fee) {
  Calculation& calculation = fee.calculation;
  if (!fee.body.lot) {
    calculation.check_money("high-water mark before the fee", "the investor's mark in the books",
                            fee.investor.mark, fee.body.mark_before);
    return core::ok();
  }
  calculation.given("of his lot", std::to_string(*fee.body.lot));
  const engine::Lot* lot = fee.lot();
  if (lot == nullptr && fee.lots) {
    calculation.require(false, "lot", "one that he has", std::to_string(*fee.body.lot));
  } else if (lot == nullptr) {
    calculation.given("high-water mark of the lot", fee.money(fee.body.mark_before));
  } else {
    calculation.check_money("high-water mark before the fee", "the lot's, after its last change",
                            lot->mark, fee.body.mark_before);
  }
  return core::ok();
}

core::Result<> step_context(Fee& fee) {
  Calculation& calculation = fee.calculation;
  TRY(const auto offer, offer_in_force(calculation, fee.body.structure, fee.body.client));
  if (offer) {
    calculation.check("offer", "the one that is in force for him", offer->hex(),
                      fee.body.offer.hex());
  }
  if (fee.decision) {
    calculation.check("decision", "in force when his mandate was accepted", fee.decision->hex(),
                      fee.body.decision.hex());
  }
  if (fee.valuation || fee.body.valuation) {
    const auto print = [](const std::optional<std::uint64_t>& seq) {
      return seq ? "record " + std::to_string(*seq) : std::string("none");
    };
    calculation.check("equity rests on", "the last valuation", print(fee.valuation),
                      print(fee.body.valuation));
  }
  calculation.check_money("entitlement before the fee",
                          "settled + floating of the investor in the books",
                          fee.investor.entitlement, fee.body.equity_before);
  return check_mark(fee);
}

// Fields that only a performance fee has.
core::Result<> step_no_performance(Fee& fee) {
  const FeeCharged& body = fee.body;
  const bool none = !body.due && !body.lot && !body.measured && !body.withdrawn &&
                    !body.hurdle_numerator && !body.hurdle_denominator && !body.fund_fee &&
                    !body.credit && !body.contingent;
  fee.calculation.require(none, "mark, hurdle and redemption", "this fee does not go by them",
                          "a figure of a performance fee");
  return core::ok();
}

core::Result<> step_no_volume(Fee& fee) {
  const FeeCharged& body = fee.body;
  fee.calculation.require(!body.lots_traded && !body.notional_traded && !body.pool_units,
                          "what was traded", "this fee does not go by it",
                          "a figure of a volume fee");
  return core::ok();
}

core::Result<> take_steps(Fee& fee, StepFunction kind, bool accrues) {
  TRY(step_context(fee));
  TRY(kind(fee));
  if (accrues) {
    TRY(step_no_performance(fee));
  }
  if (fee.body.fee != FeeKind::Volume) {
    TRY(step_no_volume(fee));
  }
  for (const StepFunction step :
       {step_charge, step_shares, step_new_mark, step_units, step_postings}) {
    TRY(step(fee));
  }
  return core::ok();
}

core::Result<> take_steps(Fee& fee) {
  switch (fee.body.fee) {
    case FeeKind::Management:
      return take_steps(fee, step_management, true);
    case FeeKind::Subscription:
      return take_steps(fee, step_subscription, true);
    case FeeKind::Volume:
      return take_steps(fee, step_volume, true);
    case FeeKind::Performance:
      return take_steps(fee, step_performance, false);
    case FeeKind::Entry:
    case FeeKind::Exit:
    case FeeKind::EarlyWithdrawal:
      break;
  }
  fee.calculation.require(false, "kind of fee", "one that is charged by itself",
                          "a fee on a flow, which the flow's record has");
  return core::ok();
}

std::string title_of(const Calculation& calculation, const FeeCharged& body) {
  constexpr std::array names = {"a management",        "a performance",  "an entry", "an exit",
                                "an early withdrawal", "a subscription", "a volume"};
  std::string title = std::string(names.at(static_cast<std::size_t>(body.fee))) + " fee of " +
                      calculation.money(body.amount);
  if (const core::Minor taken = taken_by(body); taken != body.amount) {
    title += ", " + calculation.money(taken) + " with its tax";
  }
  return title;
}

}  // namespace

std::uint64_t rollover_begin(const Rollovers& rollovers) {
  return rollovers.last ? rollovers.last->seq : 0;
}

core::Result<core::Minor> management_since(Calculation& calculation, const FeeCharged& fee,
                                           const std::optional<core::AccountId>& account,
                                           const Stood& stood) {
  const engine::Investor& investor = stood.investor;
  core::Minor since = investor.management_since_charge;
  std::vector<std::uint64_t> changes;
  TRY(for_each_of_client<engine::FeeCorrected>(
      calculation.sources(), fee.client, stood.seq, calculation.seq(),
      [&](const engine::FeeCorrected& body, const ledger::RecordView& record) {
        if (body.structure != fee.structure || body.account != account) return;
        if (body.fee != FeeKind::Management) return;
        const core::Date day = core::utc_date(record.effective_at);
        if (investor.period_ended ? day <= *investor.period_ended : investor.periods > 0) return;
        since = std::max<core::Minor>(since + body.amount - body.amount_before, 0);
        changes.push_back(record.seq);
      }));
  for (const std::uint64_t seq : changes) {
    calculation.rests_on(seq, "a management fee that was put right since");
  }
  return since;
}

core::Result<> explain_fee(Calculation& calculation) {
  TRY(auto body, body_of<FeeCharged>(calculation));
  TRY(auto terms, find_terms_named(calculation, body.structure, body.offer));
  TRY(auto rollovers, find_rollovers(calculation, body.structure));
  TRY(const Investor investor,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  Fee fee{calculation, std::move(body), std::move(terms), std::move(rollovers), investor};
  TRY(const auto valued, rest_on_valuation(calculation, fee.body.structure));
  if (valued) fee.valuation = valued->seq;
  TRY(fee.decision, rest_on_mandate(calculation, fee.body.structure, fee.body.client));
  TRY(find_standing(fee));
  TRY(for_each_of_client<FeeCharged>(calculation.sources(), fee.body.client,
                                     rollover_begin(fee.rollovers), calculation.seq(),
                                     [&](const FeeCharged& one, const auto&) {
                                       if (one.structure == fee.body.structure)
                                         fee.earlier.push_back(one);
                                     }));
  TRY(find_opening(fee));
  TRY(fee.managed,
      find_managed_days(calculation, fee.rollovers, fee.body.structure, fee.body.client));
  TRY(fee.lots, find_lots(fee));
  calculation.set_title(title_of(calculation, fee.body));
  return take_steps(fee);
}

}  // namespace reports::explain
