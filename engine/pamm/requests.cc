#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/gate/authorisation.h"
#include "engine/lookup.h"
#include "engine/money.h"
#include "engine/pamm/decide.h"

namespace engine::pamm {
namespace {

core::Result<> require_new_request(const Context& context, const core::RequestId& request) {
  // Ended requests are not kept in memory: the index knows every subject that ever was.
  TRY(const bool used, context.past.has_subject(request.bytes));
  if (!used) return core::ok();
  return core::conflict("exists", "request", "This request id was used before.");
}

// A rollover relies on it that who asks is an investor: what a book says without it is not taken
// in.
void require_investor(const State& state, const core::StructureId& structure,
                      const core::PartyId& client) {
  static_cast<void>(state.structures.at(structure).investors.at(client));
}

}  // namespace

Drafts decide(const Context& context, const Subscribe& command) {
  TRY(const Structure* pool, find_structure(context, command.structure, Model::Pamm));
  TRY(require_client(context, command.client));
  TRY(require_mandate(*pool, command.client));
  TRY(require_new_request(context, command.request));
  TRY(const auto amount, positive_money(command.amount, pool->currency, "amount"));
  Effects effects(context.effective_at);
  Postings postings;
  postings.add(accounts::wallet(command.client), pool->currency, amount);
  postings.add(accounts::pending_in(command.structure, command.client), pool->currency, -amount);
  effects.add(SubscriptionRequested{command.request, command.structure, command.client, amount},
              std::move(postings),
              {command.client.bytes, command.structure.bytes, command.request.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const Redeem& command) {
  TRY(const Structure* pool, find_structure(context, command.structure, Model::Pamm));
  TRY(require_client(context, command.client));
  TRY(require_new_request(context, command.request));
  std::optional<core::Minor> amount;
  if (command.amount) {
    TRY(amount, positive_money(*command.amount, pool->currency, "amount"));
  }
  if (context.books.balance(accounts::units(command.structure, command.client),
                            accounts::unit_code(pool->ordinal, pool->epoch)) == 0) {
    return core::conflict("no_units", "client", "The client holds nothing in this structure.");
  }
  Effects effects(context.effective_at);
  effects.add(RedemptionRequested{command.request, command.structure, command.client, amount}, {},
              {command.client.bytes, command.structure.bytes, command.request.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const CancelRequest& command) {
  const auto found = context.state.requests.find(command.request);
  if (found == context.state.requests.end()) {
    return core::not_found("unknown_request", "request",
                           "No such request is open; it may have been priced or cancelled.");
  }
  const Request& request = found->second;
  const Structure& pool = context.state.structures.at(request.structure);
  Postings postings;
  if (!request.redemption) {
    postings.add(accounts::pending_in(request.structure, request.client), pool.currency,
                 *request.amount);
    postings.add(accounts::wallet(request.client), pool.currency, -*request.amount);
  }
  Effects effects(context.effective_at);
  effects.add(RequestCancelled{command.request, request.structure, request.client},
              std::move(postings),
              {request.client.bytes, request.structure.bytes, command.request.bytes});
  return effects.take();
}

void apply(State& state, const SubscriptionRequested& body, const ledger::RecordView& record) {
  require_investor(state, body.structure, body.client);
  state.requests[body.request] = {body.structure, body.client,        false,
                                  body.amount,    record.recorded_at, record.seq};
}

void apply(State& state, const RedemptionRequested& body, const ledger::RecordView& record) {
  require_investor(state, body.structure, body.client);
  state.requests[body.request] = {body.structure, body.client,        true,
                                  body.amount,    record.recorded_at, record.seq};
}

void apply(State& state, const RequestCancelled& body, const ledger::RecordView&) {
  state.requests.erase(body.request);
}

}  // namespace engine::pamm
