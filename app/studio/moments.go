package studio

import (
	"context"
	"errors"
	"image"
	"image/draw"
	"slices"
	"time"

	"ganvas/engine/ckpt"
	"ganvas/engine/session"
)

// listInterval is how often the moments of a run are listed at most.
const listInterval = time.Second

// A lister lists the moments of a run, and remembers their pictures.
type lister struct {
	renewed int64
	known   map[int64]KeptMoment // with their pictures, by step
}

// list looks up the moments of a run, and then the pictures of those that are new.
func (t *TimeLine) list(ctx context.Context, r *Run, l *lister) {
	if n := r.Renewed(); n != l.renewed || l.known == nil {
		l.renewed, l.known = n, make(map[int64]KeptMoment)
	}
	all, err := r.Session.Moments()
	put := func(moments []KeptMoment) {
		t.listed.Put(recalled[[]KeptMoment]{of: r, renewed: l.renewed, what: moments, err: err})
	}
	if err != nil {
		put(nil)
		return
	}
	moments := l.kept(all)
	put(slices.Clone(moments))
	pictured := false
	for i := range moments {
		m := &moments[i]
		if _, ok := l.known[m.Step]; ok || ctx.Err() != nil {
			continue
		}
		if p, err := recall(r.Session, m.Step); err == nil { // one that cannot be read has no picture
			m.Thumb, m.Points = thumbOf(p.Sheet), someOf(p.Points)
		}
		l.known[m.Step] = *m
		pictured = true
	}
	if pictured && ctx.Err() == nil {
		put(moments)
	}
}

// kept returns the moments of which there is a generator to look at, with the pictures that are
// known, and forgets those of moments that are gone.
func (l *lister) kept(all []session.Moment) []KeptMoment {
	var moments []KeptMoment
	known := make(map[int64]KeptMoment)
	for i, m := range all {
		if !m.View && !m.Full || !m.Full && nearFull(all, i) {
			continue
		}
		k := KeptMoment{Moment: m}
		if before, ok := l.known[m.Step]; ok {
			k.Thumb, k.Points = before.Thumb, before.Points
			known[m.Step] = k
		}
		moments = append(moments, k)
	}
	l.known = known
	return moments
}

// near is how close to a full moment another is left out, as a part of the run: on the screen both
// would be one.
const near = 0.01

// nearFull tells whether a full moment is near to moment i.
func nearFull(all []session.Moment, i int) bool {
	reach := int64(near * float64(all[len(all)-1].Step))
	return slices.ContainsFunc(all, func(m session.Moment) bool { return m.Full && max(m.Step-all[i].Step, all[i].Step-m.Step) <= reach })
}

// thumbOf copies the first picture of a sheet; nil of none.
func thumbOf(s *session.Sheet) image.Image {
	if s == nil || s.Columns < 1 || s.Rows < 1 {
		return nil
	}
	const spacing = 1
	size := s.Image.Rect.Size()
	cell := image.Rect(0, 0, (size.X+spacing)/s.Columns-spacing, (size.Y+spacing)/s.Rows-spacing)
	if cell.Empty() {
		return nil
	}
	thumb := image.NewRGBA(cell)
	draw.Draw(thumb, cell, s.Image, s.Image.Rect.Min, draw.Src)
	return thumb
}

// thumbPoints is how many points a small picture of them has.
const thumbPoints = 120

func someOf(p *session.Points) [][2]float32 {
	if p == nil {
		return nil
	}
	return slices.Clone(p.Fake[:min(thumbPoints, len(p.Fake))])
}

// showMoments takes over what was listed.
func (t *TimeLine) showMoments(l recalled[[]KeptMoment]) {
	if !l.holds(t.s) {
		return
	}
	if l.err != nil {
		if !errors.Is(l.err, ckpt.ErrClosed) {
			l.of.Fail(l.err)
		}
		return
	}
	t.Moments = l.what
	t.s.Remarked.Emit(None{})
	if t.Past() && !slices.ContainsFunc(t.Moments, func(m KeptMoment) bool { return m.Step >= t.At }) && t.At > t.s.Status.Step {
		t.Now() // the run went back to before it
	}
}
