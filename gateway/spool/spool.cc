#include "gateway/spool/spool.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <optional>
#include <thread>

#include "core/files.h"
#include "gateway/spool/frame.h"

namespace gateway::spool {
namespace {

// Another process holds the lock for one write and one fsync; if it is stopped, nobody waits for
// ever.
constexpr std::chrono::seconds kLockWait{5};
constexpr std::chrono::milliseconds kLockPause{1};
// More than this of newer entries is not copied in a cut.
constexpr std::uint64_t kCopiedBytesMax = 4u << 20;

std::string lock_path(const std::string& path) { return path + ".lock"; }

core::Error damaged(const std::string& path, std::uint64_t offset) {
  return core::corrupt("access_spool", path + " byte " + std::to_string(offset),
                       "The spool is not as it was written. See docs/runbooks/access-log.md.");
}

core::Error cannot(const std::string& path, const core::Error& why) {
  return core::unavailable("access_log", path,
                           "The reading cannot be put down, so it is refused: " + why.detail);
}

// As many bytes as there are, up to `wanted`. Errors: Unavailable/io.
core::Result<std::size_t> read_at(const core::Descriptor& file, const std::string& path,
                                  std::uint64_t offset, std::span<std::uint8_t> out) {
  std::size_t done = 0;
  while (done < out.size()) {
    const ssize_t count = ::pread(file.number(), out.data() + done, out.size() - done,
                                  static_cast<::off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return core::io_error(path, "Reading");
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

// A power cut may leave a file that is longer than what was written into it.
core::Result<bool> is_zero_from(const core::Descriptor& file, const std::string& path,
                                std::uint64_t offset) {
  std::array<std::uint8_t, 4096> buffer{};
  while (true) {
    TRY(const std::size_t count, read_at(file, path, offset, buffer));
    if (count == 0) return true;
    if (std::ranges::any_of(std::span(buffer).first(count), [](auto byte) { return byte != 0; })) {
      return false;
    }
    offset += count;
  }
}

struct FrameRead {
  std::optional<Entry> entry;  // Absent: the file ends, or is torn, here.
  std::uint64_t end = 0;
  bool torn = false;
};

core::Result<FrameRead> torn_or_damaged(const core::Descriptor& file, const std::string& path,
                                        std::uint64_t offset) {
  TRY(const bool is_zero, is_zero_from(file, path, offset));
  if (!is_zero) return damaged(path, offset);
  return FrameRead{std::nullopt, offset, true};
}

core::Result<FrameRead> read_frame(const core::Descriptor& file, const std::string& path,
                                   std::uint64_t offset) {
  core::Bytes bytes(kFrameHeadBytes);
  TRY(const std::size_t head_read, read_at(file, path, offset, bytes));
  if (head_read < kFrameHeadBytes) return FrameRead{std::nullopt, offset, head_read > 0};
  const auto head = decode_frame_head(bytes);
  if (!head) return torn_or_damaged(file, path, offset);
  const std::size_t rest = head->length + kDigestBytes;
  bytes.resize(kFrameHeadBytes + rest);
  TRY(const std::size_t read,
      read_at(file, path, offset + kFrameHeadBytes, std::span(bytes).subspan(kFrameHeadBytes)));
  if (read < rest) return FrameRead{std::nullopt, offset, true};
  if (!is_whole(bytes)) return damaged(path, offset);
  Entry entry{head->number, core::Bytes(bytes.begin() + kFrameHeadBytes,
                                        bytes.begin() + kFrameHeadBytes + head->length)};
  return FrameRead{std::move(entry), offset + bytes.size(), false};
}

core::Result<Found> read_all(const core::Descriptor& file, const std::string& path,
                             const Visit& visit) {
  core::Bytes head(kHeadBytes);
  TRY(const std::size_t read, read_at(file, path, 0, head));
  const auto first = read == kHeadBytes ? decode_head(head) : std::nullopt;
  if (!first) return damaged(path, 0);
  Found found{*first, 0, kHeadBytes, false};
  while (true) {
    TRY(auto frame, read_frame(file, path, found.end));
    found.torn = frame.torn;
    if (!frame.entry) return found;
    if (frame.entry->number != found.next_number) return damaged(path, found.end);
    found.end = frame.end;
    ++found.next_number;
    ++found.entries;
    TRY(const bool go_on, visit(std::move(*frame.entry)));
    if (!go_on) return found;
  }
}

core::Result<bool> pass_over(const Entry&) { return true; }

core::Result<FileState> state_of(const core::Descriptor& file, const std::string& path) {
  struct stat info {};
  if (::fstat(file.number(), &info) != 0) return core::io_error(path, "Looking at");
  return FileState{
      info.st_ino, static_cast<std::uint64_t>(info.st_size),
      static_cast<std::int64_t>(info.st_ctim.tv_sec) * 1'000'000'000 + info.st_ctim.tv_nsec};
}

core::Error not_there(const std::string& path) {
  return core::not_found("access_spool", path,
                         "The spool of the log of reads is missing. See "
                         "docs/runbooks/access-log.md.");
}

}  // namespace

struct Spool::Waiting {
  core::Bytes payload;
  std::optional<core::Result<std::uint64_t>> answer = {};
};

// Keeps other processes out. The lock file is never replaced, as the spool itself is.
class Spool::Lock {
 public:
  static core::Result<std::unique_ptr<Lock>> take(const core::Descriptor& file,
                                                  const std::string& path) {
    const auto until = std::chrono::steady_clock::now() + kLockWait;
    while (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK && errno != EINTR) return core::io_error(path, "Locking");
      if (std::chrono::steady_clock::now() > until) {
        return core::unavailable("io", path, "Another process keeps the spool locked.");
      }
      std::this_thread::sleep_for(kLockPause);
    }
    return std::unique_ptr<Lock>(new Lock(file.number()));
  }
  ~Lock() { ::flock(file_, LOCK_UN); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  explicit Lock(int file) : file_(file) {}
  int file_;
};

core::Result<Found> read_spool(const std::string& path, const Visit& visit) {
  const core::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0 && errno == ENOENT) return not_there(path);
  if (file.number() < 0) return core::io_error(path, "Opening");
  return read_all(file, path, visit);
}

core::Result<> Spool::create(const std::string& path, std::uint64_t first_number) {
  if (core::file_exists(path)) {
    return core::conflict("exists", path, "There is a spool here already.");
  }
  TRY(core::write_file(lock_path(path), "", core::FileAccess::OwnerOnly));
  return core::write_file(path, core::as_text(encode_head(first_number)),
                          core::FileAccess::OwnerOnly);
}

Spool::Spool(std::string path, int lock_file) : path_(std::move(path)), lock_file_(lock_file) {}

core::Result<std::unique_ptr<Spool>> Spool::open(const std::string& path) {
  const int lock_file =
      ::open(lock_path(path).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (lock_file < 0) return core::io_error(lock_path(path), "Opening");
  return std::unique_ptr<Spool>(new Spool(path, lock_file));
}

core::Result<std::uint64_t> Spool::append(core::Bytes payload) {
  if (payload.size() > kEntryBytesMax) {
    return core::unavailable("access_log", path_, "The reading is too long to be put down.");
  }
  const auto mine = std::make_shared<Waiting>(Waiting{std::move(payload)});
  std::unique_lock lock(mutex_);
  waiting_.push_back(mine);
  while (!mine->answer) {
    if (busy_) {
      changed_.wait(lock);
      continue;
    }
    // The first that finds nobody writing writes for all that wait.
    busy_ = true;
    const auto group = std::exchange(waiting_, {});
    lock.unlock();
    const auto first = write_group(group);
    lock.lock();
    for (std::size_t i = 0; i < group.size(); ++i) {
      group[i]->answer = first ? core::Result<std::uint64_t>(first.value() + i) : first.error();
    }
    busy_ = false;
    changed_.notify_all();
  }
  return *mine->answer;
}

// Learns the next number: from memory if the file is as we left it, else from all of it.
core::Result<> Spool::look(const core::Descriptor& file) {
  TRY(const FileState now, state_of(file, path_));
  core::Bytes head(kHeadBytes);
  TRY(const std::size_t head_read, read_at(file, path_, 0, head));
  const auto first = head_read == kHeadBytes ? decode_head(head) : std::nullopt;
  if (now == left_ && first == first_number_) return core::ok();
  TRY(const Found found, read_all(file, path_, pass_over));
  // What others took out is counted in the file's head, so numbers never go back.
  if (found.next_number < next_number_) return damaged(path_, found.end);
  if (found.torn && ::ftruncate(file.number(), static_cast<::off_t>(found.end)) != 0) {
    return core::io_error(path_, "Cutting the torn tail");
  }
  left_ = {};
  first_number_ = first;
  end_ = found.end;
  next_number_ = found.next_number;
  return core::ok();
}

core::Result<std::uint64_t> Spool::write_group(const std::vector<std::shared_ptr<Waiting>>& group) {
  auto lock = Lock::take(lock_file_, lock_path(path_));
  if (!lock) return cannot(path_, lock.error());
  const core::Descriptor file(::open(path_.c_str(), O_RDWR | O_APPEND | O_CLOEXEC));
  if (file.number() < 0 && errno == ENOENT) return cannot(path_, not_there(path_));
  if (file.number() < 0) return cannot(path_, core::io_error(path_, "Opening"));
  const auto looked = look(file);
  if (!looked && looked.error().code == core::Code::Corrupt) return looked.error();
  if (!looked) return cannot(path_, looked.error());
  core::Bytes frames;
  std::uint64_t number = next_number_;
  for (const auto& one : group) append_frame(number++, one->payload, frames);
  if (end_ + frames.size() > kSpoolBytesMax) {
    return core::unavailable("access_log", path_,
                             "The spool is full: the log of reads takes nothing out. See "
                             "docs/runbooks/access-log.md.");
  }
  auto written = core::write_all(file, path_, frames);
  if (written && ::fdatasync(file.number()) != 0) {
    written = core::io_error(path_, "Making the entry durable");
  }
  if (!written) {
    // Nothing partial is left. Where even that fails, the next look finds a torn tail or whole
    // entries.
    static_cast<void>(::ftruncate(file.number(), static_cast<::off_t>(end_)) == 0);
    left_ = {};
    return cannot(path_, written.error());
  }
  end_ += frames.size();
  const auto left = state_of(file, path_);
  left_ = left ? left.value() : FileState{};
  return std::exchange(next_number_, number);
}

core::Result<> Spool::cut(std::uint64_t below) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !busy_; });
  busy_ = true;
  lock.unlock();
  auto done = cut_locked(below);
  lock.lock();
  busy_ = false;
  changed_.notify_all();
  return done;
}

core::Result<> Spool::cut_locked(std::uint64_t below) {
  auto lock = Lock::take(lock_file_, lock_path(path_));
  if (!lock) return cannot(path_, lock.error());
  core::Bytes content = encode_head(below);
  bool too_much = false;
  TRY(const Found found, read_spool(path_, [&](Entry entry) -> core::Result<bool> {
        if (entry.number < below) return true;
        append_frame(entry.number, entry.payload, content);
        too_much = content.size() > kCopiedBytesMax;
        return !too_much;
      }));
  if (too_much || found.entries == 0) return core::ok();
  if (found.next_number < below) {
    return core::corrupt("access_spool", path_, "Entries are to be taken out that never were in.");
  }
  // Whole or not at all: a crash leaves the old file, whose entries are put down a second time
  // without becoming two.
  auto written = core::write_file(path_, core::as_text(content), core::FileAccess::OwnerOnly);
  left_ = {};
  if (!written) return cannot(path_, written.error());
  return core::ok();
}

}  // namespace gateway::spool
