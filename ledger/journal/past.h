#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/decimal.h"
#include "core/result.h"
#include "ledger/record.h"

namespace ledger::journal {

// What earlier records say, for decisions that rest on more than the present balances. The answers
// count every batch before the one being decided.
class Past {
 public:
  virtual ~Past() = default;

  // The balance as of the end of record `seq`; zero for what never moved by then.
  // Errors: those of reading the index.
  virtual core::Result<core::Minor> balance_at(std::string_view account,
                                               std::string_view commodity, std::uint64_t seq) = 0;
  // Whether any record concerns this subject.
  // Errors: those of reading the index.
  virtual core::Result<bool> has_subject(const SubjectId& subject) = 0;
  // Every balance that is not zero, counting what was effective before `until` only; by account, then
  // commodity. Errors: those of `visit`, and of reading the index.
  using VisitBalance = std::function<core::Result<>(std::string_view account,
                                                    std::string_view commodity, core::Minor amount)>;
  virtual core::Result<> balances_before(core::Instant until, const VisitBalance& visit) = 0;
  // Shows record `seq` of an earlier batch, whatever became of the batch; the view ends with the call.
  // Errors: NotFound/unknown_record; those of `visit`, and of reading the log.
  using VisitRecord = std::function<core::Result<>(const RecordView& record)>;
  virtual core::Result<> record_at(std::uint64_t seq, const VisitRecord& visit) = 0;
};

inline core::Error unknown_record(std::uint64_t seq) {
  return core::not_found("unknown_record", "seq " + std::to_string(seq),
                         "The book had no such record before this command.");
}

}  // namespace ledger::journal
