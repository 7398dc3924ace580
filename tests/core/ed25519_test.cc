#include "core/ed25519.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace core {
namespace {

template <std::size_t N>
std::array<std::uint8_t, N> bytes_of(std::string_view hex) {
  const Bytes bytes = from_hex(hex).value();
  std::array<std::uint8_t, N> result{};
  EXPECT_EQ(bytes.size(), N);
  std::copy_n(bytes.begin(), std::min(bytes.size(), N), result.begin());
  return result;
}

SigningKey key_of(std::string_view seed_hex) {
  return SigningKey::from_seed(bytes_of<32>(seed_hex));
}

constexpr std::string_view kCountingSeed =
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

struct Vector {
  std::string_view seed;
  std::string_view public_key;
  std::string_view message;
  std::string_view signature;
};

// Source: RFC 8032 section 7.1, tests 1 to 3.
constexpr Vector kVectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
     "b46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f1"
     "1d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984d"
     "c6594a7c15e9716ed28dc027beceea1ec40a"}};

TEST(Ed25519, MatchesTheVectorsOfRfc8032) {
  for (const Vector& vector : kVectors) {
    SCOPED_TRACE(vector.seed);
    const SigningKey key = key_of(vector.seed);
    const Bytes message = from_hex(vector.message).value();
    EXPECT_EQ(to_hex(key.public_key().bytes), vector.public_key);
    EXPECT_EQ(to_hex(key.sign(message).bytes), vector.signature);
    EXPECT_TRUE(verify_signature(key.public_key(), message, key.sign(message)));
  }
}

TEST(Ed25519, SignsTheCheckpointOfTheFormatVectors) {
  const SigningKey key = key_of(kCountingSeed);
  EXPECT_EQ(to_hex(key.public_key().bytes),
            "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8");
  const std::string_view note =
      "ledger.example/broker-1\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n";
  // The signature line is the key's four-byte id and then the signature.
  const Bytes line =
      from_base64(
          "bleR1UxDQgBn6eC1rxLu2ZBozq/DkU//F+WEwW6b/vgp2DPbIDsTb/yx/5hKditlo2ydnImD6K2SEw/MPlb0kx5"
          "yNQU=")
          .value();
  EXPECT_EQ(to_hex(ByteView(line).first(4)), "6e5791d5");
  EXPECT_EQ(to_hex(key.sign(as_bytes(note)).bytes), to_hex(ByteView(line).subspan(4)));
}

TEST(Ed25519, RefusesAChangedMessage) {
  const SigningKey key = key_of(kCountingSeed);
  const Signature signature = key.sign(as_bytes("pay 8"));
  EXPECT_FALSE(verify_signature(key.public_key(), as_bytes("pay 9"), signature));
  EXPECT_FALSE(verify_signature(key.public_key(), as_bytes("pay 8 "), signature));
}

TEST(Ed25519, RefusesEveryFlippedBitOfASignature) {
  const SigningKey key = key_of(kCountingSeed);
  const Signature signature = key.sign(as_bytes("pay 8"));
  for (std::size_t bit = 0; bit < 8 * signature.bytes.size(); ++bit) {
    SCOPED_TRACE(bit);
    Signature changed = signature;
    changed.bytes[bit / 8] = static_cast<std::uint8_t>(changed.bytes[bit / 8] ^ (1u << bit % 8));
    EXPECT_FALSE(verify_signature(key.public_key(), as_bytes("pay 8"), changed));
  }
}

TEST(Ed25519, RefusesTheSignatureOfAnotherKey) {
  const SigningKey key = key_of(kCountingSeed);
  const SigningKey other = key_of(kVectors[0].seed);
  const Signature signature = other.sign(as_bytes("pay 8"));
  EXPECT_FALSE(verify_signature(key.public_key(), as_bytes("pay 8"), signature));
}

TEST(Ed25519, RefusesTheNeutralKeyThatSignsEverything) {
  PublicKey neutral;
  neutral.bytes[0] =
      1;  // The neutral point; with S = 0 and R the same point every message verifies.
  Signature forged;
  forged.bytes[0] = 1;
  EXPECT_FALSE(verify_signature(neutral, as_bytes("pay 8"), forged));
}

// Made with RFC 8032's own arithmetic for the counting seed and the message "pay 8": each would
// verify if the check that it is about were missing.
constexpr std::string_view kPay8 =
    "d68306eb05d37607c6476fba6b377a9e169b23f740b4eec9f9c7ba758e2515ab85462700e2d8282adf96525e26c7a7"
    "89"
    "77ac6b0110d481a4214d54f9ebbe1c0d";

TEST(Ed25519, RefusesAnSThatIsNotBelowTheOrder) {
  const PublicKey key = key_of(kCountingSeed).public_key();
  ASSERT_TRUE(verify_signature(key, as_bytes("pay 8"), {bytes_of<64>(kPay8)}));
  EXPECT_FALSE(verify_signature(key, as_bytes("pay 8"),
                                {bytes_of<64>("d68306eb05d37607c6476fba6b377a9e169b23f740b4eec9f9c7"
                                              "ba758e2515ab721a1d5dfc3b3b82b5334a0105c1"
                                              "869e77ac6b0110d481a4214d54f9ebbe1c1d")}));
}

TEST(Ed25519, RefusesAnAlteredRThoughSWasMadeForIt) {
  const PublicKey key = key_of(kCountingSeed).public_key();
  for (const std::string_view signature : {"d68306eb05d37607c6476fba6b377a9e169b23f740b4eec9f9c7ba7"
                                           "58e25152b56e88972ce581bf52a02838a564d22"
                                           "7e1a57028891ca7d5ddfc41239704ffb0b",
                                           "d78306eb05d37607c6476fba6b377a9e169b23f740b4eec9f9c7ba7"
                                           "58e2515ab4903da1ce9fc889a1d311dbbd8a051"
                                           "27123cfeb616022902a2ccf3df3d518b09",
                                           "de8306eb05d37607c6476fba6b377a9e169b23f740b4eec9f9c7ba7"
                                           "58e2515ab86ff2037f76b21b50284da558c44c7"
                                           "983f2f655ffad8aca7923d66a76613d50a",
                                           // R is the neutral point.
                                           "0100000000000000000000000000000000000000000000000000000"
                                           "00000000036600cda4b0312f2cac4a0d9350052"
                                           "775ed6af2653b22ab8b4441763ec5cea04"}) {
    EXPECT_FALSE(verify_signature(key, as_bytes("pay 8"), {bytes_of<64>(signature)})) << signature;
  }
}

// Keys whose private half is nobody's: the eight points of small order, and every other way to
// write them. Under each, this one signature fits the message beside it.
TEST(Ed25519, RefusesEveryKeyOfSmallOrderAndEveryOtherSpelling) {
  const Signature signature{
      bytes_of<64>("7767a3242dc9b58bbc68488c1265cc6cc5f26c6f3c88a5d55e901b0734dca572d20a1feb8ca954a"
                   "b00000000000000"
                   "0000000000000000000000000000000000")};
  const std::pair<std::string_view, std::uint8_t> keys[] = {
      {"0000000000000000000000000000000000000000000000000000000000000000", 0x02},
      {"0000000000000000000000000000000000000000000000000000000000000080", 0x01},
      {"0100000000000000000000000000000000000000000000000000000000000000", 0x00},
      {"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", 0x00},
      {"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85", 0x07},
      {"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", 0x01},
      {"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", 0x04},
      {"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", 0x01},
      {"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", 0x05},
      {"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", 0x04},
      {"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", 0x00},
      {"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", 0x00},
      {"0100000000000000000000000000000000000000000000000000000000000080", 0x00},
      {"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", 0x00}};
  for (const auto& [key, message] : keys) {
    EXPECT_FALSE(verify_signature({bytes_of<32>(key)}, ByteView(&message, 1), signature)) << key;
  }
}

TEST(Ed25519, ACopiedKeySignsAlike) {
  const SigningKey key = key_of(kCountingSeed);
  const SigningKey copy = key;
  EXPECT_EQ(copy.sign(as_bytes("pay 8")), key.sign(as_bytes("pay 8")));
  EXPECT_EQ(to_hex(copy.seed()), kCountingSeed);
}

}  // namespace
}  // namespace core
