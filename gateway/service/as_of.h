#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/json.h"
#include "gateway/service/book.h"

// For which moment an answer is true, and whether there can be one. What is asked about is in one
// of three states, the same for every question:
//
//   unknown      The book never had such an account or subject: NotFound/unknown_account,
//                NotFound/unknown_subject.
//   no data yet  It has it, but not at the moment asked for: NotFound/no_data_yet at the parameter
//   that
//                is too early (as_of or effective_at), with the record where it begins.
//   there        The answer says for which moment it is true; an empty list then means that nothing
//                moved, and is as good as a zero.
//
// On the axis of recording an account begins with the record that opened it, a subject with the
// first record that concerns it, the book with its first whole batch. On the axis of effect an
// account begins when the record that opened it took effect, or with the first effect on it, if
// that is earlier; a prefix begins with the account below it that was opened first, or with the
// first effect on any.
namespace gateway::service {

struct Moment {
  ledger::index::BatchBounds batch;  // The last one that the book knew.
  std::optional<core::Instant> effective_at;

  std::uint64_t end_seq() const { return batch.end_seq(); }
};

// `as_of` is a sequence, a time of recording, or empty for now; `effective_at` a time or empty.
// Errors: InvalidInput/number, time; NotFound/unknown_record, no_data_yet.
core::Result<Moment> resolve_moment(const BookView& view, const std::string& as_of,
                                    const std::string& effective_at);
// A time, or nothing if the text is empty. Errors: InvalidInput/time at `field`.
core::Result<std::optional<core::Instant>> parse_time(const std::string& text,
                                                      std::string_view field);

// {"seq": .., "recorded_at": ..[, "effective_at": ..]}
core::json::Value moment_to_json(const Moment& moment);

enum class Exactly { ThisAccount, OrBelow };
// Errors: NotFound/unknown_account, no_data_yet at as_of. An empty account is the book.
core::Result<> check_account(const BookView& view, const Moment& moment, const std::string& account,
                             Exactly which);
// To be asked when nothing was found at `moment.effective_at`.
// Errors: NotFound/no_data_yet at effective_at.
core::Result<> check_effect(const BookView& view, const Moment& moment, const std::string& account);
// Errors: NotFound/unknown_subject, no_data_yet at as_of.
core::Result<> check_subject(const BookView& view, const Moment& moment,
                             const ledger::SubjectId& subject);

// Reads records [first, end), which the view must have, one after the other.
core::Result<> read_records(const BookView& view, std::uint64_t first, std::uint64_t end,
                            const std::function<core::Result<>(const ledger::RecordView& record,
                                                               std::size_t bytes)>& visit);

}  // namespace gateway::service
