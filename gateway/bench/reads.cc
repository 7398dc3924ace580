#include <algorithm>
#include <array>

#include "gateway/bench/benchmarks.h"
#include "gateway/bench/books.h"
#include "gateway/bench/machine.h"
#include "gateway/refs/references.h"
#include "gateway/service/book.h"
#include "gateway/service/history.h"
#include "gateway/service/queries.h"
#include "ledger/bodies.h"

namespace gateway::bench {
namespace {

using ledger::index::Order;
using ledger::index::PageQuery;

constexpr std::uint64_t kQuestions = 1000;
constexpr std::uint64_t kSmallest = 10'000;
constexpr std::size_t kPageEntries = 100;
constexpr std::uint64_t kFirstAsked = 1000;

struct Question {
  std::string account;
  std::uint64_t seq = 0;
};

// Of one kind of question, in one book.
struct Answered {
  Latencies nanos;
  std::uint64_t entries = 0;  // In all answers.
  std::uint64_t mean_entries() const { return entries / std::max<std::size_t>(1, nanos.count()); }
};

// The whole answers that a client gets, as JSON.
core::Result<std::uint64_t> ask_balance(const service::BookView& view, const Question& question) {
  refs::NoReferences references;
  service::BalanceQuery query;
  query.account = question.account;
  query.as_of = std::to_string(question.seq);
  TRY(const auto answer, service::query_balances(view, references, query));
  return core::json::print(answer).empty() ? 0u : 1u;
}
core::Result<std::uint64_t> ask_history(const service::BookView& view, const Question& question) {
  service::HistoryQuery query;
  query.kind = ledger::kCommand;
  query.as_of = std::to_string(question.seq);
  query.order = Order::Descending;
  query.limit = kPageEntries;
  TRY(const auto answer, service::query_history(view, query));
  return core::json::print(answer).empty() ? 0u : answer.find("records")->as_array()->size();
}

// What the index alone has to do for them, and for an account's page.
core::Result<std::uint64_t> ask_index_balance(const service::BookView& view,
                                              const Question& question) {
  TRY(view.index.balance_at(question.account, "EUR", question.seq));
  return std::uint64_t{1};
}
PageQuery page_until(std::uint64_t seq) { return {seq, seq + 1, kPageEntries, Order::Descending}; }
core::Result<std::uint64_t> ask_index_history(const service::BookView& view,
                                              const Question& question) {
  TRY(const auto page, view.index.kind_records(ledger::kCommand, page_until(question.seq)));
  return page.entries.size();
}
core::Result<std::uint64_t> ask_index_account(const service::BookView& view,
                                              const Question& question) {
  TRY(const auto page, view.index.history(question.account, "EUR", page_until(question.seq)));
  return page.entries.size();
}

struct Read {
  std::string_view name;
  core::Result<std::uint64_t> (*ask)(const service::BookView& view, const Question& question);
};
constexpr auto kKinds = std::to_array<Read>({{"balance", ask_balance},
                                             {"history_page", ask_history},
                                             {"index_balance", ask_index_balance},
                                             {"index_history_page", ask_index_history},
                                             {"index_account_page", ask_index_account}});
using Answers = std::array<Answered, kKinds.size()>;

// Each kind by itself, so that none finds at hand what another one just asked for.
core::Result<Answered> ask_all(const service::BookView& view, const Entries& entries,
                               const Read& kind) {
  Answered out;
  for (std::uint64_t i = 0; i < kQuestions; ++i) {
    const std::uint64_t random = scramble(i + 1);
    // Not before the accounts were opened.
    const std::uint64_t seq = kFirstAsked + (random >> 20) % (view.size - kFirstAsked);
    const Stopwatch stopwatch;
    TRY(const std::uint64_t entries_of_answer, kind.ask(view, {entries.account(random), seq}));
    out.nanos.add(stopwatch.nanos());
    out.entries += entries_of_answer;
  }
  return out;
}

// The median of each kind in the smallest book whose answers are as long: a page of two entries
// says nothing about one of a hundred.
class Smallest {
 public:
  std::uint64_t beside(std::size_t kind, const Answered& answered) {
    Base& base = bases_[kind];
    if (answered.mean_entries() > base.entries + base.entries / 2) {
      base = {answered.mean_entries(), answered.nanos.percentile(50)};
    }
    return base.nanos;
  }

 private:
  struct Base {
    std::uint64_t entries = 0;
    std::uint64_t nanos = 0;
  };
  std::array<Base, kKinds.size()> bases_;
};

void print(const Options& options, std::string_view cache, std::uint64_t records,
           const Answers& answers, Smallest& smallest) {
  for (std::size_t kind = 0; kind < answers.size(); ++kind) {
    const Answered& answered = answers[kind];
    const std::uint64_t median = answered.nanos.percentile(50);
    Line text("read");
    text.add("what", kKinds[kind].name)
        .add("cache", cache)
        .add("records", records)
        .add("questions", answered.nanos.count())
        .add("entries", answered.mean_entries())
        .add("p50_ns", median)
        .add("p99_ns", answered.nanos.percentile(99))
        .add("to_smallest", ratio(median, smallest.beside(kind, answered)));
    options.print(text.text());
  }
}

// Cold: in a book just opened, whose files the system was asked to forget. Warm: the same once
// more.
core::Result<std::uint64_t> ask_twice(const std::string& folder, const Entries& entries,
                                      const Read& kind, Answered& cold, Answered& warm) {
  drop_cached(folder);
  TRY(const auto book, service::ReadOnlyBook::open({folder}));
  // Opening has read the records behind the snapshot; the index's runs it has only opened.
  drop_cached(folder);
  std::uint64_t size = 0;
  TRY(book->read([&](const service::BookView& view) -> core::Result<> {
    size = view.size;
    TRY(cold, ask_all(view, entries, kind));
    TRY(warm, ask_all(view, entries, kind));
    return core::ok();
  }));
  return size;
}

}  // namespace

core::Result<> bench_reads(const Options& options) {
  const Entries entries;
  Smallest smallest_cold;
  Smallest smallest_warm;
  for (std::uint64_t records = kSmallest;; records = std::min(options.records, records * 10)) {
    TRY(const std::string folder, closed_book(options, records));
    Answers cold;
    Answers warm;
    std::uint64_t size = 0;
    for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
      TRY(size, ask_twice(folder, entries, kKinds[kind], cold[kind], warm[kind]));
    }
    print(options, "cold", size, cold, smallest_cold);
    print(options, "warm", size, warm, smallest_warm);
    if (records >= options.records) return core::ok();
  }
}

}  // namespace gateway::bench
