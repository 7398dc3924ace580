#include "core/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "core/descriptor.h"

namespace core {
namespace {

mode_t mode_of(FileAccess access) { return access == FileAccess::OwnerOnly ? 0600 : 0644; }

// All of it, on the disk.
Result<> write_durably(const Descriptor& file, const std::string& path, std::string_view content) {
  TRY(write_all(file, path, as_bytes(content)));
  if (::fsync(file.number()) != 0) return io_error(path, "Making the file durable");
  return ok();
}

// A file, or the names in a folder.
Result<> sync(const std::string& path, int flags = 0) {
  const Descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags));
  if (opened.number() < 0 || ::fsync(opened.number()) != 0) {
    return io_error(path, "Making it durable");
  }
  return ok();
}

Result<> sync_folder_of(const std::string& path) {
  return sync_folder(std::filesystem::path(path).parent_path().string());
}

Result<> write_beside(const std::string& path, std::string_view content, FileAccess access) {
  const Descriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_of(access)));
  if (file.number() < 0) return io_error(path, "Creating");
  return write_durably(file, path, content);
}

// Makes the folder and those above it. Each new name is made durable in the folder above: files in
// a folder that a power cut forgets are forgotten too.
Result<> make_missing(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).lexically_normal();
  const std::filesystem::path above = folder.parent_path();
  std::error_code error;
  if (!folder.filename().empty() && std::filesystem::is_directory(folder, error)) return ok();
  if (!above.empty() && above != folder) {
    TRY(make_missing(above.string()));
  }
  const bool made = std::filesystem::create_directory(folder, error);
  if (error) {
    return unavailable("io", path, "Making the folder failed: " + error.message() + ".");
  }
  return made ? sync_folder_of(folder.string()) : ok();
}

}  // namespace

bool file_exists(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0;
}

Result<std::string> read_file(const std::string& path, std::size_t bytes_max) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) {
    if (errno == ENOENT) return not_found("file", path, "There is no such file.");
    return io_error(path, "Opening");
  }
  std::string content;
  char buffer[65536];
  while (true) {
    const ssize_t count = ::read(file.number(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return io_error(path, "Reading");
    if (count == 0) return content;
    if (content.size() + static_cast<std::size_t>(count) > bytes_max) {
      return invalid("too_large", path, "The file is larger than is read here.");
    }
    content.append(buffer, static_cast<std::size_t>(count));
  }
}

Result<> write_file(const std::string& path, std::string_view content, FileAccess access) {
  const std::string beside = path + ".new";
  auto written = write_beside(beside, content, access);
  if (written && ::rename(beside.c_str(), path.c_str()) != 0) {
    written = io_error(path, "Renaming into place");
  }
  if (!written) {
    // Nothing partial is left, least of all on a disk that is full.
    ::unlink(beside.c_str());
    return written;
  }
  return sync_folder_of(path);
}

Result<> append_file(const std::string& path, std::string_view content) {
  const bool is_new = !file_exists(path);
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (file.number() < 0) return io_error(path, "Opening");
  const ::off_t end = ::lseek(file.number(), 0, SEEK_END);
  const auto written = write_durably(file, path, content);
  if (!written) {
    // What may not be on disk must not be read back from memory as if it were.
    static_cast<void>(::ftruncate(file.number(), end) == 0);
    return written;
  }
  return is_new ? sync_folder_of(path) : ok();
}

Result<> sync_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) return io_error(path, "Opening");
  if (::fsync(file.number()) != 0) return io_error(path, "Making the file durable");
  return sync_folder_of(path);
}

Result<> sync_folder(const std::string& path) {
  return sync(path.empty() ? "." : path, O_DIRECTORY);
}

Result<> remove_file(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return io_error(path, "Deleting");
  return sync_folder_of(path);
}

Result<> make_folder(const std::string& path, FileAccess access) {
  TRY(make_missing(path));
  if (access == FileAccess::OwnerOnly && ::chmod(path.c_str(), 0700) != 0) {
    return io_error(path, "Setting the folder's permissions");
  }
  return ok();
}

Result<> sync_folder_tree(const std::string& path) {
  std::error_code failure;
  for (std::filesystem::recursive_directory_iterator entry(path, failure), end;
       !failure && entry != end; entry.increment(failure)) {
    TRY(sync(entry->path().string()));
  }
  if (failure) return unavailable("io", path, "Reading the folder failed: " + failure.message());
  TRY(sync(path));
  return sync_folder_of(path);
}

}  // namespace core
