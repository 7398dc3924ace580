#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/codec_containers.h"
#include "engine/casework_records.h"
#include "engine/gate_records.h"
#include "engine/mandate_terms.h"

// What the engine knows of rules, evidence and decisions (engine/state.h).
namespace engine {

struct AdoptedPack {
  core::Hash hash;
  RulePack pack;
  core::Instant recorded_at;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "hash", self.hash);
    field(2, "pack", self.pack);
    field(3, "recorded_at", self.recorded_at);
  }
};

struct CellSignOff {
  SignOffCell signed_off;
  core::Instant recorded_at;
  std::uint64_t seq = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "signed_off", self.signed_off);
    field(2, "recorded_at", self.recorded_at);
    field(3, "seq", self.seq);
  }
};

struct CountryList {
  std::vector<std::string> countries;
  core::Instant recorded_at;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "countries", self.countries);
    field(2, "recorded_at", self.recorded_at);
  }
};

struct HeldEvidence {
  Evidence evidence;
  bool captured = false;
  std::uint64_t seq = 0;
  core::Instant recorded_at;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "evidence", self.evidence);
    field(2, "captured", self.captured);
    field(3, "seq", self.seq);
    field(4, "recorded_at", self.recorded_at);
  }
};

struct GateDecision {
  AuthorisationDecided decided;
  core::Instant recorded_at;
  std::uint64_t seq = 0;
  bool appealed = false;
  std::optional<core::Instant> appealed_at = {};
  core::Hash question;  // digest_of() it: cases are found by it.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "decided", self.decided);
    field(2, "recorded_at", self.recorded_at);
    field(3, "seq", self.seq);
    field(4, "appealed", self.appealed);
    field(5, "appealed_at", self.appealed_at);
    field(6, "question", self.question);
  }
};

// What was found out anew about a client while his mandate went on.
struct RenewedPapers {
  RenewPapers renewed;
  core::Instant recorded_at;
  std::uint64_t seq = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "renewed", self.renewed);
    field(2, "recorded_at", self.recorded_at);
    field(3, "seq", self.seq);
  }
};

// A later version of the fee terms that he signed while his mandate went on.
struct SignedVersion {
  core::OfferId offer;
  core::Hash document;
  core::Instant recorded_at;
  std::uint64_t seq = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "offer", self.offer);
    field(2, "document", self.document);
    field(3, "recorded_at", self.recorded_at);
    field(4, "seq", self.seq);
  }
};

// One acceptance of a mandate; a client who comes back has another.
struct HeldMandate {
  core::StructureId structure;
  core::PartyId client;
  core::OfferId offer;  // The fee terms that were signed.
  core::Hash document;
  std::optional<MandateTerms> terms;
  core::Instant accepted_at;
  std::uint64_t seq = 0;
  std::optional<core::Instant> revoked_at;
  std::vector<RenewedPapers> renewed = {};        // As recorded.
  std::vector<SignedVersion> versions = {};       // As recorded.
  std::optional<core::DecisionId> decision = {};  // In force when it was accepted.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "offer", self.offer);
    field(4, "document", self.document);
    field(5, "terms", self.terms);
    field(6, "accepted_at", self.accepted_at);
    field(7, "seq", self.seq);
    field(8, "revoked_at", self.revoked_at);
    field(9, "renewed", self.renewed);
    field(10, "versions", self.versions);
    field(11, "decision", self.decision);
  }
};

// The last days of a mandate that has some, and what else of it counts later.
struct MandateEnds {
  std::uint64_t seq = 0;  // Of its acceptance.
  std::optional<core::Date> mandate;
  std::optional<core::Date> suitability;
  std::optional<std::uint64_t> leverage_max = {};  // Agreed: times.
  std::optional<SuitabilityResult> assessed = {};
  bool tax_certified = false;
  std::optional<std::uint64_t> assessed_seq = {};  // Of the record, if it is not the acceptance.
  std::vector<std::string> papers = {};  // Codes of what he was given, and the power of attorney.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "seq", self.seq);
    field(2, "mandate", self.mandate);
    field(3, "suitability", self.suitability);
    field(4, "leverage_max", self.leverage_max);
    field(5, "assessed", self.assessed);
    field(6, "tax_certified", self.tax_certified);
    field(7, "assessed_seq", self.assessed_seq);
    field(8, "papers", self.papers);
  }
};

// Days between the last one of a mandate and that on which the client signed the next.
struct MandateGap {
  core::Date from;
  core::Date to;  // Not in it.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "from", self.from);
    field(2, "to", self.to);
  }
};

// A party's newest screening against a list, and which of what it found two people released.
struct HeldScreening {
  RecordScreening screened;
  std::vector<std::string> released;  // Entries.
  core::Instant recorded_at;
  ScreeningOutcome outcome = ScreeningOutcome::Clear;  // With what was released.
  // Found in earlier versions, released by nobody, and not found in this one, or less. Once each.
  std::vector<ScreeningCandidate> carried = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "screened", self.screened);
    field(2, "released", self.released);
    field(3, "recorded_at", self.recorded_at);
    field(4, "outcome", self.outcome);
    field(5, "carried", self.carried);
  }
};

// Of what something is to be said on a day: a party's evidence (absent: the firm's), counsel's
// signatures, or a client's mandate in a structure. In the order in which it is said.
struct AgendaItem {
  std::optional<core::StructureId> structure;  // Of a mandate.
  bool signatures = false;
  std::optional<core::PartyId> party;
  auto operator<=>(const AgendaItem&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "signatures", self.signatures);
    field(3, "party", self.party);
  }
};

struct OnboardingCase {
  GateQuestion question;
  CaseStage stage = CaseStage::Applied;
  core::Instant opened_at;
  std::map<std::string, RequestInformation> requested;  // Open ones, by item.
  std::optional<core::DecisionId> decision;             // On which it went live.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "question", self.question);
    field(2, "stage", self.stage);
    field(3, "opened_at", self.opened_at);
    field(4, "requested", self.requested);
    field(5, "decision", self.decision);
  }
};

struct HeldComplaint {
  RecordComplaint recorded;
  core::Instant recorded_at;
  bool answered = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "recorded", self.recorded);
    field(2, "recorded_at", self.recorded_at);
    field(3, "answered", self.answered);
  }
};

// A line of the breach log.
struct HeldBreach {
  LogBreach logged;
  core::Instant recorded_at;
  std::optional<core::Instant> closed_at = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "logged", self.logged);
    field(2, "recorded_at", self.recorded_at);
    field(3, "closed_at", self.closed_at);
  }
};

// Nothing in it is overwritten: what was known at an earlier time is found by `recorded_at`. But of
// screenings that say the same one after the other, and on none of which anything was decided, the
// first and the newest stay (docs/decisions/0045-screenings-that-say-the-same.md).
struct GateBook {
  std::vector<AdoptedPack> packs;      // As recorded.
  std::vector<CellSignOff> sign_offs;  // As recorded.
  std::vector<CountryList> excluded;   // As recorded.
  std::vector<HeldEvidence> of_firm;
  std::map<core::PartyId, std::vector<HeldEvidence>> of_party;
  std::map<core::DecisionId, GateDecision> decisions;
  std::set<core::PartyId> suspended;
  std::vector<HeldMandate> mandates;  // As accepted.
  std::map<CaseId, OnboardingCase> cases;
  std::map<ComplaintId, HeldComplaint> complaints;
  std::map<std::uint64_t, HeldBreach> breaches;  // By the seq of their lines.
  // Days of the last alert, by the record that ends and the day on which.
  std::map<std::uint64_t, std::map<core::Date, std::uint64_t>> alerted;
  // Of the mandates that count now, those that say something that counts later.
  std::map<core::StructureId, std::map<core::PartyId, MandateEnds>> mandate_ends;
  // Of mandates whose last day was past before the client signed again, oldest first.
  std::map<core::StructureId, std::map<core::PartyId, std::vector<MandateGap>>> mandate_gaps;
  std::set<std::uint64_t> rechecks;         // Evidence whose next asking was said to be due.
  std::map<std::string, core::Hash> lists;  // The newest version of each list.
  std::map<std::string, RecordScreeningList> newest_lists;  // The same, as recorded.
  std::map<std::string, std::uint64_t> list_peaks;  // Most names since one lost half of them.
  std::map<core::PartyId, std::map<std::string, HeldScreening>> screenings;  // By list.
  // The newest decision by the rules on a manager, by model; without those made ahead.
  std::map<core::PartyId, std::map<GateModel, core::DecisionId>> by_model;
  std::map<core::PartyId, core::Instant> suspended_at;  // Of those who are suspended.
  std::set<core::PartyId> watched;  // Managers whose sources are asked again (gate/agenda.h).
  std::map<AgendaItem, core::Date> next_days;              // When something may be due next.
  std::map<core::Date, std::set<AgendaItem>> agenda;       // The same, by day.
  std::map<core::PartyId, std::uint64_t> newest_decision;  // By the rules: its record.
  // Decisions on each manager, by people and by the rules, oldest first: asked for every order.
  std::map<core::PartyId, std::vector<core::DecisionId>> decided_on;
  std::set<core::Hash> live;               // Questions whose cases went live: digest_of() them.
  std::set<core::StructureId> segregated;  // Pools over client sub-accounts.
  std::optional<std::uint64_t> wind_down_hours;         // Absent: kWindDownHours.
  std::map<core::PartyId, core::Instant> winding_down;  // Suspended managers; since when.
  // The mandates of each client in a structure, oldest first: indexes into `mandates`.
  std::map<core::StructureId, std::map<core::PartyId, std::vector<std::uint64_t>>> mandates_of;
  std::set<core::PartyId> hits;  // Of whom a hit stands unreleased: asked for each order.
  // Decisions by the rules that count from a later day on, by manager, as recorded.
  std::map<core::PartyId, std::vector<core::DecisionId>> ahead;
  std::map<BreachId, std::uint64_t> breach_lines;  // The seq of the line of a breach with an id.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "packs", self.packs);
    field(2, "sign_offs", self.sign_offs);
    field(3, "excluded", self.excluded);
    field(4, "of_firm", self.of_firm);
    field(5, "of_party", self.of_party);
    field(6, "decisions", self.decisions);
    field(7, "suspended", self.suspended);
    field(8, "mandates", self.mandates);
    field(9, "cases", self.cases);
    field(10, "complaints", self.complaints);
    field(11, "breaches", self.breaches);
    field(12, "alerted", self.alerted);
    field(13, "mandate_ends", self.mandate_ends);
    field(14, "rechecks", self.rechecks);
    field(15, "lists", self.lists);
    field(16, "screenings", self.screenings);
    field(17, "mandate_gaps", self.mandate_gaps);
    field(20, "watched", self.watched);
    field(21, "next_days", self.next_days);
    field(22, "agenda", self.agenda);
    field(23, "newest_decision", self.newest_decision);
    field(50, "by_model", self.by_model);
    field(51, "suspended_at", self.suspended_at);
    field(60, "decided_on", self.decided_on);
    field(61, "live", self.live);
    field(62, "segregated", self.segregated);
    field(63, "wind_down_hours", self.wind_down_hours);
    field(64, "winding_down", self.winding_down);
    field(70, "hits", self.hits);
    field(71, "ahead", self.ahead);
    field(72, "breach_lines", self.breach_lines);
    field(80, "mandates_of", self.mandates_of);
    field(90, "newest_lists", self.newest_lists);
    field(91, "list_peaks", self.list_peaks);
  }
};

}  // namespace engine
