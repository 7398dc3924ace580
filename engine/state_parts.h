#pragma once

// The state with all its parts whole: for who saves, reads or replays it.
#include "engine/copy_state.h"
#include "engine/currency_state.h"
#include "engine/gate_state.h"
#include "engine/instruments_state.h"
#include "engine/mam_state.h"
#include "engine/partner_state.h"
#include "engine/state.h"
#include "engine/trading_state.h"
