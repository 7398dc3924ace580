#include <cstdint>
#include <utility>

#include "core/check.h"
#include "core/json.h"
#include "gateway/service/submission.h"
#include "tests/fuzz/support/book.h"
#include "tests/fuzz/support/limits.h"
#include "tests/fuzz/support/submissions.h"

// A command in JSON, from its text to its decision on a small book. What is read prints and reads
// the same; the bytes that are recorded are the one encoding of the command, and say all of it.
namespace {

// A JSON value takes 40 bytes, a member 72, each from two bytes at least; vectors double as they
// grow and the text is held as JSON twice, as fields and as bytes. A decision copies the book's
// state.
constexpr fuzz::Allowance kAllowance{.per_byte = 512, .beside = std::size_t{4} * 1024 * 1024};

void check_json(const core::json::Value& value) {
  const std::string text = core::json::print(value);
  const auto again = core::json::parse(text);
  CHECK(again.has_value());
  CHECK(again.value() == value);
  CHECK(core::json::parse(core::json::print_pretty(value)).value() == value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static fuzz::Book book;
  const fuzz::MemoryLimit limit(size, kAllowance);
  auto value = core::json::parse(core::as_text({data, size}));
  if (!value) return 0;
  check_json(value.value());
  fuzz::NamedIds ids;
  const auto submission =
      gateway::service::read_submission(std::move(value.value()), {}, ids, "fuzz");
  if (!submission) return 0;
  fuzz::check_bytes(submission.value());
  book.decide(submission.value());
  return 0;
}
