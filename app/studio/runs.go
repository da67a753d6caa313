package studio

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/runs"
	"ganvas/engine/session"
)

// Runs lists and changes the runs of the project that is open. It belongs to the goroutine of
// Options.Do.
type Runs struct {
	Changed Event[None] // what is known of runs

	s    *Studio
	of   *Run // whose book it is
	mu   sync.Mutex
	book *runs.Book
}

// A RunList is what is known of the runs of a project at one instant.
type RunList struct {
	Entries []runs.Entry // each before its branches
	Deleted []ckpt.Run   // that can be restored
	Weight  ckpt.Weight
}

// File returns the project file that is open, nil if none is.
func (x *Runs) File() *ckpt.File {
	if x.s.Run == nil {
		return nil
	}
	return x.s.Run.Session.File()
}

// Read reads the runs in the background, and calls done with them if the project is still open.
// Training goes on meanwhile.
func (x *Runs) Read(done func(RunList)) {
	r := x.s.Run
	if r == nil {
		done(RunList{})
		return
	}
	if x.of != r {
		x.of, x.book = r, runs.NewBook(r.Session.File())
	}
	book := x.book
	var list RunList
	x.s.Jobs.Start(func(context.Context) (err error) {
		x.mu.Lock()
		defer x.mu.Unlock()
		if list.Entries, list.Deleted, err = book.Runs(); err != nil {
			return err
		}
		list.Weight, err = r.Session.Weight()
		return err
	}, func(err error) {
		switch {
		case x.s.Run != r:
		case err != nil:
			r.Fail(err)
		default:
			done(list)
		}
	})
}

// write changes the project in the background, and tells that the runs have changed; then, which may
// be nil, is called before that.
func (x *Runs) write(change func(f *ckpt.File) error, then func()) {
	r := x.s.Run
	if r == nil {
		return
	}
	r.Write(func() error { return change(r.Session.File()) }, func() {
		if then != nil {
			then()
		}
		x.Changed.Emit(None{})
	})
}

// Rename gives a run another name.
func (x *Runs) Rename(id int64, name string) {
	x.write(func(f *ckpt.File) error { return f.SetRunName(id, name) }, nil)
}

// Note keeps what a person notes of a run.
func (x *Runs) Note(id int64, text string) {
	x.write(func(f *ckpt.File) error { return f.SetRunNote(id, text) }, nil)
}

// Duplicate adds a copy of a run as it was at a step, the newest if that is negative, and trains
// nothing. then is called with its number.
func (x *Runs) Duplicate(id, step int64, name string, then func(id int64)) {
	var added int64
	x.write(func(f *ckpt.File) (err error) {
		added, err = session.DuplicateRun(f, id, step, name)
		return err
	}, func() { then(added) })
}

// Delete deletes runs, which Restore brings back until the project is closed. A run that is open or
// being trained is not deleted, and neither are those after it.
func (x *Runs) Delete(ids []int64, then func(deleted []int64)) {
	r := x.s.Run
	var gone []int64
	x.write(func(f *ckpt.File) error {
		for _, id := range ids {
			if err := f.DeleteRun(id); err != nil {
				x.s.Do(func() { r.Fail(err) })
				break
			}
			gone = append(gone, id)
		}
		return nil
	}, func() {
		if len(gone) > 0 {
			then(gone)
			x.s.Trials.reread()
		}
	})
}

// Restore brings deleted runs back.
func (x *Runs) Restore(ids []int64) {
	x.write(func(f *ckpt.File) error {
		for _, id := range ids {
			if err := f.RestoreRun(id); err != nil {
				return err
			}
		}
		return nil
	}, x.s.Trials.reread)
}

// Compact removes deleted runs for good and gives the disk back what the file has free. It can be
// cancelled; what was removed then stays so.
func (x *Runs) Compact() {
	s, r := x.s, x.s.Run
	if r == nil || s.Work.AfterWriting(x.Compact) {
		return
	}
	var freed int64
	s.Work.RunWriting("Making the file smaller", func(ctx context.Context, report func(done, total int)) (err error) {
		f := r.Session.File()
		if err := session.RemoveDeleted(f); err != nil {
			return err
		}
		freed, err = f.Compact(ctx, func(done, total int64) { report(int(done>>10), int(total>>10)) })
		return err
	}, func(err error) {
		x.Changed.Emit(None{})
		if err != nil {
			s.FailUnlessCancelled(err)
			return
		}
		s.Inform("The file is " + words.ByteSize(freed) + " smaller.")
	})
}

// RunsText names runs: "Run 3", "Runs 3, 4 and 5".
func RunsText(ids []int64) string {
	if len(ids) == 1 {
		return fmt.Sprintf("Run %d", ids[0])
	}
	ids = slices.Sorted(slices.Values(ids))
	var list []string
	for _, id := range ids[:len(ids)-1] {
		list = append(list, fmt.Sprint(id))
	}
	return fmt.Sprintf("Runs %s and %d", strings.Join(list, ", "), ids[len(ids)-1])
}
