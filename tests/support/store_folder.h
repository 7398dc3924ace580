#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "core/check.h"
#include "ledger/log.h"
#include "ledger/store/rocks_log.h"
#include "tests/support/files.h"
#include "tests/support/leaves.h"
#include "tests/support/temp_dir.h"

namespace tests {

// A RocksDB store in a folder of its own, as it lies on disk.
class StoreFolder {
 public:
  const std::string& path() const { return path_; }

  // Opens the store, makes it if there is none, and takes it.
  std::unique_ptr<ledger::Log> take() const {
    auto log = ledger::store::open_rocks_log({.path = path_, .create = true}).value();
    CHECK(log->open("test").has_value());
    return log;
  }

  // Appends up to these sizes, one group each.
  static void append(ledger::Log& log, std::initializer_list<std::uint64_t> ends) {
    for (const std::uint64_t end : ends) {
      const ledger::LogState now = log.state().value();
      CHECK(log.append(now.size, now.epoch, leaves_of(now.size, end)) ==
            ledger::AppendOutcome::Durable);
    }
  }

  // A session that appends up to these sizes and closes the book.
  void session(std::initializer_list<std::uint64_t> ends) const { append(*take(), ends); }

  // A session after which the folder is as the power cut left it: nothing was closed.
  void crashed_session(std::initializer_list<std::uint64_t> ends) const {
    const auto log = take();
    append(*log, ends);
    write_folder(copy_, read_quiet_folder(path_));
    // The log's own closing still writes to the first folder.
    path_.swap(copy_);
  }

  std::string file(const std::string& name) const { return path_ + "/" + name; }

  // The latest file whose name begins or ends like this.
  std::string latest_name(const std::string& part) const {
    const auto names = names_in(path_, part);
    CHECK(!names.empty());
    return names.back();
  }
  std::string latest_file(const std::string& part) const { return file(latest_name(part)); }

  core::Result<std::unique_ptr<ledger::Log>> read_only(bool point_in_time = false) const {
    return ledger::store::open_rocks_log(
        {.path = path_, .mode = ledger::store::Mode::ReadOnly, .point_in_time = point_in_time});
  }

 private:
  // RocksDB tidies up beside us; two readings alike are of one moment.
  static std::map<std::string, std::string> read_quiet_folder(const std::string& path) {
    auto content = read_folder(path);
    for (auto again = read_folder(path); again != content; again = read_folder(path)) {
      content = std::move(again);
    }
    return content;
  }

  TempDir folder_;
  mutable std::string path_ = folder_ / "store";
  mutable std::string copy_ = folder_ / "copy";
};

}  // namespace tests
