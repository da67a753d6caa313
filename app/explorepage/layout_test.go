package explorepage

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
	"ganvas/widgets"
)

// pageSizes are those of the page in windows of 1440×900 and 1024×700 at scale 1, and of 1440×900
// at scales 1.5 and 2.
var pageSizes = map[string]fyne.Size{
	"1440×900": fyne.NewSize(1352, 811), "1024×700": fyne.NewSize(936, 611),
	"scale 1.5": fyne.NewSize(872, 511), "scale 2": fyne.NewSize(632, 361),
}

// TestNothingOutOfReach: whatever the window's size, what is on the page is within it, and what
// folds away comes back by its tab.
func TestNothingOutOfReach(t *testing.T) {
	for name, recipe := range map[string]string{
		"points":  apptest.Points,
		"classes": strings.Replace(apptest.Digits, "batch = 4", "batch = 4\ngenerators = 2\nlabels = \"folder\"\nconditional = \"classifier\"", 1),
	} {
		r, p := explored(t, recipe)
		w := r.Host.Window()
		w.SetPadded(false)
		driver := fyne.CurrentApp().Driver()
		for size, room := range pageSizes {
			w.Resize(room)
			if least := p.Content().MinSize(); least.Width > room.Width || least.Height > room.Height {
				t.Errorf("%s, %s: needs %v of %v", name, size, least, room)
			}
			within := func(what string, o fyne.CanvasObject) {
				t.Helper()
				widgets.Reveal(o) // as it is when it gets the keyboard
				at := driver.AbsolutePositionForObject(o)
				if at.X < 0 || at.Y < 0 || at.X+o.Size().Width > room.Width+0.5 || at.Y+o.Size().Height > room.Height+0.5 {
					t.Errorf("%s, %s: %s: %T of %v at %v is not within %v", name, size, what, o, o.Size(), at, room)
				}
			}
			columns := map[string][]fyne.CanvasObject{
				"Saved":   {p.saved.save, p.saved.buttons[1]},
				"Picture": {p.view.object(), p.weights.check, p.seed, p.caption.box},
				"Sliders": {p.knobs.axes[0], p.knobs.axes[1], p.knobs.directions},
			}
			if p.pins.box.Visible() {
				columns["Picture"] = append(columns["Picture"], p.pins.slots[0], p.pins.slots[1], p.pins.strip, p.choice.class, p.choice.maker)
			}
			for title, objects := range columns {
				if tab := uitest.Button(p.Content(), title); tab != nil {
					tab.Tapped(nil)
				}
				for _, o := range objects {
					within(title, o)
				}
			}
		}
	}
}

// TestSavedIsSeen: what is saved by the menu or its key is seen to come into the list, also where
// that has no room beside the sliders.
func TestSavedIsSeen(t *testing.T) {
	r, p := explored(t, apptest.Points)
	r.Host.Window().Resize(pageSizes["scale 2"])
	if p.fold.Shown(savedColumn) || !p.fold.Shown(slidersColumn) {
		t.Fatalf("saved %v, sliders %v", p.fold.Shown(savedColumn), p.fold.Shown(slidersColumn))
	}
	p.SaveFind()
	r.Until("it is kept", func() bool { return len(p.saved.latents) == 1 })
	if !p.fold.Shown(savedColumn) {
		t.Error("the list stays out of sight")
	}
}

// TestBarGetsShort: where there is little room the buttons are without their words, and nothing
// lies over its neighbour.
func TestBarGetsShort(t *testing.T) {
	r, p := explored(t, apptest.Digits)
	for _, c := range []struct {
		width float32
		words bool
	}{{1352, true}, {936, true}, {872, false}, {632, false}} {
		r.Host.Window().Resize(fyne.NewSize(c.width, 600))
		if got := uitest.Button(p.Content(), "Random") != nil; got != c.words {
			t.Errorf("width %v: a button says Random: %v, want %v", c.width, got, c.words)
		}
		if least := p.middle.MinSize().Width; least > leastMiddle {
			t.Errorf("the picture with what belongs to it needs %v, more than %v", least, leastMiddle)
		}
		bar := p.middle.Objects[0].(*fyne.Container).Objects[0].(*fyne.Container)
		var end float32
		for i, o := range bar.Objects {
			if o.Position().X < end {
				t.Errorf("width %v: part %d of the bar begins at %v, over the one before that ends at %v", c.width, i, o.Position().X, end)
			}
			end = o.Position().X + o.Size().Width
		}
		if buttons := uitest.FindAll[*widgets.TippedButton](bar); len(buttons) != 2 {
			t.Errorf("width %v: %d buttons in the bar, want 2", c.width, len(buttons))
		}
	}
}
