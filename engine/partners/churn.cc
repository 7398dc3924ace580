// Whether a client's deals were made for the commission.

#include <algorithm>

#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/commission/amount.h"
#include "engine/lookup.h"
#include "engine/partners/decide.h"
#include "engine/partners/earnings.h"
#include "engine/partners/places.h"

namespace engine::partners {
namespace {

bool above(const core::Rational& figure, const std::optional<core::Decimal>& bound,
           const core::Rational& equity) {
  return bound && figure > multiply(commission::exact(*bound), equity);
}

// What a day earned him that no check has held yet.
core::Result<Accrual> free_of(const ClientDay& day) {
  TRY(const auto free, core::subtract(day.own, day.held));
  return std::max(free, Accrual{0});
}

// Of `own` only what is free.
core::Result<ClientDay> sum_of_days(const PartnerBook& book, const CheckChurn& check) {
  ClientDay sum;
  const auto client = book.client_days.find(check.client);
  if (client == book.client_days.end()) return sum;
  const auto days = client->second.find(check.partner);
  if (days == client->second.end()) return sum;
  for (auto day = days->second.lower_bound(check.from);
       day != days->second.end() && day->first < check.to; ++day) {
    TRY(sum.notional, core::add(sum.notional, day->second.notional));
    TRY(sum.commission, core::add(sum.commission, day->second.commission));
    TRY(const auto free, free_of(day->second));
    TRY(sum.own, core::add(sum.own, free));
  }
  return sum;
}

// Notes with each day what of his own earnings is held, the earliest first, so that it is not held
// again.
core::Result<> mark_held(PartnerBook& book, const ChurnMeasured& body) {
  TRY(const auto unit,
      core::power_of_ten(commission::kAccrualScale - *core::currency_scale(body.currency)));
  TRY(Accrual left, core::multiply(body.held, unit));
  auto& days = book.client_days[body.check.client][body.check.partner];
  for (auto day = days.lower_bound(body.check.from);
       day != days.end() && day->first < body.check.to && left > 0; ++day) {
    TRY(const auto free, free_of(day->second));
    const Accrual part = std::min(free, left);
    TRY(day->second.held, core::add(day->second.held, part));
    left -= part;
  }
  return core::ok();
}

}  // namespace

Drafts decide(const Context& context, const CheckChurn& command) {
  const State& state = context.state;
  TRY(require_client(context, command.client));
  TRY(require_partner(state, command.partner, "partner"));
  TRY(check_days(command.from, command.to));
  if (command.average_equity.digits <= 0) {
    return core::invalid("not_positive", "average_equity", "It must be above zero.");
  }
  const core::Instant end{core::utc_midnight(command.to).micros - 1};
  const Assignment* assigned = assignment_at(state, command.partner, end);
  if (assigned == nullptr) return no_programme();
  const ProgrammeTerms& terms = version_at(state, assigned->programme, end)->terms;
  const std::string& currency = state.partner_book->programmes.at(assigned->programme).currency;
  TRY(const auto sum, sum_of_days(*state.partner_book, command));
  ChurnMeasured body{command, currency, written(sum.notional), written(sum.commission), false, 0};
  const core::Rational equity = commission::exact(command.average_equity);
  body.alert =
      terms.churn && (above(exact(sum.notional), terms.churn->volume_to_equity, equity) ||
                      above(exact(sum.commission), terms.churn->commission_to_equity, equity));
  Effects effects(context.effective_at);
  Postings postings;
  if (body.alert) {
    TRY(const auto accrued, accrued_balance(earnings_of(state, command.partner, currency)));
    const core::Minor earned = commission::whole_units(sum.own, *core::currency_scale(currency));
    body.held = std::clamp(earned, core::Minor{0}, std::max(accrued, core::Minor{0}));
    open_states(context, command.partner, effects);
    postings.add(accounts::partner_accrued(command.partner), currency, body.held);
    postings.add(accounts::partner_held(command.partner), currency, -body.held);
  }
  effects.add(body, std::move(postings), {command.client.bytes, command.partner.bytes});
  return effects.take();
}

core::Result<> apply(State& state, const ChurnMeasured& body, const ledger::RecordView&) {
  if (body.held == 0) return core::ok();
  Earnings& earnings = state.partner_book->earnings[body.check.partner][body.currency];
  TRY(earnings.held, core::add(earnings.held, body.held));
  return mark_held(*state.partner_book, body);
}

}  // namespace engine::partners
