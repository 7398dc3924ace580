// Row 24, first half: accrued earnings are held, released, approved.

#include <algorithm>

#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/commission/amount.h"
#include "engine/money.h"
#include "engine/partners/decide.h"
#include "engine/partners/earnings.h"
#include "engine/partners/payouts.h"
#include "engine/partners/places.h"

namespace engine::partners {
namespace {

core::Error not_enough(std::string detail) {
  return core::conflict("not_enough", "amount", std::move(detail));
}

// All that had accrued by the end of a day.
core::Result<Accrual> matured_by(const Earnings& earnings, core::Date until) {
  Accrual sum = earnings.matured;
  for (const auto& [day, accrual] : earnings.days) {
    if (day > until) break;
    TRY(sum, core::add(sum, accrual));
  }
  return sum;
}

Postings between(std::string from, std::string to, const std::string& currency,
                 core::Minor amount) {
  Postings postings;
  postings.add(std::move(from), currency, amount);
  postings.add(std::move(to), currency, -amount);
  return postings;
}

}  // namespace

PayoutTerms payout_terms(const State& state, const core::PartyId& partner, core::Instant at) {
  const PayoutTerms usual{PayoutCycle::Monthly, {}, 30, {}};
  const Assignment* assigned = assignment_at(state, partner, at);
  if (assigned == nullptr) return usual;
  return version_at(state, assigned->programme, at)->terms.payout.value_or(usual);
}

Drafts decide(const Context& context, const HoldEarnings& command) {
  TRY(require_partner(context.state, command.partner, "partner"));
  TRY(check_reason(command.reason));
  TRY(const auto amount, positive_money(command.amount, command.currency, "amount"));
  TRY(const auto accrued,
      accrued_balance(earnings_of(context.state, command.partner, command.currency)));
  if (amount > accrued) return not_enough("Less than that is accrued and free.");
  Effects effects(context.effective_at);
  open_states(context, command.partner, effects);
  effects.add(EarningsHeld{command, amount},
              between(accounts::partner_accrued(command.partner),
                      accounts::partner_held(command.partner), command.currency, amount),
              {command.partner.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const ReleaseEarnings& command) {
  TRY(require_partner(context.state, command.partner, "partner"));
  TRY(check_reason(command.reason));
  TRY(const auto amount, positive_money(command.amount, command.currency, "amount"));
  const Earnings& earnings = earnings_of(context.state, command.partner, command.currency);
  if (amount > earnings.held) return not_enough("Less than that is held.");
  TRY(const auto moved, moved_on(earnings));
  const core::Minor whole =
      commission::whole_units(earnings.exact, *core::currency_scale(command.currency));
  TRY(const auto below, core::subtract(moved, whole));
  const core::Minor back = std::clamp(below, core::Minor{0}, amount);
  EarningsReleased body{command, amount, {}};
  if (back != 0) body.reversed = back;
  Postings postings;
  postings.add(accounts::partner_held(command.partner), command.currency, amount);
  postings.add(accounts::partner_accrued(command.partner), command.currency, -(amount - back));
  postings.add(expense_of(context.state, command.partner), command.currency, -back);
  Effects effects(context.effective_at);
  effects.add(body, std::move(postings), {command.partner.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const ApproveEarnings& command) {
  const State& state = context.state;
  TRY(require_partner(state, command.partner, "partner"));
  TRY(check_currency(command.currency, "currency"));
  const core::Date today = core::utc_date(context.now);
  const PayoutTerms terms = payout_terms(state, command.partner, context.now);
  if (command.until.days + static_cast<std::int64_t>(terms.hold_days) > today.days) {
    return core::conflict("hold_period", "until",
                          "Earnings are approved " + std::to_string(terms.hold_days) +
                              " days after the day they accrued, not before.");
  }
  const Earnings& earnings = earnings_of(state, command.partner, command.currency);
  TRY(const auto matured, matured_by(earnings, command.until));
  TRY(const auto moved, moved_on(earnings));
  TRY(const auto accrued, accrued_balance(earnings));
  const core::Minor whole =
      commission::whole_units(matured, *core::currency_scale(command.currency));
  TRY(const auto free, core::subtract(whole, moved));
  const core::Minor amount = std::min(free, accrued);
  if (amount <= 0) {
    return core::conflict("nothing_to_approve", "until",
                          "Nothing that had accrued by then is free.");
  }
  Effects effects(context.effective_at);
  open_states(context, command.partner, effects);
  effects.add(EarningsApproved{command, written(matured), amount},
              between(accounts::partner_accrued(command.partner),
                      accounts::partner_approved(command.partner), command.currency, amount),
              {command.partner.bytes});
  return effects.take();
}

core::Result<> apply(State& state, const EarningsHeld& body, const ledger::RecordView&) {
  Earnings& earnings = state.partner_book->earnings[body.hold.partner][body.hold.currency];
  TRY(earnings.held, core::add(earnings.held, body.amount));
  return core::ok();
}

core::Result<> apply(State& state, const EarningsReleased& body, const ledger::RecordView&) {
  Earnings& earnings = state.partner_book->earnings[body.release.partner][body.release.currency];
  TRY(earnings.held, core::subtract(earnings.held, body.amount));
  TRY(earnings.posted, core::subtract(earnings.posted, body.reversed.value_or(0)));
  return core::ok();
}

core::Result<> apply(State& state, const EarningsApproved& body, const ledger::RecordView&) {
  const ApproveEarnings& approval = body.approval;
  Earnings& earnings = state.partner_book->earnings[approval.partner][approval.currency];
  TRY(earnings.matured, to_accrual(body.matured));
  earnings.days.erase(earnings.days.begin(), earnings.days.upper_bound(approval.until));
  TRY(earnings.approved, core::add(earnings.approved, body.amount));
  return core::ok();
}

}  // namespace engine::partners
