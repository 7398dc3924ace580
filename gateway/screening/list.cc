#include "gateway/screening/list.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <memory>

#include "core/sha256_stream.h"
#include "gateway/screening/commands.h"
#include "gateway/screening/formats.h"

namespace gateway::screening {
namespace {

using Read = core::Result<FileFacts> (*)(Source, const Take&);

struct Format {
  std::string_view name;
  std::array<Read, 3> files;  // In this order; the first must be there.
};

constexpr auto kFormats = std::to_array<Format>({
    {"asic-organisations", {read_asic_organisations}},
    {"asic-persons", {read_asic_persons}},
    {"eu-xml", {read_eu_xml}},
    {"iscan", {read_iscan}},
    {"ofac-csv", {read_ofac_sdn, read_ofac_alt, read_ofac_add}},
    {"ofac-xml", {read_ofac_xml}},
    {"uk-conlist", {read_uk_conlist}},
    {"uk-csv", {read_uk_csv}},
    {"uk-xml", {read_uk_xml}},
    {"un-xml", {read_un_xml}},
    {"warnings", {read_warnings}},
});

// Puts the records of one id together.
class Entries {
 public:
  core::Result<> take(Entry entry) {
    const auto found = by_id_.find(entry.id);
    if (found == by_id_.end()) {
      if (!may_add_ids_)
        return bad_row(entry.line, "The first file has no entry " + entry.id + ".");
      TRY(held_.add(entry));
      by_id_.emplace(entry.id, std::move(entry));
      return core::ok();
    }
    const std::size_t parts = parts_in(found->second);
    const std::size_t bytes = bytes_in(entry);
    const std::uint64_t line = entry.line;
    merge(std::move(entry), found->second);
    if (parts_in(found->second) == parts) {
      ++repeated_;
      return core::ok();
    }
    if (parts_in(found->second) > kEntryPartsMax) {
      found->second.line = line;
      return held_.add(found->second);
    }
    return held_.add(bytes, line);
  }

  void close() { may_add_ids_ = false; }
  std::uint64_t repeated() const { return repeated_; }

  std::vector<Entry> finish() {
    std::vector<Entry> out;
    for (auto& [id, entry] : by_id_) {
      if (!entry.names.empty() || !entry.particulars.identifiers.empty()) {
        out.push_back(std::move(entry));
      }
    }
    return out;
  }

 private:
  static void merge(Entry from, Entry& into) {
    for (ListedName& name : from.names) add_name(into, std::move(name));
    for (const auto& one : from.particulars.identifiers) add_identifier(into, one.kind, one.value);
    for (const auto& birth : from.particulars.births) add_birth(into, birth);
    for (const std::string& country : from.particulars.countries) add_country(into, country);
    for (const std::string& measure : from.measures) add_measure(into, measure);
    into.freezes = into.freezes || from.freezes;
    into.clone = into.clone && from.clone;
    if (into.particulars.gender == core::names::Gender::Unknown) {
      into.particulars.gender = from.particulars.gender;
    }
  }

  std::map<std::string, Entry> by_id_;
  Held held_;
  bool may_add_ids_ = true;
  std::uint64_t repeated_ = 0;
};

struct Measured {
  core::Sha256Stream hash;
  std::uint64_t bytes = 0;
};

// The same bytes, counted and hashed on their way.
Source measured(Source source, Measured& measure) {
  return
      [source = std::move(source), &measure](std::span<char> buffer) -> core::Result<std::size_t> {
        TRY(const std::size_t got, source(buffer));
        measure.hash.update(core::as_bytes(std::string_view(buffer.data(), got)));
        measure.bytes += got;
        return got;
      };
}

// What a reader left unread behind the end of its document counts too.
core::Result<> drain(const Source& source) {
  std::array<char, 4096> buffer;
  while (true) {
    TRY(const std::size_t got, source(buffer));
    if (got == 0) return core::ok();
  }
}

}  // namespace

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  for (const Format& format : kFormats) names.push_back(format.name);
  return names;
}

core::Result<List> read_list(std::string_view name, std::vector<Source> files) {
  const auto format = std::ranges::find(kFormats, name, &Format::name);
  if (format == kFormats.end()) {
    return core::invalid("list_format", "list",
                         "There is no format \"" + std::string(name) + "\".");
  }
  const auto known =
      static_cast<std::size_t>(std::ranges::find(format->files, nullptr) - format->files.begin());
  if (files.empty() || files.size() > known) {
    return core::invalid("list_format", "list",
                         "This format has 1 to " + std::to_string(known) + " files.");
  }
  List list;
  list.format = name;
  Entries entries;
  Measured measure;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Source source = measured(std::move(files[i]), measure);
    // By reference: a copy of a source would read from its own place.
    Source borrowed = [&source](std::span<char> buffer) { return source(buffer); };
    TRY(const FileFacts facts, format->files[i](std::move(borrowed), [&](Entry entry) {
      return entries.take(std::move(entry));
    }));
    TRY(drain(source));
    entries.close();  // Later files only add to what the first one lists.
    if (i == 0) list.date = facts.date;
  }
  list.repeated = entries.repeated();
  list.entries = entries.finish();
  if (list.entries.empty()) return bad_file(1, "The file lists nobody: is it the right one?");
  list.digest = measure.hash.finish();
  list.bytes = measure.bytes;
  return list;
}

Delta delta(const List& before, const List& after) {
  Delta out;
  std::map<std::string_view, const Entry*> old;
  for (const Entry& entry : before.entries) old.emplace(entry.id, &entry);
  for (const Entry& entry : after.entries) {
    const auto found = old.find(entry.id);
    if (found == old.end()) {
      out.added.push_back(entry.id);
      continue;
    }
    if (digest_of(*found->second) != digest_of(entry)) out.changed.push_back(entry.id);
    old.erase(found);
  }
  for (const auto& [id, entry] : old) out.removed.emplace_back(id);
  return out;
}

Source source_of(std::string_view bytes) {
  return [rest = bytes](std::span<char> buffer) mutable -> core::Result<std::size_t> {
    const std::size_t size = std::min(buffer.size(), rest.size());
    std::ranges::copy(rest.substr(0, size), buffer.begin());
    rest.remove_prefix(size);
    return size;
  };
}

core::Result<Source> open_source(const std::string& path) {
  auto file = std::make_shared<std::ifstream>(path, std::ios::binary);
  if (!*file) return core::not_found("file", path, "There is no such file to read.");
  return Source(
      [file = std::move(file), path](std::span<char> buffer) -> core::Result<std::size_t> {
        file->read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        if (file->bad()) return core::unavailable("io", path, "The file cannot be read on.");
        return static_cast<std::size_t>(file->gcount());
      });
}

}  // namespace gateway::screening
