#include "gateway/service/retention.h"

#include "core/fields.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/service/determinism.h"

namespace gateway::cli {
namespace {

core::Result<core::json::Value> ask(const RetentionArguments& arguments) {
  const service::Folder folder{arguments.data};
  TRY(const auto book, service::ReadOnlyBook::open(folder));
  core::SystemClock clock;
  TRY(const core::Instant now, service::moment_of_day(*book, clock, arguments.on));
  if (arguments.subject.empty()) return service::query_retention(*book, now);
  TRY(const auto store,
      refs::ReferenceStore::open(folder.references(), service::reference_mint(std::nullopt)));
  refs::KnownReferences references(store);
  auto subject = core::Codec<core::PartyId>::from_json(arguments.subject, &references);
  if (!subject) return std::move(subject.error()).within("--subject");
  return service::query_subject_retention(*book, subject.value().bytes, now);
}

}  // namespace

int run_retention(const RetentionArguments& arguments) {
  const auto shown = ask(arguments);
  int code = 0;
  if (failed(shown, code)) return code;
  print(core::json::print_pretty(shown.value()));
  return 0;
}

}  // namespace gateway::cli
