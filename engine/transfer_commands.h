#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/fields.h"
#include "engine/client_money_commands.h"
#include "engine/trading_commands.h"

// Commands of money on its way between a wallet and a trading account. Source: docs/accounting.md,
// rows 7 and 8.
namespace engine {

// Asks a platform to move money between a wallet and a trading account; not confirmed yet.
struct SendTransfer {
  static constexpr std::string_view kType = "send_transfer";

  TransferId transfer;
  core::AccountId account;
  TransferDirection direction = TransferDirection::ToAccount;
  core::Decimal amount;
  std::string server;  // As it stands in an account's path.
  // Just before the money left the account; only what goes from one has it.
  std::optional<FlowFacts> flow = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "transfer", self.transfer);
    field(2, "account", self.account);
    field(3, "direction", self.direction);
    field(4, "amount", self.amount);
    field(5, "server", self.server);
    field(6, "flow", self.flow);
  }
};

// The platform moved the money.
struct ConfirmTransfer {
  static constexpr std::string_view kType = "confirm_transfer";

  TransferId transfer;
  std::string ticket;  // The platform's id of the balance operation.
  // Just before the money came to the account; only what goes to one has it.
  std::optional<FlowFacts> flow = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "transfer", self.transfer);
    field(2, "ticket", self.ticket);
    field(3, "flow", self.flow);
  }
};

// The platform did not move it: it goes back where it was.
struct RefuseTransfer {
  static constexpr std::string_view kType = "refuse_transfer";

  TransferId transfer;
  // Just before the money came back to the account it had left.
  std::optional<FlowFacts> flow = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "transfer", self.transfer);
    field(2, "flow", self.flow);
  }
};

}  // namespace engine
