// Rows 7 and 8 as three states: sent, then confirmed with a ticket or refused. In between the money
// is in transit: owed to the client still, and neither in his wallet nor on his account.

#include <algorithm>

#include "engine/accounts.h"
#include "engine/client_money/decide.h"
#include "engine/client_money/opening.h"
#include "engine/lookup.h"
#include "engine/money.h"
#include "engine/trading/equity.h"
#include "engine/trading/flows.h"

namespace engine::client_money {
namespace {

constexpr std::size_t kServerBytesMax = 64;
constexpr std::size_t kTicketBytesMax = 64;

std::string ticket_key(const std::string& server, const std::string& ticket) {
  return server + "/" + ticket;
}

// It becomes a part of an account's path; two are the book's own.
core::Result<> check_server(const Structure& structure, const std::string& server) {
  const bool is_part = !server.empty() && server.size() <= kServerBytesMax &&
                       server.front() != '-' && std::ranges::all_of(server, [](char c) {
                         return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
                       });
  if (!is_part || server == "internal" || server == "people") {
    return core::invalid(
        "server_name", "server",
        "A server is 1 to 64 of a-z, 0-9 and '-', and neither 'internal' nor 'people'.");
  }
  if (!structure.server || *structure.server == server) return core::ok();
  return core::conflict("wrong_server", "server",
                        "The structure was opened with another platform server.");
}

core::Result<> check_ticket(const Context& context, const TransferSent& sent,
                            const std::string& ticket) {
  if (ticket.empty() || ticket.size() > kTicketBytesMax) {
    return core::invalid("ticket", "ticket", "A ticket has 1 to 64 bytes.");
  }
  if (!context.state.client_money.tickets.contains(ticket_key(sent.server, ticket))) {
    return core::ok();
  }
  return core::conflict("duplicate_ticket", "ticket",
                        "This ticket confirmed another transfer already.");
}

core::Result<const TransferSent*> find_transfer(const Context& context, const TransferId& id) {
  const auto found = context.state.client_money.transfers.find(id);
  if (found != context.state.client_money.transfers.end()) return &found->second.sent;
  return core::not_found("unknown_transfer", "transfer",
                         "No such transfer is under way: it was never sent, or was confirmed or "
                         "refused.");
}

struct Ends {
  std::string from;
  std::string to;
};

Ends ends_of(const core::PartyId& client, const core::AccountId& account,
             TransferDirection direction) {
  Ends ends{accounts::wallet(client), accounts::account_balance(client, account)};
  if (direction == TransferDirection::FromAccount) std::swap(ends.from, ends.to);
  return ends;
}

void end(const TransferSent& sent, const std::optional<std::string>& ticket, Effects& effects) {
  const Ends ends = ends_of(sent.client, sent.account, sent.direction);
  Postings postings;
  postings.add(accounts::transit(sent.server), sent.currency, sent.amount);
  postings.add(ticket ? ends.to : ends.from, sent.currency, -sent.amount);
  effects.add(TransferEnded{sent.transfer, sent.account, sent.client, sent.direction, sent.currency,
                            sent.amount, sent.server, ticket},
              std::move(postings), {sent.transfer.bytes, sent.client.bytes, sent.structure.bytes});
}

core::Result<> check_no_flow(const std::optional<FlowFacts>& flow) {
  if (!flow) return core::ok();
  return core::invalid("unexpected_flow", "flow",
                       "This command moves no money of the account; give its figures with the one "
                       "that does.");
}

// What ends on the account is money that comes to it: its mark moves.
Drafts ended(const Context& context, const TransferSent& sent,
             const std::optional<std::string>& ticket, const std::optional<FlowFacts>& flow) {
  Effects effects(context.effective_at);
  if ((sent.direction == TransferDirection::ToAccount) != ticket.has_value()) {
    TRY(check_no_flow(flow));
    end(sent, ticket, effects);
    return effects.take();
  }
  TRY(const TradingAccount* account, trading::find_account(context, sent.account));
  TRY(auto run, trading::AccountRun::begin(context, sent.account, *account, effects));
  TRY(trading::deposit(run, flow, sent.amount, [&](core::Minor) { end(sent, ticket, effects); }));
  return effects.take();
}

void send(const SendTransfer& command, const TradingAccount& account, const Context& context,
          core::Minor amount, Effects& effects) {
  Postings postings;
  postings.add(ends_of(account.client, command.account, command.direction).from, account.currency,
               amount);
  postings.add(accounts::transit(command.server), account.currency, -amount);
  effects.add(TransferSent{command.transfer, command.account, account.structure, account.client,
                           command.direction, account.currency, amount, command.server,
                           end_of_next_day(context.now)},
              std::move(postings),
              {command.transfer.bytes, account.client.bytes, account.structure.bytes});
}

}  // namespace

Drafts decide(const Context& context, const SendTransfer& command) {
  TRY(const TradingAccount* account, trading::find_account(context, command.account));
  const Structure& structure = context.state.structures.at(account->structure);
  TRY(check_server(structure, command.server));
  TRY(require_new(context, command.transfer.bytes, "transfer"));
  TRY(const auto amount, positive_money(command.amount, account->currency, "amount"));
  Effects effects(context.effective_at);
  open_if_missing(context, effects, accounts::transit(command.server),
                  {ledger::LawKind::NeverDebit}, {});
  if (command.direction == TransferDirection::ToAccount) {
    TRY(check_no_flow(command.flow));
    TRY(trading::admit_funding(context, command.account, *account));
    send(command, *account, context, amount, effects);
    return effects.take();
  }
  TRY(auto run, trading::AccountRun::begin(context, command.account, *account, effects));
  TRY(trading::withdraw(run, command.flow, amount, [&](core::Minor into) {
    send(command, *account, context, -into, effects);
  }));
  return effects.take();
}

Drafts decide(const Context& context, const ConfirmTransfer& command) {
  TRY(const TransferSent* sent, find_transfer(context, command.transfer));
  TRY(check_ticket(context, *sent, command.ticket));
  return ended(context, *sent, command.ticket, command.flow);
}

Drafts decide(const Context& context, const RefuseTransfer& command) {
  TRY(const TransferSent* sent, find_transfer(context, command.transfer));
  return ended(context, *sent, {}, command.flow);
}

void apply(State& state, const TransferSent& body, const ledger::RecordView&) {
  state.client_money.transfers[body.transfer] = {body, false};
}

void apply(State& state, const TransferEnded& body, const ledger::RecordView&) {
  state.client_money.transfers.erase(body.transfer);
  if (body.ticket) state.client_money.tickets.insert(ticket_key(body.server, *body.ticket));
}

}  // namespace engine::client_money
