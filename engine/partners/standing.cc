// How deals and their lines fold into the state, and how they leave it again.

#include <algorithm>
#include <limits>

#include "engine/commission/amount.h"
#include "engine/commission/real_volume.h"
#include "engine/lookup.h"
#include "engine/partners/closes.h"
#include "engine/partners/deals.h"
#include "engine/partners/decide.h"
#include "engine/partners/places.h"

namespace engine::partners {
namespace {

std::string row_key(const StandingLeg& leg, const RowPaid& row) {
  return std::to_string(leg.version) + "/" + std::to_string(row.rule) + "/" +
         std::to_string(row.row);
}

core::Result<> count_one(std::uint64_t& sum, bool back) {
  if (back ? sum == 0 : sum == std::numeric_limits<std::uint64_t>::max()) {
    return core::overflow("deals", "So many deals cannot be counted.");
  }
  sum = back ? sum - 1 : sum + 1;
  return core::ok();
}

// A month is topped up for what the first tree was paid on. What is not paid for itself is not
// topped up: a partner's own deals, those of a second tree, and those that do not count.
bool can_top_up(const DealLeg& leg, std::size_t place) {
  return place == 0 && !leg.pays.empty() && !leg.chain.front().withheld;
}

// A line in the currency of the first tree, by what the deal brought the broker in both.
// Rounding: Ceiling of what a line takes, the same for what takes it back.
core::Result<Accrual> as_of_first(const PartnerDealStanding& deal, const StandingLeg& leg,
                                  Accrual amount) {
  const StandingLeg& first = deal.legs.front();
  if (first.currency == leg.currency || leg.revenue <= 0) return amount;
  const Accrual size = amount < 0 ? -amount : amount;
  TRY(const auto part,
      core::multiply_divide(size, first.revenue, leg.revenue, core::Rounding::Ceiling));
  return amount < 0 ? -part : part;
}

core::Result<StandingLeg> standing_leg(const DealLeg& leg, std::size_t place) {
  StandingLeg out;
  out.partner = leg.chain.front().partner;
  out.programme = leg.programme;
  out.version = leg.version;
  out.currency = leg.currency;
  for (const ChainNode& node : leg.chain) out.chain.push_back(node.partner);
  out.tops_up = can_top_up(leg, place);
  TRY(out.lots, to_accrual(leg.lots));
  TRY(out.notional, to_accrual(leg.notional));
  TRY(out.revenue, to_accrual(leg.revenue));
  for (const RulePaid& paid : leg.pays) {
    RowPaid row{paid.rule, paid.row, 0, 0};
    TRY(row.quantity, to_accrual(paid.quantity));
    TRY(row.paid, to_accrual(paid.amount));
    out.rows.push_back(row);
  }
  return out;
}

core::Result<> count_rows(VolumeWindow& window, const StandingLeg& leg, bool back) {
  TRY(grow(window.revenue, leg.revenue, back));
  for (const RowPaid& row : leg.rows) {
    RowSum& sum = window.rows[row_key(leg, row)];
    TRY(grow(sum.quantity, row.quantity, back));
    TRY(grow(sum.paid, row.paid, back));
  }
  return core::ok();
}

// What a deal adds to sums of its month, its hedges, its client and its server; or takes back.
core::Result<> count(PartnerBook& book, const PartnerDealStanding& deal, const std::string& server,
                     bool back) {
  for (const StandingLeg& leg : deal.legs) {
    VolumeWindow& window = book.windows[leg.partner][leg.programme][deal.month];
    TRY(grow(window.lots, leg.lots, back));
    if (leg.tops_up) {
      TRY(count_rows(window, leg, back));
    }
    ClientDay& day = book.client_days[deal.client][leg.partner][deal.closed_on];
    TRY(grow(day.notional, leg.notional, back));
  }
  if (deal.hedge_group) {
    HedgeSums& sums = book.hedges[deal.client][hedge_key(deal.symbol, *deal.hedge_group)];
    TRY(grow(deal.sell ? sums.sold : sums.bought, deal.hedged, back));
  }
  ServerDay& day = book.servers[server][deal.closed_on];
  TRY(grow(day.lots, deal.lots, back));
  TRY(count_one(day.deals, back));
  return deal.legs.empty() ? count_one(day.without_lines, back) : core::ok();
}

}  // namespace

core::Result<> apply(State& state, const PartnerDealRecorded& body,
                     const ledger::RecordView& record) {
  const RecordPartnerDeal& deal = body.deal;
  PartnerBook& book = *state.partner_book;
  PartnerDealStanding standing;
  standing.client = deal.client;
  standing.symbol = deal.symbol;
  standing.hedge_group = deal.hedge_group;
  standing.sell = deal.side == Side::Sell;
  standing.month = body.month;
  standing.closed_on = core::utc_date(deal.closed_at);
  standing.attributed_at = deal.opened_at;
  TRY(standing.lots, to_accrual(deal.lots));
  const auto share = [](const std::optional<core::Decimal>& part) {
    return part ? commission::exact(*part) : core::Rational(1);
  };
  TRY(standing.hedged,
      commission::to_accrual(commission::allocated(
          commission::exact(deal.lots), share(deal.share_at_open), share(deal.share_at_close))));
  standing.seq = record.seq;
  standing.place = record.seq;
  const std::string key = deal_key(deal.server, deal.ticket);
  if (const auto before = book.deals.find(key); before != book.deals.end()) {
    standing.place = before->second.place;
  }
  for (const DealLeg& leg : body.legs) {
    TRY(auto out, standing_leg(leg, standing.legs.size()));
    const ProgrammeVersion& version = version_of(state, leg.programme, leg.version);
    if (version.terms.attributed_at.value_or(DealTime::Open) == DealTime::Close) {
      standing.attributed_at = deal.closed_at;
    }
    standing.legs.push_back(std::move(out));
  }
  for (const DealLeg& leg : body.legs) {
    for (const ChainNode& node : leg.chain) {
      core::Instant& latest = book.latest[node.partner];
      latest = std::max(latest, standing.attributed_at);
    }
  }
  if (body.close) note_hedges(book, deal, *body.close);
  TRY(count(book, standing, deal.server, false));
  book.deals[key] = std::move(standing);
  return core::ok();
}

core::Result<> apply(State& state, const PartnerLineAccrued& body,
                     const ledger::RecordView& record) {
  TRY(add_earning(state, body,
                  earned_on(record.effective_at, record.recorded_at, body.amount.digits < 0)));
  if (body.of != EarnedBy::Deal && body.of != EarnedBy::Reversal) return core::ok();
  PartnerBook& book = *state.partner_book;
  PartnerDealStanding& deal = book.deals.at(deal_key(*body.server, *body.ticket));
  TRY(const auto amount, to_accrual(body.amount));
  StandingLeg& leg = deal.legs.at(*body.leg);
  const StandingLeg& first = deal.legs.front();
  if (first.tops_up) {
    Accrual& lines = book.windows[first.partner][first.programme][deal.month].lines;
    TRY(const auto part, as_of_first(deal, leg, amount));
    TRY(lines, core::add(lines, part));
  }
  ClientDay& day = book.client_days[deal.client][leg.partner][deal.closed_on];
  TRY(day.commission, core::add(day.commission, amount));
  if (body.partner == leg.partner && !body.routed) {
    TRY(day.own, core::add(day.own, amount));
  }
  if (body.of == EarnedBy::Deal) {
    leg.lines.push_back({body.partner, body.currency, amount, *body.level, body.routed});
  }
  return core::ok();
}

core::Result<> apply(State& state, const PartnerDealReversed& body, const ledger::RecordView&) {
  PartnerBook& book = *state.partner_book;
  PartnerDealStanding& deal = book.deals.at(deal_key(body.reversal.server, body.reversal.ticket));
  TRY(count(book, deal, body.reversal.server, true));
  deal.reversed = true;
  return core::ok();
}

}  // namespace engine::partners
