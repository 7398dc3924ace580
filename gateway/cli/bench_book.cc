#include "gateway/cli/bench_book.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <filesystem>

#include "core/sha256.h"
#include "engine/dispatch/command_bytes.h"
#include "engine/dispatch/commands.h"
#include "gateway/cli/output.h"
#include "gateway/service/book.h"
#include "gateway/service/init.h"
#include "gateway/service/open_log.h"
#include "gateway/service/verify_book.h"
#include "ledger/merkle.h"
#include "ledger/store/raw_write.h"
#include "ledger/verify/verify.h"

namespace gateway::cli {
namespace {

using SteadyClock = std::chrono::steady_clock;
using service::Submission;

constexpr std::uint64_t kAccounts = 10000;
constexpr std::uint64_t kAccountsPerCommand = 500;
constexpr std::uint64_t kRecordsPerCommand = 2;  // The command record and its entry.
// Groups that are on their way at once: one is decided while others are committed.
constexpr std::size_t kGroupsInFlight = 3;

std::string account_path(std::uint64_t i) {
  const std::string name = "bench-" + std::to_string(i);
  return "liabilities:cm:client:" +
         core::to_hex(core::sha256(core::as_bytes(name)).bytes).substr(0, 32) + ":wallet";
}

core::PartyId person(std::uint8_t number) { return {{number}}; }

// The i-th of a sequence that looks random but is the same in each run.
std::uint64_t scramble(std::uint64_t i) {
  i ^= i >> 31;
  i *= 0x9e3779b97f4a7c15;
  i ^= i >> 29;
  return i;
}

core::Result<Submission> submission(const engine::dispatch::CommandType& type,
                                    const core::json::Value& fields, std::uint64_t number) {
  Submission out;
  out.type = type.type;
  out.client_id = "bench";
  out.request_id = std::string(type.type) + "-" + std::to_string(number);
  out.actor = person(1);
  out.approver = person(2);
  TRY(auto bytes, type.from_json(fields, nullptr));
  out.command = core::to_cbor(engine::dispatch::CommandBytes{{}, std::move(bytes)});
  return out;
}

core::Result<std::vector<Submission>> account_commands() {
  TRY(const auto* type, engine::dispatch::find_command("open_accounts"));
  std::vector<Submission> out;
  for (std::uint64_t first = 0; first < kAccounts; first += kAccountsPerCommand) {
    core::json::Array paths;
    for (std::uint64_t i = first; i < first + kAccountsPerCommand; ++i) {
      paths.push_back(account_path(i));
    }
    TRY(auto one, submission(*type, core::json::Object{{"accounts", std::move(paths)}}, first));
    out.push_back(std::move(one));
  }
  return out;
}

core::json::Value posting(std::uint64_t account, std::string amount) {
  return core::json::Object{{"account", account_path(account % kAccounts)},
                            {"commodity", "EUR"},
                            {"amount", std::move(amount)}};
}

core::Result<std::vector<Submission>> entry_commands(std::uint64_t count) {
  TRY(const auto* type, engine::dispatch::find_command("post_entry"));
  std::vector<Submission> out;
  out.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t random = scramble(i + 1);
    const std::string first = std::to_string(random % 9999 + 1) + ".01";
    const std::string second = std::to_string(random % 77 + 1) + ".99";
    core::json::Array postings{posting(random, first), posting(random >> 16, "-" + first),
                               posting(random >> 32, second), posting(random >> 48, "-" + second)};
    TRY(auto one, submission(*type, core::json::Object{{"postings", std::move(postings)}}, i));
    out.push_back(std::move(one));
  }
  return out;
}

core::Result<> all_accepted(const std::vector<service::ReceiptResult>& answers) {
  for (const auto& answer : answers) {
    if (!answer) return answer.error();
  }
  return core::ok();
}

std::uint64_t micros_since(SteadyClock::time_point begin) {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - begin).count());
}

std::uint64_t per_second(std::uint64_t count, std::uint64_t micros) {
  return count * 1'000'000 / std::max<std::uint64_t>(micros, 1);
}

// "0.57": hundredths, rounded down.
std::string ratio(std::uint64_t value, std::uint64_t raw) {
  const std::uint64_t hundredths = value * 100 / std::max<std::uint64_t>(raw, 1);
  const std::string tail = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + "." + (tail.size() == 1 ? "0" : "") + tail;
}

core::Result<std::unique_ptr<service::Book>> make_book(const std::string& folder,
                                                       core::Clock& clock) {
  service::InitOptions options;
  options.folder.root = folder;
  options.origin = "ledger.example/bench";
  options.profile = "offshore";
  TRY(service::init_book(options, clock));
  TRY(auto book, service::Book::open(options.folder, clock));
  TRY(const auto accounts, account_commands());
  TRY(all_accepted(book->execute(accounts)));
  return book;
}

struct Ingest {
  std::uint64_t micros = 0;
  std::uint64_t records = 0;
  std::uint64_t first_seq = 0;
  std::uint64_t commands_per_group = 0;
  std::vector<std::uint64_t> latencies;  // Of each group, from its first command to its receipts.
};

core::Result<std::uint64_t> size_of(service::Book& book) {
  std::uint64_t size = 0;
  TRY(book.read([&](const service::BookView& view) {
    size = view.size;
    return core::ok();
  }));
  return size;
}

struct GroupInFlight {
  SteadyClock::time_point begin;
  std::vector<service::Staged> staged;
};

core::Result<> finish(service::Book& book, std::deque<GroupInFlight>& in_flight, Ingest& result) {
  for (const service::Staged& staged : in_flight.front().staged) {
    const auto answer = book.answer(staged);
    if (!answer) return answer.error();
  }
  result.latencies.push_back(micros_since(in_flight.front().begin));
  in_flight.pop_front();
  return core::ok();
}

core::Result<Ingest> ingest(service::Book& book, const std::vector<Submission>& commands,
                            std::uint64_t batch) {
  Ingest result;
  TRY(result.first_seq, size_of(book));
  result.commands_per_group = std::max<std::uint64_t>(1, batch / kRecordsPerCommand);
  std::deque<GroupInFlight> in_flight;
  const auto begin = SteadyClock::now();
  for (std::size_t first = 0; first < commands.size(); first += result.commands_per_group) {
    const std::size_t count =
        std::min<std::size_t>(result.commands_per_group, commands.size() - first);
    GroupInFlight& group = in_flight.emplace_back();
    group.begin = SteadyClock::now();
    book.stage(std::span(commands).subspan(first, count), group.staged);
    book.close_group();
    if (in_flight.size() == kGroupsInFlight) {
      TRY(finish(book, in_flight, result));
    }
  }
  while (!in_flight.empty()) {
    TRY(finish(book, in_flight, result));
  }
  result.micros = micros_since(begin);
  TRY(const std::uint64_t size, size_of(book));
  result.records = size - result.first_seq;
  std::ranges::sort(result.latencies);
  return result;
}

// The value that so many percent of the sorted list do not exceed.
std::uint64_t percentile(const std::vector<std::uint64_t>& sorted, std::size_t percent) {
  return sorted.empty() ? 0 : sorted[(sorted.size() - 1) * percent / 100];
}

core::Result<std::vector<core::Bytes>> leaves_of(service::Book& book, std::uint64_t first) {
  std::vector<core::Bytes> leaves;
  TRY(book.read([&](const service::BookView& view) -> core::Result<> {
    TRY(view.log.read(first, view.size, [&](std::uint64_t, core::ByteView leaf) {
      leaves.emplace_back(leaf.begin(), leaf.end());
      return core::ok();
    }));
    return core::ok();
  }));
  return leaves;
}

core::Result<std::uint64_t> raw_ingest(const std::string& path,
                                       const std::vector<core::Bytes>& leaves,
                                       std::uint64_t leaves_per_group) {
  TRY(auto writer, ledger::store::RawWriter::create(path));
  const auto begin = SteadyClock::now();
  for (std::size_t first = 0; first < leaves.size(); first += leaves_per_group) {
    const std::size_t count = std::min<std::size_t>(leaves_per_group, leaves.size() - first);
    TRY(writer.write(std::span(leaves).subspan(first, count)));
  }
  return micros_since(begin);
}

std::uint64_t bytes_of(const std::vector<core::Bytes>& leaves) {
  std::uint64_t total = 0;
  for (const core::Bytes& leaf : leaves) total += leaf.size();
  return total;
}

core::Result<> measure_ingest(std::uint64_t batch, std::uint64_t records,
                              const std::string& folder) {
  core::SystemClock clock;
  // Few syncs a second make small batches slow; they are measured on fewer records.
  const std::uint64_t wanted = batch >= 100 ? records : std::min<std::uint64_t>(records, 10000);
  TRY(auto book, make_book(folder + "/book", clock));
  TRY(const auto commands, entry_commands(wanted / kRecordsPerCommand));
  TRY(const Ingest result, ingest(*book, commands, batch));
  TRY(const auto leaves, leaves_of(*book, result.first_seq));
  book.reset();
  const std::uint64_t group = result.commands_per_group * kRecordsPerCommand;
  TRY(const std::uint64_t raw_micros, raw_ingest(folder + "/raw", leaves, group));
  const std::uint64_t rate = per_second(result.records, result.micros);
  const std::uint64_t raw = per_second(leaves.size(), raw_micros);
  print("ingest batch=" + std::to_string(batch) + " records=" + std::to_string(result.records) +
        " leaf_bytes=" + std::to_string(bytes_of(leaves) / leaves.size()) +
        " records_per_second=" + std::to_string(rate) + " raw=" + std::to_string(raw) +
        " ratio=" + ratio(rate, raw) +
        " group_p50_us=" + std::to_string(percentile(result.latencies, 50)) +
        " group_p99_us=" + std::to_string(percentile(result.latencies, 99)) + "\n");
  return core::ok();
}

// Bare SHA-256 over every leaf and, as the tree does, over every pair of hashes.
std::uint64_t raw_hash_micros(const std::vector<core::Bytes>& leaves) {
  core::Sha256 sha256;
  std::vector<core::Hash> hashes;
  hashes.reserve(leaves.size());
  static constexpr std::uint8_t kLeaf = 0;
  static constexpr std::uint8_t kNode = 1;
  const auto begin = SteadyClock::now();
  for (const core::Bytes& leaf : leaves) {
    hashes.push_back(sha256(core::ByteView(&kLeaf, 1), leaf));
  }
  core::Hash last;
  for (std::size_t i = 1; i < hashes.size(); ++i) {
    last = sha256(core::ByteView(&kNode, 1), hashes[i - 1].view(), hashes[i].view());
  }
  const std::uint64_t micros = micros_since(begin);
  // Printed nowhere, but used, so that the work cannot be left out.
  return micros + (last == core::Hash{} ? 1 : 0);
}

}  // namespace

core::Result<> bench_ingest(const BenchArguments& arguments, const std::string& folder) {
  for (const std::uint64_t batch : arguments.batches) {
    TRY(measure_ingest(batch, arguments.records, folder + "/batch-" + std::to_string(batch)));
  }
  return core::ok();
}

core::Result<> bench_verify(const BenchArguments& arguments, const std::string& folder) {
  core::SystemClock clock;
  TRY(auto book, make_book(folder + "/book", clock));
  TRY(const auto commands, entry_commands(arguments.records / kRecordsPerCommand));
  TRY(ingest(*book, commands, ledger::kGroupRecordsMax));
  TRY(const auto leaves, leaves_of(*book, 0));
  book.reset();
  TRY(const auto opened, service::open_log_read_only({folder + "/book"}));
  const auto begin = SteadyClock::now();
  const auto report = ledger::verify::verify_log(*opened.log, opened.size, {}, {});
  const std::uint64_t micros = micros_since(begin);
  if (!report.clean()) return report.findings.front();
  const std::uint64_t rate = per_second(report.records, micros);
  const std::uint64_t raw = per_second(leaves.size(), raw_hash_micros(leaves));
  print("verify records=" + std::to_string(report.records) +
        " leaf_bytes=" + std::to_string(bytes_of(leaves) / leaves.size()) +
        " records_per_second=" + std::to_string(rate) + " raw=" + std::to_string(raw) +
        " ratio=" + ratio(rate, raw) + "\n");
  return core::ok();
}

}  // namespace gateway::cli
