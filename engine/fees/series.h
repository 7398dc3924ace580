#pragma once

#include "engine/fees/exact.h"

// Series of shares, one for each dealing day, each with a mark of its own. For books of funds that
// are imported.
namespace engine::fees {

// What one share of a series is worth after the performance fee, and its mark, in smallest units.
struct Series {
  Exact nav;
  Exact mark;
};

// Whether a series may be merged into the lead series at crystallisation: only if both are at or
// above their marks, so that nobody's loss is lost and nobody gets another's.
//
// Errors: InvalidInput/division_by_zero.
// Source: the managed-account rules, 3.2.
core::Result<bool> may_consolidate(const Series& lead, const Series& series);

// The shares of the lead series that `units` of another become: units x NAV / lead NAV.
//
// Units:    smallest units of a share, of both.
// Rounding: down; what is left stays in the lead series.
// Errors:   InvalidInput/not_positive if the lead's NAV is not above zero; Overflow.
core::Result<core::Minor> consolidated_units(core::Minor units, const Exact& nav,
                                             const Exact& lead_nav);

}  // namespace engine::fees
