package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"ganvas/engine/ckpt"
)

// readable tells whether a file can be read.
func readable(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	f.Close()
	return true
}

// askCopy offers to open a copy of a project that cannot be written.
func (a *App) askCopy(o opening, why error) {
	a.confirm(always, "Open a copy?", "Open a copy…", sentence(why.Error())+".\n\nA copy can be trained; this file stays as it is.", func(ok bool) {
		if !ok {
			return
		}
		name := strings.TrimSuffix(filepath.Base(o.path), projectExtension) + " copy"
		a.askSave(always, "Save the copy as", "project", name, projectExtension, func(path string) { a.openCopy(o, path) })
	})
}

// openCopy copies the project to path and opens that.
func (a *App) openCopy(o opening, path string) {
	if a.activity.after(func() { a.openCopy(o, path) }) {
		return
	}
	a.activity.runWriting("Copying "+filepath.Base(o.path), func(context.Context, func(done, total int)) error {
		f, err := ckpt.OpenReadOnly(o.path)
		if err != nil {
			return err
		}
		return errors.Join(f.SaveAs(path), f.Close())
	}, func(err error) {
		if err != nil {
			a.failUnlessCancelled(err)
			return
		}
		o.path = path
		a.open(o)
	})
}
