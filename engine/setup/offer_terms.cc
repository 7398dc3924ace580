#include "engine/setup/offer_terms.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "engine/accounts.h"
#include "engine/setup/term_checks.h"

namespace engine::setup {
namespace {

constexpr std::size_t kPlatformsMax = 16;
constexpr std::size_t kPlatformBytesMax = 64;
constexpr std::size_t kDocumentsMax = 32;

core::Result<> check_rates(const OfferTerms& terms) {
  TRY(check_rate(terms.management_fee_rate, 1, "management_fee_rate"));
  TRY(check_rate(terms.performance_fee_rate, 1, "performance_fee_rate"));
  return check_rate(terms.entry_fee_rate, 1, "entry_fee_rate");
}

core::Result<> check_volume_and_rebate(const OfferTerms& terms) {
  if (terms.lot_step && (terms.lot_step->digits <= 0 || terms.lot_step->scale > kLotScale)) {
    return core::invalid("lot_step", "lot_step",
                         "The lot step must be above zero, with at most 8 decimals.");
  }
  if (terms.rebate_per_lot.has_value() != terms.rebate_to.has_value()) {
    return core::invalid("rebate_terms", "rebate_to",
                         "Give rebate_per_lot and rebate_to together.");
  }
  if (!terms.rebate_per_lot) return core::ok();
  return check_rate(*terms.rebate_per_lot, 1'000'000, "rebate_per_lot");
}

// Clients' own accounts have no units, no queue of requests and no account in common.
core::Result<> check_model(const OfferTerms& terms, Model model) {
  if (model == Model::Pamm) return core::ok();
  const PerformanceTerms performance = terms.performance.value_or(PerformanceTerms{});
  const auto of_pools = std::to_array<std::pair<std::string_view, bool>>(
      {{"entry_fee_rate", terms.entry_fee_rate.digits != 0},
       {"entry_fee_recipient", terms.entry_fee_recipient.has_value()},
       {"exit_fee", terms.exit_fee.has_value()},
       {"early_withdrawal", terms.early_withdrawal.has_value()},
       {"volume", terms.volume.has_value()},
       {"dealing", terms.dealing.has_value()},
       {"manager_capital", terms.manager_capital.has_value()},
       {"sharing", terms.sharing.has_value()},
       {"performance: scope",
        performance.scope.value_or(MarkScope::Investor) != MarkScope::Investor},
       {"performance: equalisation", performance.equalisation.has_value()}});
  for (const auto& [name, given] : of_pools) {
    if (!given) continue;
    return core::invalid("fee_not_supported", std::string(name),
                         "These terms are for pools only; leave them out.");
  }
  return core::ok();
}

core::Result<> check_manager_capital(const OfferTerms& terms, std::string_view currency) {
  if (!terms.manager_capital) return core::ok();
  const ManagerCapitalTerms& capital = *terms.manager_capital;
  TRY(check_money(capital.minimum, currency, "minimum"));
  TRY(check_fraction(capital.minimum_share, "minimum_share"));
  const auto rule = capital.rule.value_or(ManagerCapitalRule::MayNotFall);
  if (rule == ManagerCapitalRule::MayNotFall || capital.minimum || capital.minimum_share) {
    return core::ok();
  }
  return core::invalid("manager_capital", "rule",
                       "This rule needs a minimum: give minimum, minimum_share or both.");
}

core::Result<> check_papers(const OfferTerms& terms) {
  if (terms.platforms.size() > kPlatformsMax) {
    return core::invalid("too_many_items", "platforms", "Name at most 16 platforms.");
  }
  std::set<std::string_view> seen;
  for (const std::string& platform : terms.platforms) {
    if (platform.empty() || platform.size() > kPlatformBytesMax || !seen.insert(platform).second) {
      return core::invalid("platform", "platforms",
                           "A platform's name has 1 to 64 bytes, and stands once.");
    }
  }
  if (terms.documents.size() <= kDocumentsMax) return core::ok();
  return core::invalid("too_many_items", "documents", "Name at most 32 documents.");
}

}  // namespace

core::Result<> check_terms(const PublishOffer& command) {
  const OfferTerms& terms = command.terms;
  const std::string_view currency = command.currency;
  TRY(in_group("terms", check_rates(terms)));
  TRY(in_group("terms", check_volume_and_rebate(terms)));
  TRY(in_group("terms", check_model(terms, command.model)));
  TRY(in_group("terms", in_group("performance", check_performance(terms, currency))));
  TRY(in_group("terms", check_fees(terms, currency)));
  if (terms.dealing) {
    TRY(in_group("terms", in_group("dealing", check_dealing(*terms.dealing, currency))));
  }
  TRY(in_group("terms", in_group("manager_capital", check_manager_capital(terms, currency))));
  return in_group("terms", check_papers(terms));
}

std::string_view imported_only(const OfferTerms& terms) {
  if (terms.performance && terms.performance->scope == MarkScope::Pool) {
    return "performance: scope";
  }
  if (terms.performance && terms.performance->equalisation) return "performance: equalisation";
  if (terms.sharing && *terms.sharing != PoolSharing::Units) return "sharing";
  return {};
}

}  // namespace engine::setup
