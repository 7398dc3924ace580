// What partners earn by clients' fees: one record beside each fee, whose own record has the
// posting.

#include "core/iso4217.h"
#include "engine/commission/amount.h"
#include "engine/partners/decide.h"
#include "engine/partners/earnings.h"

namespace engine::partners {

void add_fee_shares(Effects& effects, const FeeCharged& fee, const std::string& currency) {
  for (const FeeShare& share : fee.shares) {
    if (!share.partner || share.amount == 0) continue;
    effects.add(
        PartnerFeeShare{*share.partner, fee.structure, fee.client, fee.fee, currency, share.amount},
        {}, {share.partner->bytes});
  }
}

// While he is below zero, what the fee's record posted stays accrued, and is not approved; his next
// line brings the postings to the floor of the sum again.
core::Result<> apply(State& state, const PartnerFeeShare& body, const ledger::RecordView& record) {
  Earnings& earnings = state.partner_book->earnings[body.partner][body.currency];
  TRY(const auto unit,
      core::power_of_ten(commission::kAccrualScale - *core::currency_scale(body.currency)));
  TRY(const auto accrual, core::multiply(body.amount, unit));
  TRY(earnings.posted, core::add(earnings.posted, body.amount));
  const core::Minor owed = body.owed.value_or(0);
  TRY(earnings.owed, core::add(earnings.owed, owed));
  TRY(earnings.paid, core::subtract(earnings.paid, owed));
  return add_exact(earnings, accrual, core::utc_date(record.effective_at));
}

}  // namespace engine::partners
