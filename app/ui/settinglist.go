package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/titles"
	"ganvas/app/words"
	"ganvas/engine/recipe"
	"ganvas/widgets"
)

// A Place is where a setting is in a list of settings.
type Place int

// A setting is on screen, or folded away until somebody wants to see more or looks for it, or not
// in the list, as it would do nothing.
const (
	OnScreen Place = iota
	Folded
	Absent
)

// A SettingList shows rows of settings below headings. Rows that are folded away are shown with a
// button at the end, and found by what they are called and what they do.
type SettingList struct {
	Search    *widget.Entry
	Box       *fyne.Container
	OnChanged func() // rows came or went by the person's wish; may be nil

	sections []*settingSection
	none     *Note
	locked   *Note // why some rows cannot be changed
	more     *widgets.TippedButton
	open     bool
	game     string // that rows were placed for last
	query    string
}

type settingSection struct {
	head fyne.CanvasObject // nil: it has none
	rows []*settingRow
}

type settingRow struct {
	key    string
	object fyne.CanvasObject
	place  Place
	placed bool // it was told where it is
}

// NewSettingList returns an empty list.
func NewSettingList() *SettingList {
	l := &SettingList{Search: widget.NewEntry(), Box: container.NewVBox(), none: NewNote("No setting has that in its name or in what it does."), sections: []*settingSection{{}}}
	l.Search.SetPlaceHolder("Find a setting")
	l.Search.OnChanged = func(query string) {
		l.query = query
		l.wish()
	}
	l.more = DialogButton("", nil, func() {
		l.open = !l.open
		l.wish()
	})
	l.none.Hide()
	l.locked = NewNote("")
	l.locked.Hide()
	l.Box.Add(l.locked)
	return l
}

// SetLocked says above the rows why some of them cannot be changed; "": all can. It tells whether
// that came or went.
func (l *SettingList) SetLocked(reason string) (changed bool) {
	text := ""
	if reason != "" {
		text = "What is grey stays as it is: " + reason + "."
	}
	l.locked.Set(text)
	return SetShown(l.locked, text != "")
}

// Head begins a section.
func (l *SettingList) Head(head fyne.CanvasObject) {
	l.sections = append(l.sections, &settingSection{head: head})
	l.Box.Add(head)
}

// Row adds the row of a key. A key of both players, which is named without a player, has one row.
func (l *SettingList) Row(key string, row fyne.CanvasObject) {
	s := l.sections[len(l.sections)-1]
	s.rows = append(s.rows, &settingRow{key: key, object: row})
	l.Box.Add(row)
}

// End adds what stands below all rows.
func (l *SettingList) End() {
	l.Box.Add(l.none)
	l.Box.Add(l.more)
}

// GameOf names the game of a recipe for SettingList.Place: another objective, preset or data make it
// another.
func GameOf(r *recipe.Recipe) string { return r.Objective + "\n" + r.Name + "\n" + r.Data }

// Place says where each row is in a game, and tells whether rows came or went. A row that was on
// screen is not folded away, as somebody may be about to change it again, unless the game is another.
func (l *SettingList) Place(game string, of func(key string) Place) bool {
	anew := game != l.game
	l.game = game
	for _, s := range l.sections {
		for _, r := range s.rows {
			before := r.place
			if r.place = of(r.key); r.place == Folded && before == OnScreen && r.placed && !anew {
				r.place = OnScreen
			}
			r.placed = true
		}
	}
	return l.refresh()
}

// Shows tells whether the row of a key is on screen.
func (l *SettingList) Shows(key string) bool {
	for _, s := range l.sections {
		for _, r := range s.rows {
			if r.key == key {
				return r.object.Visible()
			}
		}
	}
	return false
}

// wish shows what the person wants to see.
func (l *SettingList) wish() {
	if l.refresh() && l.OnChanged != nil {
		l.OnChanged()
	}
}

func (l *SettingList) refresh() (changed bool) {
	found, folded := 0, 0
	for _, s := range l.sections {
		any := false
		for _, r := range s.rows {
			shown := r.place != Absent
			switch {
			case l.query != "":
				shown = shown && titles.Matches(r.key, l.query)
			case r.place == Folded:
				folded++
				shown = l.open
			}
			changed = SetShown(r.object, shown) || changed
			any = any || shown
		}
		if any {
			found++
		}
		if s.head != nil {
			changed = SetShown(s.head, any) || changed
		}
	}
	label := "Show fewer settings"
	if !l.open {
		label = fmt.Sprintf("Show %s", words.Counted(folded, "more setting"))
	}
	l.more.SetText(label)
	changed = SetShown(l.more, folded > 0 && l.query == "") || changed
	return SetShown(l.none, found == 0) || changed
}
