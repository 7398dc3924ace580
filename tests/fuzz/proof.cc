#include "core/check.h"
#include "ledger/proof_file.h"
#include "tests/fuzz/support/limits.h"
#include "tests/ledger/tlog_vectors.h"

// A proof file: what parses prints the same, and only an entry of the log is proven to be in it.
namespace {

constexpr fuzz::Allowance kAllowance{.per_byte = 16, .beside = std::size_t{32} * 1024};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const ledger::VerifierKey key = ledger::vectors::log_key();
  static const core::Bytes inside = ledger::vectors::entries()[1];
  static const core::Bytes outside = {'n', 'o', 't', ' ', 'i', 'n', ' ', 'i', 't'};
  const std::string_view text = core::as_text({data, size});
  const fuzz::MemoryLimit limit(size, kAllowance);

  const auto proof = ledger::parse_proof_file(text);
  if (proof) CHECK(ledger::to_string(proof.value()) == text);
  const auto proven = ledger::verify_proof_file(text, inside, key);
  if (proven) {
    CHECK(proof.has_value());
    CHECK(proof.value().index == 1);
    CHECK(proven.value().origin == key.name);
  }
  CHECK(!ledger::verify_proof_file(text, outside, key).has_value());
  return 0;
}
