#pragma once

#include <functional>
#include <span>
#include <vector>

#include "ledger/log.h"
#include "ledger/verify/verify.h"

// Checks what a log has grown by since a note that the caller trusts, in time that follows the new
// records alone.
namespace ledger::verify {

struct Since {
  Anchor trusted;                 // At least one record.
  std::vector<core::Hash> proof;  // Of record trusted.size - 1 in the tree of that size.
};

// What holds for each new record by itself and to its neighbours: encoding, chain, tree, whole
// batches in order of time, zero per commodity and ring, the interfund mirror; and the anchors.
// Laws of balances, subjects' numbers and request ids rest on all records before, and are for
// verify_log.
//
// `proof` need not be trusted: together with the stored record before the first new one it either
// leads to the trusted root or is refused.
Report verify_since(Log& log, std::uint64_t size, const Since& since,
                    const std::vector<Anchor>& anchors,
                    const std::function<void(std::uint64_t records)>& progress);

}  // namespace ledger::verify
