#pragma once

#include "reports/profile.h"

// The European Union as Cyprus supervises it.
namespace jurisdictions::cysec {

// What a periodic statement needs here.
reports::Profile profile();

}  // namespace jurisdictions::cysec
