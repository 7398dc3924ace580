#include "gateway/http/target.h"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "core/utf8.h"

namespace gateway::http {
namespace {

core::Error malformed() {
  return core::invalid("target", "",
                       "The path and query must begin with '/' and be percent-encoded UTF-8.");
}

// What is decoded here may come back in an error's text.
bool is_printable(std::string_view text) {
  return core::is_utf8(text) && std::ranges::none_of(text, [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte < 0x20 || byte == 0x7f;
         });
}

}  // namespace

core::Result<Target> parse_target(std::string_view target) {
  const auto parsed = boost::urls::parse_origin_form({target.data(), target.size()});
  if (!parsed) return malformed();
  Target out;
  for (const std::string segment : parsed->segments()) {
    if (!is_printable(segment)) return malformed();
    out.segments.push_back(segment);
  }
  const boost::urls::encoding_opts keep_plus(false);
  for (const auto& parameter : parsed->params(keep_plus)) {
    if (!is_printable(parameter.key) || !is_printable(parameter.value)) return malformed();
    if (!out.parameters.emplace(parameter.key, parameter.value).second) {
      return core::invalid("duplicate_parameter", parameter.key,
                           "This query parameter stands twice.");
    }
  }
  return out;
}

}  // namespace gateway::http
