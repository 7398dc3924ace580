#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/result.h"
#include "core/sha256.h"

namespace ledger::invariants {

// (client, request id) is unique in a book for ever, so that a retry can never act twice.
class RequestsUnique {
 public:
  struct Entry {
    std::uint64_t first_seq = 0;
    core::Hash command_digest;  // SHA-256 of the type and the command bytes.
  };
  const Entry* find(std::string_view client_id, std::string_view request_id) const;
  // Errors: Corrupt/request_id if it is known already.
  core::Result<> add(std::string_view client_id, std::string_view request_id, Entry entry);
  void forget(std::string_view client_id, std::string_view request_id);
  std::size_t size() const { return entries_.size(); }

 private:
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace ledger::invariants
