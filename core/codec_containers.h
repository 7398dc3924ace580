#pragma once

#include <map>
#include <set>
#include <utility>

#include "core/boxed.h"
#include "core/fields.h"

// Ordered maps and sets in CBOR, for what a program saves of its own state: a list of [key, value]
// pairs or of keys, ascending. Like vectors, they are left out when empty.
namespace core {

template <class K, class V>
struct fields::IsVector<std::map<K, V>> : std::true_type {};
template <class K>
struct fields::IsVector<std::set<K>> : std::true_type {};

inline Error not_ascending() {
  return invalid("cbor", "", "The keys of a map or set are not ascending.");
}

template <class K, class V>
struct Codec<std::map<K, V>> {
  static void encode(cbor::Encoder& out, const std::map<K, V>& value) {
    out.array(value.size());
    for (const auto& [key, item] : value) {
      out.array(2);
      Codec<K>::encode(out, key);
      Codec<V>::encode(out, item);
    }
  }
  static Result<std::map<K, V>> decode(cbor::Decoder& in) {
    TRY(const auto count, in.array());
    std::map<K, V> out;
    for (std::uint64_t i = 0; i < count; ++i) {
      TRY(const auto two, in.array());
      if (two != 2) return invalid("cbor", "", "An entry of a map is [key, value].");
      TRY(auto key, Codec<K>::decode(in));
      TRY(auto item, Codec<V>::decode(in));
      if (!out.empty() && !(out.rbegin()->first < key)) return not_ascending();
      out.emplace_hint(out.end(), std::move(key), std::move(item));
    }
    return out;
  }
};

template <class K>
struct Codec<std::set<K>> {
  static void encode(cbor::Encoder& out, const std::set<K>& value) {
    out.array(value.size());
    for (const K& key : value) Codec<K>::encode(out, key);
  }
  static Result<std::set<K>> decode(cbor::Decoder& in) {
    TRY(const auto count, in.array());
    std::set<K> out;
    for (std::uint64_t i = 0; i < count; ++i) {
      TRY(auto key, Codec<K>::decode(in));
      if (!out.empty() && !(*out.rbegin() < key)) return not_ascending();
      out.emplace_hint(out.end(), std::move(key));
    }
    return out;
  }
};

// As the value itself.
template <class T>
struct Codec<Boxed<T>> {
  static void encode(cbor::Encoder& out, const Boxed<T>& value) { Codec<T>::encode(out, *value); }
  static Result<Boxed<T>> decode(cbor::Decoder& in) {
    TRY(auto value, Codec<T>::decode(in));
    return Boxed<T>(std::move(value));
  }
};

}  // namespace core
