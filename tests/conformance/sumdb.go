// Answers questions about notes and trees with Go's own packages golang.org/x/mod/sumdb/note and tlog:
// one JSON object a line in, one out. Run by oracles.py.
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"log"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Op     string
	Name   string
	Seed   string
	Skey   string
	Text   string
	Note   string
	Keys   []string
	Leaves []string
	Index  int64
	Size   int64
	Size1  int64
	Size2  int64
	Leaf   string
	Root   string
	Root1  string
	Root2  string
	Proof  []string
}

type answer map[string]interface{}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func unhex(text string) []byte {
	data, err := hex.DecodeString(text)
	check(err)
	return data
}

func hash(text string) tlog.Hash {
	var h tlog.Hash
	if copy(h[:], unhex(text)) != tlog.HashSize {
		log.Fatal("not a hash: ", text)
	}
	return h
}

func hashes(texts []string) []tlog.Hash {
	list := []tlog.Hash{}
	for _, text := range texts {
		list = append(list, hash(text))
	}
	return list
}

func texts(list []tlog.Hash) []string {
	result := []string{}
	for _, h := range list {
		result = append(result, hex.EncodeToString(h[:]))
	}
	return result
}

// The tree's hashes as the package stores them.
func stored(leaves []string) tlog.HashReader {
	var all []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		list := []tlog.Hash{}
		for _, index := range indexes {
			list = append(list, all[index])
		}
		return list, nil
	})
	for i, leaf := range leaves {
		added, err := tlog.StoredHashes(int64(i), unhex(leaf), reader)
		check(err)
		all = append(all, added...)
	}
	return reader
}

func root(size int64, reader tlog.HashReader) string {
	h, err := tlog.TreeHash(size, reader)
	check(err)
	return hex.EncodeToString(h[:])
}

func open(q question) answer {
	data, err := base64.StdEncoding.DecodeString(q.Note)
	check(err)
	verifiers := []note.Verifier{}
	for _, key := range q.Keys {
		verifier, err := note.NewVerifier(key)
		if err != nil {
			return answer{"ok": false}
		}
		verifiers = append(verifiers, verifier)
	}
	n, err := note.Open(data, note.VerifierList(verifiers...))
	if err != nil {
		return answer{"ok": false}
	}
	names := []string{}
	for _, sig := range n.Sigs {
		names = append(names, sig.Name)
	}
	return answer{"ok": true, "text": n.Text, "names": names}
}

func solve(q question) answer {
	switch q.Op {
	case "key": // Of a seed, so that a failure can be seen again.
		skey, vkey, err := note.GenerateKey(bytes.NewReader(unhex(q.Seed)), q.Name)
		check(err)
		return answer{"skey": skey, "vkey": vkey}
	case "sign":
		signer, err := note.NewSigner(q.Skey)
		check(err)
		msg, err := note.Sign(&note.Note{Text: q.Text}, signer)
		check(err)
		return answer{"note": string(msg)}
	case "open":
		return open(q)
	case "inclusion":
		reader := stored(q.Leaves)
		proof, err := tlog.ProveRecord(q.Size, q.Index, reader)
		check(err)
		return answer{"proof": texts(proof), "root": root(q.Size, reader)}
	case "consistency":
		reader := stored(q.Leaves)
		proof, err := tlog.ProveTree(q.Size2, q.Size1, reader)
		check(err)
		return answer{"proof": texts(proof), "root1": root(q.Size1, reader), "root2": root(q.Size2, reader)}
	case "check-inclusion":
		err := tlog.CheckRecord(hashes(q.Proof), q.Size, hash(q.Root), q.Index, hash(q.Leaf))
		return answer{"ok": err == nil}
	case "check-consistency":
		err := tlog.CheckTree(hashes(q.Proof), q.Size2, hash(q.Root2), q.Size1, hash(q.Root1))
		return answer{"ok": err == nil}
	case "ed25519":
		key := ed25519.PublicKey(unhex(q.Keys[0]))
		return answer{"ok": ed25519.Verify(key, unhex(q.Text), unhex(q.Note))}
	}
	log.Fatal("unknown question: ", q.Op)
	return nil
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var q question
		check(json.Unmarshal(in.Bytes(), &q))
		check(out.Encode(solve(q)))
	}
	check(in.Err())
}
