#include "engine/partners/closes.h"

#include <algorithm>

#include "core/check.h"
#include "core/iso4217.h"
#include "core/sha256.h"
#include "engine/copy_state.h"
#include "engine/mam_state.h"
#include "engine/partners/decide.h"
#include "engine/trading_state.h"

namespace engine::partners {
namespace {

constexpr std::string_view kNoServer = "none";

// 64 bytes: as long as a group's name may be.
std::string new_group(const core::AccountId& account, const std::string& position) {
  const std::string text = account.hex() + position;
  return core::to_hex(core::sha256(core::as_bytes(text)).bytes);
}

// Whether it pays anybody, before it is written down.
bool pays(const State& state, const PositionClose& close, core::Instant closed_at) {
  RecordPartnerDeal deal;
  deal.client = close.client;
  deal.structure = close.structure;
  deal.opened_at = close.opened_at;
  deal.closed_at = closed_at;
  return !legs_of(state, deal).empty();
}

// What the client had of the broker is no commission below zero: it lowers the revenue.
void set_revenue(RecordPartnerDeal& deal, core::Decimal money) {
  deal.commission = money.digits >= 0 ? std::optional(money) : std::nullopt;
  money.digits = -money.digits;
  deal.bonus = money.digits > 0 ? std::optional(money) : std::nullopt;
}

core::Result<> add_revenue(RecordPartnerDeal& deal, const core::Decimal& change) {
  if (change.digits == 0) return core::ok();
  TRY(auto sum, to_accrual(deal.commission.value_or(core::Decimal{})));
  TRY(const auto cost, to_accrual(deal.bonus.value_or(core::Decimal{})));
  TRY(const auto more, to_accrual(change));
  TRY(sum, core::subtract(sum, cost));
  TRY(sum, core::add(sum, more));
  set_revenue(deal, written(sum));
  return core::ok();
}

// --- Deals that are recorded by hand
// ----------------------------------------------------------------

bool trades_in_group(const State& state, const core::AccountId& id, const TradingAccount& account) {
  const BlockOrders& blocks = *state.blocks;
  if (blocks.extra.contains(id)) return true;  // An order of it is complete.
  const auto open = blocks.open.find(account.structure);
  if (open == blocks.open.end()) return false;
  return std::ranges::any_of(open->second, [&](const core::OrderId& order) {
    const auto& shares = blocks.orders.at(order).shares;
    const auto share = shares.find(id);
    return share != shares.end() && share->second.filled > 0;
  });
}

bool trades_here(const State& state, const core::AccountId& id, const TradingAccount& account) {
  if (state.structures.at(account.structure).model == Model::Mam) {
    return trades_in_group(state, id, account);
  }
  const auto copies = state.copy->subscriptions.find(id);
  return copies != state.copy->subscriptions.end() && !copies->second.fills.empty();
}

// Those that trade here: the deal's account, or without one that is known all of the client's in
// the structure.
std::vector<core::AccountId> managed_accounts(const State& state, const RecordPartnerDeal& deal) {
  std::vector<core::AccountId> out;
  const auto add = [&](const core::AccountId& id) {
    if (trades_here(state, id, state.trading->accounts.at(id))) out.push_back(id);
  };
  if (deal.account && state.trading->accounts.contains(*deal.account)) {
    add(*deal.account);
    return out;
  }
  const auto accounts = state.trading->of_client.find(deal.client);
  if (!deal.structure || accounts == state.trading->of_client.end()) return out;
  for (const core::AccountId& id : accounts->second) {
    if (state.trading->accounts.at(id).structure == *deal.structure) add(id);
  }
  return out;
}

// "close/order/account".
bool is_close_of_group(const State& state, const core::AccountId& account,
                       std::string_view close_and_order) {
  const std::size_t slash = close_and_order.rfind('/');
  if (slash == std::string_view::npos) return false;
  const auto id = core::parse_id<core::OrderId>(close_and_order.substr(slash + 1));
  if (!id) return false;
  const auto order = state.blocks->orders.find(id.value());
  return order != state.blocks->orders.end() && order->second.shares.contains(account) &&
         order->second.closes.contains(std::string(close_and_order.substr(0, slash)));
}

bool is_close(const State& state, const core::AccountId& account, const Structure& structure,
              const RecordPartnerDeal& deal) {
  if (deal.server != server_of(structure)) return false;
  const std::string behind = "/" + account.hex();
  if (!deal.ticket.ends_with(behind)) return false;
  const std::string close = deal.ticket.substr(0, deal.ticket.size() - behind.size());
  if (structure.model == Model::Mam) return is_close_of_group(state, account, close);
  return state.copy->subscriptions.at(account).closes.contains(close);
}

}  // namespace

std::string ticket_of(const std::string& close, const std::optional<core::OrderId>& order,
                      const core::AccountId& account) {
  return close + "/" + (order ? order->hex() + "/" : "") + account.hex();
}

std::string server_of(const Structure& structure) {
  return structure.server.value_or(std::string(kNoServer));
}

core::Result<> check_managed(const Context& context, const RecordPartnerDeal& deal) {
  const auto accounts = managed_accounts(context.state, deal);
  const bool stated = std::ranges::any_of(accounts, [&](const core::AccountId& account) {
    const core::StructureId& id = context.state.trading->accounts.at(account).structure;
    return is_close(context.state, account, context.state.structures.at(id), deal);
  });
  if (accounts.empty() || stated) return core::ok();
  return core::conflict("managed_close", "ticket",
                        "Closes of this account pay partners by themselves; one that is awaited, "
                        "or was taken back, goes by its own server and ticket.");
}

std::optional<std::string> CloseAccruals::known_group(const Position& position) const {
  if (const auto now = groups_.find(position); now != groups_.end()) return now->second;
  const auto& groups = context_.state.partner_book->hedge_groups;
  const auto of_account = groups.find(position.first);
  if (of_account == groups.end()) return std::nullopt;
  const auto group = of_account->second.find(position.second);
  return group == of_account->second.end() ? std::nullopt : std::optional(group->second);
}

// One that the position or a position that hedges it has already, else a new one. Whoever meets a
// position of the other side is in its group from then on.
std::optional<std::string> CloseAccruals::group_of(const PositionClose& close) {
  auto group = known_group({close.account, close.position});
  if (close.hedges.empty()) return group;
  for (const std::string& other : close.hedges) {
    if (!group) group = known_group({close.account, other});
  }
  if (!group) group = new_group(close.account, close.position);
  groups_.try_emplace({close.account, close.position}, *group);
  for (const std::string& other : close.hedges) {
    if (!known_group({close.account, other})) groups_[{close.account, other}] = *group;
  }
  return group;
}

RecordPartnerDeal CloseAccruals::deal_of(const PositionClose& close) {
  RecordPartnerDeal deal;
  deal.server = server_of(context_.state.structures.at(close.structure));
  deal.ticket = ticket_of(close.close, close.order, close.account);
  deal.client = close.client;
  deal.account = close.account;
  deal.structure = close.structure;
  deal.symbol = close.symbol;
  deal.side = close.side;
  deal.lots = close.lots;
  deal.opened_at = close.opened_at;
  deal.closed_at = context_.effective_at;
  if (close.open_price) deal.open_price = *close.open_price;
  deal.close_price = close.close_price;
  deal.currency = close.currency;
  const auto scale = core::currency_scale(close.currency);
  CHECK(scale.has_value());
  set_revenue(deal, core::to_decimal(close.commission, *scale));
  deal.hedge_group = group_of(close);
  return deal;
}

core::Result<> CloseAccruals::add(Effects& effects, const PositionClose& close) {
  if (!pays(context_.state, close, context_.effective_at)) return core::ok();
  const RecordPartnerDeal deal = deal_of(close);
  return deals_.add_close(effects, deal, {close.position, close.close, close.hedges});
}

core::Result<> CloseAccruals::amend(Effects& effects, const AmendedClose& amended) {
  const core::StructureId& structure =
      context_.state.trading->accounts.at(amended.account).structure;
  const std::string server = server_of(context_.state.structures.at(structure));
  const std::string ticket = ticket_of(amended.close, amended.order, amended.account);
  const auto& deals = context_.state.partner_book->deals;
  const auto known = deals.find(deal_key(server, ticket));
  if (known == deals.end() || known->second.reversed) return core::ok();
  const ReversePartnerDeal reversal{server, ticket, amended.reason};
  if (amended.lots.digits == 0) return deals_.reverse(effects, reversal);
  PartnerDealRecorded before;
  TRY(context_.past.record_at(known->second.seq,
                              [&](const ledger::RecordView& record) -> core::Result<> {
                                TRY(before, core::from_cbor<PartnerDealRecorded>(record.body));
                                return core::ok();
                              }));
  RecordPartnerDeal deal = before.deal;
  const bool same = deal.lots == amended.lots && deal.close_price == amended.close_price &&
                    amended.commission_change.digits == 0;
  if (same) return core::ok();
  deal.lots = amended.lots;
  deal.close_price = amended.close_price;
  // What people stated, perhaps in another currency, is theirs to state again; and what cannot be
  // counted must not hold up what happened.
  if (!before.close || !add_revenue(deal, amended.commission_change)) {
    return deals_.reverse(effects, reversal);
  }
  return deals_.replace_close(effects, reversal, deal, *before.close);
}

void note_hedges(PartnerBook& book, const RecordPartnerDeal& deal, const PartnerDealClose& close) {
  if (close.hedges.empty() || !deal.account || !deal.hedge_group) return;
  auto& groups = book.hedge_groups[*deal.account];
  groups.try_emplace(close.position, *deal.hedge_group);
  for (const std::string& other : close.hedges) groups.try_emplace(other, *deal.hedge_group);
}

void apply(State& state, const PartnerDealAwaited& body, const ledger::RecordView&) {
  note_hedges(*state.partner_book, body.deal, body.close);
}

}  // namespace engine::partners
