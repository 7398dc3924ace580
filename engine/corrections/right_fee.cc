#include "engine/corrections/right_fee.h"

#include <algorithm>

#include "core/amount.h"
#include "core/iso4217.h"
#include "engine/money.h"

namespace engine::corrections {

core::Result<> check_not_corrected(const State& state, std::uint64_t seq, std::string_view field) {
  const auto found = state.corrections.find(seq);
  if (found == state.corrections.end()) return core::ok();
  return core::conflict("already_corrected", std::string(field),
                        "This record was corrected by record " + std::to_string(found->second) +
                            "; correct that one.");
}

core::Result<core::Minor> money_up_to(const core::Decimal& value, const std::string& currency,
                                      core::Minor max, std::string_view field) {
  TRY(const auto amount, signed_money(value, currency, field));
  if (amount >= 0 && amount <= max) return amount;
  return core::invalid("fee_range", std::string(field),
                       "From 0 to " + core::print_fixed(max, *core::currency_scale(currency)) +
                           ", which is what there was.");
}

core::Result<core::Minor> right_mark(const CorrectFee& command, const FeeCorrected& wrong,
                                     core::Minor amount, const std::string& currency) {
  if (command.mark_after) {
    TRY(const auto mark, signed_money(*command.mark_after, currency, "mark_after"));
    if (mark >= 0) return mark;
    return core::invalid("fee_range", "mark_after", "A mark is never below zero.");
  }
  if (wrong.on_withdrawal) {
    // It would have been paid out: what comes back instead is new money, not a gain.
    TRY(const auto back, core::subtract(wrong.amount, amount));
    TRY(const auto mark, core::add(wrong.mark_after, back));
    return std::max<core::Minor>(mark, 0);
  }
  const bool stays = amount == 0 || wrong.mark_after == wrong.mark_before;
  if (stays) return core::Minor{wrong.mark_before};
  if (wrong.mark_after == wrong.equity_before - wrong.amount) {
    return std::max(wrong.mark_before, wrong.equity_before - amount);
  }
  return core::Minor{wrong.mark_after};
}

core::Result<bool> can_move_mark(core::Minor mark, const FeeCorrected& wrong,
                                 const FeeCorrected& right) {
  TRY(const auto raised, core::add(mark, right.mark_after));
  return raised >= wrong.mark_after;
}

core::Result<> check_differs(const FeeCorrected& wrong, const FeeCorrected& right) {
  if (right.amount != wrong.amount || right.mark_after != wrong.mark_after) return core::ok();
  return core::conflict("nothing_to_correct", "amount",
                        "This is what was charged; nothing would change.");
}

}  // namespace engine::corrections
