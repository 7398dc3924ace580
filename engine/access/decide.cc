#include "engine/access/decide.h"

#include <algorithm>

#include "core/sha256.h"
#include "engine/effects.h"

namespace engine::access {
namespace {

ledger::SubjectId id_of(std::string_view name) {
  const core::Hash hash = core::sha256(core::as_bytes(name));
  ledger::SubjectId id{};
  std::copy_n(hash.bytes.begin(), id.size(), id.begin());
  return id;
}

// Of "-2": 2. 0 if it is none: without leading zeros, so that a number has one origin.
std::uint64_t number_of(std::string_view suffix) {
  constexpr std::size_t kDigitsMax = 6;
  if (!suffix.starts_with('-')) return 0;
  suffix.remove_prefix(1);
  if (suffix.empty() || suffix.size() > kDigitsMax || suffix[0] == '0') return 0;
  std::uint64_t number = 0;
  for (const char c : suffix) {
    if (c < '0' || c > '9') return 0;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return number;
}

}  // namespace

ledger::SubjectId bulk_subject() { return id_of("tallystick/access/bulk"); }
core::PartyId local_actor() { return {id_of("tallystick/access/local")}; }

bool is_log_of(std::string_view log, std::string_view book) {
  if (!log.starts_with(book)) return false;
  log.remove_prefix(book.size());
  if (!log.starts_with(kAccessSuffix)) return false;
  log.remove_prefix(kAccessSuffix.size());
  return log.empty() || number_of(log) >= 2;
}

bool is_log_of_reads(std::string_view origin) {
  return is_log_of(origin, origin.substr(0, origin.rfind('/')));
}

std::string next_log_origin(std::string_view book, std::string_view last) {
  const std::string first = std::string(book) + std::string(kAccessSuffix);
  if (!is_log_of(last, book)) return first;
  const std::uint64_t number = number_of(last.substr(first.size()));
  return first + "-" + std::to_string(number == 0 ? 2 : number + 1);
}

Drafts decide(const Context& context, const RecordRead& command) {
  if (!is_log_of_reads(context.state.genesis.origin)) {
    return core::conflict("not_access_log", "", "Readings are recorded in a log of reads alone.");
  }
  Subjects subjects;
  for (const core::PartyId& shown : command.shown) subjects.push_back(shown.bytes);
  if (command.reading.bulk) subjects.push_back(bulk_subject());
  if (subjects.size() > kShownMax) {
    return core::invalid("too_long", "shown", "A reading names at most 16 subjects.");
  }
  Effects effects(context.effective_at);
  effects.add(ReadRecorded{command.reading}, {}, std::move(subjects));
  return effects.take();
}

Drafts decide(const Context& context, const AnchorAccess& command) {
  if (!is_log_of(command.origin, context.state.genesis.origin) || command.size == 0) {
    return core::invalid("access_anchor", "origin",
                         "An anchor is of this book's own log of reads.");
  }
  Effects effects(context.effective_at);
  effects.add(AccessAnchored{command.origin, command.size, command.root, command.note_digest}, {},
              {});
  return effects.take();
}

}  // namespace engine::access
