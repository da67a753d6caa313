package datapage

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"ganvas/app/studio"
	"ganvas/app/ui/uitest"
	"ganvas/datasets"
)

// columns returns the columns of the page that are in sight, each with its scroll.
func (r *rig) columns() []*container.Scroll {
	var scrolls []*container.Scroll
	for _, o := range r.Content().(*fyne.Container).Objects {
		if s, ok := o.(*container.Scroll); ok && s.Visible() {
			scrolls = append(scrolls, s)
		}
	}
	return scrolls
}

// Nothing of the page is out of reach in the sizes that it has in small windows and on screens that
// enlarge it: a column is as wide as it needs, and scrolls where it is higher.
func TestNothingIsOutOfReach(t *testing.T) {
	table := filepath.Join(t.TempDir(), "people-of-a-country-with-a-name-that-does-not-end-soon.csv")
	if err := os.WriteFile(table, []byte("id,name,country\n1,a,Iceland\n2,b,Iceland\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	r := newRig(t)
	kinds := make(map[datasets.Kind]bool)
	for _, data := range []string{"digits", "emoji", "ring", table, studio.Drawn} {
		if data == studio.Drawn {
			test.Tap(r.choices.cards[studio.Drawn])
		} else {
			r.owned(data)
			r.Until("it is examined", func() bool { return r.health.found != nil || r.health.detail.Segment.Text != "" })
		}
		kinds[kindNow(r.S)] = true
		for _, c := range []struct {
			window string
			room   fyne.Size // of the page in it
			folded bool
		}{
			{"1024×700", fyne.NewSize(936, 611), false},
			{"1440×900 at 150 %", fyne.NewSize(872, 511), false},
			{"1440×900 at 200 %", fyne.NewSize(632, 361), true},
		} {
			r.Host.Window().Resize(c.room)
			r.Refresh()
			if r.fold.Folded() != c.folded {
				t.Errorf("%s, %s: folded: %v", data, c.window, r.fold.Folded())
			}
			if least := r.Content().MinSize(); least.Width > c.room.Width || least.Height > c.room.Height {
				t.Errorf("%s, %s: the page needs %v of %v", data, c.window, least, c.room)
			}
			for _, column := range []int{choosing, looking} {
				r.fold.Show(column)
				if !r.fold.Shown(column) {
					t.Errorf("%s, %s: column %d cannot be seen", data, c.window, column)
				}
				for _, s := range r.columns() {
					if needs, has := s.Content.MinSize(), s.Content.Size(); needs.Width > s.Size().Width || needs.Height > has.Height {
						t.Errorf("%s, %s: a column of %v has %v in a view of %v", data, c.window, needs, has, s.Size())
					}
				}
			}
		}
	}
	if len(kinds) != len(looks) {
		t.Errorf("%d kinds of data were looked at, there are %d", len(kinds), len(looks))
	}
}

// Where the cards and the data take turns, data that are chosen come to sight.
func TestChosenDataComeToSight(t *testing.T) {
	r := newRig(t)
	r.Host.Window().Resize(fyne.NewSize(632, 361))
	if r.fold.Shown(choosing) {
		t.Fatal("the cards show beside the data")
	}
	test.Tap(uitest.Button(r.Content(), "Choose data"))
	if !r.fold.Shown(choosing) || r.fold.Shown(looking) {
		t.Fatal("the tab does not show the cards alone")
	}
	test.Tap(r.choices.cards["ring"])
	r.Until("the ring is read", r.isRead("ring"))
	if !r.fold.Shown(looking) {
		t.Error("the ring is not shown")
	}
}
