#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/partners/deals.h"

// Closes of groups' and copies' own accounts as deals that pay partners.
// Source: docs/decisions/0047-closes-pay-partners.md.
namespace engine::partners {

// What one account closed of one position.
struct PositionClose {
  core::StructureId structure;
  core::AccountId account;
  core::PartyId client;
  std::optional<core::OrderId> order;  // Of a group.
  std::string position;                // As in PartnerDealClose.
  std::string close;
  std::string symbol;  // As registered.
  Side side = Side::Buy;
  core::Decimal lots;
  core::Instant opened_at;                  // Of the position's first fill that stands.
  std::optional<core::Decimal> open_price;  // Average; absent: not known any more.
  core::Decimal close_price;
  std::string currency;
  core::Minor commission = 0;  // What the broker had of the account by this volume, at both sides.
  std::vector<std::string> hedges;
};

// What is known anew of a close that was put right.
struct AmendedClose {
  core::AccountId account;
  std::optional<core::OrderId> order;
  std::string close;
  core::Decimal lots;  // Zero: it never was.
  core::Decimal close_price;
  core::Decimal commission_change;  // As the broker had it, in the deal's currency.
  std::string reason;
};

// The closes of one command. A close always goes through: one whose lines cannot be worked out is
// recorded as awaited.
class CloseAccruals {
 public:
  explicit CloseAccruals(const Context& context) : context_(context), deals_(context) {}

  // False while nobody is under a programme: then there is nothing to be done for any close.
  bool pays_anybody() const { return !context_.state.partner_book->places.empty(); }

  // Adds the close's deal and a line for each partner that it pays; nothing if it pays nobody.
  // Errors: Overflow of a partner's sums.
  core::Result<> add(Effects& effects, const PositionClose& close);
  // What such a close paid is taken back and, unless it never was, worked out anew where it stood,
  // from the deal that was recorded; nothing if it pays nobody. Errors: Overflow; those of
  // Past::record_at().
  core::Result<> amend(Effects& effects, const AmendedClose& amended);

 private:
  using Position = std::pair<core::AccountId, std::string>;

  std::optional<std::string> group_of(const PositionClose& close);
  std::optional<std::string> known_group(const Position& position) const;
  RecordPartnerDeal deal_of(const PositionClose& close);

  const Context& context_;
  DealAccruals deals_;
  std::map<Position, std::string> groups_;  // Of this command.
};

// The ticket of a close's deal: "close/order/account", of a copy "close/account".
std::string ticket_of(const std::string& close, const std::optional<core::OrderId>& order,
                      const core::AccountId& account);
// Its server: the structure's, or "none".
std::string server_of(const Structure& structure);

// Whether a deal that is recorded by hand is nothing that closes accrue by themselves.
//
// Errors: Conflict/managed_close for one of an account that trades with a group or copies, unless
//         it has the server and ticket of one of the account's closes: then its key says if it has
//         paid already.
core::Result<> check_managed(const Context& context, const RecordPartnerDeal& deal);

// Keeps what a deal of a close says of hedges.
void note_hedges(PartnerBook& book, const RecordPartnerDeal& deal, const PartnerDealClose& close);

}  // namespace engine::partners
