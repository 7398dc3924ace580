#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/descriptor.h"

// A file of entries that are on disk before anything goes on, and are taken out again in order.
// Several processes may append; one takes out. Source: docs/formats/access.md, "The spool".
namespace gateway::spool {

inline constexpr std::size_t kEntryBytesMax = 64u << 10;
// Nothing is appended beyond it: whoever takes out has not come for very long.
inline constexpr std::uint64_t kSpoolBytesMax = 1u << 30;

struct Entry {
  std::uint64_t number = 0;
  core::Bytes payload;
};
using Visit = std::function<core::Result<bool>(Entry entry)>;  // False ends the reading.

// What a reading of the whole file came to.
struct Found {
  std::uint64_t next_number = 1;  // Of the entry that comes next.
  std::uint64_t entries = 0;
  std::uint64_t end = 0;  // Where the last whole entry ends.
  bool torn = false;      // Behind it lies the rest of an append that a crash broke off.
};

// Reads all entries, writing nothing. Errors: NotFound/access_spool; Corrupt/access_spool with the
// byte where something is not as it was written; Unavailable/io; those of `visit`.
core::Result<Found> read_spool(const std::string& path, const Visit& visit);

// What tells whether somebody else has written a file since.
struct FileState {
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t changed_at = 0;  // Nanoseconds; of the file system.
  bool operator==(const FileState&) const = default;
};

class Spool {
 public:
  // An empty spool whose first entry gets this number. Errors: Conflict/exists; Unavailable/io.
  static core::Result<> create(const std::string& path, std::uint64_t first_number = 1);
  // The file is looked at by each append(), so that whoever has a spool goes on once it is mended.
  // Errors: Unavailable/io.
  static core::Result<std::unique_ptr<Spool>> open(const std::string& path);

  // Appends the entry and fsyncs; gives its number. Any thread: those that wait share one fsync.
  //
  // Guarantees: once it has answered, the entry is on disk. A torn tail is cut first.
  // Errors:     Unavailable/access_log if another process keeps the lock, the spool is full, or
  // writing
  //             failed; Corrupt/access_spool. What was refused may still be there: it says that
  //             somebody asked.
  core::Result<std::uint64_t> append(core::Bytes payload);

  // Takes out all entries below this number, which whoever asks has put elsewhere, durably. Does
  // nothing while too many newer ones have come. Any thread. Errors: as append().
  core::Result<> cut(std::uint64_t below);

  const std::string& path() const { return path_; }

 private:
  struct Waiting;
  class Lock;

  explicit Spool(std::string path, int lock_file);
  core::Result<std::uint64_t> write_group(const std::vector<std::shared_ptr<Waiting>>& group);
  core::Result<> look(const core::Descriptor& file);
  core::Result<> cut_locked(std::uint64_t below);

  std::string path_;
  core::Descriptor lock_file_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::shared_ptr<Waiting>> waiting_;
  bool busy_ = false;  // One thread writes or cuts.
  // As we left the file when we last had the lock.
  FileState left_;
  std::optional<std::uint64_t> first_number_;
  std::uint64_t end_ = 0;
  std::uint64_t next_number_ = 0;
};

}  // namespace gateway::spool
