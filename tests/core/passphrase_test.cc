#include "core/passphrase.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace core {
namespace {

using tests::outcome;

// As cheap as libsodium allows: what is tested is not the cost.
constexpr PassphraseCost kCheap{1, kPassphraseMemoryMin};

Secret secret(std::string_view text) { return Secret::copy_of(as_bytes(text)); }

class Passphrase : public testing::Test {
 protected:
  Result<SealedSecret> seal(std::string_view passphrase, const PassphraseCost& cost = kCheap) {
    return seal_secret(as_bytes("the key"), secret(passphrase), as_bytes("whose"), cost, random);
  }
  static std::string opened(const SealedSecret& sealed, std::string_view passphrase,
                            std::string_view context = "whose") {
    const auto result = open_secret(sealed, secret(passphrase), as_bytes(context));
    return result ? std::string(result.value().text()) : outcome(result);
  }

  SeededRandom random{"passphrase"};
};

TEST_F(Passphrase, OpensWhatItSealed) {
  const auto sealed = seal("open sesame").value();
  EXPECT_EQ(opened(sealed, "open sesame"), "the key");
  EXPECT_EQ(sealed.ciphertext.size(), 7u + 16u);
}

TEST_F(Passphrase, AnotherPassphraseOrContextIsRefused) {
  const auto sealed = seal("open sesame").value();
  EXPECT_EQ(opened(sealed, "open Sesame"), "InvalidInput/passphrase");
  EXPECT_EQ(opened(sealed, ""), "InvalidInput/passphrase");
  EXPECT_EQ(opened(sealed, "open sesame", "whom"), "InvalidInput/passphrase");
}

TEST_F(Passphrase, EveryFlippedByteIsRefused) {
  const auto sealed = seal("open sesame").value();
  for (std::size_t i = 0; i < sealed.ciphertext.size(); ++i) {
    SealedSecret changed = sealed;
    changed.ciphertext[i] ^= 1;
    EXPECT_EQ(opened(changed, "open sesame"), "InvalidInput/passphrase") << i;
  }
  SealedSecret salted = sealed;
  salted.salt[3] ^= 1;
  EXPECT_EQ(opened(salted, "open sesame"), "InvalidInput/passphrase");
  SealedSecret cut = sealed;
  cut.ciphertext.resize(15);
  EXPECT_EQ(opened(cut, "open sesame"), "InvalidInput/passphrase");
}

TEST_F(Passphrase, TheSameSecretSealsDifferentlyEachTime) {
  EXPECT_NE(seal("open sesame").value().ciphertext, seal("open sesame").value().ciphertext);
}

TEST_F(Passphrase, AFileCannotAskForMoreThanTheLimits) {
  auto sealed = seal("open sesame").value();
  sealed.cost.memory_bytes = kPassphraseMemoryMax + 1;
  EXPECT_EQ(opened(sealed, "open sesame"), "InvalidInput/key_cost");
  sealed.cost = {kPassesMax + 1, kPassphraseMemoryMin};
  EXPECT_EQ(opened(sealed, "open sesame"), "InvalidInput/key_cost");
  sealed.cost = {0, kPassphraseMemoryMin};
  EXPECT_EQ(opened(sealed, "open sesame"), "InvalidInput/key_cost");
  EXPECT_EQ(outcome(seal("open sesame", {1, 100})), "InvalidInput/key_cost");
  EXPECT_EQ(outcome(seal("")), "InvalidInput/passphrase");
}

TEST(SecretMemory, MovesAndIsShortened) {
  Secret first = secret("open sesame");
  Secret second = std::move(first);
  EXPECT_EQ(second.text(), "open sesame");
  EXPECT_EQ(first.size(), 0u);
  second.truncate(4);
  EXPECT_EQ(second.text(), "open");
  first = std::move(second);
  EXPECT_EQ(first.text(), "open");
}

}  // namespace
}  // namespace core
