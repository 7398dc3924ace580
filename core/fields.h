#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/check.h"
#include "core/codec.h"

// A command's or record body's fields are listed once, in a function
//
//   template <class Self, class F> static void describe(Self& self, F& field) {
//     field(1, "structure", self.structure);
//     field(2, "amount", self.amount);
//   }
//
// with ascending keys; the CBOR and the JSON form both follow from the list. Empty std::optional and
// std::vector members and a false bool are omitted; every other member is required.
namespace core {

namespace fields {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <>
struct IsVector<Bytes> : std::false_type {};

template <class T>
bool is_absent(const T& value) {
  if constexpr (IsOptional<T>::value) {
    return !value.has_value();
  } else if constexpr (IsVector<T>::value) {
    return value.empty();
  } else if constexpr (std::is_same_v<T, bool>) {
    return !value;
  } else {
    return false;
  }
}

template <class T>
inline constexpr bool kRequired =
    !IsOptional<T>::value && !IsVector<T>::value && !std::is_same_v<T, bool>;

struct Counter {
  std::uint64_t present = 0;
  template <class T>
  void operator()(std::uint64_t, std::string_view, const T& value) {
    if (!is_absent(value)) ++present;
  }
};

struct CborWriter {
  cbor::Encoder& out;
  std::uint64_t last = 0;
  template <class T>
  void operator()(std::uint64_t key, std::string_view, const T& value) {
    CHECK(key > last);
    last = key;
    if (is_absent(value)) return;
    out.unsigned_integer(key);
    Codec<T>::encode(out, value);
  }
};

struct CborReader {
  cbor::Decoder& in;
  cbor::MapReader map;
  std::optional<std::uint64_t> key;  // Read, but its value not yet.
  std::optional<Error> failed;

  void advance() {
    key.reset();
    if (map.done()) return;
    auto next = map.next();
    if (next) {
      key = next.value();
    } else {
      failed = next.error();
    }
  }

  template <class T>
  void operator()(std::uint64_t wanted, std::string_view name, T& value) {
    if (failed) return;
    if (key != wanted) {
      if (kRequired<T>) failed = invalid("missing_field", std::string(name), "A field is missing.");
      return;
    }
    auto decoded = Codec<T>::decode(in);
    if (!decoded) {
      failed = std::move(decoded.error()).within(name);
      return;
    }
    value = std::move(decoded.value());
    advance();
    // Empty is written as absent; two encodings of one value must not exist.
    if (!failed && is_absent(value)) {
      failed = invalid("cbor", std::string(name), "An empty list or false must be omitted.");
    }
  }
};

struct JsonWriter {
  json::Object members;
  template <class T>
  void operator()(std::uint64_t, std::string_view name, const T& value) {
    if (!is_absent(value)) members.emplace_back(std::string(name), Codec<T>::to_json(value));
  }
};

struct JsonReader {
  const json::Value& object;
  References* references;
  std::size_t taken = 0;
  std::optional<Error> failed;

  template <class T>
  void operator()(std::uint64_t, std::string_view name, T& value) {
    const json::Value* member = object.find(name);
    if (member != nullptr) ++taken;
    if (failed) return;
    if (member == nullptr) {
      if (kRequired<T>) {
        failed = invalid("missing_field", std::string(name),
                         "This field is required; see docs/commands.md.");
      }
      return;
    }
    auto decoded = Codec<T>::from_json(*member, references);
    if (decoded) {
      value = std::move(decoded.value());
    } else {
      failed = std::move(decoded.error()).within(name);
    }
  }
};

struct Namer {
  std::vector<std::string_view> names;
  template <class T>
  void operator()(std::uint64_t, std::string_view name, const T&) {
    names.push_back(name);
  }
};

}  // namespace fields

template <class T>
concept Described = requires(const T& value, fields::Counter& counter) {
  T::describe(value, counter);
};

template <class T>
std::vector<std::string_view> field_names() {
  fields::Namer namer;
  const T value{};
  T::describe(value, namer);
  return namer.names;
}

template <Described T>
struct Codec<T> {
  static void encode(cbor::Encoder& out, const T& value) {
    fields::Counter counter;
    T::describe(value, counter);
    out.map(counter.present);
    fields::CborWriter writer{out};
    T::describe(value, writer);
  }

  static Result<T> decode(cbor::Decoder& in) {
    TRY(auto map, cbor::MapReader::begin(in));
    fields::CborReader reader{in, map, {}, {}};
    reader.advance();
    T value{};
    T::describe(value, reader);
    if (reader.failed) return std::move(*reader.failed);
    if (reader.key) {
      return invalid("unknown_field", "key " + std::to_string(*reader.key),
                     "A field that this version does not know.");
    }
    return value;
  }

  static json::Value to_json(const T& value) {
    fields::JsonWriter writer;
    T::describe(value, writer);
    return std::move(writer.members);
  }

  static Result<T> from_json(const json::Value& object, References* references) {
    const json::Object* members = object.as_object();
    if (members == nullptr) return invalid("wrong_type", "", "An object is expected here.");
    fields::JsonReader reader{object, references, 0, {}};
    T value{};
    T::describe(value, reader);
    if (reader.taken != members->size()) {
      const auto known = field_names<T>();
      for (const auto& [name, unused] : *members) {
        if (std::ranges::find(known, name) == known.end()) {
          return invalid("unknown_field", name, "No such field here; see docs/commands.md.");
        }
      }
    }
    if (reader.failed) return std::move(*reader.failed);
    return value;
  }
};

// The whole value as one CBOR item.
template <class T>
Bytes to_cbor(const T& value) {
  constexpr std::size_t kUsualBytes = 256;
  Bytes out;
  out.reserve(kUsualBytes);
  cbor::Encoder encoder(out);
  Codec<T>::encode(encoder, value);
  return out;
}

// Errors: InvalidInput/cbor, InvalidInput/missing_field, InvalidInput/unknown_field.
template <class T>
Result<T> from_cbor(ByteView data) {
  cbor::Decoder decoder(data);
  TRY(auto value, Codec<T>::decode(decoder));
  TRY(decoder.finish());
  return value;
}

template <class T>
json::Value to_json(const T& value) {
  return Codec<T>::to_json(value);
}

// `references` may be null; then "@name" is refused.
// Errors: InvalidInput/missing_field, unknown_field, wrong_type and the fields' own, with the field.
template <class T>
Result<T> from_json(const json::Value& value, References* references) {
  return Codec<T>::from_json(value, references);
}

}  // namespace core
