#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Requests and responses as plain values, so that everything but moving the bytes is tested without
// a socket.
namespace gateway::http {

inline constexpr std::size_t kHeaderBytesMax = 16 * 1024;
inline constexpr std::size_t kBodyBytesMax = 1u << 20;

struct Request {
  std::string method;
  std::string target;                          // Path and query, as sent.
  std::map<std::string, std::string> headers;  // Lower-case names; repeated ones joined by ", ".
  std::string body;

  // The header's value, or empty. `name` in lower case.
  std::string_view header(std::string_view name) const {
    const auto found = headers.find(std::string(name));
    return found == headers.end() ? std::string_view{} : std::string_view{found->second};
  }
};

struct Response {
  int status = 200;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::uint64_t entries = 1;  // Records or lines in it, as far as it has any.
  std::string about = {};     // Whom a body that is no text is about: an id, if it is known.
};

}  // namespace gateway::http
