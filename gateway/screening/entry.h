#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/names/particulars.h"
#include "core/result.h"
#include "gateway/tables/rows.h"

namespace gateway::screening {

enum class NameKind { Primary, Alias, Former, OriginalScript };

struct ListedName {
  std::string text;
  NameKind kind = NameKind::Primary;
  bool weak = false;  // The list itself says that it identifies badly: never more than a review.
  auto operator<=>(const ListedName&) const = default;
};

// Somebody or something on a list.
struct Entry {
  std::string id;  // Of the list: unique in it.
  core::names::Kind kind = core::names::Kind::Person;
  std::vector<ListedName> names;
  core::names::Particulars particulars;
  std::string programme;              // Regime, legal act, register or authority.
  std::vector<std::string> measures;  // What is imposed, in the list's words; not all are freezes.
  bool freezes = false;
  // A warning that does not say whether it is about a person or a body: compared as both.
  bool any_kind = false;
  bool clone = false;  // A warning that names a good firm whose name is misused.
  std::string listed;  // ISO date or empty.
  std::string until;   // ISO date or empty: of a ban that ends.
  std::uint64_t line = 0;
};

// Takes in an entry. Errors end the reading.
using Take = std::function<core::Result<>(Entry)>;

using Source = tables::Source;

// What a file says of itself.
struct FileFacts {
  std::string date;  // ISO date on which it was made, or empty if it does not say.
};

// InvalidInput/list_row at the line.
core::Error bad_row(std::uint64_t line, std::string detail);
// InvalidInput/list_file at the line: not this format, or not all of it.
core::Error bad_file(std::uint64_t line, std::string detail);

// What of a list is held in memory, its index too, counts so many bytes at most: about 300,000
// names. Files may be of any size, but lists of people are not.
inline constexpr std::size_t kListBytesMax = std::size_t{256} * 1024 * 1024;
// Names, dates, numbers and the like of one entry.
inline constexpr std::size_t kEntryPartsMax = 10'000;

std::size_t parts_in(const Entry& entry);
std::size_t bytes_in(const Entry& entry);

// Counts what is held of a list.
class Held {
 public:
  // Errors: InvalidInput/list_size at the line if it is more than kListBytesMax.
  core::Result<> add(std::size_t bytes, std::uint64_t line);
  // Errors: InvalidInput/list_size at the entry's line if it has more than kEntryPartsMax, or as
  //         above.
  core::Result<> add(const Entry& entry);

 private:
  std::size_t bytes_ = 0;
};

// The same, an error's place with the line before it.
template <class T>
core::Result<T> at_line(core::Result<T> result, std::uint64_t line) {
  if (result) return result;
  return std::move(result.error()).within("line " + std::to_string(line));
}

// Adds a name unless it is empty or there already; a weak one that stands again without being weak
// is not weak.
void add_name(Entry& entry, ListedName name);
// Adds an identifier unless nothing to tell anybody apart is left of it, or it is there already.
void add_identifier(Entry& entry, core::names::IdentifierKind kind, std::string_view text);
void add_country(Entry& entry, std::string_view code);
void add_birth(Entry& entry, const core::names::BirthDate& birth);
void add_measure(Entry& entry, std::string_view measure);

core::names::Gender gender_of(std::string_view text);

// Without white space at both ends; that within is one space each.
std::string trimmed(std::string_view text);
// The parts between the characters of `marks`, trimmed, without empty ones.
std::vector<std::string> parts_of(std::string_view text, std::string_view marks);

}  // namespace gateway::screening
