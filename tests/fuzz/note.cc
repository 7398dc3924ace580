#include "ledger/note.h"

#include <span>
#include <string>

#include "core/check.h"
#include "ledger/checkpoint.h"
#include "tests/fuzz/support/limits.h"
#include "tests/ledger/tlog_vectors.h"

// A signed note, the checkpoint in it, and the texts of keys. Each has one spelling, so that what
// is read prints the same; and nothing that the log did not sign opens as the log's.
namespace {

// Two keys and lists of them; signatures of 5 kB in base64 and decoded.
constexpr fuzz::Allowance kAllowance{.per_byte = 16, .beside = std::size_t{32} * 1024};

void check_opened(std::string_view note, const ledger::NoteSigner& signer) {
  const ledger::VerifierKey& key = signer.verifier_key();
  const auto opened = ledger::open_note(note, std::span(&key, 1));
  if (!opened) return;
  const std::string& text = opened.value().text;
  CHECK(opened.value().signers.size() == 1);
  CHECK(opened.value().signers.front() == key);
  // The signer is deterministic, so a text has one signature of this key; it stands in the note.
  const std::string again = signer.sign(text).value();
  CHECK(note.starts_with(text + "\n"));
  CHECK(note.find(std::string_view(again).substr(text.size() + 1)) != note.npos);

  const auto checkpoint = ledger::open_checkpoint(note, std::span(&key, 1));
  if (checkpoint) CHECK(checkpoint.value().origin == key.name);
}

void check_signed(std::string_view text, const ledger::NoteSigner& signer) {
  const auto note = signer.sign(text);
  if (!note) return;
  const ledger::VerifierKey& key = signer.verifier_key();
  const auto opened = ledger::open_note(note.value(), std::span(&key, 1));
  CHECK(opened.has_value());
  CHECK(opened.value().text == text);
}

void check_checkpoint(std::string_view text) {
  const auto checkpoint = ledger::parse_checkpoint(text);
  if (!checkpoint) return;
  CHECK(text.starts_with(checkpoint.value().text()));
  CHECK(ledger::parse_checkpoint(checkpoint.value().text()).value() == checkpoint.value());
}

void check_keys(std::string_view text) {
  const auto key = ledger::parse_verifier_key(text);
  if (key) CHECK(ledger::to_string(key.value()) == text);
  const auto signer = ledger::NoteSigner::parse(text);
  if (signer) CHECK(signer.value().private_key_text() == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const ledger::NoteSigner signer = ledger::vectors::log_signer();
  const std::string_view text = core::as_text({data, size});
  const fuzz::MemoryLimit limit(size, kAllowance);
  check_opened(text, signer);
  check_signed(text, signer);
  check_checkpoint(text);
  check_keys(text);
  return 0;
}
