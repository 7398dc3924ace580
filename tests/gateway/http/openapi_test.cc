// docs/openapi.yaml and the server's routes say the same.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "gateway/http/routes.h"
#include "tests/support/files.h"

namespace gateway::http {
namespace {

// One method of one path, as the contract describes it.
struct Operation {
  std::set<std::string> parameters;
  std::set<std::string> body_types;
  bool operator==(const Operation&) const = default;
};
using Operations = std::map<std::string, Operation>;  // By "GET /v1/books".

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

// The contract is written with two spaces a level and a line a key, so that it can be read like
// this.
Operations read_contract() {
  Operations out;
  std::istringstream lines(tests::read_file("docs/openapi.yaml"));
  std::string line, path, method, section, last_name;
  bool in_paths = false;
  while (std::getline(lines, line)) {
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == std::string::npos || line[indent] == '#') continue;
    std::string text = line.substr(indent);
    if (indent == 0) in_paths = text == "paths:";
    if (!in_paths) continue;
    const std::string key = text.substr(0, text.rfind(':'));
    if (indent == 2) path = key;
    if (indent == 4) method = key == "parameters" ? "" : upper(key) + " " + path;
    if (method.empty() || indent < 4) continue;
    Operation& operation = out[method];
    if (indent == 6) section = key;
    if (text.starts_with("- name: ")) last_name = text.substr(8);
    if (section == "parameters" && text == "in: query") operation.parameters.insert(last_name);
    if (section == "requestBody" && indent == 10) operation.body_types.insert(key);
  }
  return out;
}

Operations read_routes() {
  Operations out;
  for (const Route& route : routes()) {
    Operation& operation = out[std::string(route.method) + " " + std::string(route.path)];
    operation.parameters.insert(route.parameters.begin(), route.parameters.end());
    operation.body_types.insert(route.body_types.begin(), route.body_types.end());
  }
  return out;
}

TEST(Openapi, TheContractHasTheServersRoutesAndNoOthers) {
  const Operations contract = read_contract();
  const Operations served = read_routes();
  for (const auto& [name, operation] : served) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(contract.contains(name)) << "is served, but not in docs/openapi.yaml";
    EXPECT_EQ(operation.parameters, contract.at(name).parameters);
    EXPECT_EQ(operation.body_types, contract.at(name).body_types);
  }
  for (const auto& [name, operation] : contract) {
    EXPECT_TRUE(served.contains(name)) << name << " is in docs/openapi.yaml, but not served";
  }
  EXPECT_EQ(endpoints().size(), contract.size());
}

}  // namespace
}  // namespace gateway::http
