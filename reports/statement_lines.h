#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reports/statement_balances.h"

namespace reports {

// A record on its way to becoming lines.
struct Change {
  const ledger::RecordView& record;
  const Scope& scope;
  Span span = Span::Before;
  Moved moved;

  Evidence evidence() const { return {record.seq, record.effective_at}; }
};

// What a record means to the return.
struct Meaning {
  Minor flow = 0;       // External: into the structure, or out of it.
  bool priced = false;  // A rollover of the pool.
};

// Errors: InvalidInput/statement_too_large.
template <class Line>
core::Result<> add_line(std::vector<Line>& lines, Line line) {
  if (lines.size() == kStatementLinesMax) {
    return core::invalid("statement_too_large", "to",
                         "More than 100,000 lines of one kind; choose a shorter period.");
  }
  lines.push_back(std::move(line));
  return core::ok();
}

// Lines that pools and groups have alike: fees, rebates, funding, manual entries, the wallet.
// Errors: those of body_of() and add_line().
core::Result<Meaning> read_common(const Change& change, Statement& out);

}  // namespace reports
