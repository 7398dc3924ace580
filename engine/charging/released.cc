#include "engine/charging/released.h"

#include <algorithm>

#include "engine/fees/withdrawal.h"

namespace engine::charging {

core::Result<core::Minor> pop_released(std::vector<ReleasedLoss>& stack, core::Minor amount) {
  core::Minor back = 0;
  while (amount > 0 && !stack.empty()) {
    ReleasedLoss& top = stack.back();
    const core::Minor part = std::min(amount, top.amount);
    TRY(const auto loss, fees::restored_in_all(top.amount, top.loss, part));
    TRY(back, core::add(back, loss));
    amount -= part;
    if (part == top.amount) {
      stack.pop_back();
    } else {
      top.amount -= part;
      top.loss -= loss;
    }
  }
  return back;
}

void take_released(std::vector<ReleasedLoss>& stack, core::Minor amount, core::Minor loss) {
  while (amount > 0 && !stack.empty()) {
    ReleasedLoss& top = stack.back();
    const core::Minor part = std::min(amount, top.amount);
    amount -= part;
    if (part < top.amount) {
      top.amount -= part;
      top.loss -= loss;
    } else {
      loss -= top.loss;
      stack.pop_back();
    }
  }
}

void push_released(std::vector<ReleasedLoss>& stack, const ReleasedLoss& released) {
  // Trade dates only go forward, so one date is one rollover.
  if (!stack.empty() && stack.back().taken == released.taken) {
    stack.back().amount += released.amount;
    stack.back().loss += released.loss;
  } else if (released.loss > 0) {
    stack.push_back(released);
  }
}

}  // namespace engine::charging
