#include "ledger/invariants/requests_unique.h"

namespace ledger::invariants {
namespace {

// Neither part may contain the separator (docs/commands.md, "request_id").
std::string key_of(std::string_view client_id, std::string_view request_id) {
  std::string key;
  key.reserve(client_id.size() + 1 + request_id.size());
  key += client_id;
  key += '\n';
  key += request_id;
  return key;
}

}  // namespace

const RequestsUnique::Entry* RequestsUnique::find(std::string_view client_id,
                                                  std::string_view request_id) const {
  const auto found = entries_.find(key_of(client_id, request_id));
  return found == entries_.end() ? nullptr : &found->second;
}

core::Result<> RequestsUnique::add(std::string_view client_id, std::string_view request_id,
                                   Entry entry) {
  const auto [where, added] = entries_.emplace(key_of(client_id, request_id), entry);
  if (added) return core::ok();
  return core::corrupt("request_id", "seq " + std::to_string(entry.first_seq),
                       "The request id was used before, at seq " +
                           std::to_string(where->second.first_seq) + ".");
}

void RequestsUnique::forget(std::string_view client_id, std::string_view request_id) {
  entries_.erase(key_of(client_id, request_id));
}

}  // namespace ledger::invariants
