#include "gateway/registers/fetch/credentials.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string_view>

namespace gateway::registers::fetch {
namespace {

constexpr std::size_t kFileBytesMax = 4096;
constexpr mode_t kOthers = 077;

core::Error bad_credentials(std::string at, std::string detail) {
  return core::invalid("register_credentials", std::move(at), std::move(detail));
}

// Closes what it holds.
struct Descriptor {
  explicit Descriptor(int fd) : value(fd) {}
  ~Descriptor() {
    if (value >= 0) ::close(value);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int value;
};

// Header values may hold no line ends: what follows one would be a header of its own.
bool is_header_value(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

core::Result<Credentials> parse(std::string_view text, const std::string& path) {
  Credentials credentials;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    const std::size_t mark = std::min(line.find('='), line.size());
    const std::string_view name = line.substr(0, mark);
    const std::string_view value = line.substr(std::min(mark + 1, line.size()));
    if ((name != "email" && name != "key") || !is_header_value(value)) {
      return bad_credentials(path, "The file has lines email=... and key=..., and no others.");
    }
    (name == "key" ? credentials.key : credentials.email) =
        core::Secret::copy_of(core::as_bytes(value));
  }
  if (credentials.email.size() == 0 || credentials.key.size() == 0) {
    return bad_credentials(path, "The file must have a line email=... and a line key=....");
  }
  return credentials;
}

}  // namespace

core::Result<Credentials> read_credentials(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.value < 0) {
    if (errno == ENOENT) return core::not_found("file", path, "There is no such file to read.");
    return core::unavailable("io", path, "The file cannot be opened.");
  }
  struct stat status {};
  if (::fstat(file.value, &status) != 0) {
    return core::unavailable("io", path, "The file cannot be read.");
  }
  if (!S_ISREG(status.st_mode) || (status.st_mode & kOthers) != 0) {
    return bad_credentials(path, "Make it a file that its owner alone can read: chmod 600.");
  }
  core::Secret content(kFileBytesMax + 1);
  std::size_t size = 0;
  while (size < content.size()) {
    const ssize_t got = ::read(file.value, content.bytes().data() + size, content.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return core::unavailable("io", path, "The file cannot be read.");
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > kFileBytesMax) return bad_credentials(path, "The file is too long.");
  content.truncate(size);
  return parse(content.text(), path);
}

core::Result<Credentials> credentials_of_environment() {
  const char* const email = std::getenv("TALLY_FCA_EMAIL");
  const char* const key = std::getenv("TALLY_FCA_KEY");
  if (email == nullptr || key == nullptr || !is_header_value(email) || !is_header_value(key)) {
    return bad_credentials("TALLY_FCA_EMAIL, TALLY_FCA_KEY",
                           "Set both variables, or name a file with --credentials.");
  }
  return Credentials{core::Secret::copy_of(core::as_bytes(email)),
                     core::Secret::copy_of(core::as_bytes(key))};
}

}  // namespace gateway::registers::fetch
