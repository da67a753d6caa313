package export

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/settings"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/widgets"
)

// A number is a number of a dialog, with what it begins with and what is possible.
type number struct {
	name, title, tip string
	initial          int
	min, max         uint64
}

// check returns what was typed, or what is wrong with it.
func (n number) check(text string) (uint64, error) {
	v, err := widgets.ParseWhole(text)
	if err != nil || v < n.min || v > n.max {
		return 0, fmt.Errorf("%s must be a whole number from %d to %s", n.title, n.min, words.Thousands(int64(n.max)))
	}
	return v, nil
}

// fields are the numbers of a dialog as entries. What was typed is remembered under the names of
// the numbers with the dialog's before them.
type fields struct {
	prefs   settings.Preferences
	dialog  string
	numbers []number
	entries []*ui.DialogEntry
}

// newFields adds entries to a form; changed is called with every change, and entered with Enter.
func newFields(host ui.Host, prefs settings.Preferences, dialog string, numbers []number, form *fyne.Container, changed, entered func()) *fields {
	f := &fields{prefs: prefs, dialog: dialog, numbers: numbers}
	for _, n := range numbers {
		e := ui.NewEntry(host)
		e.SetText(strconv.Itoa(prefs.IntWithFallback(f.key(n), n.initial)))
		e.OnChanged = func(string) { changed() }
		e.OnSubmitted = func(string) { entered() }
		f.entries = append(f.entries, e)
		form.Add(labelled(n.title, n.tip, e))
	}
	return f
}

func (f *fields) key(n number) string { return f.dialog + "." + n.name }

// values returns the numbers by their names, or what is wrong with the first that is not possible.
func (f *fields) values() (map[string]uint64, error) {
	values := make(map[string]uint64)
	for i, n := range f.numbers {
		v, err := n.check(f.entries[i].Text)
		if err != nil {
			return nil, err
		}
		values[n.name] = v
	}
	return values, nil
}

// keep remembers the numbers.
func (f *fields) keep() {
	for i, n := range f.numbers {
		if v, err := n.check(f.entries[i].Text); err == nil {
			f.prefs.SetInt(f.key(n), int(v))
		}
	}
}

// labelled puts a title with a tip before a control.
func labelled(title, tip string, control fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Tip(container.New(ui.Columns{74, 1}, ui.NewLine(title), control), tip)
}
