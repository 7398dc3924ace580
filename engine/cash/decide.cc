#include "engine/cash/decide.h"

#include <algorithm>

#include "core/amount.h"
#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/gate/lists.h"
#include "engine/lookup.h"
#include "engine/money.h"

namespace engine::cash {
namespace {

constexpr std::size_t kEventNameBytesMax = 64;

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

bool is_event_name(std::string_view name) {
  return !name.empty() && name.size() <= kEventNameBytesMax &&
         std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

core::Error no_law() {
  return core::invalid("law", "laws",
                       "Choose never_debit, never_credit, \"zero_at EVENT\" or \"group_never_debit "
                       "PREFIX EVENT\", the last two with a scope; an event is of a-z and _.");
}

// The words of a law, of which there are at most three.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (words.size() < 4) {
    const std::size_t end = text.find(' ');
    words.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return words;
}

core::Result<ledger::Law> parse_law(const std::string& text, bool has_scope) {
  const std::vector<std::string> words = words_of(text);
  using enum ledger::LawKind;
  if (text == "never_debit") return ledger::Law{NeverDebit, {}, {}};
  if (text == "never_credit") return ledger::Law{NeverCredit, {}, {}};
  if (!has_scope || !is_event_name(words.back())) return no_law();
  if (words.size() == 2 && words[0] == "zero_at") return ledger::Law{ZeroAt, {}, words[1]};
  if (words.size() == 3 && words[0] == "group_never_debit" && ledger::ring_of(words[1])) {
    return ledger::Law{GroupNeverDebit, words[1], words[2]};
  }
  return no_law();
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
  TRY(gate::require_payable(context, command.client, "client"));
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

Drafts decide(const Context& context, const ReturnWithdrawal& command) {
  TRY(require_client(context, command.client));
  TRY(require_bank(context, command.bank, BankRing::ClientMoney));
  TRY(const auto amount, positive_money(command.amount, command.currency, "amount"));
  return moved(context, {"withdrawal_returned", command.client, command.currency, amount,
                         accounts::bank(command.bank, BankRing::ClientMoney),
                         accounts::payout(command.client)});
}

Drafts decide(const Context& context, const CancelWithdrawal& command) {
  TRY(require_client(context, command.client));
  TRY(const auto amount, positive_money(command.amount, command.currency, "amount"));
  return moved(context, {"withdrawal_cancelled", command.client, command.currency, amount,
                         accounts::payout(command.client), accounts::wallet(command.client)});
}

Drafts decide(const Context& context, const OpenAccounts& command) {
  std::vector<ledger::Law> laws;
  for (const std::string& text : command.laws) {
    TRY(auto law, parse_law(text, command.scope.has_value()));
    laws.push_back(std::move(law));
  }
  if (command.accounts.empty()) {
    return core::invalid("missing_field", "accounts", "Name at least one account.");
  }
  std::vector<ledger::AccountOpening> openings;
  for (const ledger::AccountPath& path : command.accounts) {
    openings.push_back({path.text, laws, command.scope});
  }
  Effects effects(context.effective_at);
  effects.open(std::move(openings), {});
  return effects.take();
}

Drafts decide(const Context& context, const AnnounceEvent& command) {
  if (!is_event_name(command.event)) {
    return core::invalid("event", "event", "An event is 1 to 64 of a-z and _.");
  }
  Effects effects(context.effective_at);
  effects.announce(command.event, {command.scope.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const PostEntry& command) {
  if (command.postings.empty()) {
    return core::invalid("missing_field", "postings", "An entry has at least two postings.");
  }
  Postings postings;
  std::optional<core::Commodity> commodity;  // Of the line before; mostly it is the same.
  for (std::size_t i = 0; i < command.postings.size(); ++i) {
    const EntryLine& line = command.postings[i];
    const auto at = [i] { return "postings: item " + std::to_string(i); };
    if (!commodity || line.commodity != commodity->code) {
      auto known = core::commodity(line.commodity);
      if (!known) {
        return core::invalid("unknown_commodity", at() + ": commodity",
                             "Not a currency of ISO 4217 and not a registered quantity.");
      }
      commodity = std::move(known.value());
    }
    auto minor = core::to_minor(line.amount, commodity->scale);
    if (!minor) return std::move(minor.error()).within(at() + ": amount");
    if (minor.value() == 0) {
      return core::invalid("zero_posting", at() + ": amount", "A posting moves something.");
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
