#pragma once

#include <cstdint>
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
};

}  // namespace ledger::journal
