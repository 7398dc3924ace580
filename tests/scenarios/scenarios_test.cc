// Each file tests/scenarios/<folder>/<name>.scenario is the test scenarios.<folder>.<name>.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/support/scenario/runner.h"

namespace tests::scenario {
namespace {

constexpr const char* kFolder = "tests/scenarios";
constexpr const char* kShorthands = "tests/scenarios/shorthands.txt";

class ScenarioTest : public testing::Test {
 public:
  explicit ScenarioTest(std::string path) : path_(std::move(path)) {}

  void TestBody() override {
    const auto shorthands = Shorthands::load(kShorthands);
    ASSERT_TRUE(shorthands) << core::to_string(shorthands.error());
    for (const Failure& failure : run_scenario(path_, shorthands.value())) {
      ADD_FAILURE() << to_string(failure);
    }
  }

 private:
  std::string path_;
};

std::vector<std::filesystem::path> scenario_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kFolder)) {
    if (entry.path().extension() == ".scenario") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace
}  // namespace tests::scenario

int main(int argc, char** argv) {
  using tests::scenario::ScenarioTest;
  testing::InitGoogleTest(&argc, argv);
  for (const std::filesystem::path& file : tests::scenario::scenario_files()) {
    const std::string folder = file.parent_path().filename().string();
    const std::string name = file.stem().string();
    const std::string path = file.string();
    testing::RegisterTest(folder.c_str(), name.c_str(), nullptr, nullptr, path.c_str(), 1,
                          [path]() -> testing::Test* { return new ScenarioTest(path); });
  }
  return RUN_ALL_TESTS();
}
