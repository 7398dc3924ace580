#pragma once

#include <vector>

#include "core/cbor.h"
#include "ledger/record.h"

// Parts of a record in CBOR, for whatever is made of them. Source: docs/formats/record.md.
namespace ledger {

// The keys of a record.
enum RecordKey : std::uint64_t {
  kFormatKey = 1,
  kSeqKey = 2,
  kPrevKey = 3,
  kSaltKey = 4,
  kRecordedAtKey = 5,
  kEffectiveAtKey = 6,
  kBatchKey = 7,
  kKindKey = 8,
  kVersionKey = 9,
  kBodyKey = 10,
  kPostingsKey = 11,
  kSubjectsKey = 12,
  kDocumentsKey = 13,
  kCorrectsKey = 14,
};

// [[account, commodity, amount], ...]
void encode_postings(core::cbor::Encoder& out, const std::vector<Posting>& postings);

}  // namespace ledger
