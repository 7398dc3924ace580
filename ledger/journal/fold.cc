#include "ledger/journal/fold.h"

#include <algorithm>
#include <string>

#include "ledger/bodies.h"

namespace ledger::journal {
namespace {

std::string at_seq(std::uint64_t seq) { return "seq " + std::to_string(seq); }

bool stands_before(const std::vector<SubjectLink>& subjects, std::size_t i) {
  const auto here = subjects.begin() + static_cast<std::ptrdiff_t>(i);
  return std::find_if(subjects.begin(), here, [&](const SubjectLink& other) {
           return other.id == here->id;
         }) != here;
}

}  // namespace

Fold::Fold(index::Index& index) : index_(index) {
  index.recent([this](const SubjectId& id, const index::SubjectLast& last) { subjects_.put(id, last); },
               [this](const index::RequestPart& part, std::uint64_t seq) { requests_.put(part, seq); });
  layer_segment_ = index.size() / index::kSegmentRecords;
}

core::Result<> Fold::restore(std::string_view saved_books) {
  TRY(books_.restore(saved_books));
  // The index has them already.
  accounts_told_ = books_.account_count();
  commodities_told_ = books_.commodity_count();
  return core::ok();
}

void Fold::begin_batch() {
  books_.begin_batch();
  subjects_.begin_batch();
  requests_.begin_batch();
  mark_ = {facts_.records.size(),  facts_.moves.size(),       facts_.subjects.size(),
           facts_.accounts.size(), facts_.commodities.size(), facts_.requests.size()};
}

core::Result<> Fold::apply(const RecordView& record) {
  TRY(apply_subjects(record));
  if (record.kind == kCommand && record.batch.index == 0) {
    TRY(apply_request(record));
  }
  TRY(books_.apply(record));
  add_facts(record);
  return core::ok();
}

core::Result<> Fold::apply_subjects(const RecordView& record) {
  for (std::size_t i = 0; i < record.subjects.size(); ++i) {
    const SubjectLink& link = record.subjects[i];
    const bool twice = stands_before(record.subjects, i);
    if (!twice) {
      TRY(const auto expected, next_link(link.id));
      if (link == expected) continue;
    }
    return core::corrupt("subject", at_seq(record.seq),
                         "Subject " + core::to_hex(link.id) +
                             (twice ? " stands twice in the record."
                                    : " does not continue from its previous record."));
  }
  for (const SubjectLink& link : record.subjects) {
    subjects_.put(link.id, {link.count, record.seq});
  }
  return core::ok();
}

core::Result<> Fold::apply_request(const RecordView& record) {
  const auto read = read_command_key(record.body);
  if (!read) return core::corrupt("record", at_seq(record.seq), core::to_string(read.error()));
  const core::Hash key = request_key(read.value().client_id, read.value().request_id);
  // Who stages a command has just asked for its request id; who replays one has not.
  std::optional<std::uint64_t> used;
  if (key != absent_key_) {
    TRY(used, find_request(key));
  }
  absent_key_ = {};
  if (used) {
    return core::corrupt("request_id", at_seq(record.seq),
                         "The request id was used before, at " + at_seq(*used) + ".");
  }
  requests_.put(index::part_of(key), record.seq);
  facts_.requests.push_back({key, record.seq});
  return core::ok();
}

void Fold::add_voided(const RecordView& record) { add_facts(record, true); }

void Fold::add_facts(const RecordView& record, bool voided) {
  if (!voided) {
    books_.moves_of_last_record(facts_.moves);
    facts_.subjects.insert(facts_.subjects.end(), record.subjects.begin(), record.subjects.end());
  }
  for (; accounts_told_ < books_.account_count(); ++accounts_told_) {
    facts_.accounts.push_back({books_.account(accounts_told_).path, record.seq});
  }
  for (; commodities_told_ < books_.commodity_count(); ++commodities_told_) {
    facts_.commodities.push_back(
        books_.commodity(static_cast<std::uint32_t>(commodities_told_)));
  }
  index::RecordFacts facts;
  facts.kind = record.kind;
  facts.recorded_at = record.recorded_at;
  facts.effective_at = record.effective_at;
  facts.batch = record.batch;
  facts.voided = voided;
  facts.moves_end = static_cast<std::uint32_t>(facts_.moves.size());
  facts.subjects_end = static_cast<std::uint32_t>(facts_.subjects.size());
  facts_.records.push_back(facts);
}

void Fold::roll_back() {
  books_.roll_back();
  subjects_.roll_back();
  requests_.roll_back();
  facts_.records.resize(mark_.records);
  facts_.moves.resize(mark_.moves);
  facts_.subjects.resize(mark_.subjects);
  accounts_told_ -= facts_.accounts.size() - mark_.accounts;
  commodities_told_ -= facts_.commodities.size() - mark_.commodities;
  facts_.accounts.resize(mark_.accounts);
  facts_.commodities.resize(mark_.commodities);
  facts_.requests.resize(mark_.requests);
}

void Fold::end_group(std::uint64_t next_seq, index::Group& facts) {
  facts.clear();
  std::swap(facts, facts_);
  facts.first_seq = next_seq - facts.records.size();
  if (next_seq / index::kSegmentRecords == layer_segment_) return;
  layer_segment_ = next_seq / index::kSegmentRecords;
  subjects_.end_layer(next_seq);
  requests_.end_layer(next_seq);
}

void Fold::drop_indexed() {
  const std::uint64_t end = index_.written_end();
  subjects_.drop_until(end);
  requests_.drop_until(end);
}

core::Result<SubjectLink> Fold::next_link(const SubjectId& subject) const {
  if (const auto* last = subjects_.find(subject)) return SubjectLink{subject, last->count + 1, last->seq};
  TRY(const auto last, index_.last_of_subject_in_runs(subject));
  if (!last) return SubjectLink{subject, 1, std::nullopt};
  return SubjectLink{subject, last->count + 1, last->seq};
}

core::Result<std::optional<std::uint64_t>> Fold::find_request(const core::Hash& key) {
  if (const auto* seq = requests_.find(index::part_of(key))) {
    return std::optional<std::uint64_t>(*seq);
  }
  TRY(const auto found, index_.find_request_in_runs(key));
  if (!found) absent_key_ = key;
  return found;
}

const core::Hash& Fold::request_key(std::string_view client_id, std::string_view request_id) {
  if (client_id != asked_client_ || request_id != asked_request_ || asked_request_.empty()) {
    asked_key_ = index::request_key(sha256_, client_id, request_id);
    asked_client_ = client_id;
    asked_request_ = request_id;
  }
  return asked_key_;
}

}  // namespace ledger::journal
