#include "ledger/keys/key_file.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "ledger/keys/secret_file.h"
#include "ledger/tlog_text.h"

namespace ledger::keys {
namespace {

constexpr std::string_view kPlainPrefix = "PRIVATE+KEY+";
constexpr std::string_view kEncrypted = "tallystick-encrypted-key-v1";
constexpr std::string_view kToken = "tallystick-token-key-v1";
constexpr std::string_view kKdf = "argon2id13";
constexpr std::string_view kCipher = "xchacha20-poly1305";

core::Error malformed(const std::string& path, std::string detail) {
  return core::invalid("key_file", path, std::move(detail));
}

// Lines "name: value", each in its place.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  std::optional<std::string_view> next() { return take_line(rest_); }
  // Empty if the next line is another's, and the line stays.
  std::optional<std::string_view> next(std::string_view name) {
    std::string_view rest = rest_;
    const auto line = take_line(rest);
    if (!line || !line->starts_with(name) || !line->substr(name.size()).starts_with(": ")) {
      return std::nullopt;
    }
    rest_ = rest;
    return line->substr(name.size() + 2);
  }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

template <std::size_t N>
bool read_base64(const std::optional<std::string_view>& text, std::array<std::uint8_t, N>& out) {
  if (!text) return false;
  const auto bytes = core::from_base64(*text);
  if (!bytes || bytes.value().size() != N) return false;
  std::ranges::copy(bytes.value(), out.begin());
  return true;
}

bool read_number(const std::optional<std::string_view>& text, std::uint64_t& out) {
  const auto number = text ? parse_count(*text) : std::nullopt;
  if (number) out = *number;
  return number.has_value();
}

bool is(const std::optional<std::string_view>& line, std::string_view expected) {
  return line && *line == expected;
}

bool read_sealed(Lines& lines, core::SealedSecret& out) {
  if (!is(lines.next("kdf"), kKdf) || !read_number(lines.next("passes"), out.cost.passes) ||
      !read_number(lines.next("memory"), out.cost.memory_bytes) ||
      !read_base64(lines.next("salt"), out.salt) || !is(lines.next("cipher"), kCipher) ||
      !read_base64(lines.next("nonce"), out.nonce)) {
    return false;
  }
  const auto data = lines.next("data");
  if (!data) return false;
  auto ciphertext = core::from_base64(*data);
  if (!ciphertext || !lines.at_end()) return false;
  out.ciphertext = std::move(ciphertext.value());
  return true;
}

bool read_token(Lines& lines, TokenReference& out) {
  const auto module = lines.next("module");
  const auto token = lines.next("token");
  const auto object = lines.next("object");
  if (!module || !token || !object) return false;
  out.module = *module;
  out.token = *token;
  out.object = *object;
  out.pin_file = lines.next("pin-file").value_or("");
  return lines.at_end();
}

// What is authenticated with the ciphertext.
core::Bytes sealed_context(const VerifierKey& key) {
  const std::string text = std::string(kEncrypted) + "\n" + to_string(key) + "\n";
  const core::ByteView bytes = core::as_bytes(text);
  return {bytes.begin(), bytes.end()};
}

core::Result<KeyFile> read_plain(KeyFile file, core::Secret content) {
  std::string_view text = content.text();
  if (text.ends_with('\n')) text.remove_suffix(1);
  const auto signer = NoteSigner::parse(text);
  if (!signer) return malformed(file.path, "This is no private key: " + signer.error().detail);
  file.form = KeyForm::Plain;
  file.verifier_key = signer.value().verifier_key();
  content.truncate(text.size());
  file.private_key = std::move(content);
  return file;
}

}  // namespace

std::string_view name_of(KeyForm form) {
  switch (form) {
    case KeyForm::Plain:
      return "plain";
    case KeyForm::Encrypted:
      return "encrypted";
    case KeyForm::Token:
      return "token";
  }
  return "";
}

core::Result<KeyFile> read_key_file(const std::string& path) {
  TRY(auto content, read_secret_file(path));
  return parse_key_file(path, std::move(content));
}

core::Result<KeyFile> parse_key_file(const std::string& path, core::Secret content) {
  KeyFile file;
  file.path = path;
  if (content.text().starts_with(kPlainPrefix))
    return read_plain(std::move(file), std::move(content));
  Lines lines(content.text());
  const auto first = lines.next();
  const auto vkey = lines.next("key");
  if (!vkey || !(is(first, kEncrypted) || is(first, kToken))) {
    return malformed(path,
                     "This is none of the forms that a key file has; see docs/formats/keys.md.");
  }
  auto key = parse_verifier_key(*vkey);
  if (!key) return malformed(path, "Its second line names no verifier key.");
  file.verifier_key = std::move(key.value());
  file.form = *first == kToken ? KeyForm::Token : KeyForm::Encrypted;
  const bool whole =
      file.form == KeyForm::Token ? read_token(lines, file.token) : read_sealed(lines, file.sealed);
  if (whole) return file;
  return malformed(path, "A line is missing, out of place or malformed; see docs/formats/keys.md.");
}

core::Result<core::Secret> open_private_key(const KeyFile& file,
                                            const PassphraseSource& passphrase) {
  switch (file.form) {
    case KeyForm::Plain:
      return core::Secret::copy_of(file.private_key.view());
    case KeyForm::Encrypted: {
      TRY(const auto secret, passphrase(file.path));
      auto opened = core::open_secret(file.sealed, secret, sealed_context(file.verifier_key));
      if (!opened) return std::move(opened.error()).within(file.path);
      return opened;
    }
    case KeyForm::Token:
      break;
  }
  return malformed(file.path, "The key lies in a token and does not leave it.");
}

core::Result<std::unique_ptr<Signer>> open_signer(const KeyFile& file,
                                                  const PassphraseSource& passphrase) {
  if (file.form == KeyForm::Token) {
    auto signer = open_token_signer(file.token, file.verifier_key, [&] {
      return file.token.pin_file.empty() ? passphrase(file.path)
                                         : read_passphrase_file(file.token.pin_file);
    });
    if (!signer) return std::move(signer.error()).within(file.path);
    return signer;
  }
  TRY(const auto text, open_private_key(file, passphrase));
  auto signer = NoteSigner::parse(text.text());
  if (!signer || signer.value().verifier_key() != file.verifier_key) {
    return malformed(file.path, "The key in it is not the one that it names.");
  }
  return std::unique_ptr<Signer>(std::make_unique<NoteSigner>(std::move(signer.value())));
}

core::Result<std::string> encrypted_key_text(const core::Secret& private_key,
                                             const core::Secret& passphrase,
                                             const core::PassphraseCost& cost,
                                             core::Random& random) {
  TRY(const auto signer, NoteSigner::parse(private_key.text()));
  const VerifierKey& key = signer.verifier_key();
  TRY(const auto sealed,
      core::seal_secret(private_key.view(), passphrase, sealed_context(key), cost, random));
  std::string text(kEncrypted);
  const auto line = [&](std::string_view name, std::string_view value) {
    text.append("\n").append(name).append(": ").append(value);
  };
  line("key", to_string(key));
  line("kdf", kKdf);
  line("passes", std::to_string(sealed.cost.passes));
  line("memory", std::to_string(sealed.cost.memory_bytes));
  line("salt", core::to_base64(sealed.salt));
  line("cipher", kCipher);
  line("nonce", core::to_base64(sealed.nonce));
  line("data", core::to_base64(sealed.ciphertext));
  return text + "\n";
}

core::Result<std::string> token_key_text(const VerifierKey& key, const TokenReference& token) {
  for (const std::string* part : {&token.module, &token.token, &token.object, &token.pin_file}) {
    if (part->find_first_of("\r\n") != std::string::npos) {
      return core::invalid("key_file", *part, "Names in a key file have no line ends.");
    }
  }
  std::string text(kToken);
  text.append("\nkey: ").append(to_string(key)).append("\nmodule: ").append(token.module);
  text.append("\ntoken: ").append(token.token).append("\nobject: ").append(token.object);
  if (!token.pin_file.empty()) text.append("\npin-file: ").append(token.pin_file);
  return text + "\n";
}

}  // namespace ledger::keys
