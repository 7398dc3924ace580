// Checks what `tally serve` gives to outsiders with Go's own sumdb/note and sumdb/tlog, which know
// nothing of Tallystick: the signed checkpoint, tiles of hashes, bundles of entries, inclusion and
// consistency proofs, receipts.
//
// usage: tlog BASE VKEY TOKEN AUDITOR_TOKEN      BASE is http://HOST:PORT/v1/books/BOOK
package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error, what string, about ...interface{}) {
	if err != nil {
		fmt.Printf("%s: %v\n", fmt.Sprintf(what, about...), err)
		os.Exit(1)
	}
}

func expect(holds bool, what string, about ...interface{}) {
	if !holds {
		check(fmt.Errorf("does not hold"), what, about...)
	}
}

func get(path, token string) []byte {
	request, err := http.NewRequest("GET", os.Args[1]+path, nil)
	check(err, path)
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Accept", "*/*")
	if strings.HasPrefix(path, "/records/") {
		request.Header.Set("Accept", "application/octet-stream")
	}
	response, err := http.DefaultClient.Do(request)
	check(err, path)
	body, err := io.ReadAll(response.Body)
	check(err, path)
	response.Body.Close()
	expect(response.StatusCode == 200, "%s: %s %s", path, response.Status, body)
	return body
}

func hash(text string) (h tlog.Hash) {
	bytes, err := base64.StdEncoding.DecodeString(text)
	check(err, text)
	expect(len(bytes) == 32, "%s has 32 bytes", text)
	copy(h[:], bytes)
	return h
}

func hashes(lines []string) (out []tlog.Hash) {
	for _, line := range lines {
		out = append(out, hash(line))
	}
	return out
}

// The path that C2SP tlog-tiles gives a tile. Go's own Tile.Path is an older layout.
func tilePath(level string, n int64, width int) string {
	index := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		index = fmt.Sprintf("x%03d/%s", n%1000, index)
	}
	if width < 256 {
		index += fmt.Sprintf(".p/%d", width)
	}
	return "/tile/" + level + "/" + index
}

type tiles struct{}

func (tiles) Height() int                     { return 8 }
func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (tiles) ReadTiles(wanted []tlog.Tile) (out [][]byte, err error) {
	for _, t := range wanted {
		out = append(out, get(tilePath(fmt.Sprint(t.L), t.N, t.W), os.Args[3]))
	}
	return out, nil
}

// The tree of a note that note.Open accepts under the key that we were given.
func open(text []byte) tlog.Tree {
	verifier, err := note.NewVerifier(os.Args[2])
	check(err, "vkey")
	opened, err := note.Open(text, note.VerifierList(verifier))
	check(err, "note.Open of %q", text)
	lines := strings.Split(opened.Text, "\n")
	expect(lines[0] == verifier.Name(), "the origin %s is the key's name", lines[0])
	var size int64
	_, err = fmt.Sscan(lines[1], &size)
	check(err, "size")
	return tlog.Tree{N: size, Hash: hash(lines[2])}
}

type proof struct {
	Hashes                              []string
	Root, Old_root, New_root, Leaf_hash string
}

func getProof(path string, about ...interface{}) (out proof) {
	check(json.Unmarshal(get(fmt.Sprintf(path, about...), os.Args[3]), &out), path)
	return out
}

// A receipt for entry i: `.tlog-proof`, its checkpoint, and the proof in between.
func checkReceipt(i int64, leaf tlog.Hash) {
	parts := strings.SplitN(string(get(fmt.Sprintf("/proofs/%d", i), os.Args[3])), "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	expect(lines[0] == "c2sp.org/tlog-proof@v1", "first line %s", lines[0])
	expect(lines[1] == fmt.Sprintf("index %d", i), "second line %s", lines[1])
	tree := open([]byte(parts[1]))
	check(tlog.CheckRecord(hashes(lines[2:]), tree.N, tree.Hash, i, leaf), "receipt of %d", i)
}

func main() {
	token, auditor := os.Args[3], os.Args[4]
	tree := open(get("/checkpoint", token))
	reader := tlog.TileHashReader(tree, tiles{})
	// Every entry hashes to its leaf in the tiles, which the reader checks against the root.
	for first := int64(0); first < tree.N; first += 256 {
		width := tree.N - first
		if width > 256 {
			width = 256
		}
		bundle := get(tilePath("entries", first/256, int(width)), auditor)
		for i := first; i < first+width; i++ {
			length := int(binary.BigEndian.Uint16(bundle))
			entry := bundle[2 : 2+length]
			bundle = bundle[2+length:]
			stored, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, i)})
			check(err, "tiles of entry %d", i)
			leaf := tlog.RecordHash(entry)
			expect(stored[0] == leaf, "entry %d is its leaf", i)
			// The server's proof, and the one that Go makes of the tiles.
			served := getProof("/inclusion/%d/%d", i, tree.N)
			check(tlog.CheckRecord(hashes(served.Hashes), tree.N, tree.Hash, i, leaf), "inclusion of %d", i)
			made, err := tlog.ProveRecord(tree.N, i, reader)
			check(err, "ProveRecord of %d", i)
			expect(fmt.Sprint(made) == fmt.Sprint(tlog.RecordProof(hashes(served.Hashes))), "both proofs of %d", i)
			if i%50 == 0 {
				expect(string(get(fmt.Sprintf("/records/%d", i), token)) == string(entry), "record %d", i)
				checkReceipt(i, leaf)
			}
		}
		expect(len(bundle) == 0, "nothing is left over in the bundle at %d", first)
	}
	pairs := 0
	for old := int64(1); old <= tree.N; old += 1 + old/7 {
		for now := old; now <= tree.N; now += 1 + now/5 {
			served := getProof("/consistency/%d/%d", old, now)
			root, err := tlog.TreeHash(now, reader)
			check(err, "TreeHash of %d", now)
			expect(root == hash(served.New_root), "root of %d", now)
			before, err := tlog.TreeHash(old, reader)
			check(err, "TreeHash of %d", old)
			check(tlog.CheckTree(hashes(served.Hashes), now, root, old, before), "consistency %d %d", old, now)
			inside := getProof("/inclusion/%d/%d", old-1, now)
			check(tlog.CheckRecord(hashes(inside.Hashes), now, root, old-1, hash(inside.Leaf_hash)), "inclusion")
			pairs++
		}
	}
	fmt.Printf("go: checkpoint of %d, its tiles, entries, proofs and %d pairs of sizes\n", tree.N, pairs)
}
