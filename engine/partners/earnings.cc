#include "engine/partners/earnings.h"

#include <algorithm>

#include "core/check.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/commission/amount.h"
#include "engine/partners/places.h"

namespace engine::partners {

using commission::kAccrualScale;

core::Result<Accrual> to_accrual(const core::Decimal& value) {
  return core::to_minor(value, kAccrualScale);
}

core::Result<core::Decimal> written(const core::Rational& value) {
  TRY(const auto accrual, commission::to_accrual(value));
  return core::to_decimal(accrual, kAccrualScale);
}

core::Decimal written(Accrual value) { return core::to_decimal(value, kAccrualScale); }

core::Rational exact(Accrual value) {
  static const core::Minor kUnit = core::power_of_ten(kAccrualScale).value();
  return core::Rational::of(value, kUnit).value();
}

core::Result<> grow(Accrual& sum, Accrual by, bool back) {
  TRY(sum, back ? core::subtract(sum, by) : core::add(sum, by));
  return core::ok();
}

core::Result<core::Minor> moved_on(const Earnings& earnings) {
  TRY(const auto open, core::add(earnings.held, earnings.approved));
  TRY(const auto done, core::add(earnings.payable, earnings.paid));
  return core::add(open, done);
}

const Earnings& earnings_of(const State& state, const core::PartyId& partner,
                            const std::string& currency) {
  static const Earnings kNone;
  const auto found = state.partner_book->earnings.find(partner);
  if (found == state.partner_book->earnings.end()) return kNone;
  const auto in_currency = found->second.find(currency);
  return in_currency == found->second.end() ? kNone : in_currency->second;
}

core::Result<core::Minor> accrued_balance(const Earnings& earnings) {
  TRY(const auto moved, moved_on(earnings));
  return core::subtract(earnings.posted, moved);
}

core::Result<Accruals::Sum*> Accruals::sum_of(const PartnerLineAccrued& line) {
  const Key key{line.partner, line.currency, line.routed ? line.client : std::nullopt};
  if (const auto known = sums_.find(key); known != sums_.end()) return &known->second;
  Sum sum;
  const State& state = context_.state;
  if (line.routed) {
    const auto& routed = state.partner_book->routed;
    const auto of_partner = routed.find(line.partner);
    if (of_partner != routed.end()) {
      const auto of_client = of_partner->second.find(*line.client);
      if (of_client != of_partner->second.end()) {
        const auto due = of_client->second.find(line.currency);
        if (due != of_client->second.end()) {
          sum = {due->second.exact, due->second.posted, due->second.passed};
        }
      }
    }
  } else {
    const Earnings& earnings = earnings_of(state, line.partner, line.currency);
    TRY(const auto moved, moved_on(earnings));
    sum = {earnings.exact, earnings.posted, moved};
  }
  return &sums_.emplace(key, sum).first->second;
}

core::Result<> Accruals::add(Effects& effects, PartnerLineAccrued line) {
  const auto scale = core::currency_scale(line.currency);
  CHECK(scale.has_value());
  TRY(Sum * sum, sum_of(line));
  TRY(const auto amount, to_accrual(line.amount));
  TRY(sum->exact, core::add(sum->exact, amount));
  const core::Minor total = std::max(commission::whole_units(sum->exact, *scale), sum->moved);
  line.exact = written(sum->exact);
  TRY(line.posted, core::subtract(total, sum->posted));
  sum->posted = total;
  Postings postings;
  postings.add(expense_of(context_.state, line.partner), line.currency, line.posted);
  postings.add(accounts::partner_accrued(line.partner), line.currency, -line.posted);
  Subjects subjects{line.partner.bytes};
  if (line.routed) subjects.push_back(line.client->bytes);
  effects.add(line, std::move(postings), std::move(subjects));
  return core::ok();
}

void open_states(const Context& context, const core::PartyId& partner, Effects& effects) {
  if (context.books.is_open(accounts::partner_held(partner))) return;
  std::vector<ledger::AccountOpening> openings;
  for (std::string path : {accounts::partner_held(partner), accounts::partner_approved(partner),
                           accounts::partner_payable(partner)}) {
    openings.push_back(account(std::move(path), {ledger::LawKind::NeverDebit}));
  }
  effects.open(std::move(openings), {partner.bytes});
}

core::Date earned_on(core::Instant effective_at, core::Instant recorded_at, bool taken_back) {
  return core::utc_date(taken_back ? effective_at : recorded_at);
}

core::Result<> add_exact(Earnings& earnings, Accrual amount, core::Date day) {
  TRY(earnings.exact, core::add(earnings.exact, amount));
  Accrual& of_day = earnings.days[day];
  TRY(of_day, core::add(of_day, amount));
  return core::ok();
}

core::Result<> add_earning(State& state, const PartnerLineAccrued& body, core::Date day) {
  PartnerBook& book = *state.partner_book;
  TRY(const auto sum, to_accrual(body.exact));
  if (body.routed) {
    RoutedRebate& due = book.routed[body.partner][*body.client][body.currency];
    due.exact = sum;
    TRY(due.posted, core::add(due.posted, body.posted));
    return core::ok();
  }
  Earnings& earnings = book.earnings[body.partner][body.currency];
  TRY(earnings.posted, core::add(earnings.posted, body.posted));
  TRY(const auto amount, to_accrual(body.amount));
  return add_exact(earnings, amount, day);
}

}  // namespace engine::partners
