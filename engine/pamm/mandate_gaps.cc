// Fees of an investor whose mandate was over for a time. Source: registers ruling 5;
// docs/decisions/0048-days-between-mandates.md.

#include <algorithm>

#include "engine/accounts.h"
#include "engine/gate/mandates.h"
#include "engine/imports.h"
#include "engine/mandate_gap_records.h"
#include "engine/pamm/rollover.h"

namespace engine::pamm {

void RolloverRun::find_managed_days() {
  for (Standing& standing : standings_) {
    standing.lapsed = standing.mandate_is_over(command_.trade_date);
    if (!pool_.trade_date) continue;
    charging::Span left{*pool_.trade_date, command_.trade_date};
    if (standing.mandate_until) {
      left.to = std::clamp({standing.mandate_until->days + 1}, left.from, left.to);
    }
    for (const MandateGap& gap : gate::mandate_gaps(context_.state, id_, standing.client)) {
      if (gap.to <= left.from || gap.from >= left.to) continue;
      standing.lapsed = true;
      if (gap.from > left.from) standing.managed.push_back({left.from, gap.from});
      left.from = std::min(gap.to, left.to);
    }
    if (left.from < left.to) standing.managed.push_back(left);
  }
}

core::Result<> RolloverRun::end_mandate(Standing& standing) {
  if (!standing.rules->charges_performance || blocks_crystallisation(pool_, standing.client)) {
    return core::ok();
  }
  TRY(require_classified());
  const bool earned =
      !standing.managed.empty() && standing.managed.front().from == *pool_.trade_date;
  if (earned) {
    TRY(share_earned(standing));
  }
  return forgo_gain(standing);
}

core::Result<> RolloverRun::share_earned(Standing& standing) {
  // He had a mandate when the last rollover ended: what stood then was earned, and no more of it is
  // shared than is still there.
  Standing then = standing;
  then.settled -= std::max<core::Minor>(then.entitlement() - then.investor.opening, 0);
  TRY(auto parts, parts_of(standing));
  TRY(const auto parts_then, parts_of(then));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    charging::Marked before = marked(then, parts_then[i]);
    // What floated then may be realised by now.
    before.floating = 0;
    before.management_since_charge = pool_.investors.at(standing.client).management_since_charge;
    TRY(const auto most, charging::measured_of(*standing.rules, before));
    TRY(crystallise(standing, parts[i], FeeDue::PeriodEnd, most));
  }
  return core::ok();
}

core::Result<> RolloverRun::forgo_gain(Standing& standing) {
  // A mark stands after all fees.
  standing.investor.management_since_charge = 0;
  TRY(auto parts, parts_of(standing));
  for (Part& part : parts) {
    TRY(const auto reached, charging::measured_of(*standing.rules, marked(standing, part)));
    if (reached <= part.mark) continue;
    GainForgone forgone{id_, standing.client, pool_.strategy, part.mark, reached, {}};
    if (part.lot) forgone.lot = standing.investor.lots[*part.lot].number;
    effects_.add(forgone, mark_postings(standing, part, reached), subjects(standing.client));
    part.mark = reached;
    keep(standing, part);
  }
  return core::ok();
}

}  // namespace engine::pamm
