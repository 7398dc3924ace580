#include "gateway/cli/audit.h"

#include <cstdlib>

#include "core/time.h"
#include "engine/access/decide.h"
#include "gateway/refs/references.h"
#include "gateway/service/open_vault.h"

namespace gateway::cli {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// Who does not say who he is, is nobody in particular.
core::Result<core::PartyId> actor_of(const access::FindName& find) {
  const std::string name = variable(kActorVariable);
  if (name.empty() || name == "@local") return engine::access::local_actor();
  auto id = name.starts_with('@') ? find(name) : core::parse_id_bytes(name);
  if (!id) return std::move(id.error()).within("--actor");
  return core::PartyId{id.value()};
}

}  // namespace

access::FindName find_in(const std::string& data) {
  return [data](std::string_view name) -> core::Result<refs::IdBytes> {
    TRY(const auto vault, service::open_vault_read_only({data}));
    return vault.references({}).find(name);
  };
}

core::Result<> put_down(const std::string& data, service::ReadableBook* book,
                        const access::Question& question, const access::Given& given) {
  core::SystemClock clock;
  TRY(const auto log, access::AccessLog::open(service::Folder{data}, clock));
  if (!log) return core::ok();
  const auto find = find_in(data);
  access::Reader reader{{}, ledger::Authentication::AssertedLocal, engine::Face::Cli};
  TRY(reader.actor, actor_of(find));
  return log->put_down(book, find, reader, variable(kPurposeVariable), question, given);
}

std::string query_text(
    std::initializer_list<std::pair<std::string_view, std::string_view>> parameters) {
  std::string text;
  for (const auto& [name, value] : parameters) {
    if (value.empty()) continue;
    text.append(text.empty() ? "" : "&").append(name).append("=").append(value);
  }
  return text;
}

}  // namespace gateway::cli
