package studio

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"

	"ganvas/engine/wholefile"
)

// examplePath is where the example lies as it is shipped. It is never trained: copies of it are.
func (p *Projects) examplePath() string {
	return filepath.Join(p.s.Home, "examples", "digits"+ProjectExtension)
}

// IsExample tells whether a path is that of the shipped example.
func (p *Projects) IsExample(path string) bool {
	return p.s.Example != nil && filepath.Clean(path) == p.examplePath()
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

// OpenExample opens a copy of the example, so that whatever is done with it leaves the example as
// it is; then, which may be nil, is called as soon as there is one. A copy in which nothing was
// changed goes as it is closed. Without an example the data of the plan are read.
func (p *Projects) OpenExample(then func()) {
	if s := p.s; s.Example == nil {
		s.Data.sync()
		s.Refresh()
		return
	}
	p.openExample(Opening{}, then)
}

// openExample is OpenExample as o says, but for the path.
func (p *Projects) openExample(o Opening, then func()) {
	s := p.s
	if s.Work.After(func() { p.openExample(o, then) }) {
		return
	}
	p.Announce("Opening the example …")
	s.Refresh()
	var path string
	s.Work.RunWriting("Opening the example", func(context.Context, func(done, total int)) (err error) {
		path, err = p.copyExample()
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

// copyExample writes the example where it lies and a copy of it into the drafts, and returns the
// copy.
func (p *Projects) copyExample() (path string, err error) {
	if err := layExample(p.examplePath(), p.s.Example); err != nil {
		return "", err
	}
	drafts := filepath.Join(p.s.Home, "drafts")
	if err := makeHomeFolder(drafts); err != nil {
		return "", err
	}
	path = wholefile.FreePath(filepath.Join(drafts, "example"), ProjectExtension)
	if err := wholefile.WriteBytes(path, wholefile.Keep, p.s.Example); err != nil {
		return "", fmt.Errorf("copy the example: %w", err)
	}
	return path, nil
}

// layExample writes the example to where it lies as it is shipped, unless it is there.
func layExample(shipped string, content []byte) error {
	if err := makeHomeFolder(filepath.Dir(shipped)); err != nil {
		return err
	}
	if isCopy(shipped, content) {
		return nil
	}
	if err := wholefile.WriteBytes(shipped, wholefile.Replace, content); err != nil {
		return fmt.Errorf("copy the example: %w", err)
	}
	return nil
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
