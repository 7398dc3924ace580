#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "core/fields.h"
#include "ledger/record.h"

// The book as an explanation asks it.
namespace reports::explain {

using Visit = std::function<core::Result<>(const ledger::RecordView& record)>;
using Matches = std::function<core::Result<bool>(const ledger::RecordView& record)>;

enum class Direction { Before, After };

class Sources {
 public:
  virtual ~Sources() = default;

  // Errors: NotFound/unknown_record; those of `visit` and of reading.
  virtual core::Result<> record(std::uint64_t seq, const Visit& visit) = 0;
  // As of the end of record `seq`; zero for what never moved.
  virtual core::Result<core::Minor> balance_at(std::string_view account, std::string_view commodity,
                                               std::uint64_t seq) = 0;
  // The nearest record of a kind before or after `seq`, of a subject's if one is given, that
  // matches.
  virtual core::Result<std::optional<std::uint64_t>> find(
      std::uint64_t kind, const std::optional<ledger::SubjectId>& subject, Direction direction,
      std::uint64_t seq, const Matches& matches) = 0;
};

// A body with the sequence of its record.
template <class Body>
struct Found {
  std::uint64_t seq = 0;
  Body body;
};

// As Sources::find, of one kind of body.
template <class Body>
core::Result<std::optional<Found<Body>>> find_body(
    Sources& sources, const std::optional<ledger::SubjectId>& subject, Direction direction,
    std::uint64_t seq, const std::function<bool(const Body&)>& matches) {
  Found<Body> found;
  TRY(const auto at, sources.find(Body::kKind, subject, direction, seq,
                                  [&](const ledger::RecordView& record) -> core::Result<bool> {
                                    TRY(auto body, core::from_cbor<Body>(record.body));
                                    if (!matches(body)) return false;
                                    found.body = std::move(body);
                                    return true;
                                  }));
  if (!at) return std::optional<Found<Body>>();
  found.seq = *at;
  return std::optional<Found<Body>>(std::move(found));
}

}  // namespace reports::explain
