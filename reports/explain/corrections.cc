// Rows 31 and 32: what was wrong, and what was put in its place.

#include "engine/accounts.h"
#include "engine/correction_records.h"
#include "engine/trading_records.h"
#include "reports/explain/kinds.h"
#include "reports/explain/pool.h"

namespace reports::explain {
namespace {

namespace accounts = engine::accounts;

// The fee that the record corrects: its amount, units, mark and entitlement.
struct Wrong {
  core::Minor amount = 0;
  core::Minor units = 0;
  core::Minor mark_before = 0;
  core::Minor mark_after = 0;
  core::Minor equity_before = 0;
};

core::Result<Wrong> read_wrong(Calculation& calculation) {
  Wrong wrong;
  if (!calculation.record().corrects) return wrong;
  const std::uint64_t seq = *calculation.record().corrects;
  calculation.rests_on(seq, "the fee that was wrong");
  const auto fill = [&](const auto& body, core::Minor amount) {
    wrong = {amount, body.units_cancelled, body.mark_before, body.mark_after, body.equity_before};
  };
  TRY(calculation.sources().record(seq, [&](const ledger::RecordView& record) -> core::Result<> {
    if (record.kind == engine::FeeCharged::kKind) {
      TRY(const auto body, core::from_cbor<engine::FeeCharged>(record.body));
      // With a tax on top of it: what left the investor.
      fill(body, body.equity_before - body.equity_after);
    } else if (record.kind == engine::AccountFeeCharged::kKind) {
      TRY(const auto body, core::from_cbor<engine::AccountFeeCharged>(record.body));
      fill(body.fee, body.fee.equity_before - body.fee.equity_after);
    } else {
      TRY(const auto body, core::from_cbor<engine::FeeCorrected>(record.body));
      fill(body, body.amount);
    }
    return core::ok();
  }));
  return wrong;
}

// Where the fee was taken from: his part of a pool, or an account of his own.
template <class Body>
std::string source_of(const Body& body) {
  return body.account ? accounts::account_balance(body.client, *body.account)
                      : accounts::settled(body.structure, body.client);
}

// The body's terms, with the calculation in its currency.
template <class Body>
core::Result<Terms> terms_of(Calculation& calculation, const Body& body) {
  TRY(auto terms, find_terms_of(calculation, body.structure, body.client));
  if (body.currency) calculation.set_currency(*body.currency);
  return terms;
}

}  // namespace

core::Result<> explain_fee_reversed(Calculation& calculation) {
  TRY(const auto body, body_of<engine::FeeReversed>(calculation));
  TRY(terms_of(calculation, body));
  TRY(const Wrong wrong, read_wrong(calculation));
  calculation.set_title("a fee of " + calculation.money(body.amount) + " taken back in full");
  calculation.check_money("amount", "of the fee that was wrong", wrong.amount, body.amount);
  calculation.check_units("units given back", "those that it cancelled", wrong.units,
                          body.units_returned);
  calculation.check_money("mark moved by it", "after - before",
                          wrong.mark_after - wrong.mark_before, body.mark_moved);
  calculation.check_money("back into his account", "the posting",
                          -calculation.posted(source_of(body), calculation.currency()),
                          body.amount);
  core::Minor owed = 0;
  for (const ledger::PostingView& posting : calculation.record().postings) {
    if (posting.account.starts_with("assets:house:receivable:")) owed += posting.amount;
  }
  calculation.check_money("of it paid out to payees before, who owe it now", "the posting", owed,
                          body.receivable);
  return core::ok();
}

core::Result<> explain_fee_corrected(Calculation& calculation) {
  TRY(const auto body, body_of<engine::FeeCorrected>(calculation));
  TRY(const auto terms, terms_of(calculation, body));
  TRY(const Wrong wrong, read_wrong(calculation));
  calculation.set_title("the right fee, " + calculation.money(body.amount) + " instead of " +
                        calculation.money(body.amount_before));
  calculation.given("right amount", calculation.money(body.amount) + ", as the command says");
  calculation.check_money("instead of", "the fee that was wrong", wrong.amount, body.amount_before);
  calculation.check_money("entitlement before it", "as when that was charged", wrong.equity_before,
                          body.equity_before);
  calculation.check_money("mark before it", "as when that was charged", wrong.mark_before,
                          body.mark_before);
  calculation.given("mark after it", calculation.money(body.mark_after));
  core::Minor cancelled = 0;
  if (body.amount > 0 && !body.account) {
    TRY(cancelled, core::multiply_divide(body.amount, body.price_units, body.price_equity,
                                         core::Rounding::Ceiling));
  }
  if (!body.account) {
    calculation.check_units("units cancelled",
                            calculation.money(body.amount) + " at " +
                                print_price(calculation, body.price_equity, body.price_units) +
                                ", rounded up",
                            cancelled, body.units_cancelled);
  }
  calculation.check_money("out of his account", "the posting",
                          calculation.posted(source_of(body), calculation.currency()), body.amount);
  const std::string mark =
      body.account ? accounts::account_mark(terms.strategy(), body.client, *body.account)
                   : accounts::mark(terms.strategy(), body.client);
  calculation.check_money("mark moved", "the posting",
                          calculation.posted(mark, accounts::mark_code(calculation.currency())),
                          body.mark_after - body.mark_before);
  return core::ok();
}

core::Result<> explain_compensation(Calculation& calculation) {
  TRY(const auto body, body_of<engine::CompensationPaid>(calculation));
  TRY(terms_of(calculation, body));
  calculation.set_title("a compensation of " + calculation.money(body.amount));
  if (calculation.record().corrects) {
    calculation.rests_on(*calculation.record().corrects, "what was wrong");
  }
  calculation.given("of the manager's fees", calculation.money(body.fee_part));
  calculation.check_money(
      "borne by the house", "the rest", body.amount - body.fee_part,
      calculation.posted("expenses:house:compensation", calculation.currency()));
  calculation.check_money(
      "into his wallet", "the posting",
      -calculation.posted(accounts::wallet(body.client), calculation.currency()), body.amount);
  return core::ok();
}

}  // namespace reports::explain
