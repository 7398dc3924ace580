#include "engine/corrections/account_fee.h"

#include "engine/accounts.h"
#include "engine/corrections/payees.h"
#include "engine/corrections/right_fee.h"
#include "engine/money.h"
#include "engine/trading/equity.h"
#include "engine/trading/valuation.h"

namespace engine::corrections {
namespace {

class AccountCorrection {
 public:
  AccountCorrection(const Context& context, const CorrectFee& command, const PastFee& past)
      : context_(context),
        command_(command),
        past_(past),
        wrong_(past.fee),
        id_(*past.fee.account),
        account_(context.state.trading->accounts.at(id_)),
        structure_(context.state.structures.at(wrong_.structure)),
        currency_(account_.currency),
        right_(past.fee),
        effects_(context.effective_at) {}

  Drafts run() {
    TRY(check_standing());
    right_.amount_before = wrong_.amount;
    TRY(right_.amount, money_up_to(command_.amount, currency_, wrong_.equity_before, "amount"));
    TRY(right_.mark_after, right_mark(command_, wrong_, right_.amount, currency_));
    TRY(check_differs(wrong_, right_));
    TRY(check_room());
    TRY(add_records());
    return effects_.take();
  }

 private:
  core::Result<> check_standing() const {
    if (past_.reserved) {
      return core::conflict("fee_reserved", "fee",
                            "A part of the fee is held back for losses of later periods; put it "
                            "right by compensate.");
    }
    if (account_.standing.accrued_to) return core::ok();
    return core::conflict("investor_left", "fee",
                          "The account stands empty: pay the client by compensate; who had too "
                          "much is not asked for it.");
  }

  core::Result<> check_room() const {
    TRY(const auto money, trading::money_of(context_, id_, account_));
    TRY(const auto balance, core::add(money.balance, wrong_.amount));
    TRY(const auto equity, core::add(money.equity, wrong_.amount));
    const core::Minor mark = context_.books.balance(mark_path(), mark_code());
    TRY(const bool mark_fits, can_move_mark(mark, wrong_, right_));
    const bool enough = balance >= right_.amount && equity >= right_.amount && mark_fits;
    if (enough) return core::ok();
    return core::invalid("fee_range", "amount",
                         "The client does not have that much on the account any more.");
  }

  core::Result<> add_records() {
    const Shares had = shares_of(past_.postings);
    TRY(const Shares get,
        split_like(had, right_.amount, accounts::manager_fees(structure_.manager)));
    TakenBack taken(context_, currency_);
    Postings back = moved(-wrong_.amount, wrong_.mark_before - wrong_.mark_after);
    taken.take(had, get, back);
    if (auto openings = taken.openings(); !openings.empty()) {
      effects_.open(std::move(openings), {structure_.manager.bytes});
    }
    const core::Minor mark_moved = wrong_.mark_after - wrong_.mark_before;
    place(effects_.add(FeeReversed{wrong_.structure, wrong_.client, wrong_.fee, wrong_.amount, 0,
                                   mark_moved, taken.receivable(), id_, currency_},
                       std::move(back), subjects()));
    Postings anew = moved(right_.amount, right_.mark_after - right_.mark_before);
    for (const auto& [payee, amount] : get) anew.add(payee, currency_, -amount);
    place(effects_.add(right_, std::move(anew), subjects()));
    return add_partner_shares(context_, past_, {had, get, taken, currency_}, effects_,
                              [&](ledger::Draft& draft) { place(draft); });
  }

  // Out of the account, and its mark with it.
  Postings moved(core::Minor taken, core::Minor mark) const {
    Postings postings;
    postings.add(accounts::account_balance(wrong_.client, id_), currency_, taken);
    postings.out(currency_, taken);
    postings.add(mark_path(), mark_code(), mark);
    postings.add(std::string(accounts::kMemoContra), mark_code(), -mark);
    return postings;
  }
  std::string mark_path() const {
    return accounts::account_mark(structure_.strategy, wrong_.client, id_);
  }
  std::string mark_code() const { return accounts::mark_code(currency_); }

  void place(ledger::Draft& draft) const {
    draft.corrects = command_.fee;
    draft.effective_at = past_.effective_at;
    if (command_.document) draft.documents = {*command_.document};
  }
  Subjects subjects() const { return {wrong_.client.bytes, wrong_.structure.bytes}; }

  const Context& context_;
  const CorrectFee& command_;
  const PastFee& past_;
  const FeeCorrected& wrong_;
  const core::AccountId id_;
  const TradingAccount& account_;
  const Structure& structure_;
  const std::string currency_;
  FeeCorrected right_;
  Effects effects_;
};

}  // namespace

Drafts correct_account_fee(const Context& context, const CorrectFee& command, const PastFee& past) {
  return AccountCorrection(context, command, past).run();
}

core::Result<> move_account(State& state, const core::AccountId& account, core::Minor amount) {
  state.trading->accounts.at(account).standing.investor.opening += amount;
  return trading::move_expected(state, account, amount);
}

}  // namespace engine::corrections
