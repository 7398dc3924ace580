#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/codec_containers.h"
#include "core/ids.h"
#include "engine/partner_terms.h"
#include "engine/payout_records.h"

// What the engine knows of partners' programmes, trees and earnings (engine/state.h). `Accrual` is
// 10^-18 of a currency's unit, or of a lot.
namespace engine {

using Accrual = core::Minor;

struct ProgrammeVersion {
  core::Instant from;
  ProgrammeTerms terms;
  std::uint64_t version = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "from", self.from);
    field(2, "terms", self.terms);
    field(3, "version", self.version);
  }
};

struct Programme {
  std::string currency;
  std::vector<ProgrammeVersion> versions;  // In order; each begins after the one before.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "currency", self.currency);
    field(2, "versions", self.versions);
  }
};

struct Assignment {
  core::Instant from;
  ProgrammeId programme;
  core::Decimal share;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "from", self.from);
    field(2, "programme", self.programme);
    field(3, "share", self.share);
  }
};

struct ParentLink {
  core::Instant from;
  std::optional<core::PartyId> parent;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "from", self.from);
    field(2, "parent", self.parent);
  }
};

// Where a partner stands. Lists are in order of `from`.
struct PartnerPlace {
  std::vector<Assignment> assignments;
  std::vector<ParentLink> parents;
  std::optional<core::Date> evaluated_to;  // The end of the last window that set his share.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "assignments", self.assignments);
    field(2, "parents", self.parents);
    field(3, "evaluated_to", self.evaluated_to);
  }
};

struct Attribution {
  core::Instant from;
  core::PartyId partner;
  bool self = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "from", self.from);
    field(2, "partner", self.partner);
    field(3, "self", self.self);
  }
};

// A rule's row in a month, for topping up whole tiers.
struct RowSum {
  Accrual quantity = 0;
  Accrual paid = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "quantity", self.quantity);
    field(2, "paid", self.paid);
  }
};

// A partner's month under a programme.
struct VolumeWindow {
  Accrual lots = 0;
  // Of the deals that can be topped up: the broker's revenue, and what all partners had of it.
  Accrual revenue = 0;
  Accrual lines = 0;
  Accrual topped = 0;                             // Of the rows, by top-ups.
  std::map<std::string, RowSum> rows;             // By "version/rule/row".
  std::map<core::PartyId, Accrual> topped_lines;  // What of `topped` went to whom.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "lots", self.lots);
    field(2, "revenue", self.revenue);
    field(3, "lines", self.lines);
    field(4, "topped", self.topped);
    field(5, "rows", self.rows);
    field(6, "topped_lines", self.topped_lines);
  }
};

struct HedgeSums {
  Accrual bought = 0;
  Accrual sold = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "bought", self.bought);
    field(2, "sold", self.sold);
  }
};

// A client's day, by who brought him.
struct ClientDay {
  Accrual notional = 0;
  Accrual commission = 0;  // Of all partners in the tree,
  Accrual own = 0;         // and of it his who brought the client, for himself.
  Accrual held = 0;        // Of `own`: by checks of churn, released since or not.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "notional", self.notional);
    field(2, "commission", self.commission);
    field(3, "own", self.own);
    field(4, "held", self.held);
  }
};

struct RowPaid {
  std::uint64_t rule = 0;
  std::uint64_t row = 0;
  Accrual quantity = 0;
  Accrual paid = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rule", self.rule);
    field(2, "row", self.row);
    field(3, "quantity", self.quantity);
    field(4, "paid", self.paid);
  }
};

struct StandingLine {
  core::PartyId partner;
  std::string currency;
  Accrual amount = 0;
  std::uint64_t level = 0;
  bool routed = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "currency", self.currency);
    field(3, "amount", self.amount);
    field(4, "level", self.level);
    field(5, "routed", self.routed);
  }
};

struct StandingLeg {
  core::PartyId partner;
  ProgrammeId programme;
  std::uint64_t version = 0;
  std::string currency;
  Accrual lots = 0;
  Accrual notional = 0;
  Accrual revenue = 0;
  std::vector<RowPaid> rows;
  std::vector<StandingLine> lines;
  std::vector<core::PartyId> chain;  // All whose place it rests on, paid or not.
  bool tops_up = false;              // Its month may be topped up for it.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "programme", self.programme);
    field(3, "version", self.version);
    field(4, "currency", self.currency);
    field(5, "lots", self.lots);
    field(6, "notional", self.notional);
    field(7, "revenue", self.revenue);
    field(8, "rows", self.rows);
    field(9, "lines", self.lines);
    field(10, "chain", self.chain);
    field(11, "tops_up", self.tops_up);
  }
};

// A deal, for taking it back.
struct PartnerDealStanding {
  core::PartyId client;
  std::string symbol;
  std::optional<std::string> hedge_group;
  bool sell = false;
  std::uint64_t month = 0;
  core::Instant attributed_at;
  core::Date closed_on;
  Accrual lots = 0;    // As traded.
  Accrual hedged = 0;  // What it added to its side.
  std::vector<StandingLeg> legs;
  bool reversed = false;
  std::uint64_t seq = 0;    // Of its record.
  std::uint64_t place = 0;  // Of its first record: where it stands among the others.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "client", self.client);
    field(2, "symbol", self.symbol);
    field(3, "hedge_group", self.hedge_group);
    field(4, "sell", self.sell);
    field(5, "month", self.month);
    field(6, "attributed_at", self.attributed_at);
    field(7, "closed_on", self.closed_on);
    field(8, "lots", self.lots);
    field(9, "hedged", self.hedged);
    field(10, "legs", self.legs);
    field(11, "reversed", self.reversed);
    field(12, "seq", self.seq);
    field(13, "place", self.place);
  }
};

struct ServerDay {
  std::uint64_t deals = 0;
  Accrual lots = 0;
  std::uint64_t without_lines = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "deals", self.deals);
    field(2, "lots", self.lots);
    field(3, "without_lines", self.without_lines);
  }
};

// A partner's earnings in one currency: by lines, and by shares of fees. posted = what accrued less
// what moved on, floored; the states are balances.
struct Earnings {
  Accrual exact = 0;
  core::Minor posted = 0;  // Into accrued, in all.
  core::Minor held = 0;
  core::Minor approved = 0;
  core::Minor payable = 0;
  core::Minor paid = 0;                    // Net of what was reclaimed.
  core::Minor owed = 0;                    // To the house.
  std::map<core::Date, core::Minor> days;  // What accrued on a day that is not approved yet.
  Accrual matured = 0;                     // Of all days before those.
  std::optional<core::Date> paid_on;       // Day of the last batch that he was in.
  Accrual revenue_carried = 0;             // Not above zero.
  Accrual acquisition_unpaid = 0;          // That revenue shares repay.
  std::optional<core::Date> revenue_until;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "exact", self.exact);
    field(2, "posted", self.posted);
    field(3, "held", self.held);
    field(4, "approved", self.approved);
    field(5, "payable", self.payable);
    field(6, "paid", self.paid);
    field(7, "owed", self.owed);
    field(8, "days", self.days);
    field(9, "matured", self.matured);
    field(10, "paid_on", self.paid_on);
    field(11, "revenue_carried", self.revenue_carried);
    field(12, "acquisition_unpaid", self.acquisition_unpaid);
    field(13, "revenue_until", self.revenue_until);
  }
};

// What a client is due of a manager's rebates.
struct RoutedRebate {
  Accrual exact = 0;
  core::Minor posted = 0;
  core::Minor passed = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "exact", self.exact);
    field(2, "posted", self.posted);
    field(3, "passed", self.passed);
  }
};

struct BatchStanding {
  std::string currency;
  bool paid = false;
  std::map<core::PartyId, core::Minor> lines;
  std::map<core::PartyId, core::Minor> kept;  // Of the lines: taken back since, and not paid.
  std::map<core::PartyId, PayoutCarried> left_out = {};  // Who has no line, and why.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "currency", self.currency);
    field(2, "paid", self.paid);
    field(3, "lines", self.lines);
    field(4, "kept", self.kept);
    field(5, "left_out", self.left_out);
  }
};

struct PartnerBook {
  std::map<ProgrammeId, Programme> programmes;
  std::map<core::PartyId, PartnerPlace> places;
  std::map<core::PartyId, std::vector<Attribution>> clients;
  std::map<std::string, PartnerDealStanding> deals;                   // By "server/ticket".
  std::map<core::PartyId, std::map<std::string, Earnings>> earnings;  // By currency.
  std::map<core::PartyId, std::map<core::PartyId, std::map<std::string, RoutedRebate>>>
      routed;  // By manager, client, currency.
  std::map<core::PartyId, std::map<ProgrammeId, std::map<std::uint64_t, VolumeWindow>>>
      windows;                                                       // By month.
  std::map<core::PartyId, std::map<std::string, HedgeSums>> hedges;  // By "symbol/group".
  std::map<core::PartyId, std::map<core::PartyId, std::map<core::Date, ClientDay>>>
      client_days;                                // By client, partner.
  std::map<core::PartyId, core::Minor> acquired;  // What was paid for a client.
  std::map<std::string, std::map<core::Date, ServerDay>> servers;
  std::set<std::string> breaks;  // Open: "server/from/to".
  std::map<BatchId, BatchStanding> batches;
  std::map<core::PartyId, core::Instant> latest;  // Of the deals that pay a partner.
  // Hedge groups of positions in groups and copies that were open beside one of the other side.
  std::map<core::AccountId, std::map<std::string, std::string>> hedge_groups;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "programmes", self.programmes);
    field(2, "places", self.places);
    field(3, "clients", self.clients);
    field(4, "deals", self.deals);
    field(5, "earnings", self.earnings);
    field(6, "routed", self.routed);
    field(7, "windows", self.windows);
    field(8, "hedges", self.hedges);
    field(9, "client_days", self.client_days);
    field(10, "acquired", self.acquired);
    field(11, "servers", self.servers);
    field(12, "breaks", self.breaks);
    field(13, "batches", self.batches);
    field(14, "latest", self.latest);
    field(15, "hedge_groups", self.hedge_groups);
  }
};

}  // namespace engine
