#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/amount.h"
#include "reports/journals/journal.h"

namespace reports::journals {

// What the records written so far leave in each account. Summed here anew rather than taken from
// the book's own state, because the closing balances of a journal must follow from its
// transactions.
class Balances {
 public:
  using ByCommodity = std::map<std::string, core::Minor, std::less<>>;
  using ByAccount = std::map<std::string, ByCommodity, std::less<>>;

  // Errors: InvalidInput/commodity for a code that has no scale.
  static core::Result<Balances> make(const Declarations& declarations);

  // Errors: InvalidInput/unknown_account, unknown_commodity, with the sequence; Overflow.
  core::Result<> add(const ledger::RecordView& record);

  // The declared accounts by path, each with the commodities that ever moved in it.
  const ByAccount& own() const { return own_; }

  // The same with what is below an account added to it, for the accounts in which something moved.
  // Errors: Overflow.
  core::Result<ByAccount> with_children() const;

  // The declared commodities by code, each with its scale.
  const std::map<std::string, std::uint8_t, std::less<>>& scales() const { return scales_; }

  // "-100.00" at the scale of a declared commodity.
  std::string print(std::string_view commodity, core::Minor minor) const;

 private:
  core::Result<> add(const ledger::PostingView& posting);

  std::map<std::string, std::uint8_t, std::less<>> scales_;
  ByAccount own_;
};

}  // namespace reports::journals
