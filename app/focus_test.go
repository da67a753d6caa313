package app

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
	"ganvas/widgets"
)

// TestSpaceTrainsWhereverTheMouseWas presses Space after a click on the picture, as people do, and
// in an entry, which keeps it.
func TestSpaceTrainsWhereverTheMouseWas(t *testing.T) {
	r := readyRig(t, apptest.Digits)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 6 && !r.s.Status.Running })
	r.show(pageExplore)
	pad := uitest.FindAll[*widgets.LatentPad](r.explore.Content())[0]
	seed := uitest.FindAll[*widgets.TypedEntry](r.explore.Content())[0]
	r.until("a picture shows", func() bool { return !seed.Disabled() && seed.Text != "" })
	if err := r.s.Plan.SetLive("steps", "100000", "Change Steps"); err != nil {
		t.Fatal(err)
	}
	r.until("there are steps left", func() bool { return r.s.Status.Steps == 100000 })
	c := r.desk.Win.Canvas()
	c.Focus(seed)
	r.typed(fyne.KeySpace)
	if r.s.Status.Running {
		t.Error("a space typed into an entry trains")
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(pad)
	test.TapCanvas(c, at.AddXY(pad.Size().Width/2, pad.Size().Height/2))
	if c.Focused() != fyne.Focusable(pad) {
		t.Fatal("a click on the picture does not give it the keyboard")
	}
	before, _ := r.explore.EditLabels()
	r.typed(fyne.KeyRight)
	if after, _ := r.explore.EditLabels(); after == before {
		t.Error("the arrow keys do not move the picture")
	}
	r.typed(fyne.KeyHome)
	if label, _ := r.explore.EditLabels(); label != "Reset" {
		t.Errorf("Home does not lead back while the picture has the keyboard: the last move is %q", label)
	}
	r.typed(fyne.KeySpace)
	r.until("it trains", func() bool { return r.s.Status.Running && r.s.Status.Step > 6 })
	r.typed(fyne.KeySpace)
	r.until("it pauses", func() bool { return !r.s.Status.Running })
	r.show(pageData)
	if f := c.Focused(); f != nil {
		t.Errorf("%T of the page that was left keeps the keyboard", f)
	}
	c.Focus(r.rail[pageBuild])
	r.typed(fyne.KeyReturn)
	if r.page != pageBuild || c.Focused() != fyne.Focusable(r.rail[pageBuild]) {
		t.Error("the rail loses the keyboard with the page it leads to")
	}
}

// TestTabBeginsAtTheTop: on each page Tab comes first to what stands at the top, as one reads.
func TestTabBeginsAtTheTop(t *testing.T) {
	r := readyRig(t, apptest.Digits)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 6 && !r.s.Status.Running })
	c, driver := r.desk.Win.Canvas(), fyne.CurrentApp().Driver()
	for id, title := range pageTitles {
		if pageID(id) == pageStart || pageID(id) == pageTrain { // where nothing at the top takes the keyboard
			continue
		}
		r.show(pageID(id))
		c.Unfocus()
		c.FocusNext()
		const top = 150
		if f, ok := c.Focused().(fyne.CanvasObject); !ok || driver.AbsolutePositionForObject(f).Y > top {
			t.Errorf("on %s Tab begins with %T at %v", title, c.Focused(), driver.AbsolutePositionForObject(f))
		}
	}
}
