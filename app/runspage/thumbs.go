package runspage

import (
	"context"
	"image"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/engine/ckpt"
	"ganvas/engine/runs"
)

// thumbs are small pictures of what runs make, which are drawn in the background.
type thumbs struct {
	page   *Page
	file   *ckpt.File // whose runs they are of
	drawn  map[int64]thumb
	cancel context.CancelFunc
}

// A thumb is the picture of a run at a step; nil where there is none.
type thumb struct {
	step    int64
	picture image.Image
}

// clear forgets the pictures of the project that was open.
func (t *thumbs) clear(f *ckpt.File) {
	if t.cancel != nil {
		t.cancel()
	}
	t.file, t.drawn, t.cancel = f, make(map[int64]thumb), nil
}

// of returns the newest picture of a run that is drawn.
func (t *thumbs) of(e runs.Entry) image.Image { return t.drawn[e.ID].picture }

// load draws the pictures that are missing or old, one after the other.
func (t *thumbs) load(list []runs.Entry) {
	if t.cancel != nil {
		t.cancel()
		t.cancel = nil
	}
	var missing []runs.Entry
	for _, e := range list {
		if d, ok := t.drawn[e.ID]; !ok || d.step != e.Step {
			missing = append(missing, e)
		}
	}
	f, p := t.file, t.page
	if len(missing) == 0 || f == nil {
		return
	}
	around := realPoints(p.s.Run)
	t.cancel = p.s.Jobs.Start(func(ctx context.Context) error {
		for _, e := range missing {
			if ctx.Err() != nil {
				return nil
			}
			picture := pictureOf(runs.Thumb(f, e.ID), around)
			p.s.Do(func() {
				if t.file == f {
					t.drawn[e.ID] = thumb{e.Step, picture}
					p.showThumb(e.ID)
				}
			})
		}
		return nil
	}, nil)
}

// pictureOf returns a sheet as a picture; nil where there is none.
func pictureOf(s runs.Sheet, around [][2]float32) image.Image {
	switch {
	case s.Image != nil:
		return s.Image
	case len(s.Points) > 0:
		if len(around) == 0 {
			around = s.Points
		}
		return ui.GeneratedPicture(s.Points, nil, around)
	}
	return nil
}

// realPoints returns some of the points that a run learns from, if they are points.
func realPoints(r *studio.Run) [][2]float32 {
	if r == nil {
		return nil
	}
	return r.Sample()
}

// showThumb shows the picture of a run that was drawn.
func (p *Page) showThumb(id int64) {
	for i := range p.table.lines {
		if r := p.table.row(i); r.line.entry.ID == id {
			r.showThumb()
		}
	}
	if l := p.table.current(); l != nil && l.entry.ID == id {
		p.detail.showThumb()
	}
}
