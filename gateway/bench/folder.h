#pragma once

#include <string>

#include "core/result.h"

namespace gateway::bench {

// The folder that holds what is measured: the one that was named, which is left as it is, or a new
// one below the temporary folder, which disappears with this.
class Folder {
 public:
  // "" = a new one.
  // Errors: Unavailable/io if none can be made; Unavailable/folder_in_memory if a new one would lie
  // in
  //         memory.
  static core::Result<Folder> open(const std::string& given);
  ~Folder();
  Folder(Folder&& other) noexcept;
  Folder& operator=(Folder&&) = delete;
  const std::string& path() const { return path_; }

 private:
  Folder(std::string path, bool temporary) : path_(std::move(path)), temporary_(temporary) {}
  std::string path_;
  bool temporary_;
};

}  // namespace gateway::bench
