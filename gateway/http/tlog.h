#pragma once

#include "gateway/http/routes.h"

// The routes by which an outsider checks the book: checkpoints, tiles and proofs.
// Source: C2SP tlog-tiles, tlog-proof.
namespace gateway::http {

Answer get_checkpoint(const Call& call);
Answer get_old_checkpoint(const Call& call);
Answer get_tile(const Call& call);
Answer get_entries(const Call& call);
Answer get_inclusion(const Call& call);
Answer get_consistency(const Call& call);
Answer get_proof(const Call& call);
Answer post_consistency(const Call& call);

}  // namespace gateway::http
