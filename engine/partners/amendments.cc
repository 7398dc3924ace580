// Deals that are taken back or amended, and those behind them that rest on their volume.

#include <algorithm>

#include "engine/commission/amount.h"
#include "engine/partners/deals.h"
#include "engine/partners/decide.h"
#include "engine/partners/places.h"

namespace engine::partners {
namespace {

constexpr std::string_view kWorkedOutAgain =
    "worked out again: a deal that it rests on was taken back or amended";

bool has_tiers(const ProgrammeTerms& terms) {
  return std::ranges::any_of(terms.pays, [](const PayRule& rule) {
    return std::ranges::any_of(rule.rates, [](const PayRate& row) { return !row.tiers.empty(); });
  });
}

bool bounds_clients(const ProgrammeTerms& terms) {
  return terms.gates && (terms.gates->max_of_deposits || terms.gates->max_of_loss);
}

// A deal rests on the contract of its record, not on one that was set from before it since.
const ContractVersion* recorded_contract(const State& state, const DealFacts& facts,
                                         std::uint64_t version) {
  const auto& contracts = state.instruments->symbols.at(facts.symbol).contracts;
  const auto found = std::ranges::find(contracts, version, &ContractVersion::version);
  return found == contracts.end() ? facts.contract : &*found;
}

core::Result<bool> same_leg(const StandingLeg& standing, const Leg& made) {
  TRY(const auto lots, to_accrual(made.record.lots));
  if (lots != standing.lots || made.record.pays.size() != standing.rows.size()) return false;
  for (std::size_t i = 0; i < standing.rows.size(); ++i) {
    TRY(const auto paid, to_accrual(made.record.pays[i].amount));
    if (paid != standing.rows[i].paid) return false;
  }
  std::vector<Accrual> amounts = made.amounts;
  for (const StandingLine& line : standing.lines) {
    if (line.level >= amounts.size()) return false;
    amounts[line.level] -= line.amount;
  }
  return std::ranges::all_of(amounts, [](Accrual left) { return left == 0; });
}

core::Result<bool> same_lines(const std::vector<StandingLeg>& standing,
                              const std::vector<Leg>& made) {
  if (standing.size() != made.size()) return false;
  for (std::size_t i = 0; i < made.size(); ++i) {
    TRY(const bool same, same_leg(standing[i], made[i]));
    if (!same) return false;
  }
  return true;
}

}  // namespace

void DealAccruals::Keys::add(const PartnerDealStanding& deal) {
  for (const StandingLeg& leg : deal.legs) {
    windows.insert({leg.partner, leg.programme, deal.month});
    months.insert({deal.client, leg.partner, deal.month});
  }
  if (deal.hedge_group) hedges.insert({deal.client, hedge_key(deal.symbol, *deal.hedge_group)});
}

void DealAccruals::Keys::add(const DealFacts& facts, const std::vector<LegTerms>& legs) {
  const RecordPartnerDeal& deal = facts.deal;
  for (const LegTerms& leg : legs) {
    windows.insert({leg.partner, leg.programme, facts.month});
    months.insert({deal.client, leg.partner, facts.month});
  }
  if (deal.hedge_group) hedges.insert({deal.client, hedge_key(facts.symbol, *deal.hedge_group)});
}

bool DealAccruals::Keys::meet(const PartnerDealStanding& deal) const {
  const bool hedged =
      deal.hedge_group && hedges.contains({deal.client, hedge_key(deal.symbol, *deal.hedge_group)});
  return hedged || std::ranges::any_of(deal.legs, [&](const StandingLeg& leg) {
           return windows.contains({leg.partner, leg.programme, deal.month}) ||
                  months.contains({deal.client, leg.partner, deal.month});
         });
}

core::Result<> DealAccruals::shift(const PartnerDealStanding& deal, bool back) {
  for (const StandingLeg& leg : deal.legs) {
    TRY(grow(window_lots({leg.partner, leg.programme, deal.month}), leg.lots, back));
    TRY(Accrual * commission, client_commission({deal.client, leg.partner, deal.month}));
    for (const StandingLine& line : leg.lines) {
      TRY(grow(*commission, line.amount, back));
    }
  }
  if (!deal.hedge_group) return core::ok();
  HedgeSums& sums = hedges({deal.client, hedge_key(deal.symbol, *deal.hedge_group)});
  return grow(deal.sell ? sums.sold : sums.bought, deal.hedged, back);
}

// Linear in the deals of the book: a deal is seldom taken back.
core::Result<> DealAccruals::step_back(std::uint64_t place) {
  std::vector<const PartnerDealStanding*> all;
  for (const auto& [key, deal] : context_.state.partner_book->deals) {
    if (!deal.reversed && deal.place > place) all.push_back(&deal);
  }
  std::ranges::sort(all, {}, &PartnerDealStanding::place);
  Keys reached = disturbed_;
  for (const PartnerDealStanding* deal : all) {
    if (!reached.meet(*deal)) continue;
    reached.add(*deal);
    behind_.push_back(deal);
    TRY(shift(*deal, true));
  }
  return core::ok();
}

bool DealAccruals::rests_on_disturbed(const PartnerDealStanding& deal) const {
  const bool hedged =
      deal.hedge_group &&
      disturbed_.hedges.contains({deal.client, hedge_key(deal.symbol, *deal.hedge_group)});
  return std::ranges::any_of(deal.legs, [&](const StandingLeg& leg) {
    const ProgrammeTerms& terms = version_of(context_.state, leg.programme, leg.version).terms;
    return (hedged && !(terms.gates && terms.gates->count_hedged)) ||
           (has_tiers(terms) &&
            disturbed_.windows.contains({leg.partner, leg.programme, deal.month})) ||
           (bounds_clients(terms) &&
            disturbed_.months.contains({deal.client, leg.partner, deal.month}));
  });
}

core::Result<> DealAccruals::step_forward(Effects& effects) {
  for (const PartnerDealStanding* deal : behind_) {
    if (rests_on_disturbed(*deal)) {
      TRY(work_out_again(effects, *deal));
    } else {
      TRY(shift(*deal, false));
    }
  }
  behind_.clear();
  disturbed_ = {};
  return core::ok();
}

core::Result<> DealAccruals::work_out_again(Effects& effects, const PartnerDealStanding& deal) {
  PartnerDealRecorded before;
  TRY(context_.past.record_at(deal.seq, [&](const ledger::RecordView& record) -> core::Result<> {
    TRY(before, core::from_cbor<PartnerDealRecorded>(record.body));
    return core::ok();
  }));
  TRY(DealFacts facts, facts_of(context_, before.deal));
  if (before.contract) facts.contract = recorded_contract(context_.state, facts, *before.contract);
  TRY(const Made made, make(facts, &before));
  TRY(const bool same, same_lines(deal.legs, made.legs));
  if (same) return core::ok();
  disturbed_.add(deal);
  TRY(take_back(effects, {before.deal.server, before.deal.ticket, std::string(kWorkedOutAgain)},
                deal));
  return put(effects, made, &deal);
}

core::Result<> DealAccruals::take_back(Effects& effects, const ReversePartnerDeal& reversal,
                                       const PartnerDealStanding& deal) {
  effects.add(PartnerDealReversed{reversal, deal.client}, {}, {deal.client.bytes});
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
      line.server = reversal.server;
      line.ticket = reversal.ticket;
      line.leg = i;
      line.level = standing.level;
      line.client = deal.client;
      line.routed = standing.routed;
      TRY(accruals_.add(effects, std::move(line)));
    }
  }
  return core::ok();
}

core::Result<> DealAccruals::reverse(Effects& effects, const ReversePartnerDeal& reversal) {
  const PartnerDealStanding& deal =
      context_.state.partner_book->deals.at(deal_key(reversal.server, reversal.ticket));
  disturbed_.add(deal);
  TRY(step_back(deal.place));
  TRY(shift(deal, true));
  TRY(take_back(effects, reversal, deal));
  return step_forward(effects);
}

Drafts decide(const Context& context, const ReversePartnerDeal& command) {
  TRY(check_reason(command.reason));
  const auto& deals = context.state.partner_book->deals;
  const auto found = deals.find(deal_key(command.server, command.ticket));
  if (found == deals.end()) {
    return core::not_found("unknown_deal", "ticket", "No deal of this server and ticket paid.");
  }
  if (found->second.reversed) {
    return core::conflict("already_reversed", "ticket", "This deal was taken back already.");
  }
  Effects effects(context.effective_at);
  TRY(DealAccruals(context).reverse(effects, command));
  return effects.take();
}

}  // namespace engine::partners
