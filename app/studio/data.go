package studio

import (
	"fmt"
	"path/filepath"

	"ganvas/app/titles"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// Drawn is the name of the data that are drawn by hand, in a recipe.
const Drawn = titles.DrawnData

// A Source is the data that a recipe names, as far as they are read. It is in one of these states:
//
//	nothing is there      Set and Whole nil, Err nil, not Opening
//	being read            Opening; Set and Whole nil, or what is there while Coming is read
//	read                  Set and Whole there
//	they could not be     Err says why; Whole may be there where only what is left out does not fit
type Source struct {
	Name    string // the recipe's
	Options datasets.Options
	Whole   datasets.Set // nil while they are read, or when they could not be
	Set     datasets.Set // Whole but for the items that are left out; nil also where that cannot be
	Err     error
	Opening bool
	Coming  string // other data that are being read to take the place of these; "" for none
	bare    bool   // Set was read without the labels that are to be seen, by a session that does not need them
}

// Data are the data of the plan. They belong to the goroutine of Options.Do.
type Data struct {
	Source
	s    *Studio
	seen bool
}

// SetSeen says whether anybody looks at the data: only then labels are read that nothing else
// needs.
func (d *Data) SetSeen(on bool) {
	d.seen = on
	d.readLabels()
}

// Shape returns the shape of an item, nil while it is not known.
func (d *Data) Shape() nn.Shape {
	if d.Set == nil {
		return nil
	}
	return session.ItemShape(d.Set)
}

// Classes returns how many classes the data have, as far as they are known.
func (d *Data) Classes() int {
	if d.Set == nil {
		return 0
	}
	return len(d.Set.Info().Labels)
}

// RunData returns the data that the run learns from, with labels where the plan has them read;
// before there is a run, those of the plan.
func (s *Studio) RunData() datasets.Set {
	r, d := s.Run, s.Data
	if r == nil || r.Data == nil || d.Set != nil && d.Name == r.Recipe.Data && d.Options == DataOptions(r.Recipe) {
		return d.Set
	}
	return r.Data
}

// DataOptions returns the preprocessing of r; labels are always read, so that they can be seen.
func DataOptions(r *recipe.Recipe) datasets.Options {
	o := session.DataOptions(r)
	if o.Labels == "none" {
		o.Labels = "folder"
	}
	return o
}

// FirstSide is the size to which a person's pictures are brought at first: quick to train, large
// enough to see.
const FirstSide = 32

// mostNatural is the largest size in which arrays are taken as they are.
const mostNatural = 64

// Choose makes the recipe learn from another source: a built-in set or a path.
func (d *Data) Choose(name string) {
	now := d.s.Plan.Now()
	if name == now.Data && d.Err == nil {
		return
	}
	r := now.Clone()
	r.Data, r.Labels = name, "none"
	d.MayRead(r, func() { d.use(name) })
}

// use is Choose of data that may be read.
func (d *Data) use(name string) {
	r := d.s.Plan.Now().Clone()
	r.Data, r.Mirror, r.Fit = name, false, "crop"
	r.FocusX, r.FocusY, r.LeaveOut, r.Drawn = 0.5, 0.5, "", ""
	setParts(r, d.s.Memory.Parts(name))
	for _, b := range datasets.Builtins() {
		if b.Name == name && b.Kind == datasets.Pictures {
			r.ImageSize, r.Channels = b.Size, b.Channels
			if name == "emoji" { // 64 pixels with transparency are slow to learn
				r.ImageSize, r.Channels = FirstSide, 3
			}
		}
	}
	if datasets.IsBuiltin(name) {
		d.read(r, DataOptions(r), "Use "+name)
		return
	}
	o := DataOptions(r)
	o.Size, o.Channels = FirstSide, 0
	if datasets.IsArray(name) {
		o.Size = 0 // they are made for their size
	}
	d.read(r, o, "Use "+filepath.Base(name))
}

// ChooseDrawn makes points that are drawn the data, in the text of datasets.DrawnText.
func (d *Data) ChooseDrawn(points string) {
	r := d.s.Plan.Now().Clone()
	r.Data, r.Drawn, r.LeaveOut = Drawn, points, ""
	fitted, what := Adapted(r, nn.Shape{2})
	d.s.Plan.Edit(fitted, "Draw points", false)
	if what != "" {
		d.s.informUndoable(what)
	}
}

// SetPreprocessing changes one key of how pictures are prepared, and the networks with it where
// they would not fit.
func (d *Data) SetPreprocessing(key, value string) {
	s := d.s
	r := s.Plan.Now().Clone()
	if err := r.Set(key, value); err != nil {
		s.Failed.Emit(err)
		s.Refresh()
		return
	}
	if r.Equal(s.Plan.Now()) {
		return
	}
	what := ""
	if shape := d.Shape(); shape == nil || shape.Picture() { // nil: they are being read, for an earlier change
		r, what = Adapted(r, nn.Shape{r.ImageSize, r.ImageSize, r.Channels})
	}
	s.Plan.Edit(r, "Change "+titles.Whose(key), false)
	if what != "" {
		s.informUndoable(what)
	}
}

// ShortName is a built-in's title or a path's last element.
func ShortName(data string) string { return titles.Data(data) }

// mostParametersAnItem is how many parameters a discriminator may have for each item before it is
// likely to know all of them by heart.
const mostParametersAnItem = 2000

// FewForNetwork tells whether the discriminator of the plan is large for so few items.
func (d *Data) FewForNetwork() (datasets.Finding, bool) {
	if d.Set == nil || d.Set.Info().Kind == datasets.Table {
		return datasets.Finding{}, false
	}
	_, parameters, err := nn.CountParams(d.s.Plan.Now().D.Layers, d.Shape())
	if err != nil || parameters <= mostParametersAnItem*d.Set.Len() {
		return datasets.Finding{}, false
	}
	return datasets.Finding{
		Name: "few-for-network", Count: d.Set.Len(),
		Title:  fmt.Sprintf("%s for a discriminator of %s", words.Counted(d.Set.Len(), "item"), words.Counted(parameters, "parameter")),
		Advice: "It will soon memorise them: choose smaller networks, or add data.",
	}, true
}
