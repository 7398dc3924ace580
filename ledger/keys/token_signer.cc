#include "ledger/keys/token_signer.h"

#include <dlfcn.h>
#include <p11-kit/pkcs11.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace ledger::keys {
namespace {

constexpr CK_ULONG kSlotsMax = 256;

core::Error wrong(std::string at, std::string detail) {
  return core::invalid("key_token", std::move(at), std::move(detail));
}

core::Error answered(const char* call, CK_RV code) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "0x%08lx", code);
  return core::unavailable("key_token", call,
                           std::string("The token answered ") + text.data() +
                               " (CKR_ codes: PKCS#11). Is it there and unlocked?");
}

core::Result<CK_FUNCTION_LIST*> load_module(const std::string& path) {
  // Never unloaded and never finalised: two keys may lie in one token, and what one does to the
  // module it does to the other.
  void* module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) return wrong(path, "The module cannot be loaded.");
  const auto list = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(module, "C_GetFunctionList"));
  CK_FUNCTION_LIST* functions = nullptr;
  if (list == nullptr || list(&functions) != CKR_OK || functions == nullptr) {
    return wrong(path, "This library is no PKCS#11 module.");
  }
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;
  const CK_RV code = functions->C_Initialize(&arguments);
  if (code != CKR_OK && code != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
    return answered("C_Initialize", code);
  }
  return functions;
}

// PKCS#11 pads names with spaces.
bool is_label(std::span<const CK_UTF8CHAR> padded, std::string_view label) {
  std::string_view text(reinterpret_cast<const char*>(padded.data()), padded.size());
  text = text.substr(0, text.find_last_not_of(' ') + 1);
  return text == label;
}

core::Result<CK_SLOT_ID> find_slot(CK_FUNCTION_LIST* functions, const std::string& label) {
  std::vector<CK_SLOT_ID> slots(kSlotsMax);
  CK_ULONG count = kSlotsMax;
  if (const CK_RV code = functions->C_GetSlotList(CK_TRUE, slots.data(), &count); code != CKR_OK) {
    return answered("C_GetSlotList", code);
  }
  slots.resize(count);
  std::optional<CK_SLOT_ID> found;
  for (const CK_SLOT_ID slot : slots) {
    CK_TOKEN_INFO info{};
    if (functions->C_GetTokenInfo(slot, &info) != CKR_OK || !is_label(info.label, label)) continue;
    if (found) return wrong("token " + label, "Two tokens have this label.");
    found = slot;
  }
  if (found) return *found;
  return wrong("token " + label, "No token with this label is there.");
}

class Session {
 public:
  Session(CK_FUNCTION_LIST* functions, CK_SESSION_HANDLE handle)
      : functions_(functions), handle_(handle) {}
  ~Session() { functions_->C_CloseSession(handle_); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  static core::Result<std::unique_ptr<Session>> open(const TokenReference& reference,
                                                     const PinSource& pin) {
    TRY(CK_FUNCTION_LIST * functions, load_module(reference.module));
    TRY(const CK_SLOT_ID slot, find_slot(functions, reference.token));
    CK_SESSION_HANDLE handle = 0;
    if (const CK_RV code =
            functions->C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &handle);
        code != CKR_OK) {
      return answered("C_OpenSession", code);
    }
    auto session = std::make_unique<Session>(functions, handle);
    TRY(auto secret, pin());
    TRY(session->log_in(secret));
    return session;
  }

  // The one object of this class and label.
  core::Result<CK_OBJECT_HANDLE> find(CK_OBJECT_CLASS kind, const std::string& label) const {
    std::string name = label;
    CK_KEY_TYPE type = CKK_EC_EDWARDS;
    std::array<CK_ATTRIBUTE, 3> wanted{{{CKA_CLASS, &kind, sizeof kind},
                                        {CKA_KEY_TYPE, &type, sizeof type},
                                        {CKA_LABEL, name.data(), name.size()}}};
    if (const CK_RV code = functions_->C_FindObjectsInit(handle_, wanted.data(), wanted.size());
        code != CKR_OK) {
      return answered("C_FindObjectsInit", code);
    }
    std::array<CK_OBJECT_HANDLE, 2> found{};
    CK_ULONG count = 0;
    const CK_RV code = functions_->C_FindObjects(handle_, found.data(), found.size(), &count);
    functions_->C_FindObjectsFinal(handle_);
    if (code != CKR_OK) return answered("C_FindObjects", code);
    if (count == 1) return found[0];
    return wrong("object " + label, count == 0 ? "The token has no Ed25519 key of this label."
                                               : "Several keys have this label.");
  }

  core::Result<core::PublicKey> public_key(const std::string& label) const {
    TRY(const CK_OBJECT_HANDLE object, find(CKO_PUBLIC_KEY, label));
    std::array<std::uint8_t, 64> point{};
    CK_ATTRIBUTE attribute{CKA_EC_POINT, point.data(), point.size()};
    if (const CK_RV code = functions_->C_GetAttributeValue(handle_, object, &attribute, 1);
        code != CKR_OK) {
      return answered("C_GetAttributeValue", code);
    }
    // A DER octet string, and from some tokens the bare point.
    std::span<const std::uint8_t> bytes = std::span(point).first(attribute.ulValueLen);
    if (bytes.size() == 34 && bytes[0] == 0x04 && bytes[1] == 32) bytes = bytes.subspan(2);
    core::PublicKey key;
    if (bytes.size() != key.bytes.size()) {
      return wrong("object " + label, "The token's key is no Ed25519 key.");
    }
    std::ranges::copy(bytes, key.bytes.begin());
    return key;
  }

  core::Result<core::Signature> sign(CK_OBJECT_HANDLE key, core::ByteView message) const {
    CK_MECHANISM mechanism{CKM_EDDSA, nullptr, 0};
    if (const CK_RV code = functions_->C_SignInit(handle_, &mechanism, key); code != CKR_OK) {
      return answered("C_SignInit", code);
    }
    core::Signature signature;
    CK_ULONG size = signature.bytes.size();
    const CK_RV code = functions_->C_Sign(handle_, const_cast<CK_BYTE*>(message.data()),
                                          message.size(), signature.bytes.data(), &size);
    if (code != CKR_OK) return answered("C_Sign", code);
    if (size == signature.bytes.size()) return signature;
    return core::unavailable("key_token", "C_Sign", "The token gave no Ed25519 signature.");
  }

 private:
  core::Result<> log_in(core::Secret& pin) const {
    const CK_RV code = functions_->C_Login(handle_, CKU_USER, pin.bytes().data(), pin.size());
    // Of another key in the same token: one program logs in once.
    if (code == CKR_OK || code == CKR_USER_ALREADY_LOGGED_IN) return core::ok();
    if (code == CKR_PIN_INCORRECT || code == CKR_PIN_INVALID || code == CKR_PIN_LEN_RANGE) {
      return core::invalid("key_pin", "C_Login",
                           "The token refuses the PIN; after a few wrong ones it locks itself.");
    }
    return answered("C_Login", code);
  }

  CK_FUNCTION_LIST* functions_;
  CK_SESSION_HANDLE handle_;
};

class TokenSigner final : public Signer {
 public:
  TokenSigner(std::unique_ptr<Session> session, CK_OBJECT_HANDLE key, VerifierKey verifier_key)
      : session_(std::move(session)), key_(key), verifier_key_(std::move(verifier_key)) {}

  const VerifierKey& verifier_key() const override { return verifier_key_; }

  core::Result<core::Signature> sign_bytes(core::ByteView message) const override {
    const std::lock_guard lock(mutex_);
    TRY(const core::Signature signature, session_->sign(key_, message));
    if (core::verify_signature(verifier_key_.key, message, signature)) return signature;
    return core::unavailable("key_token", "C_Sign", "The token's signature does not fit its key.");
  }

 private:
  std::unique_ptr<Session> session_;
  CK_OBJECT_HANDLE key_;
  VerifierKey verifier_key_;
  mutable std::mutex mutex_;  // A session signs one thing at a time.
};

}  // namespace

core::Result<std::unique_ptr<Signer>> open_token_signer(const TokenReference& reference,
                                                        const VerifierKey& expected,
                                                        const PinSource& pin) {
  TRY(auto session, Session::open(reference, pin));
  TRY(const auto key, session->public_key(reference.object));
  if (key != expected.key) {
    return wrong("object " + reference.object, "The token holds another key than the file names.");
  }
  TRY(const CK_OBJECT_HANDLE object, session->find(CKO_PRIVATE_KEY, reference.object));
  return std::unique_ptr<Signer>(
      std::make_unique<TokenSigner>(std::move(session), object, expected));
}

core::Result<core::PublicKey> read_token_key(const TokenReference& reference,
                                             const PinSource& pin) {
  TRY(const auto session, Session::open(reference, pin));
  return session->public_key(reference.object);
}

}  // namespace ledger::keys
