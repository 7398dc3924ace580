#include "gateway/registers/fetch/kept.h"

#include <gtest/gtest.h>

#include "tests/support/files.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::registers::fetch {
namespace {

class Kept : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return folder_ / ("kept/" + name); }
  std::string folder() const { return folder_ / "kept"; }
  tests::TempDir folder_;
};

TEST_F(Kept, AnswersAreReadAsTheyCame) {
  const std::vector<Answer> answers = {
      {"{}\n", 200, "https://r.example/a?b=1", core::parse_instant("2026-11-22T10:00:00Z").value()},
      {"", 0, "https://r.example/c", {}},
      {"x", {}, "", {}}};
  ASSERT_TRUE(keep_answers(folder(), answers).has_value());
  EXPECT_TRUE(is_kept(folder()));
  EXPECT_FALSE(is_kept(path("001.json")));
  const auto read = read_kept(folder()).value();
  ASSERT_EQ(read.size(), answers.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    EXPECT_EQ(read[i].body, answers[i].body);
    EXPECT_EQ(read[i].http_status, answers[i].http_status);
    EXPECT_EQ(read[i].address, answers[i].address);
    EXPECT_EQ(read[i].answered_at, answers[i].answered_at);
  }
}

TEST_F(Kept, ABodyThatIsAnotherIsRefused) {
  const std::vector<Answer> answers = {{"{}", 200, "", {}}};
  ASSERT_TRUE(keep_answers(folder(), answers).has_value());
  tests::write_file(path("001.json"), "{ }");
  EXPECT_EQ(tests::outcome(read_kept(folder())), "InvalidInput/register_body");
  std::filesystem::remove(path("001.json"));
  EXPECT_EQ(tests::outcome(read_kept(folder())), "NotFound/file");
}

TEST_F(Kept, AnIndexOfAnotherFormIsRefused) {
  const std::vector<Answer> answers = {{"{}", 200, "", {}}};
  ASSERT_TRUE(keep_answers(folder(), answers).has_value());
  const std::string good = tests::read_file(path("answers.json"));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = good;
    changed.replace(changed.find(from), from.size(), to);
    tests::write_file(path("answers.json"), changed);
    return tests::outcome(read_kept(folder()));
  };
  EXPECT_EQ(with("answers/1", "answers/2"), "InvalidInput/register_body");
  EXPECT_EQ(with("001.json", "../001.json"), "InvalidInput/register_body");
  EXPECT_EQ(with(": 200", ": -1"), "InvalidInput/register_body");
  EXPECT_EQ(with("\"address\": \"\"", "\"answered_at\": \"yesterday\""),
            "InvalidInput/register_body");
  EXPECT_EQ(with("[", ""), "InvalidInput/json");
  std::filesystem::remove(path("answers.json"));
  EXPECT_EQ(tests::outcome(read_kept(folder())), "NotFound/file");
}

}  // namespace
}  // namespace gateway::registers::fetch
