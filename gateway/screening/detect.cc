#include "gateway/screening/detect.h"

#include <array>

namespace gateway::screening {
namespace {

struct Mark {
  std::string_view text;
  std::string_view format;
};

// Of root elements; and of columns, the first that stands in the file's head.
constexpr auto kRoots = std::to_array<Mark>({{"Designations", "uk-xml"},
                                             {"Sanctions", "ofac-xml"},
                                             {"export", "eu-xml"},
                                             {"CONSOLIDATED_LIST", "un-xml"}});
constexpr auto kColumns = std::to_array<Mark>({{"Unique ID", "uk-csv"},
                                               {"Group Type", "uk-conlist"},
                                               {"BD_PER_NAME", "asic-persons"},
                                               {"BD_ORG_NAME", "asic-organisations"},
                                               {"nca_jurisdiction", "iscan"},
                                               {"authority,reference,", "warnings"}});

// The first element's name, without its prefix.
std::string_view root_name(std::string_view head) {
  std::size_t at = head.find('<');
  while (at != head.npos && at + 1 < head.size() && (head[at + 1] == '?' || head[at + 1] == '!')) {
    at = head.find('<', at + 1);
  }
  if (at == head.npos) return {};
  std::string_view name = head.substr(at + 1);
  name = name.substr(0, name.find_first_of(" \t\r\n/>"));
  const std::size_t colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

}  // namespace

std::string_view format_of(std::string_view head) {
  if (head.substr(0, 64).find('<') != head.npos) {
    const std::string_view root = root_name(head);
    for (const Mark& mark : kRoots) {
      if (root == mark.text) return mark.format;
    }
    return {};
  }
  for (const Mark& mark : kColumns) {
    if (head.find(mark.text) != head.npos) return mark.format;
  }
  return {};
}

}  // namespace gateway::screening
