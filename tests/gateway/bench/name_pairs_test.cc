#include "gateway/bench/name_pairs.h"

#include <gtest/gtest.h>

#include "gateway/bench/benchmarks.h"
#include "gateway/screening/list.h"
#include "tests/support/files.h"
#include "tests/support/temp_dir.h"

namespace gateway::bench {
namespace {

// "2 Anna|Ana yes, 3 ..." and what is malformed, or the refusal.
std::string told(std::string_view table) {
  const auto read = read_name_pairs(screening::source_of(table));
  if (!read) return read.error().reason + ": " + read.error().detail;
  std::string out;
  for (const NamePair& pair : read.value().pairs) {
    out += std::to_string(pair.line) + " " + pair.left + "|" + pair.right +
           (pair.is_match ? " yes " : " no ") + pair.schema + pair.category + ";";
  }
  for (const MalformedRow& row : read.value().malformed) {
    out += " " + std::to_string(row.line) + ": " + row.detail + ";";
  }
  return out;
}

TEST(NamePairs, ColumnsMayStandInAnyOrder) {
  EXPECT_EQ(told("name1,name2,is_match\nAnna,Ana,true\n"), "2 Anna|Ana yes ;");
  EXPECT_EQ(told("\xef\xbb\xbfIs_Match,other,NAME2,Category,name1,schema\r\n"
                 "0,x,Ana,Typo,Anna,Person\r\n"),
            "2 Anna|Ana no PersonTypo;");
  EXPECT_EQ(told("name1\tname2\tis_match\nAnna \"A\"\tAna, B\tyes\n"), "2 Anna \"A\"|Ana, B yes ;");
  EXPECT_EQ(told("name1,name2,is_match\n\"Holm, \"\"Anna\"\"\",Ana,true\n"),
            "2 Holm, \"Anna\"|Ana yes ;");
}

TEST(NamePairs, MalformedRowsAreNamedAndTheRestIsRead) {
  EXPECT_EQ(told("name1,name2,is_match\n"
                 "Anna,Ana\n"
                 "Anna,Ana,maybe\n"
                 "Anna,,true\n"
                 "An\xe4,Ana,true\n"
                 "Anna,Ana,true\n"),
            "6 Anna|Ana yes ; 2: 2 fields; the header has 3; 3: is_match is neither true nor "
            "false; 4: a name is empty; 5: it is not UTF-8;");
  EXPECT_EQ(told("name1,name2,is_match\n" + std::string(1001, 'a') + ",b,true\nc,d,no\n"),
            "3 c|d no ; 2: a name is longer than 1000 bytes;");
}

TEST(NamePairs, AFileWithoutPairsIsRefused) {
  EXPECT_EQ(told("").substr(0, 10), "name_pairs");
  EXPECT_EQ(told("name1,name2\na,b\n"), "name_pairs: There is no column is_match.");
  EXPECT_EQ(told("name1,name1,name2,is_match\n"), "name_pairs: The column name1 stands twice.");
  EXPECT_EQ(told("name1,name2,is_match\na,b\n").substr(0, 10), "name_pairs");
  EXPECT_EQ(told("name1,name2,is_match\n\"a,b,true\n").substr(0, 8), "list_row");
}

TEST(NamePairs, SchemasAreKinds) {
  EXPECT_EQ(kind_of_schema("Person"), core::names::Kind::Person);
  EXPECT_EQ(kind_of_schema("vessel"), core::names::Kind::Thing);
  EXPECT_EQ(kind_of_schema("LegalEntity"), core::names::Kind::Organisation);
  EXPECT_EQ(kind_of_schema(""), std::nullopt);
}

// Worked out by hand: of two labelled matches one is found, and one pair is found that is none.
TEST(BenchNames, CountsWhatIsFoundMissedAndWrong) {
  const tests::TempDir folder;
  tests::write_file(folder.path() / "pairs.csv",
                    "schema,name1,name2,is_match,category\n"
                    "Person,Anna Petrova,Anna Petrova,true,same\n"
                    "Person,Anna Petrova,Walter Lindqvist,true,other\n"
                    "Person,Anna Petrova,Petrova Anna,false,other\n"
                    "Person,Anna Petrova,Greta Holm,false,other\n"
                    "Person,Anna Petrova\n");
  std::string lines;
  Options options;
  options.file = (folder.path() / "pairs.csv").string();
  options.print = [&](std::string_view line) { lines += std::string(line) + "\n"; };
  ASSERT_TRUE(bench_names(options));
  const auto has = [&](std::string_view line) { return lines.find(line) != lines.npos; };
  EXPECT_TRUE(has("names_malformed line=6 detail=2 fields; the header has 5\n")) << lines;
  EXPECT_TRUE(
      has("names category=other threshold=0.800 pairs=3 matches=1 missed=1 false_hits=1 "
          "precision=0.000 recall=0.000 f1=0.000\n"))
      << lines;
  EXPECT_TRUE(
      has("names lines=all threshold=0.800 pairs=4 matches=2 missed=1 false_hits=1 "
          "precision=0.500 recall=0.500 f1=0.500\n"))
      << lines;
  EXPECT_TRUE(has("pairs=4 malformed=1")) << lines;
  options.file.clear();
  EXPECT_EQ(bench_names(options).error().reason, "missing_field");
  options.file = "/no/such/file";
  EXPECT_EQ(bench_names(options).error().reason, "file");
}

}  // namespace
}  // namespace gateway::bench
