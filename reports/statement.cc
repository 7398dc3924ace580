#include "reports/statement.h"

#include <algorithm>

#include "engine/mam_records.h"
#include "engine/trading_records.h"
#include "reports/copy_lines.h"
#include "reports/group_lines.h"
#include "reports/other_currencies.h"
#include "reports/pool_lines.h"
#include "reports/statement_totals.h"

namespace reports {
namespace {

using core::Result;

// Reads the records one by one, then closes the statement.
class Builder {
 public:
  explicit Builder(const StatementRequest& request) : scope_(request), balances_(request.client) {
    out_.structure = request.structure;
    out_.client = request.client;
    out_.from = request.from;
    out_.to = request.to;
    out_.profile = request.profile;
    out_.size = request.size;
  }

  Result<> read(const ledger::RecordView& record);
  Result<Statement> finish(Language language, const core::Hash& root) &&;

 private:
  void open_structure();
  Result<> open_account(const ledger::RecordView& record);
  Result<Meaning> read_lines(const Change& change);
  Result<> add_step(const Change& change, const Meaning& meaning);
  void take_facts();
  Result<> take_balances();
  Result<> take_pool();
  void sort_lines();
  Result<> measure();

  Scope scope_;
  ScopeReader scope_reader_;
  Balances balances_;
  std::optional<PoolLines> pool_;
  GroupLines group_;
  CopyLines copies_;
  OtherCurrencies others_;
  std::vector<ValueStep> steps_;
  Statement out_;
};

Result<> Builder::read(const ledger::RecordView& record) {
  out_.recorded_until = record.recorded_at;
  TRY(const bool opened, scope_reader_.read(record, scope_));
  if (opened) open_structure();
  if (record.kind == engine::TradingAccountOpened::kKind) {
    TRY(open_account(record));
  }
  Change change{record, scope_, scope_.span(record.effective_at), {}};
  TRY(change.moved, balances_.apply(record, change.span));
  TRY(others_.read(record, change.span));
  TRY(const Meaning meaning, read_lines(change));
  return add_step(change, meaning);
}

void Builder::open_structure() {
  if (scope_.model != engine::Model::Pamm) return;
  balances_.watch_pool(scope_);
  pool_.emplace(scope_);
  out_.holdings.emplace_back();
  out_.units.emplace();
}

Result<> Builder::open_account(const ledger::RecordView& record) {
  TRY(const auto body, body_of<engine::TradingAccountOpened>(record));
  if (!scope_.opened || !scope_.concerns(body.account.structure, body.account.client)) {
    return core::ok();
  }
  if (body.account.currency && *body.account.currency != scope_.currency.code) {
    TRY(auto currency, core::commodity(*body.account.currency));
    others_.watch_account(scope_, body.account.account, std::move(currency));
    return core::ok();
  }
  balances_.watch_account(scope_, body.account.account);
  group_.watch_account(body.account.account);
  copies_.watch_account(body.account.account);
  out_.holdings.push_back({body.account.account, {}, {}});
  return core::ok();
}

Result<Meaning> Builder::read_lines(const Change& change) {
  TRY(const Meaning common, read_common(change, out_));
  if (pool_) {
    TRY(Meaning meaning, pool_->read(change, out_));
    TRY(meaning.flow, core::add(meaning.flow, common.flow));
    return meaning;
  }
  if (scope_.opened) {
    TRY(group_.read(change, out_));
    TRY(copies_.read(change, out_));
  }
  return common;
}

Result<> Builder::add_step(const Change& change, const Meaning& meaning) {
  if (change.span != Span::Within) return core::ok();
  TRY(const Minor moved, core::add(change.moved.settled, change.moved.floating));
  if (moved == 0 && meaning.flow == 0 && !meaning.priced) return core::ok();
  return add_line(steps_, ValueStep{change.record.effective_at, change.record.seq, moved,
                                    meaning.flow, meaning.priced});
}

void Builder::take_facts() {
  out_.firm = scope_.genesis.origin;
  out_.simulated_seed = scope_.genesis.simulated_seed;
  out_.model = scope_.model;
  out_.currency = scope_.currency;
  out_.jurisdiction = scope_.opened->jurisdiction;
  out_.manager = scope_.opened->manager;
  out_.offer = scope_.opened->offer;
}

Result<Value> value_of(Minor settled, Minor floating, const std::optional<Evidence>& valued) {
  TRY(const Minor total, core::add(settled, floating));
  return Value{settled, floating, total, valued};
}

Result<> Builder::take_balances() {
  for (std::size_t i = 0; i < out_.holdings.size(); ++i) {
    const auto& [account, settled, floating] = balances_.held()[i];
    Holding& holding = out_.holdings[i];
    TRY(holding.open, value_of(settled.open, floating.open, holding.open.valued));
    TRY(holding.close, value_of(settled.close, floating.close, holding.close.valued));
  }
  out_.cash_open = balances_.cash_open(out_.currency.code);
  out_.cash_close = balances_.cash_close(out_.currency.code);
  std::erase_if(out_.cash_lines,
                [&](const CashLine& line) { return line.currency != out_.currency.code; });
  return core::ok();
}

Result<> Builder::take_pool() {
  if (!pool_) return core::ok();
  UnitHolding& units = *out_.units;
  units.open = balances_.units().open;
  units.close = balances_.units().close;
  if (units.price_units != 0) {
    TRY(const Minor unit, core::power_of_ten(kUnitScale));
    TRY(const Minor money, core::power_of_ten(out_.currency.scale));
    TRY(const auto price, core::Rational::of(units.price_equity, units.price_units));
    TRY(const auto scale, core::Rational::of(unit, money));
    TRY(units.price_e8,
        core::to_minor(core::multiply(price, scale), kUnitPriceScale, core::Rounding::HalfEven));
  }
  out_.mark = Mark{balances_.mark().open, balances_.mark().close};
  // What the pool has not attributed yet concerns those who hold its units.
  if (units.close != 0) out_.undistributed = balances_.undistributed().close;
  return core::ok();
}

// Recorded late does not mean that it took effect late: lines stand as they took effect.
void Builder::sort_lines() {
  const auto sort = [](auto& lines) {
    std::ranges::stable_sort(lines, {}, [](const auto& line) { return line.evidence.at; });
  };
  sort(out_.flows);
  sort(out_.results);
  sort(out_.fees);
  sort(out_.swaps);
  sort(out_.rebates);
  sort(out_.adjustments);
  sort(out_.transactions);
  sort(out_.copies);
  sort(out_.cash_lines);
  sort(out_.valuations);
}

Result<> Builder::measure() {
  std::ranges::stable_sort(steps_, {}, &ValueStep::at);
  const PeriodValues values{out_.from, out_.to, out_.totals.nav_open, std::move(steps_)};
  TRY(out_.sub_periods, sub_periods(values));
  TRY(out_.time_weighted, time_weighted(out_.sub_periods));
  TRY(out_.modified_dietz, modified_dietz(values));
  return core::ok();
}

Result<Statement> Builder::finish(Language language, const core::Hash& root) && {
  TRY(check_known(scope_));
  out_.language = language;
  out_.root = root;
  take_facts();
  TRY(take_balances());
  TRY(others_.add_to(out_));
  TRY(take_pool());
  sort_lines();
  TRY(group_.add_positions(out_));
  TRY(copies_.add_positions(out_));
  TRY(out_.totals, sum_up(out_));
  TRY(check_identity(out_));
  TRY(measure());
  return std::move(out_);
}

}  // namespace

Result<Statement> build_statement(const RecordSource& records, const StatementRequest& request) {
  TRY(check_period(request));
  TRY(const Language language, find_language(request.language));
  Builder builder(request);
  TRY(const core::Hash root, records(request.size, [&builder](const ledger::RecordView& record) {
        return builder.read(record);
      }));
  return std::move(builder).finish(language, root);
}

Result<StatementFiles> render_statement(const Statement& statement) {
  StatementFiles files;
  files.json = statement_json(statement);
  TRY(files.html, statement_html(statement));
  files.json_digest = core::sha256(core::as_bytes(files.json));
  files.html_digest = core::sha256(core::as_bytes(files.html));
  return files;
}

}  // namespace reports
