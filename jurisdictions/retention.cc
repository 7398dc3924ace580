#include "jurisdictions/retention.h"

#include "core/check.h"
#include "jurisdictions/asic/retention.h"
#include "jurisdictions/cysec/retention.h"
#include "jurisdictions/fca/retention.h"
#include "jurisdictions/offshore/retention.h"

namespace jurisdictions {
namespace {

std::vector<engine::retention::Rule> rules_of(engine::Jurisdiction jurisdiction) {
  switch (jurisdiction) {
    case engine::Jurisdiction::Cysec:
      return cysec::retention_rules();
    case engine::Jurisdiction::Fca:
      return fca::retention_rules();
    case engine::Jurisdiction::Asic:
      return asic::retention_rules();
    case engine::Jurisdiction::Offshore:
      return offshore::retention_rules();
  }
  core::check_failed("jurisdiction is one of the four", __FILE__, __LINE__);
}

}  // namespace

std::vector<engine::retention::AppliedRule> retention_rules(
    std::span<const engine::Jurisdiction> asked) {
  std::vector<engine::retention::AppliedRule> out;
  for (const engine::Jurisdiction jurisdiction : asked) {
    const auto& names = core::EnumNames<engine::Jurisdiction>::names;
    const std::string origin(names[static_cast<std::size_t>(jurisdiction)]);
    for (engine::retention::Rule& rule : rules_of(jurisdiction)) {
      out.push_back({origin, std::move(rule)});
    }
  }
  return out;
}

}  // namespace jurisdictions
