package widgets

import (
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// heap returns how many bytes are in use.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestDenseFonts draws many dense rows and refreshes them: the fonts, several megabytes, may be
// loaded once.
func TestDenseFonts(t *testing.T) {
	box := container.NewVBox()
	w := inWindow(t, box, 300, 400)
	add := func() {
		box.Add(Dense(widget.NewLabel("learning rate")))
		box.Refresh()
		w.Canvas().Capture()
	}
	add()
	before := heap()
	const rows = 20
	for range rows {
		add()
	}
	if grown := heap() - before; grown > 4<<20 {
		t.Errorf("%d rows take %d KB more than one, want the fonts to be loaded once", rows, grown>>10)
	}
	runtime.KeepAlive(box)
}

// TestDenseTheme looks at the sizes that content and what is added to it get.
func TestDenseTheme(t *testing.T) {
	first, later := widget.NewLabel("first"), widget.NewLabel("later")
	slider := widget.NewSlider(0, 1)
	box := container.NewVBox(first, newThemed(slider, trackScope))
	d := Dense(box)
	inWindow(t, d, 300, 200)
	app := fyne.CurrentApp().Settings().Theme()
	size := func(o fyne.CanvasObject, name fyne.ThemeSizeName) float32 {
		return theme.CurrentForWidget(o).Size(name) - app.Size(name)
	}
	if got := size(first, theme.SizeNameText); got != -1 {
		t.Errorf("dense text differs by %v, want -1", got)
	}
	if got := size(slider, theme.SizeNameText); got != 0 {
		t.Errorf("text in a theme of its own differs by %v, want 0", got)
	}
	if theme.CurrentForWidget(slider).Color(theme.ColorNameInputBackground, 0) != app.Color(theme.ColorNameInputBorder, 0) {
		t.Error("a track within dense content has lost its colour")
	}
	box.Add(later)
	d.Refresh()
	if got := size(later, theme.SizeNameInnerPadding); got != -2 {
		t.Errorf("inner padding of what was added differs by %v, want -2", got)
	}
}
