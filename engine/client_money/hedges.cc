// Row 30: what the house's own hedge at a liquidity provider earned. Client money is not touched.

#include "engine/accounts.h"
#include "engine/client_money/decide.h"
#include "engine/client_money/opening.h"
#include "engine/money.h"

namespace engine::client_money {
namespace {

constexpr std::size_t kReferenceBytesMax = 64;

}  // namespace

Drafts decide(const Context& context, const RecordHedgeResult& command) {
  TRY(check_currency(command.currency, "currency"));
  if (command.reference.empty() || command.reference.size() > kReferenceBytesMax) {
    return core::invalid("hedge_reference", "reference",
                         "The provider's reference has 1 to 64 bytes.");
  }
  TRY(const auto amount, signed_money(command.amount, command.currency, "amount"));
  const std::string account = accounts::provider(command.provider);
  const std::string income(command.part == HedgePart::Realised ? accounts::kHedgeRealised
                                                               : accounts::kHedgeFloating);
  Effects effects(context.effective_at);
  open_if_missing(context, effects, account, {}, {});
  open_if_missing(context, effects, income, {}, {});
  Postings postings;
  postings.add(account, command.currency, amount);
  postings.add(income, command.currency, -amount);
  effects.add(HedgeResultRecorded{command, amount}, std::move(postings), {});
  return effects.take();
}

}  // namespace engine::client_money
