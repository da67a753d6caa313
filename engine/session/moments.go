package session

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"slices"

	"ganvas/engine/ckpt"
	"ganvas/engine/field"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// A Moment is what is kept of a step of the run.
type Moment struct {
	Step     int64
	Sheet    bool    // a contact sheet
	View     bool    // the generator that samples
	ViewD    bool    // the discriminator
	Full     bool    // all that the next step depends on: a branch begins here at once
	Best     bool    // the best by the metric of choice
	Branches []int64 // runs that begin here
}

// A stretch is steps of a run that lie on the way to the session's own: all of it, or of a run that
// it goes on from those before the branch.
type stretch struct {
	run         ckpt.Run
	first, last int64 // last −1: no end
}

// way returns the stretches on the way to the session's run, the oldest first.
func (s *Session) way() ([]stretch, []ckpt.Run, error) {
	runs, err := s.file.Runs()
	if err != nil {
		return nil, nil, err
	}
	return wayTo(runs, s.RunID()), runs, nil
}

// wayTo returns the stretches on the way to a run. A parent is always older than its branch, so
// that the way ends whatever a file says.
func wayTo(runs []ckpt.Run, id int64) (way []stretch) {
	last := int64(-1)
	for id != 0 {
		i := slices.IndexFunc(runs, func(r ckpt.Run) bool { return r.ID == id })
		if i < 0 {
			break
		}
		r := runs[i]
		from := r.FromStep
		if r.Parent == 0 || r.Parent >= r.ID {
			r.Parent, from = 0, 0
		}
		way = append(way, stretch{r, from, last})
		last, id = from, r.Parent
	}
	slices.Reverse(way)
	return way
}

// holds tells whether a step lies in a stretch. Of the step of a branch both runs may keep
// something.
func (t stretch) holds(step int64) bool { return step >= t.first && (t.last < 0 || step <= t.last) }

// Moments returns what is kept of the run, and of the runs that it goes on from up to there, in the
// order of steps. It does not wait for a training step.
func (s *Session) Moments() ([]Moment, error) {
	way, runs, err := s.way()
	if err != nil {
		return nil, err
	}
	all := make(map[int64]*Moment)
	at := func(step int64) *Moment {
		if all[step] == nil {
			all[step] = &Moment{Step: step}
		}
		return all[step]
	}
	for _, t := range way {
		if err := s.collect(t, at); err != nil {
			return nil, err
		}
		for _, r := range runs {
			if r.Parent == t.run.ID && t.holds(r.FromStep) && !slices.ContainsFunc(way, func(t stretch) bool { return t.run.ID == r.ID }) {
				m := at(r.FromStep)
				m.Branches = append(m.Branches, r.ID)
			}
		}
	}
	moments := make([]Moment, 0, len(all))
	for _, m := range all {
		moments = append(moments, *m)
	}
	slices.SortFunc(moments, func(a, b Moment) int { return cmp.Compare(a.Step, b.Step) })
	return moments, nil
}

// collect notes what is kept of a stretch.
func (s *Session) collect(t stretch, at func(step int64) *Moment) error {
	list, err := s.file.Checkpoints(t.run.ID)
	if err != nil {
		return err
	}
	for _, k := range list {
		if t.holds(k.Step) {
			m := at(k.Step)
			m.View = true
			m.Full = m.Full || !k.Thinned
			m.ViewD = m.ViewD || m.Full
		}
	}
	steps, err := s.file.SheetSteps(t.run.ID)
	if err != nil {
		return err
	}
	for _, step := range steps {
		if t.holds(step) {
			at(step).Sheet = true
		}
	}
	return nil
}

// SheetNear returns the stored contact sheet nearest at or before a step. Of points none are
// stored: see PointsNear. It does not wait for a training step.
func (s *Session) SheetNear(step int64) (*Sheet, error) {
	way, _, err := s.way()
	if err != nil {
		return nil, err
	}
	for _, t := range slices.Backward(way) {
		if step < t.first {
			continue
		}
		stored, err := s.file.SheetAt(t.run.ID, step)
		if err == nil {
			return s.lookingBack().sheet(stored)
		}
		if errors.Is(err, ckpt.ErrClosed) || errors.Is(err, ckpt.ErrDamaged) {
			return nil, err
		}
	}
	return nil, fmt.Errorf("look at step %d: no contact sheet is kept up to there", step)
}

// past is what looking back needs of the run besides its file. It is never written again, so that
// nobody waits for a training step.
type past struct {
	recipe *recipe.Recipe // as it was when the run was opened
	layout Sheet
	plane  plane // of points
	item   nn.Shape
	in     int // classes that D is told
	config gan.Config
}

func newPast(t *gan.Trainer, v *view, r *recipe.Recipe) *past {
	classes := max(t.G.Role().Classes, t.D.Role().Classes)
	return &past{recipe: r.Clone(), layout: layoutOf(v.generator), plane: v.plane, item: t.G.Out, in: classes, config: t.Config}
}

// lookingBack returns what looking back needs.
func (s *Session) lookingBack() *past {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	return s.past
}

// generator returns the generator of a state, the averaged one or the one that played; nil if the
// state does not have it.
func (p *past) generator(st *ckpt.State, step int64, ema bool) (*gan.Generator, error) {
	prefix := "g."
	if ema && Holds(st, "ema") {
		prefix = "ema."
	}
	if !Holds(st, PlayerOf(prefix)) {
		return nil, nil
	}
	n, err := gan.NewG(p.recipe, p.in)
	if err != nil {
		return nil, err
	}
	if err := setWeights(n, prefix, st, step); err != nil {
		return nil, err
	}
	return gan.NewGenerator(n, p.recipe.LatentKind), nil
}

// discriminator returns the discriminator of a state; nil if the state does not have it.
func (p *past) discriminator(st *ckpt.State, step int64) (*nn.Net, error) {
	if !Holds(st, "d") {
		return nil, nil
	}
	n, err := gan.NewD(p.recipe, p.item, p.in)
	if err != nil {
		return nil, err
	}
	return n, setWeights(n, "d.", st, step)
}

// sheet decodes a stored contact sheet.
func (p *past) sheet(stored ckpt.Sheet) (*Sheet, error) {
	config, err := png.DecodeConfig(bytes.NewReader(stored.PNG))
	if err == nil && config.Width*config.Height > mostSheetPixels {
		err = fmt.Errorf("%d×%d pixels are too many for it", config.Width, config.Height)
	}
	var picture image.Image
	if err == nil {
		picture, err = png.Decode(bytes.NewReader(stored.PNG))
	}
	if err != nil {
		return nil, fmt.Errorf("read the contact sheet of step %d: %w: look at another step", stored.Step, err)
	}
	s := p.layout
	s.Step = stored.Step
	if rgba, ok := picture.(*image.RGBA); ok {
		s.Image = rgba
	} else {
		s.Image = image.NewRGBA(picture.Bounds())
		draw.Draw(s.Image, s.Image.Rect, picture, picture.Bounds().Min, draw.Src)
	}
	return &s, nil
}

// mostSheetPixels is more than any contact sheet has: 20 rows of 8 pictures of 512×512.
const mostSheetPixels = 64 << 20

// A kept is where weights of a step lie.
type kept struct {
	run, step int64
	full      bool
}

// keptNear returns where weights are kept, the nearest to a step first.
func (s *Session) keptNear(step int64) ([]kept, error) {
	way, _, err := s.way()
	if err != nil {
		return nil, err
	}
	var all []kept
	for _, t := range way {
		list, err := s.file.Checkpoints(t.run.ID)
		if err != nil {
			return nil, err
		}
		for _, k := range list {
			if t.holds(k.Step) {
				all = append(all, kept{t.run.ID, k.Step, !k.Thinned})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b kept) int { return cmp.Compare(max(a.step-step, step-a.step), max(b.step-step, step-b.step)) })
	return all, nil
}

// loadNear gives use what is kept nearest to a step, until it takes it, and returns its step. What is
// damaged is passed over.
func (s *Session) loadNear(step int64, fits func(kept) bool, use func(st *ckpt.State, at int64) (bool, error)) (int64, error) {
	all, err := s.keptNear(step)
	if err != nil {
		return 0, err
	}
	for _, k := range all {
		if !fits(k) {
			continue
		}
		st, err := s.file.Load(k.run, k.step)
		if errors.Is(err, ckpt.ErrDamaged) || errors.Is(err, ckpt.ErrNoCheckpoint) { // or it went just now
			continue
		}
		if err != nil {
			return 0, err
		}
		if taken, err := use(st, k.step); taken || err != nil {
			return k.step, err
		}
	}
	return 0, fmt.Errorf("look at step %d: %w", step, ErrNotKept)
}

// ErrNotKept is the error of looking at a network of which no step is kept.
var ErrNotKept = errors.New("of no step is that network kept")

// GeneratorNear returns the generator of the kept step nearest to a step, the averaged one or the
// one that played, with that step. The one that played, where there is an average, is kept by full
// checkpoints alone. It does not wait for a training step.
func (s *Session) GeneratorNear(step int64, ema bool) (g *gan.Generator, at int64, err error) {
	p := s.lookingBack()
	at, err = s.loadNear(step, func(k kept) bool { return ema || k.full || p.recipe.EMA == 0 }, func(st *ckpt.State, at int64) (bool, error) {
		g, err = p.generator(st, at, ema)
		return g != nil, err
	})
	return g, at, err
}

// DiscriminatorNear returns the discriminator of the kept step nearest to a step, with that step. It
// does not wait for a training step.
func (s *Session) DiscriminatorNear(step int64) (d *nn.Net, at int64, err error) {
	p := s.lookingBack()
	at, err = s.loadNear(step, func(k kept) bool { return k.full }, func(st *ckpt.State, at int64) (bool, error) {
		d, err = p.discriminator(st, at)
		return d != nil, err
	})
	return d, at, err
}

// PointsNear draws, for a run about points, what both players of the kept step nearest to a step
// make of the plane: what a snapshot showed then, and what is looked at now. It does not wait for a training step.
func (s *Session) PointsNear(step int64) (points *Points, err error) {
	p := s.lookingBack()
	if p.item.Picture() {
		return nil, fmt.Errorf("look at step %d: the run is about pictures: ask for its contact sheet", step)
	}
	_, err = s.loadNear(step, func(k kept) bool { return k.full }, func(st *ckpt.State, at int64) (bool, error) {
		g, err := p.generator(st, at, true)
		if g == nil || err != nil {
			return false, err
		}
		d, err := p.discriminator(st, at)
		if d == nil || err != nil {
			return false, err
		}
		look, _ := s.lookout.now()
		m := field.Moment{G: g, D: d, Objective: p.config.Objective}
		points, err = p.plane.density(context.Background(), p.plane.newObserver(), m, at, look.Layers|field.Heat)
		return err == nil, err
	})
	return points, err
}
