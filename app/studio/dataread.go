package studio

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"ganvas/datasets"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// MayRead calls then if the data of a recipe are a place for data, or after it was asked whether a
// whole disk or a home folder is to be read.
func (d *Data) MayRead(r *recipe.Recipe, then func()) {
	foreign := new(session.ForeignDataError)
	if err := session.CheckSource(r); !errors.As(err, &foreign) {
		then()
		return
	}
	d.s.Asked.Emit(WantsWholeDisk{Data: foreign, Read: func() {
		session.RememberRead(r)
		then()
	}})
}

// read opens the data of r with options o in the background, adapts r to what was found, and makes
// it the plan.
func (d *Data) read(r *recipe.Recipe, o datasets.Options, label string) {
	s := d.s
	if s.Work.After(func() { d.read(r, o, label) }) {
		return
	}
	d.Opening, d.Coming = true, r.Data
	s.Reading.Emit(Reading{r.Data, o})
	s.Refresh()
	var set datasets.Set
	s.Work.Run("Reading "+ShortName(r.Data), func(ctx context.Context, report func(done, total int)) (err error) {
		set, err = openAsItComes(ctx, r, o, report)
		return err
	}, func(err error) {
		if err != nil {
			d.notRead(r, o, label, err)
			return
		}
		d.Source = Source{Name: r.Data, Options: DataOptions(r), Whole: set, Set: set}
		d.remember(r)
		fitted, what := r, ""
		if set.Info().Kind != datasets.Table {
			fitted, what = Adapted(r, d.Shape())
		}
		s.Plan.Edit(fitted, label, false)
		s.informUndoable(what)
	})
}

// openAsItComes opens the data of r, brings pictures that are large to a first size and drops
// transparency that nobody asked for, and notes in r what it has chosen.
func openAsItComes(ctx context.Context, r *recipe.Recipe, o datasets.Options, report func(done, total int)) (set datasets.Set, err error) {
	o.Tables = true // to be looked at
	if set, err = datasets.Open(ctx, r.Data, o, report); err != nil || set.Info().Kind != datasets.Pictures {
		return set, err
	}
	if o.Size == 0 && set.Info().Shape[0] > mostNatural {
		o.Size = FirstSide
		if set, err = datasets.Open(ctx, r.Data, o, report); err != nil {
			return nil, err
		}
	}
	r.ImageSize, r.Channels = set.Info().Shape[0], set.Info().Shape[2]
	if r.Channels == 4 && o.Channels == 0 {
		r.Channels = 3 // transparency is one more thing to learn; who wants it can choose it
		set, err = datasets.Open(ctx, r.Data, DataOptions(r), report)
	}
	return set, err
}

// notRead says why data could not be read, or asks what that depends on.
func (d *Data) notRead(r *recipe.Recipe, o datasets.Options, label string, err error) {
	if d.Coming == r.Data && !d.s.Work.Busy() { // no newer reading has taken its place
		d.Opening, d.Coming = false, ""
	}
	switch {
	case !errors.Is(err, context.Canceled) && d.forgetParts(r.Data, err):
		d.use(r.Data)
	case errors.Is(err, datasets.ErrOnePicture):
		d.s.Asked.Emit(WantsCells{Data: r.Data, Cut: func(side int) {
			c := r.Clone()
			c.Cell, o.Cell = side, side
			d.read(c, o, label)
		}})
	default:
		d.s.FailUnlessCancelled(err)
	}
	d.s.Refresh()
}

// sync reads the data that the plan names, where they are not those that are open: after an undo,
// another preset or a recipe from a file.
func (d *Data) sync() {
	r := d.s.Plan.Now()
	want := DataOptions(r)
	if d.Name == r.Data && d.Options == want && (d.Set != nil || d.Opening || d.Err != nil) {
		return
	}
	if d.Set != nil && d.Name == r.Data && d.Set.Info().Kind == datasets.Points && samePoints(d.Options, want) {
		d.Options = want // points ignore the rest
		return
	}
	same := want
	same.LeaveOut, same.Mirror = d.Options.LeaveOut, d.Options.Mirror
	if d.Name == r.Data && d.Options == same && d.Whole != nil { // what is read stays
		d.Options = want
		d.Set, d.Err = datasets.LeaveOut(d.Whole, want.LeaveOut)
		return
	}
	if d.s.Work.After(d.sync) {
		return
	}
	if r.Data == Drawn { // at once: they are in the plan
		d.Source = Source{Name: r.Data, Options: want}
		d.Whole, d.Set, d.Err = openSource(context.Background(), r.Data, want, nil)
		return
	}
	d.readPlan(r, want)
}

// readPlan reads the data of the plan in the background.
func (d *Data) readPlan(r *recipe.Recipe, want datasets.Options) {
	s := d.s
	d.Source = Source{Name: r.Data, Options: want, Opening: true}
	s.Reading.Emit(Reading{r.Data, want})
	var whole, set datasets.Set
	s.Work.Run("Reading "+ShortName(r.Data), func(ctx context.Context, report func(done, total int)) (err error) {
		whole, set, err = openSource(ctx, r.Data, want, report)
		return err
	}, func(err error) {
		if d.Name != r.Data || d.Options != want {
			return // the plan has moved on
		}
		d.Opening = false
		if errors.Is(err, context.Canceled) {
			err = fmt.Errorf("read %s: it was cancelled: choose the data again", r.Data)
		}
		d.Whole, d.Set, d.Err = whole, set, err
		d.remember(r)
		s.Refresh()
		s.Forecast.Measure()
		s.Training.dataRead()
	})
}

// samePoints tells whether points that were read with options a are those of b.
func samePoints(a, b datasets.Options) bool {
	return a.Seed == b.Seed && a.Drawn == b.Drawn && a.LeaveOut == b.LeaveOut
}

// readLabels reads data anew, in the background, where a session that uses no labels has read them
// without. Whoever looks at the data sees labels; nothing else waits for them.
func (d *Data) readLabels() {
	s, before := d.s, d.Source
	if !before.bare || before.Whole == nil || !d.seen || s.Work.Busy() {
		return
	}
	var whole, set datasets.Set
	s.Work.Run("Reading the labels of "+ShortName(before.Name), func(ctx context.Context, report func(done, total int)) (err error) {
		whole, set, err = openSource(ctx, before.Name, before.Options, report)
		return err
	}, func(err error) {
		if d.Whole != before.Whole || d.Options != before.Options {
			return // there are other data now
		}
		d.bare = errors.Is(err, context.Canceled) // then it is tried again
		if err != nil {
			s.FailUnlessCancelled(err)
			return
		}
		d.Whole, d.Set = whole, set
		s.Refresh()
	})
}

// openSource opens data, also a table, and leaves out of them what o leaves out. An error may leave
// the whole set: the items to leave out were chosen when the data were others.
func openSource(ctx context.Context, name string, o datasets.Options, report func(done, total int)) (whole, set datasets.Set, err error) {
	choice := o.LeaveOut
	o.LeaveOut, o.Tables, o.Mirror = "", true, false // it is the loader that mirrors
	if whole, err = datasets.Open(ctx, name, o, report); err != nil {
		return nil, nil, err
	}
	set, err = datasets.LeaveOut(whole, choice)
	return whole, set, err
}

// ofRun takes over the data with which a run was opened.
func ofRun(d *Data, r *Run) {
	o := DataOptions(r.Recipe)
	whole, _ := datasets.Whole(r.Data, 0)
	d.Source = Source{Name: r.Recipe.Data, Options: o, Whole: whole, Set: r.Data, bare: session.DataOptions(r.Recipe) != o}
	d.remember(r.Recipe)
}

// remember keeps one's own data that are read for the next time, as a recipe reads them.
func (d *Data) remember(r *recipe.Recipe) {
	if d.Whole != nil && filepath.IsAbs(d.Name) {
		d.s.Memory.AddRecentData(d.Name, partsOf(r))
	}
}
