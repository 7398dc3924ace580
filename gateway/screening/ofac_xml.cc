#include <charconv>
#include <map>

#include "core/identifiers/country_names.h"
#include "gateway/screening/dates.h"
#include "gateway/screening/formats.h"
#include "gateway/screening/nodes.h"

namespace gateway::screening {
namespace {

using core::names::BirthDate;
using core::names::IdentifierKind;
using core::names::Kind;

int number_in(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// What a place or a paper takes, beside its text.
constexpr std::size_t kGraphNodeBytes = 256;

// What the graph's numbers stand for, as far as names, dates and papers need it.
class References {
 public:
  // Errors: those of Held.
  core::Result<> read(const Node& sets, Held& held) {
    for (const Node& set : sets.children) {
      for (const Node& value : set.children) {
        TRY(held.add(kGraphNodeBytes + value.text.size(), value.line));
        texts_[{value.name, std::string(value.attribute("ID"))}] = trimmed(value.text);
        if (value.name == "PartySubType") {
          party_types_[std::string(value.attribute("ID"))] = value.attribute("PartyTypeID");
        }
      }
    }
    return core::ok();
  }

  std::string text(std::string_view type, std::string_view id) const {
    const auto found = texts_.find({std::string(type), std::string(id)});
    return found == texts_.end() ? std::string() : found->second;
  }

  // Of a PartySubType: "Unknown" stands for that of its PartyType.
  std::string party_type(std::string_view sub_type) const {
    const std::string own = text("PartySubType", sub_type);
    if (own != "Unknown") return own;
    const auto found = party_types_.find(std::string(sub_type));
    return found == party_types_.end() ? own : text("PartyType", found->second);
  }

 private:
  std::map<std::pair<std::string, std::string>, std::string> texts_;
  std::map<std::string, std::string> party_types_;
};

IdentifierKind paper_kind_of(std::string_view type) {
  if (type == "Passport") return IdentifierKind::Passport;
  if (type.starts_with("National ID")) return IdentifierKind::NationalId;
  if (type.starts_with("Tax ID")) return IdentifierKind::TaxNumber;
  if (type.starts_with("Registration")) return IdentifierKind::Registration;
  if (type.starts_with("Vessel Registration")) return IdentifierKind::Imo;
  return IdentifierKind::Document;
}

core::Result<BirthDate> point_of(const Node* period, std::string_view end, std::string_view which) {
  const Node* const outer = period->child(end);
  const Node* const point = outer == nullptr ? nullptr : outer->child(which);
  if (point == nullptr) return bad_row(period->line, "A date has no beginning or no end.");
  return at_line(birth_of(number_in(point->text_of("Year")), number_in(point->text_of("Month")),
                          number_in(point->text_of("Day"))),
                 period->line);
}

// A day if it begins and ends on one; else the years between.
core::Result<BirthDate> birth_in(const Node* period) {
  TRY(const BirthDate from, point_of(period, "Start", "From"));
  TRY(const BirthDate to, point_of(period, "End", "To"));
  if (from == to) return from;
  if (to.year_from < from.year_from) return bad_row(period->line, "A date ends before it begins.");
  return BirthDate{from.year_from, to.year_from, 0, 0};
}

class Reader {
 public:
  core::Result<> read(const Node& node) {
    if (node.name == "ReferenceValueSets") return references_.read(node, held_);
    if (node.name == "Location") return read_location(node);
    if (node.name == "IDRegDocument") return read_paper(node);
    if (node.name == "SanctionsEntry") return read_sanction(node);
    return node.name == "DistinctParty" ? read_party(node) : core::ok();
  }

  std::vector<Entry> take() { return std::move(entries_); }

 private:
  core::Result<> read_location(const Node& node) {
    for (const Node* const country : node.all("LocationCountry")) {
      const std::string name = references_.text("Country", country->attribute("CountryID"));
      locations_[std::string(node.attribute("ID"))] = countries_.code_of(name);
    }
    return held_.add(kGraphNodeBytes, node.line);
  }

  core::Result<> read_paper(const Node& node) {
    const std::string type = references_.text("IDRegDocType", node.attribute("IDRegDocTypeID"));
    papers_[std::string(node.attribute("IdentityID"))].emplace_back(
        paper_kind_of(type), std::string(node.text_of("IDRegistrationNo")));
    return held_.add(kGraphNodeBytes + node.text_of("IDRegistrationNo").size(), node.line);
  }

  core::Result<> read_party(const Node& node) {
    const Node* const profile = node.child("Profile");
    if (profile == nullptr) return bad_row(node.line, "The party has no Profile.");
    Entry entry;
    entry.line = node.line;
    entry.id = profile->attribute("ID");
    if (entry.id.empty()) return bad_row(node.line, "The profile has no ID.");
    const std::string type = references_.party_type(profile->attribute("PartySubTypeID"));
    if (type != "Individual" && type != "Entity" && type != "Vessel" && type != "Aircraft") {
      return bad_row(node.line, "The party is of no type that is known.");
    }
    entry.kind = type == "Individual" ? Kind::Person
                 : type == "Entity"   ? Kind::Organisation
                                      : Kind::Thing;
    for (const Node& child : profile->children) {
      if (child.name == "Identity") read_identity(child, entry);
      if (child.name == "Feature") {
        TRY(read_feature(child, entry));
      }
    }
    TRY(held_.add(entry));
    by_id_[entry.id] = entries_.size();
    entries_.push_back(std::move(entry));
    return core::ok();
  }

  void read_identity(const Node& node, Entry& entry) {
    std::map<std::string, std::string, std::less<>> part_types;
    for (const Node* const group : node.all("NamePartGroup")) {
      part_types[std::string(group->attribute("ID"))] =
          references_.text("NamePartType", group->attribute("NamePartTypeID"));
    }
    for (const Node& alias : node.children) {
      if (alias.name != "Alias") continue;
      const std::string type = references_.text("AliasType", alias.attribute("AliasTypeID"));
      const NameKind kind = type == "Name"     ? NameKind::Primary
                            : type == "F.K.A." ? NameKind::Former
                                               : NameKind::Alias;
      const bool weak = alias.attribute("LowQuality") == "true";
      for (const Node* const name : alias.all("DocumentedName")) {
        add_name(entry, {spoken(*name, part_types), kind, weak});
      }
    }
    for (const auto& [kind, number] : papers_[std::string(node.attribute("ID"))]) {
      add_identifier(entry, kind, number);
    }
  }

  // The parts in the order in which a name is spoken, the last name last.
  static std::string spoken(const Node& name,
                            const std::map<std::string, std::string, std::less<>>& part_types) {
    std::string before;
    std::string last;
    for (const Node* const part : name.all("NamePartValue")) {
      const auto type = part_types.find(part->attribute("NamePartGroupID"));
      const bool is_last = type != part_types.end() && type->second == "Last Name";
      (is_last ? last : before) += part->text + " ";
    }
    return before + last;
  }

  core::Result<> read_feature(const Node& node, Entry& entry) {
    const std::string type = references_.text("FeatureType", node.attribute("FeatureTypeID"));
    if (type == "Birthdate") {
      for (const Node* const period : node.all("DatePeriod")) {
        TRY(const auto birth, birth_in(period));
        add_birth(entry, birth);
      }
    }
    if (type == "Nationality Country" || type == "Citizenship Country") {
      for (const Node* const location : node.all("VersionLocation")) {
        add_country(entry, locations_[std::string(location->attribute("LocationID"))]);
      }
    }
    if (type != "Gender" && type != "Website") return core::ok();
    for (const Node* const detail : node.all("VersionDetail")) {
      const std::string value =
          references_.text("DetailReference", detail->attribute("DetailReferenceID"));
      if (type == "Gender") entry.particulars.gender = gender_of(value);
      if (type == "Website") add_identifier(entry, IdentifierKind::Website, detail->text);
    }
    return core::ok();
  }

  core::Result<> read_sanction(const Node& node) {
    const auto found = by_id_.find(std::string(node.attribute("ProfileID")));
    if (found == by_id_.end()) return bad_row(node.line, "A SanctionsEntry is of nobody.");
    Entry& entry = entries_[found->second];
    entry.programme = references_.text("List", node.attribute("ListID"));
    TRY(held_.add(kGraphNodeBytes + entry.programme.size(), node.line));
    for (const Node* const measure : node.all("SanctionsMeasure")) {
      const std::string type =
          references_.text("SanctionsType", measure->attribute("SanctionsTypeID"));
      TRY(held_.add(type.size(), node.line));
      add_measure(entry, type);
      entry.freezes = entry.freezes || type == "Block";
    }
    return core::ok();
  }

  Held held_;
  References references_;
  core::identifiers::Countries countries_;
  std::map<std::string, std::string> locations_;  // Country codes by location.
  std::map<std::string, std::vector<std::pair<IdentifierKind, std::string>>> papers_;
  std::map<std::string, std::size_t> by_id_;
  std::vector<Entry> entries_;
};

}  // namespace

core::Result<FileFacts> read_ofac_xml(Source file, const Take& take) {
  core::XmlReader xml(std::move(file));
  TRY(root_of(xml, "Sanctions"));
  FileFacts facts;
  Reader reader;
  while (true) {
    TRY(auto start, next_of(xml, {"DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument",
                                  "DistinctParty", "SanctionsEntry"}));
    if (start.kind == core::XmlEvent::Kind::Finished) break;
    TRY(const auto node, read_node(xml, std::move(start)));
    if (node.name == "DateOfIssue" && facts.date.empty()) {
      const std::string date = std::string(node.text_of("Year")) + "-" +
                               std::string(node.text_of("Month")) + "-" +
                               std::string(node.text_of("Day"));
      TRY(facts.date, at_line(day_of(date), node.line));
    }
    TRY(reader.read(node));
  }
  for (Entry& entry : reader.take()) {
    TRY(take(std::move(entry)));
  }
  return facts;
}

}  // namespace gateway::screening
