#include "gateway/registers/fetch/credentials.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/files.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::registers::fetch {
namespace {

namespace fs = std::filesystem;

class CredentialsFile : public testing::Test {
 protected:
  core::Result<Credentials> read(const std::string& content,
                                 fs::perms access = fs::perms::owner_read) {
    const std::string path = folder_ / "fca";
    fs::remove(path);
    tests::write_file(path, content);
    fs::permissions(path, access);
    return read_credentials(path);
  }
  tests::TempDir folder_;
};

TEST_F(CredentialsFile, EmailAndKeyAreRead) {
  const auto read_back = read("email=ops@kestrel.example\r\nkey=c0ffee\n");
  ASSERT_TRUE(read_back.has_value());
  EXPECT_EQ(read_back.value().email.text(), "ops@kestrel.example");
  EXPECT_EQ(read_back.value().key.text(), "c0ffee");
}

TEST_F(CredentialsFile, OneThatOthersCanReadIsRefused) {
  for (const auto access :
       {fs::perms::group_read, fs::perms::others_read, fs::perms::others_write}) {
    EXPECT_EQ(tests::outcome(read("email=a\nkey=b\n", fs::perms::owner_read | access)),
              "InvalidInput/register_credentials");
  }
}

TEST_F(CredentialsFile, ARefusalDoesNotQuoteTheFile) {
  for (const char* content :
       {"", "email=a\n", "key=c0ffee\n", "key=c0ffee\nmail=a\n", "email=a\nkey=c0 ffee\n"}) {
    const auto refused = read(content);
    ASSERT_FALSE(refused.has_value()) << content;
    EXPECT_EQ(refused.error().reason, "register_credentials");
    EXPECT_EQ(core::to_string(refused.error()).find("ffee"), std::string::npos);
  }
}

TEST_F(CredentialsFile, NoFileIsNamed) {
  EXPECT_EQ(tests::outcome(read_credentials(folder_ / "none")), "NotFound/file");
}

}  // namespace
}  // namespace gateway::registers::fetch
