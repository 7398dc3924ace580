#pragma once

#include "engine/trading/run.h"

namespace engine::trading {

// Records that positions no longer stand to the account's equity as the group's do, if any are
// open: a flow moved the equity from `equity_before`. It refuses nothing.
// Source: the managed-account rules, caution 1.
void warn_of_hedges(AccountRun& run, core::Minor equity_before);

}  // namespace engine::trading
