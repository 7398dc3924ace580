#include "ledger/tally_verify/leaves_file.h"

#include <fstream>
#include <vector>

namespace ledger::tally_verify {
namespace {

constexpr std::uint64_t kMarkedLines = 65536;
constexpr std::size_t kLineBytesMax = 2 * kRecordBytesMax;

// Reads a line, keeping no more of it than is needed to see that it is too long.
bool read_line(std::ifstream& file, std::string& line) {
  line.clear();
  for (int c = file.get(); c != std::ifstream::traits_type::eof(); c = file.get()) {
    if (c == '\n') return true;
    if (line.size() <= kLineBytesMax) line += static_cast<char>(c);
  }
  return !line.empty();
}

class LeavesFile final : public Log {
 public:
  LeavesFile(std::string path, std::vector<std::streamoff> marks, std::uint64_t size)
      : path_(std::move(path)), marks_(std::move(marks)), size_(size) {}

  core::Result<Tenure> open(std::string_view) override {
    return core::conflict("read_only", path_, "An exported log is for reading only.");
  }
  AppendOutcome append_group(std::uint64_t, std::uint64_t, const LeafGroup&) override {
    return AppendOutcome::Conflict;
  }

  core::Result<LogState> read(std::uint64_t first, std::uint64_t end,
                              const Visitor& visit) override {
    TRY(check_range(first, end, size_));
    if (first == end) return LogState{0, size_};
    std::ifstream file(path_, std::ios::binary);
    file.seekg(marks_[first / kMarkedLines]);
    std::string line;
    for (std::uint64_t seq = first / kMarkedLines * kMarkedLines; seq < end; ++seq) {
      if (!read_line(file, line)) {
        return core::unavailable("io", path_, "The file changed while it was read.");
      }
      if (seq < first) continue;
      auto leaf = core::from_hex(line);
      if (!leaf || leaf.value().size() > kRecordBytesMax) {
        return core::corrupt("leaf", "seq " + std::to_string(seq),
                             "Line " + std::to_string(seq + 1) +
                                 " is not the lower-case hex of at most 65,535 bytes.");
      }
      TRY(visit(seq, leaf.value()));
    }
    return LogState{0, size_};
  }

  core::Result<LogState> state() override { return LogState{0, size_}; }

 private:
  std::string path_;
  std::vector<std::streamoff> marks_;
  std::uint64_t size_;
};

}  // namespace

core::Result<std::unique_ptr<Log>> open_leaves_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return core::not_found("file", path, "There is no such file.");
  std::vector<std::streamoff> marks{0};
  std::uint64_t lines = 0;
  std::vector<char> buffer(1 << 20);
  std::streamoff offset = 0;
  bool ends_line = true;
  while (file) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    const std::streamsize got = file.gcount();
    for (std::streamsize i = 0; i < got; ++i) {
      ends_line = buffer[static_cast<std::size_t>(i)] == '\n';
      if (ends_line && ++lines % kMarkedLines == 0) marks.push_back(offset + i + 1);
    }
    offset += got;
  }
  if (file.bad()) return core::unavailable("io", path, "The file could not be read.");
  if (!ends_line) ++lines;
  return std::unique_ptr<Log>(std::make_unique<LeavesFile>(path, std::move(marks), lines));
}

}  // namespace ledger::tally_verify
