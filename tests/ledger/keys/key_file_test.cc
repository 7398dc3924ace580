#include "ledger/keys/key_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <numeric>

#include "core/files.h"
#include "ledger/keys/secret_file.h"
#include "tests/support/key_statements.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace ledger::keys {
namespace {

using tests::outcome;

constexpr core::PassphraseCost kCheap{1, core::kPassphraseMemoryMin};

class KeyFileTest : public testing::Test {
 protected:
  void write(const std::string& content, mode_t mode = 0600) {
    ASSERT_TRUE(core::write_file(path, content, core::FileAccess::OwnerOnly).has_value());
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
  }
  std::string plain() const { return signer.private_key_text() + "\n"; }
  std::string sealed(std::string_view passphrase) {
    core::SeededRandom random("key file");
    return encrypted_key_text(core::Secret::copy_of(core::as_bytes(signer.private_key_text())),
                              core::Secret::copy_of(core::as_bytes(passphrase)), kCheap, random)
        .value();
  }
  static PassphraseSource saying(std::string passphrase) {
    return [passphrase](const std::string&) -> core::Result<core::Secret> {
      return core::Secret::copy_of(core::as_bytes(passphrase));
    };
  }
  core::Result<std::unique_ptr<Signer>> open(const std::string& passphrase = "") {
    TRY(const auto file, read_key_file(path));
    return open_signer(file, saying(passphrase));
  }

  tests::TempDir folder;
  std::string path = folder / "log.key";
  NoteSigner signer = tests::key_of("log 1");
};

TEST_F(KeyFileTest, PlainFileSigns) {
  write(plain());
  const auto opened = open();
  ASSERT_EQ(outcome(opened), "a value");
  EXPECT_EQ(opened.value()->verifier_key(), signer.verifier_key());
  EXPECT_EQ(opened.value()->sign_bytes(core::as_bytes("x")).value(),
            signer.sign_bytes(core::as_bytes("x")).value());
}

TEST_F(KeyFileTest, FileThatOthersMayTouchIsRefusedWithItsModeAndNothingElse) {
  for (const mode_t mode : {0640u, 0604u, 0660u, 0644u, 0666u, 0610u, 0700u | 07u}) {
    write(plain(), mode);
    const auto refused = read_key_file(path);
    ASSERT_EQ(outcome(refused), "InvalidInput/key_file_mode");
    EXPECT_EQ(refused.error().at, path);
    EXPECT_NE(refused.error().detail.find("chmod 600"), std::string::npos);
  }
  write(plain(), 0644);
  EXPECT_NE(read_key_file(path).error().detail.find("mode 0644"), std::string::npos);
  write(plain(), 0400);
  EXPECT_EQ(outcome(read_key_file(path)), "a value");
}

TEST_F(KeyFileTest, EncryptedFileSignsUnderItsPassphraseAlone) {
  write(sealed("open sesame"));
  const auto opened = open("open sesame");
  ASSERT_EQ(outcome(opened), "a value");
  EXPECT_EQ(opened.value()->sign_bytes(core::as_bytes("x")).value(),
            signer.sign_bytes(core::as_bytes("x")).value());
  EXPECT_EQ(outcome(open("another")), "InvalidInput/passphrase");
  EXPECT_EQ(read_key_file(path).value().form, KeyForm::Encrypted);
}

// The vector of docs/formats/keys.md: libargon2 and OpenSSL made it, and nothing of ours.
TEST_F(KeyFileTest, OpensAFileThatAnotherProgramEncrypted) {
  write(
      "tallystick-encrypted-key-v1\n"
      "key: ledger.example/broker-1+6e5791d5+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4\n"
      "kdf: argon2id13\n"
      "passes: 1\n"
      "memory: 65536\n"
      "salt: AAECAwQFBgcICQoLDA0ODw==\n"
      "cipher: xchacha20-poly1305\n"
      "nonce: AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\n"
      "data: SkTRDp0kpAje1C83O20SqJdjsxfJDyavNyRi5ZIKTMVsHWmw1xXYz5v83YawmV43oygcT4udHV"
      "nfFs2JFAntzD3slt6/7RvBhx89fe2uQWtBEt/X198YbIpKO+P3uQIBqVdulqdb8oz2\n");
  const auto opened = open("open sesame");
  ASSERT_EQ(outcome(opened), "a value");
  std::array<std::uint8_t, 32> seed{};
  std::iota(seed.begin(), seed.end(), 0);
  EXPECT_EQ(opened.value()->sign_bytes(core::as_bytes("x")).value(),
            core::SigningKey::from_seed(seed).sign(core::as_bytes("x")));
}

TEST_F(KeyFileTest, EncryptedFileHoldsNothingOfTheKey) {
  const std::string text = sealed("open sesame");
  const std::string key = signer.private_key_text();
  EXPECT_EQ(text.find(key.substr(key.rfind('+') + 1)), std::string::npos);
  EXPECT_EQ(text.find("PRIVATE"), std::string::npos);
  EXPECT_EQ(text.find("sesame"), std::string::npos);
}

TEST_F(KeyFileTest, EveryAlteredByteOfAnEncryptedFileIsRefused) {
  const std::string text = sealed("open sesame");
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    write(changed);
    const auto opened = open("open sesame");
    EXPECT_FALSE(opened.has_value()) << i;
    if (!opened) {
      EXPECT_EQ(core::to_string(opened.error()).find("PRIVATE"), std::string::npos);
    }
  }
}

TEST_F(KeyFileTest, EncryptedFileOfAnotherNameIsRefused) {
  // The vkey is authenticated: a stranger cannot put his own over the log's secret.
  std::string text = sealed("open sesame");
  const std::string mine = to_string(signer.verifier_key());
  text.replace(text.find(mine), mine.size(), to_string(tests::key_of("log 2").verifier_key()));
  write(text);
  EXPECT_EQ(outcome(open("open sesame")), "InvalidInput/passphrase");
}

TEST_F(KeyFileTest, WhatIsNoKeyFileIsRefusedWithoutQuotingIt) {
  const std::string damaged = "PRIVATE+KEY+" + std::string(40, 'x');
  for (const std::string& text :
       {std::string(), std::string("\n"), std::string("tallystick-encrypted-key-v1\n"), damaged,
        plain().substr(0, 60), plain() + "more\n",
        std::string("tallystick-token-key-v1\nkey: x\nmodule: y\n")}) {
    write(text);
    const auto refused = read_key_file(path);
    ASSERT_EQ(outcome(refused), "InvalidInput/key_file") << text;
    if (!text.empty() && text != "\n") {
      EXPECT_EQ(core::to_string(refused.error()).find(text.substr(0, 30)), std::string::npos);
    }
  }
  EXPECT_EQ(outcome(read_key_file(folder / "none")), "NotFound/file");
  EXPECT_EQ(outcome(read_key_file(folder.path().string())), "InvalidInput/key_file");
  write(std::string(kSecretFileBytesMax + 1, 'x'));
  EXPECT_EQ(outcome(read_key_file(path)), "InvalidInput/key_file");
}

TEST_F(KeyFileTest, PassphraseIsTheFirstLine) {
  write("open sesame\r\nsecond\n");
  EXPECT_EQ(read_passphrase_file(path).value().text(), "open sesame");
  write("\n");
  EXPECT_EQ(outcome(read_passphrase_file(path)), "InvalidInput/passphrase");
  write("open sesame\n", 0644);
  EXPECT_EQ(outcome(read_passphrase_file(path)), "InvalidInput/key_file_mode");
}

TEST_F(KeyFileTest, TokenFileRoundTrips) {
  const TokenReference token{"/usr/lib/module.so", "tally", "log-2", "/etc/pin"};
  write(token_key_text(signer.verifier_key(), token).value());
  EXPECT_EQ(read_key_file(path).value().token, token);
  EXPECT_EQ(read_key_file(path).value().form, KeyForm::Token);
  EXPECT_EQ(outcome(token_key_text(signer.verifier_key(), {"a\nb", "", "", ""})),
            "InvalidInput/key_file");
  EXPECT_EQ(outcome(open()), "InvalidInput/key_token");  // There is no such module.
}

}  // namespace
}  // namespace ledger::keys
