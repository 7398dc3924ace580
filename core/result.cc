#include "core/result.h"

#include "core/check.h"

namespace core {

std::string_view code_name(Code code) {
  switch (code) {
    case Code::InvalidInput:
      return "InvalidInput";
    case Code::NotFound:
      return "NotFound";
    case Code::Conflict:
      return "Conflict";
    case Code::Overflow:
      return "Overflow";
    case Code::Corrupt:
      return "Corrupt";
    case Code::Unavailable:
      return "Unavailable";
  }
  check_failed("code is one of the six", __FILE__, __LINE__);
}

std::string to_string(const Error& error) {
  std::string text = error.reason;
  if (!error.at.empty()) text += " at " + error.at;
  if (!error.detail.empty()) text += ": " + error.detail;
  return text;
}

}  // namespace core
