#include "core/bytes.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "core/check.h"

namespace core {
namespace {

constexpr std::array<std::array<char, 2>, 256> hex_pairs() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<std::array<char, 2>, 256> pairs{};
  for (std::size_t byte = 0; byte < pairs.size(); ++byte) {
    pairs[byte] = {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return pairs;
}
constexpr auto kHexPairs = hex_pairs();

// The value of a lower-case hexadecimal digit, or 16 if the character is not one.
std::uint8_t hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<std::uint8_t>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<std::uint8_t>(digit - 'a' + 10);
  return 16;
}

}  // namespace

std::string to_hex(ByteView bytes) {
  // Every account's path has ids in it: this is a third of what deciding a rollover takes.
  std::string text(bytes.size() * 2, '0');
  char* digits = text.data();
  for (const std::uint8_t byte : bytes) {
    std::copy_n(kHexPairs[byte].data(), 2, digits);
    digits += 2;
  }
  return text;
}

Result<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return invalid("hex", "", "The number of hex digits is odd.");
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const std::uint8_t high = hex_value(text[i]);
    const std::uint8_t low = hex_value(text[i + 1]);
    if (high > 15 || low > 15) return invalid("hex", "", "Only 0-9 and a-f are hex digits here.");
    bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return bytes;
}

std::string to_base64(ByteView bytes) {
  // The encoded size counts the terminating zero that libsodium writes.
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

Result<Bytes> from_base64(std::string_view text) {
  if (text.empty()) return Bytes{};  // libsodium must not be given the null of an empty vector.
  Bytes bytes(text.size() / 4 * 3);
  std::size_t size = 0;
  // libsodium refuses wrong padding and non-zero trailing bits; without an end pointer it also
  // refuses anything that follows.
  const bool canonical =
      text.size() % 4 == 0 &&
      sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size,
                        nullptr, sodium_base64_VARIANT_ORIGINAL) == 0;
  if (!canonical) return invalid("base64", "", "This is not canonical, padded base64.");
  CHECK(size <= bytes.size());
  bytes.resize(size);
  // libsodium 1.0.18 takes bytes from 0x80 on for base64 characters; only the canonical form prints
  // back to itself.
  if (to_base64(bytes) != text) {
    return invalid("base64", "", "This is not canonical, padded base64.");
  }
  return bytes;
}

}  // namespace core
