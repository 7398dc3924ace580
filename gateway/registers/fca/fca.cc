#include "gateway/registers/fca/fca.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "gateway/registers/fca/endpoints.h"
#include "gateway/registers/fca/entries.h"
#include "gateway/registers/fca/envelope.h"
#include "gateway/registers/words.h"

namespace gateway::registers::fca {
namespace {

using engine::Asked;
using engine::Evidence;
using engine::Fact;

constexpr std::string_view kParser = "fca/1";
constexpr std::string_view kFirmFolder = "Firm/";

// Pages of one list: one endpoint of one firm, requirement, country or person.
struct List {
  const Endpoint* endpoint = nullptr;
  std::vector<Page> pages;
};

// A page of a firm's own list must be the firm's.
core::Result<> check_path(const Page& page, std::string_view reference) {
  if (!page.path.starts_with(kFirmFolder)) return core::ok();
  const std::string_view rest = std::string_view(page.path).substr(kFirmFolder.size());
  if (rest.substr(0, rest.find('/')) == reference) return core::ok();
  return wrong_reference(page.place, "The answer is about " + page.path + ", and not about " +
                                         std::string(reference) + ".");
}

// "OR-0263614" of "Firm/552016/Requirements/OR-0263614/InvestmentTypes"; empty if it is none.
std::string_view requirement_of(std::string_view path) {
  constexpr std::string_view kFolder = "/Requirements/";
  const std::size_t at = path.find(kFolder);
  if (at == std::string_view::npos) return {};
  path.remove_prefix(at + kFolder.size());
  return path.substr(0, path.find('/'));
}

std::string title(const List& list) {
  const std::string& path = list.pages.front().path;
  return path.empty() ? std::string(list.endpoint->name) : path;
}

class Reader {
 public:
  Reader(std::string_view reference, Evidence& evidence)
      : reference_(reference), evidence_(evidence) {}

  core::Result<> take(Page page) {
    TRY(check_path(page, reference_));
    if (!page.mismatch.empty()) doubt(evidence_, page.place + ": " + page.mismatch + ".");
    answers_.insert(page.asked);
    const Endpoint* endpoint = find_endpoint(page.code);
    if (endpoint == nullptr) {
      // An answer that never came has no code; it was remarked above.
      if (!page.code.empty() && page.asked != Asked::CouldNotAsk) {
        doubt(evidence_, page.place + ": endpoint " + page.code + " is not one that is read.");
      }
      return core::ok();
    }
    List& list = lists_[{page.code, page.path}];
    list.endpoint = endpoint;
    list.pages.push_back(std::move(page));
    return core::ok();
  }

  core::Result<> finish() {
    for (const auto& [key, list] : lists_) {
      TRY(read_list(list));
    }
    check_owners();
    add_firm_status();
    evidence_.asked = overall();
    return core::ok();
  }

 private:
  // A page may not say whose it is: it has no address, and names no other page. A person said whom
  // it is about; beside another list of its endpoint that is not enough.
  void check_owners() {
    std::map<std::string_view, std::size_t> of_firm;
    std::string taken;
    for (const auto& [key, list] : lists_) {
      if (list.endpoint->code == kFirmCode || !is_of_firm(list)) continue;
      if (++of_firm[list.endpoint->name] == 2) {
        doubt(evidence_, std::string(list.endpoint->name) +
                             ": there are two lists, and one firm has one: not all pages say whose "
                             "they are.");
      }
      if (!list.pages.front().path.empty()) continue;
      taken += (taken.empty() ? "" : ", ") + std::string(list.endpoint->name);
    }
    if (taken.empty()) return;
    remark(evidence_, "These answers do not say whose they are, and are taken for those of " +
                          std::string(reference_) + ", as they were imported: " + taken + ".");
  }

  // Lists of which a firm has one; of each requirement, country or person there is one more.
  static bool is_of_firm(const List& list) {
    return (list.endpoint->code.starts_with("02-") || list.endpoint->code.starts_with("05-")) &&
           list.endpoint->code != kInvestmentTypesCode &&
           list.endpoint->code != kPassportPermissionsCode;
  }

  core::Result<> read_list(const List& list) {
    const auto found = [](const Page& page) { return page.asked == Asked::Found; };
    Fact summary;
    summary.name = "fca.endpoint";
    put(summary, "endpoint", list.endpoint->name);
    put(summary, "path", list.pages.front().path);
    if (std::ranges::none_of(list.pages, found)) {
      const Asked asked = list.pages.front().asked;
      put(summary, "asked", core::EnumNames<Asked>::names[static_cast<std::size_t>(asked)]);
      if (list.endpoint->code == kFirmCode) firm_is_absent_ = asked == Asked::NotFound;
    } else {
      TRY(const std::size_t entries, read_pages(list));
      put(summary, "asked", "found");
      put(summary, "entries", std::to_string(entries));
    }
    arrange(summary);
    evidence_.facts.push_back(std::move(summary));
    return core::ok();
  }

  // Gives the number of entries, each counted once.
  core::Result<std::size_t> read_pages(const List& list) {
    std::set<std::string> seen;
    std::set<std::uint64_t> numbers;
    const auto total = list.pages.front().total;
    bool totals_agree = total.has_value();
    for (const Page& page : list.pages) {
      totals_agree = totals_agree && page.total == total;
      if (page.page && !numbers.insert(*page.page).second) {
        doubt(evidence_, title(list) + ": page " + std::to_string(*page.page) + " is there twice.");
      }
      TRY(read_page_entries(list, page, seen));
    }
    if (!totals_agree) {
      doubt(evidence_, title(list) + ": the pages do not name one and the same total_count.");
    } else if (seen.size() != *total) {
      doubt(evidence_, title(list) + ": " + std::to_string(seen.size()) + " of " +
                           std::to_string(*total) + " entries are there.");
    }
    return seen.size();
  }

  core::Result<> read_page_entries(const List& list, const Page& page,
                                   std::set<std::string>& seen) {
    if (page.asked != Asked::Found) {
      doubt(evidence_, page.place + ": a page of " + title(list) + " could not be read.");
      return core::ok();
    }
    TRY(const auto entries, entries_of(page.data, list.endpoint->shape, page.place));
    for (const Entry& entry : entries) {
      // A permission stands once under its name; two that differ are both kept, and doubted.
      const bool is_named = list.endpoint->shape == Shape::Keyed;
      const std::string words = core::json::print(*entry.value);
      const std::string mark = is_named ? entry.key : entry.group + "\n" + entry.key + "\n" + words;
      if (!seen.insert(mark).second) {
        doubt(evidence_, entry.place + ": the entry stands twice.");
        if (!is_named) continue;
      }
      if (list.endpoint->fact.empty()) continue;
      TRY(auto fact, read_entry(entry, *list.endpoint));
      if (list.endpoint->code == kInvestmentTypesCode) {
        put(fact, "requirement", requirement_of(page.path));
        arrange(fact);
      }
      TRY(note(entry, fact));
      evidence_.facts.push_back(std::move(fact));
    }
    return core::ok();
  }

  core::Result<> note(const Entry& entry, const Fact& fact) {
    if (fact.name == "fca.firm") {
      if (value_of(fact, "frn") != reference_) {
        return wrong_reference(entry.place, "The firm is " + std::string(value_of(fact, "frn")) +
                                                ", and not " + std::string(reference_) + ".");
      }
      statuses_.insert(std::string(value_of(fact, "firm_status")));
    } else if (fact.name == "fca.payment_exclusion") {
      remark(evidence_,
             "Exclusions are of the payment services rules (PSD2) and say nothing of "
             "prohibited persons.");
    } else if (fact.name == "fca.discipline") {
      remark(evidence_, "There is a disciplinary history: read it.");
    } else if (fact.name == "fca.individual" &&
               value_of(fact, "status").find("Prohibited") != std::string_view::npos) {
      remark(evidence_, "Individual " + std::string(value_of(fact, "irn")) + " is prohibited.");
    }
    if (fact.residue) remark(evidence_, entry.place + ": not understood: " + *fact.residue);
    return core::ok();
  }

  // A permission counts while the firm is authorised; so its status stands beside the permission.
  void add_firm_status() {
    if (statuses_.size() > 1) doubt(evidence_, "The firm's own pages name different statuses.");
    if (statuses_.size() != 1) return;
    for (Fact& fact : evidence_.facts) {
      if (fact.name != "fca.permission") continue;
      put(fact, "firm_status", *statuses_.begin());
      arrange(fact);
    }
  }

  Asked overall() {
    const bool failed = answers_.contains(Asked::CouldNotAsk);
    if (failed) evidence_.coverage = engine::Coverage::Partial;
    if (firm_is_absent_) return Asked::NotFound;
    if (answers_.contains(Asked::Found)) return Asked::Found;
    return failed ? Asked::CouldNotAsk : Asked::NotFound;
  }

  std::string_view reference_;
  Evidence& evidence_;
  std::map<std::pair<std::string, std::string>, List> lists_;
  std::set<Asked> answers_;
  std::set<std::string> statuses_;
  bool firm_is_absent_ = false;
};

}  // namespace

core::Result<Evidence> read(std::string_view reference, std::span<const Answer> answers) {
  if (answers.empty()) return wrong_reference("", "There is no answer to read.");
  Evidence evidence = begin_evidence("fca", kParser, reference, answers);
  Reader reader(reference, evidence);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    TRY(auto page, read_page(answers[i], i + 1));
    TRY(reader.take(std::move(page)));
  }
  TRY(reader.finish());
  return evidence;
}

}  // namespace gateway::registers::fca
