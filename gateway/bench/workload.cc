#include "gateway/bench/workload.h"

#include <array>

#include "core/decimal.h"
#include "core/sha256.h"
#include "engine/cash_commands.h"
#include "gateway/bench/submission.h"
#include "gateway/service/init.h"

namespace gateway::bench {
namespace {

constexpr std::uint64_t kAccountsPerCommand = 500;
constexpr std::string_view kClient = "bench";
constexpr std::string_view kCurrency = "EUR";
constexpr unsigned kScale = 2;

std::string account_path(std::uint64_t number) {
  const std::string name = "bench-" + std::to_string(number);
  return "liabilities:cm:client:" +
         core::to_hex(core::sha256(core::as_bytes(name)).bytes).substr(0, 32) + ":wallet";
}

struct EntryPosting {
  std::uint64_t account = 0;
  core::Minor cents = 0;
};

std::array<EntryPosting, 4> entry_postings(std::uint64_t number) {
  const std::uint64_t random = scramble(number + 1);
  const auto first = static_cast<core::Minor>((random % 9999 + 1) * 100 + 1);
  const auto second = static_cast<core::Minor>((random % 77 + 1) * 100 + 99);
  return {
      {{random, first}, {random >> 16, -first}, {random >> 32, second}, {random >> 48, -second}}};
}

template <class Command>
std::string request_id(std::uint64_t number) {
  return std::string(Command::kType) + "-" + std::to_string(number);
}

template <class Command>
service::Submission submission(const Command& command, std::uint64_t number) {
  return make_submission(command, kClient, request_id<Command>(number));
}

std::vector<service::Submission> account_commands() {
  std::vector<service::Submission> out;
  for (std::uint64_t first = 0; first < kAccounts; first += kAccountsPerCommand) {
    engine::OpenAccounts command;
    for (std::uint64_t i = first; i < first + kAccountsPerCommand; ++i) {
      command.accounts.push_back({account_path(i)});
    }
    out.push_back(submission(command, first));
  }
  return out;
}

}  // namespace

std::uint64_t scramble(std::uint64_t number) {
  number ^= number >> 31;
  number *= 0x9e3779b97f4a7c15;
  number ^= number >> 29;
  return number;
}

core::Result<std::unique_ptr<service::Book>> make_book(const std::string& folder,
                                                       core::Clock& clock) {
  service::InitOptions options;
  options.folder.root = folder;
  options.origin = "ledger.example/bench";
  options.profile = "offshore";
  options.access_log = false;  // What is measured is the book.
  TRY(service::init_book(options, clock));
  TRY(auto book, service::Book::open(options.folder, clock));
  TRY(all_accepted(book->execute(account_commands())));
  return book;
}

Entries::Entries() {
  accounts_.reserve(kAccounts);
  for (std::uint64_t i = 0; i < kAccounts; ++i) accounts_.push_back(account_path(i));
}

std::vector<service::Submission> Entries::commands(std::uint64_t first, std::uint64_t count) const {
  std::vector<service::Submission> out;
  out.reserve(count);
  for (std::uint64_t i = first; i < first + count; ++i) {
    engine::PostEntry command;
    for (const EntryPosting& posting : entry_postings(i)) {
      command.postings.push_back({{account(posting.account)},
                                  std::string(kCurrency),
                                  core::to_decimal(posting.cents, kScale)});
    }
    out.push_back(submission(command, i));
  }
  return out;
}

core::json::Value Entries::command_json(std::uint64_t number) const {
  core::json::Array postings;
  for (const EntryPosting& posting : entry_postings(number)) {
    postings.push_back(core::json::Object{{"account", account(posting.account)},
                                          {"commodity", kCurrency},
                                          {"amount", core::print_fixed(posting.cents, kScale)}});
  }
  return core::json::Object{{"command", engine::PostEntry::kType},
                            {"request_id", request_id<engine::PostEntry>(number)},
                            {"approver", kApprover.hex()},
                            {"postings", std::move(postings)}};
}

core::Result<> all_accepted(const std::vector<service::ReceiptResult>& answers) {
  for (const auto& answer : answers) {
    if (!answer) return answer.error();
  }
  return core::ok();
}

core::Result<std::uint64_t> size_of(service::Book& book) {
  std::uint64_t size = 0;
  TRY(book.read([&](const service::BookView& view) {
    size = view.size;
    return core::ok();
  }));
  return size;
}

}  // namespace gateway::bench
