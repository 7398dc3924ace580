// What is owed on closed volume, and to whom it was passed on.

#include <algorithm>

#include "core/amount.h"
#include "core/rational.h"
#include "engine/accounts.h"
#include "engine/partner_records.h"
#include "reports/explain/kinds.h"
#include "reports/explain/pool.h"

namespace reports::explain {

namespace accounts = engine::accounts;

namespace {

// All that is posted once a record is: what accrued rounded down, or what is paid if that is more.
core::Result<core::Minor> posted_in_all(const engine::RebateAccrued& body) {
  if (body.paid) return *body.paid;
  return core::multiply_divide(body.exact_numerator, 1, body.exact_denominator,
                               core::Rounding::Floor);
}

// What the manager or the investors had of the structure's rebates before the record.
core::Result<core::Minor> paid_before(Calculation& calculation, const core::StructureId& id) {
  core::Minor paid = 0;
  const auto sum = [&](const auto& body) {
    if (body.structure == id) paid += body.amount;
  };
  TRY(each_before<engine::RebatePaid>(calculation, ledger::SubjectId(id.bytes), sum));
  TRY(each_before<engine::RebatePassed>(calculation, ledger::SubjectId(id.bytes), sum));
  return paid;
}

// The same as `posted_in_all`, worked out and told.
core::Result<core::Minor> due_of(Calculation& calculation, const engine::RebateAccrued& body) {
  TRY(const auto floor, core::multiply_divide(body.exact_numerator, 1, body.exact_denominator,
                                              core::Rounding::Floor));
  if (!body.paid) return floor;
  TRY(const auto paid, paid_before(calculation, body.structure));
  calculation.check_money("paid already", "all payments of the structure's rebates", paid,
                          *body.paid);
  calculation.require(paid > floor, "due in all",
                      "what is paid, " + calculation.money(paid) + ", is more than the " +
                          calculation.money(floor) + " that accrued; it comes off the next",
                      calculation.money(floor) + " accrued");
  return std::max(paid, floor);
}

}  // namespace

core::Result<> explain_rebate(Calculation& calculation) {
  TRY(const auto body, body_of<engine::RebateAccrued>(calculation));
  TRY(const auto terms, find_terms(calculation, body.structure));
  const std::string& currency = calculation.currency();
  calculation.set_title("a rebate on ticket " + body.ticket);
  TRY(const auto last,
      find_body<engine::RebateAccrued>(
          calculation.sources(), ledger::SubjectId(body.structure.bytes), Direction::Before,
          calculation.seq(), [&](const auto& one) { return one.structure == body.structure; }));
  core::Rational before;
  if (last) {
    calculation.rests_on(last->seq, "what had accrued before");
    TRY(before, core::Rational::of(last->body.exact_numerator, last->body.exact_denominator));
  }
  calculation.check("rate", "the offer's, for each closed lot",
                    terms.offer.terms.rebate_per_lot
                        ? core::to_string(*terms.offer.terms.rebate_per_lot)
                        : "none",
                    core::to_string(body.rate));
  TRY(const auto scale, core::commodity(currency));
  TRY(const auto lots_unit, core::power_of_ten(body.lots.scale));
  TRY(const auto rate_unit, core::power_of_ten(body.rate.scale));
  TRY(const auto money_unit, core::power_of_ten(scale.scale));
  TRY(const auto lots, core::Rational::of(body.lots.digits, lots_unit));
  TRY(const auto rate, core::Rational::of(body.rate.digits, rate_unit));
  const core::Rational now = core::multiply(core::multiply(lots, rate), core::Rational(money_unit));
  TRY(const auto recorded, core::Rational::of(body.exact_numerator, body.exact_denominator));
  const std::string shown = calculation.exact(body.exact_numerator, body.exact_denominator);
  calculation.require(
      core::add(before, now) == recorded, "accrued in all, exactly",
      (last ? calculation.exact(last->body.exact_numerator, last->body.exact_denominator)
            : calculation.money(0)) +
          " before + " + core::to_string(body.lots) + " lots x " + core::to_string(body.rate) +
          " = " + shown,
      shown);
  TRY(const auto due, due_of(calculation, body));
  core::Minor due_before = 0;
  if (last) {
    TRY(due_before, posted_in_all(last->body));
  }
  calculation.check_money("posted now",
                          calculation.money(due) +
                              (body.paid ? ", paid, - " : ", rounded down, - ") +
                              calculation.money(due_before) + " posted before",
                          due - due_before, body.posted);
  calculation.check_money("owed to him", "the posting of row 23",
                          -calculation.posted(accounts::rebate_accrued(body.manager), currency),
                          body.posted);
  return core::ok();
}

core::Result<> explain_rebate_passed(Calculation& calculation) {
  TRY(const auto body, body_of<engine::RebatePassed>(calculation));
  TRY(const auto terms, find_terms(calculation, body.structure));
  calculation.set_title("a rebate of " + calculation.money(body.amount) + " passed on");
  calculation.given("his part of the closed volume",
                    core::to_string(body.weight) + " of " + core::to_string(body.weight_total));
  if (body.settled) {
    calculation.given("of his part settled", core::to_string(*body.settled) +
                                                 "; others have rebate of volume that they gave "
                                                 "back, and the rest is due to him still");
  }
  calculation.check_money(
      "into his wallet", "the posting of row 25",
      -calculation.posted(accounts::wallet(body.client), calculation.currency()), body.amount);
  return core::ok();
}

}  // namespace reports::explain
