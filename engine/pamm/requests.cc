// Requests for money to come into a pool or to leave it.

#include <algorithm>

#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/charging/fee_rules.h"
#include "engine/charging/standing.h"
#include "engine/effects.h"
#include "engine/fees/withdrawal.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/mandates.h"
#include "engine/gate/papers.h"
#include "engine/lookup.h"
#include "engine/money.h"
#include "engine/pamm/decide.h"
#include "engine/pamm/manager_capital.h"

namespace engine::pamm {
namespace {

// A holding of more lots would not fit into the record of its standing.
constexpr std::size_t kLotsMax = 500;

core::Result<> require_new_request(const Context& context, const core::RequestId& request) {
  // Ended requests are not kept in memory: the index knows every subject that ever was.
  TRY(const bool used, context.past.has_subject(request.bytes));
  if (!used) return core::ok();
  return core::conflict("exists", "request", "This request id was used before.");
}

core::Result<> require_open(const Structure& pool) {
  if (pool.stage == StructureStage::Open) return core::ok();
  return core::conflict("liquidating", "structure",
                        "The structure is being liquidated, or was: it takes no requests.");
}

core::Minor units_of(const Context& context, const core::StructureId& id, const Structure& pool,
                     const core::PartyId& client) {
  return context.books.balance(accounts::units(id, client),
                               accounts::unit_code(pool.ordinal, pool.epoch));
}

core::Result<> require_units(const Context& context, const core::StructureId& id,
                             const Structure& pool, const core::PartyId& client) {
  if (units_of(context, id, pool, client) != 0) return core::ok();
  return core::conflict("no_units", "client", "The client holds nothing in this structure.");
}

// A mark counts for one holding: money of one strategy lies in one structure at a time.
core::Result<> require_nowhere_else(const Context& context, const core::StructureId& id,
                                    const Structure& pool, const core::PartyId& client) {
  for (const auto& [other, structure] : context.state.structures) {
    if (other == id || structure.strategy != pool.strategy ||
        !structure.investors.contains(client)) {
      continue;
    }
    if (units_of(context, other, structure, client) == 0 &&
        context.books.balance(accounts::pending_in(other, client), structure.currency) == 0) {
      continue;
    }
    return core::conflict("held_elsewhere", "structure",
                          "The client holds money of this strategy in another structure; transfer "
                          "it (transfer_investor).");
  }
  return core::ok();
}

bool holds_in_strategy(const Context& context, const core::StrategyId& strategy,
                       const core::PartyId& client) {
  return std::ranges::any_of(context.state.structures, [&](const auto& entry) {
    const auto& [id, structure] = entry;
    return structure.strategy == strategy && structure.investors.contains(client) &&
           units_of(context, id, structure, client) != 0;
  });
}

// Leaving one manager's losses behind by joining another structure of his would charge them twice.
core::Result<> require_no_mark_left_behind(const Context& context, const Structure& pool,
                                           const core::PartyId& client) {
  for (const auto& [id, strategy] : context.state.strategies) {
    if (id == pool.strategy || strategy.manager != pool.manager ||
        strategy.currency != pool.currency) {
      continue;
    }
    const auto stack = strategy.released.find(client);
    const bool released = stack != strategy.released.end() && !stack->second.empty();
    const core::Minor mark =
        context.books.balance(accounts::mark(id, client), accounts::mark_code(pool.currency));
    if (!released && (mark == 0 || holds_in_strategy(context, id, client))) continue;
    return core::conflict("mark_left_behind", "structure",
                          "The client left another structure of this manager below his mark: open "
                          "this one with that strategy, or let him come back there.");
  }
  return core::ok();
}

core::Result<> check_at_least(core::Minor amount, const std::optional<core::Decimal>& minimum,
                              const std::string& currency) {
  if (!minimum) return core::ok();
  TRY(const auto least, signed_money(*minimum, currency, "minimum"));
  if (amount >= least) return core::ok();
  return core::invalid("below_minimum", "amount",
                       "The offer asks for at least " +
                           core::print_fixed(least, *core::currency_scale(currency)) + ".");
}

core::Result<> check_increment(core::Minor amount, const std::optional<core::Decimal>& increment,
                               const std::string& currency) {
  if (!increment) return core::ok();
  TRY(const auto step, signed_money(*increment, currency, "increment"));
  if (step <= 0 || amount % step == 0) return core::ok();
  return core::invalid("increment", "amount",
                       "The offer takes multiples of " +
                           core::print_fixed(step, *core::currency_scale(currency)) + ".");
}

// What a holding is worth: at the last valuation, or as it was posted, whichever is more.
core::Result<core::Minor> worth(const Context& context, const core::StructureId& id,
                                const Structure& pool, const core::PartyId& client) {
  const core::Minor posted = -context.books.balance(accounts::settled(id, client), pool.currency) -
                             context.books.balance(accounts::floating(id, client), pool.currency);
  if (!pool.valuation || pool.valuation->seq < pool.rollover_seq) return posted;
  const core::Minor issued = -context.books.balance(accounts::units_issued(id),
                                                    accounts::unit_code(pool.ordinal, pool.epoch));
  if (issued == 0) return posted;
  TRY(const auto valued,
      core::multiply_divide(units_of(context, id, pool, client), pool.valuation->value.equity,
                            issued, core::Rounding::Ceiling));
  return std::max(posted, valued);
}

core::Result<> check_holding(const Context& context, const Redeem& command, const Structure& pool,
                             core::Minor amount) {
  core::Minor asked = amount;
  for (const auto& [id, request] : context.state.requests) {
    if (!request.redemption || request.structure != command.structure ||
        request.client != command.client) {
      continue;
    }
    TRY(asked, core::add(asked, request.amount.value_or(0)));
  }
  TRY(const auto holding, worth(context, command.structure, pool, command.client));
  if (asked <= holding) return core::ok();
  return core::conflict("above_holding", "amount",
                        "With what is asked for already this is more than the holding of " +
                            core::print_fixed(holding, *core::currency_scale(pool.currency)) +
                            "; leave the amount out to redeem everything.");
}

core::Result<> check_manager_capital(const Context& context, const core::StructureId& id,
                                     const core::PartyId& asks, const Structure& pool,
                                     std::optional<core::Minor> amount) {
  if (pool.manager_client != asks) return core::ok();
  core::Minor own = 0;
  core::Minor all = 0;
  bool others = false;
  for (const auto& [client, investor] : pool.investors) {
    TRY(const auto part, worth(context, id, pool, client));
    TRY(all, core::add(all, part));
    if (client == asks) own = part;
    others = others || (client != asks && units_of(context, id, pool, client) > 0);
  }
  TRY(const auto most, largest_withdrawal(offer_of(context, pool), own, all, others));
  core::Minor asked = amount.value_or(own);
  for (const auto& [request_id, request] : context.state.requests) {
    if (!request.redemption || request.structure != id || request.client != asks) continue;
    TRY(asked, core::add(asked, request.amount.value_or(own)));
  }
  if (asked <= most) return core::ok();
  return core::conflict("manager_capital", "amount",
                        "The offer binds the manager's own capital while investors are present: at "
                        "most " +
                            core::print_fixed(most, *core::currency_scale(pool.currency)) +
                            " may leave now.");
}

const Request* find_request(const Context& context, const core::RequestId& id) {
  const auto found = context.state.requests.find(id);
  return found == context.state.requests.end() ? nullptr : &found->second;
}

core::Error unknown_request() {
  return core::not_found("unknown_request", "request",
                         "No such request is open; it may have been priced or cancelled.");
}

// Ends a request; money that waited goes back.
Drafts end_request(const Context& context, const core::RequestId& id, const Request& request,
                   std::optional<CancelReason> reason) {
  const Structure& pool = context.state.structures.at(request.structure);
  Postings postings;
  if (!request.redemption) {
    postings.add(accounts::pending_in(request.structure, request.client), pool.currency,
                 *request.amount);
    postings.add(accounts::wallet(request.client), pool.currency, -*request.amount);
  }
  Effects effects(context.effective_at);
  effects.add(RequestCancelled{id, request.structure, request.client, reason}, std::move(postings),
              {request.client.bytes, request.structure.bytes, id.bytes});
  return effects.take();
}

// What keeps money out of a pool does not hold it: meanwhile its investor may take it back.
bool is_kept_out(const Context& context, const Request& request) {
  if (request.redemption) return false;
  // Older versions let money leave for a pool that was over.
  if (request.transferred &&
      context.state.structures.at(request.structure).stage != StructureStage::Open) {
    return true;
  }
  return gate::mandate_is_over(context.state, request.structure, request.client,
                               core::utc_date(context.now)) ||
         !gate::authorisation(context, request.structure, request.client);
}

// What is still there of the mark that came along: if he left the pool meanwhile with what he had
// there, it went with that.
core::Minor mark_here(const Context& context, const Structure& pool, const Request& request) {
  const core::Minor mark = context.books.balance(accounts::mark(pool.strategy, request.client),
                                                 accounts::mark_code(pool.currency));
  return std::clamp(mark, core::Minor{0}, request.mark);
}

// The mark came along for a holding that does not begin: it falls as by a withdrawal of all.
core::Result<fees::MarkAfterWithdrawal> mark_at_home(const Context& context, const Structure& pool,
                                                     const Request& request, core::Minor mark) {
  const Investor& investor = pool.investors.at(request.client);
  TRY(const auto rules, charging::rules_of(context.state.offers.at(investor.offer)));
  return fees::mark_after_withdrawals(rules.withdrawal_rule, *request.amount, mark,
                                      *request.amount);
}

// He holds nothing: no loss can come that would be paid back out of what is held.
core::Result<> release_all(const core::StructureId& id, const Structure& pool,
                           const core::PartyId& client, Investor& left, Effects& effects) {
  if (left.held.empty()) return core::ok();
  const std::uint64_t now = left.periods + 1;
  TRY(const auto reserve,
      fees::released_held(charging::held_of(left), static_cast<std::uint32_t>(now), 0));
  charging::set_held(left, reserve.held);
  Postings postings;
  postings.add(accounts::manager_reserve(pool.manager), pool.currency, reserve.moved);
  postings.add(accounts::manager_fees(pool.manager), pool.currency, -reserve.moved);
  effects.add(FeeReleased{id, client, reserve.moved, now}, std::move(postings),
              {client.bytes, id.bytes});
  return core::ok();
}

Drafts send_home(const Context& context, const core::RequestId& id, const Request& request,
                 std::optional<CancelReason> reason) {
  const Structure& pool = context.state.structures.at(request.structure);
  const core::PartyId& client = request.client;
  const std::string code = accounts::mark_code(pool.currency);
  const core::Minor mark = mark_here(context, pool, request);
  TRY(const auto after, mark_at_home(context, pool, request, mark));
  const TransferSentHome home{
      id,    request.structure, client,         *request.amount,
      mark,  after.mark,        after.released, core::utc_date(context.effective_at),
      reason};
  const core::Minor fallen = home.mark - home.mark_left;
  Postings postings;
  postings.add(accounts::pending_in(request.structure, client), pool.currency, home.amount);
  postings.add(accounts::wallet(client), pool.currency, -home.amount);
  postings.add(accounts::mark(pool.strategy, client), code, -fallen);
  postings.add(accounts::released(pool.strategy, client), code, home.released);
  postings.add(std::string(accounts::kMemoContra), code, fallen - home.released);
  Effects effects(context.effective_at);
  effects.add(home, std::move(postings), {client.bytes, request.structure.bytes, id.bytes});
  if (units_of(context, request.structure, pool, client) != 0) return effects.take();
  Investor left = pool.investors.at(client);
  TRY(release_all(request.structure, pool, client, left, effects));
  charging::forget_holding(left);
  if (left == pool.investors.at(client)) return effects.take();
  effects.add(InvestorStanding{request.structure, client, std::move(left)}, {},
              {client.bytes, request.structure.bytes});
  return effects.take();
}

core::Result<> require_not_frozen(const Context& context, const Request& request) {
  const Structure& pool = context.state.structures.at(request.structure);
  if (pool.calendar.empty()) return core::ok();
  const core::Instant cutoff = pool.calendar.front().cutoff;
  if (context.now <= cutoff || request.recorded_at > cutoff) return core::ok();
  return core::conflict("request_frozen", "request",
                        "The cut-off of the next rollover is over; this request takes part in it.");
}

core::Result<> require_not_on_its_way(const Request& request) {
  if (!request.transferred) return core::ok();
  return core::conflict("not_a_join", "request",
                        "The money has left the other structure already; redeem it here.");
}

core::Result<const Request*> find_join(const Context& context, const core::RequestId& id) {
  const Request* request = find_request(context, id);
  if (request == nullptr) return unknown_request();
  if (!request->redemption && !request->transferred) return request;
  return core::conflict("not_a_join", "request",
                        "Only a subscription can be approved or refused; who wants to leave may.");
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
  TRY(require_open(*pool));
  TRY(require_client(context, command.client));
  TRY(gate::admit_money(context, command.structure, command.client));
  TRY(gate::authorisation(context, command.structure, command.client));
  TRY(require_new_request(context, command.request));
  TRY(require_nowhere_else(context, command.structure, *pool, command.client));
  TRY(require_no_mark_left_behind(context, *pool, command.client));
  TRY(const auto amount, positive_money(command.amount, pool->currency, "amount"));
  if (pool->manager_client != command.client) {
    const Investor& investor = pool->investors.at(command.client);
    const DealingTerms dealing =
        charging::dealing_of(context.state.offers.at(investor.offer).terms);
    const bool joins = units_of(context, command.structure, *pool, command.client) == 0;
    TRY(check_at_least(amount, joins ? dealing.minimum_initial : dealing.minimum_top_up,
                       pool->currency));
    TRY(check_increment(amount, dealing.increment, pool->currency));
    if (investor.lots.size() >= kLotsMax) {
      return core::conflict("too_many_lots", "client",
                            "A holding has at most 500 lots; redeem some first.");
    }
  }
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
  TRY(require_open(*pool));
  TRY(require_client(context, command.client));
  TRY(require_new_request(context, command.request));
  std::optional<core::Minor> amount;
  if (command.amount) {
    TRY(amount, positive_money(*command.amount, pool->currency, "amount"));
  }
  TRY(require_units(context, command.structure, *pool, command.client));
  if (amount) {
    const Investor& investor = pool->investors.at(command.client);
    const DealingTerms dealing =
        charging::dealing_of(context.state.offers.at(investor.offer).terms);
    TRY(check_at_least(*amount, dealing.minimum_withdrawal, pool->currency));
    TRY(check_holding(context, command, *pool, *amount));
  }
  TRY(check_manager_capital(context, command.structure, command.client, *pool, amount));
  Effects effects(context.effective_at);
  effects.add(RedemptionRequested{command.request, command.structure, command.client, amount}, {},
              {command.client.bytes, command.structure.bytes, command.request.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const TransferInvestor& command) {
  TRY(const Structure* pool, find_structure(context, command.structure, Model::Pamm));
  TRY(require_open(*pool));
  TRY(require_client(context, command.client));
  TRY(require_new_request(context, command.request));
  TRY(require_units(context, command.structure, *pool, command.client));
  auto target = find_structure(context, command.to, Model::Pamm);
  if (!target) return std::move(target.error()).within("to");
  const Structure& to = *target.value();
  TRY(require_open(to));
  TRY(gate::admit_money(context, command.to, command.client));
  TRY(gate::authorisation(context, command.to, command.client));
  if (command.to == command.structure || to.manager != pool->manager ||
      to.currency != pool->currency) {
    return core::conflict("wrong_strategy", "to",
                          "A mark goes along only into another structure of the same manager and "
                          "currency.");
  }
  if (units_of(context, command.to, to, command.client) != 0) {
    return core::conflict("held_elsewhere", "to",
                          "The client holds units in the target already; redeem and subscribe.");
  }
  TRY(check_manager_capital(context, command.structure, command.client, *pool, {}));
  Effects effects(context.effective_at);
  effects.add(
      RedemptionRequested{command.request, command.structure, command.client, {}, command.to}, {},
      {command.client.bytes, command.structure.bytes, command.request.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const CancelRequest& command) {
  const Request* request = find_request(context, command.request);
  if (request == nullptr) return unknown_request();
  const bool kept_out = is_kept_out(context, *request);
  if (kept_out && request->transferred) return send_home(context, command.request, *request, {});
  if (!kept_out) {
    TRY(require_not_frozen(context, *request));
    TRY(require_not_on_its_way(*request));
  }
  return end_request(context, command.request, *request, {});
}

Drafts decide(const Context& context, const AnnulRequest& command) {
  const Request* request = find_request(context, command.request);
  if (request == nullptr) return unknown_request();
  if (request->transferred && is_kept_out(context, *request)) {
    return send_home(context, command.request, *request, command.reason);
  }
  TRY(require_not_on_its_way(*request));
  return end_request(context, command.request, *request, command.reason);
}

Drafts decide(const Context& context, const ApproveJoin& command) {
  TRY(const Request* request, find_join(context, command.request));
  if (request->approved) {
    return core::conflict("exists", "request", "The request was approved before.");
  }
  Effects effects(context.effective_at);
  effects.add(JoinApproved{command.request, request->structure, request->client}, {},
              {request->client.bytes, request->structure.bytes, command.request.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const RefuseJoin& command) {
  TRY(const Request* request, find_join(context, command.request));
  const Structure& pool = context.state.structures.at(request->structure);
  if (units_of(context, request->structure, pool, request->client) != 0) {
    return core::conflict("not_a_join", "request",
                          "The client is in the structure already; a top-up needs no approval.");
  }
  return end_request(context, command.request, *request, CancelReason::Manager);
}

void apply(State& state, const SubscriptionRequested& body, const ledger::RecordView& record) {
  require_investor(state, body.structure, body.client);
  state.requests[body.request] = {body.structure, body.client,        false,
                                  body.amount,    record.recorded_at, record.seq};
}

void apply(State& state, const RedemptionRequested& body, const ledger::RecordView& record) {
  require_investor(state, body.structure, body.client);
  Request& request = state.requests[body.request];
  request = {body.structure, body.client, true, body.amount, record.recorded_at, record.seq};
  request.to = body.to;
}

void apply(State& state, const RequestCancelled& body, const ledger::RecordView&) {
  state.requests.erase(body.request);
}

void apply(State& state, const JoinApproved& body, const ledger::RecordView&) {
  state.requests.at(body.request).approved = true;
}

}  // namespace engine::pamm
