#include "gateway/service/init.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "core/files.h"
#include "core/iso4217.h"
#include "engine/access/decide.h"
#include "engine/access_records.h"
#include "engine/choices.h"
#include "engine/setup/genesis.h"
#include "gateway/service/book.h"
#include "gateway/service/determinism.h"
#include "gateway/service/queries.h"
#include "gateway/service/unfinished.h"
#include "gateway/spool/spool.h"
#include "ledger/journal/journal.h"
#include "ledger/store/rocks_log.h"

namespace gateway::service {
namespace {

constexpr std::uint64_t kSemantics = 1;
constexpr std::size_t kBookIdBytesMax = 32;
constexpr std::size_t kOfficers = 2;
constexpr std::string_view kUnfinishedText =
    "tally init was interrupted here; run it again with the same --data.\n";
// A simulated book begins before anything it may tell of.
constexpr core::Date kSimulatedBegin{10957};  // 2000-01-01.

bool is_book_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

core::Result<std::string> book_id(const std::string& origin) {
  const std::string id = origin.substr(origin.rfind('/') + 1);
  if (!id.empty() && id.size() <= kBookIdBytesMax && std::ranges::all_of(id, is_book_character)) {
    return id;
  }
  return core::invalid("origin", "book",
                       "The origin looks like ledger.example/broker-1; its last part has 1 to 32 "
                       "of a-z, 0-9 and '-'.");
}

core::Result<> check_options(const InitOptions& options, core::Instant now) {
  const auto& profiles = core::EnumNames<engine::Jurisdiction>::names;
  if (std::ranges::find(profiles, options.profile) == profiles.end()) {
    return core::invalid("profile", "profile", "Choose cysec, fca, asic or offshore.");
  }
  if (options.officers.size() > kOfficers) {
    return core::invalid("officers", "officer", "A book begins with two officers.");
  }
  TRY(core::local_date(options.time_zone, now));
  std::vector<std::string> given = options.officers;
  given.push_back(options.root_key);
  std::set<core::PublicKey> keys;
  for (const std::string& vkey : given) {
    if (vkey.empty()) continue;
    TRY(const auto key, ledger::parse_verifier_key(vkey));
    if (!keys.insert(key.key).second) {
      return core::invalid("officers", "officer",
                           "The officers and the root key are three keys: a key is one person's.");
    }
  }
  return core::ok();
}

// A key made here, written for its owner; gives its vkey.
core::Result<std::string> make_key(const InitOptions& options, const std::string& purpose,
                                   std::vector<std::string>& made) {
  const auto key = core::SigningKey::from_seed(key_seed(options.simulated_seed, purpose));
  TRY(const auto signer, ledger::NoteSigner::create(options.origin + "-" + purpose, key));
  const std::string path = options.folder.keys() + "/" + purpose + ".key";
  TRY(core::write_file(path, signer.private_key_text() + "\n", core::FileAccess::OwnerOnly));
  made.push_back(path);
  return to_string(signer.verifier_key());
}

core::Result<std::string> given_or_made(const InitOptions& options, const std::string& given,
                                        const std::string& purpose,
                                        std::vector<std::string>& made) {
  if (given.empty()) return make_key(options, purpose, made);
  return given;
}

core::Result<> make_folders(const Folder& folder) {
  TRY(core::make_folder(folder.keys(), core::FileAccess::OwnerOnly));
  TRY(core::make_folder(folder.private_folder(), core::FileAccess::OwnerOnly));
  return core::make_folder(folder.root + "/signer", core::FileAccess::OwnerOnly);
}

core::Result<ledger::Genesis> make_genesis(const InitOptions& options,
                                           const ledger::VerifierKey& log_key, InitReport& report) {
  ledger::Genesis genesis;
  genesis.origin = options.origin;
  genesis.book = report.book;
  genesis.log_key.assign(log_key.key.bytes.begin(), log_key.key.bytes.end());
  TRY(genesis.root_key, given_or_made(options, options.root_key, "root", report.made));
  genesis.profile = options.profile;
  genesis.time_zone = options.time_zone;
  for (std::size_t i = 0; i < kOfficers; ++i) {
    const std::string given = i < options.officers.size() ? options.officers[i] : "";
    const std::string purpose = "officer-" + std::to_string(i + 1);
    TRY(auto officer, given_or_made(options, given, purpose, report.made));
    genesis.officers.push_back(std::move(officer));
  }
  genesis.commodity_table = core::currency_table_digest();
  genesis.semantics = kSemantics;
  genesis.simulated_seed = options.simulated_seed;
  return genesis;
}

core::Error exists(const Folder& folder) {
  return core::conflict("exists", folder.root, "There is a book here already.");
}

// Takes away what an interrupted making left, so that it can begin again. Nobody was ever answered
// from such a book. Errors: Conflict/exists if there is a book, or a part of one.
core::Result<> clear_unfinished(const Folder& folder) {
  if (!core::file_exists(unfinished_path(folder))) {
    // Without a store it may be one that lost it: its keys and its memory are not ours to replace.
    const bool is_free = !core::file_exists(folder.store()) &&
                         !core::file_exists(folder.signer_memory()) &&
                         !core::file_exists(folder.log_key());
    return is_free ? core::ok() : core::Result<>(exists(folder));
  }
  std::error_code error;
  for (const std::string& path : {folder.store(), folder.index(), folder.snapshot(),
                                  folder.signer_memory(), folder.references(), folder.access(),
                                  folder.root + "/vault", folder.keys() + "/vault.kek"}) {
    std::filesystem::remove_all(path, error);
    if (error) return core::unavailable("io", path, "Deleting failed: " + error.message() + ".");
  }
  return core::ok();
}

core::Result<> write_token(const std::string& path, std::string_view prefix) {
  core::SystemRandom random;
  const std::string token = std::string(prefix) + core::to_hex(random.take<24>());
  return core::write_file(path, token + "\n", core::FileAccess::OwnerOnly);
}

// The store, with the first record in it, and the memory of having signed it.
core::Result<> write_first_record(const InitOptions& options, const ledger::Genesis& genesis,
                                  ledger::NoteSigner signer, core::Instant now) {
  ledger::SignerState initial;
  initial.origin = options.origin;
  initial.key_id = signer.verifier_key().id;
  initial.signed_root = ledger::empty_root();
  TRY(initial.note, ledger::sign_checkpoint({initial.origin, 0, initial.signed_root}, signer));
  TRY(auto memory, ledger::SignerMemory::create(options.folder.signer_memory(), initial));

  ledger::store::RocksOptions store;
  store.path = options.folder.store();
  store.create = true;
  TRY(auto log, ledger::store::open_rocks_log(store));
  // The first opening makes the index.
  TRY(auto index, ledger::index::Index::open(ledger::index::make_memory_index_store(), {}));
  TRY(auto journal,
      ledger::journal::Journal::open(
          {std::move(log), std::move(index), std::move(memory),
           ledger::journal::one_signer(std::move(signer)), salt_source(options.simulated_seed)},
          "tally init", {}));
  TRY(journal->stage(engine::setup::genesis_batch(genesis, now), now, {}));
  return journal->commit();
}

}  // namespace

core::Result<InitReport> init_book(const InitOptions& options, core::Clock& clock) {
  const Folder& folder = options.folder;
  const core::Instant now =
      options.simulated_seed ? core::utc_midnight(kSimulatedBegin) : clock.now();
  InitReport report;
  TRY(report.book, book_id(options.origin));
  if (options.access_log && engine::access::is_log_of_reads(options.origin)) {
    return core::invalid("origin", "book",
                         "A book's name does not end like that of a log of reads: /access.");
  }
  TRY(check_options(options, now));
  const auto key = core::SigningKey::from_seed(key_seed(options.simulated_seed, "log"));
  TRY(auto signer, ledger::NoteSigner::create(options.origin, key));
  report.verifier_key = to_string(signer.verifier_key());

  TRY(clear_unfinished(folder));
  TRY(core::make_folder(folder.root));
  TRY(core::write_file(unfinished_path(folder), kUnfinishedText));
  TRY(make_folders(folder));
  TRY(core::write_file(folder.log_key(), signer.private_key_text() + "\n",
                       core::FileAccess::OwnerOnly));
  if (options.tokens) {
    TRY(write_token(folder.token(), "tally_"));
    TRY(write_token(folder.auditor_token(), "tally_auditor_"));
  }
  TRY(core::write_file(folder.verifier_key(), report.verifier_key + "\n"));
  TRY(const auto genesis, make_genesis(options, signer.verifier_key(), report));
  TRY(write_first_record(options, genesis, std::move(signer), now));
  if (options.access_log && !options.simulated_seed) {
    TRY(make_access_log(folder, genesis, clock));
  }
  // From here on there is a book.
  TRY(core::remove_file(unfinished_path(folder)));
  return report;
}

namespace {

// Which number the first entry of a new spool gets: 1, or of a log with readings the one after a
// gap.
core::Result<std::uint64_t> first_number_of(const Folder& log) {
  TRY(const auto book, ReadOnlyBook::open(log));
  std::uint64_t first = 1;
  TRY(book->read([&](const BookView& view) -> core::Result<> {
    TRY(const auto page,
        view.index.kind_records(engine::ReadRecorded::kKind,
                                {view.size - 1, view.size, 1, ledger::index::Order::Descending}));
    if (page.entries.empty()) return core::ok();
    TRY(const core::Bytes leaf, query_leaf(view, page.entries.front()));
    ledger::RecordView record;
    TRY(ledger::decode_record(leaf, record));
    TRY(const auto body, core::from_cbor<engine::ReadRecorded>(record.body));
    first = body.reading.number + 2;
    return core::ok();
  }));
  return first;
}

}  // namespace

core::Result<> make_access_log(const Folder& folder, const ledger::Genesis& genesis,
                               core::Clock& clock, const std::string& last_origin) {
  const Folder log{folder.access()};
  const bool is_book = core::file_exists(log.store()) && !core::file_exists(unfinished_path(log));
  TRY(core::make_folder(log.root, core::FileAccess::OwnerOnly));
  // The spool first: from now on what is read is put down.
  if (!core::file_exists(folder.access_spool())) {
    std::uint64_t first = 1;
    if (is_book) {
      TRY(first, first_number_of(log));
    }
    TRY(spool::Spool::create(folder.access_spool(), first));
  }
  if (is_book) return core::ok();
  InitOptions options;
  options.folder = log;
  options.origin = engine::access::next_log_origin(genesis.origin, last_origin);
  options.profile = genesis.profile;
  options.time_zone = genesis.time_zone;
  options.officers = genesis.officers;
  options.root_key = genesis.root_key;
  options.tokens = false;
  options.access_log = false;
  TRY(init_book(options, clock));
  return core::ok();
}

}  // namespace gateway::service
