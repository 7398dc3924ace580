#include "gateway/spool/frame.h"

#include <algorithm>

#include "gateway/spool/spool.h"

namespace gateway::spool {
namespace {

constexpr std::string_view kHeadMagic = "TALLYSP1";
constexpr std::string_view kFrameMagic = "TSPE";
constexpr std::size_t kCheckBytes = 8;

void append_number(std::uint64_t value, std::size_t bytes, core::Bytes& out) {
  for (std::size_t i = bytes; i-- > 0;) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

std::uint64_t read_number(core::ByteView bytes) {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

void append_text(std::string_view text, core::Bytes& out) {
  out.insert(out.end(), text.begin(), text.end());
}

void append_digest(core::ByteView of, std::size_t bytes, core::Bytes& out) {
  const core::Hash digest = core::sha256(of);
  out.insert(out.end(), digest.bytes.begin(),
             digest.bytes.begin() + static_cast<std::ptrdiff_t>(bytes));
}

bool begins_with(core::ByteView bytes, std::string_view text) {
  return core::as_text(bytes.first(text.size())) == text;
}

// Whether the last `digest_bytes` are the beginning of the digest of what stands before.
bool is_digest(core::ByteView bytes, std::size_t digest_bytes) {
  const core::ByteView before = bytes.first(bytes.size() - digest_bytes);
  return std::ranges::equal(core::sha256(before).view().first(digest_bytes),
                            bytes.last(digest_bytes));
}

}  // namespace

core::Bytes encode_head(std::uint64_t first_number) {
  core::Bytes out;
  append_text(kHeadMagic, out);
  append_number(first_number, 8, out);
  append_digest(core::Bytes(out), kDigestBytes, out);
  return out;
}

std::optional<std::uint64_t> decode_head(core::ByteView bytes) {
  if (bytes.size() != kHeadBytes || !begins_with(bytes, kHeadMagic)) return std::nullopt;
  if (!is_digest(bytes, kDigestBytes)) return std::nullopt;
  return read_number(bytes.subspan(kHeadMagic.size(), 8));
}

void append_frame(std::uint64_t number, core::ByteView payload, core::Bytes& out) {
  core::Bytes frame;
  append_text(kFrameMagic, frame);
  append_number(number, 8, frame);
  append_number(payload.size(), 4, frame);
  append_digest(core::Bytes(frame), kCheckBytes, frame);
  frame.insert(frame.end(), payload.begin(), payload.end());
  append_digest(core::Bytes(frame), kDigestBytes, frame);
  out.insert(out.end(), frame.begin(), frame.end());
}

std::optional<FrameHead> decode_frame_head(core::ByteView bytes) {
  if (bytes.size() != kFrameHeadBytes || !begins_with(bytes, kFrameMagic)) return std::nullopt;
  if (!is_digest(bytes, kCheckBytes)) return std::nullopt;
  const FrameHead head{read_number(bytes.subspan(4, 8)),
                       static_cast<std::uint32_t>(read_number(bytes.subspan(12, 4)))};
  if (head.length > kEntryBytesMax) return std::nullopt;
  return head;
}

bool is_whole(core::ByteView frame) {
  return frame.size() >= kDigestBytes && is_digest(frame, kDigestBytes);
}

}  // namespace gateway::spool
