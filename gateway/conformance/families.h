#pragma once

#include "core/json.h"

// Each operation's answer to a line that is an object. Whatever a verifier can look at, it judges;
// an error is for lines without a member, with another kind of value, or beyond a limit.
namespace gateway::conformance {

// tree.cc: RFC 6962.
core::Result<core::json::Value> leaf_hash(const core::json::Value& line);
core::Result<core::json::Value> tree_root(const core::json::Value& line);
core::Result<core::json::Value> prove_inclusion(const core::json::Value& line);
core::Result<core::json::Value> prove_consistency(const core::json::Value& line);
core::Result<core::json::Value> verify_inclusion(const core::json::Value& line);
core::Result<core::json::Value> verify_consistency(const core::json::Value& line);

// signatures.cc: Ed25519 and C2SP signed notes.
core::Result<core::json::Value> ed25519_verify(const core::json::Value& line);
core::Result<core::json::Value> note_sign(const core::json::Value& line);
core::Result<core::json::Value> note_verify(const core::json::Value& line);

// values.cc: the one CBOR encoding, and identifiers.
core::Result<core::json::Value> cbor_decode(const core::json::Value& line);
core::Result<core::json::Value> lei(const core::json::Value& line);
core::Result<core::json::Value> isin(const core::json::Value& line);
core::Result<core::json::Value> iban(const core::json::Value& line);

// figures.cc: exact arithmetic, and figures as people read them.
core::Result<core::json::Value> round(const core::json::Value& line);
core::Result<core::json::Value> allocate(const core::json::Value& line);
core::Result<core::json::Value> format_money(const core::json::Value& line);
core::Result<core::json::Value> format_date(const core::json::Value& line);

}  // namespace gateway::conformance
