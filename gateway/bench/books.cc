#include "gateway/bench/books.h"

#include <filesystem>

namespace gateway::bench {

std::string book_folder(const Options& options, std::uint64_t records) {
  return options.folder + "/book-" + std::to_string(records);
}

core::Result<std::string> closed_book(const Options& options, std::uint64_t records) {
  const std::string folder = book_folder(options, records);
  if (std::filesystem::exists(folder)) return folder;
  // Made under another name, so that one that was broken off is not taken for whole.
  const std::string unfinished = folder + ".unfinished";
  std::error_code error;
  std::filesystem::remove_all(unfinished, error);
  core::SystemClock clock;
  {
    TRY(const auto book, make_book(unfinished, clock));
    TRY(record_entries(*book, Entries(),
                       {0, records / kRecordsPerCommand, ledger::kGroupRecordsMax}));
  }
  std::filesystem::rename(unfinished, folder, error);
  if (error) return core::unavailable("io", folder, error.message());
  return folder;
}

core::Result<> require_clean(const ledger::verify::Report& report) {
  if (report.clean()) return core::ok();
  return report.findings.empty() ? report.rebuildable.front() : report.findings.front();
}

}  // namespace gateway::bench
