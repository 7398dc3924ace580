#include "engine/currency/rates.h"

#include <utility>

#include "core/check.h"
#include "core/exact_decimal.h"
#include "core/iso4217.h"
#include "engine/currency_state.h"

namespace engine::currency {
namespace {

constexpr core::Decimal kOne{1, 0};
constexpr std::string_view kEuro = "EUR";

// One rate of a platform's server as it stands in the book, or nothing.
std::optional<std::pair<core::Instant, PlatformRate>> latest(const ExchangeRates& rates,
                                                             const std::string& key,
                                                             core::Instant at) {
  const auto pair = rates.platform.find(key);
  if (pair == rates.platform.end()) return std::nullopt;
  auto after = pair->second.upper_bound(at);
  if (after == pair->second.begin()) return std::nullopt;
  --after;
  return *after;
}

std::uint64_t days_between(core::Date from, core::Date to) {
  return static_cast<std::uint64_t>(to.days - from.days);
}

// The later of the two directions in which a server may quote the pair.
std::optional<RateUsed> platform_rate(const State& state, const RateRequest& request) {
  const core::Date day = core::utc_date(request.at);
  std::optional<RateUsed> best;
  core::Instant best_at{};
  const auto consider = [&](const std::string& base, const std::string& quote) {
    const auto found = latest(*state.rates, platform_key(*request.server, base, quote), request.at);
    if (!found || (best && found->first <= best_at)) return;
    const core::Date date = core::utc_date(found->first);
    if (day.days - date.days > kGapDaysMax) return;
    const bool direct = base == request.from;
    best_at = found->first;
    best = RateUsed{request.from,
                    request.to,
                    direct ? found->second.rate : kOne,
                    direct ? kOne : found->second.rate,
                    RateSource::Platform,
                    date,
                    days_between(date, day),
                    found->first,
                    found->second.seq};
  };
  consider(request.from, request.to);
  consider(request.to, request.from);
  return best;
}

const core::Decimal* euro_rate(const ReferenceDay& day, const std::string& currency) {
  if (currency == kEuro) return &kOne;
  const auto rate = day.rates.find(currency);
  return rate == day.rates.end() ? nullptr : &rate->second;
}

core::Error no_rate(const RateRequest& request) {
  return core::conflict("no_rate", "currency",
                        "No rate from " + request.from + " to " + request.to +
                            " is recorded: neither the deal's, nor the platform's, nor the ECB's.");
}

core::Result<RateUsed> reference_rate(const State& state, const RateRequest& request) {
  const core::Date day = core::utc_date(request.at);
  const auto& days = state.rates->reference;
  // A day on which the currency was not quoted counts as missing for it.
  for (auto after = days.upper_bound(day); after != days.begin();) {
    --after;
    const auto& [date, published] = *after;
    const core::Decimal* from = euro_rate(published, request.from);
    const core::Decimal* to = euro_rate(published, request.to);
    if (from == nullptr || to == nullptr) continue;
    if (day.days - date.days > kGapDaysMax) {
      return core::conflict("rate_gap", "currency",
                            "The last reference rates for this are of " + core::to_string(date) +
                                ", more than " + std::to_string(kGapDaysMax) +
                                " days before; import the ECB's newer ones.");
    }
    return RateUsed{request.from,
                    request.to,
                    *to,
                    *from,
                    RateSource::Ecb,
                    date,
                    days_between(date, day),
                    published.published_at,
                    published.seq};
  }
  return no_rate(request);
}

}  // namespace

core::Result<RateUsed> rate_for(const State& state, const RateRequest& request) {
  const core::Date day = core::utc_date(request.at);
  RateUsed used{request.from, request.to, kOne, kOne, RateSource::Deal, day, 0, {}, {}};
  if (request.of_deal) {
    if (request.of_deal->digits <= 0) {
      return core::invalid("not_positive", "rate", "A rate must be above zero.");
    }
    if (request.from == request.to && *request.of_deal != kOne) {
      return core::invalid("same_currency", "rate", "Equal currencies convert one to one.");
    }
    used.numerator = *request.of_deal;
    return used;
  }
  if (request.from == request.to) return used;
  if (request.server) {
    if (auto found = platform_rate(state, request)) return std::move(*found);
  }
  return reference_rate(state, request);
}

core::Result<core::Rational> convert_exact(const core::Rational& amount, const RateUsed& rate) {
  return core::divide(core::multiply(amount, core::rational_of(rate.numerator)),
                      core::rational_of(rate.denominator));
}

core::Result<core::Minor> convert(core::Minor amount, const RateUsed& rate,
                                  core::Rounding rounding) {
  const auto from = core::currency_scale(rate.from);
  const auto to = core::currency_scale(rate.to);
  CHECK(from.has_value());
  CHECK(to.has_value());
  TRY(const auto unit, core::power_of_ten(*from));
  TRY(const auto whole, core::Rational::of(amount, unit));
  TRY(const auto converted, convert_exact(whole, rate));
  return core::to_minor(converted, *to, rounding);
}

}  // namespace engine::currency
