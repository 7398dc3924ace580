// Row 35: from one person's wallet to another's. Two commands in one list, each with a record of
// its own, so that no record names two clients; in between the money is in transit, and nothing may
// be left there when the list ends.

#include "engine/accounts.h"
#include "engine/client_money/decide.h"
#include "engine/client_money/opening.h"
#include "engine/gate/lists.h"
#include "engine/lookup.h"
#include "engine/money.h"

namespace engine::client_money {
namespace {

constexpr std::string_view kEvent = "handover";
// Of the event and of the account that must be empty at it: one for the book.
constexpr core::StructureId kScope{};

ledger::AccountOpening transit() {
  ledger::AccountOpening opening =
      account(std::string(accounts::kTransitPeople), {ledger::LawKind::NeverDebit});
  opening.laws.push_back({ledger::LawKind::ZeroAt, {}, std::string(kEvent)});
  opening.scope = core::Id<ledger::ScopeTag>{kScope.bytes};
  return opening;
}

}  // namespace

Drafts decide(const Context& context, const HandOver& command) {
  TRY(require_client(context, command.client));
  TRY(gate::require_payable(context, command.client, "client"));
  TRY(require_new(context, command.handover.bytes, "handover"));
  TRY(const auto amount, positive_money(command.amount, command.currency, "amount"));
  Effects effects(context.effective_at);
  if (!context.books.is_open(accounts::kTransitPeople)) effects.open({transit()}, {});
  Postings postings;
  postings.add(accounts::wallet(command.client), command.currency, amount);
  postings.add(std::string(accounts::kTransitPeople), command.currency, -amount);
  effects
      .add(HandedOver{command.handover, command.client, command.currency, amount},
           std::move(postings), {command.handover.bytes, command.client.bytes})
      .documents = {command.document};
  effects.announce(std::string(kEvent), kScope);
  return effects.take();
}

Drafts decide(const Context& context, const ReceiveHandover& command) {
  const auto found = context.state.client_money.handovers.find(command.handover);
  if (found == context.state.client_money.handovers.end()) {
    return core::not_found("unknown_handover", "handover",
                           "Nobody hands this over before it in the same list.");
  }
  const HandedOver& given = found->second;
  TRY(require_client(context, command.client));
  if (command.client == given.client) {
    return core::invalid("same_client", "client", "Giver and receiver must be two clients.");
  }
  TRY(gate::require_payable(context, command.client, "client"));
  Postings postings;
  postings.add(std::string(accounts::kTransitPeople), given.currency, given.amount);
  postings.add(accounts::wallet(command.client), given.currency, -given.amount);
  Effects effects(context.effective_at);
  effects.add(HandoverReceived{command.handover, command.client, given.currency, given.amount},
              std::move(postings), {command.handover.bytes, command.client.bytes});
  return effects.take();
}

void apply(State& state, const HandedOver& body, const ledger::RecordView&) {
  state.client_money.handovers[body.handover] = body;
}

void apply(State& state, const HandoverReceived& body, const ledger::RecordView&) {
  state.client_money.handovers.erase(body.handover);
}

}  // namespace engine::client_money
