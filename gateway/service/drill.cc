#include "gateway/service/drill.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/files.h"
#include "core/random.h"
#include "gateway/service/verify_book.h"

namespace gateway::service {
namespace {

namespace fs = std::filesystem;

core::Error io_error(const std::string& at, const std::error_code& failure) {
  return core::unavailable("io", at, failure.message());
}

// What RocksDB writes for people, to keep others out, or to be told apart from other databases.
bool is_for_people(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.starts_with("LOG") || name == "LOCK" || name == "IDENTITY" ||
         name.starts_with("OPTIONS") || name == "store.log";
}

// Bytes behind the digest of a slot of the signer's memory are zero, or left over from an earlier
// one.
bool is_padded(const fs::path& file) { return file.parent_path().filename() == "signer"; }

// The copy is removed however the drill ends.
class Copy {
 public:
  explicit Copy(fs::path root) : root_(std::move(root)) {}
  ~Copy() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  core::Result<> take(const fs::path& book) const {
    std::error_code failure;
    fs::create_directories(root_, failure);
    for (const char* part :
         {"store", "index", "signer", "snapshot", "published", "restored.note"}) {
      if (failure) break;
      if (!fs::exists(book / part)) continue;
      fs::copy(book / part, root_ / part, fs::copy_options::recursive, failure);
    }
    if (failure) return io_error(root_.string(), failure);
    return core::ok();
  }

  // Relative to the root, in order.
  std::vector<fs::path> files() const {
    std::vector<fs::path> out;
    std::error_code ignored;
    for (const auto& entry : fs::recursive_directory_iterator(root_, ignored)) {
      if (entry.is_regular_file() && entry.file_size() > 0) {
        out.push_back(fs::relative(entry.path(), root_));
      }
    }
    std::ranges::sort(out);
    return out;
  }

  const fs::path& root() const { return root_; }

 private:
  fs::path root_;
};

core::Result<> flip(const fs::path& file, std::uint64_t offset, unsigned bit) {
  std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
  bytes.seekg(static_cast<std::streamoff>(offset));
  const int byte = bytes.get();
  bytes.seekp(static_cast<std::streamoff>(offset));
  bytes.put(static_cast<char>(byte ^ (1 << bit)));
  bytes.flush();
  if (byte < 0 || !bytes) return core::unavailable("io", file.string(), "The bit was not changed.");
  return core::ok();
}

struct Seen {
  DrillOutcome outcome = DrillOutcome::Missed;
  std::string finding;
};

Seen verify_copy(const Copy& copy) {
  VerifyOptions options;
  options.folder.root = copy.root().string();
  const auto outcome = verify_book(options);
  if (!outcome) return {DrillOutcome::Found, core::to_string(outcome.error())};
  const auto& report = outcome.value().report;
  if (!report.findings.empty()) {
    return {DrillOutcome::Found, core::to_string(report.findings.front())};
  }
  if (!report.rebuildable.empty()) {
    return {DrillOutcome::Rebuildable, core::to_string(report.rebuildable.front())};
  }
  if (outcome.value().signer_slot_damaged) {
    return {DrillOutcome::Noted, "a slot of the signer's memory is not whole"};
  }
  return {};
}

std::uint64_t random_below(core::Random& random, std::uint64_t limit) {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : random.take<8>()) value = value << 8 | byte;
  return value % limit;
}

// At most `count` of the files, in order.
std::vector<fs::path> choose(std::vector<fs::path> files, std::uint64_t count,
                             core::Random& random) {
  while (files.size() > count) {
    files.erase(files.begin() + static_cast<std::ptrdiff_t>(random_below(random, files.size())));
  }
  return files;
}

core::Result<> expect_sound(const Copy& copy, const std::string& what) {
  const Seen seen = verify_copy(copy);
  if (seen.outcome == DrillOutcome::Missed) return core::ok();
  return core::corrupt("not_verified", copy.root().string(),
                       what + " Verify says: " + seen.finding);
}

// A place in the file; not in padding, of which there is much and which nobody looks at.
core::Result<std::uint64_t> choose_offset(const fs::path& path, bool padded, core::Random& random) {
  if (!padded) return random_below(random, fs::file_size(path));
  TRY(const std::string bytes, core::read_file(path.string()));
  std::vector<std::uint64_t> used;
  for (std::uint64_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != 0) used.push_back(i);
  }
  return used.empty() ? 0 : used[random_below(random, used.size())];
}

core::Result<DrillCase> change_one_bit(const Copy& copy, const fs::path& file,
                                       core::Random& random) {
  DrillCase one;
  one.file = file.string();
  TRY(one.offset, choose_offset(copy.root() / file, is_padded(file), random));
  one.bit = static_cast<unsigned>(random_below(random, 8));
  TRY(flip(copy.root() / file, one.offset, one.bit));
  Seen seen = verify_copy(copy);
  TRY(flip(copy.root() / file, one.offset, one.bit));
  one.outcome = seen.outcome;
  one.finding = std::move(seen.finding);
  if (one.outcome == DrillOutcome::Missed && (is_for_people(file) || is_padded(file))) {
    one.outcome = DrillOutcome::Exempt;
  }
  return one;
}

}  // namespace

bool DrillReport::passed() const {
  return std::ranges::none_of(
      cases, [](const DrillCase& one) { return one.outcome == DrillOutcome::Missed; });
}

core::Result<DrillReport> drill(const DrillOptions& options) {
  if (core::file_exists(options.work_folder)) {
    return core::conflict("exists", options.work_folder, "Name a folder that does not exist.");
  }
  if (!core::file_exists(options.folder.store())) {
    return core::not_found("book", options.folder.root, "There is no book here.");
  }
  const Copy copy(options.work_folder);
  TRY(copy.take(options.folder.root));
  TRY(expect_sound(copy, "The copy is not sound to begin with; is the book being written?"));
  DrillReport report;
  core::SeededRandom random(options.seed);
  for (const fs::path& file : choose(copy.files(), options.files_max, random)) {
    for (std::uint64_t i = 0; i < options.flips; ++i) {
      TRY(auto one, change_one_bit(copy, file, random));
      if (options.progress) options.progress(one);
      report.cases.push_back(std::move(one));
    }
  }
  TRY(expect_sound(copy, "With every bit changed back the copy is not what it was."));
  return report;
}

}  // namespace gateway::service
