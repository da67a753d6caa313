package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"ganvas/app/studio"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// AskFile lets the user choose a file in the folder that was used last for purpose, and remembers
// the folder.
func (k *Desk) AskFile(title, purpose string, extensions []string, chosen func(path string)) {
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
		k.Prefs.SetFolder(purpose, path)
		chosen(path)
	}, k.Win)
	d.SetTitleText(title)
	d.SetFilter(storage.NewExtensionFileFilter(extensions))
	k.showFileDialog(d, purpose)
}

// AskFolder lets the user choose a folder.
func (k *Desk) AskFolder(title, purpose string, chosen func(path string)) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err != nil {
			k.Fail(fmt.Errorf("choose a folder: %w", err))
			return
		}
		if u == nil {
			return
		}
		k.Prefs.SetFolder(purpose, u.Path())
		chosen(u.Path())
	}, k.Win)
	d.SetTitleText(title)
	k.showFileDialog(d, purpose)
}

func (k *Desk) showFileDialog(d *dialog.FileDialog, purpose string) {
	if path := k.Prefs.Folder(purpose); path != "" {
		if folder, err := storage.ListerForURI(storage.NewFileURI(path)); err == nil {
			d.SetLocation(folder)
		}
	}
	size := k.Win.Canvas().Size()
	k.Present(d, Always) // a file dialog has no size before
	d.Resize(fyne.NewSize(min(860, size.Width*0.9), min(600, size.Height*0.85)))
}

// AskSave lets the user name a file to write. Fyne's own dialog empties the file as soon as it is
// chosen, which would destroy the project that is open; this one only asks, before it hands over
// the path of a file that exists.
func (k *Desk) AskSave(about Subject, title, purpose, name, extension string, chosen func(path string)) {
	folder := k.Prefs.FolderPath(purpose)
	entry := NewEntry(k)
	entry.SetText(name)
	where := newLine(folder)
	where.Truncation = fyne.TextTruncateEllipsis
	change := dialogButton("Folder…", theme.FolderOpenIcon(), nil)
	hint := newNote("A name, or a whole path")
	form := container.New(fixedWidth(440), container.NewVBox(
		entry, hint, container.NewBorder(nil, nil, widget.NewLabel("In"), change, where)))
	var d *dialog.CustomDialog
	save := func() {
		path := savePath(folder, entry.Text, extension)
		if path == "" {
			hint.set("Type a name first")
			return
		}
		if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
			hint.set(fmt.Sprintf("There is no folder %s: choose another", filepath.Dir(path)))
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
		k.Confirm(about, "Replace it?", "Replace", fmt.Sprintf("%s exists already.\nReplace it?", filepath.Base(path)), func(ok bool) {
			if ok {
				finish()
			}
		})
	}
	change.OnTapped = func() {
		k.AskFolder("Save in which folder?", purpose, func(path string) {
			folder = path
			k.Prefs.SetFolder(purpose, filepath.Join(path, "x"))
			where.SetText(path)
		})
	}
	entry.OnSubmitted = func(string) { save() }
	saving := dialogButton("Save", theme.DocumentSaveIcon(), save)
	saving.Importance = widget.HighImportance
	d = NewDialog(title, form, k.Win)
	setButtons(d, dialogButton("Cancel", theme.CancelIcon(), func() { d.Hide() }), saving)
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
	if !filepath.IsAbs(typed) {
		typed = filepath.Join(folder, typed)
	}
	if !strings.EqualFold(filepath.Ext(typed), extension) {
		typed += extension
	}
	return filepath.Clean(typed)
}
