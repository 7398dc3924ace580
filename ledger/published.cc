#include "ledger/published.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <utility>

#include "core/files.h"
#include "ledger/big_endian.h"
#include "ledger/checkpoint.h"
#include "ledger/note.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNumberDigits = 6;
constexpr std::string_view kHistoryFolder = "/history";
// A file takes one more frame while it is below kHistoryBytes.
constexpr std::size_t kFileBytesMax = kHistoryBytes + 2 * kNoteBytesMax;

std::string last_path(const std::string& folder) { return folder + "/checkpoint"; }

std::string numbered(const std::string& folder, std::size_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < kNumberDigits) digits.insert(0, kNumberDigits - digits.size(), '0');
  return folder + std::string(kHistoryFolder) + "/" + digits + ".notes";
}

core::Result<PublishedNote> read_note(std::string note) {
  TRY(const auto checkpoint, parse_checkpoint(text_of_note(note)));
  return PublishedNote{checkpoint.size, std::move(note)};
}

// The last one; empty if nothing was published yet.
core::Result<std::optional<PublishedNote>> read_last(const std::string& folder) {
  if (!core::file_exists(last_path(folder))) return std::optional<PublishedNote>();
  TRY(std::string text, core::read_file(last_path(folder), kNoteBytesMax));
  auto note = read_note(std::move(text));
  if (note) return std::optional(std::move(note.value()));
  return core::corrupt("published", last_path(folder), core::to_string(note.error()));
}

// The size of a file's first frame, without reading the rest.
core::Result<std::uint64_t> first_size(const std::string& path) {
  std::array<char, 8> head{};
  std::ifstream file(path, std::ios::binary);
  if (!file.read(head.data(), head.size())) {
    return core::corrupt("published", path, "The history's file has no beginning.");
  }
  return read_big_endian<std::uint64_t>(core::as_bytes({head.data(), head.size()}));
}

// Files are numbered from 1 without a gap.
std::size_t count_histories(const std::string& folder) {
  std::size_t count = 0;
  while (core::file_exists(numbered(folder, count + 1))) ++count;
  return count;
}

// Calls `visit(frame, end)` for each whole frame of a file, `end` being where it ends, until that
// says false. Errors: Corrupt/published at the file's name.
core::Result<> read_history(const std::string& path,
                            const std::function<bool(PublishedNote&&, std::size_t end)>& visit) {
  TRY(const std::string bytes, core::read_file(path, kFileBytesMax));
  std::string_view rest = bytes;
  while (true) {
    auto frame = take_published(rest);
    if (!frame) {
      return core::corrupt("published",
                           path + " byte " + std::to_string(bytes.size() - rest.size()),
                           frame.error().detail);
    }
    if (!frame.value()) return core::ok();
    if (!visit(std::move(*frame.value()), bytes.size() - rest.size())) return core::ok();
  }
}

}  // namespace

std::string Published::history_path(std::size_t number) const { return numbered(folder_, number); }

core::Result<std::unique_ptr<Published>> Published::open_folder(const std::string& folder) {
  std::unique_ptr<Published> published(new Published(folder));
  TRY(published->last_, read_last(folder));
  published->histories_ = count_histories(folder);
  return published;
}

core::Result<std::unique_ptr<Published>> Published::open_read_only(const std::string& folder) {
  return open_folder(folder);
}

core::Result<std::unique_ptr<Published>> Published::open(const std::string& folder) {
  TRY(core::make_folder(folder + std::string(kHistoryFolder)));
  TRY(auto published, open_folder(folder));
  TRY(published->cut_unpublished());
  return published;
}

// Cuts what stands behind the last published checkpoint, if the file holds that; says whether it
// does.
core::Result<bool> Published::cut(std::size_t number) {
  if (!last_) return false;
  const std::string path = history_path(number);
  std::size_t keep = 0;
  const auto read = read_history(path, [&](PublishedNote&& frame, std::size_t end) {
    if (frame == *last_) keep = end;
    return true;
  });
  if (keep == 0) return false;
  std::error_code failure;
  if (read && keep == fs::file_size(path, failure)) return true;
  fs::resize_file(path, keep, failure);
  if (failure) return core::unavailable("io", path, "Cutting failed: " + failure.message() + ".");
  TRY(core::sync_file(path));
  return true;
}

// What stands behind the last published checkpoint was never given to anybody.
core::Result<> Published::cut_unpublished() {
  if (histories_ == 0) return core::ok();
  TRY(const bool kept, cut(histories_));
  if (kept) return core::ok();
  // A crash leaves one frame, or a part of one, in a file that was only begun.
  std::size_t frames = 0;
  const auto read = read_history(history_path(histories_),
                                 [&](PublishedNote&&, std::size_t) { return ++frames < 2; });
  bool only_begun = !last_ && histories_ == 1 && frames + (read ? 0 : 1) < 2;
  if (histories_ > 1) {
    TRY(only_begun, cut(histories_ - 1));
  }
  // A damaged history is left as it is for verify to find; a new file goes on.
  start_new_ = !only_begun;
  return start_new_ ? core::ok() : core::remove_file(history_path(histories_--));
}

std::optional<PublishedNote> Published::last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

core::Result<std::optional<PublishedNote>> Published::find(std::uint64_t size) const {
  std::optional<PublishedNote> last = this->last();
  if (!last || size > last->size) return std::optional<PublishedNote>();
  if (size == last->size) return last;
  const std::lock_guard lock(history_mutex_);
  TRY(const std::size_t number, file_of(size));
  std::optional<PublishedNote> found;
  if (number == 0) return found;
  bool saw_last = false;
  const auto read = read_history(history_path(number), [&](PublishedNote&& frame, std::size_t) {
    if (frame == *last) saw_last = true;
    if (frame.size == size) found = std::move(frame);
    return true;
  });
  // Another process may be at work on the next one.
  if (!read && !(number == histories_ && saw_last)) return read.error();
  return found;
}

// The newest file that begins at or below the size, which has it if any has, since sizes never
// shrink; 0 if there is none.
core::Result<std::size_t> Published::file_of(std::uint64_t size) const {
  std::size_t below = 0;
  std::size_t above = histories_ + 1;
  while (above - below > 1) {
    const std::size_t middle = below + (above - below) / 2;
    const auto first = first_size(history_path(middle));
    // Another process may have begun the newest one this moment.
    if (!first && middle != histories_) return first.error();
    (first && first.value() <= size ? below : above) = middle;
  }
  return below;
}

// Appends it to the history; not twice, if only what follows failed.
core::Result<> Published::keep(const PublishedNote& next) {
  if (kept_ == next) return core::ok();
  std::error_code failure;
  const bool is_full = histories_ == 0 || start_new_ ||
                       fs::file_size(history_path(histories_), failure) >= kHistoryBytes;
  const std::size_t number = is_full ? histories_ + 1 : histories_;
  TRY(core::append_file(history_path(number), encode_published(next)));
  histories_ = number;
  start_new_ = false;
  kept_ = next;
  return core::ok();
}

core::Result<> Published::publish(const std::string& note) {
  TRY(PublishedNote next, read_note(note));
  const std::lock_guard history_lock(history_mutex_);
  if (last_) {
    TRY(const auto before, parse_checkpoint(text_of_note(last_->note)));
    TRY(const auto after, parse_checkpoint(text_of_note(note)));
    if (after.size < before.size || (after.size == before.size && after.root != before.root)) {
      return core::conflict("published", "size " + std::to_string(after.size),
                            "A checkpoint of " + std::to_string(before.size) +
                                " records was published that this one is not a continuation of.");
    }
  }
  TRY(keep(next));
  TRY(core::write_file(last_path(folder_), note));
  const std::lock_guard lock(mutex_);
  last_ = std::move(next);
  return core::ok();
}

core::Result<> read_published(const std::string& folder, std::size_t files,
                              const std::function<core::Result<>(const PublishedNote&)>& visit) {
  TRY(const auto last, read_last(folder));
  const std::size_t count = count_histories(folder);
  bool seen = !last;
  core::Result<> visited = core::ok();
  for (std::size_t number = count > files ? count - files + 1 : 1; number <= count; ++number) {
    const auto read =
        read_history(numbered(folder, number), [&](PublishedNote&& frame, std::size_t) {
          visited = visit(frame);
          if (last && frame == *last) seen = true;
          return visited.has_value();
        });
    if (!visited) return visited;
    // A crash may leave a part of a frame, which was not published, at the very end.
    if (!read && !(number == count && seen)) return read;
  }
  if (seen) return core::ok();
  return core::corrupt(
      "published", last_path(folder),
      "The last published checkpoint is not in the history beside it: one of them was "
      "altered.");
}

}  // namespace ledger
