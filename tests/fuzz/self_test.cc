#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/check.h"
#include "tests/fuzz/support/limits.h"

// A program with one fault of each kind, to see that a fault fails a test
// (tests/scripts/fuzz_self_test.sh).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = core::as_text({data, size});
  const fuzz::MemoryLimit limit(size, {.per_byte = 16, .beside = 1024});
  const bool property_holds = text != "property";
  CHECK(property_holds);
  if (text == "overrun") return std::vector<int>(4).data()[size];
  if (text == "overflow") return static_cast<int>(size) + INT32_MAX;
  if (text == "bloat") return static_cast<int>(std::vector<char>(16 * size + 2048).size());
  if (text == "within") return std::vector<char>(512).empty() ? 1 : 0;
  volatile bool forever = text == "hang";
  while (forever) {
  }
  return 0;
}
