package startpage

import (
	"context"
	"image"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/ui/thumbs"
	"ganvas/widgets"
)

// recent are the cards of projects that were open before.
type recent struct {
	s       *studio.Studio
	open    func(path string)
	box     *fyne.Container
	grid    *fyne.Container
	shown   []string // paths, of which there are cards
	visible bool
}

// mostRecent is how many projects have cards, recentColumns how many are side by side.
const mostRecent, recentColumns = 6, 3

func newRecent(s *studio.Studio, open func(path string)) *recent {
	r := &recent{s: s, open: open, grid: container.NewGridWithColumns(recentColumns)}
	r.box = container.NewVBox(ui.NewSection("Go on with"), r.grid)
	r.box.Hide()
	s.Remembered.On(func(studio.None) { r.refresh() })
	return r
}

// setVisible says whether the cards can be seen: only then projects are looked at.
func (r *recent) setVisible(on bool) {
	if r.visible = on; on {
		r.refresh()
	}
}

// refresh shows the cards of the projects that are remembered, in the background without those that
// are gone.
func (r *recent) refresh() {
	if !r.visible {
		return
	}
	paths := r.s.Memory.Recent()
	if slices.Equal(paths, r.shown) {
		return
	}
	r.shown = slices.Clone(paths)
	type found struct {
		path   string
		glance studio.Glance
		some   image.Image
	}
	var all []found
	r.s.Jobs.Start(func(ctx context.Context) error {
		for _, path := range paths {
			if len(all) == mostRecent || ctx.Err() != nil {
				break
			}
			g, err := studio.GlanceAt(path)
			if err != nil {
				continue // it is gone, or no project any more: File ▸ Open recent says so
			}
			some := g.Some
			if some == nil {
				some = thumbs.Of(g.Recipe)
			}
			all = append(all, found{path, g, some})
		}
		return ctx.Err()
	}, func(err error) {
		if err != nil || !slices.Equal(paths, r.shown) {
			return
		}
		r.grid.Objects = nil
		for _, f := range all {
			card := widgets.NewDataCard(filepath.Base(f.path), f.glance.Text(), f.some, func() { r.open(f.path) })
			r.grid.Add(widgets.Tip(card, f.path))
		}
		ui.SetShown(r.box, len(all) > 0)
		r.grid.Refresh()
	})
}
