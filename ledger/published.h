#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "ledger/published_frame.h"

namespace ledger {

// The checkpoints that were given to the outside, kept for ever: the last one whole in
// `checkpoint`, all of them in files `history/000001.notes`, `000002.notes`, ... of about
// kHistoryBytes. Source: docs/formats/tlog.md.
inline constexpr std::size_t kHistoryBytes = std::size_t{1} << 20;

// One thread publishes, any may ask.
class Published {
 public:
  // For a folder that need not exist yet; what a crash left behind the last published checkpoint is
  // cut. Errors: Corrupt/published if the last one cannot be read; Unavailable/io.
  static core::Result<std::unique_ptr<Published>> open(const std::string& folder);
  // Writes nothing, then or later.
  static core::Result<std::unique_ptr<Published>> open_read_only(const std::string& folder);

  // The last one; empty if there is none.
  std::optional<PublishedNote> last() const;
  // The last one of exactly this size. Errors: Corrupt/published; Unavailable/io.
  core::Result<std::optional<PublishedNote>> find(std::uint64_t size) const;

  // Keeps it, durably, and makes it the last one.
  // Errors: InvalidInput/checkpoint, note; Conflict/published if it is smaller than the last one,
  // or as
  //         large with another root; Unavailable/io: the last one stays.
  core::Result<> publish(const std::string& note);

 private:
  explicit Published(std::string folder) : folder_(std::move(folder)) {}
  static core::Result<std::unique_ptr<Published>> open_folder(const std::string& folder);
  core::Result<std::size_t> file_of(std::uint64_t size) const;
  core::Result<bool> cut(std::size_t number);
  core::Result<> cut_unpublished();
  core::Result<> keep(const PublishedNote& next);
  std::string history_path(std::size_t number) const;

  std::string folder_;
  mutable std::mutex history_mutex_;  // Held while the history is read or written.
  mutable std::mutex mutex_;  // Guards the last one; never held while the disk is waited for.
  std::optional<PublishedNote> last_;
  std::size_t histories_ = 0;
  bool start_new_ = false;             // The history's last file is damaged.
  std::optional<PublishedNote> kept_;  // Appended last.
};

// Reads all that was published, oldest first, from the last `files` files of the history on.
// Errors: Corrupt/published if a frame is damaged, or the last published checkpoint is not the end
// of
//         the history (a crash may leave one more behind it); those of `visit`; Unavailable/io.
core::Result<> read_published(const std::string& folder, std::size_t files,
                              const std::function<core::Result<>(const PublishedNote&)>& visit);

}  // namespace ledger
