// Accounts that cannot have their part of an order, and what the house takes over.

#include <algorithm>

#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/mam/allocation_basis.h"
#include "engine/mam/decide.h"
#include "engine/mam/fills_parts.h"
#include "engine/mam/orders_frozen.h"
#include "engine/mam/volume.h"
#include "engine/mam_state.h"
#include "engine/money.h"
#include "engine/trading/volume.h"

namespace engine::mam {
namespace {

using core::Minor;

core::Result<const OrderShare*> find_share(const Order& order, const core::AccountId& account) {
  const auto found = order.shares.find(account);
  if (found == order.shares.end()) {
    return core::not_found("unknown_share", "account", "The account has no part in this order.");
  }
  if (!found->second.rejected) return &found->second;
  return core::conflict("rejected", "account", "The account was rejected already.");
}

// The block that the others can have: what they wanted themselves, or up to all their limits.
core::Result<Minor> steps_without(const Order& order, const core::AccountId& account) {
  Minor most = 0;
  for (const auto& [id, share] : order.shares) {
    if (id == account || share.overflow) continue;
    const Minor own = has_own_volume(order.method) ? share.weight : share.limit.value_or(kNoLimit);
    TRY(most, core::add(most, own));
  }
  if (most > 0) return std::min(most, order.steps);
  return core::conflict("no_participants", "account",
                        "No other account has a part in the order; it cannot be sent.");
}

core::Result<> before_sending(const Order& order, ShareRejected& body) {
  if (order.shares.at(body.account).overflow) {
    return core::conflict("no_overflow_account", "account",
                          "The odd steps of the order would belong to nobody.");
  }
  body.before_sending = true;
  TRY(body.steps, steps_without(order, body.account));
  Order others = order;
  others.shares.erase(body.account);
  others.steps = body.steps;
  TRY(body.client_steps, client_steps_of(others, order.own_accounts));
  return core::ok();
}

// The others stay as they are; what the account has open is the house's.
Targets with_house(const Order& order, const core::AccountId& account) {
  Targets targets;
  for (const OrderEntry& entry : order.shares) {
    const OrderShare& share = entry.second;
    Target target{&entry, share.filled, share.error, {}, share.extra};
    if (entry.first == account && share.open > 0) {
      target.account -= share.open;
      target.error += share.open;
      target.corrected = CorrectionReason::Rejected;
    }
    targets.shares.push_back(target);
  }
  return targets;
}

core::Result<> check_error_close(const CloseError& command, const Order& order, Minor steps) {
  TRY(trading::check_platform_id(command.close, "close"));
  if (order.error_closes.contains(command.close)) {
    return core::conflict("duplicate_close", "close", "This close is recorded already.");
  }
  if (steps <= (order.error_open < 0 ? -order.error_open : order.error_open)) return core::ok();
  return core::conflict("overclose", "lots",
                        "More would be closed than the house has open of the order; " +
                            core::to_string(order.error_open) + " steps of " +
                            core::to_string(order.lot_step) + " are.");
}

}  // namespace

Drafts decide(const Context& context, const RejectShare& command) {
  TRY(const Order* order, find_order(context, command.order));
  TRY(check_unsplit(*order));
  TRY(const OrderShare* share, find_share(*order, command.account));
  if (shares_results_only(order->method) && !order->fills.empty()) {
    return core::conflict("results_only", "order",
                          "This order's accounts share results alone: nobody's part can be taken "
                          "out once it is filled.");
  }
  const core::PartyId& client = share->client;
  ShareRejected body{command.order,  command.account, order->structure, client,
                     command.reason, false,           order->steps,     order->client_steps};
  const Subjects subjects{client.bytes, order->structure.bytes};
  Effects effects(context.effective_at);
  if (order->fills.empty()) {
    TRY(before_sending(*order, body));
    effects.add(body, {}, subjects);
    return effects.take();
  }
  effects.add(body, {}, subjects);
  if (share->open == 0) return effects.take();
  const After after{shared_steps(*order), order->price_steps, order->commission, order->final};
  TRY(add_parts(context, command.order, *order, after, with_house(*order, command.account),
                {{}, CorrectionReason::Rejected}, effects));
  return effects.take();
}

void apply(State& state, const ShareRejected& body, const ledger::RecordView&) {
  Order& order = state.blocks->orders.at(body.order);
  if (!body.before_sending) {
    order.shares.at(body.account).rejected = true;
    return;
  }
  order.shares.erase(body.account);
  order.steps = body.steps;
  order.client_steps = body.client_steps;
}

// The position is the house's own risk: the result meets in the error account, which is swept when
// the period closes.
Drafts decide(const Context& context, const CloseError& command) {
  TRY(const Order* order, find_order(context, command.order));
  TRY(const Minor steps, trading::steps_of(command.lots, order->lot_step));
  TRY(check_error_close(command, *order, steps));
  const std::string& currency = context.state.structures.at(order->structure).currency;
  const Minor closed = order->error_open < 0 ? -steps : steps;
  ErrorClosed body{command.order,
                   order->structure,
                   command.close,
                   closed,
                   order->error_open - closed,
                   command.price,
                   0};
  TRY(body.profit, signed_money(command.profit, currency, "profit"));
  Effects effects(context.effective_at);
  const std::string error(accounts::kError);
  if (!context.books.is_open(error)) effects.open({account(error)}, {});
  Postings postings;
  postings.add(error, currency, -body.profit);
  postings.add(std::string(accounts::kClientTradingRealised), currency, body.profit);
  move_house_position(context, *order, -closed, postings);
  effects.add(body, std::move(postings), {order->structure.bytes});
  return effects.take();
}

void apply(State& state, const ErrorClosed& body, const ledger::RecordView&) {
  Order& order = state.blocks->orders.at(body.order);
  order.error_open = body.open_steps;
  order.error_closes.insert(body.close);
}

}  // namespace engine::mam
