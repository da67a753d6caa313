package studio

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"ganvas/engine/wholefile"
)

// An Example is a finished project that comes with the program.
type Example struct {
	Name    string                 // of its file, without the ending
	Title   string                 // for a menu
	Project func() ([]byte, error) // returns the project's file; any goroutine may call it
}

// path is where an example lies as it is shipped. It is never trained: copies of it are.
func (e Example) path(home string) string {
	return filepath.Join(home, "examples", e.Name+ProjectExtension)
}

// ExampleAt returns the shipped example that lies at a path.
func (p *Projects) ExampleAt(path string) (Example, bool) {
	i := slices.IndexFunc(p.s.Examples, func(e Example) bool { return e.path(p.s.Home) == filepath.Clean(path) })
	if i < 0 {
		return Example{}, false
	}
	return p.s.Examples[i], true
}

// ExampleNamed returns the shipped example of a name.
func (p *Projects) ExampleNamed(name string) (Example, bool) {
	i := slices.IndexFunc(p.s.Examples, func(e Example) bool { return e.Name == name })
	if i < 0 {
		return Example{}, false
	}
	return p.s.Examples[i], true
}

// isCopy tells whether a file holds content and nothing else.
func isCopy(path string, content []byte) bool {
	info, err := os.Stat(path)
	if err != nil || len(content) == 0 || info.Size() != int64(len(content)) {
		return false
	}
	have, err := os.ReadFile(path)
	return err == nil && bytes.Equal(have, content)
}

// OpenNothing reads the data of the plan, where no project is to be opened.
func (p *Projects) OpenNothing() {
	p.s.Data.sync()
	p.s.Refresh()
}

// OpenExample opens a copy of an example, so that whatever is done with it leaves the example as it
// is; then, which may be nil, is called as soon as there is one. A copy in which nothing was changed
// goes as it is closed.
func (p *Projects) OpenExample(e Example, then func()) { p.openExample(e, Opening{}, then) }

// openExample is OpenExample as o says, but for the path.
func (p *Projects) openExample(e Example, o Opening, then func()) {
	s := p.s
	if s.Work.After(func() { p.openExample(e, o, then) }) {
		return
	}
	p.Announce("Opening the example …")
	s.Refresh()
	var path string
	s.Work.RunWriting("Opening the example", func(context.Context, func(done, total int)) (err error) {
		path, err = e.copy(s.Home)
		return err
	}, func(err error) {
		if err != nil {
			p.Announce("")
			s.Refresh()
			s.FailUnlessCancelled(err)
			return
		}
		if then != nil {
			then()
		}
		o.Path, o.example = path, true
		p.Open(o)
	})
}

// copy writes the example where it lies and a copy of it into the drafts, and returns the copy.
func (e Example) copy(home string) (path string, err error) {
	if _, err = e.Lay(home); err != nil {
		return "", err
	}
	content, err := e.Project()
	if err != nil {
		return "", err
	}
	drafts := filepath.Join(home, "drafts")
	if err := makeHomeFolder(drafts); err != nil {
		return "", err
	}
	path = wholefile.FreePath(filepath.Join(drafts, "example"), ProjectExtension)
	if err := wholefile.WriteBytes(path, wholefile.Keep, content); err != nil {
		return "", fmt.Errorf("copy the example: %w", err)
	}
	return path, nil
}

// Lay writes the example to where it lies as it is shipped, unless it is there, and returns the
// path. Any goroutine may call it.
func (e Example) Lay(home string) (path string, err error) {
	content, err := e.Project()
	if err != nil {
		return "", err
	}
	path = e.path(home)
	if err := makeHomeFolder(filepath.Dir(path)); err != nil {
		return "", err
	}
	if isCopy(path, content) {
		return path, nil
	}
	if err := wholefile.WriteBytes(path, wholefile.Replace, content); err != nil {
		return "", fmt.Errorf("copy the example: %w", err)
	}
	return path, nil
}

func makeHomeFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("copy the example: %w: set GANVAS_HOME to a folder that can be written", err)
	}
	return nil
}

// sumOf returns a checksum of a file.
func sumOf(path string) (sum [sha256.Size]byte, err error) {
	content, err := os.ReadFile(path)
	return sha256.Sum256(content), err
}

// leaveExample removes the copy of the example if nothing was changed in it, and otherwise keeps it
// in mind as any project.
func (r *Run) leaveExample() {
	if r.example != "" {
		r.leave.Do(r.leaveCopy)
	}
}

func (r *Run) leaveCopy() {
	memory, path := r.s.Memory, r.Session.Path()
	if sum, err := sumOf(path); err != nil || sum != r.opened || path != r.example { // the last: it was saved as another
		memory.AddRecent(path)
		return
	}
	if os.Remove(path) == nil && memory.Last() == path {
		memory.SetLast("")
	}
}
