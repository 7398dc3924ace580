#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/gate_state.h"
#include "engine/state.h"

// What the rules say of single clients. Source: docs/decisions/0046-limits-handed-on.md.
namespace engine::gate {

// The cells of one decision, by client: those of the three legs for his own category and
// residence, on the day of the decision.
class ClientCells {
 public:
  // Without a decision, or by one of people, there are none.
  ClientCells(const State& state, const std::optional<core::DecisionId>& decision);

  std::vector<const RuleCell*> of(const RegisterClient& client) const;
  const RulePack* pack() const { return pack_; }  // Null: there are no cells.

 private:
  const State& state_;
  const AuthorisationDecided* decided_ = nullptr;
  const RulePack* pack_ = nullptr;
};

// The limits of one decision, by client: the strictest that his cells name. Each category and
// residence is looked up once.
class ClientLimits {
 public:
  ClientLimits(const State& state, const std::optional<core::DecisionId>& decision)
      : state_(state), cells_(state, decision) {}

  // Null: none.
  const ProductLimits* of(const core::PartyId& client);

 private:
  using Key = std::pair<ClientCategory, std::string>;

  const State& state_;
  ClientCells cells_;
  std::map<Key, std::optional<ProductLimits>> known_;
};

// How often an account's equity may stand in positions of an asset class. A class that the limits
// do not name has the least of those that they name. Absent: the limits say nothing of leverage.
std::optional<std::uint64_t> leverage_of(const ProductLimits& limits, const std::string& asset);

// Whether what a manager earns by a client's deals is not his to keep: by the newest decisions by
// the rules on him whose day has come, of one of the engine's models if that is known.
class Inducements {
 public:
  Inducements(const State& state, const core::PartyId& manager, const std::optional<Model>& model,
              core::Instant now);

  bool banned(const core::PartyId& client);
  // For some of those who were asked for.
  bool banned_for_some() const { return for_some_; }

 private:
  std::vector<ClientLimits> limits_;
  bool for_some_ = false;
};

}  // namespace engine::gate
