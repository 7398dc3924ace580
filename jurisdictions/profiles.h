#pragma once

#include <string_view>
#include <vector>

#include "core/result.h"
#include "engine/choices.h"
#include "reports/profile.h"

// The jurisdictions that this program knows.
namespace jurisdictions {

// In the order of engine::Jurisdiction.
std::vector<reports::Profile> profiles();

// Errors: NotFound/unknown_profile.
core::Result<reports::Profile> find_profile(std::string_view id);

// The profile of a structure, which names its jurisdiction.
reports::Profile profile_of(engine::Jurisdiction jurisdiction);

}  // namespace jurisdictions
