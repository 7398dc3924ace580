#include "engine/fees/series.h"

namespace engine::fees {
namespace {

core::Result<bool> at_mark(const Series& series) {
  TRY(const auto order, compare(series.nav, series.mark));
  return order >= 0;
}

}  // namespace

core::Result<bool> may_consolidate(const Series& lead, const Series& series) {
  TRY(const bool first, at_mark(lead));
  TRY(const bool second, at_mark(series));
  return first && second;
}

core::Result<core::Minor> consolidated_units(core::Minor units, const Exact& nav,
                                             const Exact& lead_nav) {
  TRY(const Exact lead, reduced(lead_nav));
  if (lead.numerator <= 0) {
    return core::invalid("not_positive", "nav", "A lead series that is worth nothing takes none.");
  }
  TRY(const Exact value, multiply(whole(units), nav));
  TRY(const Exact shares, multiply(value, {lead.denominator, lead.numerator}));
  return floor_of(shares);
}

}  // namespace engine::fees
