#include "engine/setup/offer_terms.h"
#include "engine/setup/term_checks.h"

namespace engine::setup {

core::Result<> check_dealing(const DealingTerms& dealing, std::string_view currency) {
  TRY(check_money(dealing.minimum_initial, currency, "minimum_initial"));
  TRY(check_money(dealing.minimum_top_up, currency, "minimum_top_up"));
  TRY(check_positive(dealing.increment, currency, "increment"));
  TRY(check_money(dealing.minimum_withdrawal, currency, "minimum_withdrawal"));
  TRY(check_money(dealing.minimum_remaining, currency, "minimum_remaining"));
  TRY(check_days(dealing.lock_up_days, "lock_up_days"));
  TRY(check_days(dealing.notice_days, "notice_days"));
  // A gate of nothing would let nobody leave, for ever.
  TRY(check_part(dealing.gate, "gate"));
  TRY(check_fraction(dealing.margin_floor, "margin_floor"));
  TRY(check_fraction(dealing.scaling_cost_cap, "scaling_cost_cap"));
  TRY(check_positive(dealing.maximum_capital, currency, "maximum_capital"));
  if (!dealing.maximum_investors || *dealing.maximum_investors > 0) return core::ok();
  return core::invalid("maximum_investors", "maximum_investors",
                       "A pool for nobody; leave it out for no limit.");
}

}  // namespace engine::setup
