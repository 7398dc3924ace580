#include <cstdio>

#include "core/files.h"
#include "core/random.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/cli/servers.h"
#include "gateway/http/server.h"
#include "gateway/witness/handler.h"

namespace gateway::cli {
namespace {

std::string key_path(const std::string& data) { return data + "/key"; }

core::Result<ledger::WitnessSigner> make_key(const WitnessArguments& arguments) {
  if (arguments.name.empty()) {
    return core::invalid("missing_field", "--name",
                         "There is no witness in this folder yet; name the new one.");
  }
  core::SystemRandom random;
  TRY(auto signer, ledger::WitnessSigner::create(arguments.name,
                                                 core::SigningKey::from_seed(random.take<32>())));
  TRY(core::make_folder(arguments.data, core::FileAccess::OwnerOnly));
  TRY(core::write_file(arguments.data + "/verifier-key", to_string(signer.key()) + "\n"));
  TRY(core::write_file(key_path(arguments.data), signer.private_key_text() + "\n",
                       core::FileAccess::OwnerOnly));
  return signer;
}

// The witness's key; made the first time.
core::Result<ledger::WitnessSigner> load_key(const WitnessArguments& arguments) {
  if (!core::file_exists(key_path(arguments.data))) return make_key(arguments);
  TRY(std::string text, core::read_file(key_path(arguments.data), 4096));
  if (text.ends_with('\n')) text.pop_back();
  TRY(auto signer, ledger::WitnessSigner::parse(text));
  if (arguments.name.empty() || arguments.name == signer.key().name) return signer;
  return core::conflict("exists", arguments.data,
                        "This folder is the witness " + signer.key().name + " already.");
}

void report(const core::Error& error) {
  std::fprintf(stderr, "level=error event=%s log=%s detail=\"%s\"\n", error.reason.c_str(),
               error.at.c_str(), error.detail.c_str());
}

core::Result<> serve(const WitnessArguments& arguments) {
  const sigset_t signals = block_stop_signals();
  TRY(const Address address, parse_address(arguments.http, "--http"));
  std::vector<ledger::VerifierKey> logs;
  for (const std::string& vkey : arguments.logs) {
    auto key = ledger::parse_verifier_key(vkey);
    if (!key) return std::move(key.error()).within("--log");
    logs.push_back(std::move(key.value()));
  }
  const std::size_t followed = logs.size();
  TRY(auto signer, load_key(arguments));
  const std::string vkey = to_string(signer.key());
  TRY(const auto witness,
      ledger::witness::Witness::open(arguments.data, std::move(signer), std::move(logs)));
  core::SystemClock clock;
  const witness::Service service{*witness, clock, report};
  http::ServerOptions options;
  options.host = address.host;
  options.port = address.port;
  TRY(const auto server, http::Server::listen(options, [&service](const http::Request& request) {
        return witness::handle(request, service);
      }));
  server->start();
  print(vkey + "\n");
  print("witnessing " + std::to_string(followed) + " logs: HTTP on " + address.host + ":" +
        std::to_string(server->port()) + "\n");
  std::fflush(stdout);
  int received = 0;
  sigwait(&signals, &received);
  std::fprintf(stderr, "stopping\n");
  server->stop();
  return core::ok();
}

}  // namespace

int run_witness(const WitnessArguments& arguments) {
  int code = 0;
  failed(serve(arguments), code);
  return code;
}

}  // namespace gateway::cli
