#include "ledger/invariants/zero_per_ring.h"

#include <string>

namespace ledger::invariants {
namespace {

bool same_sum(const ResolvedPosting& a, const ResolvedPosting& b) {
  return a.ring == b.ring && a.commodity == b.commodity;
}

// Records are short, so comparing pairs is quicker than a map; long ones are bounded by kPostingsMax.
bool seen_before(std::span<const ResolvedPosting> postings, std::size_t i) {
  for (std::size_t j = 0; j < i; ++j) {
    if (same_sum(postings[i], postings[j])) return true;
  }
  return false;
}

}  // namespace

core::Result<> zero_per_ring(std::span<const ResolvedPosting> postings) {
  for (std::size_t i = 0; i < postings.size(); ++i) {
    if (seen_before(postings, i)) continue;
    core::Minor sum = 0;
    for (std::size_t j = i; j < postings.size(); ++j) {
      if (!same_sum(postings[i], postings[j])) continue;
      TRY(sum, core::add(sum, postings[j].amount));
    }
    if (sum != 0) {
      return core::invalid("unbalanced", "ring " + std::string(ring_name(postings[i].ring)),
                           "The postings of a record sum to zero per commodity within each ring; "
                           "they are off by " + core::to_string(sum) + " smallest units.");
    }
  }
  return core::ok();
}

}  // namespace ledger::invariants
