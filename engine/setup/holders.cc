#include "engine/setup/holders.h"

#include <algorithm>
#include <set>

namespace engine::setup {
namespace {

constexpr std::size_t kJointMin = 2;
constexpr std::size_t kJointMax = 4;
constexpr std::size_t kSignatoriesMax = 10;

core::Error wrong(std::string_view field, std::string detail) {
  return core::invalid("holders", std::string(field), std::move(detail));
}

bool all_different(const std::vector<core::PartyId>& parties) {
  return std::set(parties.begin(), parties.end()).size() == parties.size();
}

bool is_holder(const RegisterClient& client, const core::PartyId& party) {
  return std::ranges::find(client.holders, party) != client.holders.end();
}

}  // namespace

core::Result<> check_holders(const RegisterClient& client) {
  const auto kind = client.holder_kind.value_or(HolderKind::Person);
  const std::size_t count = client.holders.size();
  if (kind == HolderKind::Person) {
    if (count == 0 && !client.signing) return core::ok();
    return wrong("holders", "A person holds for himself; choose joint or corporate.");
  }
  if (!client.signing) return wrong("signing", "Say whether any or all of them must sign.");
  if (kind == HolderKind::Joint && (count < kJointMin || count > kJointMax)) {
    return wrong("holders", "A joint client has 2 to 4 holders.");
  }
  if (kind == HolderKind::Corporate && (count == 0 || count > kSignatoriesMax)) {
    return wrong("holders", "A corporate client has 1 to 10 persons who sign for it.");
  }
  if (all_different(client.holders) && !is_holder(client, client.client)) return core::ok();
  return wrong("holders", "Each holder is another party, and none is the client itself.");
}

core::Result<> check_signed(const RegisterClient& client,
                            const std::vector<core::PartyId>& signed_by) {
  const auto stranger = [&](const core::PartyId& party) { return !is_holder(client, party); };
  if (std::ranges::any_of(signed_by, stranger) || !all_different(signed_by)) {
    return wrong("signed_by", "Name holders of the client, each once.");
  }
  if (client.holders.empty()) return core::ok();
  const std::size_t needed =
      client.signing == Signing::All ? client.holders.size() : std::size_t{1};
  if (signed_by.size() >= needed) return core::ok();
  return core::conflict(
      "holders_sign", "signed_by",
      client.signing == Signing::All ? "All holders must sign." : "One of the holders must sign.");
}

}  // namespace engine::setup
