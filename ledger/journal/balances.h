#pragma once

#include <string_view>

#include "core/decimal.h"

namespace ledger::journal {

// What decisions ask of the books.
class Balances {
 public:
  virtual ~Balances() = default;
  virtual bool is_open(std::string_view account) const = 0;
  // Zero for what never moved.
  virtual core::Minor balance(std::string_view account, std::string_view commodity) const = 0;
};

}  // namespace ledger::journal
