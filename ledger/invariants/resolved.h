#pragma once

#include <cstdint>

#include "core/decimal.h"
#include "ledger/account.h"

namespace ledger::invariants {

// A posting whose account and commodity have been looked up in the books.
struct ResolvedPosting {
  std::uint32_t account = 0;
  std::uint32_t commodity = 0;
  Ring ring = Ring::House;
  bool interfund = false;  // One leg of the mirrored pair between client money and house.
  core::Minor amount = 0;
};

}  // namespace ledger::invariants
