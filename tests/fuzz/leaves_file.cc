#include "ledger/tally_verify/leaves_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "core/check.h"
#include "tests/fuzz/support/limits.h"

// An exported log, one leaf a line. The file lies in memory.
namespace {

// The reader's buffer is 1 MiB. A line of 128 KiB and its leaf are held at once.
constexpr fuzz::Allowance kAllowance{.per_byte = 8, .beside = std::size_t{1536} * 1024};

// A file without a name that is gone with its descriptor.
class MemoryFile {
 public:
  explicit MemoryFile(core::ByteView content) : descriptor_(::memfd_create("leaves", MFD_CLOEXEC)) {
    CHECK(descriptor_ >= 0);
    CHECK(::write(descriptor_, content.data(), content.size()) ==
          static_cast<ssize_t>(content.size()));
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView input(data, size);
  const MemoryFile file(input);
  const fuzz::MemoryLimit limit(size, kAllowance);
  const auto log = ledger::tally_verify::open_leaves_file(file.path()).value();
  const std::uint64_t count = log->state().value().size;

  std::string again;
  std::uint64_t expected = 0;
  const auto read = log->read(0, count, [&](std::uint64_t seq, core::ByteView leaf) {
    CHECK(seq == expected++);
    CHECK(leaf.size() <= ledger::kRecordBytesMax);
    again += core::to_hex(leaf) + "\n";
    return core::ok();
  });
  // Only the last line's end may be missing.
  const std::string_view text = core::as_text(input);
  if (read) {
    CHECK(again == text || again == std::string(text) + "\n");
    CHECK(expected == count);
  } else {
    CHECK(read.error().reason == "leaf");
    CHECK(text.starts_with(again));
  }
  return 0;
}
