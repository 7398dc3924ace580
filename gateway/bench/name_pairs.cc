#include "gateway/bench/name_pairs.h"

#include <algorithm>
#include <array>

#include "gateway/screening/rows.h"

namespace gateway::bench {
namespace {

using core::names::Kind;
using screening::RowReader;

core::Error bad_pairs(std::string detail) {
  return core::invalid("name_pairs", "line 1", std::move(detail));
}

std::string lowered(std::string_view text) {
  std::string out = screening::trimmed(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// The columns' places, or none for one that is not there.
class PairColumns {
 public:
  static core::Result<PairColumns> read(const std::vector<std::string>& header) {
    PairColumns columns;
    columns.count_ = header.size();
    for (std::size_t i = 0; i < header.size(); ++i) {
      const std::string name = lowered(header[i]);
      const auto known = std::ranges::find(kNames, name);
      if (known == kNames.end()) continue;
      auto& place = columns.places_[static_cast<std::size_t>(known - kNames.begin())];
      if (place) return bad_pairs("The column " + name + " stands twice.");
      place = i;
    }
    for (std::size_t i = 0; i < kNeeded; ++i) {
      if (!columns.places_[i])
        return bad_pairs("There is no column " + std::string(kNames[i]) + ".");
    }
    return columns;
  }

  std::size_t count() const { return count_; }

  // Trimmed; empty if there is no such column.
  std::string of(const std::vector<std::string>& fields, std::string_view name) const {
    const auto known = std::ranges::find(kNames, name);
    const auto place = places_[static_cast<std::size_t>(known - kNames.begin())];
    return place ? screening::trimmed(fields[*place]) : std::string();
  }

 private:
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"name1", "name2", "is_match", "schema", "case_group", "category", "quality"});
  static constexpr std::size_t kNeeded = 3;

  std::array<std::optional<std::size_t>, kNames.size()> places_;
  std::size_t count_ = 0;
};

std::optional<bool> label_of(std::string_view text) {
  static constexpr auto kYes =
      std::to_array<std::string_view>({"true", "t", "yes", "y", "1", "match"});
  static constexpr auto kNo =
      std::to_array<std::string_view>({"false", "f", "no", "n", "0", "no_match"});
  const std::string word = lowered(text);
  if (std::ranges::find(kYes, word) != kYes.end()) return true;
  if (std::ranges::find(kNo, word) != kNo.end()) return false;
  return std::nullopt;
}

// The pair, or why the row is none.
struct RowOrFault {
  NamePair pair;
  std::string fault;
};

RowOrFault pair_of(const RowReader& row, const PairColumns& columns) {
  RowOrFault out;
  const auto& fields = row.fields();
  if (fields.size() != columns.count()) {
    out.fault = std::to_string(fields.size()) + " fields; the header has " +
                std::to_string(columns.count());
    return out;
  }
  NamePair& pair = out.pair;
  pair.line = row.line();
  pair.left = columns.of(fields, "name1");
  pair.right = columns.of(fields, "name2");
  pair.schema = columns.of(fields, "schema");
  pair.group = columns.of(fields, "case_group");
  pair.category = columns.of(fields, "category");
  pair.quality = columns.of(fields, "quality");
  const auto label = label_of(columns.of(fields, "is_match"));
  pair.is_match = label.value_or(false);
  if (!label) out.fault = "is_match is neither true nor false";
  if (pair.left.empty() || pair.right.empty()) out.fault = "a name is empty";
  if (std::max(pair.left.size(), pair.right.size()) > core::names::kNameBytesMax) {
    out.fault = "a name is longer than " + std::to_string(core::names::kNameBytesMax) + " bytes";
  }
  return out;
}

// The whole file's beginning, to see what parts its columns, and the file again.
struct Opened {
  screening::Source file;
  char separator = ',';
};

core::Result<Opened> look_at(screening::Source file) {
  std::string head(4096, '\0');
  TRY(const std::size_t got, file(head));
  head.resize(got);
  const std::string_view first = std::string_view(head).substr(0, head.find('\n'));
  Opened out;
  for (const char separator : {';', '\t', ','}) {
    if (first.find(separator) != first.npos) out.separator = separator;
  }
  out.file = [head = std::move(head), at = std::size_t{0},
              file = std::move(file)](std::span<char> buffer) mutable -> core::Result<std::size_t> {
    if (at == head.size()) return file(buffer);
    const std::size_t size = std::min(buffer.size(), head.size() - at);
    std::ranges::copy(std::string_view(head).substr(at, size), buffer.begin());
    at += size;
    return size;
  };
  return out;
}

}  // namespace

core::Result<NamePairs> read_name_pairs(screening::Source file) {
  TRY(Opened opened, look_at(std::move(file)));
  RowReader rows(std::move(opened.file), opened.separator);
  TRY(const bool any, rows.next());
  if (!any) return bad_pairs("The file is empty; its first row must name the columns.");
  TRY(const auto columns, PairColumns::read(rows.fields()));
  NamePairs out;
  while (true) {
    const auto more = rows.next();
    if (!more && more.error().reason == "list_encoding") {
      out.malformed.push_back({rows.line(), "it is not UTF-8"});
      continue;
    }
    if (!more) return more.error();
    if (!more.value()) break;
    RowOrFault row = pair_of(rows, columns);
    if (row.fault.empty()) {
      out.pairs.push_back(std::move(row.pair));
    } else {
      out.malformed.push_back({rows.line(), std::move(row.fault)});
    }
  }
  if (out.pairs.empty()) return bad_pairs("No row of the file is a pair.");
  return out;
}

std::optional<Kind> kind_of_schema(std::string_view schema) {
  static constexpr auto kThings =
      std::to_array<std::string_view>({"vessel", "airplane", "vehicle", "thing"});
  static constexpr auto kBodies = std::to_array<std::string_view>(
      {"company", "organization", "organisation", "legalentity", "publicbody"});
  const std::string word = lowered(schema);
  if (word == "person") return Kind::Person;
  if (std::ranges::find(kThings, word) != kThings.end()) return Kind::Thing;
  if (std::ranges::find(kBodies, word) != kBodies.end()) return Kind::Organisation;
  return std::nullopt;
}

}  // namespace gateway::bench
