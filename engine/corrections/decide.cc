#include "engine/corrections/decide.h"

#include <algorithm>

#include "engine/accounts.h"
#include "engine/corrections/account_fee.h"
#include "engine/corrections/past_fee.h"
#include "engine/corrections/payees.h"
#include "engine/corrections/right_fee.h"
#include "engine/gate/mandates.h"
#include "engine/gate_state.h"
#include "engine/lookup.h"
#include "engine/money.h"
#include "engine/trading_state.h"

namespace engine::corrections {
namespace {

constexpr std::string_view kCompensation = "expenses:house:compensation";

// One fee of one investor, taken back and charged anew.
class Correction {
 public:
  Correction(const Context& context, const CorrectFee& command, PastFee past)
      : context_(context),
        command_(command),
        past_(std::move(past)),
        wrong_(past_.fee),
        pool_(context.state.structures.at(wrong_.structure)),
        unit_(accounts::unit_code(pool_.ordinal, pool_.epoch)),
        mark_(accounts::mark_code(pool_.currency)),
        effects_(context.effective_at) {}

  Drafts run() {
    TRY(check_standing());
    TRY(make_right());
    TRY(check_change());
    TRY(add_records());
    send_operation();
    return effects_.take();
  }

 private:
  core::Result<> check_standing() const {
    if (!pool_.investors.at(wrong_.client).lots.empty()) {
      return core::conflict(
          "fee_on_lots", "fee",
          "The investor's marks are kept by lot; put the fee right by compensate.");
    }
    const core::Minor units =
        context_.books.balance(accounts::units(wrong_.structure, wrong_.client), unit_);
    // Units of an epoch that has ended cannot come back.
    if (units == 0 || returned_units() != wrong_.units_cancelled) {
      return core::conflict("investor_left", "fee",
                            "The investor holds no units any more: pay him by compensate; who had "
                            "too much is not asked for it.");
    }
    // The platform confirms in one row what several corrections send, but not what a rollover sent.
    if (open_operation() == 0 || open_operation() == sent_before()) return core::ok();
    return core::conflict("operation_unconfirmed", "fee",
                          "The platform has not confirmed the capital of the last rollover; it is "
                          "held.");
  }

  core::Minor open_operation() const {
    if (!pool_.server) return 0;
    return context_.books.balance(accounts::operation(wrong_.structure),
                                  accounts::operation_code(pool_.currency));
  }
  core::Minor sent_before() const {
    const auto sent = context_.state.corrections_sent.find(wrong_.structure);
    return open_operation() == 0 || sent == context_.state.corrections_sent.end() ? 0
                                                                                  : sent->second;
  }

  core::Result<> make_right() {
    right_ = wrong_;
    right_.amount_before = wrong_.amount;
    TRY(right_.amount,
        money_up_to(command_.amount, pool_.currency, wrong_.equity_before, "amount"));
    right_.units_cancelled = 0;
    if (right_.amount > 0) {
      TRY(right_.units_cancelled,
          core::multiply_divide(right_.amount, wrong_.price_units, wrong_.price_equity,
                                core::Rounding::Ceiling));
    }
    TRY(right_.mark_after, right_mark(command_, wrong_, right_.amount, pool_.currency));
    if (pool_.server) right_.sent = sent_before() + wrong_.amount - right_.amount;
    return core::ok();
  }

  core::Result<> check_change() const {
    TRY(check_differs(wrong_, right_));
    const auto& books = context_.books;
    const auto account = [&](auto path) { return path(wrong_.structure, wrong_.client); };
    const core::Minor entitlement = -books.balance(account(accounts::settled), pool_.currency) -
                                    books.balance(account(accounts::floating), pool_.currency);
    const core::Minor units = books.balance(account(accounts::units), unit_);
    const core::Minor mark = books.balance(accounts::mark(pool_.strategy, wrong_.client), mark_);
    TRY(const bool mark_fits, can_move_mark(mark, wrong_, right_));
    const bool enough = entitlement + wrong_.amount >= right_.amount &&
                        units + returned_units() >= right_.units_cancelled && mark_fits;
    if (enough) return core::ok();
    return core::invalid("fee_range", "amount",
                         "The investor does not have that much in the pool any more.");
  }

  core::Minor returned_units() const {
    return -past_.posted(accounts::units(wrong_.structure, wrong_.client), unit_);
  }

  core::Result<> add_records() {
    const Shares had = shares_of(past_.postings);
    TRY(const Shares get, split_like(had, right_.amount, accounts::manager_fees(pool_.manager)));
    TakenBack taken(context_, pool_.currency);
    Postings back;
    back.add(accounts::settled(wrong_.structure, wrong_.client), pool_.currency, -wrong_.amount);
    back.in(pool_.currency, wrong_.amount);
    taken.take(had, get, back);
    move_units(back, -returned_units());
    move_mark(back, wrong_.mark_before - wrong_.mark_after);
    if (auto openings = taken.openings(); !openings.empty()) {
      effects_.open(std::move(openings), {pool_.manager.bytes});
    }
    const FeeReversed reversed{wrong_.structure,  wrong_.client,
                               wrong_.fee,        wrong_.amount,
                               returned_units(),  wrong_.mark_after - wrong_.mark_before,
                               taken.receivable()};
    place(effects_.add(reversed, std::move(back), subjects()));
    Postings anew;
    anew.add(accounts::settled(wrong_.structure, wrong_.client), pool_.currency, right_.amount);
    anew.out(pool_.currency, right_.amount);
    for (const auto& [account, amount] : get) anew.add(account, pool_.currency, -amount);
    move_units(anew, right_.units_cancelled);
    move_mark(anew, right_.mark_after - right_.mark_before);
    place(effects_.add(right_, std::move(anew), subjects()));
    return add_partner_shares(context_, past_, {had, get, taken, pool_.currency}, effects_,
                              [&](ledger::Draft& draft) { place(draft); });
  }

  // Cancels units.
  void move_units(Postings& postings, core::Minor cancelled) const {
    postings.add(accounts::units(wrong_.structure, wrong_.client), unit_, -cancelled);
    postings.add(accounts::units_issued(wrong_.structure), unit_, cancelled);
  }
  void move_mark(Postings& postings, core::Minor moved) const {
    postings.add(accounts::mark(pool_.strategy, wrong_.client), mark_, moved);
    postings.add(std::string(accounts::kMemoContra), mark_, -moved);
  }

  void place(ledger::Draft& draft) const {
    draft.corrects = command_.fee;
    draft.effective_at = past_.effective_at;
    if (command_.document) draft.documents = {*command_.document};
  }

  // Row 18b: what comes back into the pool must be moved on the platform.
  void send_operation() {
    const core::Minor net = wrong_.amount - right_.amount;
    if (!pool_.server || net == 0) return;
    const std::string code = accounts::operation_code(pool_.currency);
    Postings postings;
    postings.add(accounts::operation(wrong_.structure), code, net);
    postings.add(std::string(accounts::kMemoContra), code, -net);
    effects_.add(OperationSent{wrong_.structure, net}, std::move(postings),
                 {wrong_.structure.bytes});
  }

  Subjects subjects() const { return {wrong_.client.bytes, wrong_.structure.bytes}; }

  const Context& context_;
  const CorrectFee& command_;
  const PastFee past_;
  const FeeCorrected& wrong_;
  const Structure& pool_;
  const std::string unit_;
  const std::string mark_;
  FeeCorrected right_;
  Effects effects_;
};

// The record that was wrong must be about the client.
core::Result<> check_record(const Context& context, const Compensate& command) {
  if (!command.record) return core::ok();
  TRY(check_not_corrected(context.state, *command.record, "record"));
  return visit_live(
      context, *command.record, "record", [&](const ledger::RecordView& record) -> core::Result<> {
        const bool his = std::ranges::any_of(
            record.subjects,
            [&](const ledger::SubjectLink& subject) { return subject.id == command.client.bytes; });
        if (his) return core::ok();
        return core::invalid("not_his_record", "record", "The record is not about this client.");
      });
}

// What is owed to somebody does not depend on whether he still deals: a mandate of before is
// enough.
core::Result<> require_any_mandate(const Context& context, const Compensate& command) {
  const bool had =
      !gate::mandates_of(*context.state.gate, command.structure, command.client).empty();
  const Structure& structure = context.state.structures.at(command.structure);
  if (had || structure.investors.contains(command.client)) return core::ok();
  return require_mandate(structure, command.client);
}

bool adds_management_fees_back(const OfferTerms& terms) {
  return terms.performance && terms.performance->base == FeeBase::BeforeManagementFee;
}

// What a correction changes of the management fees since the last crystallisation, which the
// offer's base may add back. Those of a period that has ended are not among them any more.
core::Result<> move_since_charge(const Offer& offer, const FeeCorrected& body,
                                 core::Date charged_on, Investor& investor) {
  if (body.fee != FeeKind::Management || !adds_management_fees_back(offer.terms)) return core::ok();
  const bool is_over =
      investor.period_ended ? charged_on <= *investor.period_ended : investor.periods > 0;
  if (is_over) return core::ok();
  TRY(const auto change, core::subtract(body.amount, body.amount_before));
  TRY(const auto since, core::add(investor.management_since_charge, change));
  // A part may have gone with a withdrawal.
  investor.management_since_charge = std::max<core::Minor>(since, 0);
  return core::ok();
}

}  // namespace

Drafts decide(const Context& context, const CorrectFee& command) {
  TRY(PastFee past, find_fee(context, command.fee));
  TRY(check_not_corrected(context.state, command.fee, "fee"));
  if (past.fee.account) return correct_account_fee(context, command, past);
  return Correction(context, command, std::move(past)).run();
}

Drafts decide(const Context& context, const Compensate& command) {
  TRY(require_client(context, command.client));
  const auto found = context.state.structures.find(command.structure);
  if (found == context.state.structures.end()) {
    return core::not_found("unknown_structure", "structure", "Open the structure first.");
  }
  const Structure& structure = found->second;
  TRY(require_any_mandate(context, command));
  const std::string currency = command.currency.value_or(structure.currency);
  TRY(check_currency(currency, "currency"));
  CompensationPaid paid{command.structure, command.client, 0, 0, 0};
  if (currency != structure.currency) paid.currency = currency;
  TRY(paid.amount, positive_money(command.amount, currency, "amount"));
  TRY(paid.fee_part, money_up_to(command.fee_part, currency, paid.amount, "fee_part"));
  TRY(check_record(context, command));
  Effects effects(context.effective_at);
  Postings postings;
  postings.add(accounts::wallet(command.client), currency, -paid.amount);
  postings.in(currency, paid.amount);
  TakenBack taken(context, currency);
  taken.take({{accounts::manager_fees(structure.manager), paid.fee_part}}, {}, postings);
  paid.receivable = taken.receivable();
  postings.add(std::string(kCompensation), currency, paid.amount - paid.fee_part);
  auto openings = taken.openings();
  if (!context.books.is_open(kCompensation)) {
    openings.push_back(account(std::string(kCompensation)));
  }
  if (!openings.empty()) effects.open(std::move(openings), {structure.manager.bytes});
  ledger::Draft& draft =
      effects.add(paid, std::move(postings), {command.client.bytes, command.structure.bytes});
  draft.corrects = command.record;
  if (command.document) draft.documents = {*command.document};
  return effects.take();
}

core::Result<> apply(State& state, const FeeReversed& body, const ledger::RecordView& record) {
  if (body.account) return move_account(state, *body.account, body.amount);
  Structure& pool = state.structures.at(body.structure);
  pool.investors.at(body.client).opening += body.amount;
  // The valuation does not hold what comes back: the next rollover needs another one.
  pool.last_deal_seq = record.seq;
  return core::ok();
}

core::Result<> apply(State& state, const FeeCorrected& body, const ledger::RecordView& record) {
  if (record.corrects) state.corrections[*record.corrects] = record.seq;
  const Structure& structure = state.structures.at(body.structure);
  const core::Date charged_on = core::utc_date(record.effective_at);
  if (body.account) {
    Investor& holder = state.trading->accounts.at(*body.account).standing.investor;
    TRY(move_since_charge(state.offers.at(structure.offer), body, charged_on, holder));
    return move_account(state, *body.account, -body.amount);
  }
  Investor& investor = state.structures.at(body.structure).investors.at(body.client);
  TRY(move_since_charge(state.offers.at(investor.offer), body, charged_on, investor));
  investor.opening -= body.amount;
  if (body.sent != 0) {
    state.corrections_sent[body.structure] = body.sent;
  } else {
    state.corrections_sent.erase(body.structure);
  }
  return core::ok();
}

void apply(State& state, const CompensationPaid&, const ledger::RecordView& record) {
  if (record.corrects) state.corrections[*record.corrects] = record.seq;
}

}  // namespace engine::corrections
