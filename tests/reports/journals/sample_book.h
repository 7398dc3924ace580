#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/check.h"
#include "core/fields.h"
#include "ledger/bodies.h"
#include "ledger/record.h"
#include "reports/journals/journal.h"

namespace tests {

inline core::Instant at(std::string_view text) { return core::parse_instant(text).value(); }

// A book made of hand-written records: stored bytes, which are decoded again for the writer.
class SampleBook {
 public:
  void open_accounts(std::string_view recorded_at, const std::vector<std::string>& paths) {
    ledger::AccountsOpened opened;
    for (const auto& path : paths) {
      opened.accounts.push_back({path, {}, {}});
      declarations_.accounts.push_back(path);
    }
    ledger::Draft draft;
    draft.kind = ledger::kAccountsOpened;
    draft.body = core::to_cbor(opened);
    draft.effective_at = at(recorded_at);
    add(recorded_at, draft);
  }

  // An entry of kind 16; effective when it is recorded, unless it says otherwise.
  void post(std::string_view recorded_at, std::vector<ledger::Posting> postings,
            std::string_view effective_at = {}, std::optional<std::uint64_t> corrects = {}) {
    for (const auto& posting : postings) commodities_.insert(posting.commodity);
    ledger::Draft draft;
    draft.kind = ledger::kFirstApplicationKind;
    draft.body = {0xa0};
    draft.postings = std::move(postings);
    draft.corrects = corrects;
    draft.effective_at = at(effective_at.empty() ? recorded_at : effective_at);
    add(recorded_at, draft);
  }

  std::uint64_t size() const { return leaves_.size(); }
  const std::vector<core::Bytes>& leaves() const { return leaves_; }

  reports::journals::Declarations declarations() const {
    auto out = declarations_;
    out.commodities.assign(commodities_.begin(), commodities_.end());
    return out;
  }

  reports::journals::JournalHeader header() const {
    return {"ledger.example/sample", size(), "cm9vdA==", true};
  }

  core::Result<std::string> write(
      reports::journals::Format format,
      const std::optional<reports::journals::Declarations>& declared = {}) const {
    std::string out;
    TRY(auto writer,
        reports::journals::make_writer(format, header(), declared.value_or(declarations()),
                                       [&out](std::string_view text) {
                                         out += text;
                                         return core::ok();
                                       }));
    ledger::RecordView view;
    for (const auto& leaf : leaves_) {
      TRY(ledger::decode_record(leaf, view));
      TRY(writer->write(view, leaf));
    }
    TRY(writer->finish());
    return out;
  }

 private:
  void add(std::string_view recorded_at, const ledger::Draft& draft) {
    ledger::Place place;
    place.seq = size();
    place.recorded_at = at(recorded_at);
    place.batch = {place.seq, 0, 1};
    leaves_.push_back(ledger::encode_record(draft, place).value());
  }

  reports::journals::Declarations declarations_;
  std::set<std::string> commodities_;
  std::vector<core::Bytes> leaves_;
};

// A deposit, recorded a day late, with the units that were issued for it; and its correction.
inline SampleBook sample_book() {
  SampleBook book;
  book.open_accounts("2026-01-05T08:00:00Z",
                     {"assets:cm:bank:0a1b", "liabilities:cm:client:c1:wallet",
                      "equity:memo:units:p3:c1", "equity:memo:units:p3:issued"});
  book.post("2026-01-05T09:30:00Z",
            {{"assets:cm:bank:0a1b", "EUR", 1000000},
             {"liabilities:cm:client:c1:wallet", "EUR", -1000000},
             {"equity:memo:units:p3:c1", "UNIT.P3E1", 12345678901},
             {"equity:memo:units:p3:issued", "UNIT.P3E1", -12345678901}},
            "2026-01-04T23:00:00Z");
  book.post("2026-01-06T10:00:00Z",
            {{"assets:cm:bank:0a1b", "EUR", -1}, {"liabilities:cm:client:c1:wallet", "EUR", 1}}, {},
            1);
  return book;
}

}  // namespace tests
