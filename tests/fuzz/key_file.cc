#include "ledger/keys/key_file.h"

#include <string>

#include "core/check.h"
#include "core/files.h"
#include "tests/fuzz/support/limits.h"

// The text of a key file, of any form: it is refused in words, or names a key. No passphrase is
// tried, which would take the time that it is meant to take.
namespace {

constexpr fuzz::Allowance kAllowance{.per_byte = 16, .beside = std::size_t{64} * 1024};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::MemoryLimit limit(size, kAllowance);
  const auto file = ledger::keys::parse_key_file("key", core::Secret::copy_of({data, size}));
  if (!file) {
    CHECK(file.error().reason == "key_file");
    CHECK(size < 16 ||
          core::to_string(file.error()).find(core::as_text({data, size})) == std::string::npos);
    return 0;
  }
  const auto& key = file.value().verifier_key;
  CHECK(ledger::parse_verifier_key(to_string(key)).value() == key);
  return 0;
}
