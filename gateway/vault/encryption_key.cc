// The file of the key-encryption key: written, read, destroyed.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "core/descriptor.h"
#include "core/files.h"
#include "core/sealing.h"
#include "gateway/vault/check.h"
#include "gateway/vault/person_keys.h"
#include "ledger/keys/secret_file.h"

namespace gateway::vault {
namespace {

constexpr std::string_view kFirstLine = "tallystick-vault-key-v1\n";
constexpr std::string_view kIdLine = "id: ";
constexpr std::string_view kKeyLine = "key: ";
constexpr std::string_view kCheckLine = "check: ";
constexpr std::string_view kDigits = "0123456789abcdef";
constexpr std::size_t kTextBytes = kFirstLine.size() + kIdLine.size() + 2 * sizeof(Tag) + 1 +
                                   kKeyLine.size() + 2 * core::kSealKeyBytes + 1 +
                                   kCheckLine.size() + 2 * kCheckBytes + 1;

// Writes into memory that is wiped.
class Writer {
 public:
  explicit Writer(std::span<std::uint8_t> out) : out_(out) {}
  void text(std::string_view text) {
    for (const char c : text) put(c);
  }
  void hex(core::ByteView bytes) {
    for (const std::uint8_t byte : bytes) {
      put(kDigits[byte >> 4]);
      put(kDigits[byte & 15]);
    }
  }
  core::ByteView written() const { return out_.first(size_); }

 private:
  void put(char c) { out_[size_++] = static_cast<std::uint8_t>(c); }

  std::span<std::uint8_t> out_;
  std::size_t size_ = 0;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  bool text(std::string_view expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }
  bool hex(std::span<std::uint8_t> out) {
    if (rest_.size() < 2 * out.size()) return false;
    for (std::size_t i = 0; i < out.size(); ++i) {
      const std::size_t high = kDigits.find(rest_[2 * i]);
      const std::size_t low = kDigits.find(rest_[2 * i + 1]);
      if (high == std::string_view::npos || low == std::string_view::npos) return false;
      out[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    rest_.remove_prefix(2 * out.size());
    return true;
  }
  std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
};

}  // namespace

EncryptionKey draw_encryption_key(const Draw& draw, std::string_view purpose) {
  EncryptionKey out;
  out.key = core::Secret(core::kSealKeyBytes);
  draw(std::string(purpose) + " id", out.id);
  draw(purpose, out.key.bytes());
  return out;
}

core::Secret print_encryption_key(const EncryptionKey& key) {
  core::Secret out(kTextBytes);
  Writer writer(out.bytes());
  writer.text(kFirstLine);
  writer.text(kIdLine);
  writer.hex(key.id);
  writer.text("\n");
  writer.text(kKeyLine);
  writer.hex(key.key.view());
  writer.text("\n");
  const auto check = check_of(writer.written());
  writer.text(kCheckLine);
  writer.hex(check);
  writer.text("\n");
  return out;
}

core::Result<EncryptionKey> read_encryption_key(const std::string& path) {
  TRY(const core::Secret content, ledger::keys::read_secret_file(path));
  EncryptionKey out;
  out.key = core::Secret(core::kSealKeyBytes);
  std::array<std::uint8_t, kCheckBytes> check{};
  Reader reader(content.text());
  bool is_key = reader.text(kFirstLine) && reader.text(kIdLine) && reader.hex(out.id) &&
                reader.text("\n") && reader.text(kKeyLine) && reader.hex(out.key.bytes()) &&
                reader.text("\n");
  const std::size_t checked = content.size() - reader.left();
  is_key = is_key && reader.text(kCheckLine) && reader.hex(check) && reader.text("\n") &&
           reader.left() == 0 && check == check_of(content.view().first(checked));
  if (is_key) return out;
  return core::invalid("vault_key", path,
                       "This is no key of a vault, or it was altered; restore it from its backup.");
}

core::Result<> write_encryption_key(const std::string& path, const EncryptionKey& key) {
  return core::write_file(path, print_encryption_key(key).text(), core::FileAccess::OwnerOnly);
}

core::Result<> destroy_file(const std::string& path) {
  {
    const core::Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    if (file.number() < 0 && errno == ENOENT) return core::ok();
    if (file.number() < 0) return core::io_error(path, "Opening");
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) return core::io_error(path, "Looking at");
    const core::Bytes zeros(static_cast<std::size_t>(status.st_size));
    TRY(core::write_all(file, path, zeros));
    if (::fsync(file.number()) != 0) return core::io_error(path, "Making it durable");
  }
  return core::remove_file(path);
}

}  // namespace gateway::vault
