#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "engine/state_parts.h"
#include "tests/engine/copy/copying.h"
#include "tests/support/numbers.h"
#include "tests/support/seeds.h"

namespace engine::copy {
namespace {

constexpr core::Minor kStep = 1'000'000;  // 0.01 lots.

core::Minor steps(tests::Numbers& numbers, core::Minor most) {
  return static_cast<core::Minor>(1 + numbers.below(static_cast<std::uint64_t>(most)));
}

// A random life of one position with its copies: fills, closes and rejections come in any order,
// late or twice.
class Life {
 public:
  explicit Life(std::uint64_t seed) : numbers_(seed) {
    copiers_ = 1 + numbers_.below(3);
    for (std::uint64_t number = 1; number <= copiers_; ++number) {
      book_.add_copier(number, 500 + static_cast<std::int64_t>(numbers_.below(20'000)));
    }
  }

  void live() {
    for (int i = 0; i < 14; ++i) {
      if (numbers_.below(3) == 0) {
        trade();
      } else if (numbers_.below(5) == 0) {
        amend();
      } else {
        execute();
      }
      check();
    }
  }

  // The master closes all, and everything on its way arrives.
  void end() {
    if (open_ > 0) signal(other(side_), open_);
    check();
    while (execute()) check();
  }

  void check_all_zero() {
    for (std::uint64_t number = 1; number <= copiers_; ++number) {
      EXPECT_EQ(book_.position(number), "0");
    }
    EXPECT_TRUE(book_.balance(accounts::street(1), "LOT.S1") == 0);
    for (const auto& [id, lineage] : lineages()) {
      for (const auto& [account, copy] : lineage.copies) {
        EXPECT_TRUE(open_volume(copy) == 0);
        EXPECT_TRUE(copy.asked == copy.filled);
      }
    }
    core::Minor owed = 0;
    for (std::uint64_t number = 1; number <= copiers_; ++number) owed += book_.owed(number);
    EXPECT_TRUE(owed - money_ == book_.balance(std::string(accounts::kClientTradingRealised)));
  }

  Copying& book() { return book_; }
  void remember_money() {
    for (std::uint64_t number = 1; number <= copiers_; ++number) money_ += book_.owed(number);
  }

 private:
  static Side other(Side side) { return side == Side::Buy ? Side::Sell : Side::Buy; }
  const std::map<std::string, CopyLineage>& lineages() const {
    return book_.state.copy->masters.at(book_.structure).lineages;
  }

  void signal(Side side, core::Minor volume) {
    const std::string id = "s" + std::to_string(++count_);
    const auto command = book_.signal_of(id, side, Copying::lots(volume));
    ASSERT_EQ(book_.run(command), "done");
    if (open_ == 0) side_ = side;
    open_ = side == side_ ? open_ + volume : open_ - volume;
    if (open_ < 0) {
      side_ = side;
      open_ = -open_;
    }
    if (numbers_.below(4) != 0) return;
    ASSERT_EQ(book_.run(command), "done");
    EXPECT_EQ(book_.last_size(), 0u);
  }

  void trade() {
    const Side side = numbers_.below(2) == 0 ? Side::Buy : Side::Sell;
    signal(side, steps(numbers_, 200) * kStep);
  }

  std::uint64_t number_of(const core::AccountId& account) const {
    for (std::uint64_t number = 1;; ++number) {
      if (Copying::account(number) == account) return number;
    }
  }

  // Something that the platform may report now; false if there is nothing.
  bool execute() {
    struct Choice {
      std::uint64_t number;
      std::string signal;
      core::Minor unfilled;
      core::Minor to_close;
    };
    std::vector<Choice> choices;
    for (const auto& [id, lineage] : lineages()) {
      for (const auto& [account, copy] : lineage.copies) {
        for (const auto& [signal, order] : copy.orders) {
          if (order.filled < order.ordered) {
            choices.push_back({number_of(account), signal, order.ordered - order.filled, 0});
          }
        }
        const core::Minor asked = std::min(copy.asked - copy.closed, open_volume(copy));
        if (asked > 0) choices.push_back({number_of(account), id, 0, asked});
      }
    }
    if (choices.empty()) return false;
    const Choice& choice = choices[numbers_.below(choices.size())];
    if (choice.to_close > 0) {
      close(choice.number, choice.signal, choice.to_close);
    } else if (numbers_.below(6) == 0) {
      EXPECT_EQ(book_.reject(choice.number, choice.signal), "done");
    } else {
      fill(choice.number, choice.signal, choice.unfilled);
    }
    return true;
  }

  void fill(std::uint64_t number, const std::string& signal, core::Minor most) {
    const core::Minor part = steps(numbers_, most / kStep) * kStep;
    const auto command =
        book_.fill_of(number, signal, "f" + std::to_string(++count_), Copying::lots(part));
    ASSERT_EQ(book_.run(command), "done");
    repeat(command);
  }
  void close(std::uint64_t number, const std::string& signal, core::Minor most) {
    const core::Minor part = steps(numbers_, most / kStep) * kStep;
    const auto profit = static_cast<core::Minor>(numbers_.below(2'001)) - 1'000;
    auto command =
        book_.close_of(number, signal, "c" + std::to_string(++count_), Copying::lots(part),
                       core::to_string(core::to_decimal(profit, 2)));
    command.lineage = signal;
    ASSERT_EQ(book_.run(command), "done");
    repeat(command);
  }
  template <class Command>
  void repeat(const Command& command) {
    if (numbers_.below(3) != 0) return;
    ASSERT_EQ(book_.run(command), "done");
    EXPECT_EQ(book_.last_size(), 0u);
  }

  // A close or a fill that was recorded is put right: less of it, or nothing.
  void amend() {
    const auto number = 1 + numbers_.below(copiers_);
    const auto known = book_.state.copy->subscriptions.find(Copying::account(number));
    const bool of_fill = numbers_.below(2) == 0;
    const auto& executions = of_fill ? known->second.fills : known->second.closes;
    if (executions.empty()) return;
    auto chosen = executions.begin();
    std::advance(chosen, static_cast<std::ptrdiff_t>(numbers_.below(executions.size())));
    AmendCopy command;
    command.account = Copying::account(number);
    (of_fill ? command.fill : command.close) = chosen->first;
    const core::Minor now = chosen->second.volume;
    const core::Minor volume = now == 0 ? 0
                                        : kStep * static_cast<core::Minor>(numbers_.below(
                                                      static_cast<std::uint64_t>(now / kStep) + 1));
    command.lots = core::to_decimal(volume, 8);
    command.price = tests::decimal("1.1");
    command.reason = "amended";
    // What is closed was filled: the close is put right first.
    const std::string outcome = book_.run(command);
    EXPECT_TRUE(outcome == "done" || (of_fill && outcome == "Conflict/overclose")) << outcome;
  }

  void check() {
    std::map<core::AccountId, core::Minor> net;
    for (const auto& [id, lineage] : lineages()) {
      const Kept kept(lineage.reductions);
      for (const auto& [account, copy] : lineage.copies) {
        core::Minor filled = 0;
        for (const auto& [signal, order] : copy.orders) {
          EXPECT_TRUE(order.filled <= order.sized);
          filled += order.filled;
        }
        EXPECT_TRUE(copy.filled == filled);
        EXPECT_TRUE(copy.closed <= copy.asked);
        EXPECT_TRUE(copy.asked <= copy.filled);
        const core::Minor held = kept_volume(kept, copy, lineage.lot_step).value();
        EXPECT_TRUE(copy.filled - copy.asked <= held);
        net[account] += lineage.side == Side::Buy ? open_volume(copy) : -open_volume(copy);
      }
    }
    check_indexes();
    for (const auto& [account, volume] : net) {
      EXPECT_EQ(book_.position(number_of(account)), Copying::lots(volume));
    }
  }

  // They hold what a walk over all that ever was finds.
  void check_indexes() {
    std::map<core::AccountId, std::set<std::string>> committed;
    std::map<std::string, std::set<std::string>> working;
    for (const auto& [id, lineage] : lineages()) {
      std::set<core::AccountId> accounts;
      for (const auto& [account, copy] : lineage.copies) {
        if (committed_volume(copy) == 0) continue;
        accounts.insert(account);
        committed[account].insert(id);
      }
      EXPECT_TRUE(lineage.committed == accounts);
      if (lineage.open > 0 || !accounts.empty()) working[lineage.symbol].insert(id);
    }
    const CopyMaster& master = book_.state.copy->masters.at(book_.structure);
    EXPECT_TRUE(master.committed == committed);
    EXPECT_TRUE(master.working == working);
  }

  tests::Numbers numbers_;
  Copying book_;
  std::uint64_t copiers_ = 0;
  std::uint64_t count_ = 0;
  core::Minor open_ = 0;  // The master's.
  Side side_ = Side::Buy;
  core::Minor money_ = 0;
};

TEST(CopyLifeProperty, AFullCloseLeavesZeroEverywhere) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Life life(seed);
    life.remember_money();
    ASSERT_EQ(life.book().buy("first", "1", "other"), "done");  // Another position, left alone.
    ASSERT_EQ(life.book().sell("last", "1", "other"), "done");
    life.live();
    life.end();
    life.check_all_zero();
  }
}

TEST(CopyLifeProperty, ASavedStateDecidesTheSameBytes) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Life life(seed);
    ASSERT_EQ(life.book().buy("first", "1"), "done");
    life.live();
    Copying& book = life.book();
    const auto command = book.signal_of("next", Side::Sell, "2");
    const auto before = decide(book.context(), command);
    const core::Bytes saved = core::to_cbor(book.state);
    book.state = core::from_cbor<State>(saved).value();
    EXPECT_TRUE(core::to_cbor(book.state) == saved);
    const auto after = decide(book.context(), command);
    ASSERT_TRUE(before.has_value());
    ASSERT_TRUE(after.has_value());
    ASSERT_EQ(before.value().size(), after.value().size());
    for (std::size_t i = 0; i < before.value().size(); ++i) {
      EXPECT_TRUE(before.value()[i].body == after.value()[i].body);
    }
  }
}

// Fills whose order is mixed with the master's reductions end where they would have ended had they
// come at once.
TEST(CopyLifeProperty, TheOrderOfFillsAndReductionsDoesNotMatter) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    Copying book;
    book.add_copier(1, 10'000);
    book.add_copier(2, 10'000);
    core::Minor open = 0;
    std::vector<std::pair<std::string, core::Minor>> late;
    for (int i = 0; i < 8; ++i) {
      const std::string id = std::to_string(i);
      if (open > kStep && numbers.below(2) == 0) {
        const core::Minor part = steps(numbers, open / kStep - 1) * kStep;
        open -= part;
        ASSERT_EQ(book.sell(id, Copying::lots(part)), "done");
      } else {
        const core::Minor part = steps(numbers, 100) * kStep;
        open += part;
        ASSERT_EQ(book.buy(id, Copying::lots(part)), "done");
        ASSERT_EQ(book.fill(1, id, id, Copying::lots(part)), "done");
        late.emplace_back(id, part);
      }
      // Some of the second copier's come in between.
      while (!late.empty() && numbers.below(3) == 0) {
        const auto [signal, part] = late.back();
        late.pop_back();
        ASSERT_EQ(book.fill(2, signal, signal, Copying::lots(part)), "done");
      }
    }
    for (const auto& [signal, part] : late) {
      ASSERT_EQ(book.fill(2, signal, signal, Copying::lots(part)), "done");
    }
    EXPECT_TRUE(book.copy(1, "0").filled == book.copy(2, "0").filled);
    EXPECT_TRUE(book.copy(1, "0").asked == book.copy(2, "0").asked);
  }
}

}  // namespace
}  // namespace engine::copy
