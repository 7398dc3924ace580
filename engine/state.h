#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/boxed.h"
#include "core/codec_containers.h"
#include "core/ids.h"
#include "engine/cash_commands.h"
#include "engine/client_money_state.h"
#include "engine/closing_records.h"
#include "engine/dealing_records.h"
#include "engine/governance.h"
#include "engine/investor.h"
#include "engine/join_records.h"
#include "engine/migration_records.h"
#include "engine/offer_records.h"
#include "engine/pamm_records.h"
#include "engine/report_records.h"
#include "engine/reservation_records.h"
#include "engine/retention_records.h"
#include "engine/setup_records.h"
#include "ledger/bodies.h"
#include "ledger/key_history.h"

// What the engine knows: a fold over the records. Balances are not repeated here; they are the
// books'. Every container is ordered, so that nothing depends on hashing. describe() is for saving
// it beside the book, as a cache: its numbers may change with any version
// (ledger/journal/snapshot.h).
namespace engine {

struct Offer {
  Model model = Model::Pamm;
  std::string currency;
  OfferTerms terms;
  std::uint64_t version = 1;
  std::optional<core::OfferId> supersedes = {};
  std::optional<core::OfferId> superseded_by = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "model", self.model);
    field(2, "currency", self.currency);
    field(3, "terms", self.terms);
    field(4, "version", self.version);
    field(5, "supersedes", self.supersedes);
    field(6, "superseded_by", self.superseded_by);
  }
};

// What a manager trades, whatever structure it is run in: marks and released losses belong to it,
// so they outlive epochs, exits and structures. Source: docs/accounting.md, "High-water marks".
struct Strategy {
  core::PartyId manager;
  std::string currency;
  std::map<core::PartyId, std::vector<ReleasedLoss>> released;  // Newest last.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "manager", self.manager);
    field(2, "currency", self.currency);
    field(3, "released", self.released);
  }
};

struct Request {
  core::StructureId structure;
  core::PartyId client;
  bool redemption = false;
  std::optional<core::Minor> amount;  // Absent: redeem all.
  core::Instant recorded_at;
  std::uint64_t seq = 0;
  bool approved = false;                     // By the manager.
  bool gated = false;                        // A part was paid: it comes first.
  bool transferred = false;                  // Came from another pool, with its mark.
  std::optional<core::StructureId> to = {};  // Goes to another pool.
  core::Minor mark = 0;                      // That came along, if it came from another pool.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "redemption", self.redemption);
    field(4, "amount", self.amount);
    field(5, "recorded_at", self.recorded_at);
    field(6, "seq", self.seq);
    field(7, "approved", self.approved);
    field(8, "gated", self.gated);
    field(9, "transferred", self.transferred);
    field(10, "to", self.to);
    field(11, "mark", self.mark);
  }
};

// The latest valuation of a pool.
struct Valuation {
  PoolValued value;
  std::uint64_t seq = 0;
  core::Instant effective_at;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "value", self.value);
    field(2, "seq", self.seq);
    field(3, "effective_at", self.effective_at);
  }
};

// What accrued of a structure's rebate: exact, and as posted.
struct Rebate {
  core::Minor exact = 0;  // Numerator over `denominator`.
  core::Minor denominator = 1;
  core::Minor posted = 0;  // Smallest units, cumulative.
  // Closed volume behind what is accrued and not paid: for passing it on. In 1e-8 lots.
  std::map<core::PartyId, core::Minor> volumes;  // MAM: each client's own.
  core::Minor paid = 0;                          // Of what was posted: to the manager or passed on.
  // PAMM: the pool's volume between two rollovers, during which nobody's units change; they are
  // those of record `seq`.
  struct Period {
    std::uint64_t rollovers = 0;
    std::uint64_t epoch = 1;
    std::uint64_t seq = 0;
    core::Minor volume = 0;

    template <class Self, class F>
    static void describe(Self& self, F& field) {
      field(1, "rollovers", self.rollovers);
      field(2, "epoch", self.epoch);
      field(3, "seq", self.seq);
      field(4, "volume", self.volume);
    }
  };
  std::vector<Period> periods;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "exact", self.exact);
    field(2, "denominator", self.denominator);
    field(3, "posted", self.posted);
    field(4, "volumes", self.volumes);
    field(5, "paid", self.paid);
    field(6, "periods", self.periods);
  }
};

struct Structure {
  std::uint64_t ordinal = 0;
  std::uint64_t epoch = 1;
  core::PartyId manager;
  core::OfferId offer;
  Model model = Model::Pamm;
  std::string currency;
  Jurisdiction jurisdiction = Jurisdiction::Cysec;
  std::optional<core::PartyId> manager_client;
  std::optional<std::string> server;
  std::map<core::PartyId, Investor> investors;  // PAMM: who holds or held units.
  // Who accepted the mandate, and the decision in force then.
  std::map<core::PartyId, core::DecisionId> mandates;
  std::uint64_t rollovers = 0;
  std::optional<core::Date> trade_date;  // Of the last rollover.
  std::uint64_t rollover_seq = 0;
  std::optional<Valuation> valuation;
  std::uint64_t last_deal_seq = 0;
  std::set<std::string> tickets;  // "server/ticket" of deals and balance rows.
  // Balance rows of unknown class, by ticket, with their amounts: they block crystallisation.
  std::map<std::string, core::Minor> unclassified;
  std::vector<core::AccountId> accounts;  // MAM, in order of registration.
  Rebate rebate;
  core::StrategyId strategy;  // Whose marks are used here.
  StructureStage stage = StructureStage::Open;
  std::vector<CalendarEntry> calendar;  // Not priced yet, in order.
  ExactAmount pool_mark;                // Scope pool: of one smallest part of a unit.
  core::Minor lots_traded = 0;          // Closed since the last rollover, in 1e-8 lots.
  core::Minor notional_traded = 0;      // Of both sides, in the currency's smallest units.
  std::uint64_t gated_rollovers = 0;    // In a row.
  std::set<core::OfferId> offers;       // That investors have or had here.
  core::Minor rounding = 0;             // Difference in the last valuation's own figures.
  std::set<core::PartyId> asserted;     // Imported marks that no statement confirms yet.
  bool imported = false;
  std::optional<MigrationId> migration;  // Imported: its only one.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "ordinal", self.ordinal);
    field(2, "epoch", self.epoch);
    field(3, "manager", self.manager);
    field(4, "offer", self.offer);
    field(5, "model", self.model);
    field(6, "currency", self.currency);
    field(7, "jurisdiction", self.jurisdiction);
    field(8, "manager_client", self.manager_client);
    field(9, "server", self.server);
    field(10, "investors", self.investors);
    field(11, "mandates", self.mandates);
    field(12, "rollovers", self.rollovers);
    field(13, "trade_date", self.trade_date);
    field(14, "rollover_seq", self.rollover_seq);
    field(15, "valuation", self.valuation);
    field(16, "last_deal_seq", self.last_deal_seq);
    field(17, "tickets", self.tickets);
    field(18, "unclassified", self.unclassified);
    field(19, "accounts", self.accounts);
    field(20, "rebate", self.rebate);
    field(21, "strategy", self.strategy);
    field(22, "stage", self.stage);
    field(23, "calendar", self.calendar);
    field(24, "pool_mark", self.pool_mark);
    field(25, "lots_traded", self.lots_traded);
    field(26, "notional_traded", self.notional_traded);
    field(27, "gated_rollovers", self.gated_rollovers);
    field(28, "rounding", self.rounding);
    field(29, "asserted", self.asserted);
    field(30, "offers", self.offers);
    field(50, "imported", self.imported);
    field(51, "migration", self.migration);
  }
};

// A migration until its certificate, with the rows that count so far.
struct Migration {
  BeginMigration begun;
  std::map<std::uint64_t, InvestorImported> rows;  // By the row's number in the sender's file.
  std::map<core::PartyId, std::uint64_t> row_of;
  bool certified = false;
  std::map<core::PartyId, core::Minor> marks;  // As they were taken over.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "begun", self.begun);
    field(2, "rows", self.rows);
    field(3, "row_of", self.row_of);
    field(4, "certified", self.certified);
    field(5, "marks", self.marks);
  }
};

// A link by which clients join, and how often it was followed.
struct JoinLink {
  IssueJoinLink issued;
  std::uint64_t version = 1;
  std::uint64_t uses = 0;
  bool revoked = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "issued", self.issued);
    field(2, "version", self.version);
    field(3, "uses", self.uses);
    field(4, "revoked", self.revoked);
  }
};

// A rollover that is held.
struct HeldRollover {
  core::Instant since;
  std::uint64_t hours = 0;  // After which it was last said to be overdue.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "since", self.since);
    field(2, "hours", self.hours);
  }
};

struct Instruments;    // engine/instruments_state.h
struct Trading;        // engine/trading_state.h
struct BlockOrders;    // engine/mam_state.h
struct CopyTrading;    // engine/copy_state.h
struct PartnerBook;    // engine/partner_state.h
struct ExchangeRates;  // engine/currency_state.h
struct GateBook;       // engine/gate_state.h

// The parts in boxes are declared here and stand whole in headers of their own: what changes in one
// compiles anew only who uses it. Who saves, copies or reads the whole includes
// engine/state_parts.h.
struct State {
  State();
  State(const State& other);
  State(State&& other) noexcept;
  State& operator=(const State& other);
  State& operator=(State&& other) noexcept;
  ~State();

  ledger::Genesis genesis;
  std::map<core::BankId, BankRing> banks;
  std::map<core::PartyId, RegisterClient> clients;
  std::map<core::PartyId, RegisterManager> managers;
  std::map<core::PartyId, RegisterPartner> partners;
  std::map<core::OfferId, Offer> offers;
  std::map<core::DecisionId, RecordDecision> decisions;
  std::vector<core::DecisionId> decision_order;  // As recorded.
  std::map<core::StructureId, Structure> structures;
  std::map<core::StrategyId, Strategy> strategies;
  std::map<core::StructureId, HeldRollover> held_rollovers;
  std::map<MigrationId, Migration> migrations;
  std::map<LinkId, JoinLink> join_links;
  std::map<core::RequestId, Request> requests;  // Open ones.
  std::map<core::ReportId, IssueReport> reports;
  std::map<ReservationId, ReservationMade> reservations;  // Open ones.
  ledger::KeyHistory log_keys;
  Governance governance;
  std::vector<PeriodClosed>
      periods;  // Closed ones, in order; those that were opened again are gone.
  std::map<HoldId, StandingHold> holds;
  std::vector<RetentionExtension> retention_extensions;
  std::map<core::PartyId, RelationshipEnd> relationship_ends;
  ClientMoney client_money;
  // What was wrong and the record that put it right, by sequence.
  std::map<std::uint64_t, std::uint64_t> corrections;
  // What corrections have sent to a platform since its operations were last all confirmed.
  std::map<core::StructureId, core::Minor> corrections_sent;
  core::Boxed<Instruments> instruments;
  core::Boxed<Trading> trading;
  core::Boxed<BlockOrders> blocks;
  core::Boxed<CopyTrading> copy;
  core::Boxed<PartnerBook> partner_book;
  core::Boxed<ExchangeRates> rates;
  core::Boxed<GateBook> gate;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "genesis", self.genesis);
    field(2, "banks", self.banks);
    field(3, "clients", self.clients);
    field(4, "managers", self.managers);
    field(6, "offers", self.offers);
    field(7, "decisions", self.decisions);
    field(8, "decision_order", self.decision_order);
    field(9, "structures", self.structures);
    field(10, "requests", self.requests);
    field(14, "reports", self.reports);
    field(15, "reservations", self.reservations);
    field(16, "log_keys", self.log_keys);
    field(17, "governance", self.governance);
    field(18, "periods", self.periods);
    field(36, "holds", self.holds);
    field(37, "retention_extensions", self.retention_extensions);
    field(38, "relationship_ends", self.relationship_ends);
    field(40, "client_money", self.client_money);
    field(45, "corrections", self.corrections);
    field(46, "corrections_sent", self.corrections_sent);
    field(50, "partners", self.partners);
    field(51, "migrations", self.migrations);
    field(52, "join_links", self.join_links);
    field(60, "strategies", self.strategies);
    field(61, "held_rollovers", self.held_rollovers);
    field(70, "instruments", self.instruments);
    field(71, "trading", self.trading);
    field(72, "blocks", self.blocks);
    field(73, "copy", self.copy);
    field(74, "partner_book", self.partner_book);
    field(75, "rates", self.rates);
    field(76, "gate", self.gate);
  }
};

}  // namespace engine
