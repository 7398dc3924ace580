#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "ledger/checkpoint.h"
#include "ledger/cosignature.h"

// Whose signatures make a checkpoint good: the logs, the witnesses, and how many of which.
// Source: C2SP tlog-policy.
namespace ledger {

inline constexpr std::size_t kPolicyBytesMax = std::size_t{256} * 1024;
// Logs, witnesses, groups: of each so many. With the log's own, a note has room for their
// signatures.
inline constexpr std::size_t kPolicyEntriesMax = 48;

struct PolicyLog {
  VerifierKey key;
  std::string url;  // "" if there is none.
};

struct PolicyWitness {
  std::string name;  // In the policy alone; the key has its own.
  WitnessKey key;
  std::string url;  // Prefix of add-checkpoint; "" if there is none.
};

class Policy {
 public:
  // Errors: InvalidInput/policy at the line.
  static core::Result<Policy> parse(std::string_view text);

  const std::vector<PolicyLog>& logs() const { return logs_; }
  const std::vector<PolicyWitness>& witnesses() const { return witnesses_; }
  std::vector<WitnessKey> witness_keys() const;
  // Whether the quorum is there if these witnesses cosigned, by their numbers.
  bool is_met(const std::vector<std::size_t>& cosigned) const;

 private:
  // A witness, or a group of what was named before.
  struct Named {
    std::string name;
    std::optional<std::size_t> witness;
    std::size_t threshold = 0;
    std::vector<std::size_t> members;
    bool is_member = false;
  };
  friend class PolicyReader;

  std::vector<PolicyLog> logs_;
  std::vector<PolicyWitness> witnesses_;
  std::vector<Named> named_;
  std::optional<std::size_t> quorum_;  // Absent: none is needed.
};

// The checkpoint in a note that one of the policy's logs signed (or `log`, if the policy names
// none) and that has the quorum's cosignatures. Errors: those of open_checkpoint and
// check_cosignatures; Corrupt/quorum if cosignatures are missing;
//         InvalidInput/policy if there is no log to go by.
core::Result<Checkpoint> verify_by_policy(std::string_view note, const Policy& policy,
                                          const std::optional<VerifierKey>& log);

}  // namespace ledger
