// A deal as it is taken in.

#include <chrono>

#include "core/check.h"
#include "engine/accounts.h"
#include "engine/commission/amount.h"
#include "engine/commission/real_volume.h"
#include "engine/instruments/contract.h"
#include "engine/money.h"
#include "engine/partners/legs.h"
#include "engine/partners/places.h"

namespace engine::partners {
namespace {

constexpr std::size_t kNameBytesMax = 64;
// Of a close's deal: its close, order and account.
constexpr std::size_t kTicketBytesMax = 200;
// What one deal may state, so that sums of very many deals fit an accrual of 18 decimals.
constexpr std::int64_t kLotsMax = 1'000'000'000;
constexpr std::int64_t kFigureMax = 1'000'000'000'000;

bool is_name(const std::string& name) { return !name.empty() && name.size() <= kNameBytesMax; }

core::Result<> check_names(const RecordPartnerDeal& deal) {
  if (!is_name(deal.server)) {
    return core::invalid("server", "server", "A server's name has 1 to 64 bytes.");
  }
  if (deal.ticket.empty() || deal.ticket.size() > kTicketBytesMax) {
    return core::invalid("ticket", "ticket", "A ticket has 1 to 200 bytes.");
  }
  if (!deal.hedge_group || is_name(*deal.hedge_group)) return core::ok();
  return core::invalid("hedge_group", "hedge_group", "A group has a name of 1 to 64 bytes.");
}

core::Result<> check_volume(const core::Decimal& lots, std::string_view field) {
  const auto volume = core::to_minor(lots, kLotScale);
  if (!volume) return core::Error(volume.error()).within(field);
  return core::ok();
}

core::Result<> check_positive(const core::Decimal& value, std::string_view field) {
  if (value.digits > 0) return core::ok();
  return core::invalid("not_positive", std::string(field), "It must be above zero.");
}

core::Result<> check_not_negative(const std::optional<core::Decimal>& value,
                                  std::string_view field) {
  if (!value || value->digits >= 0) return core::ok();
  return core::invalid("negative_amount", std::string(field), "It is not below zero.");
}

core::Result<> check_share(const std::optional<core::Decimal>& share, std::string_view field) {
  if (!share || (share->digits >= 0 && commission::exact(*share) <= core::Rational(1))) {
    return core::ok();
  }
  return core::invalid("share_range", std::string(field), "A share is from 0 to 1.");
}

// Of both signs.
core::Result<> check_size(const std::optional<core::Decimal>& value, std::int64_t most,
                          std::string_view field) {
  if (!value) return core::ok();
  // 10^12 x 10^18: it fits.
  const core::Minor bound = core::Minor{most} * core::power_of_ten(value->scale).value();
  if (value->digits <= bound && value->digits >= -bound) return core::ok();
  return core::overflow(std::string(field), "No deal is as large as that.");
}

core::Result<> check_sizes(const RecordPartnerDeal& deal) {
  TRY(check_size(deal.lots, kLotsMax, "lots"));
  TRY(check_size(deal.open_price, kFigureMax, "open_price"));
  TRY(check_size(deal.close_price, kFigureMax, "close_price"));
  for (const auto& [value, field] :
       std::initializer_list<std::pair<const std::optional<core::Decimal>&, std::string_view>>{
           {deal.spread_open, "spread_open"},
           {deal.spread_close, "spread_close"},
           {deal.spread_average, "spread_average"},
           {deal.commission, "commission"},
           {deal.swap_markup, "swap_markup"},
           {deal.bonus, "bonus"},
           {deal.chargebacks, "chargebacks"},
           {deal.payment_cost, "payment_cost"},
           {deal.fee, "fee"}}) {
    TRY(check_size(value, kFigureMax, field));
  }
  return core::ok();
}

core::Result<> check_figures(const RecordPartnerDeal& deal) {
  TRY(check_sizes(deal));
  TRY(check_positive(deal.lots, "lots"));
  TRY(check_volume(deal.lots, "lots"));
  TRY(check_positive(deal.open_price, "open_price"));
  TRY(check_positive(deal.close_price, "close_price"));
  for (const auto& [value, field] :
       std::initializer_list<std::pair<const std::optional<core::Decimal>&, std::string_view>>{
           {deal.spread_open, "spread_open"},
           {deal.spread_close, "spread_close"},
           {deal.spread_average, "spread_average"},
           {deal.commission, "commission"},
           {deal.bonus, "bonus"},
           {deal.chargebacks, "chargebacks"},
           {deal.payment_cost, "payment_cost"},
           {deal.fee, "fee"},
           {deal.bonus_lots, "bonus_lots"}}) {
    TRY(check_not_negative(value, field));
  }
  TRY(check_share(deal.share_at_open, "share_at_open"));
  TRY(check_share(deal.share_at_close, "share_at_close"));
  if (deal.opened_at <= deal.closed_at) return core::ok();
  return core::invalid("deal_times", "closed_at", "A deal is closed after it was opened.");
}

core::Rational share_of(const std::optional<core::Decimal>& share) {
  return share ? commission::exact(*share) : core::Rational(1);
}

// Terms may count as of the close; which terms, those in force at the open say.
std::optional<LegTerms> leg_at(const State& state, const core::PartyId& partner, bool self,
                               core::Instant at) {
  const Assignment* assigned = assignment_at(state, partner, at);
  if (assigned == nullptr) return std::nullopt;
  const ProgrammeVersion* version = version_at(state, assigned->programme, at);
  CHECK(version != nullptr);
  return LegTerms{partner, assigned->programme,
                  version, state.partner_book->programmes.at(assigned->programme).currency,
                  at,      self};
}

bool counts_at_close(const std::optional<LegTerms>& leg) {
  return leg && leg->version->terms.attributed_at.value_or(DealTime::Open) == DealTime::Close;
}

std::optional<LegTerms> introducer_leg(const State& state, const RecordPartnerDeal& deal) {
  const auto leg_of = [&](core::Instant at) -> std::optional<LegTerms> {
    const Attribution* brought = attribution_at(state, deal.client, at);
    if (brought == nullptr) return std::nullopt;
    return leg_at(state, brought->partner, brought->self || brought->partner == deal.client, at);
  };
  auto leg = leg_of(deal.opened_at);
  return counts_at_close(leg) ? leg_of(deal.closed_at) : leg;
}

std::optional<LegTerms> manager_leg(const State& state, const RecordPartnerDeal& deal) {
  if (!deal.structure) return std::nullopt;
  const Structure& structure = state.structures.at(*deal.structure);
  const bool self = structure.manager_client == deal.client;
  auto leg = leg_at(state, structure.manager, self, deal.opened_at);
  return counts_at_close(leg) ? leg_at(state, structure.manager, self, deal.closed_at) : leg;
}

}  // namespace

std::uint64_t month_of(core::Date date) {
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(date.days))};
  return static_cast<std::uint64_t>(static_cast<int>(day.year())) * 100 +
         static_cast<unsigned>(day.month());
}

core::Date first_of(std::uint64_t month) {
  std::string text = std::to_string(month);
  text.insert(4, "-");
  return core::parse_date(text + "-01").value();
}

core::Result<DealFacts> facts_of(const Context& context, const RecordPartnerDeal& deal) {
  TRY(check_names(deal));
  TRY(check_figures(deal));
  DealFacts facts{deal, {}, {}, {}, nullptr, month_of(core::utc_date(deal.closed_at)), {}, {}, {}};
  TRY(facts.symbol, instruments::registered_name(context.state, deal.symbol));
  facts.symbol_currency = context.state.instruments->symbols.at(facts.symbol).currency;
  facts.currency = deal.currency.value_or(facts.symbol_currency);
  TRY(check_currency(facts.currency, "currency"));
  TRY(facts.contract, instruments::contract_at(context.state, facts.symbol, deal.opened_at));
  facts.lots = commission::exact(deal.lots);
  facts.part = core::Rational(1);
  if (deal.share_at_open || deal.share_at_close) {
    facts.part = commission::allocated(facts.part, share_of(deal.share_at_open),
                                       share_of(deal.share_at_close));
  }
  facts.allocated = multiply(facts.lots, facts.part);
  return facts;
}

std::vector<LegTerms> legs_of(const State& state, const RecordPartnerDeal& deal) {
  std::vector<LegTerms> legs;
  if (auto introducer = introducer_leg(state, deal)) legs.push_back(std::move(*introducer));
  auto manager = manager_leg(state, deal);
  if (!manager || (!legs.empty() && legs[0].partner == manager->partner)) return legs;
  legs.push_back(std::move(*manager));
  return legs;
}

}  // namespace engine::partners
