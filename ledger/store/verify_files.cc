#include <rocksdb/file_checksum.h>

#include <filesystem>
#include <fstream>

#include "ledger/store/chunk.h"
#include "ledger/store/database.h"
#include "ledger/store/file_check.h"

namespace ledger::store {
namespace {

constexpr std::size_t kReadBytes = 1024 * 1024;
// A book is not merged again and again while a listing is read.
constexpr int kListingsMax = 4;

core::Error file_damage(const rocksdb::LiveFileMetaData& file, std::string detail) {
  const auto first = parse_chunk_key(file.smallestkey);
  const auto last = parse_chunk_key(file.largestkey);
  if (first && last) {
    detail += " It holds the chunks from seq " + std::to_string(*first) + " to the one at seq " +
              std::to_string(*last) + ".";
  }
  return core::corrupt("file", file.relative_filename, std::move(detail));
}

// The checksum that RocksDB would give the file now. Empty if the file cannot be read.
std::string checksum_now(const std::string& path) {
  rocksdb::FileChecksumGenContext context;
  context.file_name = path;
  const auto generator =
      rocksdb::GetFileChecksumGenCrc32cFactory()->CreateFileChecksumGenerator(context);
  std::ifstream file(path, std::ios::binary);
  if (!file) return "";
  std::string bytes(kReadBytes, '\0');
  while (file) {
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    generator->Update(bytes.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) return "";
  generator->Finalize();
  return generator->GetChecksum();
}

void check_file(const rocksdb::LiveFileMetaData& file, PhysicalReport& report) {
  ++report.files_checked;
  if (file.file_checksum_func_name != rocksdb::kStandardDbFileChecksumFuncName) {
    report.damages.push_back(file_damage(file, "The table has no checksum of its own."));
    return;
  }
  const std::filesystem::path path = std::filesystem::path(file.directory) / file.relative_filename;
  const std::string now = checksum_now(path.string());
  if (now.empty()) {
    report.damages.push_back(file_damage(file, "The table is missing or cannot be read."));
    report.unreadable.push_back(file.relative_filename);
  } else if (now != file.file_checksum) {
    report.damages.push_back(file_damage(file, "The table's bytes are not those written."));
  }
}

}  // namespace

namespace {

// Whether all of a table's chunks end before the record: a chunk does not reach beyond its span.
bool ends_before(const rocksdb::LiveFileMetaData& file, std::uint64_t first_seq) {
  const auto last = parse_chunk_key(file.largestkey);
  return last && span_end(*last) <= first_seq;
}

}  // namespace

void check_live_files(rocksdb::DB& rocks, PhysicalReport& report, std::uint64_t first_seq) {
  std::vector<rocksdb::LiveFileMetaData> files;
  rocks.GetLiveFilesMetaData(&files);
  for (const rocksdb::LiveFileMetaData& file : files) {
    if (!ends_before(file, first_seq)) check_file(file, report);
  }
}

core::Result<PhysicalReport> verify_files(const std::string& path, std::uint64_t first_seq) {
  const auto open = [&] {
    return Database::open({.path = path, .mode = Mode::ReadOnly, .damage = Damage::StopBefore});
  };
  TRY(auto database, open());
  PhysicalReport report;
  check_live_files(database->rocks(), report, first_seq);
  for (int listing = 2; !report.unreadable.empty() && listing <= kListingsMax; ++listing) {
    const auto unreadable = std::move(report.unreadable);
    report = {};
    TRY(database, open());
    check_live_files(database->rocks(), report, first_seq);
    if (report.unreadable == unreadable) break;  // Still listed: it is not merged, it is missing.
  }
  // Blocks of a table that is damaged as a whole would only say it again.
  if (!report.damages.empty() || first_seq > 0) return report;
  const rocksdb::Status status =
      guarded([&] { return database->rocks().VerifyChecksum(read_options()); });
  if (status.ok()) return report;
  if (!is_damage(status)) return store_error(status, path);
  report.damages.push_back(store_error(status, path));
  return report;
}

}  // namespace ledger::store
