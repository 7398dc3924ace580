#include "gateway/service/queries.h"

#include <algorithm>
#include <charconv>

#include "core/check.h"
#include "engine/dispatch/records.h"
#include "gateway/service/as_of.h"
#include "gateway/service/book_key.h"
#include "gateway/service/json_number.h"
#include "ledger/account.h"

namespace gateway::service {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

core::Result<std::string> resolve_account(core::References& references,
                                          const std::string& account) {
  if (account.empty()) return std::string();
  // A prefix need not be a whole account: "liabilities:cm" is one too.
  TRY(const auto path, core::Codec<ledger::AccountPath>::from_json(Value(account), &references));
  return path.text;
}

Value balances_to_json(const std::vector<ledger::index::Balance>& balances) {
  Array out;
  for (const auto& balance : balances) {
    const core::Amount& amount = balance.amount;
    out.push_back(Object{{"account", balance.account},
                         {"amount", core::print_fixed(amount.minor, amount.commodity.scale)},
                         {"commodity", amount.commodity.code}});
  }
  return out;
}

core::Result<> check_record(const BookView& view, std::uint64_t seq) {
  if (seq < view.size) return core::ok();
  return core::not_found(
      "unknown_record", "seq",
      "The book ends before this sequence; its size is " + std::to_string(view.size) + ".");
}

}  // namespace

core::Result<std::uint64_t> parse_number(std::string_view text, std::string_view field) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size() && !text.empty()) return value;
  return core::invalid("number", std::string(field), "A whole number is expected here.");
}

Value receipt_to_json(const ledger::journal::Receipt& receipt) {
  Array hashes;
  for (const core::Hash& hash : receipt.leaf_hashes) hashes.push_back(core::to_hex(hash.bytes));
  return Object{{"seq", number(receipt.first_seq)},
                {"count", number(receipt.count)},
                {"recorded_at", core::to_string(receipt.recorded_at)},
                {"leaf_hashes", std::move(hashes)},
                {"hit", receipt.hit}};
}

Value answer_to_json(const ReceiptResult& answer) {
  if (!answer) return Object{{"error", problem_to_json(answer.error())}};
  if (answer.value().preview) return Object{{"preview", *answer.value().preview}};
  return Object{{"receipt", receipt_to_json(answer.value())}};
}

int status_of(const core::Error& error) {
  switch (error.code) {
    case core::Code::InvalidInput:
      return error.reason == "too_large" ? 413 : 400;
    case core::Code::NotFound:
      // Gone: it was here, and will not be again.
      return error.reason == "document_erased" ? 410 : 404;
    case core::Code::Conflict:
      return 409;
    case core::Code::Overflow:
      return 422;
    case core::Code::Corrupt:
      return 500;
    case core::Code::Unavailable:
      return 503;
  }
  CHECK(false);
}

Value problem_to_json(const core::Error& error) {
  Object problem{{"type", "urn:tallystick:error:" + error.reason},
                 {"title", core::code_name(error.code)},
                 {"status", status_of(error)},
                 {"detail", error.detail},
                 {"code", core::code_name(error.code)},
                 {"reason", error.reason}};
  if (!error.at.empty()) problem.emplace_back("at", error.at);
  return problem;
}

Value describe_book(const BookView& view) {
  const ledger::Genesis& genesis = view.genesis;
  const auto root = view.index.root_at(view.size);
  const auto history = log_keys_of(view);
  const auto vkey = [&](const ledger::LogKey& key) {
    const auto known = ledger::verifier_key_of(history.value(), key);
    return known ? to_string(known.value()) : std::string();
  };
  return Object{{"book", genesis.book},
                {"origin", genesis.origin},
                {"profile", genesis.profile},
                {"time_zone", genesis.time_zone},
                {"simulated", genesis.simulated_seed.has_value()},
                {"verifier_key", history ? vkey(history.value().keys.front()) : ""},
                {"signing_key", history ? vkey(history.value().keys.back()) : ""},
                {"size", number(view.size)},
                {"root", root ? core::to_base64(root.value().bytes) : ""},
                {"published_size", number(view.last_published().size)}};
}

core::Result<Value> query_balances(const BookView& view, core::References& references,
                                   const BalanceQuery& query) {
  TRY(const Moment moment, resolve_moment(view, query.as_of, query.effective_at));
  TRY(const std::string account, resolve_account(references, query.account));
  TRY(check_account(view, moment, account, Exactly::OrBelow));
  const std::uint64_t last = moment.end_seq() - 1;
  std::vector<ledger::index::Balance> balances;
  if (moment.effective_at) {
    TRY(balances, view.index.balances_effective(account, last, *moment.effective_at));
  } else {
    TRY(balances, view.index.balances_at(account, last));
  }
  if (balances.empty()) {
    TRY(check_effect(view, moment, account));
  }
  return Value(Object{{"as_of", moment_to_json(moment)}, {"balances", balances_to_json(balances)}});
}

core::Result<core::Bytes> query_leaf(const BookView& view, std::uint64_t seq) {
  TRY(check_record(view, seq));
  core::Bytes out;
  TRY(view.log.read(seq, seq + 1, [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
    out.assign(leaf.begin(), leaf.end());
    return core::ok();
  }));
  return out;
}

core::Result<Value> query_record(const BookView& view, std::uint64_t seq) {
  TRY(const core::Bytes leaf, query_leaf(view, seq));
  ledger::RecordView record;
  TRY(ledger::decode_record(leaf, record));
  return engine::dispatch::record_to_json(record);
}

core::Result<Value> query_records(const BookView& view, std::uint64_t first, std::uint64_t limit) {
  const std::uint64_t end = std::min(view.size, first + std::min(limit, kPageMax));
  Array records;
  ledger::RecordView record;
  if (first < end) {
    TRY(view.log.read(first, end, [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
      TRY(ledger::decode_record(leaf, record));
      records.push_back(engine::dispatch::record_to_json(record));
      return core::ok();
    }));
  }
  Object page{{"size", number(view.size)}};
  if (first < end && end < view.size) page.emplace_back("next", number(end));
  page.emplace_back("records", std::move(records));
  return Value(std::move(page));
}

}  // namespace gateway::service
