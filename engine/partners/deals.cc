#include "engine/partners/deals.h"

#include "engine/commission/amount.h"
#include "engine/commission/real_volume.h"
#include "engine/commission/trees.h"
#include "engine/lookup.h"
#include "engine/partners/decide.h"
#include "engine/partners/places.h"

namespace engine::partners {
namespace {

constexpr std::string_view kOffshore = "offshore";  // Profile of a book.

std::string hedge_key(const std::string& symbol, const std::string& group) {
  return symbol + "/" + group;
}

// The volume that counts on the deal's side of a hedge.
core::Result<Accrual> allocated_lots(const DealFacts& facts) {
  return commission::to_accrual(multiply(facts.lots, facts.part));
}

// The first day of a month.
core::Date first_of(std::uint64_t month) {
  std::string text = std::to_string(month);
  text.insert(4, "-");
  return core::parse_date(text + "-01").value();
}

// A rate that the deal carries is into one currency.
core::Result<> check_rates(const RecordPartnerDeal& deal, const std::optional<LegTerms>& introducer,
                           const std::optional<LegTerms>& manager) {
  if (!introducer || !manager || introducer->currency == manager->currency) return core::ok();
  if (!deal.rate && !deal.symbol_rate) return core::ok();
  return core::invalid("rate", "rate",
                       "Two programmes of different currencies pay for this deal, and a rate is "
                       "into one; leave it to the book's rates.");
}

}  // namespace

std::string deal_key(const std::string& server, const std::string& ticket) {
  return server + "/" + ticket;
}

bool barred(const State& state, const core::PartyId& partner, const RecordPartnerDeal& deal) {
  if (!state.managers.contains(partner)) return false;
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

Accrual& DealAccruals::window_lots(const LegTerms& leg, std::uint64_t month) {
  const auto [entry, added] = windows_.try_emplace({leg.partner, leg.programme, month}, 0);
  if (!added) return entry->second;
  const auto& windows = context_.state.partner_book->windows;
  const auto of_partner = windows.find(leg.partner);
  if (of_partner == windows.end()) return entry->second;
  const auto of_programme = of_partner->second.find(leg.programme);
  if (of_programme == of_partner->second.end()) return entry->second;
  const auto window = of_programme->second.find(month);
  if (window != of_programme->second.end()) entry->second = window->second.lots;
  return entry->second;
}

HedgeSums& DealAccruals::hedges(const DealFacts& facts) {
  const std::string key = hedge_key(facts.symbol, *facts.deal.hedge_group);
  const auto [entry, added] = hedges_.try_emplace({facts.deal.client, key}, HedgeSums{});
  if (!added) return entry->second;
  const auto& all = context_.state.partner_book->hedges;
  const auto of_client = all.find(facts.deal.client);
  if (of_client == all.end()) return entry->second;
  const auto sums = of_client->second.find(key);
  if (sums != of_client->second.end()) entry->second = sums->second;
  return entry->second;
}

core::Result<Accrual*> DealAccruals::client_commission(const LegTerms& leg,
                                                       const DealFacts& facts) {
  const auto [entry, added] =
      commissions_.try_emplace({facts.deal.client, leg.partner, facts.month}, 0);
  Accrual& sum = entry->second;
  if (!added) return &sum;
  const auto& all = context_.state.partner_book->client_days;
  const auto of_client = all.find(facts.deal.client);
  if (of_client == all.end()) return &sum;
  const auto days = of_client->second.find(leg.partner);
  if (days == of_client->second.end()) return &sum;
  for (auto day = days->second.lower_bound(first_of(facts.month));
       day != days->second.end() && month_of(day->first) == facts.month; ++day) {
    TRY(sum, core::add(sum, day->second.commission));
  }
  return &sum;
}

core::Result<> DealAccruals::add_leg(const DealFacts& facts, const LegTerms& terms,
                                     core::Rational& cap_used, PartnerDealRecorded& body,
                                     std::vector<Leg>& legs) {
  Accrual& lots = window_lots(terms, facts.month);
  TRY(Accrual * commission, client_commission(terms, facts));
  LegBefore before{lots, {}, *commission, cap_used};
  if (facts.deal.hedge_group) before.hedged = hedges(facts);
  TRY(Leg leg, make_leg(context_, facts, terms, before));
  cap_used = leg.cap_used;
  TRY(const auto counted, to_accrual(leg.record.lots));
  TRY(lots, core::add(lots, counted));
  TRY(const auto paid, commission::to_accrual(commission::sum_of(leg.lines)));
  TRY(*commission, core::add(*commission, paid));
  body.legs.push_back(leg.record);
  legs.push_back(std::move(leg));
  return core::ok();
}

core::Result<> DealAccruals::add_lines(Effects& effects, const DealFacts& facts, const Leg& leg,
                                       std::uint64_t place) {
  const ProgrammeTerms& terms =
      version_of(context_.state, leg.record.programme, leg.record.version).terms;
  for (std::size_t i = 0; i < leg.lines.size(); ++i) {
    PartnerLineAccrued line;
    TRY(line.amount, written(leg.lines[i]));
    if (line.amount.digits == 0) continue;
    line.partner = leg.record.chain[i].partner;
    line.programme = leg.record.programme;
    line.version = leg.record.version;
    line.currency = leg.record.currency;
    line.server = facts.deal.server;
    line.ticket = facts.deal.ticket;
    line.leg = place;
    line.level = i;
    line.client = facts.deal.client;
    line.routed = context_.state.managers.contains(line.partner) &&
                  (terms.pass_to_clients || barred(context_.state, line.partner, facts.deal));
    TRY(accruals_.add(effects, std::move(line)));
  }
  return core::ok();
}

core::Result<> DealAccruals::add(Effects& effects, const RecordPartnerDeal& deal) {
  TRY(const DealFacts facts, facts_of(context_, deal));
  TRY(check(deal));
  PartnerDealRecorded body{deal, facts.month, {}, {}, {}};
  body.deal.symbol = facts.symbol;
  if (facts.contract != nullptr) body.contract = facts.contract->version;
  if (deal.hedge_group) {
    const HedgeSums& before = hedges(facts);
    body.hedged = HedgedBefore{written(before.bought), written(before.sold)};
  }
  core::Rational cap_used;
  std::vector<Leg> legs;
  const auto introducer = introducer_leg(context_.state, deal);
  auto manager = manager_leg(context_.state, deal);
  if (introducer && manager && introducer->partner == manager->partner) manager.reset();
  TRY(check_rates(deal, introducer, manager));
  if (introducer) {
    TRY(add_leg(facts, *introducer, cap_used, body, legs));
  }
  if (manager) {
    TRY(add_leg(facts, *manager, cap_used, body, legs));
  }
  if (deal.hedge_group) {
    HedgeSums& sums = hedges(facts);
    Accrual& side = deal.side == Side::Buy ? sums.bought : sums.sold;
    TRY(const auto lots, allocated_lots(facts));
    TRY(side, core::add(side, lots));
  }
  Subjects subjects{deal.client.bytes};
  if (deal.structure) subjects.push_back(deal.structure->bytes);
  effects.add(body, {}, std::move(subjects));
  for (std::size_t i = 0; i < legs.size(); ++i) {
    TRY(add_lines(effects, facts, legs[i], i));
  }
  return core::ok();
}

core::Result<> accrue_deal(const Context& context, Effects& effects,
                           const RecordPartnerDeal& deal) {
  return DealAccruals(context).add(effects, deal);
}

Drafts decide(const Context& context, const RecordPartnerDeal& command) {
  Effects effects(context.effective_at);
  TRY(accrue_deal(context, effects, command));
  return effects.take();
}

}  // namespace engine::partners
