#pragma once

#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/partners/earnings.h"
#include "engine/partners/legs.h"

// Deals that pay partners.
namespace engine::partners {

// "server/ticket": the key of a deal in the state.
std::string deal_key(const std::string& server, const std::string& ticket);
// The same of deals that hedge each other.
std::string hedge_key(const std::string& symbol, const std::string& group);

// The deals of one command. What one of them adds to sums, months and hedges stands before the
// next, so that a block that was closed on many accounts is one object and one call for each
// account.
class DealAccruals {
 public:
  explicit DealAccruals(const Context& context) : context_(context), accruals_(context) {}

  // Adds a deal's record and a line for each partner that it pays. One that was taken back stands
  // where it stood among the others: those behind it that rest on its volume, by a tier, a hedge or
  // a bound of the client, and come to something else now are taken back and recorded anew.
  //
  // Guarantees: the lines of a deal sum to at most the stated part of the broker's revenue by it.
  // Errors:     NotFound/unknown_client, unknown_structure, unknown_symbol; Conflict/duplicate_deal
  //             for a ticket that stands; and those of facts_of() and make_leg().
  core::Result<> add(Effects& effects, const RecordPartnerDeal& deal);
  // Adds the deal of a close, or that it is awaited where add() would refuse it. Errors: Overflow.
  core::Result<> add_close(Effects& effects, const RecordPartnerDeal& deal,
                           const PartnerDealClose& close);
  // The same for one that stands in the state: it is taken back first and stands where it stood.
  core::Result<> replace_close(Effects& effects, const ReversePartnerDeal& reversal,
                               const RecordPartnerDeal& deal, const PartnerDealClose& close);
  // Takes a deal back that stands in the state, and works out those behind it again.
  core::Result<> reverse(Effects& effects, const ReversePartnerDeal& reversal);

 private:
  using WindowKey = std::tuple<core::PartyId, ProgrammeId, std::uint64_t>;
  using HedgeKey = std::pair<core::PartyId, std::string>;
  using MonthKey = std::tuple<core::PartyId, core::PartyId, std::uint64_t>;

  // Sums that deals add to and rest on.
  struct Keys {
    std::set<WindowKey> windows;
    std::set<HedgeKey> hedges;
    std::set<MonthKey> months;

    void add(const PartnerDealStanding& deal);
    void add(const DealFacts& facts, const std::vector<LegTerms>& legs);
    bool meet(const PartnerDealStanding& deal) const;
  };
  struct Made {
    PartnerDealRecorded body;
    std::vector<Leg> legs;
  };

  core::Result<> check(const RecordPartnerDeal& deal);
  Accrual& window_lots(const WindowKey& key);
  HedgeSums& hedges(const HedgeKey& key);
  core::Result<Accrual*> client_commission(const MonthKey& key);
  core::Result<> add_leg(const DealFacts& facts, const LegTerms& terms, core::Rational& cap_used,
                         const DealLeg* recorded, Made& made);
  // Adds what was made to the sums: all of it, or nothing where something cannot be made.
  core::Result<> count(const DealFacts& facts, const Made& made);
  core::Result<> add_lines(Effects& effects, const PartnerDealRecorded& body, const Leg& leg,
                           std::uint64_t place, const PartnerDealStanding* before);
  // What a deal comes to where the sums stand now; they stand behind it then. Of one that was
  // recorded before, its trees and rates count.
  core::Result<Made> make(const DealFacts& facts, const PartnerDealRecorded* before);
  core::Result<Made> make_new(const RecordPartnerDeal& deal);
  core::Result<> put_close(Effects& effects, const RecordPartnerDeal& deal,
                           const PartnerDealClose& close, core::Result<Made> made);
  // Who has the lines of one that was recorded before, him or clients, does not change.
  core::Result<> put(Effects& effects, const Made& made, const PartnerDealStanding* before);

  // amendments.cc
  core::Result<> take_back(Effects& effects, const ReversePartnerDeal& reversal,
                           const PartnerDealStanding& deal);
  // Puts the sums where they stood before the deals behind `place` that `disturbed_` can reach.
  core::Result<> step_back(std::uint64_t place);
  core::Result<> shift(const PartnerDealStanding& deal, bool back);
  bool rests_on_disturbed(const PartnerDealStanding& deal) const;
  core::Result<> step_forward(Effects& effects);
  core::Result<> work_out_again(Effects& effects, const PartnerDealStanding& deal);

  const Context& context_;
  Accruals accruals_;
  std::map<std::string, bool> seen_;  // Deals of this command.
  std::map<WindowKey, Accrual> windows_;
  std::map<HedgeKey, HedgeSums> hedges_;
  std::map<MonthKey, Accrual> commissions_;
  Keys disturbed_;
  std::vector<const PartnerDealStanding*> behind_;  // In their order.
};

// As one deal of a command that does other things too. Errors: those of DealAccruals::add().
core::Result<> accrue_deal(const Context& context, Effects& effects, const RecordPartnerDeal& deal);

// True if law, or the rules by which the manager was decided on, forbid that he gets anything by
// this client's deals.
// Source: 2014/65/EU Art. 24(8) and its like in the UK and Australia: a portfolio manager keeps no
//         third-party benefits; docs/decisions/0046-limits-handed-on.md.
bool barred(const Context& context, const core::PartyId& partner, const RecordPartnerDeal& deal);

}  // namespace engine::partners
