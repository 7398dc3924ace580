// Row 26: a manager takes what is due to him.

#include <algorithm>

#include "engine/accounts.h"
#include "engine/client_money/decide.h"
#include "engine/gate/lists.h"
#include "engine/lookup.h"
#include "engine/money.h"

namespace engine::client_money {
namespace {

// Fees go to nobody else's wallet: only to the client as whom the manager has his own capital.
core::Result<> require_own_client(const Context& context, const core::PartyId& manager,
                                  const core::PartyId& client) {
  TRY(require_client(context, client));
  const bool is_own = std::ranges::any_of(context.state.structures, [&](const auto& structure) {
    return structure.second.manager == manager && structure.second.manager_client == client;
  });
  if (is_own) return core::ok();
  return core::conflict("not_own_client", "client",
                        "This is not the manager's own client: none of his structures was opened "
                        "with it as manager_client.");
}

}  // namespace

Drafts decide(const Context& context, const PayManager& command) {
  if (!context.state.managers.contains(command.manager)) {
    return core::not_found("unknown_manager", "manager", "Register the manager first.");
  }
  if (command.client.has_value() == command.bank.has_value()) {
    return core::invalid("one_payee", command.client ? "bank" : "client",
                         "Name the manager's own client or a bank of the house: one of them.");
  }
  TRY(gate::require_payable(context, command.manager, "manager"));
  TRY(const auto amount, positive_money(command.amount, command.currency, "amount"));
  Subjects subjects{command.manager.bytes};
  Postings postings;
  if (command.client) {
    TRY(require_own_client(context, command.manager, *command.client));
    subjects.push_back(command.client->bytes);
    postings.add(accounts::wallet(*command.client), command.currency, -amount);
    postings.in(command.currency, amount);
  } else {
    TRY(require_bank(context, *command.bank, BankRing::House));
    postings.add(accounts::bank(*command.bank, BankRing::House), command.currency, -amount);
  }
  postings.add(accounts::manager_fees(command.manager), command.currency, amount);
  Effects effects(context.effective_at);
  effects.add(ManagerPaid{command.manager, command.currency, amount, command.client, command.bank},
              std::move(postings), std::move(subjects));
  return effects.take();
}

void apply(State&, const ManagerPaid&, const ledger::RecordView&) {}

}  // namespace engine::client_money
