#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "gateway/registers/asic/asic.h"
#include "gateway/registers/asic/lists.h"
#include "gateway/registers/body.h"
#include "gateway/registers/words.h"

// Source: CKAN's API guide, version 3, "DataStore extension": datastore_search.
namespace gateway::registers::asic {
namespace {

using core::json::Value;
using engine::Asked;
using engine::Evidence;

constexpr std::uint64_t kHttpOk = 200;
constexpr std::size_t kWordsBytesMax = 200;  // Of a stranger's words within a sentence of ours.
// What the store adds to the list's own columns.
constexpr auto kOfTheStore = std::to_array<std::string_view>({"_id", "rank"});
// What narrows an answer beside its filters: rows that are meant may be missing.
constexpr auto kNarrowing = std::to_array<std::string_view>({"q", "distinct"});

template <class Names>
bool stands_in(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// Null, false and what has nothing in it: as if it were not there.
bool is_nothing(const Value* value) {
  if (value == nullptr || value->is_null()) return true;
  if (const bool* truth = value->as_bool()) return !*truth;
  if (const auto* members = value->as_object()) return members->empty();
  if (const auto* items = value->as_array()) return items->empty();
  const std::string* text = value->as_string();
  return text != nullptr && text->empty();
}

// As it stands: white space is the facts' affair, as it is of a file's.
core::Result<std::string> field_of(const Value& record, std::string_view name,
                                   std::string_view place) {
  const Value* value = record.find(name);
  if (value == nullptr) return bad_body(within(place, name), "The record has no such member.");
  if (value->is_null()) return std::string{};
  if (const std::string* text = value->as_string()) return *text;
  if (value->as_array() != nullptr || value->as_object() != nullptr) {
    return bad_body(within(place, name), "A text or a number is expected here.");
  }
  return core::json::print(*value);
}

// The pages of one question.
struct Pages {
  std::int64_t total = 0;
  bool totals_agree = true;
  std::set<std::string> records;
};

class AnswerReader {
 public:
  AnswerReader(std::string_view reference, Evidence& evidence)
      : reference_(reference), evidence_(evidence) {}

  core::Result<> expect(const Reading& reading) {
    reading_ = &reading;
    TRY(evidence_.reference, reading.wanted(reference_));
    forms_ = reading.forms(evidence_.reference);
    return core::ok();
  }

  core::Result<> take(const Answer& answer, std::uint64_t number) {
    const std::string place = "body " + std::to_string(number);
    const std::uint64_t status = answer.http_status.value_or(kHttpOk);
    if (status != kHttpOk) {
      could_not_ask(place + ": " + failure(status) + ".");
      return core::ok();
    }
    TRY(const Value body, parse_body(with_decimals_as_texts(answer.body), place));
    const Value* success = body.find("success");
    const bool* truth = success == nullptr ? nullptr : success->as_bool();
    if (truth == nullptr) {
      return bad_body(within(place, "success"),
                      "This is no answer of data.gov.au: success and result are expected.");
    }
    if (!*truth) {
      const Value* error = body.find("error");
      const std::string_view why = error == nullptr ? "" : error->text("message");
      could_not_ask(place + ": the register did not answer: \"" + plain_start(why, kWordsBytesMax) +
                    "\".");
      return core::ok();
    }
    const Value* result = body.find("result");
    if (result == nullptr || result->as_object() == nullptr) {
      return bad_body(within(place, "result"), "An object is expected here.");
    }
    return take_result(*result, number, within(place, "result"));
  }

  core::Result<> finish() {
    for (const auto& [title, pages] : pages_) {
      const auto there = static_cast<std::int64_t>(pages.records.size());
      if (!pages.totals_agree) {
        doubt(evidence_, title + ": the pages do not name one and the same total.");
      } else if (there != pages.total) {
        doubt(evidence_, title + ": " + std::to_string(there) + " of " +
                             std::to_string(pages.total) + " rows are there.");
      }
    }
    if (reading_ != nullptr) {
      std::size_t next = 0;
      const auto rows = [this, &next](Row& row) -> core::Result<bool> {
        if (next == rows_.size()) return false;
        row = std::move(rows_[next]);
        ++next;
        return true;
      };
      TRY(reading_->add(rows, evidence_));
    }
    if (evidence_.asked != Asked::Found && failed_) evidence_.asked = Asked::CouldNotAsk;
    const bool varies = reading_ != nullptr && varies_in_form(reading_->list);
    if (evidence_.asked == Asked::NotFound || (varies && !failed_)) check_absence();
    if (reading_ != nullptr) say_which_list(*reading_, evidence_);
    return core::ok();
  }

 private:
  void could_not_ask(std::string why) {
    failed_ = true;
    doubt(evidence_, std::move(why));
  }

  core::Result<> take_result(const Value& result, std::uint64_t number, const std::string& place) {
    TRY(read_fields(result, within(place, "fields")));
    TRY(const std::string title, read_question(result, place));
    const Value* records = result.find("records");
    if (records == nullptr || records->as_array() == nullptr) {
      return bad_body(within(place, "records"), "A list of records is expected here.");
    }
    const Value* total = result.find("total");
    const std::int64_t* count = total == nullptr ? nullptr : total->as_integer();
    if (count == nullptr || *count < 0) {
      return bad_body(within(place, "total"), "The number of all rows is expected here.");
    }
    if (!is_nothing(result.find("total_was_estimated"))) {
      doubt(evidence_, place + ": the number of all rows is an estimate.");
    }
    Pages& pages = pages_.try_emplace(title, Pages{*count, true, {}}).first->second;
    pages.totals_agree = pages.totals_agree && pages.total == *count;
    for (std::size_t i = 0; i < records->as_array()->size(); ++i) {
      Row row;
      row.body = number;
      row.line = i + 1;
      TRY(take_record((*records->as_array())[i], std::move(row), pages));
    }
    return core::ok();
  }

  // The columns must be those of the list, all of them and no others but the store's own.
  core::Result<> read_fields(const Value& result, const std::string& place) {
    const Value* fields = result.find("fields");
    if (fields == nullptr || fields->as_array() == nullptr) {
      return bad_body(place, "A list of columns is expected here.");
    }
    std::vector<std::string> names;
    for (const Value& field : *fields->as_array()) {
      names.emplace_back(field.text("id"));
      if (reading_ == nullptr) {
        const auto found = std::ranges::find_if(readings(), [&](const Reading& reading) {
          return reading.columns[reading.mark] == names.back();
        });
        if (found != readings().end()) {
          TRY(expect(*found));
        }
      }
    }
    if (reading_ == nullptr)
      return bad_body(place, "These are the columns of none of ASIC's lists.");
    for (const std::string_view column : reading_->columns) {
      if (!stands_in(names, column)) {
        return bad_body(place, "The column " + std::string(column) + " of the list " +
                                   std::string(reading_->name) + " is not there.");
      }
    }
    for (const Value& field : *fields->as_array()) {
      const std::string_view type = field.text("type");
      if (field.text("id") == reading_->columns[reading_->key]) {
        key_is_text_ = type.empty() || type == "text";
      }
    }
    for (const std::string& name : names) {
      if (!is_column(name)) {
        return bad_body(place, "The column " + plain_start(name, kWordsBytesMax) +
                                   " is none of the list " + std::string(reading_->name) +
                                   "; the register may have changed its list.");
      }
    }
    return core::ok();
  }

  bool is_column(std::string_view name) const {
    return stands_in(reading_->columns, name) || stands_in(kOfTheStore, name);
  }

  // What was asked, as the answer says it itself: its pages' title.
  core::Result<std::string> read_question(const Value& result, const std::string& place) {
    for (const std::string_view name : kNarrowing) {
      if (!is_nothing(result.find(name))) {
        doubt(evidence_, place + ": " + std::string(name) + " may have left rows out.");
      }
    }
    const std::string resource = plain_start(result.text("resource_id"), kWordsBytesMax);
    const Value* filters = result.find("filters");
    if (is_nothing(filters)) return "Resource " + resource;
    if (filters->as_object() == nullptr) {
      return bad_body(within(place, "filters"), "An object is expected here.");
    }
    const std::string_view key = reading_->columns[reading_->key];
    for (const auto& [name, value] : *filters->as_object()) {
      if (name != key) {
        doubt(evidence_, place + ": the filter " + plain_start(name, kWordsBytesMax) +
                             " may have left rows out.");
        continue;
      }
      TRY(const std::string number, field_of(*filters, name, within(place, "filters")));
      if (bare_document(number) != bare_document(evidence_.reference)) {
        return wrong_reference(within(place, "filters"),
                               "The answer is about " + plain_start(number, kWordsBytesMax) +
                                   ", and not about " + evidence_.reference + ".");
      }
      if (key_is_text_) {
        asked_for_.insert(number);
      } else {  // As a number it is found however it is written.
        asked_for_.insert(forms_.begin(), forms_.end());
      }
    }
    return "Resource " + resource + ", " + plain_start(core::json::print(*filters), kWordsBytesMax);
  }

  core::Result<> take_record(const Value& record, Row row, Pages& pages) {
    const std::string place = at_row(row);
    if (record.as_object() == nullptr) return bad_body(place, "An object is expected here.");
    for (const auto& [name, value] : *record.as_object()) {
      if (!is_column(name)) {
        return bad_body(within(place, plain_start(name, kWordsBytesMax)),
                        "The list has no such column.");
      }
    }
    for (const std::string_view column : reading_->columns) {
      TRY(auto field, field_of(record, column, place));
      if (column.ends_with("_DT") && !iso_day(field).empty()) {
        remark(evidence_,
               "The store holds days as moments: see in the list itself that its loader did not "
               "read a month for a day.");
      }
      row.fields.push_back(std::move(field));
    }
    // The store numbers its rows; without that a row is known by all that it says.
    const Value* id = record.find("_id");
    if (!pages.records.insert(core::json::print(id == nullptr ? record : *id)).second) {
      doubt(evidence_, place + ": the row is there twice.");
    }
    rows_.push_back(std::move(row));
    return core::ok();
  }

  // A store compares texts: a number that it writes with zeros in front is not found without them.
  void check_absence() {
    for (const std::string& form : forms_) {
      if (asked_for_.contains(form)) continue;
      doubt(evidence_, "No answer says that it was asked for \"" + form +
                           "\", as the list may write the number.");
    }
  }

  std::string_view reference_;
  Evidence& evidence_;
  const Reading* reading_ = nullptr;
  std::vector<std::string> forms_;
  std::set<std::string> asked_for_;     // The forms that answers were filtered by.
  std::map<std::string, Pages> pages_;  // By what was asked.
  std::vector<Row> rows_;
  bool key_is_text_ = true;
  bool failed_ = false;
};

}  // namespace

core::Result<Evidence> read_answers(std::string_view reference, std::span<const Answer> answers,
                                    std::optional<List> list) {
  if (answers.empty()) return wrong_reference("", "There is no answer to read.");
  Evidence evidence = begin_evidence("asic", kParser, plain(reference), answers);
  evidence.asked = Asked::NotFound;  // Until a fact is there.
  AnswerReader reader(reference, evidence);
  if (list) {
    TRY(reader.expect(reading_of(*list)));
  }
  for (std::size_t i = 0; i < answers.size(); ++i) {
    TRY(reader.take(answers[i], i + 1));
  }
  TRY(reader.finish());
  return evidence;
}

}  // namespace gateway::registers::asic
