#include "gateway/documents/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/descriptor.h"
#include "core/files.h"
#include "core/sha256_stream.h"

namespace gateway::documents {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPieceBytes = 64 * 1024;
constexpr std::size_t kShardDigits = 2;

core::Error altered(const core::Hash& digest) {
  return core::corrupt(
      "document", core::to_hex(digest.bytes),
      "The stored document was altered: it has another digest. Delete the file and "
      "add the document again from where it came.");
}

core::Error not_held(const core::Hash& digest) {
  return core::not_found("document", core::to_hex(digest.bytes),
                         "The book does not hold this document.");
}

// One pass over an open file. Gives what it is.
core::Result<Document> pass(const core::Descriptor& file, const std::string& path,
                            const Store::Visitor& visit) {
  if (::lseek(file.number(), 0, SEEK_SET) != 0) return core::io_error(path, "Reading");
  core::Sha256Stream hash;
  Document document;
  std::vector<std::uint8_t> piece(kPieceBytes);
  while (true) {
    const ssize_t count = ::read(file.number(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return core::io_error(path, "Reading");
    if (count == 0) break;
    const core::ByteView bytes(piece.data(), static_cast<std::size_t>(count));
    hash.update(bytes);
    document.bytes += bytes.size();
    if (visit) {
      TRY(visit(bytes));
    }
  }
  document.digest = hash.finish();
  return document;
}

}  // namespace

std::string Store::path_of(const core::Hash& digest) const {
  const std::string hex = core::to_hex(digest.bytes);
  return folder_ + "/" + hex.substr(0, kShardDigits) + "/" + hex;
}

core::Result<Added> Store::add(const Source& source, std::uint64_t bytes_max) {
  TRY(core::make_folder(folder_, core::FileAccess::OwnerOnly));
  // A file without a name: a process that is ended leaves nothing behind.
  const core::Descriptor file(::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (file.number() < 0) return core::io_error(folder_, "Creating a document");
  core::Sha256Stream hash;
  Added added;
  std::vector<std::uint8_t> piece(kPieceBytes);
  while (true) {
    TRY(const std::size_t count, source(piece));
    if (count == 0) break;
    added.bytes += count;
    if (added.bytes > bytes_max) {
      return core::invalid("too_large", "document",
                           "A document has at most " + std::to_string(bytes_max) + " bytes.");
    }
    const core::ByteView bytes = core::ByteView(piece).first(count);
    hash.update(bytes);
    TRY(core::write_all(file, folder_, bytes));
  }
  added.digest = hash.finish();
  if (::fsync(file.number()) != 0) return core::io_error(folder_, "Making a document durable");
  const std::string path = path_of(added.digest);
  const std::string shard = fs::path(path).parent_path().string();
  TRY(core::make_folder(shard, core::FileAccess::OwnerOnly));
  const std::string unnamed = "/proc/self/fd/" + std::to_string(file.number());
  if (::linkat(AT_FDCWD, unnamed.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) != 0) {
    if (errno != EEXIST) return core::io_error(path, "Naming a document");
    TRY(check(added.digest));
    added.known = true;
  }
  // Also of one that was known: its name may not have been durable yet.
  TRY(core::sync_folder(shard));
  return added;
}

core::Result<core::Bytes> Store::begin(const core::Hash& digest, std::size_t bytes) const {
  const std::string path = path_of(digest);
  const core::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (file.number() < 0 && errno == ENOENT) return not_held(digest);
  if (file.number() < 0) return core::io_error(path, "Opening");
  core::Bytes out(bytes);
  std::size_t size = 0;
  while (size < bytes) {
    const ssize_t count = ::read(file.number(), out.data() + size, bytes - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return core::io_error(path, "Reading");
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  out.resize(size);
  return out;
}

core::Result<Document> Store::read(const core::Hash& digest, const Visitor& visit) const {
  const std::string path = path_of(digest);
  const core::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (file.number() < 0 && errno == ENOENT) return not_held(digest);
  if (file.number() < 0) return core::io_error(path, "Opening");
  TRY(const Document document, pass(file, path, {}));
  if (document.digest != digest) return altered(digest);
  if (!visit) return document;
  // It may be altered between the two passes; then whoever gets it is told in the end.
  TRY(const Document given, pass(file, path, visit));
  if (given != document) return altered(digest);
  return document;
}

core::Result<Document> Store::check(const core::Hash& digest) const { return read(digest, {}); }

core::Result<std::vector<Document>> Store::list() const {
  std::vector<Document> out;
  std::error_code failure;
  fs::recursive_directory_iterator entry(folder_, failure);
  if (failure == std::errc::no_such_file_or_directory) return out;
  for (; !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
    const bool is_file = entry->is_regular_file(failure);
    if (failure) break;
    if (!is_file) continue;
    const auto digest = core::parse_hash(entry->path().filename().string());
    if (!digest || entry->path() != fs::path(path_of(digest.value()))) continue;
    out.push_back({digest.value(), entry->file_size(failure)});
    if (failure) break;
  }
  if (failure) return core::unavailable("io", folder_, failure.message());
  std::ranges::sort(out, {}, &Document::digest);
  return out;
}

core::Result<std::uint64_t> Store::copy_to(Store& to) const {
  TRY(const auto there, to.list());
  TRY(const auto here, list());
  std::uint64_t copied = 0;
  for (const Document& document : here) {
    if (std::ranges::binary_search(there, document.digest, {}, &Document::digest)) continue;
    TRY(check(document.digest));
    const std::string path = path_of(document.digest);
    std::ifstream file(path, std::ios::binary);
    TRY(const Added added, to.add(source_of(file, path)));
    if (added.digest != document.digest) return altered(document.digest);
    ++copied;
  }
  return copied;
}

Store::Source source_of(std::istream& in, std::string name) {
  return [&in,
          name = std::move(name)](std::span<std::uint8_t> buffer) -> core::Result<std::size_t> {
    in.read(reinterpret_cast<char*>(buffer.data()), static_cast<std::streamsize>(buffer.size()));
    if (in.bad() || (in.fail() && !in.eof())) {
      return core::unavailable("io", name, "Reading failed.");
    }
    return static_cast<std::size_t>(in.gcount());
  };
}

}  // namespace gateway::documents
