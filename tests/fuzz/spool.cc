#include "gateway/spool/spool.h"

#include <sys/mman.h>

#include <algorithm>

#include "core/check.h"
#include "core/descriptor.h"
#include "gateway/spool/frame.h"
#include "tests/fuzz/support/limits.h"

// A spool as it lies on a disk: as it is, and with right checks and digests. What is read is
// written again as the same bytes; what is left over is a torn tail, or the file is refused.
namespace {

using namespace gateway::spool;

constexpr fuzz::Allowance kAllowance{.per_byte = 16, .beside = std::size_t{256} * 1024};

void check_spool(core::ByteView bytes) {
  const core::Descriptor file(::memfd_create("spool", MFD_CLOEXEC));
  CHECK(core::write_all(file, "memory", bytes).has_value());
  core::Bytes again;
  std::uint64_t next = 0;
  const auto read = read_spool("/proc/self/fd/" + std::to_string(file.number()),
                               [&](Entry entry) -> core::Result<bool> {
                                 CHECK(entry.payload.size() <= kEntryBytesMax);
                                 if (again.empty()) again = encode_head(entry.number);
                                 append_frame(entry.number, entry.payload, again);
                                 next = entry.number + 1;
                                 return true;
                               });
  if (!read) {
    CHECK(read.error().code == core::Code::Corrupt);
    return;
  }
  const Found& found = read.value();
  if (again.empty()) again = encode_head(found.next_number);
  CHECK(found.entries == 0 || found.next_number == next);
  CHECK(found.end == again.size());
  CHECK(std::ranges::equal(again, bytes.first(again.size())));
  CHECK(found.torn == (bytes.size() > again.size()));
}

// The input's pieces as the payloads of a sound spool, with the rest of it behind.
core::Bytes make_sound(core::ByteView input) {
  core::Bytes out = encode_head(1);
  for (std::uint64_t number = 1; !input.empty(); ++number) {
    const std::size_t length = std::min<std::size_t>(input[0], input.size() - 1);
    if (length < input[0]) {
      out.insert(out.end(), input.begin(), input.end());
      break;
    }
    append_frame(number, input.subspan(1, length), out);
    input = input.subspan(1 + length);
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView input(data, size);
  const fuzz::MemoryLimit limit(size, kAllowance);
  check_spool(input);
  const core::Bytes sound = make_sound(input);
  check_spool(sound);
  // Cut where the input's last byte says.
  if (size > 0) check_spool(core::ByteView(sound).first(sound.size() * input[size - 1] / 256));
  return 0;
}
