package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"ganvas/app/titles"

	"ganvas/datasets"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// A source is the data that the recipe names, as far as they are read. It belongs to the UI
// goroutine.
type source struct {
	name    string // the recipe's
	options datasets.Options
	whole   datasets.Set // nil while they are read, or when they could not be
	set     datasets.Set // whole but for the items that are left out; nil also where that cannot be
	err     error
	opening bool
	coming  string // other data that are being read to take the place of these; "" for none
	bare    bool   // set was read without the labels that the Data page shows, by a session that does not need them
}

// shape returns the shape of an item, nil while it is not known.
func (s *source) shape() nn.Shape {
	if s.set == nil {
		return nil
	}
	return session.ItemShape(s.set)
}

// dataOptions returns the preprocessing of r; labels are always read, so that the Data page can
// show them.
func dataOptions(r *recipe.Recipe) datasets.Options {
	o := session.DataOptions(r)
	if o.Labels == "none" {
		o.Labels = "folder"
	}
	return o
}

// firstSide is the size to which a person's pictures are brought at first: quick to train, large
// enough to see.
const firstSide = 32

// mostNatural is the largest size in which arrays are taken as they are.
const mostNatural = 64

// chooseData makes the recipe learn from another source, which the Data page names: a built-in set
// or a path.
func (a *App) chooseData(name string) {
	if name == a.plan.now.Data && a.source.err == nil {
		return
	}
	r := a.plan.now.Clone()
	r.Data, r.Labels = name, "none"
	a.mayRead(r, func() { a.useData(name) })
}

// useData is chooseData of data that may be read.
func (a *App) useData(name string) {
	r := a.plan.now.Clone()
	r.Data, r.Mirror, r.Fit = name, false, "crop"
	r.FocusX, r.FocusY, r.LeaveOut, r.Drawn = 0.5, 0.5, "", ""
	r.Stride, r.Cell, r.Attribute = 1, 0, ""
	for _, b := range datasets.Builtins() {
		if b.Name == name && b.Kind == datasets.Pictures {
			r.ImageSize, r.Channels = b.Size, b.Channels
			if name == "emoji" { // 64 pixels with transparency are slow to learn
				r.ImageSize, r.Channels = firstSide, 3
			}
		}
	}
	if datasets.IsBuiltin(name) {
		a.readData(r, dataOptions(r), "Use "+name)
		return
	}
	o := dataOptions(r)
	o.Size, o.Channels = firstSide, 0
	if datasets.IsArray(name) {
		o.Size = 0 // they are made for their size
	}
	a.readData(r, o, "Use "+filepath.Base(name))
}

// readData opens the data of r with options o in the background, adapts r to what was found, and
// makes it the plan.
func (a *App) readData(r *recipe.Recipe, o datasets.Options, label string) {
	if a.activity.after(func() { a.readData(r, o, label) }) {
		return
	}
	a.source.opening, a.source.coming = true, r.Data
	a.data.preview(r.Data, o)
	a.refresh()
	var set datasets.Set
	a.activity.run("Reading "+shortName(r.Data), func(ctx context.Context, report func(done, total int)) (err error) {
		o.Tables = true // to be looked at
		if set, err = datasets.Open(ctx, r.Data, o, report); err != nil || set.Info().Kind != datasets.Pictures {
			return err
		}
		if o.Size == 0 && set.Info().Shape[0] > mostNatural {
			o.Size = firstSide
			if set, err = datasets.Open(ctx, r.Data, o, report); err != nil {
				return err
			}
		}
		r.ImageSize, r.Channels = set.Info().Shape[0], set.Info().Shape[2]
		if r.Channels == 4 && o.Channels == 0 {
			r.Channels = 3 // transparency is one more thing to learn; who wants it can choose it
			set, err = datasets.Open(ctx, r.Data, dataOptions(r), report)
		}
		return err
	}, func(err error) {
		if err != nil {
			if a.source.coming == r.Data && !a.activity.busy() { // no newer reading has taken its place
				a.source.opening, a.source.coming = false, ""
			}
			switch {
			case errors.Is(err, datasets.ErrOnePicture):
				a.askCells(r, o, label)
			case !errors.Is(err, context.Canceled):
				a.fail(err)
			}
			a.refresh()
			return
		}
		a.source = source{name: r.Data, options: dataOptions(r), whole: set, set: set}
		fitted, what := r, ""
		if set.Info().Kind != datasets.Table {
			fitted, what = adapted(r, a.source.shape())
		}
		a.edit(fitted, label, false)
		if what != "" {
			a.note.info(what, choice{"Undo", a.undo})
		} else {
			a.note.hide()
		}
	})
}

// syncData reads the data that the plan names, where they are not those that are open: after an
// undo, another preset or a recipe from a file.
func (a *App) syncData() {
	r := a.plan.now
	want := dataOptions(r)
	if a.source.name == r.Data && a.source.options == want && (a.source.set != nil || a.source.opening || a.source.err != nil) {
		return
	}
	if a.source.set != nil && a.source.name == r.Data && a.source.set.Info().Kind == datasets.Points && samePoints(a.source.options, want) {
		a.source.options = want // points ignore the rest
		return
	}
	same := want
	same.LeaveOut, same.Mirror = a.source.options.LeaveOut, a.source.options.Mirror
	if a.source.name == r.Data && a.source.options == same && a.source.whole != nil { // what is read stays
		a.source.options = want
		a.source.set, a.source.err = datasets.LeaveOut(a.source.whole, want.LeaveOut)
		return
	}
	if a.activity.after(a.syncData) {
		return
	}
	if r.Data == drawnData { // at once: they are in the plan
		a.source = source{name: r.Data, options: want}
		a.source.whole, a.source.set, a.source.err = openSource(context.Background(), r.Data, want, nil)
		return
	}
	a.source = source{name: r.Data, options: want, opening: true}
	a.data.preview(r.Data, want)
	var whole, set datasets.Set
	a.activity.run("Reading "+shortName(r.Data), func(ctx context.Context, report func(done, total int)) (err error) {
		whole, set, err = openSource(ctx, r.Data, want, report)
		return err
	}, func(err error) {
		if a.source.name != r.Data || a.source.options != want {
			return // the plan has moved on
		}
		a.source.opening = false
		if errors.Is(err, context.Canceled) {
			err = fmt.Errorf("read %s: it was cancelled: choose the data again", r.Data)
		}
		a.source.whole, a.source.set, a.source.err = whole, set, err
		a.refresh()
		a.measure()
		if next := a.afterReading; next != nil {
			a.afterReading = nil
			next()
		}
	})
}

// samePoints tells whether points that were read with options a are those of b.
func samePoints(a, b datasets.Options) bool {
	return a.Seed == b.Seed && a.Drawn == b.Drawn && a.LeaveOut == b.LeaveOut
}

// readLabels reads data anew, in the background, where a session that uses no labels has read them
// without. The Data page shows labels; nothing else waits for them.
func (a *App) readLabels() {
	s := a.source
	if !s.bare || s.whole == nil || a.page != pageData || a.activity.busy() {
		return
	}
	var whole, set datasets.Set
	a.activity.run("Reading the labels of "+shortName(s.name), func(ctx context.Context, report func(done, total int)) (err error) {
		whole, set, err = openSource(ctx, s.name, s.options, report)
		return err
	}, func(err error) {
		if a.source.whole != s.whole || a.source.options != s.options {
			return // there are other data now
		}
		a.source.bare = errors.Is(err, context.Canceled) // then it is tried again
		if err != nil {
			a.failUnlessCancelled(err)
			return
		}
		a.source.whole, a.source.set = whole, set
		a.refresh()
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

// setPreprocessing changes one key of how pictures are prepared, and the networks with it where
// they would not fit.
func (a *App) setPreprocessing(key, value string) {
	r := a.plan.now.Clone()
	if err := r.Set(key, value); err != nil {
		a.fail(err)
		a.refresh()
		return
	}
	if r.Equal(a.plan.now) {
		return
	}
	what := ""
	if shape := a.source.shape(); shape == nil || shape.Picture() { // nil: they are being read, for an earlier change
		r, what = adapted(r, nn.Shape{r.ImageSize, r.ImageSize, r.Channels})
	}
	a.edit(r, "Change "+titles.Whose(key), false)
	if what != "" {
		a.note.info(what, choice{"Undo", a.undo})
	}
}

// shortName is a built-in's title or a path's last element.
func shortName(data string) string {
	if data == drawnData {
		return "Your drawing"
	}
	for _, b := range datasets.Builtins() {
		if b.Name == data {
			return b.Title
		}
	}
	return filepath.Base(data)
}

// askDataFile lets the user choose a file of data.
func (a *App) askDataFile() {
	a.askFile("Choose data: an archive, a table, an array, a picture", "data", datasets.Endings(), func(path string) { a.chooseData(path) })
}

// askDataFolder lets the user choose a folder of pictures.
func (a *App) askDataFolder() { a.askFolder("Choose a folder of pictures", "data", a.chooseData) }
