#include "core/bytes.h"
#include "core/check.h"
#include "ledger/tile.h"
#include "tests/fuzz/support/limits.h"

// The path of a tile, as an HTTP client asks for it: one tile, one path.
namespace {

constexpr fuzz::Allowance kAllowance{.per_byte = 8, .beside = std::size_t{4} * 1024};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view path = core::as_text({data, size});
  const fuzz::MemoryLimit limit(size, kAllowance);
  const auto address = ledger::parse_tile_path(path);
  if (!address) return 0;
  CHECK(address.value().level.value_or(0) <= ledger::kTileLevelMax);
  CHECK(address.value().width >= 1);
  CHECK(address.value().width <= ledger::kTileWidth);
  CHECK(ledger::tile_path(address.value()) == path);
  CHECK(path.find("..") == path.npos);
  return 0;
}
