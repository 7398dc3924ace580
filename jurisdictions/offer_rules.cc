#include "jurisdictions/offer_rules.h"

#include "jurisdictions/cysec/offer_rules.h"
#include "jurisdictions/fca/offer_rules.h"

namespace jurisdictions {

std::span<const engine::OfferRule> offer_rules(std::string_view profile) {
  if (profile == "cysec") return cysec::offer_rules();
  if (profile == "fca") return fca::offer_rules();
  return {};
}

}  // namespace jurisdictions
