package process

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Work is long work that a process of this program does.
type Work struct {
	PID   int       `json:"pid"`
	What  string    `json:"what"` // "digits"
	Since time.Time `json:"since"`
}

var announced atomic.Int64 // by this process

// Announce tells other processes that look into the folder dir what this one works on, until done
// is called or the process ends in whatever way. The folder is made where there is none. Each piece
// of work is a file that the system keeps locked.
func Announce(dir string, w Work) (done func(), err error) {
	w.PID = os.Getpid()
	content, err := json.Marshal(w)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("announce work: %w", err)
	}
	path := filepath.Join(dir, fmt.Sprintf("%d-%d.json", w.PID, announced.Add(1)))
	f, err := createLocked(path)
	if err != nil {
		return nil, fmt.Errorf("announce work: %w", err)
	}
	if _, err := f.Write(content); err != nil {
		return nil, errors.Join(fmt.Errorf("announce work: %w", err), f.Close(), removeOwn(path))
	}
	return func() {
		_ = removeOwn(path) // before unlocking, so that nobody takes it for an abandoned one
		_ = f.Close()
	}, nil
}

// Others returns what other processes announced in dir and still do. What ended processes left is
// removed.
func Others(dir string) ([]Work, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for other work: %w", err)
	}
	var others []Work
	for _, e := range entries {
		pid, ok := strings.CutSuffix(e.Name(), ".json")
		pid, _, _ = strings.Cut(pid, "-")
		if n, err := strconv.Atoi(pid); !ok || err != nil || n == os.Getpid() {
			continue
		}
		path := filepath.Join(dir, e.Name())
		if removeAbandoned(path) {
			continue
		}
		content, err := read(path)
		var w Work
		if err == nil && json.Unmarshal(content, &w) == nil { // otherwise it ended, or begins, this very moment
			others = append(others, w)
		}
	}
	return others, nil
}
