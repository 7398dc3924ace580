#include "gateway/refs/legacy.h"

#include <gtest/gtest.h>

#include "core/files.h"
#include "core/sha256.h"
#include "tests/support/files.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::refs {
namespace {

using tests::outcome;
using vault::IdBytes;

// Of docs/formats/vault.md.
constexpr std::string_view kDocumentedCheck = "24ce28c6";

IdBytes id_of(std::uint8_t last) {
  IdBytes id{};
  id[15] = last;
  return id;
}

// With the check that makes it one.
std::string checked(const std::string& name_and_id) {
  const core::Hash digest = core::sha256(core::as_bytes(name_and_id));
  return name_and_id + " " + core::to_hex(digest.bytes).substr(0, 8);
}

std::string line_of(const std::string& name, std::uint8_t last) {
  return checked(name + " " + core::to_hex(id_of(last))) + "\n";
}

class OldReferencesTest : public testing::Test {
 protected:
  std::string opened(const std::string& content) {
    tests::write_file(path, content);
    const auto names = read_old_references(path);
    return outcome(names) + (names ? "" : " at " + names.error().at);
  }
  std::vector<vault::NamedId> names(const std::string& content) {
    tests::write_file(path, content);
    return read_old_references(path).value();
  }

  tests::TempDir folder;
  std::string path = folder / "refs";
};

TEST_F(OldReferencesTest, LinesAreReadInTheirOrder) {
  EXPECT_EQ(names(line_of("@ben", 2) + line_of("@anna", 1)),
            (std::vector<vault::NamedId>{{"@ben", id_of(2)}, {"@anna", id_of(1)}}));
}

TEST_F(OldReferencesTest, ATornLastLineIsLeftOut) {
  for (const std::string torn : {"@", "@ben", "@ben ", "@ben 0000", "no reference at all"}) {
    SCOPED_TRACE(torn);
    EXPECT_EQ(names(line_of("@anna", 9) + torn).size(), 1u);
  }
  std::string content = line_of("@anna", 9);
  content.pop_back();
  EXPECT_TRUE(names(content).empty());
}

TEST_F(OldReferencesTest, ACorruptLineIsRefusedAndNamed) {
  const std::string good = line_of("@anna", 9);
  const std::string id = core::to_hex(id_of(8));
  for (const std::string& line :
       {std::string(), std::string("@ben"), "@ben  " + id, "@ben " + id + " ", "ben " + id,
        "@ben " + id.substr(1), "@ben " + id + "0", "@ben " + std::string(31, '0') + "A",
        "@be n " + id, "@ben\t" + id, "@ben " + id + "@carl " + id}) {
    SCOPED_TRACE(line);
    EXPECT_EQ(opened(good + checked(line) + "\n" + good), "Corrupt/refs at " + path + ": line 2");
    EXPECT_EQ(opened(good + line + "\n" + good), "Corrupt/refs at " + path + ": line 2");
  }
}

// A name with another's id would be worse than none.
TEST_F(OldReferencesTest, EveryFlippedBitIsFound) {
  const std::string good = line_of("@anna", 9) + line_of("@ben", 8);
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    std::string flipped = good;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    SCOPED_TRACE(flipped);
    EXPECT_TRUE(opened(flipped).starts_with("Corrupt/refs at " + path)) << opened(flipped);
  }
}

TEST_F(OldReferencesTest, TheFormatIsThatOfTheDocument) {
  EXPECT_EQ(
      opened("@anna 00000000000000000000000000000009 " + std::string(kDocumentedCheck) + "\n"),
      "a value");
}

TEST_F(OldReferencesTest, ANameWithTwoIdsIsRefused) {
  EXPECT_EQ(opened(line_of("@anna", 1) + line_of("@ben", 2) + line_of("@anna", 3)),
            "Corrupt/refs at " + path + ": line 3");
  EXPECT_EQ(opened(line_of("@anna", 1) + line_of("@anna", 1)), "a value");
}

TEST_F(OldReferencesTest, AFileThatCannotBeReadIsAnError) {
  std::filesystem::create_directory(path);
  EXPECT_EQ(outcome(read_old_references(path)), "Unavailable/io");
}

}  // namespace
}  // namespace gateway::refs
