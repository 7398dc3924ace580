#include "gateway/vault/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "core/descriptor.h"
#include "core/files.h"

namespace gateway::vault {
namespace {

core::Error shorter(const std::string& path) {
  return core::corrupt("vault", path, "The file is shorter than it was when it was opened.");
}

}  // namespace

core::Result<> append_at(const std::string& path, std::size_t end, core::ByteView bytes) {
  const core::Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.number() < 0) return core::io_error(path, "Opening");
  const ::off_t size = ::lseek(file.number(), 0, SEEK_END);
  if (size < 0) return core::io_error(path, "Looking at");
  const auto wanted = static_cast<::off_t>(end);
  if (size < wanted) return shorter(path);
  if (size > wanted && ::ftruncate(file.number(), wanted) != 0) {
    return core::io_error(path, "Cutting");
  }
  if (::lseek(file.number(), wanted, SEEK_SET) != wanted) return core::io_error(path, "Writing");
  auto written = core::write_all(file, path, bytes);
  if (written && ::fsync(file.number()) != 0) {
    written = core::io_error(path, "Making the file durable");
  }
  // What may not be on disk must not be read back from memory as if it were.
  if (!written) static_cast<void>(::ftruncate(file.number(), wanted) == 0);
  return written;
}

core::Result<> cut_file(const std::string& path, std::size_t end) {
  const core::Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.number() < 0) return core::io_error(path, "Opening");
  const auto wanted = static_cast<::off_t>(end);
  if (::lseek(file.number(), 0, SEEK_END) <= wanted) return core::ok();
  if (::ftruncate(file.number(), wanted) != 0) return core::io_error(path, "Cutting");
  if (::fsync(file.number()) != 0) return core::io_error(path, "Making the file durable");
  return core::ok();
}

core::Result<core::Bytes> read_range(const std::string& path, std::size_t begin,
                                     std::size_t bytes) {
  const core::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) return core::io_error(path, "Opening");
  core::Bytes out(bytes);
  std::size_t done = 0;
  while (done < bytes) {
    const ssize_t count =
        ::pread(file.number(), out.data() + done, bytes - done, static_cast<::off_t>(begin + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return core::io_error(path, "Reading");
    if (count == 0) return shorter(path);
    done += static_cast<std::size_t>(count);
  }
  return out;
}

core::Result<> rename_file(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return core::io_error(to, "Renaming into place");
  return core::sync_folder(std::filesystem::path(to).parent_path().string());
}

}  // namespace gateway::vault
