#pragma once

#include "reports/profile.h"

// Places without a rule of their own for statements: our house format.
namespace jurisdictions::offshore {

// What a periodic statement needs here.
reports::Profile profile();

}  // namespace jurisdictions::offshore
