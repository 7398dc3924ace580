// How deals and their lines fold into the state, and how they leave it again.

#include <algorithm>

#include "engine/commission/amount.h"
#include "engine/commission/real_volume.h"
#include "engine/lookup.h"
#include "engine/partners/deals.h"
#include "engine/partners/decide.h"
#include "engine/partners/places.h"

namespace engine::partners {
namespace {

std::string row_key(const StandingLeg& leg, const RowPaid& row) {
  return std::to_string(leg.version) + "/" + std::to_string(row.rule) + "/" +
         std::to_string(row.row);
}

core::Result<> grow(Accrual& sum, Accrual by, bool back) {
  TRY(sum, back ? core::subtract(sum, by) : core::add(sum, by));
  return core::ok();
}

core::Result<StandingLeg> standing_leg(const DealLeg& leg) {
  StandingLeg out;
  out.partner = leg.chain.front().partner;
  out.programme = leg.programme;
  out.version = leg.version;
  out.currency = leg.currency;
  for (const ChainNode& node : leg.chain) out.chain.push_back(node.partner);
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

// What a deal adds to sums of its month, its hedges, its client and its server; or takes back.
core::Result<> count(PartnerBook& book, const PartnerDealStanding& deal, const std::string& server,
                     bool back) {
  for (const StandingLeg& leg : deal.legs) {
    VolumeWindow& window = book.windows[leg.partner][leg.programme][deal.month];
    TRY(grow(window.lots, leg.lots, back));
    TRY(grow(window.revenue, leg.revenue, back));
    for (const RowPaid& row : leg.rows) {
      RowSum& sum = window.rows[row_key(leg, row)];
      TRY(grow(sum.quantity, row.quantity, back));
      TRY(grow(sum.paid, row.paid, back));
    }
    ClientDay& day = book.client_days[deal.client][leg.partner][deal.closed_on];
    TRY(grow(day.notional, leg.notional, back));
  }
  if (deal.hedge_group) {
    HedgeSums& sums = book.hedges[deal.client][deal.symbol + "/" + *deal.hedge_group];
    TRY(grow(deal.sell ? sums.sold : sums.bought, deal.hedged, back));
  }
  ServerDay& day = book.servers[server][deal.closed_on];
  TRY(grow(day.lots, deal.lots, back));
  const std::uint64_t without = deal.legs.empty() ? 1 : 0;
  day.deals = back ? day.deals - 1 : day.deals + 1;
  day.without_lines = back ? day.without_lines - without : day.without_lines + without;
  return core::ok();
}

}  // namespace

core::Result<> apply(State& state, const PartnerDealRecorded& body, const ledger::RecordView&) {
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
  for (const DealLeg& leg : body.legs) {
    TRY(auto out, standing_leg(leg));
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
  TRY(count(book, standing, deal.server, false));
  book.deals[deal_key(deal.server, deal.ticket)] = std::move(standing);
  return core::ok();
}

core::Result<> apply(State& state, const PartnerLineAccrued& body,
                     const ledger::RecordView& record) {
  TRY(add_earning(state, body, core::utc_date(record.effective_at)));
  if (body.of != EarnedBy::Deal && body.of != EarnedBy::Reversal) return core::ok();
  PartnerBook& book = *state.partner_book;
  PartnerDealStanding& deal = book.deals.at(deal_key(*body.server, *body.ticket));
  TRY(const auto amount, to_accrual(body.amount));
  StandingLeg& leg = deal.legs.at(*body.leg);
  Accrual& lines = book.windows[leg.partner][leg.programme][deal.month].lines;
  TRY(lines, core::add(lines, amount));
  Accrual& commission = book.client_days[deal.client][leg.partner][deal.closed_on].commission;
  TRY(commission, core::add(commission, amount));
  if (body.of == EarnedBy::Deal) {
    leg.lines.push_back({body.partner, body.currency, amount, *body.level, body.routed});
  }
  return core::ok();
}

Drafts decide(const Context& context, const ReversePartnerDeal& command) {
  TRY(check_reason(command.reason));
  const auto& deals = context.state.partner_book->deals;
  const auto found = deals.find(deal_key(command.server, command.ticket));
  if (found == deals.end()) {
    return core::not_found("unknown_deal", "ticket", "No deal of this server and ticket paid.");
  }
  const PartnerDealStanding& deal = found->second;
  if (deal.reversed) {
    return core::conflict("already_reversed", "ticket", "This deal was taken back already.");
  }
  Effects effects(context.effective_at);
  effects.add(PartnerDealReversed{command, deal.client}, {}, {deal.client.bytes});
  Accruals accruals(context);
  for (std::size_t i = 0; i < deal.legs.size(); ++i) {
    const StandingLeg& leg = deal.legs[i];
    for (const StandingLine& standing : leg.lines) {
      PartnerLineAccrued line;
      line.partner = standing.partner;
      line.of = EarnedBy::Reversal;
      line.programme = leg.programme;
      line.version = leg.version;
      line.currency = standing.currency;
      line.amount = written(-standing.amount);
      line.server = command.server;
      line.ticket = command.ticket;
      line.leg = i;
      line.level = standing.level;
      line.client = deal.client;
      line.routed = standing.routed;
      TRY(accruals.add(effects, std::move(line)));
    }
  }
  return effects.take();
}

core::Result<> apply(State& state, const PartnerDealReversed& body, const ledger::RecordView&) {
  PartnerBook& book = *state.partner_book;
  PartnerDealStanding& deal = book.deals.at(deal_key(body.reversal.server, body.reversal.ticket));
  TRY(count(book, deal, body.reversal.server, true));
  deal.reversed = true;
  return core::ok();
}

}  // namespace engine::partners
