#include "engine/charging/standing.h"

#include "engine/charging/periods.h"
#include "engine/fees/look_back.h"

namespace engine::charging {
namespace {

std::vector<fees::PeriodLoss> losses_of(const Investor& investor) {
  std::vector<fees::PeriodLoss> out;
  for (const PeriodLoss& loss : investor.losses) {
    out.push_back({static_cast<std::uint32_t>(loss.period), loss.amount});
  }
  return out;
}

void set_losses(Investor& investor, const std::vector<fees::PeriodLoss>& losses) {
  investor.losses.clear();
  for (const auto& loss : losses) investor.losses.push_back({loss.period, loss.amount});
}

}  // namespace

fees::Exact exact_of(const ExactAmount& amount) { return {amount.numerator, amount.denominator}; }
ExactAmount amount_of(const fees::Exact& exact) { return {exact.numerator, exact.denominator}; }

std::vector<fees::Held> held_of(const Investor& investor) {
  std::vector<fees::Held> out;
  for (const HeldFee& held : investor.held) {
    out.push_back({static_cast<std::uint32_t>(held.period), held.amount});
  }
  return out;
}

void set_held(Investor& investor, const std::vector<fees::Held>& held) {
  investor.held.clear();
  for (const auto& part : held) investor.held.push_back({part.period, part.amount});
}

core::Result<core::Minor> forget_losses(Investor& investor, core::Minor deficit,
                                        std::uint64_t window) {
  TRY(const auto kept, fees::look_back(losses_of(investor), deficit,
                                       static_cast<std::uint32_t>(investor.periods + 1),
                                       static_cast<std::uint32_t>(window)));
  set_losses(investor, kept.losses);
  return core::Minor{kept.expired};
}

core::Result<> scale_losses(Investor& investor, const FeeRules& rules, core::Minor equity,
                            core::Minor withdrawn) {
  if (investor.losses.empty() || rules.withdrawal_rule == fees::WithdrawalRule::Absolute) {
    return core::ok();
  }
  TRY(const auto losses, fees::losses_after_withdrawals(losses_of(investor), equity, withdrawn));
  set_losses(investor, losses);
  return core::ok();
}

void forget_holding(Investor& investor) {
  investor.management = {};
  investor.subscription = {};
  investor.hurdle = {};
  investor.joined.reset();
  investor.periods = 0;
  investor.period_ended.reset();
  investor.period_base = 0;
  investor.management_since_charge = 0;
  investor.losses.clear();
  investor.lots.clear();
  investor.weight = 0;
}

core::Result<bool> period_ends_as_said(const std::optional<Frequency>& frequency,
                                       const Investor& investor, core::Date date, bool said) {
  if (!frequency) return bool{said};
  if (*frequency == Frequency::EachRollover || *frequency == Frequency::Anniversary) {
    return period_ends(*frequency, investor, date, date);
  }
  if (!said || !investor.period_ended) return bool{said};
  if (period_of(*frequency, *investor.period_ended) != period_of(*frequency, date)) return true;
  return core::conflict("period_not_over", "period_end",
                        "Performance fees of this period were taken already; the offer takes them "
                        "once in each.");
}

}  // namespace engine::charging
