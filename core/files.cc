#include "core/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace core {
namespace {

Error io_error(const std::string& path, const char* doing) {
  return unavailable("io", path, std::string(doing) + " failed: " + std::strerror(errno) + ".");
}

// Closes on every way out.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

mode_t mode_of(FileAccess access) { return access == FileAccess::OwnerOnly ? 0600 : 0644; }

Result<> write_all(const Descriptor& file, const std::string& path, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file.number(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return io_error(path, "Writing");
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(file.number()) != 0) return io_error(path, "Making the file durable");
  return ok();
}

Result<> sync(const std::string& path) {
  const Descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.number() < 0 || ::fsync(opened.number()) != 0) {
    return io_error(path, "Making it durable");
  }
  return ok();
}

Result<> sync_folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return sync(folder.empty() ? "." : folder);
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
  {
    const Descriptor file(
        ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_of(access)));
    if (file.number() < 0) return io_error(beside, "Creating");
    TRY(write_all(file, beside, content));
  }
  if (::rename(beside.c_str(), path.c_str()) != 0) return io_error(path, "Renaming into place");
  return sync_folder_of(path);
}

Result<> append_file(const std::string& path, std::string_view content) {
  const bool is_new = !file_exists(path);
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (file.number() < 0) return io_error(path, "Opening");
  TRY(write_all(file, path, content));
  return is_new ? sync_folder_of(path) : ok();
}

Result<> make_folder(const std::string& path, FileAccess access) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) {
    return unavailable("io", path, "Making the folder failed: " + error.message() + ".");
  }
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
