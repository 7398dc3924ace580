#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "core/ids.h"
#include "engine/gate_rules.h"
#include "engine/gate_values.h"

// Commands of the gate: rules, evidence and decisions. Each is a section of docs/commands.md.
namespace engine {

// Makes a rule pack count from its first day on. Needs an approver.
struct AdoptRulePack {
  static constexpr std::string_view kType = "adopt_rule_pack";

  RulePack pack;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "pack", self.pack);
  }
};

// Counsel's word on one cell of a pack, without which it never allows. Needs an approver.
struct SignOffCell {
  static constexpr std::string_view kType = "sign_off_cell";

  core::Hash pack;
  std::string cell;
  core::PartyId counsel;   // Who signed.
  core::Hash document;     // SHA-256 of what was signed.
  core::Date valid_until;  // The last day.
  bool demo = false;       // Made up, to show how it goes.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "pack", self.pack);
    field(2, "cell", self.cell);
    field(3, "counsel", self.counsel);
    field(4, "document", self.document);
    field(5, "valid_until", self.valid_until);
    field(6, "demo", self.demo);
  }
};

// Countries whose residents the firm does not take, whatever the rules allow. The newest list
// counts. Needs an approver.
struct ExcludeCountries {
  static constexpr std::string_view kType = "exclude_countries";

  std::vector<std::string> countries;  // ISO 3166.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "countries", self.countries);
  }
};

// What a register's answer says about a manager, or about the firm itself.
struct RecordEvidence {
  static constexpr std::string_view kType = "record_evidence";

  std::optional<core::PartyId> party;  // Absent: the firm whose book this is.
  Evidence evidence;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "party", self.party);
    field(2, "evidence", self.evidence);
  }
};

// What a person read from a page or a document. Needs an approver: the second reviewer.
struct RecordCapture {
  static constexpr std::string_view kType = "record_capture";

  std::optional<core::PartyId> party;  // Absent: the firm whose book this is.
  Evidence evidence;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "party", self.party);
    field(2, "evidence", self.evidence);
  }
};

// What is asked of the gate: may he manage so, for such clients, from such places?
struct GateQuestion {
  core::PartyId manager;
  GateModel model = GateModel::PammPooled;
  std::vector<ClientCategory> categories;  // All that he is to serve; the strictest counts.
  std::vector<std::string> residences;     // ISO 3166, of those clients.
  std::vector<GateInstrument> instruments;
  // Citizenships, and countries of addresses and payments, where they are not the residence.
  std::vector<std::string> other_countries;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "manager", self.manager);
    field(2, "model", self.model);
    field(3, "categories", self.categories);
    field(4, "residences", self.residences);
    field(5, "instruments", self.instruments);
    field(6, "other_countries", self.other_countries);
  }
};

// Decides by the rules and the evidence as they stand now. Needs an approver. With `from` it
// decides ahead: by the rules of that day, on what is known now.
struct DecideAuthorisation {
  static constexpr std::string_view kType = "decide_authorisation";

  core::DecisionId decision;
  GateQuestion question;
  std::optional<core::DecisionId> appeal_of;  // The decision that was appealed against.
  std::optional<core::Date> from = {};        // The first day on which it counts.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "decision", self.decision);
    field(2, "question", self.question);
    field(3, "appeal_of", self.appeal_of);
    field(4, "from", self.from);
  }
};

// Stops what a manager opens, in all models, at once. Nothing is closed by it.
struct SuspendManager {
  static constexpr std::string_view kType = "suspend_manager";

  core::PartyId manager;
  core::Hash document;  // SHA-256 of the reasons.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "manager", self.manager);
    field(2, "document", self.document);
  }
};

// Needs an approver.
struct LiftSuspension {
  static constexpr std::string_view kType = "lift_suspension";

  core::PartyId manager;
  core::Hash document;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "manager", self.manager);
    field(2, "document", self.document);
  }
};

// The manager does not accept a decision. It stands until another is made.
struct AppealDecision {
  static constexpr std::string_view kType = "appeal_decision";

  core::DecisionId decision;
  core::Hash document;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "decision", self.decision);
    field(2, "document", self.document);
  }
};

// A client ends his mandate. Needs no decision: clients can always leave.
struct RevokeMandate {
  static constexpr std::string_view kType = "revoke_mandate";

  core::StructureId structure;
  core::PartyId client;
  core::Hash document;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "document", self.document);
  }
};

// --- Onboarding and what comes after. ---

using CaseId = core::Id<struct CaseTag>;
using ComplaintId = core::Id<struct ComplaintTag>;
using BreachId = core::Id<struct BreachTag>;

// A manager applies.
struct OpenCase {
  static constexpr std::string_view kType = "open_case";

  CaseId onboarding;
  GateQuestion question;
  core::Hash document;  // The application.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "onboarding", self.onboarding);
    field(2, "question", self.question);
    field(3, "document", self.document);
  }
};

// Somebody is asked for something. What it is in words stands outside the book.
struct RequestInformation {
  static constexpr std::string_view kType = "request_information";

  CaseId onboarding;
  std::string item;  // Such as a paper's code.
  std::string from;  // manager, broker, counsel, client.
  core::Date due;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "onboarding", self.onboarding);
    field(2, "item", self.item);
    field(3, "from", self.from);
    field(4, "due", self.due);
  }
};

struct AnswerInformation {
  static constexpr std::string_view kType = "answer_information";

  CaseId onboarding;
  std::string item;
  core::Hash document;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "onboarding", self.onboarding);
    field(2, "item", self.item);
    field(3, "document", self.document);
  }
};

// The end of a case: the manager may begin. Needs an approver.
struct GoLive {
  static constexpr std::string_view kType = "go_live";

  CaseId onboarding;
  core::DecisionId decision;  // The allow in force, on this case's question.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "onboarding", self.onboarding);
    field(2, "decision", self.decision);
  }
};

struct DeclineCase {
  static constexpr std::string_view kType = "decline_case";

  CaseId onboarding;
  core::Hash document;  // The reasons.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "onboarding", self.onboarding);
    field(2, "document", self.document);
  }
};

// A rule was broken, by the manager or by the firm about him.
struct LogBreach {
  static constexpr std::string_view kType = "log_breach";

  core::PartyId manager;
  std::string code;  // Of what is forbidden, or of one's own.
  core::Hash document;
  std::optional<core::Date> due = {};  // By when it is to be mended.
  std::optional<BreachId> breach = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "manager", self.manager);
    field(2, "code", self.code);
    field(3, "document", self.document);
    field(4, "due", self.due);
    field(5, "breach", self.breach);
  }
};

struct RecordComplaint {
  static constexpr std::string_view kType = "record_complaint";

  ComplaintId complaint;
  core::PartyId client;
  core::PartyId manager;
  core::Hash document;
  std::optional<core::Date> due = {};  // By when it is to be answered.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "complaint", self.complaint);
    field(2, "client", self.client);
    field(3, "manager", self.manager);
    field(4, "document", self.document);
    field(5, "due", self.due);
  }
};

struct AnswerComplaint {
  static constexpr std::string_view kType = "answer_complaint";

  ComplaintId complaint;
  bool upheld = false;
  core::Hash document;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "complaint", self.complaint);
    field(2, "upheld", self.upheld);
    field(3, "document", self.document);
  }
};

// --- Screening: what the lists of names say of somebody. Names stay outside the book. ---

// A new version of a list: whoever was compared with an older one is to be compared again.
struct RecordScreeningList {
  static constexpr std::string_view kType = "record_screening_list";

  std::string list;         // Such as uk, ofac, eu, un.
  core::Hash version;       // SHA-256 of the list's bytes.
  core::Date published;     // By the list itself.
  std::uint64_t names = 0;  // That were read from it.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "list", self.list);
    field(2, "version", self.version);
    field(3, "published", self.published);
    field(4, "names", self.names);
  }
};

// An entry of a list that is like the party.
struct ScreeningCandidate {
  std::string entry;        // The list's own number of it.
  core::Hash digest;        // Of the entry as it stands in the list.
  std::uint64_t score = 0;  // Thousandths.
  bool identifier = false;  // The same number: a hit whatever the names.
  bool weak = false;        // By a weak alias: a review at most.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "entry", self.entry);
    field(2, "digest", self.digest);
    field(3, "score", self.score);
    field(4, "identifier", self.identifier);
    field(5, "weak", self.weak);
  }
};

// What came of comparing a party with a list's newest version.
struct RecordScreening {
  static constexpr std::string_view kType = "record_screening";

  core::PartyId party;
  std::string list;
  core::Hash version;
  std::string matcher;                         // Name and version of what compared.
  std::vector<ScreeningCandidate> candidates;  // From 700 on, each entry once.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "party", self.party);
    field(2, "list", self.list);
    field(3, "version", self.version);
    field(4, "matcher", self.matcher);
    field(5, "candidates", self.candidates);
  }
};

// The party is not who stands in the list. Needs an approver: two people have looked.
struct ReleaseCandidate {
  static constexpr std::string_view kType = "release_candidate";

  core::PartyId party;
  std::string list;
  std::string entry;
  core::Hash document;  // The reasons.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "party", self.party);
    field(2, "list", self.list);
    field(3, "entry", self.entry);
    field(4, "document", self.document);
  }
};

}  // namespace engine
