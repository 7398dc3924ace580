#pragma once

#include <boost/outcome/basic_result.hpp>
#include <boost/outcome/try.hpp>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace core {

// What a caller can do about an error; a stable reason slug refines it (docs/errors.md).
enum class Code { InvalidInput, NotFound, Conflict, Overflow, Corrupt, Unavailable };

std::string_view code_name(Code code);

struct Error {
  Code code = Code::InvalidInput;
  std::string reason;  // Stable slug, listed in docs/errors.md.
  std::string at;      // Field, line, account, sequence; empty when there is no place.
  std::string detail;  // One sentence for people: what is wrong and what to do.

  // The same error seen from one layer further out: "line 3" and "amount" become "line 3: amount".
  Error within(std::string_view outer) && {
    at = at.empty() ? std::string(outer) : std::string(outer) + ": " + at;
    return std::move(*this);
  }
};

// "reason at place: detail", for logs and terminals.
std::string to_string(const Error& error);

struct TerminateOnMisuse : boost::outcome_v2::policy::base {
  template <class Impl>
  static constexpr void wide_value_check(Impl&& self) {
    if (!base::_has_value(std::forward<Impl>(self))) {
      std::fprintf(stderr, "value() of an error: %s\n",
                   to_string(base::_error(std::forward<Impl>(self))).c_str());
      std::abort();
    }
  }
  template <class Impl>
  static constexpr void wide_error_check(Impl&& self) {
    if (!base::_has_error(std::forward<Impl>(self))) {
      std::fprintf(stderr, "error() of a value\n");
      std::abort();
    }
  }
  template <class Impl>
  static constexpr void wide_exception_check(Impl&&) {}
};

// A value or an Error. Ignoring one does not compile. Source: docs/decisions/0001-result-type.md.
template <class T = void>
using Result = boost::outcome_v2::basic_result<T, Error, TerminateOnMisuse>;

inline Result<> ok() { return boost::outcome_v2::success(); }

inline Error invalid(std::string reason, std::string at, std::string detail) {
  return {Code::InvalidInput, std::move(reason), std::move(at), std::move(detail)};
}
inline Error not_found(std::string reason, std::string at, std::string detail) {
  return {Code::NotFound, std::move(reason), std::move(at), std::move(detail)};
}
inline Error conflict(std::string reason, std::string at, std::string detail) {
  return {Code::Conflict, std::move(reason), std::move(at), std::move(detail)};
}
inline Error overflow(std::string at, std::string detail) {
  return {Code::Overflow, "overflow", std::move(at), std::move(detail)};
}
inline Error corrupt(std::string reason, std::string at, std::string detail) {
  return {Code::Corrupt, std::move(reason), std::move(at), std::move(detail)};
}
inline Error unavailable(std::string reason, std::string at, std::string detail) {
  return {Code::Unavailable, std::move(reason), std::move(at), std::move(detail)};
}

}  // namespace core

// TRY(auto value, f()) or TRY(f()): passes an error to the caller. One per statement, always in
// braces of its own after if, for and while, because it expands to more than one statement.
#define TRY(...) BOOST_OUTCOME_TRY(__VA_ARGS__)
