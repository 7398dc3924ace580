#pragma once

#include "gateway/http/routes.h"

// The routes that only read the book. Each answers from what is durable.
namespace gateway::http {

Answer get_health(const Call& call);
Answer get_books(const Call& call);
Answer get_records(const Call& call);
Answer get_record(const Call& call);
// How it came to say what it says.
Answer get_explanation(const Call& call);
Answer get_balances(const Call& call);
Answer get_trial_balance(const Call& call);
Answer get_history(const Call& call);
// That these are all of a subject's records up to the last index root; JSON Lines.
Answer get_subject_proof(const Call& call);
// The key history as a file; see docs/formats/keys.md.
Answer get_key_history(const Call& call);

inline constexpr std::uint64_t kPageDefault = 100;

}  // namespace gateway::http
