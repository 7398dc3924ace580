// explain and replay.

#include "core/files.h"
#include "core/time.h"
#include "gateway/cli/audit.h"
#include "gateway/cli/evidence_commands.h"
#include "gateway/cli/output.h"
#include "gateway/service/dispute.h"
#include "gateway/service/explanation.h"
#include "gateway/service/open_vault.h"

namespace gateway::cli {
namespace {

constexpr std::size_t kRulesBytesMax = 1u << 20;
constexpr std::int64_t kValidMicros = 30ll * 86'400 * 1'000'000;

core::Result<bool> explain(const EvidenceArguments& arguments) {
  TRY(const auto book, service::ReadOnlyBook::open({arguments.data}));
  reports::explain::Explanation explanation;
  TRY(book->read([&](const service::BookView& view) -> core::Result<> {
    TRY(explanation, service::explain_record(view, arguments.seq));
    return core::ok();
  }));
  const std::string text = arguments.json
                               ? core::json::print_pretty(reports::explain::to_json(explanation))
                               : reports::explain::to_text(explanation);
  access::Question question{"explain", query_text({{"seq", std::to_string(arguments.seq)}})};
  question.seq = arguments.seq;
  TRY(put_down(arguments.data, book.get(), question, {text, 1}));
  print(text);
  return explanation.sound();
}

core::Result<service::CorrectedTerms> read_rules(const EvidenceArguments& arguments) {
  TRY(const std::string text, core::read_file(arguments.rules, kRulesBytesMax));
  TRY(const auto vault, service::open_vault_read_only({arguments.data}));
  const refs::ReferenceStore store = vault.references({});
  refs::KnownReferences references(store);
  auto terms = service::read_rules(text, references);
  if (!terms) return std::move(terms.error()).within(arguments.rules);
  return terms;
}

// A simulated book's time is that of its records.
core::Instant valid_until(const service::BookView& view, const service::Dispute& dispute) {
  core::SystemClock clock;
  const core::Instant now = view.genesis.simulated_seed ? dispute.last_recorded_at : clock.now();
  return {now.micros + kValidMicros};
}

core::Result<> replay(const EvidenceArguments& arguments) {
  TRY(const auto terms, read_rules(arguments));
  TRY(const auto book, service::ReadOnlyBook::open({arguments.data}));
  service::Dispute dispute;
  std::string lines;
  TRY(book->read([&](const service::BookView& view) -> core::Result<> {
    TRY(dispute, service::replay_with(view.log, view.size, terms));
    for (const auto& command :
         service::correcting_commands(dispute, arguments.proposer, valid_until(view, dispute))) {
      lines += core::json::print(command) + "\n";
    }
    return core::ok();
  }));
  const std::string text =
      arguments.json ? core::json::print_pretty(to_json(dispute)) : to_text(dispute);
  access::Question question{"replay", ""};
  question.bulk = true;
  TRY(put_down(arguments.data, book.get(), question, {text, dispute.investors.size()}));
  if (!arguments.out.empty()) {
    TRY(core::write_file(arguments.out, lines, core::FileAccess::OwnerOnly));
  }
  print(text);
  return core::ok();
}

}  // namespace

int run_explain(const EvidenceArguments& arguments) {
  int code = 0;
  const auto sound = explain(arguments);
  if (failed(sound, code)) return code;
  return sound.value() ? 0 : 1;
}

int run_replay(const EvidenceArguments& arguments) {
  int code = 0;
  failed(replay(arguments), code);
  return code;
}

}  // namespace gateway::cli
