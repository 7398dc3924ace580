#include "engine/copy/result.h"

#include "engine/accounts.h"
#include "engine/currency/rates.h"
#include "engine/instruments_state.h"
#include "engine/money.h"
#include "engine/trading/volume.h"

namespace engine::copy {
namespace {

constexpr core::Decimal kVolumeUnit{1, kLotScale};

core::Result<core::Minor> converted(const core::Decimal& money, const std::string& currency,
                                    const std::optional<RateUsed>& rate, std::string_view field) {
  TRY(const auto minor, signed_money(money, currency, field));
  if (!rate) return minor;
  return currency::convert(minor, *rate, core::Rounding::HalfEven);
}

}  // namespace

core::Result<core::Minor> Result::sum() const {
  TRY(const auto before_costs, core::add(profit, swap));
  return core::add(before_costs, commission);
}

core::Result<Result> result_of(const Context& context, const TradingAccount& account,
                               const Told& told) {
  const std::string& own = currency_of(context, account);
  const std::string currency = told.currency.value_or(own);
  TRY(check_currency(currency, "currency"));
  Result result;
  if (currency != own || told.rate) {
    const auto& server = context.state.structures.at(account.structure).server;
    TRY(result.rate, currency::rate_for(context.state,
                                        {currency, own, context.effective_at, told.rate, server}));
  }
  TRY(result.profit, converted(told.profit, currency, result.rate, "profit"));
  TRY(result.swap, converted(told.swap, currency, result.rate, "swap"));
  TRY(result.commission, converted(told.commission, currency, result.rate, "commission"));
  return result;
}

core::Result<Postings> postings_of(const Context& context, const core::AccountId& id,
                                   const TradingAccount& account, const CopyLineage& lineage,
                                   const Result& result, core::Minor volume) {
  const std::string& currency = currency_of(context, account);
  TRY(const auto sum, result.sum());
  Postings postings;
  postings.add(accounts::account_balance(account.client, id), currency, -sum);
  postings.in(currency, sum);
  postings.add(std::string(accounts::kClientTradingRealised), currency, result.profit);
  postings.add(std::string(accounts::kSwap), currency, result.swap);
  postings.add(std::string(accounts::kCommission), currency, result.commission);
  const std::uint64_t symbol = context.state.instruments->symbols.at(lineage.symbol).ordinal;
  trading::PositionMoves(symbol, lineage.side, kVolumeUnit).add(id, volume, postings);
  return postings;
}

}  // namespace engine::copy
