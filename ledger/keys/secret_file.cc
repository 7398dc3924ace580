#include "ledger/keys/secret_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "core/descriptor.h"

namespace ledger::keys {
namespace {

constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

core::Error io_error(const std::string& path) {
  return core::unavailable("io", path,
                           std::string("Reading failed: ") + std::strerror(errno) + ".");
}

// Asked of the open file, so that nobody can put another in its place between the two.
core::Result<> check_file(int descriptor, const std::string& path) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return io_error(path);
  if (!S_ISREG(status.st_mode)) return core::invalid("key_file", path, "This is no regular file.");
  if ((status.st_mode & kOthers) != 0) {
    std::array<char, 8> mode{};
    std::snprintf(mode.data(), mode.size(), "%04o", static_cast<unsigned>(status.st_mode & 07777));
    return core::invalid("key_file_mode", path,
                         std::string("The file has mode ") + mode.data() +
                             ": others can read or change it, so it was not used. Run chmod 600 on "
                             "it, and think about whether somebody has read it.");
  }
  if (static_cast<std::size_t>(status.st_size) > kSecretFileBytesMax) {
    return core::invalid("key_file", path, "The file is too large for a key.");
  }
  return core::ok();
}

}  // namespace

core::Result<core::Secret> read_secret_file(const std::string& path) {
  // Not waiting for a writer, should it be a pipe.
  const core::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number() < 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return core::not_found("file", path, "There is no such file.");
    }
    return io_error(path);
  }
  TRY(check_file(file.number(), path));
  core::Secret content(kSecretFileBytesMax);
  std::size_t size = 0;
  while (size < content.size()) {
    const ssize_t got = ::read(file.number(), content.bytes().data() + size, content.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_error(path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  content.truncate(size);
  return content;
}

core::Result<core::Secret> read_passphrase_file(const std::string& path) {
  TRY(auto content, read_secret_file(path));
  content.truncate(std::min(content.text().find_first_of("\r\n"), content.size()));
  if (content.size() == 0) {
    return core::invalid("passphrase", path, "The first line of the file is empty.");
  }
  return content;
}

}  // namespace ledger::keys
