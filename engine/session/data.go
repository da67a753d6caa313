package session

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/recipe"
)

// A DataError says that a run cannot go on with the data that lie where its recipe says, or where
// Options.Data says.
type DataError struct {
	Project string // the project file
	Data    string // where the data were looked for
	Changes string // how they differ from those that the run was trained on; "" if they cannot be read
	Err     error  // why they cannot be read; nil if they have changed
}

// Error says what is wrong and what can be done.
func (e *DataError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("open %s: its data: %v: say where they lie now, or bring them back", e.Project, e.Err)
	}
	return fmt.Sprintf("open %s: the data in %s have changed since this run was trained (%s): bring back the old data, accept the new ones, or start a new run with them", e.Project, e.Data, e.Changes)
}

// Unwrap returns why the data cannot be read.
func (e *DataError) Unwrap() error { return e.Err }

// A dataRecord is what a project keeps of the data of a run, to tell later what has changed.
type dataRecord struct {
	Count  int      `json:"count"`
	Labels []string `json:"labels,omitempty"`
	// Files has 8 bytes for each file: a hash of its name below the source, and the beginning of
	// its SHA-256. It is empty where the data are no files, or more than mostFiles.
	Files []byte `json:"files,omitempty"`
	// Place is the way to the data from the folder of the project, if they lie there.
	Place string `json:"place,omitempty"`
}

// dataChanged begins what an event says of data that are others than before.
const dataChanged = "the data have changed"

const (
	mostFiles  = 50_000
	namedFiles = 3 // that are named where files are new
)

// recordOf describes data, with the items that are left out.
func recordOf(set datasets.Set) dataRecord {
	set, _ = datasets.Whole(set, 0)
	info := set.Info()
	r := dataRecord{Count: info.Count, Labels: info.Labels}
	if set.Len() > mostFiles {
		return r
	}
	for i := range set.Len() {
		o := datasets.OriginOf(set, i)
		if o.Name == "" || o.Sum == 0 {
			r.Files = nil
			break
		}
		if o.Part == 0 {
			r.Files = binary.BigEndian.AppendUint32(r.Files, nameHash(o.Name))
			r.Files = binary.BigEndian.AppendUint32(r.Files, o.Sum)
		}
	}
	return r
}

// nameHash is that of a file's name below its source, whose own name may change.
func nameHash(name string) uint32 {
	_, below, _ := strings.Cut(name, "/")
	h := fnv.New32a()
	h.Write([]byte(below))
	return h.Sum32()
}

// changes says in words how data differ from what was recorded.
func (r dataRecord) changes(set datasets.Set) string {
	now := recordOf(set)
	var words []string
	switch {
	case r.Count == 0:
		words = append(words, fmt.Sprintf("now %d items", now.Count))
	case now.Count != r.Count:
		words = append(words, fmt.Sprintf("%d items instead of %d", now.Count, r.Count))
	}
	if len(r.Files) > 0 && len(now.Files) > 0 {
		words = append(words, r.fileChanges(set)...)
	}
	if r.Count > 0 && !slices.Equal(r.Labels, now.Labels) {
		words = append(words, fmt.Sprintf("%d classes instead of %d, or others", len(now.Labels), len(r.Labels)))
	}
	if len(words) == 0 {
		return "other content"
	}
	return strings.Join(words, "; ")
}

// fileChanges says which files are new, gone, or have other content.
func (r dataRecord) fileChanges(set datasets.Set) (words []string) {
	set, _ = datasets.Whole(set, 0)
	old := make(map[uint32]uint32, len(r.Files)/8)
	for at := 0; at+8 <= len(r.Files); at += 8 {
		old[binary.BigEndian.Uint32(r.Files[at:])] = binary.BigEndian.Uint32(r.Files[at+4:])
	}
	var fresh, changed []string
	for i := range set.Len() {
		o := datasets.OriginOf(set, i)
		if o.Part > 0 {
			continue
		}
		_, name, _ := strings.Cut(o.Name, "/")
		h := nameHash(o.Name)
		switch sum, known := old[h]; {
		case !known:
			fresh = append(fresh, name)
		case sum != o.Sum:
			changed = append(changed, name)
		}
		delete(old, h)
	}
	say := func(names []string, one, many string) {
		if len(names) == 0 {
			return
		}
		text := files(len(names), one, many)
		if len(names) > namedFiles {
			names = append(names[:namedFiles:namedFiles], "…")
		}
		words = append(words, text+" ("+strings.Join(names, ", ")+")")
	}
	say(fresh, "is new", "are new")
	say(changed, "has other content", "have other content")
	if len(old) > 0 {
		words = append(words, files(len(old), "is gone", "are gone"))
	}
	return words
}

func files(n int, one, many string) string {
	if n == 1 {
		return "1 file " + one
	}
	return strconv.Itoa(n) + " files " + many
}

func recordKey(run int64) string { return fmt.Sprintf("data of run %d", run) }

// keepRecord writes down what the data of a run are.
func (s *Session) keepRecord(run int64) error {
	r := recordOf(s.data)
	r.Place = placeOf(s.file.Path(), s.recipe.Data)
	return setRecord(s.file, run, r)
}

// record returns what was written down.
func (s *Session) record(run int64) (dataRecord, error) { return recordIn(s.file, run) }

// openData opens the data of a run: from where the recipe says or, where that is known to be no
// longer true, from options.Data. It changes r to what holds from now on, and returns what is to be
// recorded of it, "" if everything is as it was, and whether the items are others.
func (s *Session) openData(ctx context.Context, run ckpt.Run, r *recipe.Recipe, options Options) (data datasets.Set, news string, changed bool, err error) {
	var words []string
	if moved := options.Data; moved != "" && moved != r.Data {
		words = append(words, fmt.Sprintf("the data lie in %s instead of %s", moved, r.Data))
		r.Data = moved
	}
	if !options.ReadData {
		if err := s.mayRead(r, options.Data != ""); err != nil {
			return nil, "", false, err
		}
	}
	fail := func(changes string, err error) error {
		return &DataError{Project: s.file.Path(), Data: r.Data, Changes: changes, Err: err}
	}
	o := DataOptions(r)
	o.LeaveOut = ""
	whole, err := datasets.Open(ctx, r.Data, o, options.DataProgress)
	if err != nil {
		if ctx.Err() != nil || datasets.IsBuiltin(r.Data) {
			return nil, "", false, fmt.Errorf("open %s: its data: %w", s.file.Path(), err)
		}
		return nil, "", false, fail("", err)
	}
	data, choiceErr := datasets.LeaveOut(whole, r.LeaveOut)
	if choiceErr == nil && (run.DataFingerprint == "" || data.Info().Fingerprint == run.DataFingerprint) {
		return data, strings.Join(words, "; "), false, nil
	}
	record, err := s.record(run.ID)
	if err != nil {
		return nil, "", false, err
	}
	if choiceErr != nil {
		data = whole
	}
	what := record.changes(data)
	if choiceErr != nil && r.LeaveOut != "" {
		what += "; the items that were left out cannot be told any more, all are taken in"
	}
	if !options.Changed {
		return nil, "", false, fail(what, nil)
	}
	if named := r.Conditional != "none" || r.SemiSupervised; named && record.Count > 0 && !slices.Equal(record.Labels, data.Info().Labels) {
		return nil, "", false, fmt.Errorf("open %s: the data in %s have other classes than this run was trained on (%s): bring back the old data, or start a new run with these", s.file.Path(), r.Data, what)
	}
	if choiceErr != nil {
		r.LeaveOut = ""
	}
	return data, strings.Join(append(words, dataChanged+": "+what), "; "), true, nil
}

// noteData records in the run that its data have moved or changed, and saves that. The caller holds
// mu.
func (s *Session) noteData(run ckpt.Run, news string) error {
	if s.file.ReadOnly() {
		return nil
	}
	e := ckpt.Event{Step: s.trainer.Step, Kind: "data", Text: news}
	s.events = append(s.events, e)
	s.ctl.Lock()
	s.history.events = append(s.history.events, Event(e))
	s.ctl.Unlock()
	return errors.Join(
		s.file.SetDataFingerprint(run.ID, s.data.Info().Fingerprint),
		s.keepRecord(run.ID),
		s.save("manual"))
}
