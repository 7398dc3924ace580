#include "gateway/cli/gate_text.h"

namespace gateway::cli {
namespace {

using core::json::Array;
using core::json::Value;

const Array& items(const Value& value, std::string_view name) {
  static const Array none;
  const Value* found = value.find(name);
  return found == nullptr || found->as_array() == nullptr ? none : *found->as_array();
}

// A member as it is read: texts without their quotes; nothing if it is absent.
std::string word_of(const Value& value, std::string_view name) {
  const Value* found = value.find(name);
  if (found == nullptr) return "";
  if (found->as_string() != nullptr) return *found->as_string();
  return core::json::print(*found);
}

// The members that are there, with a space between.
std::string words_of(const Value& value, std::initializer_list<std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) {
    const std::string word = word_of(value, name);
    if (!word.empty()) out += (out.empty() ? "" : " ") + word;
  }
  return out;
}

std::string reason_lines(const Array& reasons, std::string_view before) {
  std::string out;
  for (const Value& one : reasons) {
    out += std::string(before) + words_of(one, {"leg", "cell", "verdict", "reason"});
    const std::string detail = word_of(one, "detail");
    if (!detail.empty()) out += ": " + detail;
    std::string sources;
    for (const Value& source : items(one, "sources")) {
      sources += (sources.empty() ? "" : ", ") + *source.as_string();
    }
    if (!sources.empty()) out += " [" + sources + "]";
    out += "\n";
  }
  return out;
}

}  // namespace

std::string gate_check_text(const Value& answer) {
  std::string out = word_of(answer, "verdict");
  const std::string until = word_of(answer, "valid_until");
  if (!until.empty()) out += " until " + until;
  out += "\n";
  for (const Value& leg : items(answer, "legs")) {
    out += "leg " + words_of(leg, {"leg", "jurisdiction", "cell", "verdict"}) + "\n";
  }
  out += reason_lines(items(answer, "reasons"), "because ");
  for (const Value& one : items(answer, "conditions")) {
    out += "missing " + word_of(one, "paper") + " from " + word_of(one, "owner") + " by " +
           word_of(one, "due") + "\n";
  }
  for (const Value& paper : items(answer, "per_client")) {
    out += "of each client " + *paper.as_string() + "\n";
  }
  for (const Value& one : items(answer, "restrictions")) {
    out += words_of(one, {"of", "kind", "source", "reference"}) + ": ";
    const std::string about = word_of(one, "about");
    if (!about.empty()) out += about + ": ";
    out += word_of(one, "text") + "\n";
  }
  return out;
}

std::string gate_replay_text(const Value& replay) {
  std::string out = "recorded " + word_of(*replay.find("recorded"), "verdict") + "\n";
  out += "as of then " + word_of(*replay.find("then"), "verdict") +
         (word_of(replay, "same") == "true" ? ", the same bytes\n" : ", NOT THE SAME\n");
  out += "as of now " + word_of(*replay.find("now"), "verdict") + "\n";
  out += reason_lines(items(replay, "gone"), "no more: ");
  out += reason_lines(items(replay, "come"), "new: ");
  return out;
}

std::string gate_impact_text(const Value& impact) {
  const Array& changes = items(impact, "changes");
  const Array& ending = items(impact, "allows_ending");
  std::string out = std::to_string(changes.size()) + " managers change verdict\n";
  for (const Value& one : changes) {
    out += word_of(one, "from") + " " + word_of(one, "manager") + " " + word_of(one, "before") +
           " to " + word_of(one, "after") + "\n";
  }
  if (!ending.empty()) out += std::to_string(ending.size()) + " allows by people end\n";
  for (const Value& one : ending) {
    out += words_of(one, {"from", "manager", "model", "decision"});
    const std::string ahead = word_of(one, "decided_ahead");
    out += ahead.empty() ? "\n" : ", decided ahead: " + ahead + "\n";
  }
  return out;
}

std::string gate_queue_text(const Value& queue) {
  std::string out;
  for (const Value& one : items(queue, "cases")) {
    out += "case " + words_of(one, {"onboarding", "stage", "model", "verdict"}) +
           ", next: " + word_of(one, "next") + "\n";
    for (const Value& missing : items(one, "missing")) {
      out += "  " + word_of(missing, "item") + " from " + word_of(missing, "from") + " (" +
             word_of(missing, "why") + ")";
      const std::string due = word_of(missing, "due");
      if (!due.empty()) out += " by " + due;
      out += missing.find("overdue") != nullptr ? " OVERDUE\n" : "\n";
    }
    for (const Value& list : items(one, "screen_again")) {
      out += "  screen again: " + *list.as_string() + "\n";
    }
    const std::string change = word_of(one, "rules_change");
    const std::string ahead = word_of(one, "decided_ahead");
    if (!change.empty()) out += "  other rules from " + change + "\n";
    if (!ahead.empty()) out += "  decided ahead: " + ahead + "\n";
  }
  for (const Value& one : items(queue, "calendar")) {
    out += "ends " + words_of(one, {"last_day", "of", "what", "party"}) + " (" +
           word_of(one, "days") + " days)\n";
  }
  for (const Value& one : items(queue, "rechecks")) {
    out += "ask again " + words_of(one, {"source", "reference", "party"}) + " by " +
           word_of(one, "due") + "\n";
  }
  for (const Value& one : items(queue, "desk")) {
    out += words_of(one, {"of", "list", "id", "what", "manager", "party", "since"}) +
           (one.find("carried") != nullptr ? ", of an earlier version" : "") +
           ", next: " + word_of(one, "next") + " from " + word_of(one, "from");
    const std::string due = word_of(one, "due");
    if (!due.empty()) out += " by " + due;
    out += one.find("overdue") != nullptr ? " OVERDUE\n" : "\n";
  }
  return out;
}

std::string gate_mandates_text(const Value& mandates) {
  std::string out;
  for (const Value& one : items(mandates, "mandates")) {
    out += words_of(one, {"accepted_at", "structure", "offer", "document", "state"});
    const Value* terms = one.find("terms");
    if (terms != nullptr) out += " " + words_of(*terms, {"language", "channel", "expires"});
    const std::string revoked = word_of(one, "revoked_at");
    if (!revoked.empty()) out += " " + revoked;
    out += "\n";
  }
  return out;
}

std::string gate_cell_text(const Value& form) {
  const Value& pack = *form.find("pack");
  std::string out = "cell " + word_of(form, "cell") + " of " + words_of(pack, {"name", "version"}) +
                    " (" + word_of(pack, "hash") + ")\n";
  out += words_of(form, {"jurisdiction", "model", "category", "from", "until"}) + ": " +
         word_of(form, "verdict") + ", confidence " + word_of(form, "confidence") + "\n";
  for (const Value& one : items(form, "sources")) {
    out += "source " + words_of(one, {"id", "citation"}) + ", looked at " +
           word_of(one, "checked") + (word_of(one, "uncertain") == "true" ? ", uncertain\n" : "\n");
  }
  for (const Value& one : items(form, "questions")) out += "question " + *one.as_string() + "\n";
  for (const std::string_view whose : {"manager_requires", "broker_requires"}) {
    for (const Value& one : items(form, whose)) {
      out += std::string(whose) + " " + core::json::print(one) + "\n";
    }
  }
  for (const Value& one : items(form, "papers")) {
    out += "paper " + words_of(one, {"code", "kind"}) + " from " + word_of(one, "owner") +
           (word_of(one, "per_client") == "true" ? ", of each client\n" : "\n");
  }
  for (const Value& one : items(form, "forbidden")) {
    out += "forbidden " + word_of(one, "code") + ": " + word_of(one, "why") + "\n";
  }
  for (const Value& one : items(form, "limits")) out += "limits " + core::json::print(one) + "\n";
  for (const Value& one : items(form, "alerts")) out += "alert " + *one.as_string() + "\n";
  const Value& sign = *form.find("sign");
  if (sign.as_string() != nullptr) return out + "to sign: " + *sign.as_string() + "\n";
  out += "to sign: " + word_of(sign, "statement") + "\n";
  return out + "recorded by " + word_of(sign, "command") + " " + word_of(sign, "fields") +
         "\n\nname, date, signature, last day: ______________________________\n";
}

}  // namespace gateway::cli
