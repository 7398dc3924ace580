#include "gateway/service/as_of.h"

#include "gateway/service/queries.h"

namespace gateway::service {
namespace {

using core::json::Object;
using core::json::Value;
using ledger::index::BatchBounds;
using ledger::index::Order;

core::Error no_data_yet() {
  return core::not_found("no_data_yet", "as_of",
                         "The book has no record at or before this moment; this is not a balance "
                         "of zero.");
}

core::Result<std::optional<BatchBounds>> batch_as_of(const BookView& view,
                                                     const std::string& as_of) {
  if (as_of.empty()) return view.index.batch_before(view.size);
  if (as_of.find('T') != std::string::npos) {
    TRY(const auto time, parse_time(as_of, "as_of"));
    TRY(auto batch, view.index.batch_at(*time));
    if (batch && batch->end_seq() > view.size) return view.index.batch_before(view.size);
    return batch;
  }
  TRY(const std::uint64_t seq, parse_number(as_of, "as_of"));
  if (seq < view.size) return view.index.batch_before(seq + 1);
  return core::not_found(
      "unknown_record", "as_of",
      "The book ends before this sequence; its size is " + std::to_string(view.size) + ".");
}

struct Times {
  core::Instant recorded_at;
  core::Instant effective_at;
};
core::Result<Times> times_of(const BookView& view, std::uint64_t seq) {
  Times times;
  TRY(read_records(view, seq, seq + 1,
                   [&](const ledger::RecordView& record, std::size_t) -> core::Result<> {
                     times = {record.recorded_at, record.effective_at};
                     return core::ok();
                   }));
  return times;
}

// Always an error, as a rule no_data_yet with the record where it begins.
core::Result<> begins_later(const BookView& view, std::string_view axis, std::string_view what,
                            std::uint64_t seq) {
  TRY(const Times times, times_of(view, seq));
  return core::not_found("no_data_yet", std::string(axis),
                         "The book had nothing of " + std::string(what) +
                             " at this moment; it begins with record " + std::to_string(seq) +
                             ", recorded at " + core::to_string(times.recorded_at) +
                             ", effective at " + core::to_string(times.effective_at) + ".");
}

}  // namespace

core::Result<std::optional<core::Instant>> parse_time(const std::string& text,
                                                      std::string_view field) {
  if (text.empty()) return std::optional<core::Instant>();
  auto time = core::parse_instant(text);
  if (!time) return std::move(time.error()).within(field);
  return std::optional(time.value());
}

core::Result<Moment> resolve_moment(const BookView& view, const std::string& as_of,
                                    const std::string& effective_at) {
  TRY(const auto batch, batch_as_of(view, as_of));
  TRY(const auto effective, parse_time(effective_at, "effective_at"));
  if (!batch) return no_data_yet();
  return Moment{*batch, effective};
}

Value moment_to_json(const Moment& moment) {
  Object out{{"seq", static_cast<std::int64_t>(moment.end_seq() - 1)},
             {"recorded_at", core::to_string(moment.batch.recorded_at)}};
  if (moment.effective_at) {
    out.emplace_back("effective_at", core::to_string(*moment.effective_at));
  }
  return out;
}

core::Result<> check_account(const BookView& view, const Moment& moment, const std::string& account,
                             Exactly which) {
  if (account.empty()) return core::ok();
  const auto first = which == Exactly::ThisAccount ? view.index.account(account)
                                                   : view.index.first_account(account);
  // The index may be ahead of what is signed.
  if (!first || first->seq >= view.size) {
    return core::not_found("unknown_account", "account",
                           which == Exactly::ThisAccount
                               ? "No account of exactly this path was ever opened."
                               : "No account was ever opened at or below this path.");
  }
  if (first->seq < moment.end_seq()) return core::ok();
  return begins_later(view, "as_of", account, first->seq);
}

core::Result<> check_effect(const BookView& view, const Moment& moment,
                            const std::string& account) {
  if (!moment.effective_at) return core::ok();
  std::uint64_t first = 0;
  if (!account.empty()) {
    const auto opened = view.index.first_account(account);
    if (opened) first = opened->seq;
  }
  TRY(const Times times, times_of(view, first));
  if (times.effective_at <= *moment.effective_at) return core::ok();
  TRY(const bool moved,
      view.index.moved_effective(account, moment.end_seq() - 1, *moment.effective_at));
  if (moved) return core::ok();
  return begins_later(view, "effective_at", account.empty() ? "any account" : account, first);
}

core::Result<> check_subject(const BookView& view, const Moment& moment,
                             const ledger::SubjectId& subject) {
  // As a rule it is there, and its last record is the one that is found fastest.
  TRY(const auto last, view.index.subject_records(subject, {moment.end_seq() - 1, moment.end_seq(),
                                                            1, Order::Descending}));
  if (!last.entries.empty()) return core::ok();
  TRY(const auto first, view.index.subject_records(subject, {0, view.size, 1, Order::Ascending}));
  if (first.entries.empty()) {
    return core::not_found("unknown_subject", "subject", "No record concerns such a subject.");
  }
  return begins_later(view, "as_of", "this subject", first.entries.front());
}

core::Result<> read_records(const BookView& view, std::uint64_t first, std::uint64_t end,
                            const std::function<core::Result<>(const ledger::RecordView& record,
                                                               std::size_t bytes)>& visit) {
  ledger::RecordView record;
  TRY(view.log.read(first, end, [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
    TRY(ledger::decode_record(leaf, record));
    return visit(record, leaf.size());
  }));
  return core::ok();
}

}  // namespace gateway::service
