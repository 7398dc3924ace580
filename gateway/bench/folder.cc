#include "gateway/bench/folder.h"

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "gateway/bench/machine.h"

namespace gateway::bench {

core::Result<Folder> Folder::open(const std::string& given) {
  std::error_code error;
  if (!given.empty()) {
    std::filesystem::create_directories(given, error);
    if (error) return core::unavailable("io", given, error.message());
    return Folder(given, false);
  }
  const auto temporary = std::filesystem::temp_directory_path(error);
  std::string pattern = (temporary / "tally-bench-XXXXXX").string();
  const char* made = error ? nullptr : ::mkdtemp(pattern.data());
  if (made == nullptr) {
    return core::unavailable("io", "the temporary folder",
                             "No folder could be made there; name one with --data.");
  }
  Folder folder(made, true);
  if (lies_in_memory(folder.path())) {
    return core::unavailable(
        "folder_in_memory", temporary.string(),
        "The temporary folder lies in memory, where a sync costs nothing and no "
        "figure means anything; name a folder on a disk with --data.");
  }
  return folder;
}

Folder::Folder(Folder&& other) noexcept
    : path_(std::move(other.path_)), temporary_(std::exchange(other.temporary_, false)) {}

Folder::~Folder() {
  std::error_code ignored;
  if (temporary_) std::filesystem::remove_all(path_, ignored);
}

}  // namespace gateway::bench
