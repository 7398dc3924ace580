#include "ledger/policy.h"

#include <algorithm>
#include <utility>

#include "ledger/tlog_text.h"

namespace ledger {
namespace {

constexpr std::string_view kNone = "none";

core::Error malformed(std::string detail) { return core::invalid("policy", "", std::move(detail)); }

// Tabs and spaces separate; nothing else does.
std::vector<std::string_view> words_of(std::string_view line) {
  constexpr std::string_view kBlank = " \t";
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = line.find_first_not_of(kBlank);
    if (begin == line.npos) return words;
    line.remove_prefix(begin);
    const std::size_t end = std::min(line.find_first_of(kBlank), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

bool is_allowed(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

}  // namespace

// Reads a policy line by line.
class PolicyReader {
 public:
  core::Result<> take(std::string_view line) {
    if (!std::ranges::all_of(line, is_allowed))
      return malformed("A control character stands here.");
    const auto words = words_of(line);
    if (words.empty() || words[0].starts_with('#')) return core::ok();
    if (words[0] == "log") return take_log(words);
    if (words[0] == "witness") return take_witness(words);
    if (words[0] == "group") return take_group(words);
    if (words[0] == "quorum") return take_quorum(words);
    return malformed("A line begins with log, witness, group or quorum.");
  }

  core::Result<Policy> finish() {
    if (!has_quorum_) return malformed("A policy has one line quorum NAME, or quorum none.");
    return std::move(policy_);
  }

 private:
  using Words = std::vector<std::string_view>;

  core::Result<> take_log(const Words& words) {
    if (words.size() < 2 || words.size() > 3) return malformed("Write: log VKEY [URL].");
    if (policy_.logs_.size() == kPolicyEntriesMax) return malformed("There are too many logs.");
    TRY(auto key, parse_verifier_key(words[1]));
    const auto same = [&](const PolicyLog& log) { return log.key.key == key.key; };
    if (std::ranges::any_of(policy_.logs_, same)) return malformed("A log's key stands twice.");
    policy_.logs_.push_back({std::move(key), words.size() == 3 ? std::string(words[2]) : ""});
    return core::ok();
  }

  core::Result<> take_witness(const Words& words) {
    if (words.size() < 3 || words.size() > 4) return malformed("Write: witness NAME VKEY [URL].");
    if (policy_.witnesses_.size() == kPolicyEntriesMax) {
      return malformed("There are too many witnesses.");
    }
    TRY(check_new(words[1]));
    TRY(auto key, parse_witness_key(words[2]));
    const auto same = [&](const PolicyWitness& witness) { return witness.key.key == key.key; };
    if (std::ranges::any_of(policy_.witnesses_, same)) {
      return malformed("A witness's key stands twice.");
    }
    policy_.named_.push_back({std::string(words[1]), policy_.witnesses_.size(), 0, {}, false});
    policy_.witnesses_.push_back(
        {std::string(words[1]), std::move(key), words.size() == 4 ? std::string(words[3]) : ""});
    return core::ok();
  }

  core::Result<> take_group(const Words& words) {
    if (words.size() < 4) return malformed("Write: group NAME all|any|NUMBER NAME...");
    if (++groups_ > kPolicyEntriesMax) return malformed("There are too many groups.");
    TRY(check_new(words[1]));
    Policy::Named group;
    group.name = words[1];
    for (std::size_t i = 3; i < words.size(); ++i) {
      TRY(const std::size_t member, find(words[i]));
      // So that a witness counts in one way only.
      if (std::exchange(policy_.named_[member].is_member, true)) {
        return malformed("A name is a member of one group at most, once.");
      }
      group.members.push_back(member);
    }
    TRY(group.threshold, threshold(words[2], group.members.size()));
    policy_.named_.push_back(std::move(group));
    return core::ok();
  }

  core::Result<> take_quorum(const Words& words) {
    if (words.size() != 2) return malformed("Write: quorum NAME, or quorum none.");
    if (std::exchange(has_quorum_, true)) return malformed("A policy has one quorum.");
    if (words[1] == kNone) return core::ok();
    TRY(policy_.quorum_, find(words[1]));
    return core::ok();
  }

  static core::Result<std::size_t> threshold(std::string_view word, std::size_t members) {
    if (word == "any") return std::size_t{1};
    if (word == "all") return members;
    const auto number = parse_count(word);
    if (number && *number >= 1 && *number <= members) return static_cast<std::size_t>(*number);
    return malformed("A group needs all, any, or a number from 1 to that of its members.");
  }

  core::Result<> check_new(std::string_view name) const {
    if (name == kNone ||
        std::ranges::find(policy_.named_, name, &Policy::Named::name) != policy_.named_.end()) {
      return malformed("This name is taken.");
    }
    return core::ok();
  }

  core::Result<std::size_t> find(std::string_view name) const {
    const auto found = std::ranges::find(policy_.named_, name, &Policy::Named::name);
    if (found == policy_.named_.end()) return malformed("No line above defines this name.");
    return static_cast<std::size_t>(found - policy_.named_.begin());
  }

  Policy policy_;
  std::size_t groups_ = 0;
  bool has_quorum_ = false;
};

core::Result<Policy> Policy::parse(std::string_view text) {
  if (text.size() > kPolicyBytesMax) return malformed("The policy is too long.");
  PolicyReader reader;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    auto taken = reader.take(line);
    if (!taken) return std::move(taken.error()).within("line " + std::to_string(number));
  }
  return reader.finish();
}

std::vector<WitnessKey> Policy::witness_keys() const {
  std::vector<WitnessKey> keys;
  for (const PolicyWitness& witness : witnesses_) keys.push_back(witness.key);
  return keys;
}

bool Policy::is_met(const std::vector<std::size_t>& cosigned) const {
  if (!quorum_) return true;
  // Members come before their group.
  std::vector<bool> met;
  for (const Named& one : named_) {
    if (one.witness) {
      met.push_back(std::ranges::find(cosigned, *one.witness) != cosigned.end());
      continue;
    }
    const auto count = std::ranges::count_if(one.members, [&](std::size_t i) { return met[i]; });
    met.push_back(static_cast<std::size_t>(count) >= one.threshold);
  }
  return met[*quorum_];
}

core::Result<Checkpoint> verify_by_policy(std::string_view note, const Policy& policy,
                                          const std::optional<VerifierKey>& log) {
  std::vector<VerifierKey> logs;
  for (const PolicyLog& one : policy.logs()) logs.push_back(one.key);
  if (logs.empty() && log) logs.push_back(*log);
  if (logs.empty()) return malformed("The policy names no log, and no log's key was given.");
  TRY(auto checkpoint, open_checkpoint(note, logs));
  TRY(const auto signatures, signatures_of_note(note));
  const auto keys = policy.witness_keys();
  TRY(const auto cosignatures, check_cosignatures(text_of_note(note), signatures, keys));
  std::vector<std::size_t> cosigned;
  for (const Cosignature& one : cosignatures) cosigned.push_back(one.witness);
  if (policy.is_met(cosigned)) return checkpoint;
  return core::corrupt("quorum", "size " + std::to_string(checkpoint.size),
                       "Only " + std::to_string(cosigned.size()) +
                           " of the policy's witnesses cosigned this checkpoint, which is not its "
                           "quorum.");
}

}  // namespace ledger
