// What partners earn by clients' fees: one record beside each fee, whose own record has the
// posting.

#include "core/iso4217.h"
#include "engine/commission/amount.h"
#include "engine/partners/decide.h"
#include "engine/partners/earnings.h"

namespace engine::partners {

namespace {

core::Result<> move_earnings(Earnings& earnings, const PartnerFeeShare& body, core::Date day) {
  TRY(const auto unit,
      core::power_of_ten(commission::kAccrualScale - *core::currency_scale(body.currency)));
  TRY(const auto accrual, core::multiply(body.amount, unit));
  TRY(earnings.posted, core::add(earnings.posted, body.amount));
  const core::Minor owed = body.owed.value_or(0);
  TRY(earnings.owed, core::add(earnings.owed, owed));
  TRY(earnings.paid, core::subtract(earnings.paid, owed));
  return add_exact(earnings, accrual, day);
}

// What a share moves, without the other days.
Earnings moved_by_share(const State& state, const core::PartyId& partner,
                        const std::string& currency, core::Date day) {
  const Earnings& known = earnings_of(state, partner, currency);
  Earnings out;
  out.exact = known.exact;
  out.posted = known.posted;
  out.owed = known.owed;
  out.paid = known.paid;
  if (const auto of_day = known.days.find(day); of_day != known.days.end()) {
    out.days.insert(*of_day);
  }
  return out;
}

}  // namespace

core::Result<> FeeShares::check(const PartnerFeeShare& share, core::Date day) {
  const auto key = std::pair{share.partner, share.currency};
  auto known = sums_.find(key);
  if (known == sums_.end()) {
    Earnings earnings = moved_by_share(context_.state, share.partner, share.currency, day);
    known = sums_.emplace(key, std::move(earnings)).first;
  }
  return move_earnings(known->second, share, day);
}

// One command may charge many fees, each of which is checked by itself: so much more must fit.
constexpr core::Minor kSharesOfACommandMax = 10'000'000;

core::Result<> add_fee_shares(const Context& context, Effects& effects, const FeeCharged& fee,
                              const std::string& currency) {
  const core::Date day = earned_on(context.effective_at, context.now, false);
  for (const FeeShare& share : fee.shares) {
    if (!share.partner || share.amount == 0) continue;
    const PartnerFeeShare record{*share.partner, fee.structure, fee.client,
                                 fee.fee,        currency,      share.amount};
    PartnerFeeShare most = record;
    TRY(most.amount, core::multiply(record.amount, kSharesOfACommandMax));
    TRY(FeeShares(context).check(most, day));
    effects.add(record, {}, {share.partner->bytes});
  }
  return core::ok();
}

// While he is below zero, what the fee's record posted stays accrued, and is not approved; his next
// line brings the postings to the floor of the sum again.
core::Result<> apply(State& state, const PartnerFeeShare& body, const ledger::RecordView& record) {
  Earnings& earnings = state.partner_book->earnings[body.partner][body.currency];
  return move_earnings(earnings, body,
                       earned_on(record.effective_at, record.recorded_at, body.amount < 0));
}

}  // namespace engine::partners
