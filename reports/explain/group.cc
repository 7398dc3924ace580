// Groups (MAM): accounts' valuations, fills and closes.

#include <map>

#include "engine/accounts.h"
#include "engine/mam/allocation.h"
#include "engine/mam_records.h"
#include "engine/trading_records.h"
#include "reports/explain/kinds.h"
#include "reports/explain/pool.h"

namespace reports::explain {
namespace {

namespace accounts = engine::accounts;

std::string print_steps(core::Minor steps) { return core::to_string(steps) + " steps"; }

struct OrderFacts {
  engine::OrderAccepted order;
  std::map<core::AccountId, core::Minor> weights;
};

core::Result<OrderFacts> find_order(Calculation& calculation, const core::StructureId& structure,
                                    const core::OrderId& order) {
  TRY(const auto accepted,
      find_body<engine::OrderAccepted>(
          calculation.sources(), ledger::SubjectId(structure.bytes), Direction::Before,
          calculation.seq(), [&](const auto& body) { return body.order.order == order; }));
  if (!accepted) {
    return core::corrupt("record", "seq " + std::to_string(calculation.seq()),
                         "The records have no accepted order that this one rests on.");
  }
  OrderFacts out{accepted->body, {}};
  calculation.rests_on(accepted->seq, "the order as it was accepted");
  // The frozen shares stand in the same batch.
  ledger::BatchPlace batch;
  const auto note_batch = [&](const ledger::RecordView& record) {
    batch = record.batch;
    return core::ok();
  };
  TRY(calculation.sources().record(accepted->seq, note_batch));
  for (std::uint64_t seq = batch.first_seq; seq < batch.first_seq + batch.count; ++seq) {
    TRY(calculation.sources().record(seq, [&](const ledger::RecordView& record) -> core::Result<> {
      if (record.kind != engine::OrderShareFrozen::kKind) return core::ok();
      TRY(const auto share, core::from_cbor<engine::OrderShareFrozen>(record.body));
      if (share.order == order) out.weights[share.account] = share.weight;
      return core::ok();
    }));
  }
  return out;
}

core::Result<core::Minor> part_of(const OrderFacts& facts, const core::AccountId& account,
                                  core::Minor filled) {
  std::vector<engine::mam::Claim> claims;
  std::size_t index = 0;
  for (const auto& [id, weight] : facts.weights) {
    if (id == account) index = claims.size();
    claims.push_back({weight, engine::mam::tie_of(facts.order.order.order, id)});
  }
  const bool in_turn = facts.order.residual == engine::Residual::SainteLague;
  TRY(const auto parts, in_turn ? engine::mam::sainte_lague(filled, claims)
                                : engine::mam::largest_equity_first(filled, claims));
  return parts.empty() ? core::Minor{0} : core::Minor{parts[index]};
}

core::Result<std::string> currency_of(Calculation& calculation, const core::StructureId& id) {
  TRY(const auto terms, find_terms(calculation, id));
  return terms.offer.currency;
}

// The account's own.
core::Result<std::string> currency_of(Calculation& calculation, const core::StructureId& id,
                                      const core::PartyId& client, const core::AccountId& account) {
  TRY(auto currency, currency_of(calculation, id));
  TRY(const auto opened,
      find_body<engine::TradingAccountOpened>(
          calculation.sources(), ledger::SubjectId(client.bytes), Direction::Before,
          calculation.seq(), [&](const auto& one) { return one.account.account == account; }));
  if (opened && opened->body.account.currency) currency = *opened->body.account.currency;
  calculation.set_currency(currency);
  return currency;
}

}  // namespace

core::Result<> explain_account_valued(Calculation& calculation) {
  TRY(const auto body, body_of<engine::AccountValued>(calculation));
  TRY(const auto currency, currency_of(calculation, body.structure, body.client, body.account));
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

core::Result<> explain_fill_part(Calculation& calculation) {
  TRY(const auto body, body_of<engine::FillAllocated>(calculation));
  TRY(const auto facts, find_order(calculation, body.structure, body.order));
  TRY(const auto fill, find_body<engine::FillRecorded>(
                           calculation.sources(), ledger::SubjectId(body.structure.bytes),
                           Direction::Before, calculation.seq(), [&](const auto& one) {
                             return one.order == body.order && one.fill == body.fill;
                           }));
  if (!fill) {
    return core::corrupt("record", "seq " + std::to_string(calculation.seq()),
                         "The records have no fill that this one rests on.");
  }
  calculation.rests_on(fill->seq, "the fill of the whole block");
  calculation.set_title("an account's part of a fill, " + print_steps(body.steps));
  const auto weight = facts.weights.find(body.account);
  calculation.given("his frozen weight",
                    core::to_string(weight == facts.weights.end() ? 0 : weight->second) + " of " +
                        core::to_string(facts.order.weight_total));
  TRY(const auto part, part_of(facts, body.account, fill->body.filled_steps));
  const bool in_turn = facts.order.residual == engine::Residual::SainteLague;
  calculation.check("his part of all that is filled",
                    print_steps(fill->body.filled_steps) +
                        (in_turn ? ", each to the largest weight / (2 x steps it has + 1)"
                                 : ", floors of the exact shares and the largest weights first"),
                    print_steps(part), print_steps(body.allocated_steps));
  TRY(const auto earlier, find_body<engine::FillAllocated>(
                              calculation.sources(), ledger::SubjectId(body.client.bytes),
                              Direction::Before, calculation.seq(), [&](const auto& one) {
                                return one.order == body.order && one.account == body.account;
                              }));
  const core::Minor before = earlier ? earlier->body.allocated_steps : core::Minor{0};
  if (earlier) calculation.rests_on(earlier->seq, "his part of the fills before");
  calculation.check("of this fill", print_steps(part) + " - " + print_steps(before),
                    print_steps(part - before), print_steps(body.steps));
  return core::ok();
}

core::Result<> explain_close_part(Calculation& calculation) {
  TRY(const auto body, body_of<engine::CloseAllocated>(calculation));
  TRY(const auto currency, currency_of(calculation, body.structure));
  TRY(const auto facts, find_order(calculation, body.structure, body.order));
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
  const core::Minor result = body.profit + body.swap + body.commission;
  calculation.check_money(
      "result", "profit + swap + commission, as posted",
      -calculation.posted(accounts::account_balance(body.client, body.account), currency), result);
  return core::ok();
}

}  // namespace reports::explain
