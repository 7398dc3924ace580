#include "reports/explain/mandate_days.h"

#include <algorithm>
#include <map>

#include "engine/accounts.h"
#include "engine/gate_records.h"
#include "engine/mandate_gap_records.h"
#include "reports/explain/fee.h"
#include "reports/explain/kinds.h"
#include "reports/explain/offer_rules.h"

namespace reports::explain {
namespace {

namespace accounts = engine::accounts;

// The last days of an investor's mandates that were followed by another, and of the one now.
struct MandateTimes {
  std::vector<Days> gaps;
  std::optional<core::Date> last_day;
};

core::Result<MandateTimes> mandate_times(Calculation& calculation,
                                         const core::StructureId& structure,
                                         const core::PartyId& client) {
  MandateTimes times;
  Sources& sources = calculation.sources();
  std::map<std::uint64_t, core::Date> revoked;  // By sequence.
  TRY(for_each_of_client<engine::MandateRevoked>(
      sources, client, 0, calculation.seq(), [&](const auto& body, const auto& record) {
        if (body.revoked.structure == structure)
          revoked[record.seq] = core::utc_date(record.recorded_at);
      }));
  std::uint64_t before = 0;
  TRY(for_each_of_client<engine::MandateAccepted>(
      sources, client, 0, calculation.seq(), [&](const auto& body, const auto& record) {
        if (body.mandate.structure != structure) return;
        // Who revokes one holds nothing any more.
        const bool was_revoked = std::ranges::any_of(
            revoked, [&](const auto& one) { return one.first > before && one.first < record.seq; });
        const core::Date signed_on = core::utc_date(record.recorded_at);
        if (times.last_day && !was_revoked && times.last_day->days + 1 < signed_on.days) {
          times.gaps.push_back({{times.last_day->days + 1}, signed_on});
        }
        times.last_day.reset();
        if (body.mandate.terms) times.last_day = body.mandate.terms->expires;
        before = record.seq;
      }));
  // One that an older version let him revoke while he held something ended on that day.
  if (const auto last = revoked.upper_bound(before); last != revoked.end()) {
    times.last_day = times.last_day ? std::min(*times.last_day, last->second) : last->second;
  }
  return times;
}

// Over how much of a base the records tell: the entitlement, of all that he holds.
core::Result<> check_reached(Calculation& calculation, const engine::GainForgone& body,
                             const Terms& terms) {
  const auto base = performance_of(terms.offer.terms).base.value_or(engine::FeeBase::Equity);
  calculation.require(body.mark_after > body.mark_before, "mark after",
                      calculation.money(body.mark_after) + ", a new high",
                      calculation.money(body.mark_after));
  if (body.lot || base != engine::FeeBase::Equity) return core::ok();
  TRY(const Investor now,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  calculation.check_money("mark after", "his entitlement after fees", now.entitlement,
                          body.mark_after);
  return core::ok();
}

}  // namespace

ManagedDays managed_days_of(const Days& time, const std::vector<Days>& gaps,
                            const std::optional<core::Date>& last_day) {
  ManagedDays out;
  out.lapsed = last_day && *last_day < time.to;
  Days left = time;
  for (const Days& gap : gaps) {
    if (gap.to <= left.from || gap.from >= left.to) continue;
    out.lapsed = true;
    if (left.from < gap.from) out.with_mandate.push_back({left.from, gap.from});
    left.from = gap.to;
  }
  if (last_day && last_day->days < left.to.days) left.to = {last_day->days + 1};
  if (left.from < left.to) out.with_mandate.push_back(left);
  return out;
}

core::Result<ManagedDays> find_managed_days(Calculation& calculation, const Rollovers& rollovers,
                                            const core::StructureId& structure,
                                            const core::PartyId& client) {
  TRY(const auto times, mandate_times(calculation, structure, client));
  const core::Date to = rollovers.current.body.trade_date;
  const core::Date from = rollovers.last ? rollovers.last->body.trade_date : to;
  return managed_days_of({from, to}, times.gaps, times.last_day);
}

core::Result<> explain_gain_forgone(Calculation& calculation) {
  TRY(const auto body, body_of<engine::GainForgone>(calculation));
  TRY(const auto terms, find_terms_of(calculation, body.structure, body.client));
  TRY(const auto rollovers, find_rollovers(calculation, body.structure));
  TRY(const auto managed, find_managed_days(calculation, rollovers, body.structure, body.client));
  const std::string code = accounts::mark_code(calculation.currency());
  const std::string account = accounts::mark(body.strategy, body.client);
  calculation.set_title("a gain over days without a mandate, which nobody shares");
  calculation.require(managed.lapsed, "why", "his mandate did not cover the time of this rollover",
                      "it did");
  if (body.lot) {
    calculation.given("mark of lot " + std::to_string(*body.lot) + " before",
                      calculation.money(body.mark_before));
  } else {
    TRY(const auto before, calculation.balance_before(account, code));
    calculation.check_money("mark before", "the investor's mark in the books", before,
                            body.mark_before);
  }
  TRY(check_reached(calculation, body, terms));
  calculation.check_money("mark moved", "the posting", calculation.posted(account, code),
                          body.mark_after - body.mark_before);
  return core::ok();
}

}  // namespace reports::explain
