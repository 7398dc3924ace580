#include "engine/dispatch/linked.h"

#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/amount.h"
#include "engine/dispatch/commands.h"
#include "engine/dispatch/inner_command.h"
#include "engine/dispatch/records.h"
#include "ledger/bodies.h"

namespace engine::dispatch {
namespace {

using core::json::Object;
using core::json::Value;

std::string item(std::size_t index) { return "commands: item " + std::to_string(index); }

// The books and the past as the effects so far leave them. Whether they may be posted at all is for
// the books, when the whole batch is.
class Ahead final : public ledger::journal::Balances, public ledger::journal::Past {
 public:
  explicit Ahead(const Context& context) : context_(context) {}

  core::Result<> add(const ledger::Draft& draft) {
    if (draft.kind == ledger::kAccountsOpened) {
      TRY(const auto opened, core::from_cbor<ledger::AccountsOpened>(draft.body));
      for (const auto& account : opened.accounts) opened_.insert(account.path);
    }
    for (const ledger::Posting& posting : draft.postings) {
      core::Minor& moved = moved_[{posting.account, posting.commodity}];
      TRY(moved, core::add(moved, posting.amount));
    }
    subjects_.insert(draft.subjects.begin(), draft.subjects.end());
    return core::ok();
  }

  bool is_open(std::string_view account) const override {
    return opened_.contains(account) || context_.books.is_open(account);
  }

  core::Minor balance(std::string_view account, std::string_view commodity) const override {
    const core::Minor before = context_.books.balance(account, commodity);
    const auto moved = moved_.find({std::string(account), std::string(commodity)});
    if (moved == moved_.end()) return before;
    // A sum that does not fit is refused when it is posted.
    return core::add(before, moved->second).has_value() ? before + moved->second : before;
  }

  core::Result<> each(std::string_view prefix, std::string_view commodity,
                      const Visit& visit) const override {
    std::map<std::string, core::Minor, std::less<>> sums;
    TRY(context_.books.each(prefix, commodity, [&](std::string_view account, core::Minor before) {
      sums.emplace(account, before);
      return core::ok();
    }));
    for (const auto& [place, moved] : moved_) {
      if (place.second != commodity || !ledger::is_under(place.first, prefix)) continue;
      core::Minor& sum = sums[place.first];
      TRY(sum, core::add(sum, moved));
    }
    for (const auto& [account, sum] : sums) {
      if (sum == 0) continue;
      TRY(visit(account, sum));
    }
    return core::ok();
  }

  // A record of this very batch is asked for only where balances do not change within it.
  core::Result<core::Minor> balance_at(std::string_view account, std::string_view commodity,
                                       std::uint64_t seq) override {
    if (seq >= context_.command_seq) return balance(account, commodity);
    return context_.past.balance_at(account, commodity, seq);
  }

  core::Result<bool> has_subject(const ledger::SubjectId& subject) override {
    if (subjects_.contains(subject)) return true;
    return context_.past.has_subject(subject);
  }

  // Periods are closed by a command that stands in no list.
  core::Result<> balances_before(core::Instant until, const VisitBalance& visit) override {
    return context_.past.balances_before(until, visit);
  }

  core::Result<> record_at(std::uint64_t seq, const VisitRecord& visit) override {
    if (seq >= context_.command_seq) return ledger::journal::unknown_record(seq);
    return context_.past.record_at(seq, visit);
  }

 private:
  const Context& context_;
  std::set<std::string, std::less<>> opened_;
  std::map<std::pair<std::string, std::string>, core::Minor> moved_;
  std::set<ledger::SubjectId> subjects_;
};

ledger::RecordView view_of(const ledger::Draft& draft, const Context& context, std::uint64_t seq) {
  ledger::RecordView view;
  view.seq = seq;
  view.recorded_at = context.now;
  view.effective_at = draft.effective_at;
  view.kind = draft.kind;
  view.version = draft.version;
  view.body = draft.body;
  return view;
}

// Decides one command after another. The state is copied once, and only if one of them changes what
// the engine knows and another follows it.
class LinkedDecision {
 public:
  explicit LinkedDecision(const Context& context) : context_(context), ahead_(context) {}

  core::Result<> decide(const LinkedCommand& command) {
    TRY(apply_waiting());
    TRY(const CommandType* type, find_command(command.command));
    if (type->placing != Placing::Anywhere) {
      return core::invalid("not_linked", "command", "This command stands alone, in no list.");
    }
    const Context inner{state(),        ahead_,
                        context_.now,   context_.effective_at,
                        ahead_,         context_.command_seq,
                        context_.actor, context_.offer_rules};
    TRY(auto effects, type->decide(inner, command.fields));
    for (ledger::Draft& draft : effects) {
      TRY(ahead_.add(draft));
      drafts_.push_back(std::move(draft));
    }
    return core::ok();
  }

  std::vector<ledger::Draft> take() { return std::move(drafts_); }

 private:
  const State& state() const { return own_ ? *own_ : context_.state; }

  core::Result<> apply_waiting() {
    for (; applied_ < drafts_.size(); ++applied_) {
      const ledger::Draft& draft = drafts_[applied_];
      if (!changes_state(draft.kind)) continue;
      if (!own_) own_ = context_.state;
      TRY(apply(*own_, view_of(draft, context_, context_.command_seq + 1 + applied_)));
    }
    return core::ok();
  }

  const Context& context_;
  Ahead ahead_;
  std::optional<State> own_;
  std::vector<ledger::Draft> drafts_;
  std::size_t applied_ = 0;
};

core::Result<LinkedCommand> read_one(const Value& value, core::References* references) {
  const Value* named = value.as_object() == nullptr ? nullptr : value.find("command");
  if (named != nullptr && named->as_string() != nullptr && *named->as_string() == Linked::kType) {
    return core::invalid("linked_inside", "command", "A list of commands stands in no other.");
  }
  return inner_from_json(value, references);
}

}  // namespace

core::Result<core::Bytes> linked_from_json(const Value& fields, core::References* references) {
  const Object* members = fields.as_object();
  Linked linked;
  if (members == nullptr) return core::invalid("wrong_type", "", "A command is a JSON object.");
  for (const auto& [name, member] : *members) {
    if (name != "commands") return core::invalid("unknown_field", name, "There is no such field.");
    if (member.as_array() == nullptr) {
      return core::invalid("wrong_type", name, "A list of commands is expected here.");
    }
    if (member.as_array()->size() > kLinkedMax) {
      return core::invalid("too_long", name, "At most 1000 commands are linked.");
    }
    for (std::size_t i = 0; i < member.as_array()->size(); ++i) {
      auto one = read_one((*member.as_array())[i], references);
      if (!one) return std::move(one.error()).within(item(i));
      linked.commands.push_back(std::move(one.value()));
    }
  }
  if (linked.commands.empty()) {
    return core::invalid("missing_field", "commands", "Name the commands.");
  }
  return core::to_cbor(linked);
}

core::Result<Value> linked_to_json(core::ByteView bytes) {
  TRY(const auto linked, core::from_cbor<Linked>(bytes));
  core::json::Array out;
  for (const LinkedCommand& command : linked.commands) {
    TRY(auto shown, inner_to_json(command.command, command.fields));
    out.push_back(std::move(shown));
  }
  return Value(Object{{"commands", std::move(out)}});
}

bool linked_needs_approver(core::ByteView bytes) {
  const auto linked = core::from_cbor<Linked>(bytes);
  if (!linked) return true;
  for (const LinkedCommand& command : linked.value().commands) {
    const auto type = find_command(command.command);
    if (!type || needs_approver(*type.value(), command.fields)) return true;
  }
  return false;
}

core::Result<std::vector<ledger::Draft>> decide_linked(const Context& context,
                                                       core::ByteView bytes) {
  TRY(const auto linked, core::from_cbor<Linked>(bytes));
  LinkedDecision decision(context);
  for (std::size_t i = 0; i < linked.commands.size(); ++i) {
    auto decided = decision.decide(linked.commands[i]);
    if (!decided) return std::move(decided.error()).within(item(i));
  }
  return decision.take();
}

}  // namespace engine::dispatch
