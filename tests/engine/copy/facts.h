#pragma once

#include <string>

#include "engine/copy/sizing.h"
#include "tests/support/engine_fixture.h"

namespace engine::copy {

// Facts of a size: a master of equity 10,000 and a subscription of 10,000, both in one currency, a
// contract of 100,000 with steps of 0.01 and no largest ticket.
inline CopyFacts facts(const std::string& lots) {
  CopyFacts out;
  out.master_lots = tests::decimal(lots);
  out.basis = tests::decimal("10000");
  out.master_basis = tests::decimal("10000");
  out.equity = tests::decimal("10000");
  out.price = tests::decimal("1.1");
  out.contract_size = tests::decimal("100000");
  out.lot_step = tests::decimal("0.01");
  out.min_lots = tests::decimal("0.01");
  return out;
}

inline std::string exact_text(const std::optional<ExactAmount>& amount) {
  if (!amount) return "absent";
  return core::to_string(amount->numerator) + "/" + core::to_string(amount->denominator);
}

// The lots of a size, or why there are none.
inline std::string lots_of(const Sized& sized) {
  if (sized.skip) {
    return std::string(core::EnumNames<CopySkip>::names[static_cast<std::size_t>(*sized.skip)]);
  }
  return core::to_string(core::to_decimal(sized.volume, 8));
}
inline std::string lots_of(const CopyFacts& facts) { return lots_of(size_of(facts)); }

}  // namespace engine::copy
