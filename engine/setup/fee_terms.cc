#include "engine/setup/offer_terms.h"
#include "engine/setup/term_checks.h"

namespace engine::setup {
namespace {

constexpr std::uint64_t kReservePeriodsMax = 120;
constexpr std::int64_t kPerVolumeMax = 1'000'000;
constexpr std::size_t kIntroducingMax = 10;  // Levels.

core::Result<> check_management(const std::optional<ManagementTerms>& management,
                                std::string_view currency) {
  if (!management) return core::ok();
  TRY(check_money(management->flat, currency, "flat"));
  return check_money(management->minimum, currency, "minimum");
}

core::Result<> check_exit(const std::optional<ExitTerms>& exit) {
  if (!exit) return core::ok();
  TRY(check_fraction(exit->rate, "rate"));
  return check_days(exit->days, "days");
}

core::Result<> check_exits(const OfferTerms& terms) {
  TRY(in_group("exit_fee", check_exit(terms.exit_fee)));
  TRY(in_group("early_withdrawal", check_exit(terms.early_withdrawal)));
  if (!terms.exit_fee || !terms.early_withdrawal) return core::ok();
  const auto both =
      add(core::rational_of(terms.exit_fee->rate), core::rational_of(terms.early_withdrawal->rate));
  if (both <= core::Rational(1)) return core::ok();
  return core::invalid("shares_sum", "early_withdrawal: rate",
                       "Exit fee and early withdrawal together take more than the money.");
}

core::Result<> check_volume(const std::optional<VolumeTerms>& volume) {
  if (!volume) return core::ok();
  if (volume->per_lot) {
    TRY(check_rate(*volume->per_lot, kPerVolumeMax, "per_lot"));
  }
  if (!volume->per_million) return core::ok();
  return check_rate(*volume->per_million, kPerVolumeMax, "per_million");
}

core::Result<> check_shares(const std::optional<ShareTerms>& shares) {
  if (!shares) return core::ok();
  TRY(check_fraction(shares->broker, "broker"));
  if (shares->introducing.size() > kIntroducingMax) {
    return core::invalid("too_many_items", "introducing", "Name at most 10 levels.");
  }
  core::Rational sum = shares->broker ? core::rational_of(*shares->broker) : core::Rational{};
  for (std::size_t i = 0; i < shares->introducing.size(); ++i) {
    const core::Decimal& rate = shares->introducing[i].rate;
    TRY(check_fraction(rate, "introducing: " + std::to_string(i) + ": rate"));
    sum = add(sum, core::rational_of(rate));
  }
  if (shares->business_partner) {
    TRY(check_fraction(shares->business_partner->rate, "business_partner: rate"));
  }
  if (sum <= core::Rational(1)) return core::ok();
  return core::invalid("shares_sum", "introducing",
                       "Broker and introducing brokers together have more than the fee.");
}

core::Result<> check_tax(const std::optional<TaxTerms>& tax) {
  if (!tax) return core::ok();
  TRY(check_fraction(tax->rate, "rate"));
  return check_country(tax->country, "country");
}

core::Result<> check_reserve(const std::optional<ReserveTerms>& reserve) {
  if (!reserve) return core::ok();
  TRY(check_fraction(reserve->share, "share"));
  TRY(check_fraction(reserve->clawback_rate, "clawback_rate"));
  if (reserve->periods >= 1 && reserve->periods <= kReservePeriodsMax) return core::ok();
  return core::invalid("reserve_periods", "periods", "Hold fees for 1 to 120 periods.");
}

}  // namespace

core::Result<> check_fees(const OfferTerms& terms, std::string_view currency) {
  TRY(in_group("management", check_management(terms.management, currency)));
  TRY(check_exits(terms));
  TRY(check_money(terms.subscription_fee, currency, "subscription_fee"));
  TRY(in_group("volume", check_volume(terms.volume)));
  TRY(in_group("shares", check_shares(terms.shares)));
  TRY(in_group("tax", check_tax(terms.tax)));
  TRY(check_fraction(terms.annual_cap, "annual_cap"));
  return in_group("reserve", check_reserve(terms.reserve));
}

}  // namespace engine::setup
