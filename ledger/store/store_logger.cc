#include "ledger/store/store_logger.h"

#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <filesystem>

namespace ledger::store {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLogBytesMax = 1024 * 1024;

class SilentLogger final : public rocksdb::Logger {
 public:
  SilentLogger() : Logger(rocksdb::InfoLogLevel::FATAL_LEVEL) {}
  using Logger::Logv;
  void Logv(const char*, va_list) override {}
};

// A line that cannot be written is lost: a log is not evidence.
class FileLogger final : public rocksdb::Logger {
 public:
  explicit FileLogger(std::FILE* file) : Logger(rocksdb::InfoLogLevel::WARN_LEVEL), file_(file) {}
  ~FileLogger() override { std::fclose(file_); }

  using Logger::Logv;
  void Logv(const char* format, va_list arguments) override {
    ::flockfile(file_);
    std::vfprintf(file_, format, arguments);
    std::fputc('\n', file_);
    std::fflush(file_);
    ::funlockfile(file_);
  }
  // The header lists every option, each time a store is opened.
  void LogHeader(const char*, va_list) override {}

 private:
  std::FILE* file_;
};

}  // namespace

std::shared_ptr<rocksdb::Logger> make_silent_logger() { return std::make_shared<SilentLogger>(); }

std::shared_ptr<rocksdb::Logger> make_file_logger(const std::string& store_path) {
  const fs::path path = fs::path(store_path) / "LOG";
  std::error_code failure;
  if (fs::file_size(path, failure) > kLogBytesMax && !failure) {
    fs::rename(path, fs::path(store_path) / "LOG.old", failure);
  }
  std::FILE* file = std::fopen(path.c_str(), "ae");
  if (file == nullptr) return make_silent_logger();
  return std::make_shared<FileLogger>(file);
}

}  // namespace ledger::store
