#include "engine/partners/deals.h"

#include <algorithm>

#include "engine/commission/amount.h"
#include "engine/commission/real_volume.h"
#include "engine/commission/trees.h"
#include "engine/gate/limits.h"
#include "engine/lookup.h"
#include "engine/partners/closes.h"
#include "engine/partners/decide.h"
#include "engine/partners/places.h"

namespace engine::partners {
namespace {

constexpr std::string_view kOffshore = "offshore";  // Profile of a book.

// The leg of a partner as it was recorded before; null if he had none.
const DealLeg* recorded_leg(const PartnerDealRecorded& before, const core::PartyId& partner) {
  const auto leg = std::ranges::find_if(before.legs, [&](const DealLeg& one) {
    return !one.chain.empty() && one.chain.front().partner == partner;
  });
  return leg == before.legs.end() ? nullptr : &*leg;
}

// If a line went to clients when the deal was recorded; absent if there was no such line.
std::optional<bool> recorded_routing(const PartnerDealStanding* before, const Leg& leg,
                                     std::uint64_t level) {
  if (before == nullptr) return std::nullopt;
  const auto standing =
      std::ranges::find(before->legs, leg.record.chain.front().partner, &StandingLeg::partner);
  if (standing == before->legs.end()) return std::nullopt;
  const auto line = std::ranges::find(standing->lines, level, &StandingLine::level);
  if (line == standing->lines.end()) return std::nullopt;
  return line->routed;
}

// A rate that the deal carries is into one currency.
core::Result<> check_rates(const RecordPartnerDeal& deal, const std::vector<LegTerms>& legs) {
  if (legs.size() < 2 || legs[0].currency == legs[1].currency) return core::ok();
  if (!deal.rate && !deal.symbol_rate) return core::ok();
  return core::invalid("rate", "rate",
                       "Two programmes of different currencies pay for this deal, and a rate is "
                       "into one; leave it to the book's rates.");
}

}  // namespace

std::string deal_key(const std::string& server, const std::string& ticket) {
  return server + "/" + ticket;
}

std::string hedge_key(const std::string& symbol, const std::string& group) {
  return symbol + "/" + group;
}

bool barred(const Context& context, const core::PartyId& partner, const RecordPartnerDeal& deal) {
  const State& state = context.state;
  if (!state.managers.contains(partner)) return false;
  const std::optional<Model> model =
      deal.structure ? std::optional(state.structures.at(*deal.structure).model) : std::nullopt;
  if (gate::Inducements(state, partner, model, context.now).banned(deal.client)) return true;
  if (state.clients.at(deal.client).category != ClientCategory::Retail) return false;
  if (deal.structure) {
    return state.structures.at(*deal.structure).jurisdiction != Jurisdiction::Offshore;
  }
  return state.genesis.profile != kOffshore;
}

core::Result<> DealAccruals::check(const RecordPartnerDeal& deal) {
  TRY(require_client(context_, deal.client));
  if (deal.structure) {
    TRY(find_structure(context_, *deal.structure));
  }
  const std::string key = deal_key(deal.server, deal.ticket);
  const auto& deals = context_.state.partner_book->deals;
  const auto known = deals.find(key);
  const bool stands = known != deals.end() && !known->second.reversed;
  if (!stands && seen_.emplace(key, true).second) return core::ok();
  return core::conflict("duplicate_deal", "ticket",
                        "This deal has paid already; reverse it before it is recorded anew.");
}

Accrual& DealAccruals::window_lots(const WindowKey& key) {
  const auto [entry, added] = windows_.try_emplace(key, 0);
  if (!added) return entry->second;
  const auto& [partner, programme, month] = key;
  const auto& windows = context_.state.partner_book->windows;
  const auto of_partner = windows.find(partner);
  if (of_partner == windows.end()) return entry->second;
  const auto of_programme = of_partner->second.find(programme);
  if (of_programme == of_partner->second.end()) return entry->second;
  const auto window = of_programme->second.find(month);
  if (window != of_programme->second.end()) entry->second = window->second.lots;
  return entry->second;
}

HedgeSums& DealAccruals::hedges(const HedgeKey& key) {
  const auto [entry, added] = hedges_.try_emplace(key, HedgeSums{});
  if (!added) return entry->second;
  const auto& all = context_.state.partner_book->hedges;
  const auto of_client = all.find(key.first);
  if (of_client == all.end()) return entry->second;
  const auto sums = of_client->second.find(key.second);
  if (sums != of_client->second.end()) entry->second = sums->second;
  return entry->second;
}

core::Result<Accrual*> DealAccruals::client_commission(const MonthKey& key) {
  const auto [entry, added] = commissions_.try_emplace(key, 0);
  Accrual& sum = entry->second;
  if (!added) return &sum;
  const auto& [client, partner, month] = key;
  const auto& all = context_.state.partner_book->client_days;
  const auto of_client = all.find(client);
  if (of_client == all.end()) return &sum;
  const auto days = of_client->second.find(partner);
  if (days == of_client->second.end()) return &sum;
  for (auto day = days->second.lower_bound(first_of(month));
       day != days->second.end() && month_of(day->first) == month; ++day) {
    TRY(sum, core::add(sum, day->second.commission));
  }
  return &sum;
}

core::Result<> DealAccruals::add_leg(const DealFacts& facts, const LegTerms& terms,
                                     core::Rational& cap_used, const DealLeg* recorded,
                                     Made& made) {
  const Accrual lots = window_lots({terms.partner, terms.programme, facts.month});
  TRY(const Accrual* commission,
      client_commission({facts.deal.client, terms.partner, facts.month}));
  LegBefore before{lots, {}, *commission, cap_used, {}};
  if (facts.deal.hedge_group) {
    before.hedged = hedges({facts.deal.client, hedge_key(facts.symbol, *facts.deal.hedge_group)});
  }
  if (recorded != nullptr) before.rates = recorded->rates;
  TRY(Leg leg, make_leg(context_, facts, terms, before));
  cap_used = leg.cap_used;
  made.body.legs.push_back(leg.record);
  made.legs.push_back(std::move(leg));
  return core::ok();
}

core::Result<> DealAccruals::count(const DealFacts& facts, const Made& made) {
  for (const Leg& leg : made.legs) {
    const core::PartyId& partner = leg.record.chain.front().partner;
    TRY(const auto counted, to_accrual(leg.record.lots));
    TRY(grow(window_lots({partner, leg.record.programme, facts.month}), counted, false));
    TRY(Accrual * commission, client_commission({facts.deal.client, partner, facts.month}));
    for (const Accrual paid : leg.amounts) {
      TRY(grow(*commission, paid, false));
    }
  }
  if (!facts.deal.hedge_group) return core::ok();
  HedgeSums& sums = hedges({facts.deal.client, hedge_key(facts.symbol, *facts.deal.hedge_group)});
  TRY(const auto lots, commission::to_accrual(facts.allocated));
  return grow(facts.deal.side == Side::Buy ? sums.bought : sums.sold, lots, false);
}

core::Result<> DealAccruals::add_lines(Effects& effects, const PartnerDealRecorded& body,
                                       const Leg& leg, std::uint64_t place,
                                       const PartnerDealStanding* before) {
  const RecordPartnerDeal& deal = body.deal;
  const ProgrammeTerms& terms =
      version_of(context_.state, leg.record.programme, leg.record.version).terms;
  for (std::size_t i = 0; i < leg.amounts.size(); ++i) {
    if (leg.amounts[i] == 0) continue;
    PartnerLineAccrued line;
    line.amount = written(leg.amounts[i]);
    line.partner = leg.record.chain[i].partner;
    line.programme = leg.record.programme;
    line.version = leg.record.version;
    line.currency = leg.record.currency;
    line.server = deal.server;
    line.ticket = deal.ticket;
    line.leg = place;
    line.level = i;
    line.client = deal.client;
    const auto routed = recorded_routing(before, leg, i);
    line.routed = routed.value_or(context_.state.managers.contains(line.partner) &&
                                  (terms.pass_to_clients || barred(context_, line.partner, deal)));
    TRY(accruals_.add(effects, std::move(line)));
  }
  return core::ok();
}

core::Result<DealAccruals::Made> DealAccruals::make(const DealFacts& facts,
                                                    const PartnerDealRecorded* before) {
  const RecordPartnerDeal& deal = facts.deal;
  Made made;
  made.body = {deal, facts.month, {}, {}, {}, {}};
  made.body.deal.symbol = facts.symbol;
  if (facts.contract != nullptr) made.body.contract = facts.contract->version;
  if (before != nullptr) made.body.close = before->close;
  if (deal.hedge_group) {
    const HedgeSums& sums = hedges({deal.client, hedge_key(facts.symbol, *deal.hedge_group)});
    made.body.hedged = HedgedBefore{written(sums.bought), written(sums.sold)};
  }
  core::Rational cap_used;
  const auto recorded = [&](const LegTerms& leg) {
    return before == nullptr ? nullptr : recorded_leg(*before, leg.partner);
  };
  auto legs = legs_of(context_.state, deal);
  // Who came under a programme since has no part in what was recorded before.
  if (before != nullptr) {
    std::erase_if(legs, [&](const LegTerms& leg) { return recorded(leg) == nullptr; });
  }
  TRY(check_rates(deal, legs));
  for (const LegTerms& leg : legs) {
    TRY(add_leg(facts, leg, cap_used, recorded(leg), made));
  }
  TRY(count(facts, made));
  return made;
}

core::Result<DealAccruals::Made> DealAccruals::make_new(const RecordPartnerDeal& deal) {
  TRY(const DealFacts facts, facts_of(context_, deal));
  return make(facts, nullptr);
}

core::Result<> DealAccruals::put(Effects& effects, const Made& made,
                                 const PartnerDealStanding* before) {
  const RecordPartnerDeal& deal = made.body.deal;
  Subjects subjects{deal.client.bytes};
  if (deal.structure) subjects.push_back(deal.structure->bytes);
  effects.add(made.body, {}, std::move(subjects));
  for (std::size_t i = 0; i < made.legs.size(); ++i) {
    TRY(add_lines(effects, made.body, made.legs[i], i, before));
  }
  return core::ok();
}

core::Result<> DealAccruals::add(Effects& effects, const RecordPartnerDeal& deal) {
  TRY(const DealFacts facts, facts_of(context_, deal));
  TRY(check(deal));
  const auto& deals = context_.state.partner_book->deals;
  const auto taken = deals.find(deal_key(deal.server, deal.ticket));
  if (taken != deals.end()) {
    disturbed_.add(facts, legs_of(context_.state, deal));
    TRY(step_back(taken->second.place));
  }
  TRY(const Made made, make(facts, nullptr));
  TRY(put(effects, made, nullptr));
  return step_forward(effects);
}

core::Result<> DealAccruals::put_close(Effects& effects, const RecordPartnerDeal& deal,
                                       const PartnerDealClose& close, core::Result<Made> made) {
  if (made) {
    made.value().body.close = close;
    return put(effects, made.value(), nullptr);
  }
  Subjects subjects{deal.client.bytes};
  if (deal.structure) subjects.push_back(deal.structure->bytes);
  effects.add(PartnerDealAwaited{deal, close, made.error().reason, made.error().at}, {},
              std::move(subjects));
  return core::ok();
}

core::Result<> DealAccruals::add_close(Effects& effects, const RecordPartnerDeal& deal,
                                       const PartnerDealClose& close) {
  const auto fresh = check(deal);
  if (!fresh) return put_close(effects, deal, close, fresh.error());
  return put_close(effects, deal, close, make_new(deal));
}

core::Result<> DealAccruals::replace_close(Effects& effects, const ReversePartnerDeal& reversal,
                                           const RecordPartnerDeal& deal,
                                           const PartnerDealClose& close) {
  const PartnerDealStanding& standing =
      context_.state.partner_book->deals.at(deal_key(reversal.server, reversal.ticket));
  disturbed_.add(standing);
  if (const auto facts = facts_of(context_, deal)) {
    disturbed_.add(facts.value(), legs_of(context_.state, deal));
  }
  TRY(step_back(standing.place));
  TRY(shift(standing, true));
  TRY(take_back(effects, reversal, standing));
  TRY(put_close(effects, deal, close, make_new(deal)));
  return step_forward(effects);
}

core::Result<> accrue_deal(const Context& context, Effects& effects,
                           const RecordPartnerDeal& deal) {
  return DealAccruals(context).add(effects, deal);
}

Drafts decide(const Context& context, const RecordPartnerDeal& command) {
  TRY(check_managed(context, command));
  Effects effects(context.effective_at);
  TRY(accrue_deal(context, effects, command));
  return effects.take();
}

}  // namespace engine::partners
