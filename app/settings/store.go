package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"ganvas/engine/wholefile"
)

// A Store is a file of named values that is whole at every instant. Changes are written in the
// background, and those of other processes are taken over before the next one. Its methods may be
// called from any goroutine.
type Store struct {
	path string
	Fail func(error) // called on the writing goroutine when the file cannot be written, once until it can be again

	mu      sync.Mutex
	values  map[string]any      // bool, float64, string or []any of strings, as in JSON
	changed map[string]struct{} // keys that are not written yet
	seen    fs.FileInfo         // the file as it was read or written last; nil: there was none
	writing chan struct{}       // closed when the writing that goes on has ended; nil: none goes on
	failed  bool
	kept    bool // what is there cannot be read and has no other place: it is never written
}

// Open reads the file at path or, where there is none, takes over the first of older ones that
// exists. A file that cannot be read is kept under another name, and the error says so; the store
// is then empty.
func Open(path string, older ...string) (*Store, error) {
	s := &Store{path: path, Fail: func(error) {}, values: make(map[string]any), changed: make(map[string]struct{})}
	for _, from := range append([]string{path}, older...) {
		values, info, err := readValues(from)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return s, s.putAside(from, err)
		}
		s.values = values
		if s.seen = info; from != path {
			s.seen = nil
			s.mu.Lock()
			defer s.mu.Unlock()
			for key := range values {
				s.changed[key] = struct{}{}
			}
			s.write()
		}
		return s, nil
	}
	return s, nil
}

func readValues(path string) (values map[string]any, info fs.FileInfo, err error) {
	if info, err = os.Stat(path); err != nil {
		return nil, nil, err
	}
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &values)
	}
	if err == nil && values == nil {
		err = errors.New("it holds no values")
	}
	return values, info, err
}

// putAside gives a file that cannot be read another name, and returns what is to be said of it. One
// of another program stays.
func (s *Store) putAside(from string, why error) error {
	if from != s.path {
		return fmt.Errorf("read the earlier settings in %s: %w: the settings are as at the first start", from, why)
	}
	extension := filepath.Ext(from)
	kept := wholefile.FreePath(strings.TrimSuffix(from, extension)+"-damaged", extension)
	if err := os.Rename(from, kept); err != nil {
		s.kept = true
		return fmt.Errorf("read the settings in %s: %w: they are as at the first start, and are not kept: %w", from, why, err)
	}
	return fmt.Errorf("read the settings in %s: %w: they are as at the first start; what was there is in %s", from, why, kept)
}

// catchUp takes over what other processes have written. The caller holds mu.
func (s *Store) catchUp() {
	info, err := os.Stat(s.path)
	if err != nil || s.seen != nil && os.SameFile(info, s.seen) && info.ModTime().Equal(s.seen.ModTime()) {
		return
	}
	values, info, err := readValues(s.path)
	if err != nil {
		return // it is written anew
	}
	for key := range s.changed {
		if v, ok := s.values[key]; ok {
			values[key] = v
		}
	}
	s.values, s.seen = values, info
}

// set changes a value.
func (s *Store) set(key string, value any) {
	s.update(key, func(any) any { return value })
}

// update changes a value to what next makes of it.
func (s *Store) update(key string, next func(old any) any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp()
	s.values[key] = next(s.values[key])
	s.changed[key] = struct{}{}
	s.write()
}

// write writes in the background until nothing is left to be written. The caller holds mu.
func (s *Store) write() {
	if s.writing != nil || s.kept {
		return
	}
	done := make(chan struct{})
	s.writing = done
	go func() {
		defer close(done)
		for s.writeOnce() {
		}
	}()
}

// writeOnce writes the file and tells whether it is to be written again.
func (s *Store) writeOnce() bool {
	s.mu.Lock()
	if len(s.changed) == 0 {
		s.writing = nil
		s.mu.Unlock()
		return false
	}
	s.catchUp()
	values, changed := maps.Clone(s.values), s.changed
	s.changed = make(map[string]struct{})
	s.mu.Unlock()
	text, err := json.MarshalIndent(values, "", "\t")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(s.path), 0o755)
	}
	if err == nil {
		err = wholefile.WriteBytes(s.path, wholefile.Replace, append(text, '\n'))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		s.failed = false
		s.seen, _ = os.Stat(s.path)
		return true
	}
	maps.Copy(s.changed, changed) // written with the next change
	if !s.failed {
		s.failed = true
		s.Fail(err)
	}
	s.writing = nil
	return false
}

// Flush waits until everything is written, or cannot be.
func (s *Store) Flush() {
	s.mu.Lock()
	writing := s.writing
	s.mu.Unlock()
	if writing != nil {
		<-writing
	}
}

func valueOf[T any](s *Store, key string, otherwise T) T {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v, ok := s.values[key].(T); ok {
		return v
	}
	return otherwise
}

// Bool returns a value, false where there is none.
func (s *Store) Bool(key string) bool { return valueOf(s, key, false) }

// String returns a value, "" where there is none.
func (s *Store) String(key string) string { return valueOf(s, key, "") }

// FloatWithFallback returns a value, or otherwise where there is none.
func (s *Store) FloatWithFallback(key string, otherwise float64) float64 {
	return valueOf(s, key, otherwise)
}

// IntWithFallback returns a value, or otherwise where there is none.
func (s *Store) IntWithFallback(key string, otherwise int) int {
	return int(valueOf(s, key, float64(otherwise)))
}

// StringList returns a list, which is empty where there is none.
func (s *Store) StringList(key string) []string { return stringsOf(valueOf[any](s, key, nil)) }

// stringsOf returns a list of strings as JSON gives it, without what is none.
func stringsOf(value any) (list []string) {
	items, _ := value.([]any)
	for _, v := range items {
		if text, ok := v.(string); ok {
			list = append(list, text)
		}
	}
	return list
}

func anysOf(list []string) []any {
	items := make([]any, len(list))
	for i, text := range list {
		items[i] = text
	}
	return items
}

// SetBool changes a value.
func (s *Store) SetBool(key string, value bool) { s.set(key, value) }

// SetString changes a value.
func (s *Store) SetString(key, value string) { s.set(key, value) }

// SetFloat changes a value.
func (s *Store) SetFloat(key string, value float64) { s.set(key, value) }

// SetInt changes a value.
func (s *Store) SetInt(key string, value int) { s.set(key, float64(value)) }

// SetStringList changes a list.
func (s *Store) SetStringList(key string, list []string) { s.set(key, anysOf(list)) }

// updateList changes a list to what next makes of it.
func (s *Store) updateList(key string, next func(old []string) []string) {
	s.update(key, func(old any) any { return anysOf(next(stringsOf(old))) })
}
