#include "ledger/policy.h"

#include "core/bytes.h"
#include "core/check.h"
#include "tests/fuzz/support/limits.h"

// A policy file. More cosignatures never make less of a quorum, and all of them are enough for any.
namespace {

constexpr fuzz::Allowance kAllowance{.per_byte = 64, .beside = std::size_t{64} * 1024};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::MemoryLimit limit(size, kAllowance);
  const auto policy = ledger::Policy::parse(core::as_text({data, size}));
  if (!policy) return 0;
  CHECK(policy.value().logs().size() <= ledger::kPolicyEntriesMax);
  CHECK(policy.value().witnesses().size() <= ledger::kPolicyEntriesMax);
  std::vector<std::size_t> cosigned;
  bool met = policy.value().is_met(cosigned);
  for (std::size_t i = 0; i < policy.value().witnesses().size(); ++i) {
    cosigned.push_back(i);
    const bool now = policy.value().is_met(cosigned);
    CHECK(now || !met);
    met = now;
  }
  CHECK(met);
  return 0;
}
