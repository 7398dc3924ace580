#include "gateway/service/segregation.h"

#include <map>
#include <optional>

#include "core/amount.h"
#include "core/iso4217.h"
#include "engine/client_money_records.h"
#include "engine/segregation_records.h"
#include "gateway/service/json_number.h"
#include "gateway/service/records_of_kind.h"

namespace gateway::service {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;
using engine::ClientMoneyBreached;
using engine::SegregationRecorded;

// A body's members by name, money in the currency's decimals.
class MoneyWriter {
 public:
  explicit MoneyWriter(unsigned scale) : scale_(scale) {}

  template <class T>
  void operator()(std::uint64_t, std::string_view name, const T& value) {
    if (!core::fields::is_absent(value)) members_.emplace_back(std::string(name), shown(value));
  }
  Object take() { return std::move(members_); }

 private:
  template <class T>
  Value shown(const T& value) const {
    if constexpr (std::is_same_v<T, core::Minor>) {
      return core::print_fixed(value, scale_);
    } else if constexpr (core::Described<T>) {
      MoneyWriter inner(scale_);
      T::describe(value, inner);
      return inner.take();
    } else if constexpr (std::is_same_v<T, std::vector<engine::StatementCompared>>) {
      Array out;
      for (const auto& item : value) out.push_back(shown(item));
      return out;
    } else {
      return core::Codec<T>::to_json(value);
    }
  }

  unsigned scale_;
  Object members_;
};

template <class Body>
Object show(const Placed<Body>& placed, const std::string& currency) {
  MoneyWriter writer(core::currency_scale(currency).value_or(0));
  Body::describe(placed.body, writer);
  Object out{{"seq", number(placed.seq)}, {"recorded_at", core::to_string(placed.recorded_at)}};
  for (auto& member : writer.take()) out.push_back(std::move(member));
  return out;
}

// The query's currency and days.
struct Wanted {
  std::string currency;
  std::optional<core::Date> from;
  std::optional<core::Date> to;

  bool has(const std::string& other, core::Date date) const {
    return has(other) && (!from || *from <= date) && (!to || date <= *to);
  }
  bool has(const std::string& other) const { return currency.empty() || currency == other; }
};

core::Result<std::optional<core::Date>> parse_day(const std::string& text, std::string_view field) {
  if (text.empty()) return std::optional<core::Date>();
  auto date = core::parse_date(text);
  if (!date) return std::move(date.error()).within(field);
  return std::optional(date.value());
}

core::Result<Wanted> parse(const SegregationQuery& query) {
  Wanted wanted{query.currency, {}, {}};
  if (!query.currency.empty() && !core::currency_scale(query.currency)) {
    return core::invalid("unknown_currency", "currency",
                         "Use the ISO 4217 code of a currency, such as EUR.");
  }
  TRY(wanted.from, parse_day(query.from, "from"));
  TRY(wanted.to, parse_day(query.to, "to"));
  return wanted;
}

// What did later what was missing: a calculation of the same day, or the end of the item.
class Ends {
 public:
  static core::Result<Ends> read(const BookView& view,
                                 const std::vector<Placed<SegregationRecorded>>& calculations) {
    Ends ends;
    for (const auto& one : calculations) {
      ends.days_.emplace(std::pair(one.body.currency, one.body.date), one.seq);
    }
    TRY(const auto receipts, all_of<engine::ReceiptEnded>(view));
    for (const auto& one : receipts) ends.items_.emplace(one.body.receipt.bytes, one.seq);
    TRY(const auto transfers, all_of<engine::TransferEnded>(view));
    for (const auto& one : transfers) ends.items_.emplace(one.body.transfer.bytes, one.seq);
    return ends;
  }

  std::optional<std::uint64_t> of(const ClientMoneyBreached& breach) const {
    if (breach.item) return find(items_, breach.item->bytes);
    return find(days_, std::pair(breach.currency, breach.date.value_or(core::Date{})));
  }

 private:
  template <class Map, class Key>
  static std::optional<std::uint64_t> find(const Map& map, const Key& key) {
    const auto found = map.find(key);
    if (found == map.end()) return std::nullopt;
    return found->second;
  }

  std::map<std::pair<std::string, core::Date>, std::uint64_t> days_;
  std::map<ledger::SubjectId, std::uint64_t> items_;
};

core::Result<Array> show_breaches(const BookView& view, const Wanted& wanted,
                                  const std::vector<Placed<SegregationRecorded>>& calculations) {
  Array out;
  TRY(const auto breaches, all_of<ClientMoneyBreached>(view));
  if (breaches.empty()) return out;
  TRY(const Ends ends, Ends::read(view, calculations));
  for (const auto& breach : breaches) {
    const core::Date day = breach.body.date.value_or(core::utc_date(breach.body.due));
    if (!wanted.has(breach.body.currency, day)) continue;
    Object shown = show(breach, breach.body.currency);
    const auto ended = ends.of(breach.body);
    if (ended) shown.emplace_back("ended_seq", number(*ended));
    out.push_back(std::move(shown));
  }
  return out;
}

}  // namespace

core::Result<Value> query_segregation(const BookView& view, const SegregationQuery& query) {
  TRY(const Wanted wanted, parse(query));
  Array rules;
  TRY(const auto all_rules, all_of<engine::SegregationRuleSet>(view));
  for (const auto& rule : all_rules) {
    if (!wanted.has(rule.body.rule.currency)) continue;
    rules.push_back(show(rule, rule.body.rule.currency));
  }
  Array shown;
  TRY(const auto calculations, all_of<SegregationRecorded>(view));
  for (const auto& one : calculations) {
    if (!wanted.has(one.body.currency, one.body.date)) continue;
    shown.push_back(show(one, one.body.currency));
  }
  TRY(auto breaches, show_breaches(view, wanted, calculations));
  return Value(Object{{"rules", std::move(rules)},
                      {"calculations", std::move(shown)},
                      {"breaches", std::move(breaches)}});
}

}  // namespace gateway::service
