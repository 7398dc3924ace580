#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace ledger::verify {

// Finds request ids that stand twice, in 16 bytes a command: hashes are collected in order, sorted
// at the end, and only where two are equal need the records be looked at again.
class RequestIds {
 public:
  void add(std::string_view client_id, std::string_view request_id, std::uint64_t seq);

  // Pairs of sequences whose ids may be the same; equal ids are always among them.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> suspects();

 private:
  struct Entry {
    std::uint64_t hash = 0;
    std::uint64_t seq = 0;
    auto operator<=>(const Entry&) const = default;
  };
  std::vector<Entry> entries_;
};

}  // namespace ledger::verify
