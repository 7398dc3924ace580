#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/codec_containers.h"
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

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "decided", self.decided);
    field(2, "recorded_at", self.recorded_at);
    field(3, "seq", self.seq);
    field(4, "appealed", self.appealed);
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
  }
};

// The last days of a mandate that has some.
struct MandateEnds {
  std::uint64_t seq = 0;  // Of its acceptance.
  std::optional<core::Date> mandate;
  std::optional<core::Date> suitability;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "seq", self.seq);
    field(2, "mandate", self.mandate);
    field(3, "suitability", self.suitability);
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

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "screened", self.screened);
    field(2, "released", self.released);
    field(3, "recorded_at", self.recorded_at);
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

// Nothing in it is overwritten: what was known at an earlier time is found by `recorded_at`.
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
  std::vector<LogBreach> breaches;
  // Days of the last alert, by the record that ends and the day on which.
  std::map<std::uint64_t, std::map<core::Date, std::uint64_t>> alerted;
  // Of the mandates that count now, those with a last day.
  std::map<core::StructureId, std::map<core::PartyId, MandateEnds>> mandate_ends;
  // Of mandates whose last day was past before the client signed again, oldest first.
  std::map<core::StructureId, std::map<core::PartyId, std::vector<MandateGap>>> mandate_gaps;
  std::set<std::uint64_t> rechecks;         // Evidence whose next asking was said to be due.
  std::map<std::string, core::Hash> lists;  // The newest version of each list.
  std::map<core::PartyId, std::map<std::string, HeldScreening>> screenings;  // By list.

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
  }
};

}  // namespace engine
