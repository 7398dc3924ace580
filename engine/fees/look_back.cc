#include "engine/fees/look_back.h"

#include <algorithm>

#include "engine/fees/left.h"

namespace engine::fees {
namespace {

core::Error not_carried(std::string_view at, std::string_view what) {
  return core::invalid("not_positive", std::string(at), std::string(what));
}

core::Result<core::Minor> sum_of(const std::vector<PeriodLoss>& losses) {
  core::Minor sum = 0;
  for (const PeriodLoss& loss : losses) {
    if (loss.amount < 0) return not_carried("losses", "A loss is written without a sign.");
    TRY(sum, core::add(sum, loss.amount));
  }
  return sum;
}

core::Result<> check_periods(const std::vector<PeriodLoss>& losses, std::uint32_t period) {
  std::uint32_t before = 0;
  for (const PeriodLoss& loss : losses) {
    if (loss.period < before || loss.period > period) {
      return not_carried("losses", "Losses stand oldest first and end with this period.");
    }
    before = loss.period;
  }
  return core::ok();
}

void recover(std::vector<PeriodLoss>& losses, core::Minor gain) {
  for (PeriodLoss& loss : losses) {
    const core::Minor part = std::min(loss.amount, gain);
    loss.amount -= part;
    gain -= part;
  }
}

}  // namespace

core::Result<LookBack> look_back(const std::vector<PeriodLoss>& losses, core::Minor deficit,
                                 std::uint32_t period, std::uint32_t window) {
  if (window == 0) return not_carried("window", "A loss counts for at least its own period.");
  if (deficit < 0) return not_carried("deficit", "Without a deficit give 0.");
  TRY(check_periods(losses, period));
  TRY(const core::Minor carried, sum_of(losses));
  std::vector<PeriodLoss> now = losses;
  if (deficit > carried) {
    now.push_back({period, deficit - carried});
  } else {
    recover(now, carried - deficit);
  }
  LookBack result;
  for (const PeriodLoss& loss : now) {
    if (period - loss.period >= window - 1) {
      result.expired += loss.amount;
    } else if (loss.amount > 0) {
      result.losses.push_back(loss);
    }
  }
  return result;
}

core::Result<std::vector<PeriodLoss>> losses_after_withdrawals(
    const std::vector<PeriodLoss>& losses, core::Minor equity, core::Minor withdrawn) {
  TRY(check_withdrawn(equity, withdrawn));
  std::vector<PeriodLoss> left = losses;
  core::Minor newer = 0;
  core::Minor newer_left = 0;
  for (auto loss = left.rbegin(); loss != left.rend(); ++loss) {
    TRY(newer, core::add(newer, loss->amount));
    TRY(const auto all_left, left_of(newer, equity, withdrawn));
    loss->amount = all_left - newer_left;
    newer_left = all_left;
  }
  std::erase_if(left, [](const PeriodLoss& loss) { return loss.amount == 0; });
  return left;
}

}  // namespace engine::fees
