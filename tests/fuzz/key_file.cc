#include "ledger/keys/key_file.h"

#include <string>

#include "core/check.h"
#include "core/files.h"
#include "tests/fuzz/support/limits.h"

// The text of a key file, of any form: it is refused in words, or names a key. No passphrase is
// tried, which would take the time that it is meant to take.
namespace {

constexpr fuzz::Allowance kAllowance{.per_byte = 16, .beside = std::size_t{64} * 1024};

std::string refusal_of(core::ByteView content) {
  const auto file = ledger::keys::parse_key_file("key", core::Secret::copy_of(content));
  return file ? std::string() : core::to_string(file.error());
}

// Whether the refusal quotes what it was given. Words that it also says of another text are its
// own: the fuzzer reads them out of the program and feeds them back.
bool quotes(const std::string& refusal, core::ByteView content) {
  if (content.size() < 16) return false;
  const std::string text(core::as_text(content));
  if (refusal.find(text) == std::string::npos) return false;
  std::string other = text;
  for (char& c : other) c = static_cast<char>(c ^ 1);
  return refusal_of(core::as_bytes(other)).find(text) == std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::MemoryLimit limit(size, kAllowance);
  const auto file = ledger::keys::parse_key_file("key", core::Secret::copy_of({data, size}));
  if (!file) {
    CHECK(file.error().reason == "key_file");
    CHECK(!quotes(core::to_string(file.error()), {data, size}));
    return 0;
  }
  const auto& key = file.value().verifier_key;
  CHECK(ledger::parse_verifier_key(to_string(key)).value() == key);
  return 0;
}
