#include "engine/mam/partner_closes.h"

#include <algorithm>

#include "engine/accounts.h"
#include "engine/mam/positions.h"
#include "engine/mam/price.h"
#include "engine/trading/volume.h"

namespace engine::mam {
namespace {

// Decimals of an average price where no contract says how many there are, or a split has changed
// it.
constexpr unsigned kAverageDigits = 10;

std::optional<core::Instant> first_fill(const Order& order) {
  std::optional<core::Instant> first;
  for (const auto& [id, fill] : order.fills) {
    if (fill.busted || fill.now.steps == 0) continue;
    first = std::min(first.value_or(fill.at), fill.at);
  }
  return first;
}

// As every account has it, in prices of today. Rounding: half even. Empty where it is not known.
std::optional<core::Decimal> entry_price(const Order& order) {
  const bool split = order.split_numerator != order.split_denominator;
  if (!split && order.price_digits) {
    const auto price = account_price(order.price_steps, shared_steps(order), order.price_digits);
    return price ? price.value() : std::nullopt;
  }
  const auto average = average_price(order.price_steps, shared_steps(order));
  const auto ratio = core::Rational::of(order.split_denominator, order.split_numerator);
  if (!average || !average.value() || !ratio) return std::nullopt;
  const auto rounded = core::to_minor(multiply(*average.value(), ratio.value()), kAverageDigits,
                                      core::Rounding::HalfEven);
  if (!rounded) return std::nullopt;
  return core::to_decimal(rounded.value(), kAverageDigits);
}

bool is_firms(const State& state, const core::AccountId& account) {
  const auto terms = state.blocks->participation.find(account);
  return terms != state.blocks->participation.end() &&
         terms->second.own_account == AccountOwner::Firm;
}

// The orders of the other side of the symbol in which the account has something open.
std::vector<std::string> hedges_of(
    const std::vector<std::pair<core::OrderId, const Order*>>& others,
    const core::AccountId& account) {
  std::vector<std::string> out;
  for (const auto& [id, order] : others) {
    const auto share = order->shares.find(account);
    if (share != order->shares.end() && share->second.open > 0) out.push_back(id.hex());
  }
  return out;
}

}  // namespace

core::Result<core::Minor> commission_of(const OrderShare& share, core::Minor steps) {
  TRY(const auto left, core::subtract(share.commission, share.commission_closed));
  if (steps == 0 || left == 0) return core::Minor{0};
  if (steps == share.open) return left;
  return core::multiply_divide(left, steps, share.open, core::Rounding::Floor);
}

core::Result<> pay_partners(const Context& context, const Order& order, const CloseRecorded& block,
                            const std::vector<ClosingPart>& parts,
                            partners::CloseAccruals& accruals, Effects& effects) {
  const auto opened_at = first_fill(order);
  if (!accruals.pays_anybody() || !opened_at || shares_results_only(order.method)) {
    return core::ok();
  }
  auto others = open_orders(context, order.structure, order.symbol);
  std::erase_if(others, [&](const auto& other) { return other.second->side == order.side; });
  TRY(const auto step, trading::step_volume(order.lot_step));
  partners::PositionClose close;
  close.structure = order.structure;
  close.order = block.order;
  close.position = block.order.hex();
  close.close = block.close;
  close.symbol = order.symbol;
  close.side = order.side;
  close.opened_at = *opened_at;
  close.open_price = entry_price(order);
  close.close_price = block.price;
  close.currency = context.state.structures.at(order.structure).currency;
  for (const ClosingPart& part : parts) {
    if (part.steps == 0 || is_firms(context.state, part.account)) continue;
    close.account = part.account;
    close.client = part.client;
    TRY(const auto volume, core::multiply(part.steps, step));
    close.lots = core::to_decimal(volume, kLotScale);
    TRY(const auto opening, commission_of(order.shares.at(part.account), part.steps));
    TRY(const auto paid, core::add(part.commission, opening));
    close.commission = -paid;
    close.hedges = hedges_of(others, part.account);
    TRY(accruals.add(effects, close));
  }
  return core::ok();
}

}  // namespace engine::mam
