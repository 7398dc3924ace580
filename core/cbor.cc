#include "core/cbor.h"

#include <string>

#include "core/utf8.h"

namespace core::cbor {
namespace {

__extension__ using Unsigned128 = unsigned __int128;

constexpr std::uint8_t kUnsigned = 0;
constexpr std::uint8_t kNegative = 1;
constexpr std::uint8_t kBytes = 2;
constexpr std::uint8_t kText = 3;
constexpr std::uint8_t kArray = 4;
constexpr std::uint8_t kMap = 5;
constexpr std::uint8_t kTag = 6;
constexpr std::uint8_t kSimple = 7;
constexpr std::uint64_t kTagPositive = 2;
constexpr std::uint64_t kTagNegative = 3;
constexpr std::uint64_t kFalse = 20;
constexpr std::uint64_t kTrue = 21;
constexpr Unsigned128 kMagnitudeMax = (Unsigned128{1} << 127) - 1;

}  // namespace

void Encoder::head(std::uint8_t major, std::uint64_t value) {
  const auto type = static_cast<std::uint8_t>(major << 5);
  const auto put = [&](std::uint8_t info, std::size_t count) {
    std::uint8_t bytes[9] = {static_cast<std::uint8_t>(type | info)};
    for (std::size_t i = 0; i < count; ++i) {
      bytes[1 + i] = static_cast<std::uint8_t>(value >> (8 * (count - 1 - i)));
    }
    out_.insert(out_.end(), bytes, bytes + 1 + count);
  };
  if (value < 24) {
    out_.push_back(static_cast<std::uint8_t>(type | value));
  } else if (value <= 0xff) {
    put(24, 1);
  } else if (value <= 0xffff) {
    put(25, 2);
  } else if (value <= 0xffffffff) {
    put(26, 4);
  } else {
    put(27, 8);
  }
}

void Encoder::integer(Minor value) {
  const bool negative = value < 0;
  // CBOR writes a negative number x as -1 - x.
  const auto magnitude = static_cast<Unsigned128>(negative ? -(value + 1) : value);
  if (magnitude <= UINT64_MAX) {
    head(negative ? kNegative : kUnsigned, static_cast<std::uint64_t>(magnitude));
    return;
  }
  head(kTag, negative ? kTagNegative : kTagPositive);
  std::uint8_t big[16];
  std::size_t count = 0;
  for (int shift = 120; shift >= 0; shift -= 8) {
    const auto byte = static_cast<std::uint8_t>(magnitude >> shift);
    if (count > 0 || byte != 0) big[count++] = byte;
  }
  bytes({big, count});
}

void Encoder::bytes(ByteView value) {
  head(kBytes, value.size());
  encoded(value);
}

void Encoder::text(std::string_view value) {
  head(kText, value.size());
  encoded(as_bytes(value));
}

Error Decoder::refuse(std::string_view why) const {
  return invalid("cbor", "byte " + std::to_string(offset_),
                 "Not the deterministic CBOR encoding: " + std::string(why) + ".");
}

Result<Decoder::Head> Decoder::head() {
  if (offset_ >= data_.size()) return refuse("the data ends early");
  const std::uint8_t initial = data_[offset_];
  Head result{static_cast<std::uint8_t>(initial >> 5), static_cast<std::uint64_t>(initial & 31)};
  if (result.value < 24) {
    ++offset_;
    return result;
  }
  if (result.value > 27) return refuse("a reserved or indefinite length");
  const std::size_t count = std::size_t{1} << (result.value - 24);
  if (data_.size() - offset_ - 1 < count) return refuse("the data ends inside a length");
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = (value << 8) | data_[offset_ + 1 + i];
  const std::uint64_t shorter_max = count == 1 ? 23 : (UINT64_MAX >> (64 - 4 * count));
  if (value <= shorter_max) return refuse("a number is not in its shortest form");
  offset_ += count + 1;
  result.value = value;
  return result;
}

Result<std::uint64_t> Decoder::head_of(std::uint8_t major, std::string_view expected) {
  const std::size_t start = offset_;
  TRY(const Head found, head());
  if (found.major != major) {
    offset_ = start;
    return refuse("expected " + std::string(expected));
  }
  return found.value;
}

Result<ByteView> Decoder::take(std::uint64_t count) {
  if (count > data_.size() - offset_) return refuse("a string is longer than the data");
  const ByteView view = data_.subspan(offset_, static_cast<std::size_t>(count));
  offset_ += view.size();
  return view;
}

Result<std::uint64_t> Decoder::unsigned_integer() {
  return head_of(kUnsigned, "an unsigned integer");
}

Result<Minor> Decoder::integer() {
  const std::size_t start = offset_;
  TRY(const Head found, head());
  if (found.major == kUnsigned) return static_cast<Minor>(found.value);
  if (found.major == kNegative) return -1 - static_cast<Minor>(found.value);
  if (found.major == kTag) return big_integer(found.value);
  offset_ = start;
  return refuse("expected an integer");
}

Result<Minor> Decoder::big_integer(std::uint64_t tag) {
  if (tag != kTagPositive && tag != kTagNegative) return refuse("a tag other than 2 or 3");
  TRY(const ByteView big, bytes());
  if (big.size() < 9 || big.size() > 16 || big[0] == 0) {
    return refuse("a big integer that is not in its shortest form or beyond 127 bits");
  }
  Unsigned128 magnitude = 0;
  for (const std::uint8_t byte : big) magnitude = (magnitude << 8) | byte;
  const bool negative = tag == kTagNegative;
  if (magnitude > (negative ? kMagnitudeMax - 1 : kMagnitudeMax)) {
    return refuse("an integer beyond 127 bits");
  }
  const auto value = static_cast<Minor>(magnitude);
  return negative ? -1 - value : value;
}

Result<ByteView> Decoder::bytes() {
  TRY(const std::uint64_t length, head_of(kBytes, "a byte string"));
  return take(length);
}

Result<std::string_view> Decoder::text() {
  TRY(const std::uint64_t length, head_of(kText, "a text string"));
  TRY(const ByteView view, take(length));
  const std::string_view result = as_text(view);
  if (!is_utf8(result)) return refuse("text that is not UTF-8");
  return result;
}

Result<bool> Decoder::boolean() {
  TRY(const std::uint64_t value, head_of(kSimple, "true or false"));
  if (value == kTrue) return true;
  if (value == kFalse) return false;
  return refuse("a simple value other than true or false");
}

Result<std::uint64_t> Decoder::array() { return head_of(kArray, "an array"); }

Result<std::uint64_t> Decoder::map() { return head_of(kMap, "a map"); }

Result<ByteView> Decoder::item() {
  const std::size_t start = offset_;
  TRY(skip(0));
  return data_.subspan(start, offset_ - start);
}

Result<> Decoder::skip(unsigned depth) {
  if (depth > kDepthMax) return refuse("nested too deeply");
  const std::size_t start = offset_;
  TRY(const Head found, head());
  switch (found.major) {
    case kUnsigned:
    case kNegative:
      return ok();
    case kBytes: {
      TRY(take(found.value));
      return ok();
    }
    case kTag: {
      TRY(big_integer(found.value));
      return ok();
    }
    case kArray: {
      // Each element takes at least a byte, so a false count ends at the end of the data.
      for (std::uint64_t i = 0; i < found.value; ++i) {
        TRY(skip(depth + 1));
      }
      return ok();
    }
    default:
      break;
  }
  offset_ = start;
  if (found.major == kText) {
    TRY(text());
    return ok();
  }
  if (found.major == kSimple) {
    TRY(boolean());
    return ok();
  }
  TRY(auto reader, MapReader::begin(*this));
  while (!reader.done()) {
    TRY(reader.next());
    TRY(skip(depth + 1));
  }
  return ok();
}

Result<> Decoder::finish() const {
  if (!at_end()) return refuse("bytes are left over");
  return ok();
}

Result<MapReader> MapReader::begin(Decoder& decoder) {
  TRY(const std::uint64_t count, decoder.map());
  return MapReader(decoder, count);
}

Result<std::uint64_t> MapReader::next() {
  TRY(const std::uint64_t key, decoder_->unsigned_integer());
  if (!first_ && key <= last_) {
    return invalid("cbor", "byte " + std::to_string(decoder_->offset()),
                   "Not the deterministic CBOR encoding: map keys are not ascending.");
  }
  first_ = false;
  last_ = key;
  --remaining_;
  return key;
}

}  // namespace core::cbor
