#include "engine/charging/shares.h"

#include <algorithm>

#include "engine/accounts.h"
#include "engine/fees/cap.h"
#include "engine/fees/reserve.h"

namespace engine::charging {
namespace {

std::string account_of(const FeeShare& share, const Payees& payees) {
  switch (share.of) {
    case FeeShareOf::Tax:
      return accounts::tax(payees.terms->tax->country);
    case FeeShareOf::Broker:
    case FeeShareOf::House:
      return std::string(accounts::kFeeShare);
    case FeeShareOf::IntroducingBroker:
    case FeeShareOf::BusinessPartner:
      return accounts::partner_accrued(*share.partner);
    case FeeShareOf::Reserve:
      return accounts::manager_reserve(payees.manager);
    case FeeShareOf::Manager:
    case FeeShareOf::Pool:
      break;
  }
  return accounts::manager_fees(payees.manager);
}

}  // namespace

core::Result<> apply_cap(const OfferTerms& terms, FeeYear& year, FeeCharged& fee) {
  if (!terms.annual_cap) return core::ok();
  TRY(const auto cap, fees::annual_cap(*terms.annual_cap, year.capital));
  TRY(const auto cut, fees::capped(fee.amount, cap, year.charged));
  fee.cap = cap;
  fee.cap_used = year.charged;
  fee.amount = cut.fee;
  if (cut.forfeited != 0) fee.forfeited = cut.forfeited;
  year.charged += cut.fee;
  return core::ok();
}

core::Result<> fit_into_equity(const OfferTerms& terms, core::Minor equity, FeeCharged& fee) {
  fee.amount = std::min(fee.amount, equity);
  if (!terms.tax || terms.tax->mode.value_or(TaxMode::OnTop) == TaxMode::Included) {
    return core::ok();
  }
  TRY(const auto unit, core::power_of_ten(terms.tax->rate.scale));
  TRY(const auto with_tax, core::add(unit, terms.tax->rate.digits));
  TRY(const auto most, core::multiply_divide(equity, unit, with_tax, core::Rounding::Floor));
  fee.amount = std::min(fee.amount, most);
  return core::ok();
}

core::Result<> share_out(const FeeRules& rules, FeeCharged& fee) {
  const OfferTerms& terms = *rules.terms;
  const bool reserved = terms.reserve && fee.fee == FeeKind::Performance;
  if (!terms.shares && !terms.tax && !reserved) return core::ok();
  TRY(const auto parts, fees::shares_of(fee.amount, rules.waterfall));
  const auto give = [&fee](FeeShareOf of, std::optional<core::PartyId> to, core::Minor amount) {
    if (amount != 0) fee.shares.push_back({of, to, amount});
  };
  if (terms.tax) fee.tax = parts.tax;
  give(FeeShareOf::Tax, {}, parts.tax);
  give(FeeShareOf::Broker, {}, parts.broker);
  for (std::size_t i = 0; i < parts.introducing.size(); ++i) {
    give(FeeShareOf::IntroducingBroker, terms.shares->introducing[i].partner, parts.introducing[i]);
  }
  if (parts.partner != 0) {
    give(FeeShareOf::BusinessPartner, terms.shares->business_partner->partner, parts.partner);
  }
  core::Minor held = 0;
  if (reserved) {
    TRY(held, fees::held_of(parts.manager, terms.reserve->share));
  }
  give(FeeShareOf::Reserve, {}, held);
  give(FeeShareOf::Manager, {}, parts.manager - held);
  return core::ok();
}

core::Minor taken_by(const FeeCharged& fee) {
  if (fee.shares.empty()) return fee.amount;
  core::Minor sum = 0;
  for (const FeeShare& share : fee.shares) sum += share.amount;
  return sum;
}

void post_shares(const FeeCharged& fee, const Payees& payees, const std::string& currency,
                 Postings& postings) {
  if (fee.shares.empty()) {
    postings.add(accounts::manager_fees(payees.manager), currency, -fee.amount);
    return;
  }
  for (const FeeShare& share : fee.shares) {
    postings.add(account_of(share, payees), currency, -share.amount);
  }
}

}  // namespace engine::charging
