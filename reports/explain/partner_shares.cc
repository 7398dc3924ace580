// What partners have of clients' fees, and what of a batch they were paid.

#include <algorithm>

#include "engine/partner_fee_records.h"
#include "engine/payout_records.h"
#include "engine/trading_records.h"
#include "reports/explain/kinds.h"

namespace reports::explain {
namespace {

using engine::FeeCharged;
using engine::PartnerFeeShare;

bool pays_share(const FeeCharged& fee, const PartnerFeeShare& body) {
  return fee.structure == body.structure && fee.client == body.client && fee.fee == body.fee &&
         std::ranges::any_of(fee.shares, [&](const engine::FeeShare& share) {
           return share.partner == body.partner && share.amount == body.amount;
         });
}

// The fee's own record, of a pool or of an account: the last one before.
core::Result<std::uint64_t> find_shared_fee(Calculation& calculation, const PartnerFeeShare& body) {
  const ledger::SubjectId client(body.client.bytes);
  TRY(const auto of_pool,
      find_body<FeeCharged>(calculation.sources(), client, Direction::Before, calculation.seq(),
                            [&](const FeeCharged& fee) { return pays_share(fee, body); }));
  TRY(const auto of_account,
      find_body<engine::AccountFeeCharged>(
          calculation.sources(), client, Direction::Before, calculation.seq(),
          [&](const engine::AccountFeeCharged& one) { return pays_share(one.fee, body); }));
  const std::uint64_t seq = std::max(of_pool ? of_pool->seq : 0, of_account ? of_account->seq : 0);
  if (seq != 0) return seq;
  return core::corrupt("record", "seq " + std::to_string(calculation.seq()),
                       "The fee that he has a share of is not in the book.");
}

}  // namespace

core::Result<> explain_partner_fee_share(Calculation& calculation) {
  TRY(const auto body, body_of<PartnerFeeShare>(calculation));
  calculation.set_currency(body.currency);
  calculation.set_title("a partner's share of a fee, " + calculation.money(body.amount));
  if (const auto corrected = calculation.record().corrects) {
    calculation.rests_on(*corrected, "the fee that was corrected");
    calculation.given("amount", calculation.money(body.amount));
    if (body.owed) calculation.given("owed by him", calculation.money(*body.owed));
    return core::ok();
  }
  TRY(const auto fee, find_shared_fee(calculation, body));
  calculation.rests_on(fee, "the fee, whose record posts his share");
  calculation.check_money("amount", "his share in the fee's record", body.amount, body.amount);
  return core::ok();
}

core::Result<> explain_payout(Calculation& calculation) {
  TRY(const auto body, body_of<engine::PayoutPaid>(calculation));
  calculation.set_currency(body.currency);
  calculation.set_title("a partner's payment of " + calculation.money(body.amount));
  TRY(const auto line,
      find_body<engine::PayoutLine>(calculation.sources(), ledger::SubjectId(body.partner.bytes),
                                    Direction::Before, calculation.seq(),
                                    [&](const engine::PayoutLine& one) {
                                      return one.batch == body.batch && one.partner == body.partner;
                                    }));
  if (!line) {
    return core::corrupt("record", "seq " + std::to_string(calculation.seq()),
                         "The line of the batch is not in the book.");
  }
  calculation.rests_on(line->seq, "the line of the batch");
  const core::Minor kept = body.kept.value_or(0);
  const auto why = body.screening_hit ? "kept, as a list names him" : "not earned any more";
  if (kept != 0) calculation.given(why, calculation.money(kept));
  TRY(const auto paid, core::subtract(line->body.amount, kept));
  calculation.check_money("paid",
                          calculation.money(line->body.amount) + " - " + calculation.money(kept),
                          paid, body.amount);
  return core::ok();
}

}  // namespace reports::explain
