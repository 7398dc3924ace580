// person, sign: keys of people, and what they sign.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>

#include "core/files.h"
#include "engine/governance/decide.h"
#include "gateway/cli/audit.h"
#include "gateway/cli/lines.h"
#include "gateway/cli/output.h"
#include "gateway/cli/people_commands.h"
#include "gateway/service/actors.h"
#include "gateway/service/book.h"
#include "gateway/service/governance.h"
#include "gateway/service/log_keys.h"
#include "gateway/service/open_vault.h"
#include "ledger/command_envelope.h"
#include "ledger/keys/key_file.h"

namespace gateway::cli {
namespace {

using core::json::Object;
using core::json::Value;

// A key file bears a name; a person's bears none, because it may lie with others of the kind.
constexpr std::string_view kKeyName = "person";

core::Bytes person_key_bytes(const ledger::VerifierKey& key) {
  return {key.key.bytes.begin(), key.key.bytes.end()};
}

core::Result<core::Bytes> person_signature(const ledger::Signer& signer, core::ByteView message) {
  TRY(const core::Signature made, signer.sign_bytes(message));
  return core::Bytes(made.bytes.begin(), made.bytes.end());
}

core::Result<> make_key(const PeopleArguments& a) {
  if (core::file_exists(a.key)) {
    return core::conflict("exists", a.key, "Name a file that does not exist.");
  }
  core::SystemRandom random;
  const auto key = core::SigningKey::from_seed(random.take<32>());
  TRY(const auto signer, ledger::NoteSigner::create(std::string(kKeyName), key));
  const std::string plain = signer.private_key_text() + "\n";
  if (!a.encrypt) {
    TRY(core::write_file(a.key, plain, core::FileAccess::OwnerOnly));
  } else {
    TRY(const auto passphrase, service::choose_passphrase(a.key));
    core::Secret text(plain.size() - 1);
    std::ranges::copy(core::as_bytes(plain).first(plain.size() - 1), text.bytes().begin());
    TRY(const std::string sealed,
        ledger::keys::encrypted_key_text(text, passphrase, core::PassphraseCost{}, random));
    TRY(core::write_file(a.key, sealed, core::FileAccess::OwnerOnly));
  }
  print(core::to_hex(person_key_bytes(signer.verifier_key())) + "\n");
  return core::ok();
}

core::Result<std::unique_ptr<ledger::Signer>> open_key(const ledger::keys::KeyFile& file) {
  return ledger::keys::open_signer(file, service::find_passphrase);
}

// The names of a book. For one that is new the book is opened, because a name is given its id once,
// and what is signed is about the id.
class BookNames final : public core::References {
 public:
  static core::Result<BookNames> open(const std::string& data) {
    TRY(auto vault, service::open_vault_read_only({data}));
    return BookNames(data, std::move(vault));
  }

  core::Result<refs::IdBytes> resolve(std::string_view name) override {
    auto id = vault_.references({}).find(name);
    if (id || id.error().reason != "unknown_reference") return id;
    const auto made = made_.find(std::string(name));
    if (made != made_.end()) return made->second;
    core::SystemClock clock;
    TRY(const auto book, service::Book::open({data_}, clock));
    TRY(const auto party, service::party_of(*book, name));
    return made_[std::string(name)] = party.bytes;
  }

 private:
  BookNames(std::string data, service::OpenedVault vault)
      : data_(std::move(data)), vault_(std::move(vault)) {}

  std::string data_;
  service::OpenedVault vault_;
  std::map<std::string, refs::IdBytes> made_;
};

core::Result<core::PartyId> person_of(const PeopleArguments& a) {
  if (!a.person.starts_with('@')) return core::parse_id<core::PartyId>(a.person);
  TRY(auto names, BookNames::open(a.data));
  TRY(const auto id, names.resolve(a.person));
  return core::PartyId{id};
}

core::Result<ledger::Genesis> genesis_of(const std::string& data) {
  TRY(const auto book, service::ReadOnlyBook::open({data}));
  return book->genesis();
}

bool is_officer(const ledger::Genesis& genesis, const ledger::VerifierKey& key) {
  return std::ranges::any_of(genesis.officers, [&](const std::string& officer) {
    const auto known = ledger::parse_verifier_key(officer);
    return known && known.value().key == key.key;
  });
}

// An officer's key enrols him; another person's is registered, by two people.
core::Result<> print_line(const PeopleArguments& a) {
  TRY(const core::PartyId person, person_of(a));
  TRY(const auto genesis, genesis_of(a.data));
  TRY(const auto file, ledger::keys::read_key_file(a.key));
  TRY(const auto signer, open_key(file));
  const core::Bytes key = person_key_bytes(file.verifier_key);
  TRY(const core::Bytes possession,
      person_signature(*signer,
                       engine::governance::person_key_message(genesis.origin, person, key)));
  const bool enrols = !a.root_key.empty() || is_officer(genesis, file.verifier_key);
  Object line{{"command", enrols ? engine::EnrolOfficer::kType : engine::RegisterPersonKey::kType},
              {"request_id", a.request_id.empty() ? "person-key-" + core::to_hex(key).substr(0, 16)
                                                  : a.request_id},
              {"actor", a.person},
              {"person", person.hex()},
              {"key", core::to_hex(key)},
              {"possession", core::to_hex(possession)}};
  if (!a.consent.empty()) {
    TRY(const auto own_file, ledger::keys::read_key_file(a.consent));
    TRY(const auto own, open_key(own_file));
    TRY(const core::Bytes consent, person_signature(*own, engine::governance::person_key_message(
                                                              genesis.origin, person, key)));
    line.emplace_back("consent", core::to_hex(consent));
  }
  if (!a.root_key.empty()) {
    TRY(const auto root_file, ledger::keys::read_key_file(a.root_key));
    TRY(const auto root, open_key(root_file));
    TRY(const core::Bytes root_signature,
        person_signature(*root, engine::governance::officer_message(genesis.origin, person, key)));
    line.emplace_back("root_signature", core::to_hex(root_signature));
  }
  print(core::json::print(line) + "\n");
  return core::ok();
}

core::Result<> list(const PeopleArguments& a) {
  TRY(const auto book, service::ReadOnlyBook::open({a.data}));
  std::string text;
  TRY(book->read_state([&](const engine::State& state) {
    text = core::json::print_pretty(service::people_to_json(state));
    return core::ok();
  }));
  TRY(put_down(a.data, book.get(), {"person list", ""}, {text, 1}));
  print(text);
  return core::ok();
}

// Adds signatures to lines.
class LineSigner {
 public:
  LineSigner(const PeopleArguments& arguments, std::string origin, const ledger::Signer& signer,
             core::Bytes key, core::References& references)
      : arguments_(arguments),
        origin_(std::move(origin)),
        signer_(signer),
        key_(std::move(key)),
        references_(references) {}

  core::Result<std::string> sign(const std::string& text) {
    TRY(auto line, core::json::parse(text));
    service::Caller caller;
    caller.client_id = arguments_.client;
    caller.only_signs = true;
    TRY(const auto submission, service::read_submission(line, caller, references_, ""));
    TRY(service::SignedPart part, completed(submission.signed_part));
    ledger::CommandBody body = service::command_body(submission, 0);
    body.valid_until = part.valid_until;
    body.outcome_digest = part.outcome_digest;
    TRY(auto bytes, person_signature(signer_, ledger::envelope_message(origin_, body)));
    part.signatures.push_back({ledger::kSchemeEd25519, key_, std::move(bytes), {}});
    Object& members = *line.as_object();
    std::erase_if(members, [](const auto& member) { return member.first == "signed"; });
    members.emplace_back("signed", core::to_json(part));
    return core::json::print(line);
  }

 private:
  // With what the command line adds. What another signed already stays as it is.
  core::Result<service::SignedPart> completed(service::SignedPart part) const {
    const bool adds = !arguments_.outcome.empty() || !arguments_.valid_until.empty();
    if (adds && !part.signatures.empty()) {
      return core::conflict("signed_already", "signed",
                            "Somebody signed this command already: --outcome and --valid-until "
                            "would void it.");
    }
    if (!arguments_.outcome.empty()) {
      TRY(part.outcome_digest, core::parse_hash(arguments_.outcome));
    }
    if (!arguments_.valid_until.empty()) {
      TRY(part.valid_until, core::parse_instant(arguments_.valid_until));
    }
    return part;
  }

  const PeopleArguments& arguments_;
  std::string origin_;
  const ledger::Signer& signer_;
  core::Bytes key_;
  core::References& references_;
};

core::Result<> sign_lines(std::istream& input, LineSigner& signer) {
  std::string text;
  for (std::uint64_t number = 1; read_line(input, service::kCommandBytesMax, text); ++number) {
    if (text.empty() || text.starts_with('#')) continue;
    if (text.size() > service::kCommandBytesMax) {
      return core::invalid("too_large", "line " + std::to_string(number),
                           "A command has at most 1 MiB.");
    }
    auto line = signer.sign(text);
    if (!line) return std::move(line.error()).within("line " + std::to_string(number));
    print(line.value() + "\n");
  }
  return core::ok();
}

core::Result<> sign(const PeopleArguments& a) {
  TRY(const auto file, ledger::keys::read_key_file(a.key));
  TRY(const auto signer, open_key(file));
  refs::NoReferences none;
  std::optional<BookNames> names;
  std::string origin = a.origin;
  if (!a.data.empty()) {
    TRY(const auto genesis, genesis_of(a.data));
    origin = genesis.origin;
    TRY(names, BookNames::open(a.data));
  }
  if (origin.empty()) {
    return core::invalid("missing_field", "--data", "Name the book's folder, or its origin.");
  }
  core::References& references = names ? static_cast<core::References&>(*names) : none;
  LineSigner lines(a, std::move(origin), *signer, person_key_bytes(file.verifier_key), references);
  if (a.file == "-") return sign_lines(std::cin, lines);
  std::ifstream input(a.file, std::ios::binary);
  if (!input) return core::not_found("file", a.file, "The file cannot be opened.");
  return sign_lines(input, lines);
}

}  // namespace

int run_person_key(const PeopleArguments& a) { return finish(make_key(a)); }
int run_person_line(const PeopleArguments& a) { return finish(print_line(a)); }
int run_person_list(const PeopleArguments& a) { return finish(list(a)); }
int run_sign(const PeopleArguments& a) { return finish(sign(a)); }

}  // namespace gateway::cli
