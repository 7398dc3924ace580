#include "engine/corrections/past_fee.h"

#include <algorithm>
#include <optional>

#include "engine/pamm_commands.h"
#include "engine/trading_records.h"
#include "ledger/bodies.h"

namespace engine::corrections {
namespace {

core::Error unknown(std::uint64_t seq, std::string_view field) {
  return core::not_found("unknown_record", std::string(field),
                         "No record " + std::to_string(seq) + " took effect before this command.");
}

struct Price {
  core::Minor equity = 0;
  core::Minor units = 0;
};

core::Result<std::optional<Price>> price_in(const Context& context, std::uint64_t seq,
                                            const core::StructureId& structure) {
  std::optional<Price> price;
  TRY(context.past.record_at(seq, [&](const ledger::RecordView& record) -> core::Result<> {
    if (record.kind != RolloverCompleted::kKind) return core::ok();
    TRY(const auto body, core::from_cbor<RolloverCompleted>(record.body));
    if (body.structure == structure) price = Price{body.equity_before, body.units_before};
    return core::ok();
  }));
  return price;
}

// A rollover's last records are its completion, the event and, if it was written in parts, its end.
constexpr std::uint64_t kRecordsBehindCompletion = 4;

// The price of the rollover that charged the fee. A list of commands may hold several rollovers.
core::Result<Price> price_of(const Context& context, std::uint64_t seq,
                             const ledger::BatchPlace& batch, const core::StructureId& structure) {
  bool alone = false;
  TRY(context.past.record_at(batch.first_seq,
                             [&](const ledger::RecordView& record) -> core::Result<> {
                               TRY(const auto key, ledger::read_command_key(record.body));
                               alone = key.type == Rollover::kType;
                               return core::ok();
                             }));
  const std::uint64_t end = batch.first_seq + batch.count;
  const std::uint64_t begin =
      alone ? std::max(seq + 1, end - std::min(end, kRecordsBehindCompletion)) : seq + 1;
  for (std::uint64_t at = begin; at < end; ++at) {
    TRY(const auto price, price_in(context, at, structure));
    if (price) return *price;
  }
  return core::corrupt("engine_record", "seq " + std::to_string(seq),
                       "The fee's batch has no completed rollover.");
}

FeeCorrected as_corrected(const FeeCharged& charged) {
  FeeCorrected out;
  out.structure = charged.structure;
  out.client = charged.client;
  out.fee = charged.fee;
  // With a tax on top of it: what left the investor.
  out.amount = charged.equity_before - charged.equity_after;
  out.amount_before = out.amount;
  out.equity_before = charged.equity_before;
  out.mark_before = charged.mark_before;
  out.mark_after = charged.mark_after;
  out.units_cancelled = charged.units_cancelled;
  out.on_withdrawal = charged.withdrawn.has_value();
  return out;
}

}  // namespace

core::Minor PastFee::posted(std::string_view account, std::string_view commodity) const {
  core::Minor sum = 0;
  for (const ledger::Posting& posting : postings) {
    if (posting.account == account && posting.commodity == commodity) sum += posting.amount;
  }
  return sum;
}

core::Result<> visit_live(const Context& context, std::uint64_t seq, std::string_view field,
                          const ledger::journal::Past::VisitRecord& visit) {
  if (seq >= context.command_seq) return unknown(seq, field);
  // A batch that was broken off and voided lacks its last record.
  ledger::BatchPlace batch;
  TRY(context.past.record_at(seq, [&](const ledger::RecordView& record) {
    batch = record.batch;
    return core::ok();
  }));
  const std::uint64_t last = batch.first_seq + batch.count - 1;
  bool whole = false;
  if (last < context.command_seq) {
    TRY(context.past.record_at(last, [&](const ledger::RecordView& record) {
      whole = record.batch.first_seq == batch.first_seq;
      return core::ok();
    }));
  }
  if (!whole) return unknown(seq, field);
  return context.past.record_at(seq, visit);
}

core::Result<PastFee> find_fee(const Context& context, std::uint64_t seq) {
  PastFee out;
  ledger::BatchPlace batch;
  bool priced = false;
  TRY(visit_live(context, seq, "fee", [&](const ledger::RecordView& record) -> core::Result<> {
    if (record.kind == FeeCharged::kKind) {
      TRY(const auto charged, core::from_cbor<FeeCharged>(record.body));
      out.fee = as_corrected(charged);
    } else if (record.kind == AccountFeeCharged::kKind) {
      TRY(const auto charged, core::from_cbor<AccountFeeCharged>(record.body));
      out.fee = as_corrected(charged.fee);
      out.fee.account = charged.account;
      out.fee.currency = charged.currency;
      out.reserved = std::ranges::any_of(charged.fee.shares, [](const FeeShare& share) {
        return share.of == FeeShareOf::Reserve;
      });
    } else if (record.kind == FeeCorrected::kKind) {
      TRY(out.fee, core::from_cbor<FeeCorrected>(record.body));
      priced = true;
    } else {
      return core::invalid("not_a_fee", "fee",
                           "This record is no fee_charged, account_fee_charged or fee_corrected.");
    }
    out.effective_at = record.effective_at;
    batch = record.batch;
    for (const ledger::PostingView& posting : record.postings) {
      out.postings.push_back(
          {std::string(posting.account), std::string(posting.commodity), posting.amount});
    }
    return core::ok();
  }));
  if (!priced && !out.fee.account) {
    TRY(const Price price, price_of(context, seq, batch, out.fee.structure));
    out.fee.price_equity = price.equity;
    out.fee.price_units = price.units;
  }
  return out;
}

}  // namespace engine::corrections
