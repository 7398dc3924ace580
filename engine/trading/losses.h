#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "engine/trading_state.h"

// Losses that left accounts with money withdrawn below the mark, and come back with it. They are
// the client's under the strategy: whichever account of his the money returns to.
// Source: the managed-account rules, rulings 3 and 4.
namespace engine::trading {

// What a return of money takes off the stack, newest first.
struct Returned {
  core::Minor amount = 0;  // That left before.
  core::Minor loss = 0;
};

// Takes up to `amount` of a currency off the stack.
//
// Rounding:   the loss up, the last part of an entry what is left of it.
// Guarantees: for money that left in one withdrawal only the sum of the returns counts.
// Errors:     Overflow.
core::Result<Returned> take_back(std::vector<WithdrawnLoss>& stack, const std::string& currency,
                                 core::Minor amount);

}  // namespace engine::trading
