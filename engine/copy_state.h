#pragma once

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/codec_containers.h"
#include "core/ids.h"
#include "engine/copy_records.h"

// What the engine knows of copy trading (engine/state.h). Volumes in 1e-8 lots.
namespace engine {

// One fill or close of a subscription, as it stands now.
struct CopyExecution {
  std::string signal;
  std::string lineage;
  core::Minor volume = 0;
  core::Minor profit = 0;
  core::Minor swap = 0;
  core::Minor commission = 0;
  core::Hash content;
  std::uint64_t splits = 0;  // Of its position, by then.
  core::Decimal price;
  core::Instant at;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "signal", self.signal);
    field(2, "lineage", self.lineage);
    field(3, "volume", self.volume);
    field(4, "profit", self.profit);
    field(5, "swap", self.swap);
    field(6, "commission", self.commission);
    field(7, "content", self.content);
    field(8, "splits", self.splits);
    field(9, "price", self.price);
    field(10, "at", self.at);
  }
};

// A client's subscription to a manager: a trading account with copy terms.
struct CopySubscription {
  CopyTerms terms;
  std::uint64_t version = 0;  // Of the terms; 0: none yet.
  core::Minor base = 0;
  core::Minor balance = 0;  // When the base was set.
  core::Minor results = 0;  // Posted by copies since then.
  CopyStop stop = CopyStop::None;
  std::uint64_t hard_stops = 0;  // So far: each cuts all that was ordered before it.
  std::optional<core::Minor> free_margin;
  std::map<std::string, CopyExecution> fills;
  std::map<std::string, CopyExecution> closes;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "terms", self.terms);
    field(2, "version", self.version);
    field(3, "base", self.base);
    field(4, "balance", self.balance);
    field(5, "results", self.results);
    field(6, "stop", self.stop);
    field(7, "free_margin", self.free_margin);
    field(8, "fills", self.fills);
    field(9, "closes", self.closes);
    field(10, "hard_stops", self.hard_stops);
  }
};

// One order of a copy. What it may hold follows from `ordered` and the master's reductions since.
struct CopyOrder {
  core::Minor sized = 0;    // At most so much is ever filled.
  core::Minor ordered = 0;  // `sized`, less what was rejected.
  core::Minor filled = 0;
  std::uint64_t reductions = 0;  // Of the master's position, when it was ordered.
  core::Decimal lot_step;        // Of the contract by which it was sized.
  std::uint64_t splits = 0;      // Of the position, when it was ordered.
  bool over = false;             // No more fills are expected.
  bool cut = false;              // Hard stop: nothing of it is kept.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "sized", self.sized);
    field(2, "ordered", self.ordered);
    field(3, "filled", self.filled);
    field(4, "reductions", self.reductions);
    field(5, "over", self.over);
    field(6, "cut", self.cut);
    field(7, "lot_step", self.lot_step);
    field(8, "splits", self.splits);
  }
};

// How a copy came to be open: its fills since nothing of it was.
struct CopyEntry {
  core::Instant opened_at;     // The first of them.
  core::Decimal price_volume;  // Sum of price x volume, exact.
  core::Minor volume = 0;
  core::Minor commission = 0;  // Of the fills; less what went with closes.
  bool unknown = false;        // A split has changed the price, or the sum is too large.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "opened_at", self.opened_at);
    field(2, "price_volume", self.price_volume);
    field(3, "volume", self.volume);
    field(4, "commission", self.commission);
    field(5, "unknown", self.unknown);
  }
};

// A subscription's copy of one position of the master.
struct Copy {
  std::map<std::string, CopyOrder> orders;  // By signal.
  core::Minor filled = 0;                   // Sum of the orders'.
  core::Minor asked = 0;                    // To be closed, cumulative.
  core::Minor closed = 0;
  std::uint64_t hard_stops = 0;  // Of the subscription: those that its orders are cut by already.
  CopyEntry entry;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "orders", self.orders);
    field(2, "filled", self.filled);
    field(3, "asked", self.asked);
    field(4, "closed", self.closed);
    field(5, "hard_stops", self.hard_stops);
    field(6, "entry", self.entry);
  }
};

// The master's position went from one volume to a smaller one; by a split from old shares to new.
struct Reduction {
  core::Minor from = 0;
  core::Minor to = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "from", self.from);
    field(2, "to", self.to);
  }
};

struct CopyOfferKey {
  core::AccountId account;
  std::string signal;
  auto operator<=>(const CopyOfferKey&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "signal", self.signal);
  }
};

// A position of the master from its opening to its end, and all its copies.
struct CopyLineage {
  std::string position;
  std::string symbol;
  Side side = Side::Buy;
  core::Minor open = 0;  // The master's.
  core::Decimal price;   // Of its last signal.
  core::Decimal lot_step;
  core::Decimal contract_size;
  std::optional<core::Decimal> margin_rate;
  std::string currency;  // In which its results are booked.
  std::vector<Reduction> reductions;
  std::uint64_t splits = 0;
  std::map<core::AccountId, Copy> copies;
  std::set<core::AccountId> committed;  // Whose copy holds or awaits something.
  std::set<CopyOfferKey> offers;        // Open ones.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "position", self.position);
    field(2, "symbol", self.symbol);
    field(3, "side", self.side);
    field(4, "open", self.open);
    field(5, "price", self.price);
    field(6, "lot_step", self.lot_step);
    field(7, "contract_size", self.contract_size);
    field(8, "margin_rate", self.margin_rate);
    field(9, "currency", self.currency);
    field(10, "reductions", self.reductions);
    field(11, "copies", self.copies);
    field(12, "splits", self.splits);
    field(13, "committed", self.committed);
    field(14, "offers", self.offers);
  }
};

// Which positions a signal belongs to: a reversal closes one and opens another.
struct CopySignal {
  core::Hash content;
  std::optional<std::string> opens;
  std::optional<std::string> closes;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "content", self.content);
    field(2, "opens", self.opens);
    field(3, "closes", self.closes);
  }
};

// The manager's own account behind a copy structure.
struct CopyMaster {
  std::optional<MasterValued> value;
  std::map<std::string, CopySignal> signals;
  std::map<std::string, CopyLineage> lineages;   // By the signal that opened them.
  std::map<std::string, std::string> positions;  // The last lineage of each, by the platform's id.
  // Lineages of which an account holds or awaits something: few of all that there ever were.
  std::map<core::AccountId, std::set<std::string>> committed;
  // By symbol: lineages of which the master, or somebody, holds or awaits something.
  std::map<std::string, std::set<std::string>> working;
  std::map<std::string, core::Hash> events;  // Splits and adjustments, with their content.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "value", self.value);
    field(2, "signals", self.signals);
    field(3, "lineages", self.lineages);
    field(4, "positions", self.positions);
    field(5, "committed", self.committed);
    field(6, "events", self.events);
    field(7, "working", self.working);
  }
};

// A size that waits for its client.
struct CopyOffer {
  std::string lineage;
  core::Minor volume = 0;
  std::uint64_t reductions = 0;
  core::Instant expires_at;
  core::Decimal lot_step;
  core::Decimal min_lots;  // Of the contract by which it was sized.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "lineage", self.lineage);
    field(2, "volume", self.volume);
    field(3, "reductions", self.reductions);
    field(4, "expires_at", self.expires_at);
    field(5, "lot_step", self.lot_step);
    field(6, "min_lots", self.min_lots);
  }
};

struct CopyTrading {
  std::map<core::StructureId, CopyMaster> masters;
  std::map<core::AccountId, CopySubscription> subscriptions;
  std::map<CopyOfferKey, CopyOffer> offers;                  // Open ones,
  std::map<core::Instant, std::set<CopyOfferKey>> expiries;  // and when their time is over.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "masters", self.masters);
    field(2, "subscriptions", self.subscriptions);
    field(3, "offers", self.offers);
    field(4, "expiries", self.expiries);
  }
};

}  // namespace engine
