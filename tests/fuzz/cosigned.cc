#include "core/check.h"
#include "ledger/cosignature.h"
#include "ledger/note.h"
#include "ledger/witness/add_checkpoint.h"
#include "tests/fuzz/support/limits.h"
#include "tests/ledger/tlog_vectors.h"

// What a witness sends and is sent: signature lines, cosignatures, requests. What counts as the
// witness's cosignature is one over that very text; a request prints the same.
namespace {

constexpr fuzz::Allowance kAllowance{.per_byte = 24, .beside = std::size_t{32} * 1024};

ledger::WitnessKey witness() {
  return ledger::make_witness_key("witness.example/w1",
                                  ledger::vectors::counting_key(0x20).public_key())
      .value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<ledger::WitnessKey> known{witness()};
  const std::string_view text = core::as_text({data, size});
  const fuzz::MemoryLimit limit(size, kAllowance);

  const auto request = ledger::witness::parse_add_checkpoint(text);
  if (request) CHECK(ledger::witness::to_string(request.value()) == text);
  const auto key = ledger::parse_witness_key(text);
  if (key) CHECK(ledger::to_string(key.value()) == text);

  const auto lines = ledger::parse_signature_lines(text);
  if (lines) {
    std::string again;
    for (const auto& one : lines.value()) {
      CHECK(ledger::signature_line(one.name, one.id, one.signature) == one.line);
      again += one.line;
    }
    CHECK(again == text);
    // Nobody finds a cosignature over this text by chance; the seeds have one.
    const auto found =
        ledger::check_cosignatures(ledger::vectors::kCheckpointText, lines.value(), known);
    if (found) {
      for (const auto& one : found.value())
        CHECK(one.line == ledger::vectors::kWitnessSignatureLine);
    }
  }
  const auto signatures = ledger::signatures_of_note(text);
  if (signatures) {
    CHECK(!ledger::text_of_note(text).empty());
  }
  return 0;
}
