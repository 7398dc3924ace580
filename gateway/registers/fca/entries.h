#pragma once

#include <string>
#include <vector>

#include "core/json.h"
#include "engine/gate_values.h"
#include "gateway/registers/fca/endpoints.h"

// The entries of an endpoint's pages, and the fact each becomes.
namespace gateway::registers::fca {

struct Entry {
  std::string place;  // "body 2: Data: Managing investments"
  std::string group;  // "Current Names"; empty if Data has no groups.
  std::string key;    // Name of a keyed entry.
  const core::json::Value* value = nullptr;
};

// All entries of Data, in their order. Errors: InvalidInput/register_body if Data has another
// shape.
core::Result<std::vector<Entry>> entries_of(const core::json::Value& data, Shape shape,
                                            const std::string& place);

// Errors: InvalidInput/register_body, InvalidInput/register_date at the entry's place and member.
core::Result<engine::Fact> read_entry(const Entry& entry, const Endpoint& endpoint);

}  // namespace gateway::registers::fca
