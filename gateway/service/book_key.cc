#include "gateway/service/book_key.h"

#include <algorithm>

namespace gateway::service {

core::Result<ledger::VerifierKey> book_key(const ledger::Genesis& genesis) {
  core::PublicKey key;
  if (genesis.log_key.size() != key.bytes.size()) {
    return core::corrupt("record", "seq 0", "The genesis record names no log key.");
  }
  std::ranges::copy(genesis.log_key, key.bytes.begin());
  return ledger::make_verifier_key(genesis.origin, key);
}

}  // namespace gateway::service
