#pragma once

#include <string>
#include <string_view>

#include "core/fields.h"
#include "core/result.h"

namespace ledger {

inline constexpr std::size_t kAccountBytesMax = 200;

// Each record sums to zero per commodity within each ring. Source: docs/accounting.md, "Rings".
enum class Ring { ClientMoney, House, Memo };

// "cm", "house" or "memo".
std::string_view ring_name(Ring ring);

// The ring of an account path: its second part.
// Errors: InvalidInput/account if the path is not two or more parts of [a-z0-9][a-z0-9-]* joined by
//         ':' under assets, liabilities, income, expenses or equity with a ring as second part.
core::Result<Ring> ring_of(std::string_view path);

// The ring of a path known to be well formed: of an opened account.
Ring ring_of_opened(std::string_view path);

// True if `path` is `prefix` or below it.
bool is_under(std::string_view path, std::string_view prefix);

// An account as commands write it: "@name" may stand for an id part.
struct AccountPath {
  std::string text;
  bool operator==(const AccountPath&) const = default;
};

}  // namespace ledger

template <>
struct core::Codec<ledger::AccountPath> {
  static void encode(cbor::Encoder& out, const ledger::AccountPath& value) {
    out.text(value.text);
  }
  static Result<ledger::AccountPath> decode(cbor::Decoder& in) {
    // Only opened accounts are ever used, and opening checks the form.
    TRY(const auto text, in.text());
    return ledger::AccountPath{std::string(text)};
  }
  static json::Value to_json(const ledger::AccountPath& value) { return value.text; }
  static Result<ledger::AccountPath> from_json(const json::Value& value, References* references);
};
