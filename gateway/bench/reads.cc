#include "gateway/bench/benchmarks.h"
#include "gateway/bench/books.h"
#include "gateway/bench/machine.h"
#include "gateway/service/book.h"

namespace gateway::bench {
namespace {

constexpr std::uint64_t kQuestions = 1000;
constexpr std::uint64_t kSmallest = 10'000;
constexpr std::size_t kPageEntries = 100;

struct Question {
  std::string_view account;
  std::uint64_t seq = 0;
};

// Of the balance as of a record, and of a page of history that ends there.
struct Answered {
  std::uint64_t size = 0;
  Latencies balance_nanos;
  Latencies page_nanos;
};

core::Result<> ask(const ledger::index::Index& index, const Question& question, Answered& out) {
  {
    const Stopwatch stopwatch;
    TRY(index.balance_at(question.account, "EUR", question.seq));
    out.balance_nanos.add(stopwatch.nanos());
  }
  const Stopwatch stopwatch;
  TRY(index.history(
      question.account, "EUR",
      {question.seq, question.seq + 1, kPageEntries, ledger::index::Order::Descending}));
  out.page_nanos.add(stopwatch.nanos());
  return core::ok();
}

core::Result<Answered> ask_all(const service::BookView& view, const Entries& entries) {
  Answered out;
  out.size = view.size;
  for (std::uint64_t i = 0; i < kQuestions; ++i) {
    const std::uint64_t random = scramble(i + 1);
    TRY(ask(view.index, {entries.account(random), (random >> 20) % view.size}, out));
  }
  return out;
}

void print(const Options& options, std::string_view cache, const Answered& answered,
           const Answered& smallest) {
  const auto line = [&](std::string_view name, const Latencies& nanos, const Latencies& base) {
    Line text("read");
    text.add("what", name)
        .add("cache", cache)
        .add("records", answered.size)
        .add("questions", nanos.count())
        .add("p50_ns", nanos.percentile(50))
        .add("p99_ns", nanos.percentile(99))
        .add("to_smallest", ratio(nanos.percentile(50), base.percentile(50)));
    options.print(text.text());
  };
  line("balance", answered.balance_nanos, smallest.balance_nanos);
  line("history_page", answered.page_nanos, smallest.page_nanos);
}

}  // namespace

core::Result<> bench_reads(const Options& options) {
  const Entries entries;
  std::optional<Answered> smallest_cold;
  std::optional<Answered> smallest_warm;
  for (std::uint64_t records = kSmallest;; records = std::min(options.records, records * 10)) {
    TRY(const std::string folder, closed_book(options, records));
    drop_cached(folder);
    TRY(const auto book, service::ReadOnlyBook::open({folder}));
    // Opening has read the records behind the snapshot; the index's runs it has only opened.
    drop_cached(folder);
    TRY(book->read([&](const service::BookView& view) -> core::Result<> {
      TRY(const Answered cold, ask_all(view, entries));
      TRY(const Answered warm, ask_all(view, entries));
      if (!smallest_cold) smallest_cold = cold;
      if (!smallest_warm) smallest_warm = warm;
      print(options, "cold", cold, *smallest_cold);
      print(options, "warm", warm, *smallest_warm);
      return core::ok();
    }));
    if (records >= options.records) return core::ok();
  }
}

}  // namespace gateway::bench
