#pragma once

#include <map>
#include <string>

#include "reports/statement_balances.h"

namespace reports {

// The client's accounts that are kept in other currencies than the structure's. Each currency
// stands by itself with its own sub-total; nothing is converted, and no return is worked out.
class OtherCurrencies {
 public:
  void watch_account(const Scope& scope, const core::AccountId& account, core::Commodity currency);
  // Errors: those of body_of(); Overflow.
  core::Result<> read(const ledger::RecordView& record, Span span);
  // By currency code. Errors: Overflow; Corrupt/statement_identity.
  core::Result<> add_to(Statement& out) const;

 private:
  struct Watched {
    Balances balances;
    OtherCurrency sums;
  };

  static core::Result<> note_valued(const ledger::RecordView& record, Span span, Watched& watched);

  std::map<std::string, Watched, std::less<>> by_currency_;
};

}  // namespace reports
