#include "engine/setup/profile.h"

namespace engine::setup {
namespace {

// Periods of five years, each as short as its name allows: 1827 days have five years of two leap
// days.
std::uint64_t periods_of_five_years(std::optional<Frequency> frequency) {
  switch (frequency.value_or(Frequency::EachRollover)) {
    case Frequency::EachRollover:
      return 1827;
    case Frequency::Weekly:
      return 261;
    case Frequency::Monthly:
      return 60;
    case Frequency::Quarterly:
      return 20;
    case Frequency::HalfYearly:
      return 10;
    case Frequency::Yearly:
    case Frequency::Anniversary:
      return 5;
  }
  return 1827;
}

bool is_yearly(std::optional<Frequency> frequency) {
  return frequency == Frequency::Yearly || frequency == Frequency::Anniversary;
}

// The term that chooses the option; empty if none does.
std::string_view chosen(OfferOption option, const OfferTerms& terms, Model model) {
  const PerformanceTerms performance = terms.performance.value_or(PerformanceTerms{});
  switch (option) {
    case OfferOption::MarkReset:
      return performance.withdrawal_rule == WithdrawalRule::Reset ? "performance: withdrawal_rule"
                                                                  : "";
    case OfferOption::PoolScope:
      return performance.scope == MarkScope::Pool ? "performance: scope" : "";
    case OfferOption::ShortWindow:
      return performance.look_back_periods &&
                     *performance.look_back_periods < periods_of_five_years(performance.frequency)
                 ? "performance: look_back_periods"
                 : "";
    case OfferOption::FrequentCharges:
      return performance.look_back_periods && !is_yearly(performance.frequency)
                 ? "performance: frequency"
                 : "";
    case OfferOption::RestoreExpiry:
      return performance.restore_months ? "performance: restore_months" : "";
    case OfferOption::PoolOfUnits:
      return model == Model::Pamm &&
                     terms.sharing.value_or(PoolSharing::Units) == PoolSharing::Units
                 ? "sharing"
                 : "";
  }
  return "";
}

}  // namespace

core::Result<> check_profile(const OfferTerms& terms, Model model, std::span<const OfferRule> rules,
                             core::Date today) {
  for (const OfferRule& rule : rules) {
    if (today < rule.in_force) continue;
    const auto term = chosen(rule.forbids, terms, model);
    if (term.empty()) continue;
    return core::conflict("forbidden_by_profile", "terms: " + std::string(term),
                          "The book's profile forbids this: " + std::string(rule.citation) + " (" +
                              std::string(rule.source) + ").");
  }
  return core::ok();
}

}  // namespace engine::setup
