// Groups (MAM): accounts' valuations and closes; group_fills.cc has the orders and fills.

#include "engine/accounts.h"
#include "engine/mam_records.h"
#include "engine/trading_records.h"
#include "reports/explain/kinds.h"
#include "reports/explain/own_currency.h"
#include "reports/explain/pool.h"

namespace reports::explain {
namespace {

namespace accounts = engine::accounts;

std::string print_steps(core::Minor steps) { return core::to_string(steps) + " steps"; }

core::Result<std::string> currency_of(Calculation& calculation, const core::StructureId& id) {
  TRY(const auto terms, find_terms(calculation, id));
  return terms.offer.currency;
}

}  // namespace

core::Result<> explain_account_valued(Calculation& calculation) {
  TRY(const auto body, body_of<engine::AccountValued>(calculation));
  TRY(const auto currency,
      account_currency(calculation, body.structure, body.client, body.account));
  TRY(const auto balance,
      calculation.balance_before(accounts::account_balance(body.client, body.account), currency));
  TRY(const auto floating,
      calculation.balance_before(accounts::account_floating(body.client, body.account), currency));
  calculation.set_title("an account's equity, " + calculation.money(body.equity));
  calculation.given("equity", calculation.money(body.equity));
  calculation.check_money("floating moved",
                          calculation.money(body.equity) + " - " + calculation.money(-balance) +
                              " of balance - " + calculation.money(-floating) + " floating so far",
                          body.equity + balance + floating, body.floating_change);
  return core::ok();
}

core::Result<> explain_close_part(Calculation& calculation) {
  TRY(const auto body, body_of<engine::CloseAllocated>(calculation));
  TRY(const auto currency, currency_of(calculation, body.structure));
  TRY(const auto block, find_body<engine::CloseRecorded>(
                            calculation.sources(), ledger::SubjectId(body.structure.bytes),
                            Direction::Before, calculation.seq(), [&](const auto& one) {
                              return one.order == body.order && one.close == body.close;
                            }));
  calculation.set_title("an account's part of a close, " + print_steps(body.steps));
  if (block) {
    calculation.rests_on(block->seq, "the close of the whole block");
    const core::Minor steps = block->body.steps;
    const auto check_part = [&](const char* what, core::Minor total,
                                core::Minor part) -> core::Result<> {
      TRY(const auto floor, core::multiply_divide(total, body.steps, steps, core::Rounding::Floor));
      TRY(const auto ceiling,
          core::multiply_divide(total, body.steps, steps, core::Rounding::Ceiling));
      calculation.require(part == floor || part == ceiling, what,
                          calculation.money(total) + " x " + print_steps(body.steps) + " / " +
                              print_steps(steps) + ": " + calculation.money(part) +
                              ", by the largest remainders of all",
                          calculation.money(part));
      return core::ok();
    };
    if (steps != 0) {
      TRY(check_part("profit", block->body.profit, body.profit));
      TRY(check_part("swap", block->body.swap, body.swap));
      TRY(check_part("commission", block->body.commission, body.commission));
    }
  }
  return check_booked(
      calculation, {body.client, body.account, body.profit, body.swap, body.commission}, body.own);
}

}  // namespace reports::explain
