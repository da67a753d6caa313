package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"

	"ganvas/engine/wholefile"
)

// exampleTitle is what menus call the example.
const exampleTitle = "Digits, finished"

// examplePath is where the example lies as it is shipped. It is never trained: copies of it are.
func (a *App) examplePath() string {
	return filepath.Join(a.options.Home, "examples", "digits"+projectExtension)
}

// isExample tells whether a path is that of the shipped example.
func (a *App) isExample(path string) bool {
	return a.options.Example != nil && filepath.Clean(path) == a.examplePath()
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

// openExample opens a copy of the example, so that whatever is done with it leaves the example as
// it is. A copy in which nothing was changed goes as it is closed.
func (a *App) openExample() {
	if a.options.Example == nil {
		a.syncData()
		a.refresh()
		return
	}
	if a.activity.after(a.openExample) {
		return
	}
	a.announce("Opening the example …")
	a.refresh()
	var path string
	a.activity.runWriting("Opening the example", func(context.Context, func(done, total int)) (err error) {
		path, err = a.copyExample()
		return err
	}, func(err error) {
		if err != nil {
			a.announce("")
			a.refresh()
			a.failUnlessCancelled(err)
			return
		}
		a.show(pageExplore)
		a.open(opening{path: path, example: true})
	})
}

// copyExample writes the example where it lies and a copy of it into the drafts, and returns the
// copy.
func (a *App) copyExample() (path string, err error) {
	shipped, drafts := a.examplePath(), filepath.Join(a.options.Home, "drafts")
	for _, dir := range []string{filepath.Dir(shipped), drafts} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return "", fmt.Errorf("copy the example: %w: set GANVAS_HOME to a folder that can be written", err)
		}
	}
	if !isCopy(shipped, a.options.Example) {
		if err := wholefile.WriteBytes(shipped, wholefile.Replace, a.options.Example); err != nil {
			return "", fmt.Errorf("copy the example: %w", err)
		}
	}
	path = freePath(filepath.Join(drafts, "example"), projectExtension)
	if err := wholefile.WriteBytes(path, wholefile.Keep, a.options.Example); err != nil {
		return "", fmt.Errorf("copy the example: %w", err)
	}
	return path, nil
}

// sumOf returns a checksum of a file.
func sumOf(path string) (sum [sha256.Size]byte, err error) {
	content, err := os.ReadFile(path)
	return sha256.Sum256(content), err
}

// leaveExample removes the copy of the example if nothing was changed in it, and otherwise keeps it
// in mind as any project.
func (r *run) leaveExample() {
	if r.example != "" {
		r.leave.Do(r.leaveCopy)
	}
}

func (r *run) leaveCopy() {
	a, path := r.app, r.session.Path()
	if sum, err := sumOf(path); err != nil || sum != r.opened || path != r.example { // the last: it was saved as another
		a.prefs.addRecent(path)
		return
	}
	if os.Remove(path) == nil && a.prefs.String("last") == path {
		a.prefs.SetString("last", "")
	}
}
