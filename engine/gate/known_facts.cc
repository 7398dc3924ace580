#include "engine/gate/known_facts.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace engine::gate {
namespace {

struct KnownFact {
  std::string_view fact;
  std::array<std::string_view, 6> keys;
};

// By name. Each is said by a source that docs/formats/rule-pack.md names.
constexpr auto kFacts = std::to_array<KnownFact>({
    {"asic.afsl.limb", {"limb", "product", "client", "restriction"}},
    {"asic.authorised_representative", {"status", "licensee_limb"}},
    {"asic.banned_organisation", {"type", "acn"}},
    {"asic.banned_person", {"type", "document_number"}},
    {"au.ffsp_exemption", {"kind", "evidence"}},
    {"broker.is_counterparty", {}},
    {"content.is_general_recommendation_only", {"evidence"}},
    {"contract.copied_trader_agreement", {}},
    {"copied_trader.qualification_review", {}},
    {"country.reviewed", {"country"}},
    {"cysec.entity", {"status"}},
    {"esma.tied_agent", {"status"}},
    {"esma.upreg.entity", {"entity_type_code", "status"}},
    {"esma.upreg.service", {"service_name", "status", "entity_type_code"}},
    {"eu.passport_or_home", {"client_residence", "basis", "evidence"}},
    {"fca.firm", {"firm_status", "frn", "client_money_permission"}},
    {"fca.individual", {"status", "irn", "handled"}},
    {"fca.permission",
     {"activity", "firm_status", "customer_type", "investment_type", "limitation"}},
    {"fca.requirement", {"requirement", "title", "text"}},
    {"fca.requirements_reviewed", {}},
    {"gate.forbidden", {"code"}},
    {"gate.paper", {"code"}},
    {"gleif.lei", {"registration_status", "entity_status"}},
    {"insurance.professional_indemnity", {}},
    {"lpoa.withdrawal_power", {}},
    {"manager.conflict", {"kind", "handled"}},
    {"nca.instrument_scope", {"annex_i_c", "evidence"}},
    {"nca.sub_threshold_aifm", {"evidence"}},
    {"offshore.licence", {"covers", "authority", "licence_class", "evidence"}},
    {"person.adverse_media", {"handled", "person"}},
    {"person.politically_exposed", {"handled", "person"}},
    {"screening.result", {"outcome", "list", "score"}},
});
static_assert(std::ranges::is_sorted(kFacts, {}, &KnownFact::fact));

const KnownFact* find(std::string_view fact) {
  const auto found = std::ranges::lower_bound(kFacts, fact, {}, &KnownFact::fact);
  return found != kFacts.end() && found->fact == fact ? &*found : nullptr;
}

}  // namespace

bool is_known_fact(std::string_view fact) { return find(fact) != nullptr; }

bool is_known_key(std::string_view fact, std::string_view key) {
  const KnownFact* known = find(fact);
  return known != nullptr && !key.empty() &&
         std::ranges::find(known->keys, key) != known->keys.end();
}

}  // namespace engine::gate
