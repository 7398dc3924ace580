#include "gateway/conformance/conformance.h"

#include <cstdint>
#include <string>

#include "core/bytes.h"
#include "core/check.h"
#include "core/decimal.h"
#include "core/json.h"
#include "tests/fuzz/support/limits.h"

// A line of `tally conformance`, behind a letter for the operation. Whatever stands in it, one
// object is answered on one line, and again the same; what was rounded is round; parts sum to their
// total.
namespace {

using core::json::Value;

// JSON values of lists of numbers, a level of a tree and what is printed; ICU looks up a locale
// anew.
constexpr fuzz::Allowance kAllowance{.per_byte = 512, .beside = std::size_t{4} * 1024 * 1024};

void check_rounded(const gateway::conformance::Operation& operation, const Value& line,
                   const Value& answer) {
  core::json::Object again = *line.as_object();
  for (auto& member : again) {
    if (member.first == "value") member.second = std::string(answer.text("value"));
  }
  // What is printed may be longer than what is read.
  const auto second = core::json::parse(answer_line(operation, core::json::print(again))).value();
  CHECK(second.find("error") != nullptr || second == answer);
}

void check_allocated(const Value& line, const Value& answer) {
  const auto scale = static_cast<unsigned>(*line.find("scale")->as_integer());
  const auto units = [&](std::string_view text) {
    return core::to_minor(core::parse_decimal(text).value(), scale).value();
  };
  core::Minor sum = 0;
  for (const Value& part : *answer.find("parts")->as_array()) sum += units(*part.as_string());
  CHECK(sum == units(line.text("total")));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto operations = gateway::conformance::operations();
  if (size == 0) return 0;
  const auto& operation = operations[static_cast<std::uint8_t>(data[0] - 'a') % operations.size()];
  const std::string_view line = core::as_text(core::ByteView(data + 1, size - 1));
  const fuzz::MemoryLimit limit(size, kAllowance);

  const std::string answered = answer_line(operation, line);
  CHECK(answered.find('\n') == answered.npos);
  CHECK(answer_line(operation, line) == answered);
  const Value answer = core::json::parse(answered).value();
  const Value* const ok = answer.find("ok");
  CHECK(answer.find("error") == nullptr || (ok != nullptr && *ok->as_bool() == false));
  if (answer.find("error") != nullptr) return 0;
  const Value read = core::json::parse(line).value();
  if (operation.name == "round") check_rounded(operation, read, answer);
  if (operation.name == "allocate") check_allocated(read, answer);
  return 0;
}
