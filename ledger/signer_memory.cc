#include "ledger/signer_memory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/check.h"
#include "core/files.h"
#include "ledger/signer_inspection.h"
#include "ledger/signer_slot.h"

namespace ledger {
namespace {

core::Error io_error(const std::string& what, const std::string& path) {
  const int reason = errno;
  return core::unavailable("io", path, what + ": " + std::system_category().message(reason));
}

// An open file that closes itself unless release() gave it away.
class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  int descriptor() const { return descriptor_; }
  int release() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
};

off_t slot_offset(std::uint64_t generation) {
  return static_cast<off_t>((generation % 2) * kSignerSlotBytes);
}

bool write_whole(int descriptor, core::ByteView bytes, off_t offset) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor, bytes.data(), bytes.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    offset += written;
  }
  return true;
}

// What there is of a slot: a short file gives a short slot, which then is not whole.
core::Result<core::Bytes> read_slot(int descriptor, std::uint64_t index, const std::string& path) {
  core::Bytes slot(kSignerSlotBytes);
  std::size_t filled = 0;
  while (filled < slot.size()) {
    const ssize_t count = ::pread(descriptor, slot.data() + filled, slot.size() - filled,
                                  slot_offset(index) + static_cast<off_t>(filled));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return io_error("cannot read the signer's memory", path);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  slot.resize(filled);
  return slot;
}

// The newest whole slot, and whether the other one is neither whole nor empty.
struct Loaded {
  SignerSlot slot;
  bool other_damaged = false;
};

core::Result<Loaded> load(int descriptor, const std::string& path) {
  std::optional<SignerSlot> newest;
  bool damaged = false;
  for (const std::uint64_t index : {0u, 1u}) {
    TRY(const core::Bytes bytes, read_slot(descriptor, index, path));
    std::optional<SignerSlot> slot = decode_signer_slot(bytes);
    // A whole slot in the other's place was copied there; its twin may be missing.
    if (!slot || slot->generation % 2 != index) {
      damaged = damaged || std::ranges::any_of(bytes, [](std::uint8_t byte) { return byte != 0; });
      continue;
    }
    if (!newest || slot->generation > newest->generation) newest = std::move(slot);
  }
  if (!newest) {
    return core::corrupt("signer_memory", path,
                         "neither copy of the signer's memory is whole; what was signed last is "
                         "not known here");
  }
  return Loaded{*std::move(newest), damaged};
}

core::Result<int> open_file(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor >= 0) return descriptor;
  if (errno == ENOENT || errno == ENOTDIR) {
    return core::not_found("signer_memory", path, "there is no signer's memory here");
  }
  return io_error("cannot open the signer's memory", path);
}

core::Result<> refuse_regression(const SignerState& now, const SignerState& next) {
  const auto refuse = [](const char* field, const char* detail) {
    return core::conflict("signer_regression", field, detail);
  };
  if (next.origin != now.origin) return refuse("origin", "the memory is another book's");
  if (next.durable_size < now.durable_size) {
    return refuse("durable_size", "fewer records than were acknowledged");
  }
  if (next.signed_size < now.signed_size) {
    return refuse("signed_size", "fewer records than were signed");
  }
  // Before the first signature there is no root that could be contradicted.
  const bool signed_before = now.signed_size > 0 || !now.note.empty();
  if (signed_before && next.signed_size == now.signed_size && next.signed_root != now.signed_root) {
    return refuse("signed_root", "another root was signed at this size");
  }
  return core::ok();
}

// Writes both slots under a name of their own, so that the memory never exists in part.
core::Result<int> write_new_file(const std::string& path, core::ByteView first_slot,
                                 std::uint64_t generation) {
  File file(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (file.descriptor() < 0) return io_error("cannot create the signer's memory", path);
  // Space for both slots is taken now, so that a full disk cannot stop a later overwrite.
  const core::Bytes zeros(2 * kSignerSlotBytes);
  if (::fchmod(file.descriptor(), S_IRUSR | S_IWUSR) != 0 ||
      !write_whole(file.descriptor(), zeros, 0) ||
      !write_whole(file.descriptor(), first_slot, slot_offset(generation)) ||
      ::fsync(file.descriptor()) != 0) {
    return io_error("cannot write the signer's memory", path);
  }
  return file.release();
}

}  // namespace

core::Result<SignerMemory> SignerMemory::create(const std::string& path,
                                                const SignerState& initial) {
  constexpr std::uint64_t kFirstGeneration = 1;
  TRY(const core::Bytes slot, encode_signer_slot(kFirstGeneration, initial));
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    return core::conflict("exists", path, "there is a signer's memory already");
  }
  const std::string draft = path + ".new";
  SignerMemory memory;
  TRY(memory.descriptor_, write_new_file(draft, slot, kFirstGeneration));
  // link() refuses to replace a file that came in between; rename() would not.
  if (::link(draft.c_str(), path.c_str()) != 0) {
    const bool exists = errno == EEXIST;
    core::Error error = io_error("cannot name the signer's memory", path);
    ::unlink(draft.c_str());
    if (exists) return core::conflict("exists", path, "there is a signer's memory already");
    return error;
  }
  ::unlink(draft.c_str());
  TRY(core::sync_folder(std::filesystem::path(path).parent_path().string()));
  memory.generation_ = kFirstGeneration;
  memory.state_ = initial;
  return memory;
}

core::Result<SignerMemory> SignerMemory::open(const std::string& path) {
  SignerMemory memory;
  TRY(memory.descriptor_, open_file(path, O_RDWR));
  // A process killed between its write and its fdatasync leaves a slot that can be read and that a
  // power cut would still take back. Its note is handed out from here on.
  if (::fdatasync(memory.descriptor_) != 0) {
    return io_error("cannot make the signer's memory durable", path);
  }
  TRY(auto newest, load(memory.descriptor_, path));
  memory.generation_ = newest.slot.generation;
  memory.state_ = std::move(newest.slot.state);
  return memory;
}

core::Result<SignerState> SignerMemory::read(const std::string& path) {
  TRY(auto inspected, inspect_signer_memory(path));
  return std::move(inspected.state);
}

core::Result<SignerInspection> inspect_signer_memory(const std::string& path) {
  TRY(const int descriptor, open_file(path, O_RDONLY));
  const File file(descriptor);
  TRY(auto newest, load(descriptor, path));
  return SignerInspection{std::move(newest.slot.state), newest.other_damaged};
}

core::Result<> SignerMemory::advance(const SignerState& next) {
  if (next.key_id != state_.key_id) {
    return core::conflict("signer_regression", "key_id", "the memory is another key's");
  }
  return write(next);
}

core::Result<> SignerMemory::hand_over(const SignerState& next) {
  // A new key's first checkpoint covers the record that brought it in, which the old key has not.
  if (next.signed_size <= state_.signed_size) {
    return core::conflict("signer_regression", "signed_size",
                          "the old key has signed as much already, or more");
  }
  return write(next);
}

core::Result<> SignerMemory::write(const SignerState& next) {
  if (failed_) {
    return core::unavailable("io", "", "an earlier write failed; open the signer's memory anew");
  }
  CHECK(descriptor_ >= 0);
  TRY(refuse_regression(state_, next));
  if (next == state_) return core::ok();
  const std::uint64_t generation = generation_ + 1;
  TRY(const core::Bytes slot, encode_signer_slot(generation, next));
  if (!write_whole(descriptor_, slot, slot_offset(generation)) || ::fdatasync(descriptor_) != 0) {
    // After a failed sync the kernel may call a page clean that is not on disk: a retry would lie.
    failed_ = true;
    return io_error("cannot write the signer's memory", "");
  }
  generation_ = generation;
  state_ = next;
  return core::ok();
}

SignerMemory::SignerMemory(SignerMemory&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      generation_(other.generation_),
      failed_(other.failed_),
      state_(std::move(other.state_)) {}

SignerMemory& SignerMemory::operator=(SignerMemory&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(generation_, other.generation_);
  std::swap(failed_, other.failed_);
  std::swap(state_, other.state_);
  return *this;
}

SignerMemory::~SignerMemory() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace ledger
