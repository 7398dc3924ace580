#include "gateway/bench/machine.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/resource.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace gateway::bench {
namespace {

// The number behind "name:" in a file of /proc.
std::optional<std::uint64_t> number_in(const char* path, std::string_view name) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(name) || line.size() <= name.size() || line[name.size()] != ':') continue;
    const std::size_t begin = line.find_first_of("0123456789");
    if (begin == std::string::npos) return std::nullopt;
    std::uint64_t value = 0;
    std::from_chars(line.data() + begin, line.data() + line.size(), value);
    return value;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> bytes_written() { return number_in("/proc/self/io", "write_bytes"); }

std::uint64_t processor_micros() {
  struct rusage used {};
  if (::getrusage(RUSAGE_SELF, &used) != 0) return 0;
  const auto seconds = used.ru_utime.tv_sec + used.ru_stime.tv_sec;
  const auto rest = used.ru_utime.tv_usec + used.ru_stime.tv_usec;
  return static_cast<std::uint64_t>(seconds) * 1'000'000 + static_cast<std::uint64_t>(rest);
}

std::uint64_t peak_memory_bytes() {
  return number_in("/proc/self/status", "VmHWM").value_or(0) * 1024;
}

void reset_peak_memory() { std::ofstream("/proc/self/clear_refs") << "5"; }

bool lies_in_memory(const std::string& folder) {
  struct statfs answer {};
  if (::statfs(folder.c_str(), &answer) != 0) return false;
  const auto type = static_cast<std::uint64_t>(answer.f_type);
  return type == TMPFS_MAGIC || type == RAMFS_MAGIC;
}

void drop_cached(const std::string& folder) {
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
    if (!entry.is_regular_file(error)) continue;
    const int file = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) continue;
    // Only what is on the disk already can be dropped.
    static_cast<void>(::fdatasync(file));
    static_cast<void>(::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED));
    ::close(file);
  }
}

}  // namespace gateway::bench
