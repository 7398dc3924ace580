#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>

#include "core/sha256_stream.h"
#include "gateway/cli/output.h"
#include "gateway/cli/screen_commands.h"
#include "gateway/screening/answer.h"
#include "gateway/screening/commands.h"
#include "gateway/screening/detect.h"
#include "gateway/screening/subjects.h"

namespace gateway::cli {
namespace {

using core::json::Object;
using core::json::Value;
using screening::List;
using screening::Screened;

// What "FORMAT=FILE,FILE" or "FILE" asks for.
struct ListFiles {
  std::string format;
  std::vector<std::string> files;
};

core::Result<std::string> look_for_format(const std::string& path) {
  TRY(const auto file, screening::open_source(path));
  std::string head(screening::kHeadBytes, '\0');
  TRY(const std::size_t got, file(head));
  const auto format = screening::format_of(std::string_view(head).substr(0, got));
  if (!format.empty()) return std::string(format);
  return core::invalid("list_format", path, "Its format is not seen; say FORMAT=FILE.");
}

core::Result<ListFiles> files_of(const std::string& text) {
  const auto formats = screening::format_names();
  const std::string format = text.substr(0, text.find('='));
  if (std::ranges::find(formats, format) != formats.end() && format.size() < text.size()) {
    return ListFiles{format, screening::parts_of(text.substr(format.size() + 1), ",")};
  }
  TRY(std::string seen, look_for_format(text));
  return ListFiles{std::move(seen), {text}};
}

core::Result<List> read_version(const std::string& text) {
  TRY(const ListFiles files, files_of(text));
  std::vector<screening::Source> sources;
  for (const std::string& path : files.files) {
    TRY(auto source, screening::open_source(path));
    sources.push_back(std::move(source));
  }
  auto list = screening::read_list(files.format, std::move(sources));
  if (!list) return std::move(list.error()).within(text);
  return list;
}

core::Result<std::vector<List>> read_versions(const std::vector<std::string>& texts) {
  std::vector<List> lists;
  for (const std::string& text : texts) {
    TRY(auto list, read_version(text));
    if (std::ranges::find(lists, list.format, &List::format) != lists.end()) {
      return core::invalid("list_format", text, "This format is given twice.");
    }
    lists.push_back(std::move(list));
  }
  return lists;
}

// Each list with the version before it, of which every one must have its successor.
core::Result<std::vector<Screened>> screened_lists(const ScreenArguments& arguments) {
  TRY(auto lists, read_versions(arguments.lists));
  TRY(auto previous, read_versions(arguments.previous));
  for (const List& before : previous) {
    if (std::ranges::find(lists, before.format, &List::format) == lists.end()) {
      return core::invalid("list_format", "--previous",
                           "There is no new version of " + before.format + ".");
    }
  }
  std::vector<Screened> out;
  for (List& list : lists) {
    const auto found = std::ranges::find(previous, list.format, &List::format);
    std::optional<List> before;
    if (found != previous.end()) before = std::move(*found);
    out.push_back(screening::screened_since(std::move(list), std::move(before)));
  }
  return out;
}

struct SubjectsFile {
  std::vector<screening::Subject> subjects;
  core::Hash digest;
};

core::Result<SubjectsFile> read_subjects_file(const std::string& path) {
  TRY(const auto file, screening::open_source(path));
  core::Sha256Stream hash;
  const screening::Source hashed = [&](std::span<char> buffer) -> core::Result<std::size_t> {
    TRY(const std::size_t got, file(buffer));
    hash.update(core::as_bytes(std::string_view(buffer.data(), got)));
    return got;
  };
  SubjectsFile out;
  TRY(out.subjects, screening::read_subjects(hashed));
  out.digest = hash.finish();
  return out;
}

void print_value(std::string_view name, Value value) {
  print(core::json::print(Object{{std::string(name), std::move(value)}}) + "\n");
}

std::int64_t count(std::size_t size) { return static_cast<std::int64_t>(size); }

void print_head(const std::vector<Screened>& lists, const SubjectsFile& file) {
  core::json::Array all;
  for (const Screened& screened : lists) all.push_back(screening::to_json(screened));
  print_value("screening", Object{{"lists", std::move(all)},
                                  {"subjects", Object{{"sha256", core::to_hex(file.digest.bytes)},
                                                      {"count", count(file.subjects.size())}}},
                                  {"review_from", screening::score_text(core::names::kReviewScore)},
                                  {"hit_from", screening::score_text(core::names::kHitScore)}});
}

// What was looked for in what, and what came of it.
struct Outcome {
  std::vector<List> lists;
  std::vector<std::vector<screening::Match>> found;
  std::vector<List> before;  // As `lists`; what is changed or removed since.
  std::vector<std::vector<screening::Match>> cleared;
};

core::Result<Outcome> look(std::vector<Screened> screened, const SubjectsFile& file) {
  Outcome out;
  for (Screened& one : screened) {
    out.lists.push_back(std::move(one.list));
    out.before.push_back(std::move(one.gone));
  }
  TRY(const auto index, screening::Index::create(out.lists));
  TRY(out.found, index.find_all(file.subjects));
  TRY(const auto old_index, screening::Index::create(out.before));
  TRY(auto old, old_index.find_all(file.subjects));
  out.cleared = screening::cleared(std::move(old), out.before, out.found, out.lists);
  return out;
}

void print_outcome(const std::vector<screening::Subject>& subjects, const Outcome& outcome) {
  std::size_t hits = 0;
  std::size_t reviews = 0;
  std::size_t cleared = 0;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const auto& found = outcome.found[i];
    for (const auto& match : found) {
      print_value("match", screening::to_json(match, subjects[i], outcome.lists));
    }
    for (const auto& match : outcome.cleared[i]) {
      print_value("cleared", screening::to_json(match, subjects[i], outcome.before));
    }
    // The surest is the first.
    const bool hit = !found.empty() && found.front().band == core::names::Band::Hit;
    hits += hit ? 1u : 0u;
    reviews += !hit && !found.empty() ? 1u : 0u;
    cleared += outcome.cleared[i].size();
  }
  print_value("summary", Object{{"subjects", count(subjects.size())},
                                {"hit", count(hits)},
                                {"review", count(reviews)},
                                {"none", count(subjects.size() - hits - reviews)},
                                {"cleared", count(cleared)}});
}

// The list's own day, or the one that was given.
core::Result<core::Date> published_of(const List& list, const std::string& given) {
  if (!list.date.empty()) return core::parse_date(list.date);
  if (!given.empty()) return core::parse_date(given);
  return core::invalid("list_date", list.format,
                       "The list does not say of which day it is; say --published DATE.");
}

core::Result<> print_commands(const ScreenArguments& arguments,
                              const std::vector<screening::Subject>& subjects,
                              const Outcome& outcome) {
  std::vector<Value> heads;
  for (const List& list : outcome.lists) {
    TRY(const core::Date published, published_of(list, arguments.published));
    heads.push_back(screening::list_command(list, published, arguments.actor));
  }
  for (const Value& head : heads) print(core::json::print(head) + "\n");
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    for (std::size_t list = 0; list < outcome.lists.size(); ++list) {
      print(core::json::print(screening::subject_command(subjects[i], outcome.found[i],
                                                         outcome.lists, list, arguments.actor)) +
            "\n");
    }
  }
  return core::ok();
}

core::Result<> screen(const ScreenArguments& arguments) {
  TRY(const SubjectsFile file, read_subjects_file(arguments.subjects));
  TRY(auto screened, screened_lists(arguments));
  if (!arguments.commands) print_head(screened, file);
  TRY(const Outcome outcome, look(std::move(screened), file));
  if (arguments.commands) return print_commands(arguments, file.subjects, outcome);
  print_outcome(file.subjects, outcome);
  return core::ok();
}

}  // namespace

int run_screen(const ScreenArguments& arguments) {
  int code = 0;
  failed(screen(arguments), code);
  return code;
}

void add_screen(CLI::App& app, int& code, ScreenArguments& a) {
  auto* command = app.add_subcommand("screen", "Look who of many is on sanctions or warning lists");
  command->add_option("--list", a.lists, "FILE, or FORMAT=FILE[,FILE]; any number")->required();
  auto* previous =
      command->add_option("--previous", a.previous,
                          "The version screened before: only what is new or changed is looked at");
  command->add_option("--subjects", a.subjects, "Who is looked for, JSON Lines")->required();
  auto* actor = command->add_option("--actor", a.actor, "With --commands: who records it");
  // What is recorded is of the whole list, not only of what is new.
  command->add_flag("--commands", a.commands, "Print the commands that record the outcome")
      ->needs(actor)
      ->excludes(previous);
  command->add_option("--published", a.published, "The day of lists that do not say theirs");
  command->callback([&] { code = run_screen(a); });
}

}  // namespace gateway::cli
