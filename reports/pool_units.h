#pragma once

#include <map>
#include <string>
#include <vector>

#include "reports/statement_scope.h"

namespace reports {

// Who holds a pool's units, as recorded: a result of the pool belongs to those who hold units when
// it is attributed.
class PoolUnits {
 public:
  explicit PoolUnits(const Scope& scope);

  // Errors: Overflow.
  core::Result<> apply(const ledger::RecordView& record);

  // The client's units now, and before the batch of the last record.
  Minor now() const { return of_client(now_); }
  Minor before() const { return of_client(before_); }

  // The client's part of a sum of the whole pool, by units before the batch; zero if nobody had
  // any.
  //
  // Rounding: core::allocate over all holders, so that all statements sum to the total; a tie goes
  //           to who held units first.
  core::Result<Minor> share(Minor total) const;

 private:
  Minor of_client(const std::vector<Minor>& units) const;

  std::string prefix_;  // Of the holders' accounts.
  std::string client_;
  std::map<std::string, std::size_t, std::less<>> holders_;  // By account, in order of first units.
  std::vector<Minor> now_;
  std::vector<Minor> before_;
  std::uint64_t batch_ = 0;
  bool changed_ = false;  // In the batch of the last record.
};

}  // namespace reports
