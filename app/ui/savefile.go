package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/engine/wholefile"
)

// AskSave lets the user name a file to write. Fyne's own dialog empties the file as soon as it is
// chosen, which would destroy the project that is open; this one only asks, before it hands over
// the path of a file that exists.
func (k *Desk) AskSave(about Subject, title, purpose, name, extension string, chosen func(path string)) {
	askPlace(k, about, title, purpose, name, extension, func(path string, finish func(), refuse func(why string)) {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			refuse(filepath.Base(path) + " is a folder: type another name")
			return
		}
		k.Confirm(about, "Replace it?", "Replace", fmt.Sprintf("%s exists already.\nReplace it?", filepath.Base(path)), func(ok bool) {
			if ok {
				finish()
			}
		})
	}, chosen)
}

// AskNewFolder lets the user name a folder to make, and proposes a name that is free.
func (k *Desk) AskNewFolder(about Subject, title, purpose, name string, chosen func(path string)) {
	free := wholefile.FreePath(filepath.Join(k.Prefs.FolderPath(purpose), name), "")
	askPlace(k, about, title, purpose, filepath.Base(free), "", func(path string, _ func(), refuse func(why string)) {
		refuse(filepath.Base(path) + " exists already: type another name")
	}, chosen)
}

// askPlace has a place named for what is to be written. there is told of one that exists, and
// finishes with it or refuses it.
func askPlace(k *Desk, about Subject, title, purpose, name, extension string, there func(path string, finish func(), refuse func(why string)), chosen func(path string)) {
	folder := k.Prefs.FolderPath(purpose)
	entry := NewEntry(k)
	entry.SetText(name)
	where := NewLine(folder)
	where.Truncation = fyne.TextTruncateEllipsis
	change := DialogButton("Folder…", theme.FolderOpenIcon(), nil)
	hint := NewNote("A name, or a whole path")
	form := container.New(FixedWidth(440), container.NewVBox(
		entry, hint, container.NewBorder(nil, nil, widget.NewLabel("In"), change, where)))
	var d *dialog.CustomDialog
	save := func() {
		path := savePath(folder, entry.Text, extension)
		if path == "" {
			hint.Set("Type a name first")
			return
		}
		if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
			hint.Set(fmt.Sprintf("There is no folder %s: choose another", filepath.Dir(path)))
			return
		}
		finish := func() {
			d.Hide()
			k.Prefs.SetFolder(purpose, path)
			chosen(path)
		}
		if !studio.Exists(path) {
			finish()
			return
		}
		there(path, finish, hint.Set)
	}
	change.OnTapped = func() {
		k.AskFolder("Save in which folder?", purpose, func(path string) {
			folder = path
			k.Prefs.SetFolder(purpose, filepath.Join(path, "x"))
			where.SetText(path)
		})
	}
	entry.OnSubmitted = func(string) { save() }
	saving := DialogButton("Save", theme.DocumentSaveIcon(), save)
	saving.Importance = widget.HighImportance
	d = NewDialog(title, form, k.Win)
	SetButtons(d, DialogButton("Cancel", theme.CancelIcon(), func() { d.Hide() }), saving)
	k.Present(d, about)
	k.Win.Canvas().Focus(entry)
}

// savePath joins what was typed with the folder, and adds the extension where it is missing; empty
// where nothing was typed.
func savePath(folder, typed, extension string) string {
	typed = strings.TrimSpace(typed)
	if typed == "" || strings.HasSuffix(typed, string(filepath.Separator)) {
		return ""
	}
	path := typedPath(folder, typed)
	if !strings.EqualFold(filepath.Ext(path), extension) {
		path += extension
	}
	return path
}
