#include "core/sealing.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/secret.h"

namespace core {
namespace {

Bytes hex(std::string_view text) { return from_hex(text).value(); }

SealNonce nonce_of(std::string_view text) {
  SealNonce nonce{};
  std::ranges::copy(hex(text), nonce.begin());
  return nonce;
}

// Source: draft-irtf-cfrg-xchacha-03, appendix A.3.1.
constexpr std::string_view kPlaintext =
    "4c616469657320616e642047656e746c656d656e206f662074686520636c617373206f66202739393a204966204920"
    "636f756c64206f6666657220796f75206f6e6c79206f6e652074697020666f7220746865206675747572652c207375"
    "6e73637265656e20776f756c642062652069742e";
constexpr std::string_view kContext = "50515253c0c1c2c3c4c5c6c7";
constexpr std::string_view kKey =
    "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";
constexpr std::string_view kNonce = "404142434445464748494a4b4c4d4e4f5051525354555657";
constexpr std::string_view kCiphertext =
    "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e"
    "39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b238356"
    "5d3fff921f9664c97637da9768812f615c68b13b52e";
constexpr std::string_view kTag = "c0875924c1c7987947deafd8780acf49";

TEST(Sealing, MatchesTheVectorOfTheDraft) {
  const Bytes sealed = encrypt(hex(kPlaintext), hex(kKey), nonce_of(kNonce), hex(kContext));
  EXPECT_EQ(to_hex(sealed), std::string(kCiphertext) + std::string(kTag));
  Bytes opened(sealed.size() - kSealTagBytes);
  ASSERT_TRUE(decrypt(opened, sealed, hex(kKey), nonce_of(kNonce), hex(kContext)));
  EXPECT_EQ(to_hex(opened), kPlaintext);
}

TEST(Sealing, AnyOtherByteDoesNotOpenIt) {
  SeededRandom random("sealing");
  const Bytes key = hex(kKey);
  const Bytes context = hex(kContext);
  const Bytes sealed = seal(as_bytes("Anna"), key, context, random);
  ASSERT_EQ(sealed.size(), 4 + kSealedExtraBytes);
  Bytes opened(4);
  ASSERT_TRUE(unseal(opened, sealed, key, context));
  EXPECT_EQ(as_text(opened), "Anna");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 1;
    EXPECT_FALSE(unseal(opened, changed, key, context)) << i;
  }
  Bytes other_key = key;
  other_key[31] ^= 1;
  EXPECT_FALSE(unseal(opened, sealed, other_key, context));
  Bytes other_context = context;
  other_context[0] ^= 1;
  EXPECT_FALSE(unseal(opened, sealed, key, other_context));
}

TEST(Sealing, TwoSealingsOfOneTextDiffer) {
  SystemRandom random;
  EXPECT_NE(seal(as_bytes("Anna"), hex(kKey), {}, random),
            seal(as_bytes("Anna"), hex(kKey), {}, random));
}

TEST(Sealing, AStreamOpensInItsOrderOnly) {
  const Bytes key = hex(kKey);
  StreamSealer sealer(key);
  const Bytes one = sealer.push(as_bytes("one"), as_bytes("begin"), false);
  const Bytes two = sealer.push(as_bytes("two"), {}, false);
  const Bytes last = sealer.push({}, {}, true);
  {
    StreamOpener opener(key, sealer.header());
    const auto first = opener.pull(one, as_bytes("begin"));
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(as_text(first->bytes), "one");
    EXPECT_FALSE(first->is_last);
    ASSERT_TRUE(opener.pull(two, {}).has_value());
    const auto end = opener.pull(last, {});
    ASSERT_TRUE(end.has_value());
    EXPECT_TRUE(end->is_last);
    EXPECT_TRUE(end->bytes.empty());
  }
  EXPECT_FALSE(StreamOpener(key, sealer.header()).pull(two, {}).has_value());
  EXPECT_FALSE(StreamOpener(key, sealer.header()).pull(one, as_bytes("other")).has_value());
  EXPECT_FALSE(StreamOpener(key, sealer.header()).pull({}, {}).has_value());
  Bytes changed = one;
  changed.back() ^= 1;
  EXPECT_FALSE(StreamOpener(key, sealer.header()).pull(changed, as_bytes("begin")).has_value());
  StreamHeader other = sealer.header();
  other[0] ^= 1;
  EXPECT_FALSE(StreamOpener(key, other).pull(one, as_bytes("begin")).has_value());
}

TEST(Sealing, WipingLeavesZeros) {
  Bytes bytes = hex(kKey);
  wipe(bytes);
  EXPECT_EQ(bytes, Bytes(32));
}

}  // namespace
}  // namespace core
