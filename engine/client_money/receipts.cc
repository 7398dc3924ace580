// Row 5: money in a client bank whose owner is not known yet.

#include "engine/accounts.h"
#include "engine/client_money/decide.h"
#include "engine/client_money/opening.h"
#include "engine/lookup.h"
#include "engine/money.h"

namespace engine::client_money {
namespace {

core::Result<const ReceiptRecorded*> find_receipt(const Context& context, const ReceiptId& id) {
  const auto found = context.state.client_money.receipts.find(id);
  if (found != context.state.client_money.receipts.end()) return &found->second.recorded;
  return core::not_found("unknown_receipt", "receipt",
                         "No such receipt waits for its owner: it was never recorded, or has been "
                         "identified or returned.");
}

// Takes it out of what has no owner, to the other account.
std::vector<ledger::Draft> ended(const Context& context, const ReceiptRecorded& receipt,
                                 const std::optional<core::PartyId>& client, std::string to) {
  Postings postings;
  postings.add(std::string(accounts::kUnallocated), receipt.currency, receipt.amount);
  postings.add(std::move(to), receipt.currency, -receipt.amount);
  Subjects subjects{receipt.receipt.bytes};
  if (client) subjects.push_back(client->bytes);
  Effects effects(context.effective_at);
  effects.add(ReceiptEnded{receipt.receipt, client, receipt.bank, receipt.currency, receipt.amount},
              std::move(postings), std::move(subjects));
  return effects.take();
}

}  // namespace

Drafts decide(const Context& context, const RecordReceipt& command) {
  TRY(require_bank(context, command.bank, BankRing::ClientMoney));
  TRY(require_new(context, command.receipt.bytes, "receipt"));
  TRY(const auto amount, positive_money(command.amount, command.currency, "amount"));
  Effects effects(context.effective_at);
  open_if_missing(context, effects, std::string(accounts::kUnallocated),
                  {ledger::LawKind::NeverDebit}, {});
  Postings postings;
  postings.add(accounts::bank(command.bank, BankRing::ClientMoney), command.currency, amount);
  postings.add(std::string(accounts::kUnallocated), command.currency, -amount);
  effects.add(ReceiptRecorded{command.receipt, command.bank, command.currency, amount,
                              end_of_next_day(context.now)},
              std::move(postings), {command.receipt.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const IdentifyReceipt& command) {
  TRY(const auto* receipt, find_receipt(context, command.receipt));
  TRY(require_client(context, command.client));
  return ended(context, *receipt, command.client, accounts::wallet(command.client));
}

Drafts decide(const Context& context, const ReturnReceipt& command) {
  TRY(const auto* receipt, find_receipt(context, command.receipt));
  return ended(context, *receipt, {}, accounts::bank(receipt->bank, BankRing::ClientMoney));
}

void apply(State& state, const ReceiptRecorded& body, const ledger::RecordView&) {
  state.client_money.receipts[body.receipt] = {body, false};
}

void apply(State& state, const ReceiptEnded& body, const ledger::RecordView&) {
  state.client_money.receipts.erase(body.receipt);
}

}  // namespace engine::client_money
