#include "core/sha256.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace core {
namespace {

std::string hex(const Hash& hash) { return to_hex(hash.view()); }

// Source: NIST, FIPS 180-4 examples (csrc.nist.gov, "SHA256.pdf") and the SHAVS messages.
TEST(Sha256, MatchesTheVectorsOfNist) {
  EXPECT_EQ(hex(sha256({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256(as_bytes("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hex(sha256(as_bytes(std::string(1'000'000, 'a')))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, HashesTheConcatenationOfItsParts) {
  Sha256 hasher;
  const Hash whole = hasher(as_bytes("abcdef"));
  EXPECT_EQ(hasher(as_bytes("abc"), as_bytes("def")), whole);
  EXPECT_EQ(hasher(as_bytes("a"), as_bytes(""), as_bytes("bcdef")), whole);
  const std::array<ByteView, 4> parts{as_bytes("ab"), as_bytes("cd"), as_bytes("e"), as_bytes("f")};
  EXPECT_EQ(hasher(std::span<const ByteView>(parts)), whole);
}

TEST(Sha256, AHasherForgetsWhatItHashed) {
  Sha256 hasher;
  const Hash first = hasher(as_bytes("abc"));
  EXPECT_NE(hasher(as_bytes("abd")), first);
  EXPECT_EQ(hasher(as_bytes("abc")), first);
}

TEST(Sha256, AMovedHasherWorks) {
  Sha256 first;
  Sha256 second = std::move(first);
  EXPECT_EQ(second(as_bytes("abc")), sha256(as_bytes("abc")));
}

TEST(Hash, ReadsWhatItPrints) {
  const Hash hash = sha256(as_bytes("abc"));
  EXPECT_EQ(parse_hash(hex(hash)).value(), hash);
}

TEST(Hash, RefusesAnythingButSixtyFourHexDigits) {
  const std::string good = hex(sha256(as_bytes("abc")));
  for (const std::string& text : {std::string(), good.substr(1), good.substr(2), good + "0",
                                  good + "00", "B" + good.substr(1), "g" + good.substr(1)}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(tests::outcome(parse_hash(text)), "InvalidInput/hash");
  }
}

// Source: RFC 4231 section 4, test cases 1 to 4, 6 and 7 (case 5 truncates).
TEST(HmacSha256, MatchesTheVectorsOfRfc4231) {
  struct Vector {
    Bytes key;
    std::string message;
    std::string_view expected;
  };
  Bytes counting;
  for (std::uint8_t i = 1; i <= 25; ++i) counting.push_back(i);
  const std::string_view jefe = "Jefe";
  const Vector vectors[] = {
      {Bytes(20, 0x0b), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {Bytes(jefe.begin(), jefe.end()), "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {Bytes(20, 0xaa), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {counting, std::string(50, '\xcd'),
       "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
      {Bytes(131, 0xaa), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {Bytes(131, 0xaa),
       "This is a test using a larger than block-size key and a larger than block-size data. The "
       "key needs to be hashed before being used by the HMAC algorithm.",
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"}};
  for (const Vector& vector : vectors) {
    SCOPED_TRACE(vector.message);
    EXPECT_EQ(hex(hmac_sha256(vector.key, as_bytes(vector.message))), vector.expected);
  }
}

TEST(HmacSha256, AKeyOfOneBlockIsNotHashed) {
  // RFC 2104: only a key longer than the block is replaced by its hash.
  const Bytes block(64, 0xaa);
  EXPECT_NE(hmac_sha256(block, {}), hmac_sha256(sha256(block).view(), {}));
  const Bytes longer(65, 0xaa);
  EXPECT_EQ(hmac_sha256(longer, {}), hmac_sha256(sha256(longer).view(), {}));
}

}  // namespace
}  // namespace core
