package ckpt

import (
	"context"
	"os"
	"path/filepath"
	"time"
)

// Compact gives the disk back what the file has free: it copies the rest to a new file beside it,
// which then takes its place in one instant. So long as that takes the disk has both, and other
// calls wait. Progress is told how many bytes of how many are written; it may be nil. When ctx ends
// first, or after an error, the project is as it was. It returns by how many bytes the file has
// become smaller.
func (f *File) Compact(ctx context.Context, progress func(done, total int64)) (freed int64, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.db == nil:
		err = ErrClosed
	case f.readOnly:
		err = &fault{ErrReadOnly, "", "save a copy under a new name to change it"}
	case f.target != nil:
		return 0, nil // all of it is new
	default:
		freed, err = f.compact(ctx, progress)
	}
	return freed, failed("make smaller", f.path, err)
}

// compact does it. The caller holds mu.
func (f *File) compact(ctx context.Context, progress func(done, total int64)) (freed int64, err error) {
	before, err := f.db.bytes()
	if err != nil {
		return 0, err
	}
	free, err := f.db.freeBytes()
	if err != nil {
		return 0, err
	}
	h, err := newHidden(filepath.Dir(f.at))
	if err != nil {
		return 0, err
	}
	stop := watchSize(h.path, before-free, progress)
	f.db.SetInterrupt(ctx.Done())
	err = f.db.exec("VACUUM main INTO ?", h.path)
	f.db.SetInterrupt(nil)
	stop()
	if err == nil {
		err = syncFile(h.path)
	}
	if err == nil {
		err = sameReaders(f.at, h.path)
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	if err != nil {
		h.remove()
		return 0, err
	}
	return f.replaceWith(h, before)
}

// replaceWith has the copy h take the place of the file, whose length was before, and goes on with
// it.
func (f *File) replaceWith(h *hidden, before int64) (freed int64, err error) {
	notes := f.db.notes
	if err := f.db.Close(); err != nil {
		h.remove()
		return 0, err
	}
	err = replaceDatabase(h.path, f.at)
	h.remove()
	next, errOpen := openDatabase(f.at, migrations)
	if errOpen != nil {
		f.lock.release()
		f.db, f.lock = nil, nil
		return 0, errOpen
	}
	next.notes = notes
	f.db = next
	if err != nil {
		return 0, err
	}
	after, err := next.bytes()
	return before - after, err
}

// watchSize tells progress how long the file at path is, now and then until stop is called.
func watchSize(path string, total int64, progress func(done, total int64)) (stop func()) {
	if progress == nil {
		return func() {}
	}
	over, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			if info, err := os.Stat(path); err == nil {
				progress(min(info.Size(), total), total)
			}
			select {
			case <-over:
				return
			case <-tick.C:
			}
		}
	}()
	return func() {
		close(over)
		<-ended
	}
}
