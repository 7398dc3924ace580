#pragma once

#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/check.h"

namespace tests {

// A folder of its own under TMPDIR or /tmp, gone with everything in it at the end of the test.
class TempDir {
 public:
  TempDir() {
    const char* root = std::getenv("TMPDIR");
    std::string name = std::string(root != nullptr && *root != '\0' ? root : "/tmp");
    name.append("/tallystick.XXXXXX");
    CHECK(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::filesystem::path& path() const { return path_; }
  // The path of a name in the folder.
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace tests
