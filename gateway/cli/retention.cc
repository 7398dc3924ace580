#include "gateway/service/retention.h"

#include "core/fields.h"
#include "gateway/cli/audit.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/service/open_vault.h"

namespace gateway::cli {
namespace {

core::Result<core::json::Value> ask(service::ReadOnlyBook& book, const service::Folder& folder,
                                    const RetentionArguments& arguments) {
  core::SystemClock clock;
  TRY(const core::Instant now, service::moment_of_day(book, clock, arguments.on));
  if (arguments.subject.empty()) return service::query_retention(book, now);
  TRY(const auto vault, service::open_vault_read_only(folder));
  const refs::ReferenceStore store = vault.references({});
  refs::KnownReferences references(store);
  auto subject = core::Codec<core::PartyId>::from_json(arguments.subject, &references);
  if (!subject) return std::move(subject.error()).within("--subject");
  return service::query_subject_retention(book, subject.value().bytes, now);
}

core::Result<> show(const RetentionArguments& arguments) {
  const service::Folder folder{arguments.data};
  TRY(const auto book, service::ReadOnlyBook::open(folder));
  TRY(const auto shown, ask(*book, folder, arguments));
  const std::string text = core::json::print_pretty(shown);
  const access::Question question{
      "retention", query_text({{"on", arguments.on}, {"subject", arguments.subject}})};
  TRY(put_down(arguments.data, book.get(), question, {text, access::entries_in(shown)}));
  print(text);
  return core::ok();
}

}  // namespace

int run_retention(const RetentionArguments& arguments) {
  int code = 0;
  failed(show(arguments), code);
  return code;
}

}  // namespace gateway::cli
