#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "core/check.h"

// Files as a test's villain sees them: bytes to keep, to flip and to compare.
namespace tests {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  CHECK(file.good());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline void write_file(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  CHECK(file.good());
}

// All bits of one byte turned over.
inline std::string flipped(std::string bytes, std::size_t index) {
  bytes.at(index) = static_cast<char>(~bytes[index]);
  return bytes;
}

// Everything in a folder, by name; without what vanishes meanwhile.
inline std::map<std::string, std::string> read_folder(const std::filesystem::path& folder) {
  std::map<std::string, std::string> content;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    if (!file) continue;
    content[entry.path().filename().string()].assign(std::istreambuf_iterator<char>(file), {});
  }
  return content;
}

// Makes the folder hold exactly this.
inline void write_folder(const std::filesystem::path& folder,
                         const std::map<std::string, std::string>& content) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  for (const auto& [name, bytes] : content) write_file(folder / name, bytes);
}

// The names in a folder that end like this (".sst") or begin like this ("MANIFEST"), in order.
inline std::vector<std::string> names_in(const std::filesystem::path& folder,
                                         const std::string& part) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(part) || name.ends_with(part)) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace tests
