#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "core/time.h"
#include "engine/choices.h"
#include "engine/gate_choices.h"

// A rule pack: what an authority asks of a manager and a broker, as data with dates and sources.
// Who may adopt one and what is checked: engine/gate/pack.h. Format: docs/formats/rule-pack.md.
namespace engine {

// Where a rule can be read, and when we last looked.
struct RuleSource {
  std::string id;
  std::string citation;
  core::Date checked;
  bool uncertain = false;  // Not read in the authority's own words.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "id", self.id);
    field(2, "citation", self.citation);
    field(3, "checked", self.checked);
    field(4, "uncertain", self.uncertain);
  }
};

// What cells say more than once: a question for counsel, a thing to look out for.
struct RuleNote {
  std::string id;
  std::string text;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "id", self.id);
    field(2, "text", self.text);
  }
};

// A place with rules of its own, and what it calls the engine's categories of clients.
struct RuleJurisdiction {
  std::string code;
  // ISO 3166. Empty: where a broker or a manager sits that no other jurisdiction names; never where
  // a client lives.
  std::vector<std::string> countries;
  std::optional<std::string> profile;  // Of the books whose broker stands under it.
  std::string retail;
  std::string professional;
  std::string eligible_counterparty;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "code", self.code);
    field(2, "countries", self.countries);
    field(3, "profile", self.profile);
    field(4, "retail", self.retail);
    field(5, "professional", self.professional);
    field(6, "eligible_counterparty", self.eligible_counterparty);
  }
};

// How old an answer of a source may be.
struct SourceAge {
  std::string source;
  std::uint64_t days_max = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "source", self.source);
    field(2, "days_max", self.days_max);
  }
};

struct InstrumentValues {
  GateInstrument instrument = GateInstrument::Cfd;
  std::vector<std::string> values;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "instrument", self.instrument);
    field(2, "values", self.values);
  }
};

struct FactCondition {
  std::string key;
  FactOperator op = FactOperator::Is;
  std::vector<std::string> values;              // Is: any of them. Lacks: words.
  std::vector<InstrumentValues> by_instrument;  // Each.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "key", self.key);
    field(2, "operator", self.op);
    field(3, "values", self.values);
    field(4, "by_instrument", self.by_instrument);
  }
};

// What a person's word was about: all facts of that name that the party's registers say, or those
// of them which have a value of a key.
struct ReviewedFact {
  std::string fact;
  std::optional<std::string> key;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "fact", self.fact);
    field(2, "key", self.key);
  }
};

// A fact that there must be.
struct FactNeed {
  std::string fact;
  std::optional<Holder> holder;  // Absent: own.
  std::vector<FactCondition> where;
  std::optional<std::uint64_t> days_max;           // Younger than the source's own limit.
  std::vector<ReviewedFact> unchanged_since = {};  // It counts while these are as they were then.
  bool no_end_date = false;                        // One that is to end counts no more.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "fact", self.fact);
    field(2, "holder", self.holder);
    field(3, "where", self.where);
    field(4, "days_max", self.days_max);
    field(5, "unchanged_since", self.unchanged_since);
    field(6, "no_end_date", self.no_end_date);
  }
};

// Exactly one of the three stands in it. Names are of requirements before it, so that none needs
// itself; how far that may go: kRequirementDepthMax.
struct Requirement {
  std::string name;
  std::vector<std::string> all_of;
  std::vector<std::string> any_of;
  std::optional<FactNeed> need;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "name", self.name);
    field(2, "all_of", self.all_of);
    field(3, "any_of", self.any_of);
    field(4, "need", self.need);
  }
};

// A document or an assessment that cells ask for.
struct Paper {
  std::string code;
  PaperKind kind = PaperKind::Document;
  std::string owner;  // Who brings it: manager, broker, counsel, client.
  std::uint64_t due_days = 0;
  bool per_client = false;  // Handed on: each client's own.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "code", self.code);
    field(2, "kind", self.kind);
    field(3, "owner", self.owner);
    field(4, "due_days", self.due_days);
    field(5, "per_client", self.per_client);
  }
};

struct PaperGroup {
  std::string name;
  std::vector<std::string> papers;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "name", self.name);
    field(2, "papers", self.papers);
  }
};

// What must not be, whatever licences there are. Any of the facts is enough; the fact
// "gate.forbidden" with the code, which people record, always is. With `unless` the facts count only
// while that need is not met.
struct ForbiddenRule {
  std::string code;
  std::string why;
  bool everywhere = false;         // Else in the cells that name it.
  std::vector<GateModel> models;   // Empty: in all.
  std::optional<Verdict> verdict;  // Absent: block.
  std::vector<FactNeed> facts;     // Of the manager, if no holder is named.
  std::optional<FactNeed> unless = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "code", self.code);
    field(2, "why", self.why);
    field(3, "everywhere", self.everywhere);
    field(4, "models", self.models);
    field(5, "verdict", self.verdict);
    field(6, "facts", self.facts);
    field(7, "unless", self.unless);
  }
};

struct LeverageMax {
  std::string asset;
  std::uint64_t times = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "asset", self.asset);
    field(2, "times", self.times);
  }
};

// What the product may be. Handed on with the decision.
struct ProductLimits {
  std::string name;
  std::vector<LeverageMax> leverage_max;
  std::optional<std::uint64_t> margin_closeout_percent;
  bool negative_balance_protection = false;
  bool inducements_banned = false;
  bool loss_warning = false;
  bool crypto_derivatives_banned = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "name", self.name);
    field(2, "leverage_max", self.leverage_max);
    field(3, "margin_closeout_percent", self.margin_closeout_percent);
    field(4, "negative_balance_protection", self.negative_balance_protection);
    field(5, "inducements_banned", self.inducements_banned);
    field(6, "loss_warning", self.loss_warning);
    field(7, "crypto_derivatives_banned", self.crypto_derivatives_banned);
  }
};

// A day on which a rule begins, ends or is to be looked at. From that day the cells it names come
// to its verdict at best.
struct TimeRule {
  std::string id;
  std::string effect;
  std::optional<core::Date> from;
  std::optional<core::Date> until;     // The last day.
  std::optional<std::string> pending;  // What it waits for; it has no day yet.
  std::optional<Verdict> verdict;
  std::optional<std::string> jurisdiction;
  std::vector<GateModel> models;
  std::vector<std::string> categories;
  std::optional<core::Date> alert_from = {};  // When people are told; absent: as of all that ends.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "id", self.id);
    field(2, "effect", self.effect);
    field(3, "from", self.from);
    field(4, "until", self.until);
    field(5, "pending", self.pending);
    field(6, "verdict", self.verdict);
    field(7, "jurisdiction", self.jurisdiction);
    field(8, "models", self.models);
    field(9, "categories", self.categories);
    field(10, "alert_from", self.alert_from);
  }
};

// What is known of an offshore authority's licences.
struct OffshoreRegime {
  std::string code;
  std::string country;
  std::string statute;
  std::vector<std::string> discretionary;  // Classes that name it.
  std::optional<std::string> pooled;
  std::string source;
  std::string confidence;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "code", self.code);
    field(2, "country", self.country);
    field(3, "statute", self.statute);
    field(4, "discretionary", self.discretionary);
    field(5, "pooled", self.pooled);
    field(6, "source", self.source);
    field(7, "confidence", self.confidence);
  }
};

// One place of the matrix: a jurisdiction, a model, a category of clients.
struct RuleCell {
  std::string id;
  std::string jurisdiction;
  GateModel model = GateModel::PammPooled;
  std::string category;
  std::optional<core::Date> from;   // Absent: as the pack.
  std::optional<core::Date> until;  // The last day.
  CellVerdict verdict = CellVerdict::Counsel;
  std::string manager_requires;  // Names of requirements.
  std::string broker_requires;
  std::vector<std::string> forbidden;
  std::vector<std::string> papers;   // Names of groups or codes.
  std::vector<std::string> sources;  // At least one.
  std::string confidence;
  std::vector<std::string> questions;  // For counsel: notes.
  std::optional<std::string> limits;
  std::vector<std::string> alerts;  // Notes.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "id", self.id);
    field(2, "jurisdiction", self.jurisdiction);
    field(3, "model", self.model);
    field(4, "category", self.category);
    field(5, "from", self.from);
    field(6, "until", self.until);
    field(7, "verdict", self.verdict);
    field(8, "manager_requires", self.manager_requires);
    field(9, "broker_requires", self.broker_requires);
    field(10, "forbidden", self.forbidden);
    field(11, "papers", self.papers);
    field(12, "sources", self.sources);
    field(13, "confidence", self.confidence);
    field(14, "questions", self.questions);
    field(15, "limits", self.limits);
    field(16, "alerts", self.alerts);
  }
};

struct RulePack {
  std::string name;
  std::uint64_t version = 0;
  core::Date from;                  // The first day.
  std::optional<core::Date> until;  // The last day.
  std::string status;               // What counsel said of it, in a sentence.
  std::vector<RuleSource> sources;
  std::vector<RuleJurisdiction> jurisdictions;
  std::vector<std::string> blocked_countries;  // Clients there, and persons of there.
  std::vector<SourceAge> ages;
  std::vector<Requirement> requirements;
  std::vector<Paper> papers;
  std::vector<PaperGroup> paper_groups;
  std::vector<ForbiddenRule> forbidden;
  std::vector<ProductLimits> limits;
  std::vector<TimeRule> time_rules;
  std::vector<OffshoreRegime> regimes;
  std::vector<RuleCell> cells;
  std::vector<RuleNote> notes;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "name", self.name);
    field(2, "version", self.version);
    field(3, "from", self.from);
    field(4, "until", self.until);
    field(5, "status", self.status);
    field(6, "sources", self.sources);
    field(7, "jurisdictions", self.jurisdictions);
    field(8, "blocked_countries", self.blocked_countries);
    field(9, "ages", self.ages);
    field(10, "requirements", self.requirements);
    field(11, "papers", self.papers);
    field(12, "paper_groups", self.paper_groups);
    field(13, "forbidden", self.forbidden);
    field(14, "limits", self.limits);
    field(15, "time_rules", self.time_rules);
    field(16, "regimes", self.regimes);
    field(17, "cells", self.cells);
    field(18, "notes", self.notes);
  }
};

}  // namespace engine
