// read_log reads a published log with the packages that Go's own checksum database uses
// (golang.org/x/mod/sumdb), so that notes, checkpoints, tiles and proofs are judged by code that
// knows nothing of Assay.
//
//	read_log DIR [FILE.tlog-proof …]
//
// DIR is a published directory (docs/format.md, annex G). It prints what it proved, a line each, and
// ends with 1 at the first thing that does not hold.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: read_log DIR [FILE.tlog-proof …]")
		os.Exit(2)
	}
	if err := readLog(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func readLog(dir string, proofs []string) error {
	vkey, err := os.ReadFile(filepath.Join(dir, "log.vkey"))
	if err != nil {
		return err
	}
	verifier, err := note.NewVerifier(strings.TrimSuffix(string(vkey), "\n"))
	if err != nil {
		return fmt.Errorf("log.vkey: %w", err)
	}
	head, err := readCheckpoint(filepath.Join(dir, "checkpoint"), verifier)
	if err != nil {
		return err
	}
	fmt.Printf("checkpoint of size %d is signed by %s\n", head.N, verifier.Name())

	tiles := tileDirectory{dir: dir, size: head.N}
	hashes := tlog.TileHashReader(head, tiles)
	entries, err := readEntries(dir, head.N)
	if err != nil {
		return err
	}
	if err := checkEntries(entries, head, hashes); err != nil {
		return err
	}
	fmt.Printf("%d entries are under its root\n", len(entries))
	if err := checkOlder(dir, head, hashes, verifier); err != nil {
		return err
	}
	for _, name := range proofs {
		if err := checkProof(name, entries, verifier); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Printf("%s holds\n", filepath.Base(name))
	}
	return nil
}

func readCheckpoint(name string, verifier note.Verifier) (tlog.Tree, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return tlog.Tree{}, err
	}
	tree, err := openCheckpoint(data, verifier)
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("%s: %w", name, err)
	}
	return tree, nil
}

func openCheckpoint(data []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, fmt.Errorf("size %q", lines[1])
	}
	hash, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tlog.Tree{}, err
	}
	return tlog.Tree{N: size, Hash: hash}, nil
}

// tileDirectory hands tiles to the package, which names them tile/8/L/N where C2SP says tile/L/N.
type tileDirectory struct {
	dir  string
	size int64
}

func (d tileDirectory) Height() int                     { return tileHeight }
func (d tileDirectory) SaveTiles([]tlog.Tile, [][]byte) {}

func (d tileDirectory) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := "tile/" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight))
		data, err := os.ReadFile(filepath.Join(d.dir, path))
		if err != nil {
			return nil, err
		}
		if len(data) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s has %d bytes", path, len(data))
		}
		all = append(all, data)
	}
	return all, nil
}

// readEntries takes the entry bundles apart: a length of two bytes before each entry.
func readEntries(dir string, size int64) ([][]byte, error) {
	var entries [][]byte
	for first := int64(0); first < size; first += 256 {
		tile := tlog.Tile{H: tileHeight, L: -1, N: first / 256, W: 256}
		if size-first < 256 {
			tile.W = int(size - first)
		}
		path := "tile/entries/" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/data/", tileHeight))
		data, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return nil, err
		}
		for i := 0; i < tile.W; i++ {
			if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("%s ends in entry %d", path, first+int64(i))
			}
			length := int(binary.BigEndian.Uint16(data))
			entries = append(entries, data[2:2+length])
			data = data[2+length:]
		}
		if len(data) > 0 {
			return nil, fmt.Errorf("%s has %d bytes too many", path, len(data))
		}
	}
	return entries, nil
}

func checkEntries(entries [][]byte, head tlog.Tree, hashes tlog.HashReader) error {
	for index, entry := range entries {
		proof, err := tlog.ProveRecord(head.N, int64(index), hashes)
		if err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
		if err := tlog.CheckRecord(proof, head.N, head.Hash, int64(index), tlog.RecordHash(entry)); err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
	}
	return nil
}

func checkOlder(dir string, head tlog.Tree, hashes tlog.HashReader, verifier note.Verifier) error {
	names, err := filepath.Glob(filepath.Join(dir, "checkpoints", "*"))
	if err != nil {
		return err
	}
	consistent, byOlderKey := 0, 0
	for _, name := range names {
		older, err := readCheckpoint(name, verifier)
		var unverified *note.UnverifiedNoteError
		if errors.As(err, &unverified) {
			byOlderKey++ // The log's key was replaced since; log.vkey is the one in force.
			continue
		}
		if err != nil {
			return err
		}
		if err := checkConsistency(older, head, hashes); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		consistent++
	}
	fmt.Printf("%d checkpoints are consistent with it, %d are by another key\n", consistent, byOlderKey)
	return nil
}

func checkConsistency(older, head tlog.Tree, hashes tlog.HashReader) error {
	if older.N == 0 {
		return nil // The empty tree is the beginning of every other, and no proof says so.
	}
	proof, err := tlog.ProveTree(head.N, older.N, hashes)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, head.N, head.Hash, older.N, older.Hash)
}

// checkProof checks a C2SP tlog-proof of one of the entries.
func checkProof(name string, entries [][]byte, verifier note.Verifier) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	top, checkpoint, found := strings.Cut(string(data), "\n\n")
	lines := strings.Split(top, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("no proof file")
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		if _, err := base64.StdEncoding.DecodeString(lines[0][len("extra "):]); err != nil {
			return err
		}
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return errors.New("no index")
	}
	index, err := strconv.ParseInt(lines[0][len("index "):], 10, 64)
	if err != nil || index < 0 || index >= int64(len(entries)) {
		return fmt.Errorf("index %q", lines[0])
	}
	var proof tlog.RecordProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		proof = append(proof, hash)
	}
	tree, err := openCheckpoint([]byte(checkpoint), verifier)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entries[index]))
}
