// Row 29: a client's money changes its currency. Each currency balances by itself; the house takes
// the other side at the mid rate and keeps the difference.

#include "core/amount.h"
#include "core/exact_decimal.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/client_money/decide.h"
#include "engine/client_money/opening.h"
#include "engine/lookup.h"
#include "engine/money.h"

namespace engine::client_money {
namespace {

constexpr std::size_t kSourceBytesMax = 64;

core::Result<> check_rates(const Context& context, const Convert& command) {
  if (command.rate.digits <= 0 || command.mid_rate.digits <= 0) {
    return core::invalid("exchange_rate", command.rate.digits <= 0 ? "rate" : "mid_rate",
                         "A rate is above zero.");
  }
  const auto rate = core::rational_of(command.rate);
  const auto mid_rate = core::rational_of(command.mid_rate);
  if (rate > mid_rate) {
    return core::invalid("exchange_rate", "rate",
                         "The client's rate is better than the mid rate: are they the right way "
                         "round?");
  }
  if (command.rate_source.empty() || command.rate_source.size() > kSourceBytesMax) {
    return core::invalid("rate_source", "rate_source",
                         "Name who published the rate, in 1 to 64 bytes.");
  }
  if (command.published_at > context.effective_at) {
    return core::invalid("rate_time", "published_at",
                         "The rate was published after the conversion took effect.");
  }
  return core::ok();
}

// Rounding: down to the smallest unit of the second currency.
core::Result<core::Minor> value_of(core::Minor amount, const Convert& command,
                                   const core::Decimal& rate) {
  TRY(const auto to_unit, core::power_of_ten(*core::currency_scale(command.to_currency)));
  TRY(const auto from_unit, core::power_of_ten(*core::currency_scale(command.from_currency)));
  TRY(const auto rate_unit, core::power_of_ten(rate.scale));
  TRY(const auto numerator, core::multiply(rate.digits, to_unit));
  TRY(const auto denominator, core::multiply(rate_unit, from_unit));
  return core::multiply_divide(amount, numerator, denominator, core::Rounding::Down);
}

Postings exchanged(const Converted& body) {
  const std::string wallet = accounts::wallet(body.client);
  const std::string fx = accounts::fx(body.from_currency, body.to_currency);
  Postings postings;
  postings.add(wallet, body.from_currency, body.from_amount);
  postings.out(body.from_currency, body.from_amount);
  postings.add(fx, body.from_currency, -body.from_amount);
  postings.add(wallet, body.to_currency, -body.to_amount);
  postings.in(body.to_currency, body.to_amount);
  postings.add(fx, body.to_currency, body.mid_value);
  postings.add(std::string(accounts::kFxMarkup), body.to_currency, -body.markup);
  return postings;
}

}  // namespace

Drafts decide(const Context& context, const Convert& command) {
  TRY(require_client(context, command.client));
  TRY(const auto amount, positive_money(command.amount, command.from_currency, "amount"));
  TRY(check_currency(command.to_currency, "to_currency"));
  if (command.from_currency == command.to_currency) {
    return core::invalid("same_currency", "to_currency", "Name two currencies.");
  }
  TRY(check_rates(context, command));
  TRY(const auto to_amount, value_of(amount, command, command.rate));
  TRY(const auto mid_value, value_of(amount, command, command.mid_rate));
  if (to_amount <= 0) {
    return core::invalid("not_positive", "amount",
                         "It comes to less than the smallest unit of the other currency.");
  }
  const Converted body{command.client,
                       command.from_currency,
                       amount,
                       command.to_currency,
                       to_amount,
                       mid_value,
                       mid_value - to_amount,
                       command.rate,
                       command.mid_rate,
                       command.rate_source,
                       command.published_at};
  Effects effects(context.effective_at);
  open_if_missing(context, effects, accounts::fx(command.from_currency, command.to_currency), {},
                  {});
  open_if_missing(context, effects, std::string(accounts::kFxMarkup), {}, {});
  auto& draft = effects.add(body, exchanged(body), {command.client.bytes});
  if (command.document) draft.documents = {*command.document};
  return effects.take();
}

void apply(State&, const Converted&, const ledger::RecordView&) {}

}  // namespace engine::client_money
