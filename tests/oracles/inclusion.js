// Checks inclusion proofs with the function that npm's sigstore verifies its transparency log with.
//
// usage: node inclusion.js FOLDER      FOLDER has node_modules/@sigstore/verify; standard input has lines
//        {"index", "size", "root", "hashes", "entry"}, hashes and entry in base64. Each must be accepted,
//        and refused with another entry, index or root.
"use strict";
const fs = require("fs");
const path = require("path");
const { verifyMerkleInclusion } = require(
  path.resolve(process.argv[2], "node_modules/@sigstore/verify/dist/tlog/merkle.js"));

const bytes = (text) => Buffer.from(text, "base64");

function accepts(proof) {
  const entry = {
    canonicalizedBody: bytes(proof.entry),
    inclusionProof: { logIndex: String(proof.index), hashes: proof.hashes.map(bytes) },
  };
  try {
    verifyMerkleInclusion(entry, { logSize: BigInt(proof.size), logHash: bytes(proof.root) });
    return true;
  } catch (error) {
    if (error.code !== "TLOG_INCLUSION_PROOF_ERROR") throw error;
    return false;
  }
}

function changed(text) {
  const copy = bytes(text);
  copy[0] ^= 1;
  return copy.toString("base64");
}

let count = 0;
for (const line of fs.readFileSync(0, "utf8").split("\n").filter((text) => text !== "")) {
  const proof = JSON.parse(line);
  const wrong = [
    { ...proof, entry: changed(proof.entry) },
    { ...proof, root: changed(proof.root) },
    { ...proof, index: proof.index === 0 ? 1 : proof.index - 1 },
    { ...proof, hashes: proof.hashes.slice(1) },
  ];
  const good = accepts(proof) && wrong.every((one) => !accepts(one));
  if (!good) {
    console.error(`index ${proof.index} of ${proof.size}: not as it must be`);
    process.exit(1);
  }
  ++count;
}
if (count === 0) process.exit(1);
console.log(`@sigstore/verify: ${count} inclusion proofs`);
