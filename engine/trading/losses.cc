#include "engine/trading/losses.h"

#include <algorithm>

#include "engine/fees/withdrawal.h"

namespace engine::trading {

core::Result<Returned> take_back(std::vector<WithdrawnLoss>& stack, const std::string& currency,
                                 core::Minor amount) {
  Returned back;
  for (auto lost = stack.rbegin(); lost != stack.rend() && back.amount < amount; ++lost) {
    if (lost->currency != currency) continue;
    const core::Minor part = std::min(amount - back.amount, lost->amount - lost->returned);
    TRY(const auto before, fees::restored_in_all(lost->amount, lost->loss, lost->returned));
    lost->returned += part;
    TRY(const auto after, fees::restored_in_all(lost->amount, lost->loss, lost->returned));
    back.amount += part;
    TRY(back.loss, core::add(back.loss, after - before));
  }
  std::erase_if(stack, [](const WithdrawnLoss& lost) { return lost.returned == lost.amount; });
  return back;
}

}  // namespace engine::trading
