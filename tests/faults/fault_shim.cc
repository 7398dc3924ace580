// Preloaded into `tally` by the fault tests (LD_PRELOAD): counts the calls that change files below
// one folder, and makes one of them fail, fall short, or be the last thing the process ever does.
// It also keeps what a power cut would leave: the content of each file at its last successful
// fsync, and the entries of each folder at its own.
//
//   FAULT_DIR     the folder; calls on other files pass.
//   FAULT_OPS     which calls count: any of "w" (writes, truncations, allocations), "s" (syncs),
//                 "n" (names: rename, link, unlink, mkdir); default all three.
//   FAULT_PATH    only calls whose path below FAULT_DIR contains this count.
//   FAULT_AT      the call, from 1, that goes wrong; 0 or absent: none does.
//   FAULT_DO      kill_before, kill_after, kill_half (half of a write first), short, or the name of
//                 an error: EIO, ENOSPC, EROFS. From an error on, with FAULT_STICKY=1, all that
//                 count fail likewise.
//   FAULT_LOG     a file: one line for each counted call, "op path".
//   FAULT_SHADOW  a folder: "file.INODE" is a file's content at its last good fsync, "folder.INODE"
//                 the "inode name" lines of a folder at its own. A file whose fsync failed is never
//                 updated again: the kernel may call its lost pages clean, so a later success lies.
//
// RocksDB's info logs (LOG*) are passed over: nothing rests on them.
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <set>
#include <string>

namespace {

std::string setting(const char* name) {
  const char* value = getenv(name);
  return value == nullptr ? std::string() : value;
}

// The process has one of these; an interposed function has no other way to its state.
struct Shim {
  std::string dir = setting("FAULT_DIR");
  std::string ops = setting("FAULT_OPS").empty() ? "wsn" : setting("FAULT_OPS");
  std::string path = setting("FAULT_PATH");
  std::string action = setting("FAULT_DO");
  std::string log = setting("FAULT_LOG");
  std::string shadow = setting("FAULT_SHADOW");
  long at = atol(setting("FAULT_AT").c_str());
  bool sticky = setting("FAULT_STICKY") == "1";
  long calls = 0;
  std::set<ino_t> poisoned;
  // Held for the whole of each call, so that the shadow is of one moment.
  std::recursive_mutex mutex;
};

Shim& shim() {
  static Shim* const one = new Shim();
  return *one;
}

// Whether the folder holds the file, and nothing passes it over; `below` is then its path there.
bool concerns(const std::string& path, std::string& below) {
  const std::string& dir = shim().dir;
  if (dir.empty() || !path.starts_with(dir)) return false;
  if (path.size() > dir.size() && path[dir.size()] != '/') return false;
  below = path.substr(dir.size());
  return !below.substr(below.rfind('/') + 1).starts_with("LOG");
}

std::string path_of(int fd) {
  char link[64];
  char target[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t size = readlink(link, target, sizeof target);
  return size < 0 ? std::string() : std::string(target, static_cast<std::size_t>(size));
}

std::string absolute(const char* path) {
  if (path[0] == '/') return path;
  char cwd[PATH_MAX];
  return getcwd(cwd, sizeof cwd) == nullptr ? path : std::string(cwd) + "/" + path;
}

void write_raw(int fd, const char* bytes, std::size_t size) {
  while (size > 0) {
    const long written = syscall(SYS_write, fd, bytes, size);
    if (written <= 0) abort();
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
}

int open_raw(const std::string& path, int flags) {
  return static_cast<int>(syscall(SYS_openat, AT_FDCWD, path.c_str(), flags | O_CLOEXEC, 0600));
}

void note_call(const char* op, const std::string& below) {
  if (shim().log.empty()) return;
  const int fd = open_raw(shim().log, O_WRONLY | O_CREAT | O_APPEND);
  const std::string line = std::string(op) + " " + below + "\n";
  write_raw(fd, line.data(), line.size());
  syscall(SYS_close, fd);
}

// What is to become of a call.
enum class Fate { Pass, Fail, Short, Half, KillAfter };

[[noreturn]] void die() {
  kill(getpid(), SIGKILL);
  while (true) pause();
}

int error_number() {
  const std::string& action = shim().action;
  return action == "ENOSPC" ? ENOSPC : action == "EROFS" ? EROFS : EIO;
}

// Counts the call and decides its fate; errno is set if that is to fail.
Fate fate_of(char kind, const char* op, const std::string& below) {
  Shim& it = shim();
  if (it.ops.find(kind) == std::string::npos) return Fate::Pass;
  if (below.find(it.path) == std::string::npos) return Fate::Pass;
  ++it.calls;
  note_call(op, below);
  const bool is_error = it.action.starts_with("E");
  const bool hit = it.at > 0 && (it.calls == it.at || (is_error && it.sticky && it.calls > it.at));
  if (!hit) return Fate::Pass;
  if (it.action == "kill_before") die();
  if (it.action == "kill_after") return Fate::KillAfter;
  if (it.action == "kill_half") return Fate::Half;
  if (it.action == "short") return Fate::Short;
  errno = error_number();
  return Fate::Fail;
}

void copy_file(int from, const std::string& to) {
  const std::string draft = to + ".new";
  const int out = open_raw(draft, O_WRONLY | O_CREAT | O_TRUNC);
  // Read by path: the descriptor may be write-only.
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", from);
  const int in = open_raw(link, O_RDONLY);
  char buffer[65536];
  long count = 0;
  while ((count = syscall(SYS_read, in, buffer, sizeof buffer)) > 0) {
    write_raw(out, buffer, static_cast<std::size_t>(count));
  }
  syscall(SYS_close, in);
  syscall(SYS_close, out);
  syscall(SYS_rename, draft.c_str(), to.c_str());
}

void copy_entries(int folder, const std::string& to) {
  std::string lines;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
  DIR* entries = opendir(link);
  while (const dirent* entry = readdir(entries)) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    struct stat info {};
    if (fstatat(dirfd(entries), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) continue;
    lines += std::to_string(info.st_ino) + " " + name + "\n";
  }
  closedir(entries);
  const std::string draft = to + ".new";
  const int out = open_raw(draft, O_WRONLY | O_CREAT | O_TRUNC);
  write_raw(out, lines.data(), lines.size());
  syscall(SYS_close, out);
  syscall(SYS_rename, draft.c_str(), to.c_str());
}

// What a sync that succeeded has made durable.
void keep_synced(int fd) {
  struct stat info {};
  if (shim().shadow.empty() || fstat(fd, &info) != 0 || shim().poisoned.contains(info.st_ino))
    return;
  const std::string inode = std::to_string(info.st_ino);
  if (S_ISDIR(info.st_mode)) return copy_entries(fd, shim().shadow + "/folder." + inode);
  copy_file(fd, shim().shadow + "/file." + inode);
}

// An inode that is gone from the folder must not be used again in this run: its number names its
// content. A descriptor that is left open sees to that.
void hold(const std::string& path) {
  if (!shim().shadow.empty()) static_cast<void>(open_raw(path, O_PATH | O_NOFOLLOW));
}

// `perform(size)` does the call, with so many bytes of it if it is a write.
template <class Perform>
ssize_t on_write(const char* op, int fd, std::size_t size, const Perform& perform) {
  std::string below;
  if (!concerns(path_of(fd), below)) return perform(size);
  const std::lock_guard lock(shim().mutex);
  switch (fate_of('w', op, below)) {
    case Fate::Fail:
      return -1;
    case Fate::Short:
      return perform(std::max<std::size_t>(1, size / 2));
    case Fate::Half:
      perform(size / 2);
      die();
    case Fate::KillAfter:
      perform(size);
      die();
    case Fate::Pass:
      break;
  }
  return perform(size);
}

int on_sync(const char* op, int fd, const auto& perform) {
  std::string below;
  if (!concerns(path_of(fd), below)) return perform();
  const std::lock_guard lock(shim().mutex);
  const Fate fate = fate_of('s', op, below);
  if (fate == Fate::Fail) {
    struct stat info {};
    const int reason = errno;
    if (fstat(fd, &info) == 0) shim().poisoned.insert(info.st_ino);
    errno = reason;
    return -1;
  }
  // In the middle of a sync nothing is promised yet.
  if (fate == Fate::Half) die();
  const int outcome = perform();
  const int reason = errno;
  if (outcome == 0) keep_synced(fd);
  if (fate == Fate::KillAfter) die();
  errno = reason;
  return outcome;
}

int on_name(const char* op, const std::string& gone, const std::string& path, const auto& perform) {
  std::string below;
  if (!concerns(path, below)) return perform();
  const std::lock_guard lock(shim().mutex);
  const Fate fate = fate_of('n', op, below);
  if (fate == Fate::Fail) return -1;
  if (fate == Fate::Half) die();
  hold(gone);
  const int outcome = perform();
  if (fate == Fate::KillAfter) die();
  return outcome;
}

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

#define NEXT(name) static auto* const real = next<decltype(name)>(#name)

extern "C" {

ssize_t write(int fd, const void* bytes, size_t size) {
  NEXT(write);
  return on_write("write", fd, size, [&](size_t some) { return real(fd, bytes, some); });
}

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t offset) {
  NEXT(pwrite);
  return on_write("pwrite", fd, size, [&](size_t some) { return real(fd, bytes, some, offset); });
}

ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t offset) {
  NEXT(pwrite64);
  return on_write("pwrite64", fd, size, [&](size_t some) { return real(fd, bytes, some, offset); });
}

ssize_t writev(int fd, const iovec* parts, int count) {
  NEXT(writev);
  size_t size = 0;
  for (int i = 0; i < count; ++i) size += parts[i].iov_len;
  return on_write("writev", fd, size, [&](size_t some) -> ssize_t {
    if (some == size) return real(fd, parts, count);
    std::string bytes;
    for (int i = 0; i < count; ++i) {
      bytes.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
    }
    return syscall(SYS_write, fd, bytes.data(), some);
  });
}

int ftruncate(int fd, off_t size) {
  NEXT(ftruncate);
  return static_cast<int>(on_write("ftruncate", fd, 0, [&](size_t) { return real(fd, size); }));
}

int ftruncate64(int fd, off64_t size) {
  NEXT(ftruncate64);
  return static_cast<int>(on_write("ftruncate64", fd, 0, [&](size_t) { return real(fd, size); }));
}

int fallocate(int fd, int mode, off_t offset, off_t size) {
  NEXT(fallocate);
  return static_cast<int>(
      on_write("fallocate", fd, 0, [&](size_t) { return real(fd, mode, offset, size); }));
}

int fallocate64(int fd, int mode, off64_t offset, off64_t size) {
  NEXT(fallocate64);
  return static_cast<int>(
      on_write("fallocate64", fd, 0, [&](size_t) { return real(fd, mode, offset, size); }));
}

int fsync(int fd) {
  NEXT(fsync);
  return on_sync("fsync", fd, [&] { return real(fd); });
}

int fdatasync(int fd) {
  NEXT(fdatasync);
  return on_sync("fdatasync", fd, [&] { return real(fd); });
}

// Makes nothing durable by itself, so it counts as a write. It never fails here: it only begins to
// write back, and RocksDB asserts that its first one succeeds.
int sync_file_range(int fd, off64_t offset, off64_t size, unsigned flags) {
  NEXT(sync_file_range);
  const auto perform = [&](size_t) { return real(fd, offset, size, flags); };
  if (shim().action.starts_with("E")) return perform(0);
  return static_cast<int>(on_write("sync_file_range", fd, 0, perform));
}

int rename(const char* from, const char* to) noexcept {
  NEXT(rename);
  return on_name("rename", absolute(to), absolute(to), [&] { return real(from, to); });
}

int link(const char* from, const char* to) noexcept {
  NEXT(link);
  return on_name("link", absolute(to), absolute(to), [&] { return real(from, to); });
}

int unlink(const char* path) noexcept {
  NEXT(unlink);
  return on_name("unlink", absolute(path), absolute(path), [&] { return real(path); });
}

int remove(const char* path) noexcept {
  NEXT(remove);
  return on_name("remove", absolute(path), absolute(path), [&] { return real(path); });
}

int rmdir(const char* path) noexcept {
  NEXT(rmdir);
  return on_name("rmdir", absolute(path), absolute(path), [&] { return real(path); });
}

int unlinkat(int folder, const char* path, int flags) noexcept {
  NEXT(unlinkat);
  const std::string whole_path =
      path[0] == '/' || folder == AT_FDCWD ? absolute(path) : path_of(folder) + "/" + path;
  return on_name("unlinkat", whole_path, whole_path, [&] { return real(folder, path, flags); });
}

int mkdir(const char* path, mode_t mode) noexcept {
  NEXT(mkdir);
  return on_name("mkdir", absolute(path), absolute(path), [&] { return real(path, mode); });
}

}  // extern "C"
