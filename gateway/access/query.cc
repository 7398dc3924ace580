#include "gateway/access/query.h"

#include <algorithm>

#include "engine/access/decide.h"
#include "engine/access_records.h"
#include "gateway/service/as_of.h"
#include "gateway/service/queries.h"

namespace gateway::access {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;
using ledger::index::Order;
using service::BookView;

constexpr std::size_t kLookedAtMax = 4096;
constexpr std::size_t kPiece = 256;
constexpr std::size_t kWaitingMax = 1000;

core::Result<ledger::SubjectId> read_id(const std::string& text, std::string_view field,
                                        const FindName& find) {
  auto id = text.starts_with('@') ? find(text) : core::parse_id_bytes(text);
  if (!id) return std::move(id.error()).within(field);
  return id.value();
}

bool wants(const AccessQuery& query, const engine::Reading& reading) {
  return (!query.actor || reading.actor == *query.actor) &&
         (!query.from || reading.at >= *query.from) && (!query.to || reading.at < *query.to);
}

bool is_named(const AccessQuery& query, const std::vector<core::PartyId>& shown) {
  return query.subject && std::ranges::find(shown, core::PartyId{*query.subject}) != shown.end();
}

Value to_json(const AccessQuery& query, const engine::Reading& reading,
              const std::vector<core::PartyId>& shown, std::optional<std::uint64_t> seq) {
  Object out;
  if (seq) out.emplace_back("seq", static_cast<std::int64_t>(*seq));
  auto read = core::to_json(reading);
  std::ranges::move(*read.as_object(), std::back_inserter(out));
  out.emplace_back("shown", core::Codec<std::vector<core::PartyId>>::to_json(shown));
  if (query.subject) out.emplace_back("named", is_named(query, shown));
  return out;
}

// Sequences below `before`, descending: of the subject's readings and the bulk reads, or of all.
core::Result<std::vector<std::uint64_t>> next_sequences(const BookView& log,
                                                        const AccessQuery& query,
                                                        std::uint64_t before) {
  std::vector<std::uint64_t> out;
  if (before == 0) return out;
  const ledger::index::PageQuery page{before - 1, before, kPiece, Order::Descending};
  if (!query.subject) {
    TRY(auto all, log.index.kind_records(engine::ReadRecorded::kKind, page));
    return std::move(all.entries);
  }
  for (const auto& subject : {*query.subject, engine::access::bulk_subject()}) {
    TRY(const auto some, log.index.subject_records(subject, page));
    out.insert(out.end(), some.entries.begin(), some.entries.end());
  }
  std::ranges::sort(out, std::greater{});
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (out.size() > kPiece) out.resize(kPiece);
  return out;
}

struct Recorded {
  engine::Reading reading;
  std::vector<core::PartyId> shown;
};

core::Result<Recorded> read_recorded(const BookView& log, std::uint64_t seq) {
  TRY(const core::Bytes leaf, service::query_leaf(log, seq));
  ledger::RecordView record;
  TRY(ledger::decode_record(leaf, record));
  Recorded out;
  TRY(auto body, core::from_cbor<engine::ReadRecorded>(record.body));
  out.reading = std::move(body.reading);
  for (const ledger::SubjectLink& link : record.subjects) {
    if (link.id != engine::access::bulk_subject()) out.shown.push_back({link.id});
  }
  return out;
}

// What is in the spool and not in the log yet, oldest first.
core::Result<Array> waiting(const BookView& log, const std::string& spool_path,
                            const AccessQuery& query) {
  std::uint64_t recorded = 0;
  TRY(const auto last, next_sequences(log, AccessQuery{}, log.size));
  if (!last.empty()) {
    TRY(const auto newest, read_recorded(log, last.front()));
    recorded = newest.reading.number;
  }
  Array out;
  TRY(spool::read_spool(spool_path, [&](spool::Entry entry) -> core::Result<bool> {
    if (entry.number <= recorded) return true;
    TRY(auto command, core::from_cbor<engine::RecordRead>(entry.payload));
    command.reading.number = entry.number;
    const bool concerns = !query.subject || command.reading.bulk || is_named(query, command.shown);
    if (concerns && wants(query, command.reading)) {
      out.push_back(to_json(query, command.reading, command.shown, std::nullopt));
    }
    return out.size() < kWaitingMax;
  }));
  return out;
}

}  // namespace

core::Result<AccessQuery> read_access_query(const AccessRequest& request, const FindName& find) {
  AccessQuery query;
  if (!request.subject.empty()) {
    TRY(query.subject, read_id(request.subject, "subject", find));
  }
  if (request.actor == "@local") {
    query.actor = engine::access::local_actor();
  } else if (!request.actor.empty()) {
    TRY(const auto actor, read_id(request.actor, "actor", find));
    query.actor = core::PartyId{actor};
  }
  TRY(query.from, service::parse_time(request.from, "from"));
  TRY(query.to, service::parse_time(request.to, "to"));
  if (query.from && query.to && *query.from >= *query.to) {
    return core::invalid("period", "to", "The period does not end after it starts.");
  }
  if (!request.before.empty()) {
    TRY(query.before, service::parse_number(request.before, "before"));
  }
  if (request.limit.empty()) return query;
  TRY(query.limit, service::parse_number(request.limit, "limit"));
  if (query.limit >= 1 && query.limit <= kReadsMax) return query;
  return core::invalid("limit", "limit", "A page has 1 to 1000 readings.");
}

core::Result<Value> query_access(const BookView& log, const std::string& spool_path,
                                 const AccessQuery& query) {
  Array reads;
  std::uint64_t before = std::min(query.before.value_or(log.size), log.size);
  std::size_t looked_at = 0;
  bool more = true;
  while (more && reads.size() < query.limit && looked_at < kLookedAtMax) {
    TRY(const auto seqs, next_sequences(log, query, before));
    more = !seqs.empty();
    for (const std::uint64_t seq : seqs) {
      if (reads.size() >= query.limit || looked_at >= kLookedAtMax) break;
      before = seq;
      ++looked_at;
      TRY(const auto one, read_recorded(log, seq));
      if (wants(query, one.reading)) {
        reads.push_back(to_json(query, one.reading, one.shown, seq));
      }
    }
  }
  if (more) {
    TRY(const auto rest, next_sequences(log, query, before));
    more = !rest.empty();
  }
  Object out;
  if (query.subject) out.emplace_back("subject", core::to_hex(*query.subject));
  out.emplace_back("reads", std::move(reads));
  if (!query.before) {
    TRY(auto spooled, waiting(log, spool_path, query));
    out.emplace_back("waiting", std::move(spooled));
  }
  if (more) out.emplace_back("next", static_cast<std::int64_t>(before));
  return Value(std::move(out));
}

}  // namespace gateway::access
