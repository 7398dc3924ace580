#pragma once

#include "reports/profile.h"

// The United Kingdom.
namespace jurisdictions::fca {

// What a periodic statement needs here.
reports::Profile profile();

}  // namespace jurisdictions::fca
