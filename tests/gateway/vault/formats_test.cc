#include <gtest/gtest.h>

#include "gateway/vault/erasures.h"
#include "gateway/vault/values.h"
#include "tests/support/files.h"
#include "tests/support/outcome.h"

namespace gateway::vault {
namespace {

using tests::outcome;

Salt counting_salt() {
  Salt salt{};
  for (std::size_t i = 0; i < salt.size(); ++i) salt[i] = static_cast<std::uint8_t>(i);
  return salt;
}

// Of docs/formats/vault.md; made with Python's hmac.
TEST(Commitment, IsThatOfTheDocument) {
  Field field = check_field("person", "name", "Anna Mu\u0308ller").value();
  EXPECT_EQ(field.text, "Anna M\u00fcller");
  field.salt = counting_salt();
  EXPECT_EQ(core::to_hex(commitment(field).bytes),
            "f79d6bf0cd0c023aece335c532d8958d33713559b783c00a8d814bb7dd585856");
}

TEST(Commitment, TellsWhereAWordEnds) {
  EXPECT_NE(commitment({"ab", "c", "d", {}}), commitment({"a", "bc", "d", {}}));
  EXPECT_NE(commitment({"a", "bc", "d", {}}), commitment({"a", "b", "cd", {}}));
  EXPECT_NE(commitment({"a", "b", "c", {}}), commitment({"a", "b", "c", counting_salt()}));
}

TEST(PersonalField, HasItsForm) {
  EXPECT_EQ(outcome(check_field("person", "home_address_2", "x")), "a value");
  EXPECT_EQ(outcome(check_field("person", "name", "")), "a value");
  for (const std::string bad : {"", "Name", "a b", "n\xc3\xa4me", "a-b", "a.b"}) {
    EXPECT_EQ(outcome(check_field("person", bad, "x")), "InvalidInput/personal_field") << bad;
    EXPECT_EQ(outcome(check_field(bad, "name", "x")), "InvalidInput/personal_field") << bad;
  }
  EXPECT_EQ(outcome(check_field("person", std::string(65, 'a'), "x")),
            "InvalidInput/personal_field");
  EXPECT_EQ(outcome(check_field("person", "name", std::string(16 * 1024, 'x'))), "a value");
  EXPECT_EQ(outcome(check_field("person", "name", std::string(16 * 1024 + 1, 'x'))),
            "InvalidInput/too_long");
  EXPECT_EQ(outcome(check_field("person", "name", "\xff")), "InvalidInput/text");
}

Erasures example() {
  Erasures out;
  out.vault[0] = 1;
  Erasure one;
  one.erasure[15] = 7;
  one.blinded = core::sha256(core::as_bytes("one"));
  one.size = 17;
  out.list.push_back(one);
  one.size = 30;
  out.list.push_back(one);
  return out;
}

TEST(ErasureList, IsReadAsItWasWritten) {
  const Erasures list = read_erasures(print_erasures(example(), 31), "list").value();
  EXPECT_EQ(list.list, example().list);
  EXPECT_EQ(list.vault, example().vault);
  EXPECT_EQ(list.complete, 31u);
}

TEST(ErasureList, EveryFlippedByteAndEveryCutIsFound) {
  const std::string good = print_erasures(example(), 31);
  for (std::size_t i = 0; i < good.size(); ++i) {
    EXPECT_EQ(outcome(read_erasures(tests::flipped(good, i), "list")), "Corrupt/erasure_list") << i;
    // A list that is cut does not say how far it goes.
    const auto cut = read_erasures(good.substr(0, i), "list");
    EXPECT_FALSE(cut.has_value() && cut.value().complete.has_value()) << i;
  }
}

TEST(ErasureList, ALineTakenOutIsFound) {
  Erasures shorter = example();
  std::string text = print_erasures(shorter, 31);
  const std::string line = erasure_line(shorter.list[0]);
  text.erase(text.find(line), line.size());
  EXPECT_EQ(outcome(read_erasures(text, "list")), "Corrupt/erasure_list");
}

TEST(ErasureList, NothingFollowsItsEnd) {
  const std::string text = print_erasures(example(), 31) + erasure_line(example().list[0]);
  EXPECT_EQ(outcome(read_erasures(text, "list")), "Corrupt/erasure_list");
}

TEST(ErasureList, ABlindedIdTellsNothingWithoutItsKey) {
  ListKey key{};
  ListKey other{};
  other[0] = 1;
  const IdBytes id{};
  EXPECT_NE(blind(key, id), blind(other, id));
  EXPECT_NE(tag_of(key), tag_of(other));
}

}  // namespace
}  // namespace gateway::vault
