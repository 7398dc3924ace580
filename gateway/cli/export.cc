#include "core/bytes.h"
#include "engine/dispatch/records.h"
#include "gateway/cli/audit.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/service/book.h"
#include "reports/journals/journal.h"

namespace gateway::cli {
namespace {

using reports::journals::Format;

core::Result<> print_piece(std::string_view text) {
  print(text);
  return core::ok();
}

core::Result<> export_json_lines(const service::BookView& view) {
  ledger::RecordView record;
  TRY(view.log.read(0, view.size, [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
    TRY(ledger::decode_record(leaf, record));
    if (view.index.is_voided(record.seq)) return core::ok();
    return print_piece(core::json::print(engine::dispatch::record_to_json(record)) + "\n");
  }));
  return core::ok();
}

core::Result<> export_journal(const service::BookView& view, Format format) {
  TRY(const core::Hash root, view.index.root_at(view.size));
  const reports::journals::JournalHeader header{view.genesis.origin, view.size,
                                                core::to_base64(root.bytes),
                                                view.genesis.simulated_seed.has_value()};
  reports::journals::Declarations declarations;
  for (auto& account : view.index.accounts("", view.size)) {
    declarations.accounts.push_back(std::move(account.path));
  }
  for (auto& commodity : view.index.commodities()) {
    declarations.commodities.push_back(std::move(commodity.code));
  }
  std::ranges::sort(declarations.commodities);
  TRY(const auto writer, reports::journals::make_writer(format, header, declarations, print_piece));
  ledger::RecordView record;
  TRY(view.log.read(0, view.size, [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
    TRY(ledger::decode_record(leaf, record));
    if (view.index.is_voided(record.seq) && format != Format::Leaves) return core::ok();
    return writer->write(record, leaf);
  }));
  return writer->finish();
}

core::Result<> export_book(const ExportArguments& arguments) {
  TRY(const auto book, service::ReadOnlyBook::open({arguments.data}));
  access::Question question{"export", query_text({{"format", arguments.format}})};
  question.bulk = true;
  std::uint64_t size = 0;
  TRY(book->read([&](const service::BookView& view) {
    size = view.size;
    return core::ok();
  }));
  TRY(put_down(arguments.data, book.get(), question, {"", size}));
  return book->read([&](const service::BookView& view) -> core::Result<> {
    if (arguments.format == "jsonl") return export_json_lines(view);
    TRY(const Format format, reports::journals::parse_format(arguments.format));
    return export_journal(view, format);
  });
}

}  // namespace

int run_export(const ExportArguments& arguments) {
  int code = 0;
  failed(export_book(arguments), code);
  return code;
}

}  // namespace gateway::cli
