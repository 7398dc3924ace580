#include "engine/currency/decide.h"

#include <algorithm>
#include <set>

#include "engine/currency/rates.h"
#include "engine/currency_state.h"
#include "engine/effects.h"
#include "engine/money.h"

namespace engine::currency {
namespace {

constexpr std::string_view kReferenceBase = "EUR";
constexpr std::size_t kServerBytesMax = 64;

core::Result<> check_positive(const core::Decimal& rate, std::string_view field) {
  if (rate.digits > 0) return core::ok();
  return core::invalid("not_positive", std::string(field), "A rate must be above zero.");
}

// Not of ISO 4217's table alone: the ECB's history has currencies that are no more.
bool is_code(std::string_view code) {
  return code.size() == 3 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

core::Result<> check_rates(const std::vector<ReferenceRate>& rates) {
  if (rates.empty()) return core::invalid("rates", "rates", "A day without any rate says nothing.");
  std::set<std::string> seen;
  for (const ReferenceRate& rate : rates) {
    TRY(check_positive(rate.rate, "rates: rate"));
    if (is_code(rate.currency) && rate.currency != kReferenceBase &&
        seen.insert(rate.currency).second)
      continue;
    return core::invalid("rates", "rates: currency",
                         "Each currency, three capitals and not the euro, has one rate a day.");
  }
  return core::ok();
}

}  // namespace

std::string platform_key(const std::string& server, const std::string& base,
                         const std::string& quote) {
  return server + "/" + base + "/" + quote;
}

Drafts decide(const Context& context, const RecordReferenceRates& command) {
  if (context.state.rates->reference.contains(command.date)) {
    return core::conflict("exists", "date", "The rates of this day are recorded already.");
  }
  TRY(check_rates(command.rates));
  Effects effects(context.effective_at);
  auto& draft = effects.add(ReferenceRatesRecorded{command}, {}, {});
  if (command.source) draft.documents = {command.source->document};
  return effects.take();
}

Drafts decide(const Context& context, const RecordPlatformRate& command) {
  if (command.server.empty() || command.server.size() > kServerBytesMax) {
    return core::invalid("server", "server", "A server's name has 1 to 64 bytes.");
  }
  TRY(check_currency(command.base, "base"));
  TRY(check_currency(command.quote, "quote"));
  TRY(check_positive(command.rate, "rate"));
  if (command.base == command.quote) {
    return core::invalid("same_currency", "quote", "A rate is between two currencies.");
  }
  const auto pair =
      context.state.rates->platform.find(platform_key(command.server, command.base, command.quote));
  if (pair != context.state.rates->platform.end() && pair->second.contains(command.quoted_at)) {
    return core::conflict("exists", "quoted_at",
                          "A rate of this pair and moment is recorded already.");
  }
  Effects effects(context.effective_at);
  effects.add(PlatformRateRecorded{command}, {}, {});
  return effects.take();
}

void apply(State& state, const ReferenceRatesRecorded& body, const ledger::RecordView& record) {
  ReferenceDay& day = state.rates->reference[body.rates.date];
  for (const ReferenceRate& rate : body.rates.rates) day.rates[rate.currency] = rate.rate;
  day.published_at = body.rates.published_at;
  day.seq = record.seq;
}

void apply(State& state, const PlatformRateRecorded& body, const ledger::RecordView& record) {
  const RecordPlatformRate& rate = body.rate;
  state.rates->platform[platform_key(rate.server, rate.base, rate.quote)][rate.quoted_at] = {
      rate.rate, record.seq};
}

}  // namespace engine::currency
