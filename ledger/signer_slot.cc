#include "ledger/signer_slot.h"

#include <algorithm>
#include <string_view>

#include "core/check.h"
#include "ledger/big_endian.h"

namespace ledger {
namespace {

constexpr std::string_view kMagic = "TALLYSM1";

void append(core::Bytes& out, core::ByteView bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

void append_text(core::Bytes& out, std::string_view text) {
  append_big_endian(out, static_cast<std::uint32_t>(text.size()));
  append(out, core::as_bytes(text));
}

// Takes parts off the front. Once a part was too long everything is empty, and whole() is false.
class Parts {
 public:
  explicit Parts(core::ByteView bytes) : rest_(bytes) {}

  core::ByteView take(std::size_t size) {
    if (size > rest_.size()) {
      failed_ = true;
      rest_ = {};
      return {};
    }
    const core::ByteView part = rest_.first(size);
    rest_ = rest_.subspan(size);
    return part;
  }

  template <class T>
  T number() {
    const core::ByteView part = take(sizeof(T));
    return part.empty() ? T{0} : read_big_endian<T>(part);
  }

  std::string text() {
    const auto size = number<std::uint32_t>();
    return std::string(core::as_text(take(size)));
  }

  bool whole() const { return !failed_ && rest_.empty(); }

 private:
  core::ByteView rest_;
  bool failed_ = false;
};

std::optional<SignerState> decode_body(core::ByteView body) {
  Parts parts(body);
  SignerState state;
  state.origin = parts.text();
  state.key_id = parts.number<std::uint32_t>();
  state.durable_size = parts.number<std::uint64_t>();
  state.signed_size = parts.number<std::uint64_t>();
  const core::ByteView root = parts.take(state.signed_root.bytes.size());
  std::ranges::copy(root, state.signed_root.bytes.begin());
  state.note = parts.text();
  if (!parts.whole()) return std::nullopt;
  return state;
}

}  // namespace

core::Result<core::Bytes> encode_signer_slot(std::uint64_t generation, const SignerState& state) {
  // Bounded before it is added up, so that no length can wrap around its field.
  if (state.origin.size() > kSignerBodyBytesMax || state.note.size() > kSignerBodyBytesMax ||
      60 + state.origin.size() + state.note.size() > kSignerBodyBytesMax) {
    return core::invalid("signer_state", "note", "the signed checkpoint is too long to remember");
  }
  core::Bytes body;
  append_text(body, state.origin);
  append_big_endian(body, state.key_id);
  append_big_endian(body, state.durable_size);
  append_big_endian(body, state.signed_size);
  append(body, state.signed_root.view());
  append_text(body, state.note);

  core::Bytes slot;
  append(slot, core::as_bytes(kMagic));
  append_big_endian(slot, generation);
  append_big_endian(slot, static_cast<std::uint32_t>(body.size()));
  append(slot, body);
  const core::Hash digest = core::sha256(slot);
  append(slot, digest.view());
  CHECK(slot.size() <= kSignerSlotBytes);
  return slot;
}

std::optional<SignerSlot> decode_signer_slot(core::ByteView slot) {
  Parts header(slot);
  if (core::as_text(header.take(kMagic.size())) != kMagic) return std::nullopt;
  const auto generation = header.number<std::uint64_t>();
  const std::size_t length = header.number<std::uint32_t>();
  const core::ByteView body = header.take(length);
  const core::ByteView digest = header.take(sizeof(core::Hash::bytes));
  if (body.size() != length || digest.size() != sizeof(core::Hash::bytes)) return std::nullopt;

  const core::Hash expected = core::sha256(slot.first(kSignerSlotHeaderBytes + length));
  if (!std::ranges::equal(expected.view(), digest)) return std::nullopt;
  std::optional<SignerState> state = decode_body(body);
  if (!state) return std::nullopt;
  return SignerSlot{generation, *std::move(state)};
}

}  // namespace ledger
