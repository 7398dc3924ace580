#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/correction_records.h"
#include "engine/pamm_records.h"
#include "ledger/record.h"

// A fee as it stands in the book.
namespace engine::corrections {

struct PastFee {
  FeeCorrected fee;       // Of a fee_charged or account_fee_charged: as if it stood for itself.
  bool reserved = false;  // A part of it is held back for losses.
  core::Instant effective_at;
  std::vector<ledger::Posting> postings;

  // What the record posts to the accounts of one path or below, in one commodity.
  core::Minor posted(std::string_view account, std::string_view commodity) const;
};

// A record of a batch that took effect. Errors: NotFound/unknown_record at `field`.
core::Result<> visit_live(const Context& context, std::uint64_t seq, std::string_view field,
                          const ledger::journal::Past::VisitRecord& visit);

// Errors: NotFound/unknown_record; InvalidInput/not_a_fee.
core::Result<PastFee> find_fee(const Context& context, std::uint64_t seq);

}  // namespace engine::corrections
