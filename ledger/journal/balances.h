#pragma once

#include <functional>
#include <string_view>

#include "core/decimal.h"
#include "core/result.h"

namespace ledger::journal {

// What decisions ask of the books.
class Balances {
 public:
  virtual ~Balances() = default;
  virtual bool is_open(std::string_view account) const = 0;
  // Zero for what never moved.
  virtual core::Minor balance(std::string_view account, std::string_view commodity) const = 0;
  // Every balance of one commodity that is not zero, of `prefix` and below it, each once. The order is
  // none that a decision may depend on. Errors: those of `visit`, which end it.
  using Visit = std::function<core::Result<>(std::string_view account, core::Minor balance)>;
  virtual core::Result<> each(std::string_view prefix, std::string_view commodity,
                              const Visit& visit) const = 0;
};

}  // namespace ledger::journal
