#include "core/descriptor.h"

#include <cerrno>
#include <cstring>

namespace core {

Error io_error(const std::string& path, const char* doing) {
  return unavailable("io", path, std::string(doing) + " failed: " + std::strerror(errno) + ".");
}

Result<> write_all(const Descriptor& file, const std::string& path, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return io_error(path, "Writing");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return ok();
}

}  // namespace core
