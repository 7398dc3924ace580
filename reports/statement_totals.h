#pragma once

#include "reports/statement_model.h"

namespace reports {

// The sums of a statement's lines. Errors: Overflow.
core::Result<Totals> sum_up(const Statement& statement);

// Holds the lines, which come from what the records say, against the values, which come from what
// they posted: nothing may be missing, double or of another amount.
//
// Errors: Corrupt/statement_identity.
// Source: Art 60(2)(c); docs/formats/statement.md, "The identity".
core::Result<> check_identity(const Statement& statement);

}  // namespace reports
