// rollover_completed: that a rollover's records come to what it says.

#include <algorithm>
#include <set>

#include "engine/accounts.h"
#include "engine/dealing_records.h"
#include "engine/pamm_commands.h"
#include "ledger/bodies.h"
#include "reports/explain/fee.h"
#include "reports/explain/kinds.h"

namespace reports::explain {
namespace {

namespace accounts = engine::accounts;
using engine::RolloverCompleted;

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

// What the rollover's records come to.
struct Sums {
  core::Minor fees = 0;
  core::Minor redeemed = 0;
  core::Minor subscribed = 0;
  core::Minor kept = 0;    // Of fees on flows: in the pool, for the next result.
  core::Minor before = 0;  // Kept earlier, or borne by the firm: part of this result.
  std::set<core::PartyId> investors;
};

template <class Body, class Add>
core::Result<> for_each(Calculation& calculation, const core::StructureId& structure,
                        std::uint64_t after, Add add) {
  TRY(calculation.sources().find(Body::kKind, std::nullopt, Direction::Before, calculation.seq(),
                                 [&](const ledger::RecordView& record) -> core::Result<bool> {
                                   if (record.seq <= after) return true;
                                   TRY(const auto body, core::from_cbor<Body>(record.body));
                                   if (body.structure == structure) add(body, record);
                                   return false;
                                 }));
  return core::ok();
}

core::Minor kept_by(const ledger::RecordView& record, const core::StructureId& structure) {
  const std::string account = accounts::pool_retained(structure);
  core::Minor kept = 0;
  for (const ledger::PostingView& posting : record.postings) {
    if (posting.account == account) kept -= posting.amount;
  }
  return kept;
}

core::Result<Sums> sums_of(Calculation& calculation, const core::StructureId& structure,
                           std::uint64_t after) {
  Sums sums;
  const auto each = [&](auto tag, auto add) {
    return for_each<typename decltype(tag)::type>(calculation, structure, after, add);
  };
  TRY(each(std::type_identity<engine::ResultAttributed>{},
           [&](const auto& body, const auto&) { sums.investors.insert(body.client); }));
  TRY(each(std::type_identity<engine::FeeCharged>{},
           [&](const auto& body, const auto&) { sums.fees += taken_by(body); }));
  TRY(each(std::type_identity<engine::RedemptionPriced>{},
           [&](const auto& body, const auto& record) {
             const core::Minor kept = kept_by(record, structure);
             sums.redeemed += body.gross - kept;
             sums.kept += kept;
           }));
  TRY(each(std::type_identity<engine::TransferPriced>{},
           [&](const auto& body, const auto&) { sums.redeemed += body.amount; }));
  TRY(each(std::type_identity<engine::SubscriptionPriced>{},
           [&](const auto& body, const auto& record) {
             const core::Minor kept = kept_by(record, structure);
             sums.subscribed += body.amount - body.entry_fee + kept;
             sums.kept += kept;
             sums.investors.insert(body.client);
           }));
  TRY(each(std::type_identity<engine::FeeClawedBack>{},
           [&](const auto& body, const auto&) { sums.subscribed += body.amount; }));
  TRY(each(std::type_identity<engine::RetainedDistributed>{},
           [&](const auto& body, const auto&) { sums.before += body.amount; }));
  TRY(each(std::type_identity<engine::NegativeBalanceAbsorbed>{},
           [&](const auto& body, const auto&) { sums.before += body.amount; }));
  return sums;
}

core::Result<> check_opening(Calculation& calculation, const RolloverCompleted& body,
                             const Terms& terms, const Sums& sums) {
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
  std::string how = "undistributed, in the books";
  if (sums.before != 0) how += ", with what was kept in the pool or borne by the firm";
  calculation.check_money("closed results since the last rollover", how, sums.before - waiting,
                          body.result);
  return core::ok();
}

core::Result<> check_equity_before(Calculation& calculation, const RolloverCompleted& body,
                                   const engine::PoolValued& valued) {
  TRY(const auto rounding, rounding_of(valued));
  core::Minor equity = valued.equity - valued.credit.value_or(0) - rounding;
  std::string how = "the valuation";
  if (valued.credit) how += ", without the broker's credit of " + calculation.money(*valued.credit);
  if (rounding != 0) how += ", without the rounding of its own figures";
  if (equity < 0) how += ", not below zero: the firm bears the rest";
  equity = std::max<core::Minor>(equity, 0);
  calculation.check_money("equity before", how, equity, body.equity_before);
  calculation.check_money("rounding of the valuation", "equity - balance - floating - credit",
                          rounding, body.rounding.value_or(0));
  return core::ok();
}

core::Result<> check_after(Calculation& calculation, const RolloverCompleted& body,
                           const Terms& terms, const Sums& sums) {
  core::Minor floating = 0;
  Sources& sources = calculation.sources();
  for (const core::PartyId& client : sums.investors) {
    TRY(const auto in_books, sources.balance_at(accounts::floating(body.structure, client),
                                                calculation.currency(), calculation.seq()));
    floating -= in_books;
  }
  calculation.check_money("floating", "of all investors, in the books", floating, body.floating);
  std::string how = calculation.money(body.equity_before) + " - " + calculation.money(body.fees) +
                    " of fees - " + calculation.money(body.redeemed) + " redeemed + " +
                    calculation.money(body.subscribed) + " subscribed";
  if (sums.kept != 0) how += " - " + calculation.money(sums.kept) + " kept for the next result";
  calculation.check_money(
      "equity after", how,
      body.equity_before - body.fees - body.redeemed + body.subscribed - sums.kept,
      body.equity_after);
  // The completion posts nothing of it: what its rollover did to the units stands before it.
  TRY(const auto units_after, sources.balance_at(accounts::units_issued(body.structure),
                                                 terms.unit_code, calculation.seq()));
  calculation.check_units("units after", "issued, in the books", -units_after, body.units_after);
  return core::ok();
}

void tell_rest(Calculation& calculation, const RolloverCompleted& body) {
  const bool ended = body.units_before > 0 && body.units_after == 0;
  calculation.require(body.epoch.has_value() == ended, "a new epoch of units",
                      ended ? "nobody holds units any more" : "no",
                      body.epoch ? "epoch " + std::to_string(*body.epoch) : "none");
  if (body.mark_numerator && body.mark_denominator) {
    calculation.given("the pool's mark of a smallest unit",
                      calculation.exact(*body.mark_numerator, *body.mark_denominator));
  }
  if (body.gated) calculation.given("gated", "for want of margin some were paid a part only");
  calculation.require(!body.archived || body.units_after == 0, "liquidated",
                      body.archived ? "yes: nobody holds units any more" : "no",
                      body.archived ? "yes" : "no");
}

}  // namespace

core::Result<> explain_rollover(Calculation& calculation) {
  TRY(const auto body, body_of<RolloverCompleted>(calculation));
  TRY(const auto terms, find_terms(calculation, body.structure));
  TRY(const auto rollovers, find_rollovers(calculation, body.structure));
  TRY(const auto valued, rest_on_valuation(calculation, body.structure));
  calculation.set_title("rollover " + std::to_string(body.rollover) + ", trade date " +
                        core::to_string(body.trade_date));
  calculation.check("rollover", "one after the last",
                    std::to_string(rollovers.last ? rollovers.last->body.rollover + 1 : 1),
                    std::to_string(body.rollover));
  calculation.given("a period ends for all", body.period_end ? "yes" : "as the offers say");
  if (body.units_before != 0 && valued) {
    TRY(check_equity_before(calculation, body, valued->body));
  }
  TRY(const Sums sums, sums_of(calculation, body.structure, rollover_begin(rollovers)));
  TRY(check_opening(calculation, body, terms, sums));
  calculation.given("price", body.units_before == 0
                                 ? "at par: nobody held units"
                                 : print_price(calculation, body.equity_before, body.units_before));
  calculation.check_money("fees", "of all investors, with tax on top", sums.fees, body.fees);
  calculation.check_money("redeemed", "by all who left, less what stays in the pool", sums.redeemed,
                          body.redeemed);
  calculation.check_money("subscribed", "by all who came, with what comes back to them",
                          sums.subscribed, body.subscribed);
  TRY(check_after(calculation, body, terms, sums));
  tell_rest(calculation, body);
  return core::ok();
}

}  // namespace reports::explain
