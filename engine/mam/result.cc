#include "engine/mam/result.h"

#include "core/check.h"
#include "core/exact_decimal.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/currency/rates.h"
#include "engine/instruments_state.h"
#include "engine/mam/price.h"
#include "engine/position_records.h"

namespace engine::mam {
namespace {

// What one unit of the base costs today: splits since then divide it.
core::Result<core::Rational> opened_at(const Order& order, const core::Rational& price) {
  TRY(const auto factor, core::Rational::of(order.split_denominator, order.split_numerator));
  return core::multiply(price, factor);
}

// In smallest units of the group's currency.
core::Result<core::Minor> profit_at(const Order& order, const CloseRecorded& block,
                                    const core::Rational& price, const std::string& currency) {
  TRY(const auto opened, opened_at(order, price));
  const auto closed = core::rational_of(block.price);
  const auto each =
      order.side == Side::Buy ? core::subtract(closed, opened) : core::subtract(opened, closed);
  TRY(const auto earned, value_of(order, each, block.steps));
  TRY(const auto converted, currency::convert_exact(earned, *block.rate));
  const auto scale = core::currency_scale(currency);
  CHECK(scale.has_value());
  return core::to_minor(converted, *scale, core::Rounding::HalfEven);
}

}  // namespace

core::Result<> work_out_profit(const Context& context, const Order& order,
                               const std::optional<core::Decimal>& conversion_rate,
                               CloseRecorded& block) {
  if (order.filled_after_close) {
    return core::invalid("missing_field", "profit",
                         "The order was filled, or its fills put right, after a close: give the "
                         "profit.");
  }
  TRY(block.account_price,
      account_price(order.price_steps, shared_steps(order), order.price_digits));
  if (!block.account_price || !order.contract_size) {
    return core::invalid("missing_field", "profit",
                         "The order was accepted without a contract of its symbol, so give the "
                         "profit.");
  }
  const Structure& structure = context.state.structures.at(order.structure);
  const std::string& symbol_currency = context.state.instruments->symbols.at(order.symbol).currency;
  TRY(block.rate,
      currency::rate_for(context.state, {symbol_currency, structure.currency, context.effective_at,
                                         conversion_rate, structure.server}));
  const auto price = core::rational_of(*block.account_price);
  TRY(block.profit, profit_at(order, block, price, structure.currency));
  return core::ok();
}

core::Result<core::Minor> add_rounding(const Order& order, const CloseRecorded& block,
                                       const std::string& currency, Effects& effects) {
  if (!block.rate) return core::Minor{0};
  TRY(const auto average, average_price(order.price_steps, shared_steps(order)));
  CHECK(average.has_value());  // Something was filled, or nothing could be closed.
  TRY(const auto exact, profit_at(order, block, *average, currency));
  TRY(const auto amount, core::subtract(exact, block.profit));
  if (amount == 0) return core::Minor{0};
  Postings postings;
  postings.add(std::string(accounts::kClientTradingRealised), currency, amount);
  postings.add(std::string(accounts::kRounding), currency, -amount);
  effects.add(
      RoundingBooked{block.order, block.structure, block.close, exact, block.profit, amount},
      std::move(postings), {block.structure.bytes});
  return amount;
}

}  // namespace engine::mam
