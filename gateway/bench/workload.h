#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/time.h"
#include "gateway/service/book.h"

// What is recorded when speed is measured: entries of four postings over 10,000 accounts, in an
// order that looks random and is the same in every run.
namespace gateway::bench {

inline constexpr std::uint64_t kAccounts = 10000;
inline constexpr std::uint64_t kRecordsPerCommand = 2;  // The command record and its entry.

// What stands for a random number that is never drawn.
std::uint64_t scramble(std::uint64_t number);

// A new book in a folder that does not exist, with its accounts open.
core::Result<std::unique_ptr<service::Book>> make_book(const std::string& folder,
                                                       core::Clock& clock);

// The entries, by number. Each has its own request id.
class Entries {
 public:
  Entries();

  // "liabilities:cm:client:<32 hex digits>:wallet".
  const std::string& account(std::uint64_t number) const { return accounts_[number % kAccounts]; }
  // The `count` entries from number `first` on, typed and encoded, so that JSON is not measured.
  std::vector<service::Submission> commands(std::uint64_t first, std::uint64_t count) const;
  // One of them as JSON: what a client would send.
  core::json::Value command_json(std::uint64_t number) const;

 private:
  std::vector<std::string> accounts_;
};

// The first refusal among the answers, as an error.
core::Result<> all_accepted(const std::vector<service::ReceiptResult>& answers);

// Records in the book that are durable and signed.
core::Result<std::uint64_t> size_of(service::Book& book);

}  // namespace gateway::bench
