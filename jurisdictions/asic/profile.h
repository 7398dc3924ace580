#pragma once

#include "reports/profile.h"

// Australia.
namespace jurisdictions::asic {

// What a periodic statement needs here.
reports::Profile profile();

}  // namespace jurisdictions::asic
