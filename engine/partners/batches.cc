// Row 24, second half: what is approved is made payable for all partners at once, and paid.

#include <algorithm>
#include <utility>

#include "core/check.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/commission/amount.h"
#include "engine/gate/screening.h"
#include "engine/lookup.h"
#include "engine/money.h"
#include "engine/partners/decide.h"
#include "engine/partners/earnings.h"
#include "engine/partners/legs.h"
#include "engine/partners/payouts.h"
#include "engine/partners/places.h"

namespace engine::partners {
namespace {

core::Result<> check_no_breaks(const State& state) {
  if (state.partner_book->breaks.empty()) return core::ok();
  return core::conflict("reconciliation_break", "batch",
                        "Deals differ from the trade server's (" +
                            *state.partner_book->breaks.begin() +
                            "); reconcile or resolve that first.");
}

bool same_cycle(PayoutCycle cycle, core::Date a, core::Date b) {
  constexpr std::int32_t kThursday = 3;  // 1970-01-01, in days after a Monday.
  switch (cycle) {
    case PayoutCycle::Daily:
      return a == b;
    case PayoutCycle::Weekly:
      return (a.days + kThursday) / 7 == (b.days + kThursday) / 7;
    case PayoutCycle::Monthly:
      return month_of(a) == month_of(b);
  }
  CHECK(false);
}

// What moved on and is not earned any more, since deals were taken back.
core::Result<core::Minor> taken_back(const Earnings& earnings, const std::string& currency) {
  TRY(const auto moved, moved_on(earnings));
  const core::Minor whole =
      commission::whole_units(earnings.exact, *core::currency_scale(currency));
  TRY(const auto below, core::subtract(moved, whole));
  return std::max(below, core::Minor{0});
}

// A minimum is in the currency of its programme; there is none for what he earned in another one.
core::Result<core::Minor> minimum_of(const Context& context, const core::PartyId& partner,
                                     const std::string& currency, const PayoutTerms& terms) {
  const Assignment* assigned = assignment_at(context.state, partner, context.now);
  if (assigned == nullptr) return core::Minor{0};
  const auto& programmes = context.state.partner_book->programmes;
  if (programmes.at(assigned->programme).currency != currency) return core::Minor{0};
  return signed_money(terms.minimum, currency, "minimum");
}

// He has no part in the batch; what he earned stays approved.
bool is_left_out(PayoutCarried outcome) {
  switch (outcome) {
    case PayoutCarried::BelowMinimum:
    case PayoutCarried::CycleNotOver:
    case PayoutCarried::ScreeningHit:
      return true;
    case PayoutCarried::Paid:
    case PayoutCarried::OwedToHouse:
      break;
  }
  return false;
}

// What of a partner's approved earnings is paid, and why not all of it. What was taken back stays
// approved until he has earned it anew.
core::Result<PayoutLine> line_of(const Context& context, const MakePayoutBatch& command,
                                 const core::PartyId& partner, const Earnings& earnings) {
  const PayoutTerms terms = payout_terms(context.state, partner, context.now);
  TRY(const auto below, taken_back(earnings, command.currency));
  const core::Minor approved = earnings.approved - std::min(below, earnings.approved);
  PayoutLine line{command.batch, partner, command.currency, PayoutCarried::Paid, approved, 0, 0, 0};
  TRY(const auto minimum, minimum_of(context, partner, command.currency, terms));
  if (gate::has_hit(context.state, partner)) {
    line.outcome = PayoutCarried::ScreeningHit;
  } else if (earnings.paid_on &&
             same_cycle(terms.cycle, *earnings.paid_on, core::utc_date(context.now))) {
    line.outcome = PayoutCarried::CycleNotOver;
  } else if (approved < minimum) {
    line.outcome = PayoutCarried::BelowMinimum;
  }
  if (line.outcome != PayoutCarried::Paid) return line;
  line.offset = std::min(earnings.owed, approved);
  const core::Minor rest = line.approved - line.offset;
  if (terms.reserve_share) {
    TRY(const auto unit, core::power_of_ten(terms.reserve_share->scale));
    TRY(line.reserve,
        core::multiply_divide(rest, terms.reserve_share->digits, unit, core::Rounding::Floor));
  }
  line.amount = rest - line.reserve;
  if (rest == 0) line.outcome = PayoutCarried::OwedToHouse;
  return line;
}

Postings postings_of(const PayoutLine& line) {
  Postings postings;
  if (is_left_out(line.outcome)) return postings;
  postings.add(accounts::partner_approved(line.partner), line.currency, line.approved);
  postings.add(accounts::partner_held(line.partner), line.currency, -line.reserve);
  postings.add(accounts::receivable(line.partner), line.currency, -line.offset);
  postings.add(accounts::partner_payable(line.partner), line.currency, -line.amount);
  return postings;
}

// What of a line has been earned still, and what has not: deals were taken back since the batch was
// made. What is approved and not in a batch covers that first. Of whom a list names by now all is
// kept.
core::Result<PayoutPaid> payment_of(const State& state, const PayPayoutBatch& command,
                                    const core::PartyId& partner, const BatchStanding& batch) {
  PayoutPaid paid{command.batch, partner, batch.currency, batch.lines.at(partner), command.bank};
  if (gate::has_hit(state, partner)) {
    paid.screening_hit = true;
    paid.kept = std::exchange(paid.amount, core::Minor{0});
    return paid;
  }
  const Earnings& earnings = earnings_of(state, partner, batch.currency);
  TRY(const auto below, taken_back(earnings, batch.currency));
  TRY(const auto uncovered, core::subtract(below, earnings.approved));
  const core::Minor kept = std::clamp(uncovered, core::Minor{0}, paid.amount);
  if (kept == 0) return paid;
  paid.amount -= kept;
  paid.kept = kept;
  return paid;
}

}  // namespace

Drafts decide(const Context& context, const MakePayoutBatch& command) {
  const PartnerBook& book = *context.state.partner_book;
  TRY(check_currency(command.currency, "currency"));
  if (book.batches.contains(command.batch)) {
    return core::conflict("exists", "batch", "This id is registered already.");
  }
  TRY(check_no_breaks(context.state));
  PayoutBatchMade body{command, 0, 0};
  std::vector<PayoutLine> lines;
  for (const auto& [partner, currencies] : book.earnings) {
    const auto earnings = currencies.find(command.currency);
    if (earnings == currencies.end() || earnings->second.approved == 0) continue;
    TRY(auto line, line_of(context, command, partner, earnings->second));
    if (line.approved == 0) continue;
    TRY(body.total, core::add(body.total, line.amount));
    if (line.amount != 0) ++body.partners;
    lines.push_back(std::move(line));
  }
  if (lines.empty()) {
    return core::conflict("nothing_to_pay", "currency",
                          "No partner has approved earnings in this currency.");
  }
  Effects effects(context.effective_at);
  effects.add(body, {}, {});
  for (const PayoutLine& line : lines) {
    effects.add(line, postings_of(line), {line.partner.bytes});
  }
  return effects.take();
}

Drafts decide(const Context& context, const PayPayoutBatch& command) {
  const auto& batches = context.state.partner_book->batches;
  const auto found = batches.find(command.batch);
  if (found == batches.end()) {
    return core::not_found("unknown_batch", "batch", "Make the batch first.");
  }
  const BatchStanding& batch = found->second;
  if (batch.paid) return core::conflict("already_paid", "batch", "This batch was paid already.");
  TRY(require_bank(context, command.bank, BankRing::House));
  TRY(check_no_breaks(context.state));
  if (batch.lines.empty()) {
    return core::conflict("nothing_to_pay", "batch", "All that it names is carried.");
  }
  Effects effects(context.effective_at);
  for (const auto& [partner, amount] : batch.lines) {
    TRY(const auto paid, payment_of(context.state, command, partner, batch));
    Postings postings;
    postings.add(accounts::partner_payable(partner), batch.currency, amount);
    postings.add(accounts::partner_approved(partner), batch.currency, -paid.kept.value_or(0));
    postings.add(accounts::bank(command.bank, BankRing::House), batch.currency, -paid.amount);
    effects.add(paid, std::move(postings), {partner.bytes});
  }
  return effects.take();
}

Drafts decide(const Context& context, const ReclaimPayout& command) {
  TRY(require_partner(context.state, command.partner, "partner"));
  TRY(check_reason(command.reason));
  TRY(const auto amount, positive_money(command.amount, command.currency, "amount"));
  const Earnings& earnings = earnings_of(context.state, command.partner, command.currency);
  if (amount > earnings.paid) {
    return core::conflict("not_enough", "amount", "Less than that was paid to him.");
  }
  TRY(const auto moved, moved_on(earnings));
  const core::Minor accrued =
      commission::whole_units(earnings.exact, *core::currency_scale(command.currency));
  TRY(const auto below, core::subtract(moved, accrued));
  PayoutReclaimed body{command, amount, std::clamp(below, core::Minor{0}, amount)};
  Effects effects(context.effective_at);
  if (!context.books.is_open(accounts::receivable(command.partner))) {
    effects.open({account(accounts::receivable(command.partner))}, {command.partner.bytes});
  }
  Postings postings;
  postings.add(accounts::receivable(command.partner), command.currency, amount);
  postings.add(expense_of(context.state, command.partner), command.currency, -amount);
  effects.add(body, std::move(postings), {command.partner.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const RouteRebates& command) {
  TRY(require_partner(context.state, command.partner, "partner"));
  const auto& routed = context.state.partner_book->routed;
  Effects effects(context.effective_at);
  bool any = false;
  if (const auto clients = routed.find(command.partner); clients != routed.end()) {
    for (const auto& [client, currencies] : clients->second) {
      const auto due = currencies.find(command.currency);
      if (due == currencies.end()) continue;
      TRY(const auto amount, core::subtract(due->second.posted, due->second.passed));
      if (amount <= 0) continue;
      any = true;
      Postings postings;
      postings.add(accounts::wallet(client), command.currency, -amount);
      postings.in(command.currency, amount);
      postings.add(accounts::partner_accrued(command.partner), command.currency, amount);
      effects.add(RebateRouted{command.partner, client, command.currency, amount},
                  std::move(postings), {client.bytes, command.partner.bytes});
    }
  }
  if (any) return effects.take();
  return core::conflict("nothing_to_pay", "partner", "Nothing is due to clients.");
}

core::Result<> apply(State& state, const PayoutBatchMade& body, const ledger::RecordView&) {
  state.partner_book->batches[body.made.batch].currency = body.made.currency;
  return core::ok();
}

core::Result<> apply(State& state, const PayoutLine& body, const ledger::RecordView& record) {
  PartnerBook& book = *state.partner_book;
  if (body.outcome != PayoutCarried::Paid) {
    book.batches.at(body.batch).left_out[body.partner] = body.outcome;
  }
  if (is_left_out(body.outcome)) return core::ok();
  Earnings& earnings = book.earnings[body.partner][body.currency];
  TRY(earnings.approved, core::subtract(earnings.approved, body.approved));
  TRY(earnings.held, core::add(earnings.held, body.reserve));
  TRY(earnings.payable, core::add(earnings.payable, body.amount));
  TRY(earnings.owed, core::subtract(earnings.owed, body.offset));
  TRY(earnings.paid, core::add(earnings.paid, body.offset));
  earnings.paid_on = core::utc_date(record.recorded_at);
  if (body.amount != 0) book.batches.at(body.batch).lines[body.partner] = body.amount;
  return core::ok();
}

core::Result<> apply(State& state, const PayoutPaid& body, const ledger::RecordView&) {
  PartnerBook& book = *state.partner_book;
  Earnings& earnings = book.earnings[body.partner][body.currency];
  BatchStanding& batch = book.batches.at(body.batch);
  const core::Minor kept = body.kept.value_or(0);
  TRY(earnings.payable, core::subtract(earnings.payable, batch.lines.at(body.partner)));
  TRY(earnings.approved, core::add(earnings.approved, kept));
  TRY(earnings.paid, core::add(earnings.paid, body.amount));
  if (kept != 0) batch.kept[body.partner] = kept;
  batch.paid = true;
  return core::ok();
}

core::Result<> apply(State& state, const PayoutReclaimed& body, const ledger::RecordView&) {
  const ReclaimPayout& reclaim = body.reclaim;
  Earnings& earnings = state.partner_book->earnings[reclaim.partner][reclaim.currency];
  TRY(const auto unit,
      core::power_of_ten(commission::kAccrualScale - *core::currency_scale(reclaim.currency)));
  TRY(const auto taken, core::subtract(body.amount, body.carried));
  TRY(const auto accrual, core::multiply(taken, unit));
  TRY(earnings.exact, core::subtract(earnings.exact, accrual));
  TRY(earnings.matured, core::subtract(earnings.matured, accrual));
  TRY(earnings.posted, core::subtract(earnings.posted, body.amount));
  TRY(earnings.paid, core::subtract(earnings.paid, body.amount));
  TRY(earnings.owed, core::add(earnings.owed, body.amount));
  return core::ok();
}

core::Result<> apply(State& state, const RebateRouted& body, const ledger::RecordView&) {
  RoutedRebate& due = state.partner_book->routed[body.partner][body.client][body.currency];
  TRY(due.passed, core::add(due.passed, body.amount));
  return core::ok();
}

}  // namespace engine::partners
