#include <cstdlib>
#include <filesystem>

#include "core/files.h"
#include "gateway/cli/bench_book.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"

namespace gateway::cli {
namespace {

// A folder for the measured stores that disappears with the run.
class BenchFolder {
 public:
  explicit BenchFolder(const std::string& given) : path_(given), keep_(!given.empty()) {
    if (keep_) return;
    std::error_code error;
    const auto temporary = std::filesystem::temp_directory_path(error);
    if (error) return;
    std::string pattern = (temporary / "tally-bench-XXXXXX").string();
    const char* made = ::mkdtemp(pattern.data());
    if (made != nullptr) path_ = made;
  }
  ~BenchFolder() {
    std::error_code ignored;
    if (!keep_ && !path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  BenchFolder(const BenchFolder&) = delete;
  BenchFolder& operator=(const BenchFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool keep_;
};

}  // namespace

int run_bench(const BenchArguments& arguments) {
  const BenchFolder folder(arguments.data);
  if (folder.path().empty()) {
    return fail(core::unavailable("io", "the temporary folder",
                                  "No folder could be made there; name one with --data."));
  }
  const auto done = arguments.name == "ingest" ? bench_ingest(arguments, folder.path())
                                               : bench_verify(arguments, folder.path());
  int code = 0;
  failed(done, code);
  return code;
}

}  // namespace gateway::cli
