#include <string>

#include "core/check.h"
#include "ledger/key_history_file.h"
#include "tests/fuzz/support/limits.h"
#include "tests/support/key_statements.h"

// The key history as a file: what is read prints to something that is read the same; and no history
// of a stranger's making leads from a key that he does not have.
namespace {

// Values of JSON are some thirty times their text.
constexpr fuzz::Allowance kAllowance{.per_byte = 256, .beside = std::size_t{64} * 1024};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const ledger::KeyTrust trust{tests::key_of("not in the corpus").verifier_key(),
                                      std::nullopt};
  const fuzz::MemoryLimit limit(size, kAllowance);
  const auto file = ledger::parse_key_history_file(core::as_text({data, size}));
  if (!file) return 0;
  CHECK(ledger::parse_key_history_file(to_string(file.value())).value() == file.value());
  CHECK(!ledger::verify_key_history(file.value(), trust).has_value());
  static_cast<void>(ledger::verify_key_history(file.value(), {}).has_value());
  return 0;
}
