#include "gateway/http/routes.h"

#include "gateway/http/access.h"
#include "gateway/http/backups.h"
#include "gateway/http/commands.h"
#include "gateway/http/documents.h"
#include "gateway/http/gate.h"
#include "gateway/http/governance.h"
#include "gateway/http/reads.h"
#include "gateway/http/reports.h"
#include "gateway/http/retention.h"
#include "gateway/http/tlog.h"
#include "gateway/http/vault.h"

namespace gateway::http {
namespace {

constexpr std::string_view kPage[] = {"from", "limit"};
constexpr std::string_view kBalances[] = {"account", "as_of", "effective_at"};
constexpr std::string_view kMoment[] = {"as_of", "effective_at"};
constexpr std::string_view kHistory[] = {
    "account",     "commodity",      "subject",      "kind",  "recorded_from",
    "recorded_to", "effective_from", "effective_to", "as_of", "effective_at",
    "order",       "limit",          "cursor"};
constexpr std::string_view kSize[] = {"size"};
constexpr std::string_view kCursorPage[] = {"limit", "cursor"};
constexpr std::string_view kOn[] = {"on"};
constexpr std::string_view kOnAndFrom[] = {"on", "from"};
constexpr std::string_view kAccess[] = {"subject", "actor", "from", "to", "limit", "before"};
constexpr std::string_view kSegregation[] = {"currency", "from", "to"};
constexpr std::string_view kPerson[] = {"person"};
constexpr std::string_view kCommandTypes[] = {kJson, kJsonLines};
constexpr std::string_view kJsonType[] = {kJson};
constexpr std::string_view kTextType[] = {"text/plain"};
constexpr std::string_view kAnyBytes[] = {kBytes};

constexpr Route kRoutes[] = {
    {"GET", "/health", get_health, {}, {}, Permission::None},
    {"GET", "/v1/books", get_books},
    {"POST", "/v1/books/{book}/commands", post_commands, {}, kCommandTypes, Permission::Write},
    {"GET", "/v1/books/{book}/records", get_records, kPage},
    {"GET", "/v1/books/{book}/records/{seq}", get_record},
    {"GET", "/v1/books/{book}/records/{seq}/explanation", get_explanation},
    {"GET", "/v1/books/{book}/balances", get_balances, kBalances},
    {"GET", "/v1/books/{book}/trial-balance", get_trial_balance, kMoment},
    {"GET", "/v1/books/{book}/history", get_history, kHistory},
    {"GET", "/v1/books/{book}/checkpoint", get_checkpoint, {}, {}, Permission::Hashes},
    {"GET", "/v1/books/{book}/checkpoints/{size}", get_old_checkpoint, {}, {}, Permission::Hashes},
    // Before the tiles of hashes: they begin alike.
    {"GET",
     "/v1/books/{book}/tile/entries/{index}",
     get_entries,
     {},
     {},
     Permission::WholeBook,
     true},
    {"GET", "/v1/books/{book}/tile/{level}/{index}", get_tile, {}, {}, Permission::Hashes, true},
    {"GET", "/v1/books/{book}/inclusion/{index}/{size}", get_inclusion, {}, {}, Permission::Hashes},
    {"GET",
     "/v1/books/{book}/consistency/{old}/{new}",
     get_consistency,
     {},
     {},
     Permission::Hashes},
    {"GET", "/v1/books/{book}/key-history", get_key_history},
    {"GET", "/v1/books/{book}/proofs/{seq}", get_proof, kSize},
    {"POST", "/v1/books/{book}/consistency", post_consistency, {}, kTextType},
    {"POST", "/v1/books/{book}/backups", post_backups, {}, {}, Permission::Write},
    {"POST", "/v1/books/{book}/documents", post_documents, kPerson, kAnyBytes, Permission::Write},
    {"GET", "/v1/books/{book}/documents/{digest}", get_document},
    {"GET", "/v1/books/{book}/vault", get_vault},
    {"POST",
     "/v1/books/{book}/vault/persons/{person}",
     post_person,
     {},
     kJsonType,
     Permission::Write},
    {"GET", "/v1/books/{book}/vault/persons/{person}", get_person, {}, {}, Permission::Write},
    {"GET",
     "/v1/books/{book}/vault/persons/{person}/export",
     get_person_export,
     {},
     {},
     Permission::Write},
    {"POST",
     "/v1/books/{book}/vault/persons/{person}/erasure",
     post_erasure,
     {},
     kJsonType,
     Permission::Write},
    {"POST", "/v1/books/{book}/index-roots", post_index_roots, {}, {}, Permission::Write},
    {"GET", "/v1/books/{book}/subjects/{subject}/proof", get_subject_proof},
    {"GET", "/v1/books/{book}/people", get_people},
    {"GET", "/v1/books/{book}/proposals", get_proposals},
    {"GET", "/v1/books/{book}/proposals/{proposal}", get_proposal},
    {"GET", "/v1/books/{book}/periods", get_periods},
    {"GET", "/v1/books/{book}/periods/{until}", get_period},
    {"GET", "/v1/books/{book}/periods/{until}/entries-after-close", get_late_entries, kCursorPage},
    {"GET", "/v1/books/{book}/segregation", get_segregation, kSegregation},
    {"GET", "/v1/books/{book}/subjects/{subject}/retention", get_subject_retention, kOn},
    {"GET", "/v1/books/{book}/retention", get_retention, kOn},
    {"POST", "/v1/books/{book}/gate/checks", post_gate_checks, kOnAndFrom, kJsonType},
    {"GET", "/v1/books/{book}/gate/decisions/{decision}/replay", get_gate_replay, kOn},
    {"GET", "/v1/books/{book}/gate/queue", get_gate_queue, kOn},
    {"GET", "/v1/books/{book}/gate/mandates/{client}", get_gate_mandates, kOn},
    {"GET", "/v1/books/{book}/gate/packs/{pack}/cells/{cell}", get_gate_cell},
    {"GET", "/v1/books/{book}/access", get_access, kAccess},
    {"POST", "/v1/books/{book}/access/anchors", post_access_anchors, {}, {}, Permission::Write},
    {"POST", "/v1/books/{book}/statements", post_statements, {}, kJsonType, Permission::Write},
    {"GET", "/v1/books/{book}/statements/{report}", get_statement},
};

}  // namespace

std::span<const Route> routes() { return kRoutes; }

std::optional<std::map<std::string, std::string, std::less<>>> match_path(
    const Route& route, std::span<const std::string> segments) {
  std::map<std::string, std::string, std::less<>> variables;
  std::string_view rest = route.path;
  std::string* last = nullptr;
  for (const std::string& segment : segments) {
    if (rest.empty() && route.takes_rest && last != nullptr) {
      last->append("/").append(segment);
      continue;
    }
    if (rest.empty()) return std::nullopt;
    rest.remove_prefix(1);  // '/'
    const std::string_view part = rest.substr(0, rest.find('/'));
    rest.remove_prefix(part.size());
    if (part.starts_with('{')) {
      if (segment.empty()) return std::nullopt;
      last = &variables.emplace(part.substr(1, part.size() - 2), segment).first->second;
    } else if (part != segment) {
      return std::nullopt;
    }
  }
  if (!rest.empty()) return std::nullopt;
  return variables;
}

std::vector<Endpoint> endpoints() {
  std::vector<Endpoint> out;
  for (const Route& route : kRoutes) out.push_back({route.method, route.path});
  return out;
}

}  // namespace gateway::http
