#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/gate_values.h"
#include "gateway/registers/answer.h"
#include "tests/support/files.h"

// Evidence as texts that a test can show.
namespace tests {

// "found complete", "not_found partial"
inline std::string state_of(const engine::Evidence& evidence) {
  return std::string(
             core::EnumNames<engine::Asked>::names[static_cast<std::size_t>(evidence.asked)]) +
         " " +
         std::string(
             core::EnumNames<engine::Coverage>::names[static_cast<std::size_t>(evidence.coverage)]);
}

// "gleif.lei jurisdiction=LI, lei=... from 2026-08-14 to 2027-08-14 residue ..."
inline std::string text_of(const engine::Fact& fact) {
  std::string out = fact.name;
  for (const auto& [key, value] : fact.values) {
    out += (&key == &fact.values.front().key ? " " : ", ") + key + "=" + value;
  }
  if (fact.from) out += " from " + core::to_string(*fact.from);
  if (fact.to) out += " to " + core::to_string(*fact.to);
  if (fact.residue) out += " residue " + *fact.residue;
  return out;
}

// The facts of a name, one a line.
inline std::vector<std::string> facts_of(const engine::Evidence& evidence, std::string_view name) {
  std::vector<std::string> out;
  for (const auto& fact : evidence.facts) {
    if (fact.name == name) out.push_back(text_of(fact));
  }
  return out;
}

inline bool has(const engine::Fact& fact, std::string_view key, std::string_view value) {
  for (const auto& each : fact.values) {
    if (each.key == key && each.value == value) return true;
  }
  return false;
}

// Bodies of pages that came with HTTP 200.
inline std::vector<gateway::registers::Answer> answers(const std::vector<std::string>& bodies) {
  std::vector<gateway::registers::Answer> out;
  for (const std::string& body : bodies) out.push_back({body, 200, "", {}});
  return out;
}

// Recorded answers of registers, which are not in the repository.
class RegisterSample : public testing::Test {
 protected:
  void SetUp() override {
    const char* const shared = std::getenv("SHARED");
    folder_ = std::filesystem::path(shared != nullptr ? shared : "../shared") / "samples/registers";
    if (!std::filesystem::exists(folder_)) GTEST_SKIP() << "shared samples are absent";
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  std::vector<gateway::registers::Answer> files(const std::vector<std::string>& names) const {
    std::vector<std::string> bodies;
    for (const std::string& name : names) bodies.push_back(read_file(folder_ / name));
    return answers(bodies);
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace tests
