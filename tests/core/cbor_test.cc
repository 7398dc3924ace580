#include "core/cbor.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/support/mutation.h"
#include "tests/support/numbers.h"
#include "tests/support/outcome.h"

namespace core::cbor {
namespace {

__extension__ using Unsigned128 = unsigned __int128;
using tests::outcome;

constexpr Minor kMax = static_cast<Minor>(~Unsigned128{0} >> 1);  // 2^127 - 1
constexpr Minor kTwo64 = Minor{1} << 64;

Bytes unhex(std::string_view hex) { return from_hex(hex).value(); }

template <class Write>
std::string hex_of(Write write) {
  Bytes out;
  Encoder encoder(out);
  write(encoder);
  return to_hex(out);
}

// Whether the bytes are one whole item and nothing else.
Result<> read_item(ByteView bytes) {
  Decoder decoder(bytes);
  TRY(const ByteView item, decoder.item());
  TRY(decoder.finish());
  return item.size() == bytes.size() ? ok() : corrupt("test", "", "item() is not the whole");
}

std::string item_outcome(std::string_view hex) { return outcome(read_item(unhex(hex))); }

std::string repeated(std::string_view hex, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += hex;
  return out;
}

// --- RFC 8949 appendix A, as far as it lies in our subset. ---

struct IntegerVector {
  Minor value;
  const char* hex;
};
const IntegerVector kIntegers[] = {
    {0, "00"},
    {1, "01"},
    {10, "0a"},
    {23, "17"},
    {24, "1818"},
    {25, "1819"},
    {100, "1864"},
    {1000, "1903e8"},
    {1000000, "1a000f4240"},
    {1000000000000, "1b000000e8d4a51000"},
    {kTwo64 - 1, "1bffffffffffffffff"},
    {kTwo64, "c249010000000000000000"},
    {-1, "20"},
    {-10, "29"},
    {-100, "3863"},
    {-1000, "3903e7"},
    {-kTwo64, "3bffffffffffffffff"},
    {-kTwo64 - 1, "c349010000000000000000"},
    // Not in the appendix: where each length begins and ends, and the bounds of our numbers.
    {255, "18ff"},
    {256, "190100"},
    {65535, "19ffff"},
    {65536, "1a00010000"},
    {4294967295, "1affffffff"},
    {4294967296, "1b0000000100000000"},
    {-24, "37"},
    {-25, "3818"},
    {-256, "38ff"},
    {-257, "390100"},
    {-65537, "3a00010000"},
    {-4294967297, "3b0000000100000000"},
    {kMax, "c2507fffffffffffffffffffffffffffffff"},
    {-kMax, "c3507ffffffffffffffffffffffffffffffe"},
};

TEST(Cbor, IntegersAreThoseOfTheRfc) {
  for (const auto& [value, hex] : kIntegers) {
    SCOPED_TRACE(hex);
    EXPECT_EQ(hex_of([&](Encoder& out) { out.integer(value); }), hex);
    const Bytes bytes = unhex(hex);
    Decoder decoder(bytes);
    EXPECT_EQ(to_string(decoder.integer().value()), to_string(value));
    EXPECT_TRUE(decoder.at_end());
    EXPECT_EQ(item_outcome(hex), "a value");
  }
}

TEST(Cbor, UnsignedIntegersAreThoseOfTheRfc) {
  for (const auto& [value, hex] : kIntegers) {
    if (value < 0 || value >= kTwo64) continue;
    SCOPED_TRACE(hex);
    const auto number = static_cast<std::uint64_t>(value);
    EXPECT_EQ(hex_of([&](Encoder& out) { out.unsigned_integer(number); }), hex);
    const Bytes bytes = unhex(hex);
    EXPECT_EQ(Decoder(bytes).unsigned_integer().value(), number);
  }
}

TEST(Cbor, StringsAreThoseOfTheRfc) {
  const std::pair<const char*, const char*> texts[] = {
      {"", "60"},      {"a", "6161"},      {"IETF", "6449455446"},      {"\"\\", "62225c"},
      {"ü", "62c3bc"}, {"水", "63e6b0b4"}, {"\U00010151", "64f0908591"}};
  for (const auto& [text, hex] : texts) {
    SCOPED_TRACE(hex);
    EXPECT_EQ(hex_of([&](Encoder& out) { out.text(text); }), hex);
    const Bytes bytes = unhex(hex);
    EXPECT_EQ(Decoder(bytes).text().value(), text);
    EXPECT_EQ(item_outcome(hex), "a value");
  }
  EXPECT_EQ(hex_of([](Encoder& out) { out.bytes({}); }), "40");
  EXPECT_EQ(hex_of([](Encoder& out) { out.bytes(unhex("01020304")); }), "4401020304");
  const Bytes bytes = unhex("4401020304");
  EXPECT_EQ(to_hex(Decoder(bytes).bytes().value()), "01020304");
}

TEST(Cbor, BooleansListsAndMapsAreThoseOfTheRfc) {
  for (const char* hex :
       {"f4", "f5", "80", "83010203", "8301820203820405",
        "98190102030405060708090a0b0c0d0e0f101112131415161718181819", "a0", "a201020304"}) {
    SCOPED_TRACE(hex);
    EXPECT_EQ(item_outcome(hex), "a value");
  }
  EXPECT_EQ(hex_of([](Encoder& out) { out.boolean(false); }), "f4");
  EXPECT_EQ(hex_of([](Encoder& out) { out.boolean(true); }), "f5");
  EXPECT_EQ(hex_of([](Encoder& out) {
              out.map(2);
              for (const std::uint64_t n : {1u, 2u, 3u, 4u}) out.unsigned_integer(n);
            }),
            "a201020304");
  EXPECT_EQ(hex_of([](Encoder& out) { out.array(25); }), "9819");
  const Bytes yes = unhex("f5");
  EXPECT_TRUE(Decoder(yes).boolean().value());
}

TEST(Cbor, WhatTheRfcKnowsAndWeDoNotIsRefused) {
  for (const char* hex : {
           "f90000",
           "f93c00",
           "fb3ff199999999999a",
           "fa47c35000",
           "f97e00",
           "f97c00",  // Floats.
           "f6",
           "f7",  // null, undefined.
           "f0",
           "f818",
           "f8ff",  // Simple values.
           "c074323031332d30332d32315432303a30343a30305a",
           "c11a514b67b0",
           "d74401020304",
           "d818456449455446",
           "d82076687474703a2f2f7777772e6578616d706c652e636f6d",  // Tags.
           "c48221196ab3",
           "c5822003",  // Decimal fraction, bigfloat.
           "5f42010243030405ff",
           "7f657374726561646d696e67ff",
           "9fff",
           "9f0102ff",
           "bf6161019fff",
           "bf01ff",
           "5fff",
           "7fff",  // Indefinite lengths.
           "a26161016162820203",
           "826161a161626163",
           "a12000",
           "a14000",  // Other map keys.
           "a1f400",
           "a18000",
       }) {
    SCOPED_TRACE(hex);
    EXPECT_EQ(item_outcome(hex), "InvalidInput/cbor");
  }
}

// --- One encoding per value. ---

TEST(Cbor, NumbersThatAreNotShortestAreRefused) {
  for (const char* hex :
       {"1800", "1817", "190000", "1900ff", "1a00000000", "1a0000ffff", "1b0000000000000000",
        "1b00000000ffffffff", "3800", "3817", "3900ff", "3a0000ffff", "3b00000000ffffffff"}) {
    SCOPED_TRACE(hex);
    const Bytes bytes = unhex(hex);
    EXPECT_EQ(outcome(Decoder(bytes).integer()), "InvalidInput/cbor");
    EXPECT_EQ(item_outcome(hex), "InvalidInput/cbor");
  }
}

TEST(Cbor, LengthsThatAreNotShortestAreRefused) {
  for (const char* hex :
       {"5801ff", "580101", "590001ff", "780161", "79000161", "7a0000000161", "980100", "99000100",
        "b8010000", "b900010000", "d802490100000000000000"}) {
    SCOPED_TRACE(hex);
    EXPECT_EQ(item_outcome(hex), "InvalidInput/cbor");
  }
}

TEST(Cbor, BigIntegersThatAreNotShortestAreRefused) {
  for (const char* hex : {
           "c240", "c24101", "c340",                            // Empty, or one byte.
           "c248ffffffffffffffff", "c348ffffffffffffffff",      // Fit 64 bits.
           "c249000000000000000001", "c249001000000000000000",  // A leading zero.
           "c24a00010000000000000000", "c34a00010000000000000000", "c2", "c20a", "c26161",
           "c2c249010000000000000000",  // No byte string.
       }) {
    SCOPED_TRACE(hex);
    const Bytes bytes = unhex(hex);
    EXPECT_EQ(outcome(Decoder(bytes).integer()), "InvalidInput/cbor");
    EXPECT_EQ(item_outcome(hex), "InvalidInput/cbor");
  }
}

TEST(Cbor, IntegersBeyond127BitsAreRefused) {
  for (const char* hex : {"c25080000000000000000000000000000000",       // 2^127
                          "c3507fffffffffffffffffffffffffffffff",       // -2^127
                          "c35080000000000000000000000000000000",       // -2^127 - 1
                          "c250ffffffffffffffffffffffffffffffff",       // 2^128 - 1
                          "c2510100000000000000000000000000000000"}) {  // 2^128
    SCOPED_TRACE(hex);
    EXPECT_EQ(item_outcome(hex), "InvalidInput/cbor");
  }
}

TEST(Cbor, MapKeysAscendAndStandOnce) {
  EXPECT_EQ(item_outcome("a3000001001818f4"), "a value");  // 0, 1, 24
  EXPECT_EQ(item_outcome("a201000100"), "InvalidInput/cbor");
  EXPECT_EQ(item_outcome("a202000100"), "InvalidInput/cbor");
  EXPECT_EQ(item_outcome("a200000000"), "InvalidInput/cbor");
  EXPECT_EQ(item_outcome("a21818001700"), "InvalidInput/cbor");
}

TEST(Cbor, TextIsWellFormedUtf8) {
  for (const char* hex : {"61ff", "6180", "61c3", "62c080", "62c1bf", "63e08080", "63eda080",
                          "63edbfbf", "64f0808080", "64f4908080", "64f5808080", "62e6b0",
                          // The bad byte stands behind eight good ones, and beside them.
                          "696161616161616161ff", "68616161616161c3ff", "6961616161616161e6b0"}) {
    SCOPED_TRACE(hex);
    const Bytes bytes = unhex(hex);
    EXPECT_EQ(outcome(Decoder(bytes).text()), "InvalidInput/cbor");
    EXPECT_EQ(item_outcome(hex), "InvalidInput/cbor");
  }
}

TEST(Cbor, NothingMayFollow) {
  EXPECT_EQ(item_outcome("0000"), "InvalidInput/cbor");
  EXPECT_EQ(item_outcome("a0f4"), "InvalidInput/cbor");
  EXPECT_EQ(item_outcome(""), "InvalidInput/cbor");
}

TEST(Cbor, WhatEndsEarlyIsRefusedAtEveryByte) {
  Bytes good =
      unhex("a401c2507fffffffffffffffffffffffffffffff02430102030363616263048301820203820405");
  ASSERT_EQ(outcome(read_item(good)), "a value");
  while (!good.empty()) {
    good.pop_back();
    SCOPED_TRACE(good.size());
    EXPECT_EQ(outcome(read_item(good)), "InvalidInput/cbor");
  }
}

// --- Hostile input. ---

TEST(Cbor, NestingHasALimit) {
  const std::size_t deepest = Decoder::kDepthMax;
  EXPECT_EQ(item_outcome(repeated("81", deepest) + "00"), "a value");
  EXPECT_EQ(item_outcome(repeated("81", deepest + 1) + "00"), "InvalidInput/cbor");
  EXPECT_EQ(item_outcome(repeated("a100", deepest) + "00"), "a value");
  EXPECT_EQ(item_outcome(repeated("a100", deepest + 1) + "00"), "InvalidInput/cbor");
  EXPECT_EQ(item_outcome(repeated("81", 1'000'000)), "InvalidInput/cbor");
  EXPECT_EQ(item_outcome(repeated("a100", 1'000'000)), "InvalidInput/cbor");
}

TEST(Cbor, AClaimOfHugeLengthIsRefused) {
  for (const char* hex :
       {"5bffffffffffffffff", "7bffffffffffffffff", "9bffffffffffffffff", "bbffffffffffffffff",
        "5a7fffffff00", "9affffffff00", "bb7fffffffffffffff0000", "c25bffffffffffffffff",
        "5b8000000000000000", "5c", "1c", "1f", "ff"}) {
    SCOPED_TRACE(hex);
    EXPECT_EQ(item_outcome(hex), "InvalidInput/cbor");
  }
}

TEST(Cbor, AnotherTypeThanExpectedIsRefusedAndLeftInPlace) {
  const Bytes bytes = unhex("6161");
  Decoder decoder(bytes);
  EXPECT_EQ(outcome(decoder.unsigned_integer()), "InvalidInput/cbor");
  EXPECT_EQ(outcome(decoder.integer()), "InvalidInput/cbor");
  EXPECT_EQ(outcome(decoder.bytes()), "InvalidInput/cbor");
  EXPECT_EQ(outcome(decoder.boolean()), "InvalidInput/cbor");
  EXPECT_EQ(outcome(decoder.array()), "InvalidInput/cbor");
  EXPECT_EQ(outcome(decoder.map()), "InvalidInput/cbor");
  EXPECT_EQ(decoder.offset(), 0u);
  EXPECT_EQ(decoder.text().value(), "a");
}

TEST(Cbor, ErrorNamesTheByte) {
  const Bytes bytes = unhex("820161ff");
  EXPECT_EQ(read_item(bytes).error().at, "byte 4");
  EXPECT_EQ(read_item(unhex("8201f6")).error().at, "byte 3");
  EXPECT_EQ(read_item(unhex("82011801")).error().at, "byte 2");
}

// --- Property: whatever is accepted is the one encoding of its value. ---

// A second reader, which lets pass what the product must not, and writes what it read in the one
// deterministic form.
class Normaliser {
 public:
  explicit Normaliser(ByteView data) : data_(data) {}

  Bytes item() {
    Bytes out;
    Encoder encoder(out);
    const std::uint8_t major = next() >> 5;
    --offset_;
    const std::uint64_t value = head();
    switch (major) {
      case 0:
        encoder.unsigned_integer(value);
        break;
      case 1:
        encoder.integer(-1 - static_cast<Minor>(value));
        break;
      case 2:
        encoder.bytes(take(value));
        break;
      case 3:
        encoder.text(as_text(take(value)));
        break;
      case 4:
        encoder.array(value);
        for (std::uint64_t i = 0; i < value; ++i) encoder.encoded(item());
        break;
      case 5:
        map(encoder, value);
        break;
      case 6:
        encoder.integer(big(value));
        break;
      default:
        encoder.boolean(value == 21);
    }
    return out;
  }

 private:
  std::uint8_t next() { return data_[offset_++]; }
  std::uint64_t head() {
    const std::uint8_t info = next() & 31;
    if (info < 24) return info;
    std::uint64_t value = 0;
    for (int i = 0; i < 1 << (info - 24); ++i) value = value << 8 | next();
    return value;
  }
  ByteView take(std::uint64_t count) {
    const ByteView view = data_.subspan(offset_, count);
    offset_ += count;
    return view;
  }
  void map(Encoder& encoder, std::uint64_t count) {
    std::map<std::uint64_t, Bytes> members;
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t key = head();
      members[key] = item();
    }
    encoder.map(members.size());
    for (const auto& [key, value] : members) {
      encoder.unsigned_integer(key);
      encoder.encoded(value);
    }
  }
  Minor big(std::uint64_t tag) {
    Unsigned128 magnitude = 0;
    const std::uint64_t length = head();
    for (const std::uint8_t byte : take(length)) magnitude = magnitude << 8 | byte;
    const auto value = static_cast<Minor>(magnitude);
    return tag == 2 ? value : -1 - value;
  }

  ByteView data_;
  std::size_t offset_ = 0;
};

void write_random(Encoder& out, tests::Numbers& numbers, unsigned depth) {
  static constexpr std::string_view kPieces[] = {"a", "ü", "水", "\U00010151", "\n", "account:"};
  switch (numbers.below(depth < 4 ? 7 : 5)) {
    case 0:
    case 1:
      return out.integer(numbers.any());
    case 2: {
      std::string text;
      for (std::uint64_t i = numbers.below(12); i > 0; --i) text += kPieces[numbers.below(6)];
      return out.text(text);
    }
    case 3: {
      Bytes bytes(numbers.below(40));
      for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(numbers.below(256));
      return out.bytes(bytes);
    }
    case 4:
      return out.boolean(numbers.below(2) == 0);
    case 5: {
      const std::uint64_t count = numbers.below(5);
      out.array(count);
      for (std::uint64_t i = 0; i < count; ++i) write_random(out, numbers, depth + 1);
      return;
    }
    default: {
      const std::uint64_t count = numbers.below(5);
      out.map(count);
      std::uint64_t key = 0;
      for (std::uint64_t i = 0; i < count; ++i) {
        out.unsigned_integer(key += 1 + numbers.below(30));
        write_random(out, numbers, depth + 1);
      }
    }
  }
}

TEST(CborProperty, WhateverIsAcceptedIsTheOneEncodingOfItsValue) {
  int accepted = 0;
  for (std::uint64_t seed = 0; seed < 100'000; ++seed) {
    tests::Numbers numbers(seed);
    Bytes valid;
    Encoder encoder(valid);
    encoder.array(1);
    write_random(encoder, numbers, 0);
    ASSERT_EQ(outcome(read_item(valid)), "a value") << "seed " << seed << " " << to_hex(valid);
    const Bytes bytes = tests::mutated(valid, numbers);
    if (!read_item(bytes)) continue;
    ++accepted;
    ASSERT_EQ(to_hex(Normaliser(bytes).item()), to_hex(bytes)) << "seed " << seed;
  }
  // Many accidents fall inside strings and numbers and make another valid item.
  EXPECT_GT(accepted, 10'000);
}

}  // namespace
}  // namespace core::cbor
