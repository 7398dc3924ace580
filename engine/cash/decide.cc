#include "engine/cash/decide.h"

#include "core/amount.h"
#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/lookup.h"
#include "engine/money.h"

namespace engine::cash {
namespace {

struct Move {
  std::string type;
  core::PartyId client;
  std::string currency;
  core::Minor amount = 0;
  std::string debit;
  std::string credit;
};

std::vector<ledger::Draft> moved(const Context& context, Move move) {
  Effects effects(context.effective_at);
  Postings postings;
  postings.add(std::move(move.debit), move.currency, move.amount);
  postings.add(std::move(move.credit), move.currency, -move.amount);
  effects.add(CashMoved{std::move(move.type), move.client, move.currency, move.amount},
              std::move(postings), {move.client.bytes});
  return effects.take();
}

core::Result<ledger::LawKind> parse_law(const std::string& name) {
  if (name == "never_debit") return ledger::LawKind::NeverDebit;
  if (name == "never_credit") return ledger::LawKind::NeverCredit;
  return core::invalid("law", "laws", "Choose never_debit or never_credit.");
}

}  // namespace

Drafts decide(const Context& context, const Deposit& command) {
  TRY(require_client(context, command.client));
  TRY(require_bank(context, command.bank, BankRing::ClientMoney));
  TRY(const auto amount, positive_money(command.amount, command.currency, "amount"));
  return moved(context, {"deposit", command.client, command.currency, amount,
                         accounts::bank(command.bank, BankRing::ClientMoney),
                         accounts::wallet(command.client)});
}

Drafts decide(const Context& context, const Withdraw& command) {
  TRY(require_client(context, command.client));
  TRY(const auto amount, positive_money(command.amount, command.currency, "amount"));
  return moved(context, {"withdrawal_approved", command.client, command.currency, amount,
                         accounts::wallet(command.client), accounts::payout(command.client)});
}

Drafts decide(const Context& context, const PayWithdrawal& command) {
  TRY(require_client(context, command.client));
  TRY(require_bank(context, command.bank, BankRing::ClientMoney));
  TRY(const auto amount, positive_money(command.amount, command.currency, "amount"));
  return moved(context, {"withdrawal_paid", command.client, command.currency, amount,
                         accounts::payout(command.client),
                         accounts::bank(command.bank, BankRing::ClientMoney)});
}

Drafts decide(const Context& context, const OpenAccounts& command) {
  std::vector<ledger::LawKind> laws;
  for (const std::string& name : command.laws) {
    TRY(const auto law, parse_law(name));
    laws.push_back(law);
  }
  if (command.accounts.empty()) {
    return core::invalid("missing_field", "accounts", "Name at least one account.");
  }
  std::vector<ledger::AccountOpening> openings;
  for (const ledger::AccountPath& path : command.accounts) {
    openings.push_back(account(path.text, laws));
  }
  Effects effects(context.effective_at);
  effects.open(std::move(openings), {});
  return effects.take();
}

Drafts decide(const Context& context, const PostEntry& command) {
  if (command.postings.empty()) {
    return core::invalid("missing_field", "postings", "An entry has at least two postings.");
  }
  Postings postings;
  for (std::size_t i = 0; i < command.postings.size(); ++i) {
    const EntryLine& line = command.postings[i];
    const std::string at = "postings: item " + std::to_string(i);
    auto commodity = core::commodity(line.commodity);
    if (!commodity) {
      return core::invalid("unknown_commodity", at + ": commodity",
                           "Not a currency of ISO 4217 and not a registered quantity.");
    }
    auto minor = core::to_minor(line.amount, commodity.value().scale);
    if (!minor) return std::move(minor.error()).within(at + ": amount");
    if (minor.value() == 0) {
      return core::invalid("zero_posting", at + ": amount", "A posting moves something.");
    }
    postings.add(line.account.text, line.commodity, minor.value());
  }
  Effects effects(context.effective_at);
  effects.add(EntryPosted{command.postings.size()}, std::move(postings), {});
  return effects.take();
}

void apply(State&, const CashMoved&, const ledger::RecordView&) {}
void apply(State&, const EntryPosted&, const ledger::RecordView&) {}

}  // namespace engine::cash
