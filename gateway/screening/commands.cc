#include "gateway/screening/commands.h"

#include <algorithm>

#include "core/bytes.h"

namespace gateway::screening {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

constexpr std::size_t kNameHashDigits = 16;

// Texts in order, each once: in which order a list says them means nothing.
Array in_order(std::vector<std::string> texts) {
  std::ranges::sort(texts);
  const auto rest = std::unique(texts.begin(), texts.end());
  texts.erase(rest, texts.end());
  Array out;
  for (std::string& text : texts) out.emplace_back(std::move(text));
  return out;
}

template <class Item, class Text>
Array texts_of(const std::vector<Item>& items, const Text& text) {
  std::vector<std::string> out;
  for (const Item& item : items) out.push_back(text(item));
  return in_order(std::move(out));
}

std::string text_of(const core::names::BirthDate& birth) {
  return std::to_string(birth.year_from) + "-" + std::to_string(birth.year_to) + "-" +
         std::to_string(birth.month) + "-" + std::to_string(birth.day);
}

std::string text_of(const ListedName& name) {
  return std::string(name.weak ? "weak " : "name ") + std::to_string(static_cast<int>(name.kind)) +
         " " + name.text;
}

std::string text_of(const core::names::Identifier& identifier) {
  return std::string(core::names::identifier_kind_name(identifier.kind)) + " " + identifier.value;
}

Object begin(std::string_view command, const std::string& actor) {
  return Object{{"command", command}, {"actor", actor}};
}

std::string hex_of(const core::Hash& hash) { return core::to_hex(hash.bytes); }

}  // namespace

core::Hash digest_of(const Entry& entry) {
  const auto text = [](const auto& item) { return text_of(item); };
  const core::names::Particulars& known = entry.particulars;
  const Object all{{"id", entry.id},
                   {"kind", static_cast<int>(entry.kind)},
                   {"names", texts_of(entry.names, text)},
                   {"births", texts_of(known.births, text)},
                   {"countries", in_order(known.countries)},
                   {"identifiers", texts_of(known.identifiers, text)},
                   {"gender", static_cast<int>(known.gender)},
                   {"programme", entry.programme},
                   {"measures", in_order(entry.measures)},
                   {"freezes", entry.freezes},
                   {"clone", entry.clone},
                   {"listed", entry.listed},
                   {"until", entry.until}};
  return core::sha256(core::as_bytes(core::json::print(all)));
}

std::string entry_name(const std::string& id) {
  if (id.size() <= kEntryNameBytesMax) return id;
  std::string name = id.substr(0, kEntryNameBytesMax - kNameHashDigits - 1);
  // Not within a letter.
  while ((static_cast<unsigned char>(id[name.size()]) & 0xc0) == 0x80) name.pop_back();
  const std::string hash = hex_of(core::sha256(core::as_bytes(id)));
  return name + "#" + hash.substr(0, kNameHashDigits);
}

Value list_command(const List& list, core::Date published, const std::string& actor) {
  std::size_t names = 0;
  for (const Entry& entry : list.entries) names += entry.names.size();
  Object out = begin("record_screening_list", actor);
  out.emplace_back("list", list.format);
  out.emplace_back("version", hex_of(list.digest));
  out.emplace_back("published", core::to_string(published));
  out.emplace_back("names", static_cast<std::int64_t>(names));
  return out;
}

Value subject_command(const Subject& subject, const std::vector<Match>& found,
                      const std::vector<List>& lists, std::size_t list, const std::string& actor) {
  Array candidates;
  for (const Match& match : found) {
    if (match.list != list) continue;
    const Entry& entry = lists[list].entries[match.entry];
    Object one{{"entry", entry_name(entry.id)},
               {"digest", hex_of(digest_of(entry))},
               {"score", match.score}};
    if (match.identifier) one.emplace_back("identifier", true);
    if (match.held) one.emplace_back("weak", true);
    candidates.emplace_back(std::move(one));
  }
  Object out = begin("record_screening", actor);
  out.emplace_back("party", subject.id);
  out.emplace_back("list", lists[list].format);
  out.emplace_back("version", hex_of(lists[list].digest));
  out.emplace_back("matcher", kMatcher);
  if (!candidates.empty()) out.emplace_back("candidates", std::move(candidates));
  return out;
}

}  // namespace gateway::screening
