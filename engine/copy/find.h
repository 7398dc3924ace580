#pragma once

#include <string>
#include <string_view>

#include "core/fields.h"
#include "core/sha256.h"
#include "engine/context.h"
#include "engine/copy_state.h"
#include "engine/trading_state.h"

// Finding what commands of copy trading name.
namespace engine::copy {

bool is_copy(Model model);

// Errors: NotFound/unknown_structure; Conflict/wrong_model.
core::Result<const Structure*> find_copy_structure(const Context& context,
                                                   const core::StructureId& structure);

// A subscription's account. Errors: NotFound/unknown_account; Conflict/wrong_model.
core::Result<const TradingAccount*> find_copy_account(const Context& context,
                                                      const core::AccountId& account);

// In which the account's money is.
const std::string& currency_of(const Context& context, const TradingAccount& account);

// The subscription, the master and the signal that a command names, all there.
struct Named {
  const TradingAccount* account = nullptr;
  const Structure* structure = nullptr;
  const CopySubscription* subscription = nullptr;
  const CopyMaster* master = nullptr;
  const CopySignal* signal = nullptr;
};
// Errors: as find_copy_account(); NotFound/unknown_signal; Conflict/no_terms.
core::Result<Named> find_named(const Context& context, const core::AccountId& account,
                               const std::string& signal);

// An order of an account for a signal.
struct NamedOrder {
  std::string lineage_id;
  const CopyLineage* lineage = nullptr;
  const Copy* copy = nullptr;
  const CopyOrder* order = nullptr;
};
// Errors: NotFound/unknown_copy.
core::Result<NamedOrder> find_order(const Named& named, const core::AccountId& account,
                                    const std::string& signal);

// A volume above zero in 1e-8 lots. Errors: InvalidInput/not_positive, precision at lots; Overflow.
core::Result<core::Minor> volume_of(const core::Decimal& lots);

// Whether a volume is a whole number of steps. Errors: InvalidInput/lot_step at lots.
core::Result<> check_steps(core::Minor volume, const core::Decimal& lot_step);
// The same of a volume that is closed: all that may be is always whole. Errors: as above.
core::Result<> check_grid(const CopyLineage& lineage, const Copy& copy, core::Minor volume,
                          core::Minor all);
// Errors: Conflict/order_split if the position was split since it had so many splits.
core::Result<> check_unsplit(const CopyLineage& lineage, std::uint64_t splits);

// Of either sign: there were prices below zero. Errors: Overflow at `field` above 10^12.
core::Result<> check_price(const core::Decimal& price, std::string_view field);

// What a repetition is compared with.
template <class Command>
core::Hash content_of(const Command& command) {
  return core::sha256(core::to_cbor(command));
}

// Errors: Conflict/different_content at `field` if what is recorded was not the same.
core::Result<> check_repetition(const core::Hash& recorded, const core::Hash& now,
                                std::string_view field);

}  // namespace engine::copy
