// The gate with many managers: deciding, what each order asks, and what a tick costs.

#include "gateway/service/gate.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/files.h"
#include "core/sha256.h"
#include "engine/effects.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/cases.h"
#include "engine/gate/decision.h"
#include "engine/gate/pack.h"
#include "engine/gate/queue.h"
#include "engine/gate_state.h"
#include "gateway/bench/benchmarks.h"
#include "gateway/bench/figures.h"
#include "ledger/journal/past_of_books.h"

namespace gateway::bench {
namespace {

namespace gate = engine::gate;

constexpr std::uint64_t kFewestManagers = 1'000;
constexpr std::uint64_t kGateSizes = 2;  // The second is ten times as large.
constexpr std::size_t kPackBytesMax = std::size_t{4} << 20;
constexpr std::uint64_t kIdleTicks = 10'000;
constexpr std::int64_t kMicrosPerDay = 86'400'000'000;
constexpr std::int32_t kPapersGood = 200;  // Days: their first alert is long after the decisions.
constexpr std::string_view kCell = "UK_FCA.MAM.PROFESSIONAL";

core::PartyId manager_of(std::uint64_t number) {
  core::PartyId id;
  for (std::size_t i = 0; i < 8; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>((number * 0x9e3779b97f4a7c15u) >> (8 * i));
    id.bytes[8 + i] = static_cast<std::uint8_t>(number >> (8 * i));
  }
  return id;
}

// What a requirement asks for, by the first way it names.
std::vector<engine::FactNeed> needs_of(const engine::RulePack& pack, const std::string& name) {
  const engine::Requirement& requirement = gate::find_requirement(pack, name);
  if (requirement.need) return {*requirement.need};
  if (!requirement.any_of.empty()) return needs_of(pack, requirement.any_of.front());
  std::vector<engine::FactNeed> out;
  for (const std::string& part : requirement.all_of) {
    for (engine::FactNeed& need : needs_of(pack, part)) out.push_back(std::move(need));
  }
  return out;
}

engine::Fact fact_that_meets(const engine::FactNeed& need) {
  engine::Fact fact;
  fact.name = need.fact;
  for (const engine::FactCondition& condition : need.where) {
    if (condition.op == engine::FactOperator::Is) {
      fact.values.push_back({condition.key, condition.values.front()});
    }
    if (condition.op == engine::FactOperator::Residence) {
      fact.values.push_back({condition.key, "GB"});
    }
    for (const engine::InstrumentValues& one : condition.by_instrument) {
      fact.values.push_back({condition.key, one.values.front()});
    }
  }
  return fact;
}

// A book's state in which every manager applied, has what his cell asks for, and was allowed.
class ManagedBook {
 public:
  ManagedBook(engine::RulePack pack, std::uint64_t managers) {
    pack_ = std::move(pack);
    now_ = core::Instant{core::utc_midnight(pack_.from).micros + kMicrosPerDay};
    state_.genesis.profile = "fca";
    const core::Hash hash = gate::hash_of(pack_);
    apply(engine::RulePackAdopted{hash, pack_});
    const core::Date signed_until{core::utc_date(now_).days + 3 * kPapersGood};
    apply(engine::CellSignedOff{{hash, std::string(kCell), {}, {}, signed_until, false}});
    const engine::RuleCell& cell = *std::ranges::find(pack_.cells, kCell, &engine::RuleCell::id);
    bring({}, needs_of(pack_, cell.broker_requires));
    for (std::uint64_t i = 1; i <= managers; ++i) admit(manager_of(i), cell);
  }

  engine::Context context() const { return {state_, books_, now_, now_, past_}; }
  const engine::State& state() const { return state_; }
  core::Instant now() const { return now_; }
  void pass_days(std::int64_t days) { now_.micros += days * kMicrosPerDay; }

  engine::GateQuestion question(const core::PartyId& manager) const {
    engine::GateQuestion out;
    out.manager = manager;
    out.model = engine::GateModel::Mam;
    out.categories = {engine::ClientCategory::Professional};
    out.residences = {"GB"};
    out.instruments = {engine::GateInstrument::Cfd, engine::GateInstrument::FxRollingSpot};
    return out;
  }
  engine::AuthorisationDecided decide(const core::PartyId& manager) const {
    const engine::GateQuestion asked = question(manager);
    const gate::Known known = gate::known_of(state_, manager, now_, now_);
    engine::AuthorisationDecided decided;
    decided.decision.bytes = manager.bytes;
    decided.question = asked;
    decided.answer = gate::answer(known, asked, now_);
    return decided;
  }

 private:
  template <class Body>
  void apply(const Body& body) {
    ledger::RecordView record{};
    record.seq = ++seq_;
    record.recorded_at = now_;
    gate::apply(state_, body, record);
  }

  void admit(const core::PartyId& manager, const engine::RuleCell& cell) {
    state_.managers[manager] = {manager, "GB"};
    engine::OpenCase opened;
    opened.onboarding.bytes = manager.bytes;
    opened.question = question(manager);
    apply(engine::CaseOpened{opened});
    bring(manager, needs_of(pack_, cell.manager_requires));
    std::vector<engine::FactNeed> papers;
    for (const engine::Paper* paper : gate::papers_of(pack_, cell)) {
      if (paper->per_client) continue;
      papers.push_back(
          {"gate.paper", {}, {{"code", engine::FactOperator::Is, {paper->code}, {}}}, {}});
    }
    bring(manager, papers);
    apply(decide(manager));
    state_.gate->live.insert(gate::digest_of(question(manager)));
  }

  // Each as evidence of its own, as most of it comes.
  void bring(const std::optional<core::PartyId>& party,
             const std::vector<engine::FactNeed>& needs) {
    for (const engine::FactNeed& need : needs) {
      const std::string source = need.fact.substr(0, need.fact.find('.'));
      engine::EvidenceRecorded body;
      body.party = party;
      body.captured = source != "fca";
      body.evidence.source = body.captured ? "case" : source;
      body.evidence.reference = std::to_string(seq_);
      body.evidence.documents = {core::Hash{}};
      body.evidence.answered_at = now_;
      body.evidence.parser = "bench";
      body.evidence.facts = {fact_that_meets(need)};
      if (body.captured)
        body.evidence.expires = core::Date{core::utc_date(now_).days + kPapersGood};
      apply(body);
    }
  }

  engine::RulePack pack_;
  core::Instant now_;
  std::uint64_t seq_ = 0;
  engine::State state_;
  ledger::journal::Books books_;
  ledger::invariants::SubjectsConsecutive subjects_;
  mutable ledger::journal::PastOfBooks past_{books_, subjects_};
};

// Beside the bytes and the digests of the same records: no decision is recorded with less.
void measure_decisions(const ManagedBook& book, std::uint64_t managers, Line& line) {
  std::vector<engine::AuthorisationDecided> decided;
  const Stopwatch deciding;
  for (std::uint64_t i = 1; i <= managers; ++i) decided.push_back(book.decide(manager_of(i)));
  const std::uint64_t deciding_us = deciding.micros();
  std::uint8_t digests = 0;
  const Stopwatch bare;
  for (const engine::AuthorisationDecided& one : decided) {
    digests ^= core::sha256(core::to_cbor(one)).bytes[0];
  }
  const std::uint64_t bare_us = bare.micros();
  const auto allowed = std::ranges::count(decided, engine::Verdict::Allow,
                                          [](const auto& one) { return one.answer.verdict; });
  line.add("allowed", static_cast<std::uint64_t>(allowed))
      .add_beside_raw("decisions_per_second", per_second(managers, deciding_us),
                      per_second(managers, bare_us))
      .add("digests", digests);  // So that they are not left out.
}

core::Result<> measure_orders(const ManagedBook& book, std::uint64_t managers, Line& line) {
  const Stopwatch asking;
  for (std::uint64_t i = 1; i <= managers; ++i) {
    TRY(gate::authorisation(book.context(), manager_of(i), engine::GateModel::Mam,
                            engine::Jurisdiction::Fca));
  }
  line.add("ns_per_order", asking.nanos() / managers);
  return core::ok();
}

// On a day on which nothing is due, and on the one on which every paper ends in a month.
core::Result<> measure_ticks(ManagedBook& book, Line& line) {
  std::uint64_t due = 0;
  const Stopwatch idle;
  for (std::uint64_t i = 0; i < kIdleTicks; ++i) {
    due += gate::has_expired(book.state(), book.now()) ? 1u : 0u;
  }
  line.add("ns_per_idle_tick", idle.nanos() / kIdleTicks).add("idle_due", due);
  book.pass_days(kPapersGood - 30);
  engine::Effects effects(book.now());
  const Stopwatch ticking;
  gate::expire(book.context(), effects);
  const std::uint64_t ticking_us = ticking.micros();
  const auto drafts = effects.take();
  line.add("busy_tick_us", ticking_us).add("alerts", drafts.size());
  return core::ok();
}

core::Result<> measure_gate(const engine::RulePack& pack, std::uint64_t managers,
                            const Options& options) {
  ManagedBook book(pack, managers);
  Line line("gate");
  line.add("managers", managers);
  measure_decisions(book, managers, line);
  TRY(measure_orders(book, managers, line));
  const Stopwatch listing;
  const std::uint64_t cases = gate::queue(book.state(), book.now()).size();
  line.add("queue_ms", listing.micros() / 1000).add("cases", cases);
  TRY(measure_ticks(book, line));
  options.print(line.text());
  return core::ok();
}

}  // namespace

core::Result<> bench_gate(const Options& options) {
  if (options.file.empty()) {
    return core::invalid("missing_field", "FILE", "Name the rule pack's file to decide by.");
  }
  TRY(const std::string text, core::read_file(options.file, kPackBytesMax));
  TRY(const engine::RulePack pack, service::read_rule_pack(text));
  if (std::ranges::find(pack.cells, kCell, &engine::RuleCell::id) == pack.cells.end()) {
    return core::not_found("unknown_cell", "FILE",
                           "The pack has no cell " + std::string(kCell) + " to measure with.");
  }
  std::uint64_t managers = kFewestManagers;
  for (std::uint64_t i = 0; i < kGateSizes; ++i, managers *= 10) {
    TRY(measure_gate(pack, managers, options));
  }
  return core::ok();
}

}  // namespace gateway::bench
