package app

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/settings"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// settingsDialog is the dialog of preferences.
type settingsDialog struct {
	app   *App
	usage *widget.Label
	limit *widgets.Select
	clear *widgets.TippedButton
	sizes []int64 // that limit offers
	quiet bool    // limit is being set, not chosen
	busy  bool    // the cache is being changed
}

// cacheSizes are the limits that are offered, in GiB; 0 keeps nothing.
var cacheSizes = []int64{0, 5, 10, 20, 50, 100, 200, 500}

// cacheSizeText is "20 GiB", or "keep nothing".
func cacheSizeText(bytes int64) string {
	switch {
	case bytes == 0:
		return "keep nothing"
	case bytes%(1<<30) == 0:
		return fmt.Sprintf("%d GiB", bytes>>30)
	}
	return words.ByteSize(bytes)
}

// showSettings shows the preferences.
func showSettings(s *settingsDialog) {
	a := s.app
	s.usage = ui.NewLine("checking …")
	scheme := widgets.NewSelect([]string{"System", "Light", "Dark"}, nil)
	scheme.SetSelectedIndex(max(0, slices.Index(settings.Schemes, a.prefs.Scheme())))
	scheme.OnChanged = func(string) { a.setScheme(settings.Schemes[max(0, scheme.SelectedIndex())]) }
	energy := widgets.NewCheck("Save energy: train on one processor", a.s.SetEnergySaving)
	energy.Checked = a.prefs.EnergySaving()
	calm := widgets.NewCheck("Less movement", func(on bool) {
		a.prefs.SetBool(settings.LessMotion, on)
		a.start.Refresh()
	})
	calm.Checked = a.prefs.Bool(settings.LessMotion)
	calm.SetTip("The pictures of Start stand still")
	remember := widgets.NewCheck("Pictures remember how they were made", func(on bool) { a.prefs.SetBool(settings.PlainPictures, !on) })
	remember.Checked = !a.prefs.Bool(settings.PlainPictures)
	remember.SetTip("Drop such a picture on the window to go back to where it was made. It has no folder and no name of yours in it")
	s.limit = widgets.NewSelect(nil, s.setLimit)
	s.limit.PlaceHolder = "checking …"
	s.clear = widgets.TipButton(theme.DeleteIcon(), "Clear", "Deletes what is kept; it is decoded again when needed", s.clearCache)
	s.clear.Disable()
	row := func(label, tip string, control fyne.CanvasObject) fyne.CanvasObject {
		return container.New(ui.Columns{150, 1}, widgets.Tip(ui.NewLine(label), tip), control)
	}
	box := container.NewVBox(
		ui.NewSection("Window"),
		row("Theme", "Light or dark; at once", scheme),
		calm,
		ui.NewSection("Training"),
		energy,
		ui.NewSection("Export"),
		remember,
		ui.NewSection("Decoded data"),
		ui.NewNote("Large sets are decoded once and kept, so that they open quickly next time. What was unused for longest is deleted first."),
		row("Kept now", "In "+session.CacheDir(), container.NewBorder(nil, nil, nil, s.clear, s.usage)),
		row("Keep at most", "On this computer, for every window and command", s.limit),
		ui.NewNote(session.CacheDir()),
	)
	d := ui.NewDialog("Preferences", ui.WithWidth(520, box), a.desk.Win)
	closing := ui.DialogButton("Close", nil, func() { d.Hide() })
	ui.SetButtons(d, closing)
	a.desk.Present(d, ui.Always)
	a.desk.Win.Canvas().Focus(closing)
	s.change(nil)
}

// change does something to the cache in the background, and shows what it is like then. nil only
// looks.
func (s *settingsDialog) change(do func(c *datasets.Cache) error) {
	if s.busy {
		return
	}
	s.busy = true
	var size, limit int64
	var sets int
	s.app.s.Jobs.StartWriting(func(context.Context) error {
		c := datasets.NewCache(session.CacheDir())
		var err error
		if do != nil {
			err = do(c)
		}
		var unread error
		size, sets, unread = c.Size()
		limit = c.Limit()
		if err == nil {
			err = unread
		}
		return err
	}, func(err error) {
		s.busy = false
		s.show(size, sets, limit)
		if err != nil {
			s.app.desk.Fail(err)
		}
	})
}

// show shows what is in the cache.
func (s *settingsDialog) show(size int64, sets int, limit int64) {
	text := "nothing"
	if sets > 0 {
		text = words.ByteSize(size) + " in " + words.Counted(sets, "set")
	}
	ui.SetText(s.usage, text)
	ui.SetEnabled(s.clear, sets > 0)
	s.sizes = nil
	for _, g := range cacheSizes {
		s.sizes = append(s.sizes, g<<30)
	}
	if !slices.Contains(s.sizes, limit) { // the command line sets any
		s.sizes = append(s.sizes, limit)
		slices.Sort(s.sizes)
	}
	var options []string
	for _, b := range s.sizes {
		options = append(options, cacheSizeText(b))
	}
	s.quiet = true
	s.limit.SetOptions(options)
	s.limit.SetSelectedIndex(slices.Index(s.sizes, limit))
	s.quiet = false
}

// setLimit takes over a limit that was chosen.
func (s *settingsDialog) setLimit(string) {
	i := s.limit.SelectedIndex()
	if s.quiet || i < 0 {
		return
	}
	limit := s.sizes[i]
	s.change(func(c *datasets.Cache) error { return c.SetLimit(limit) })
}

// clearCache deletes what is kept. Nothing is lost that is not in the sources: it does not ask.
func (s *settingsDialog) clearCache() {
	s.change(func(c *datasets.Cache) error {
		_, err := c.Clear()
		return err
	})
}
