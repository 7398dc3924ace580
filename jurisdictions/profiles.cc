#include "jurisdictions/profiles.h"

#include <string>

#include "core/check.h"
#include "jurisdictions/asic/profile.h"
#include "jurisdictions/cysec/profile.h"
#include "jurisdictions/fca/profile.h"
#include "jurisdictions/offshore/profile.h"

namespace jurisdictions {

reports::Profile profile_of(engine::Jurisdiction jurisdiction) {
  switch (jurisdiction) {
    case engine::Jurisdiction::Cysec:
      return cysec::profile();
    case engine::Jurisdiction::Fca:
      return fca::profile();
    case engine::Jurisdiction::Asic:
      return asic::profile();
    case engine::Jurisdiction::Offshore:
      return offshore::profile();
  }
  core::check_failed("jurisdiction is one of the four", __FILE__, __LINE__);
}

std::vector<reports::Profile> profiles() {
  std::vector<reports::Profile> all;
  for (std::size_t i = 0; i < core::EnumNames<engine::Jurisdiction>::names.size(); ++i) {
    all.push_back(profile_of(static_cast<engine::Jurisdiction>(i)));
  }
  return all;
}

core::Result<reports::Profile> find_profile(std::string_view id) {
  std::string known;
  for (reports::Profile& profile : profiles()) {
    if (profile.id == id) return std::move(profile);
    known += (known.empty() ? "" : ", ") + std::string(profile.id);
  }
  return core::not_found("unknown_profile", "profile", "Choose one of: " + known + ".");
}

}  // namespace jurisdictions
