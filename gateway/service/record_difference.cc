#include "gateway/service/record_difference.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/check.h"
#include "engine/dispatch/records.h"

namespace gateway::service {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

constexpr std::size_t kPartsMax = 20;
constexpr std::size_t kShownBytesMax = 200;
// How far apart recorded and expected effects may have come for them to be matched again.
constexpr std::size_t kLookAhead = 64;
constexpr std::string_view kNothing = "nothing";

std::string show(const Value* value) {
  if (value == nullptr) return std::string(kNothing);
  std::string text =
      value->as_string() != nullptr ? *value->as_string() : core::json::print(*value);
  if (text.size() > kShownBytesMax) text = text.substr(0, kShownBytesMax) + "...";
  return text;
}

std::string name_of(std::uint64_t kind) {
  const std::string_view name = engine::dispatch::kind_name(kind);
  return name.empty() ? "kind " + std::to_string(kind) : std::string(name);
}

class Parts {
 public:
  void add(std::string part, const Value* expected, const Value* found) {
    if (out_.size() < kPartsMax) out_.push_back({std::move(part), show(expected), show(found)});
  }

  void compare(const std::string& part, const Value* expected, const Value* found) {
    if (expected == nullptr || found == nullptr) {
      if (expected != found) add(part, expected, found);
      return;
    }
    if (*expected == *found) return;
    if (expected->as_object() != nullptr && found->as_object() != nullptr) {
      compare_members(part, *expected->as_object(), *found);
      for (const auto& [name, value] : *found->as_object()) {
        if (expected->find(name) == nullptr) add(part + "." + name, nullptr, &value);
      }
      return;
    }
    add(part, expected, found);
  }

  // By account and commodity; an account that stands twice counts as one.
  void compare_postings(const Value* expected, const Value* found) {
    const auto sums_of = [](const Value* postings) {
      std::map<std::string, std::string> out;
      if (postings == nullptr) return out;
      for (const Value& posting : *postings->as_array()) {
        std::string& text = out[std::string(posting.text("account"))];
        text += (text.empty() ? "" : " and ") + std::string(posting.text("amount")) + " " +
                std::string(posting.text("commodity"));
      }
      return out;
    };
    const auto follows = sums_of(expected);
    const auto stands = sums_of(found);
    const std::size_t before = out_.size();
    for (const auto& [account, amount] : follows) {
      const auto there = stands.find(account);
      if (there != stands.end() && there->second == amount) continue;
      const Value wanted(amount);
      const Value is(there == stands.end() ? std::string(kNothing) : there->second);
      add("postings " + account, &wanted, &is);
    }
    for (const auto& [account, amount] : stands) {
      if (follows.contains(account)) continue;
      const Value is(amount);
      add("postings " + account, nullptr, &is);
    }
    // The same postings in another order are other bytes.
    if (out_.size() == before && expected != nullptr && found != nullptr && *expected != *found) {
      add("order of postings", expected, found);
    }
  }

  std::vector<PartDifference> take() { return std::move(out_); }

 private:
  void compare_members(const std::string& part, const Object& expected, const Value& found) {
    for (const auto& [name, value] : expected) compare(part + "." + name, &value, found.find(name));
  }

  std::vector<PartDifference> out_;
};

// The place is taken from the record, but for the subjects' numbers if they are others.
core::Result<core::Bytes> encode_at(const ledger::Draft& draft, const ledger::RecordView& record) {
  ledger::Place place{record.seq,         record.prev,  record.salt,
                      record.recorded_at, record.batch, record.subjects};
  const bool same =
      std::ranges::equal(draft.subjects, record.subjects, {}, {}, &ledger::SubjectLink::id);
  if (!same) {
    place.subjects.clear();
    for (const ledger::SubjectId& subject : draft.subjects)
      place.subjects.push_back({subject, 1, {}});
  }
  return ledger::encode_record(draft, place);
}

std::vector<PartDifference> parts_of(const ledger::RecordView& expected,
                                     const ledger::RecordView& found) {
  const Value follows = engine::dispatch::record_to_json(expected);
  const Value stands = engine::dispatch::record_to_json(found);
  Parts parts;
  for (const std::string_view member : {"kind", "version", "effective_at", "body"}) {
    parts.compare(std::string(member), follows.find(member), stands.find(member));
  }
  parts.compare_postings(follows.find("postings"), stands.find("postings"));
  if (!std::ranges::equal(expected.subjects, found.subjects, {}, &ledger::SubjectLink::id,
                          &ledger::SubjectLink::id)) {
    parts.compare("subjects", follows.find("subjects"), stands.find("subjects"));
  }
  for (const std::string_view member : {"documents", "corrects"}) {
    parts.compare(std::string(member), follows.find(member), stands.find(member));
  }
  return parts.take();
}

// Matches what was recorded with what follows, one after the other.
class Comparison {
 public:
  Comparison(std::span<const ledger::RecordView* const> records,
             std::span<const core::ByteView> leaves, std::span<const ledger::Draft> expected)
      : records_(records), leaves_(leaves), expected_(expected) {}

  core::Result<std::vector<RecordDifference>> run() {
    const bool aligned = records_.size() == expected_.size();
    while (at_ < records_.size() || next_ < expected_.size()) {
      if (at_ == records_.size()) {
        add_missing();
      } else if (next_ == expected_.size()) {
        add_extra();
      } else if (aligned || is_same_kind(at_, next_)) {
        TRY(compare_one());
      } else {
        TRY(match_again());
      }
    }
    return std::move(out_);
  }

 private:
  bool is_same_kind(std::size_t record, std::size_t draft) const {
    const ledger::RecordView& stored = *records_[record];
    const ledger::Draft& follows = expected_[draft];
    return stored.kind == follows.kind &&
           std::ranges::equal(follows.subjects, stored.subjects, {}, {}, &ledger::SubjectLink::id);
  }

  core::Result<> match_again() {
    for (std::size_t ahead = 1; ahead <= kLookAhead; ++ahead) {
      if (at_ + ahead < records_.size() && is_same_kind(at_ + ahead, next_)) {
        for (std::size_t i = 0; i < ahead; ++i) add_extra();
        return core::ok();
      }
      if (next_ + ahead < expected_.size() && is_same_kind(at_, next_ + ahead)) {
        for (std::size_t i = 0; i < ahead; ++i) add_missing();
        return core::ok();
      }
    }
    return compare_one();
  }

  core::Result<> compare_one() {
    const ledger::RecordView& stored = *records_[at_];
    TRY(const core::Bytes leaf, encode_at(expected_[next_], stored));
    if (!std::ranges::equal(leaf, leaves_[at_])) {
      ledger::RecordView follows;
      TRY(ledger::decode_record(leaf, follows));
      out_.push_back({stored.seq, stored.kind, name_of(stored.kind), DifferenceKind::Differs,
                      parts_of(follows, stored)});
    }
    ++at_;
    ++next_;
    return core::ok();
  }

  void add_extra() {
    const ledger::RecordView& stored = *records_[at_++];
    out_.push_back({stored.seq, stored.kind, name_of(stored.kind), DifferenceKind::Extra});
  }
  void add_missing() {
    const ledger::Draft& follows = expected_[next_++];
    const std::uint64_t seq = at_ < records_.size() ? records_[at_]->seq
                              : records_.empty()    ? 0
                                                    : records_.back()->seq + 1;
    out_.push_back({seq, follows.kind, name_of(follows.kind), DifferenceKind::Missing});
  }

  std::span<const ledger::RecordView* const> records_;
  std::span<const core::ByteView> leaves_;
  std::span<const ledger::Draft> expected_;
  std::size_t at_ = 0;
  std::size_t next_ = 0;
  std::vector<RecordDifference> out_;
};

constexpr std::string_view word_of(DifferenceKind what) {
  switch (what) {
    case DifferenceKind::Differs:
      return "differs";
    case DifferenceKind::Extra:
      return "extra";
    case DifferenceKind::Missing:
      return "missing";
    case DifferenceKind::Refused:
      return "refused";
    case DifferenceKind::NotAllowed:
      return "not_allowed";
  }
  CHECK(false);
}

std::string print_parts(const std::vector<PartDifference>& parts) {
  std::string out;
  for (const PartDifference& part : parts) {
    out += out.empty() ? "" : "; ";
    out += part.part + " is " + part.found + ", and " + part.expected + " follows";
  }
  return out.empty() ? "other bytes of the same meaning" : out;
}

}  // namespace

std::string to_text(const RecordDifference& difference) {
  switch (difference.what) {
    case DifferenceKind::Differs:
      return difference.name + " differs from what follows: " + print_parts(difference.parts) + ".";
    case DifferenceKind::Extra:
      return difference.name + " was recorded, and no such record follows from its command.";
    case DifferenceKind::Missing:
      return difference.name + " follows from the command and was not recorded here.";
    case DifferenceKind::Refused:
      return "The command would be refused now, so none of its effects follows: " + difference.why;
    case DifferenceKind::NotAllowed:
      return "Who asked for it may not: " + difference.why;
  }
  CHECK(false);
}

Value to_json(const RecordDifference& difference) {
  Object out{{"seq", static_cast<std::int64_t>(difference.seq)},
             {"kind", static_cast<std::int64_t>(difference.kind)},
             {"name", difference.name},
             {"what", word_of(difference.what)}};
  if (!difference.why.empty()) out.emplace_back("why", difference.why);
  if (!difference.parts.empty()) {
    Array parts;
    for (const PartDifference& part : difference.parts) {
      parts.push_back(
          Object{{"part", part.part}, {"expected", part.expected}, {"found", part.found}});
    }
    out.emplace_back("parts", std::move(parts));
  }
  return out;
}

core::Result<std::vector<RecordDifference>> compare_effects(
    std::span<const ledger::RecordView* const> records, std::span<const core::ByteView> leaves,
    std::span<const ledger::Draft> expected) {
  return Comparison(records, leaves, expected).run();
}

}  // namespace gateway::service
