package ui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/words"
	"ganvas/engine/wholefile"
)

// AskFile lets the user choose a file, by the mouse or by typing its path, in the folder that was
// used last for purpose, and remembers the folder.
func (k *Desk) AskFile(title, purpose string, extensions []string, chosen func(path string)) {
	take := func(path string) {
		k.Prefs.SetFolder(purpose, path)
		chosen(path)
	}
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			k.Fail(fmt.Errorf("choose a file: %w", err))
			return
		}
		if r == nil {
			return
		}
		path := r.URI().Path()
		r.Close() // only its place was wanted
		take(path)
	}, k.Win)
	d.SetTitleText(title)
	d.SetFilter(storage.NewExtensionFileFilter(extensions))
	showFileDialog(k, d, purpose, func(path string, folder bool) error {
		switch {
		case folder:
			return errOpened
		case len(extensions) > 0 && !slices.ContainsFunc(extensions, func(e string) bool { return strings.HasSuffix(strings.ToLower(path), e) }):
			return fmt.Errorf("%s ends in none of %s", filepath.Base(path), strings.Join(extensions, " "))
		}
		take(path)
		return nil
	})
}

// AskFolder lets the user choose a folder, by the mouse or by typing its path.
func (k *Desk) AskFolder(title, purpose string, chosen func(path string)) {
	take := func(path string) {
		k.Prefs.SetFolder(purpose, path)
		chosen(path)
	}
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err != nil {
			k.Fail(fmt.Errorf("choose a folder: %w", err))
			return
		}
		if u != nil {
			take(u.Path())
		}
	}, k.Win)
	d.SetTitleText(title)
	showFileDialog(k, d, purpose, func(path string, folder bool) error {
		if !folder {
			return fmt.Errorf("%s is no folder", filepath.Base(path))
		}
		take(path)
		return nil
	})
}

// errOpened says that the dialog shows a folder that was typed, and goes on.
var errOpened = errors.New("opened")

// showFileDialog shows a dialog of files; take takes a path that was typed.
func showFileDialog(k *Desk, d *dialog.FileDialog, purpose string, take func(path string, folder bool) error) {
	base := k.Prefs.FolderPath(purpose)
	if path := k.Prefs.Folder(purpose); path != "" {
		if folder, err := storage.ListerForURI(storage.NewFileURI(path)); err == nil {
			d.SetLocation(folder)
		}
	}
	size := k.Win.Canvas().Size()
	k.Present(d, Always) // a file dialog has no size before
	addPath(k, base, func(path string) error {
		info, err := os.Stat(path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, wholefile.Cause(err))
		}
		err = take(path, info.IsDir())
		if errors.Is(err, errOpened) {
			folder, err := storage.ListerForURI(storage.NewFileURI(path))
			if err == nil {
				d.SetLocation(folder)
			}
			return err
		}
		if err == nil {
			d.Hide()
		}
		return err
	})
	d.Resize(fyne.NewSize(min(860, size.Width*0.9), min(600, size.Height*0.85)))
}

// addPath adds a field for a path to the dialog of files that was just shown, which has none.
func addPath(k *Desk, base string, take func(path string) error) {
	box := contentOf(k.Overlay())
	if box == nil {
		return
	}
	entry := NewEntry(k)
	entry.SetPlaceHolder("Type or paste a path and press Enter")
	hint := NewNoteLine("")
	hint.Hide()
	row := container.NewBorder(nil, hint, widget.NewLabel("Path"), nil, entry)
	entry.OnSubmitted = func(text string) {
		text = strings.TrimSpace(text)
		if text == "" {
			return
		}
		err := take(typedPath(base, text))
		if err == nil {
			return
		}
		hint.Set(words.Sentence(err.Error()))
		SetShown(hint, true)
		Relayout(row, box)
	}
	box.Objects[0] = container.NewBorder(nil, row, nil, nil, box.Objects[0])
	box.Refresh()
	k.Win.Canvas().Focus(entry)
}

// contentOf returns the container of what a dialog of files shows, nil where it is not as Fyne 2.8
// makes it: what lies on a canvas has the dialog's pop-up in a field that other packages cannot
// name.
func contentOf(overlay fyne.CanvasObject) *fyne.Container {
	v := reflect.Indirect(reflect.ValueOf(overlay))
	if v.Kind() != reflect.Struct {
		return nil
	}
	f := v.FieldByName("Content")
	if !f.IsValid() || !f.CanInterface() {
		return nil
	}
	if p, ok := f.Interface().(*widget.PopUp); ok {
		if box, ok := p.Content.(*fyne.Container); ok && len(box.Objects) == 1 {
			return box
		}
	}
	return nil
}

// typedPath is the path that was typed, seen from a folder; "~" is the home folder.
func typedPath(base, text string) string {
	text = strings.Trim(text, `"'`)
	if rest, ok := strings.CutPrefix(text, "~"); ok && (rest == "" || rest[0] == '/' || rest[0] == filepath.Separator) {
		if home, err := os.UserHomeDir(); err == nil {
			text = home + rest
		}
	}
	if !filepath.IsAbs(text) {
		text = filepath.Join(base, text)
	}
	return filepath.Clean(text)
}
