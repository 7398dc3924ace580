#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/gate_commands.h"

// Records of the gate.
namespace engine {

struct RulePackAdopted {
  static constexpr std::uint64_t kKind = 280;
  static constexpr std::string_view kName = "rule_pack_adopted";

  core::Hash hash;  // SHA-256 of the pack as it is encoded here.
  RulePack pack;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "hash", self.hash);
    field(2, "pack", self.pack);
  }
};

struct CellSignedOff {
  static constexpr std::uint64_t kKind = 281;
  static constexpr std::string_view kName = "cell_signed_off";

  SignOffCell sign_off;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "sign_off", self.sign_off);
  }
};

struct CountriesExcluded {
  static constexpr std::uint64_t kKind = 282;
  static constexpr std::string_view kName = "countries_excluded";

  std::vector<std::string> countries;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "countries", self.countries);
  }
};

struct EvidenceRecorded {
  static constexpr std::uint64_t kKind = 283;
  static constexpr std::string_view kName = "evidence_recorded";

  std::optional<core::PartyId> party;
  Evidence evidence;
  bool captured = false;  // By a person, and seen by a second.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "party", self.party);
    field(2, "evidence", self.evidence);
    field(3, "captured", self.captured);
  }
};

// Why a leg comes to its verdict.
struct GateReason {
  GateLeg leg = GateLeg::Broker;
  Verdict verdict = Verdict::Refer;
  std::string reason;  // Slug: docs/architecture.md, "The gate".
  std::optional<std::string> cell;
  std::optional<std::string> fact;  // Which is missing or stands against it.
  std::string detail;
  std::vector<std::string> sources;  // Ids of the pack's.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "leg", self.leg);
    field(2, "verdict", self.verdict);
    field(3, "reason", self.reason);
    field(4, "cell", self.cell);
    field(5, "fact", self.fact);
    field(6, "detail", self.detail);
    field(7, "sources", self.sources);
  }
};

// A paper that must be there before a verdict of conditions becomes allow.
struct GateCondition {
  std::string paper;
  std::string owner;
  core::Date due;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "paper", self.paper);
    field(2, "owner", self.owner);
    field(3, "due", self.due);
  }
};

// A cell that was asked, and in which leg.
struct LegVerdict {
  GateLeg leg = GateLeg::Broker;
  std::string jurisdiction;
  std::optional<std::string> cell;
  Verdict verdict = Verdict::Refer;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "leg", self.leg);
    field(2, "jurisdiction", self.jurisdiction);
    field(3, "cell", self.cell);
    field(4, "verdict", self.verdict);
  }
};

// Evidence that a decision looked at: its record and its bodies' digests.
struct EvidenceUsed {
  std::uint64_t seq = 0;
  std::vector<core::Hash> documents;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "seq", self.seq);
    field(2, "documents", self.documents);
  }
};

// What the gate answers.
struct GateAnswer {
  Verdict verdict = Verdict::Refer;
  std::optional<core::Hash> pack;  // Absent: none was in force.
  core::Instant as_of;
  std::optional<core::Instant> valid_until;  // An allow's, if anything it rests on ends.
  std::vector<LegVerdict> legs;
  std::vector<GateReason> reasons;
  std::vector<GateCondition> conditions;
  std::vector<std::string> per_client;  // Papers that each client must have.
  std::optional<ProductLimits> limits;  // The strictest of the cells'.
  std::vector<EvidenceUsed> evidence;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "verdict", self.verdict);
    field(2, "pack", self.pack);
    field(3, "as_of", self.as_of);
    field(4, "valid_until", self.valid_until);
    field(5, "legs", self.legs);
    field(6, "reasons", self.reasons);
    field(7, "conditions", self.conditions);
    field(8, "per_client", self.per_client);
    field(9, "limits", self.limits);
    field(10, "evidence", self.evidence);
  }
};

struct AuthorisationDecided {
  static constexpr std::uint64_t kKind = 284;
  static constexpr std::string_view kName = "authorisation_decided";

  core::DecisionId decision;
  GateQuestion question;
  GateAnswer answer;
  std::optional<core::DecisionId> appeal_of;
  // Decided ahead: it counts from this day on, as of whose first moment it was answered.
  std::optional<core::Date> from = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "decision", self.decision);
    field(2, "question", self.question);
    field(3, "answer", self.answer);
    field(4, "appeal_of", self.appeal_of);
    field(5, "from", self.from);
  }
};

struct ManagerSuspended {
  static constexpr std::uint64_t kKind = 285;
  static constexpr std::string_view kName = "manager_suspended";

  core::PartyId manager;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "manager", self.manager);
  }
};

struct SuspensionLifted {
  static constexpr std::uint64_t kKind = 286;
  static constexpr std::string_view kName = "suspension_lifted";

  core::PartyId manager;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "manager", self.manager);
  }
};

struct DecisionAppealed {
  static constexpr std::uint64_t kKind = 287;
  static constexpr std::string_view kName = "decision_appealed";

  core::DecisionId decision;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "decision", self.decision);
  }
};

// From here on the client has no mandate in the structure.
struct MandateRevoked {
  static constexpr std::uint64_t kKind = 288;
  static constexpr std::string_view kName = "mandate_revoked";

  RevokeMandate revoked;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "revoked", self.revoked);
  }
};

// An application.
struct CaseOpened {
  static constexpr std::uint64_t kKind = 289;
  static constexpr std::string_view kName = "case_opened";

  OpenCase opened;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "opened", self.opened);
  }
};

// Open until it is answered.
struct InformationRequested {
  static constexpr std::uint64_t kKind = 290;
  static constexpr std::string_view kName = "information_requested";

  RequestInformation requested;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "requested", self.requested);
  }
};

// What was asked for has come.
struct InformationAnswered {
  static constexpr std::uint64_t kKind = 291;
  static constexpr std::string_view kName = "information_answered";

  AnswerInformation answered;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "answered", self.answered);
  }
};

// The manager was let begin.
struct CaseWentLive {
  static constexpr std::uint64_t kKind = 292;
  static constexpr std::string_view kName = "case_went_live";

  GoLive live;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "live", self.live);
  }
};

// The application was declined.
struct CaseDeclined {
  static constexpr std::uint64_t kKind = 293;
  static constexpr std::string_view kName = "case_declined";

  DeclineCase declined;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "declined", self.declined);
  }
};

// A line of the breach log.
struct BreachLogged {
  static constexpr std::uint64_t kKind = 294;
  static constexpr std::string_view kName = "breach_logged";

  LogBreach breach;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "breach", self.breach);
  }
};

// A line of the complaint register.
struct ComplaintRecorded {
  static constexpr std::uint64_t kKind = 295;
  static constexpr std::string_view kName = "complaint_recorded";

  RecordComplaint complaint;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "complaint", self.complaint);
  }
};

// What was answered.
struct ComplaintAnswered {
  static constexpr std::uint64_t kKind = 296;
  static constexpr std::string_view kName = "complaint_answered";

  AnswerComplaint answered;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "answered", self.answered);
  }
};

// Evidence, a signature or a mandate ends soon: recorded by a tick, once for each of 90, 60, 30 and
// 7 days.
struct ExpiryAlerted {
  static constexpr std::uint64_t kKind = 297;
  static constexpr std::string_view kName = "expiry_alerted";

  std::uint64_t seq = 0;  // Of the record that ends.
  core::Date expires;     // Its last day.
  std::uint64_t days = 0;
  // Whose evidence or mandate; absent: the firm's, or a signature.
  std::optional<core::PartyId> party = {};
  std::optional<core::StructureId> structure = {};  // Of a mandate.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "seq", self.seq);
    field(2, "expires", self.expires);
    field(3, "days", self.days);
    field(4, "party", self.party);
    field(5, "structure", self.structure);
  }
};

// A source is to be asked again, because its answer counts for this day only: recorded by a tick,
// once for each answer.
struct RecheckDue {
  static constexpr std::uint64_t kKind = 298;
  static constexpr std::string_view kName = "recheck_due";

  std::uint64_t seq = 0;  // Of the evidence.
  std::string source;
  std::string reference;
  core::Date due;
  std::optional<core::PartyId> party = {};  // Absent: the firm.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "seq", self.seq);
    field(2, "source", self.source);
    field(3, "reference", self.reference);
    field(4, "due", self.due);
    field(5, "party", self.party);
  }
};

struct ScreeningListRecorded {
  static constexpr std::uint64_t kKind = 299;
  static constexpr std::string_view kName = "screening_list_recorded";

  RecordScreeningList list;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "list", self.list);
  }
};

// It counts as evidence: the fact screening.result with the outcome.
struct ScreeningRecorded {
  static constexpr std::uint64_t kKind = 300;
  static constexpr std::string_view kName = "screening_recorded";

  RecordScreening screening;
  ScreeningOutcome outcome = ScreeningOutcome::Clear;
  std::vector<std::string> released;  // Entries that were released before and are as they were.
  // What the comparison before found or carried, nobody released, and this one with another version
  // lacks, or has as less: it counts until two people release it. By entry.
  std::vector<ScreeningCandidate> carried = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "screening", self.screening);
    field(2, "outcome", self.outcome);
    field(3, "released", self.released);
    field(4, "carried", self.carried);
  }
};

struct CandidateReleased {
  static constexpr std::uint64_t kKind = 301;
  static constexpr std::string_view kName = "candidate_released";

  ReleaseCandidate released;
  ScreeningOutcome outcome = ScreeningOutcome::Clear;  // Of the screening, from now on.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "released", self.released);
    field(2, "outcome", self.outcome);
  }
};

}  // namespace engine
