#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/cbor.h"
#include "core/ids.h"
#include "core/json.h"
#include "core/time.h"

// How each kind of value is written in CBOR (the stored form) and in JSON (the form people write).
namespace core {

// Turns the "@name" that people write into the random id that enters the book.
class References {
 public:
  virtual ~References() = default;
  // Errors: InvalidInput/reference for a malformed name.
  virtual Result<std::array<std::uint8_t, 16>> resolve(std::string_view name) = 0;
};

// Names of an enum's values in order of their numbers, starting at 0; specialised beside the enum.
template <class E>
struct EnumNames;

template <class T>
struct Codec;

inline Result<std::string_view> json_text(const json::Value& value) {
  const std::string* text = value.as_string();
  if (text == nullptr) return invalid("wrong_type", "", "A string is expected here.");
  return std::string_view{*text};
}

template <>
struct Codec<bool> {
  static void encode(cbor::Encoder& out, bool value) { out.boolean(value); }
  static Result<bool> decode(cbor::Decoder& in) { return in.boolean(); }
  static json::Value to_json(bool value) { return value; }
  static Result<bool> from_json(const json::Value& value, References*) {
    const bool* boolean = value.as_bool();
    if (boolean == nullptr) return invalid("wrong_type", "", "true or false is expected here.");
    return *boolean;
  }
};

// Whole numbers up to 2^63 - 1, JSON numbers.
template <>
struct Codec<std::uint64_t> {
  static void encode(cbor::Encoder& out, std::uint64_t value) { out.unsigned_integer(value); }
  static Result<std::uint64_t> decode(cbor::Decoder& in) {
    TRY(const auto value, in.unsigned_integer());
    if (value > INT64_MAX) return invalid("cbor", "", "A whole number beyond 2^63 - 1.");
    return value;
  }
  static json::Value to_json(std::uint64_t value) { return static_cast<std::int64_t>(value); }
  static Result<std::uint64_t> from_json(const json::Value& value, References*) {
    const std::int64_t* integer = value.as_integer();
    if (integer == nullptr || *integer < 0) {
      return invalid("wrong_type", "", "A whole number of at least 0 is expected here.");
    }
    return static_cast<std::uint64_t>(*integer);
  }
};

// Exact big integers, as decimal strings in JSON.
template <>
struct Codec<Minor> {
  static void encode(cbor::Encoder& out, Minor value) { out.integer(value); }
  static Result<Minor> decode(cbor::Decoder& in) { return in.integer(); }
  static json::Value to_json(Minor value) { return to_string(value); }
  static Result<Minor> from_json(const json::Value& value, References*) {
    TRY(const auto text, json_text(value));
    TRY(const auto decimal, parse_decimal(text));
    return to_minor(decimal, 0);
  }
};

// [scale, digits] in CBOR; a decimal string in JSON.
template <>
struct Codec<Decimal> {
  static void encode(cbor::Encoder& out, const Decimal& value) {
    out.array(2);
    out.unsigned_integer(value.scale);
    out.integer(value.digits);
  }
  static Result<Decimal> decode(cbor::Decoder& in) {
    TRY(const auto count, in.array());
    if (count != 2) return invalid("cbor", "", "A decimal is [scale, digits].");
    TRY(const auto scale, in.unsigned_integer());
    TRY(const auto digits, in.integer());
    if (scale > kScaleMax || (scale > 0 && digits % 10 == 0)) {
      return invalid("cbor", "", "A decimal must be in its shortest form, at most 18 places.");
    }
    return Decimal{digits, static_cast<std::uint8_t>(scale)};
  }
  static json::Value to_json(const Decimal& value) { return to_string(value); }
  static Result<Decimal> from_json(const json::Value& value, References*) {
    TRY(const auto text, json_text(value));
    return parse_decimal(text);
  }
};

inline constexpr std::size_t kTextBytesMax = 1024;

template <>
struct Codec<std::string> {
  static void encode(cbor::Encoder& out, const std::string& value) { out.text(value); }
  static Result<std::string> decode(cbor::Decoder& in) {
    TRY(const auto text, in.text());
    return std::string(text);
  }
  static json::Value to_json(const std::string& value) { return value; }
  static Result<std::string> from_json(const json::Value& value, References*) {
    TRY(const auto text, json_text(value));
    if (text.size() > kTextBytesMax) {
      return invalid("too_long", "", "Text of at most 1024 bytes is expected here.");
    }
    return std::string(text);
  }
};

template <>
struct Codec<Bytes> {
  static void encode(cbor::Encoder& out, const Bytes& value) { out.bytes(value); }
  static Result<Bytes> decode(cbor::Decoder& in) {
    TRY(const auto view, in.bytes());
    return Bytes(view.begin(), view.end());
  }
  static json::Value to_json(const Bytes& value) { return to_hex(value); }
  static Result<Bytes> from_json(const json::Value& value, References*) {
    TRY(const auto text, json_text(value));
    return from_hex(text);
  }
};

template <std::size_t N>
struct FixedBytesCodec {
  static Result<std::array<std::uint8_t, N>> decode(cbor::Decoder& in) {
    TRY(const auto view, in.bytes());
    if (view.size() != N) return invalid("cbor", "", "A byte string has the wrong length.");
    std::array<std::uint8_t, N> out{};
    std::ranges::copy(view, out.begin());
    return out;
  }
};

template <>
struct Codec<Hash> {
  static void encode(cbor::Encoder& out, const Hash& value) { out.bytes(value.bytes); }
  static Result<Hash> decode(cbor::Decoder& in) {
    TRY(const auto bytes, FixedBytesCodec<32>::decode(in));
    return Hash{bytes};
  }
  static json::Value to_json(const Hash& value) { return to_hex(value.bytes); }
  static Result<Hash> from_json(const json::Value& value, References*) {
    TRY(const auto text, json_text(value));
    return parse_hash(text);
  }
};

template <class Tag>
struct Codec<Id<Tag>> {
  static void encode(cbor::Encoder& out, const Id<Tag>& value) { out.bytes(value.bytes); }
  static Result<Id<Tag>> decode(cbor::Decoder& in) {
    TRY(const auto bytes, FixedBytesCodec<16>::decode(in));
    return Id<Tag>{bytes};
  }
  static json::Value to_json(const Id<Tag>& value) { return value.hex(); }
  static Result<Id<Tag>> from_json(const json::Value& value, References* references) {
    TRY(const auto text, json_text(value));
    if (references != nullptr && text.starts_with('@')) {
      TRY(const auto bytes, references->resolve(text));
      return Id<Tag>{bytes};
    }
    return parse_id<Id<Tag>>(text);
  }
};

template <>
struct Codec<Instant> {
  static void encode(cbor::Encoder& out, Instant value) { out.integer(value.micros); }
  static Result<Instant> decode(cbor::Decoder& in) {
    TRY(const auto value, in.integer());
    if (value > INT64_MAX || value < INT64_MIN) return invalid("cbor", "", "A time out of range.");
    return Instant{static_cast<std::int64_t>(value)};
  }
  static json::Value to_json(Instant value) { return to_string(value); }
  static Result<Instant> from_json(const json::Value& value, References*) {
    TRY(const auto text, json_text(value));
    return parse_instant(text);
  }
};

template <>
struct Codec<Date> {
  static void encode(cbor::Encoder& out, Date value) { out.integer(value.days); }
  static Result<Date> decode(cbor::Decoder& in) {
    TRY(const auto value, in.integer());
    if (value > INT32_MAX || value < INT32_MIN) return invalid("cbor", "", "A date out of range.");
    return Date{static_cast<std::int32_t>(value)};
  }
  static json::Value to_json(Date value) { return to_string(value); }
  static Result<Date> from_json(const json::Value& value, References*) {
    TRY(const auto text, json_text(value));
    return parse_date(text);
  }
};

template <class E>
  requires std::is_enum_v<E>
struct Codec<E> {
  static void encode(cbor::Encoder& out, E value) {
    out.unsigned_integer(static_cast<std::uint64_t>(value));
  }
  static Result<E> decode(cbor::Decoder& in) {
    TRY(const auto number, in.unsigned_integer());
    if (number >= EnumNames<E>::names.size()) return invalid("cbor", "", "An unknown choice.");
    return static_cast<E>(number);
  }
  static json::Value to_json(E value) {
    return EnumNames<E>::names[static_cast<std::size_t>(value)];
  }
  static Result<E> from_json(const json::Value& value, References*) {
    TRY(const auto text, json_text(value));
    const auto& names = EnumNames<E>::names;
    const auto found = std::ranges::find(names, text);
    if (found != names.end()) return static_cast<E>(found - names.begin());
    std::string choices;
    for (const auto name : names) choices += (choices.empty() ? "" : ", ") + std::string(name);
    return invalid("unknown_choice", "", "Choose one of: " + choices + ".");
  }
};

template <class T>
struct Codec<std::optional<T>> {
  static void encode(cbor::Encoder& out, const std::optional<T>& value) {
    Codec<T>::encode(out, *value);
  }
  static Result<std::optional<T>> decode(cbor::Decoder& in) {
    TRY(auto value, Codec<T>::decode(in));
    return std::optional<T>(std::move(value));
  }
  static json::Value to_json(const std::optional<T>& value) { return Codec<T>::to_json(*value); }
  static Result<std::optional<T>> from_json(const json::Value& value, References* references) {
    TRY(auto decoded, Codec<T>::from_json(value, references));
    return std::optional<T>(std::move(decoded));
  }
};

inline constexpr std::size_t kListItemsMax = 10000;

template <class T>
  requires(!std::same_as<T, std::uint8_t>)
struct Codec<std::vector<T>> {
  static void encode(cbor::Encoder& out, const std::vector<T>& value) {
    out.array(value.size());
    for (const T& item : value) Codec<T>::encode(out, item);
  }
  static Result<std::vector<T>> decode(cbor::Decoder& in) {
    TRY(const auto count, in.array());
    std::vector<T> out;
    // The count is the sender's word: no more is reserved for it than is cheap to lose.
    out.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(count, 8)));
    for (std::uint64_t i = 0; i < count; ++i) {
      TRY(auto item, Codec<T>::decode(in));
      out.push_back(std::move(item));
    }
    return out;
  }
  static json::Value to_json(const std::vector<T>& value) {
    json::Array out;
    for (const T& item : value) out.push_back(Codec<T>::to_json(item));
    return out;
  }
  static Result<std::vector<T>> from_json(const json::Value& value, References* references) {
    const json::Array* items = value.as_array();
    if (items == nullptr) return invalid("wrong_type", "", "A list is expected here.");
    if (items->size() > kListItemsMax) return invalid("too_long", "", "The list is too long.");
    std::vector<T> out;
    out.reserve(items->size());
    for (std::size_t i = 0; i < items->size(); ++i) {
      auto item = Codec<T>::from_json((*items)[i], references);
      if (!item) return std::move(item.error()).within("item " + std::to_string(i));
      out.push_back(std::move(item.value()));
    }
    return out;
  }
};

}  // namespace core
