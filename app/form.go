package app

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ganvas/app/words"

	"ganvas/app/titles"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/engine/recipe"
	"ganvas/widgets"
)

// A field is one key of the recipe as a control: a menu where there are choices, otherwise an entry
// that checks what is typed and takes it over with Enter or when it is left.
type field struct {
	key     recipe.KeyInfo
	control fyne.CanvasObject
	show    func(value string) // without calling back
}

// newField returns a control for the key called name; changed is called with new values that are
// possible on their own, and complain, which may be nil, with what is wrong with what is being
// typed, nil when it is mended.
func newField(name string, changed func(key, value string), complain func(error)) *field {
	f := &field{key: keyCalled(name)}
	switch {
	case f.key.Choices != nil:
		f.makeSelect(changed)
	case f.key.Type == "true or false":
		f.makeCheck(changed)
	default:
		f.makeEntry(changed, complain)
	}
	return f
}

func (f *field) makeSelect(changed func(key, value string)) {
	k := f.key
	var options []string
	for _, c := range k.Choices {
		options = append(options, titles.Choice(c))
	}
	quiet := false
	s := widget.NewSelect(options, nil)
	s.OnChanged = func(string) {
		if i := s.SelectedIndex(); !quiet && i >= 0 {
			changed(k.Name, k.Choices[i])
		}
	}
	f.control = s
	f.show = func(value string) {
		if title := titles.Choice(value); s.Selected != title {
			quiet = true
			if k.Other != "" && !slices.Contains(k.Choices, value) { // a file, which the command line or a recipe named
				k.Choices = append(slices.Clone(f.key.Choices), value)
				s.SetOptions(append(slices.Clone(options), title))
			}
			s.SetSelected(title)
			quiet = false
		}
	}
}

func (f *field) makeEntry(changed func(key, value string), complain func(error)) {
	k := f.key
	e := widgets.NewTypedEntry(checkField(k.Name), func(text string) {
		if value, err := fieldValue(k, text); err == nil {
			changed(k.Name, value)
		}
	})
	e.Wrong = complain
	f.control = e
	f.show = func(value string) { e.SetValue(strings.TrimSuffix(value, ".0")) }
}

// keyCalled returns what is known of a key.
func keyCalled(name string) recipe.KeyInfo {
	return titles.Keys[slices.IndexFunc(titles.Keys, func(k recipe.KeyInfo) bool { return k.Name == name })]
}

// checkField says what is wrong with what was typed for the key called name.
func checkField(name string) func(text string) error {
	k := keyCalled(name)
	return func(text string) error {
		_, err := fieldValue(k, text)
		return err
	}
}

// fieldValue returns what was typed for a key as recipes write it, or what is wrong with it.
func fieldValue(k recipe.KeyInfo, text string) (string, error) {
	value, err := text, error(nil)
	switch k.Type {
	case "number":
		var v float64
		v, err = widgets.ParseNumber(text)
		value = strconv.FormatFloat(v, 'g', -1, 64)
	case "whole number":
		var v uint64
		v, err = widgets.ParseWhole(text)
		value = strconv.FormatUint(v, 10)
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", titles.Key(k.Name), err)
	}
	if err := recipe.Default().Set(k.Name, value); err != nil {
		return "", errors.New(titles.Key(k.Name) + " " + strings.TrimPrefix(err.Error(), "set "+k.Name+": "))
	}
	return value, nil
}

// fieldLabel is a field's name with its unit; the tip says what it means.
func fieldLabel(name string, k recipe.KeyInfo) fyne.CanvasObject {
	tip := k.Tooltip
	if k.Unit != "" {
		tip += " In " + k.Unit + "."
	}
	l := newLine(titles.Key(name))
	return widgets.Tip(l, tip+" Usual: "+titles.Choice(k.Default)+".")
}

// A recipeForm edits the keys of a recipe other than its data and layers.
type recipeForm struct {
	fields []*field
	rows   map[string]fyne.CanvasObject
	box    *fyne.Container
	hint   *note // what is wrong with what is being typed
	scroll *container.Scroll
	all    *fyne.Container // hint and scroll
}

const fieldLabelWidth = 104

// newRecipeForm returns a form that calls changed with every new value.
func newRecipeForm(changed func(key, value string)) *recipeForm {
	f := &recipeForm{rows: make(map[string]fyne.CanvasObject), box: container.NewVBox(), hint: newNote("")}
	f.hint.color(theme.ColorNameError)
	f.hint.Hide()
	tight := func(o fyne.CanvasObject) fyne.CanvasObject { return widgets.Dense(o) }
	one := func(names ...string) {
		for _, n := range names {
			x := newField(n, changed, f.complain)
			f.fields = append(f.fields, x)
			f.rows[n] = tight(container.New(columns{fieldLabelWidth, 1}, fieldLabel(n, x.key), x.control))
			f.box.Add(f.rows[n])
		}
	}
	f.box.Add(newSection("Game"))
	one("objective", "d_steps", "balance", "unroll", "topk", "feature_matching", "label_smoothing")
	f.box.Add(newSection("Classes and players"))
	one("conditional", "semi_supervised", "labelled", "generators", "discriminators", "gman")
	f.box.Add(newSection("Penalties"))
	one("r1", "r2", "gp", "dragan", "consistency", "clip", "penalty_every")
	f.box.Add(newSection("What D sees"))
	one("pack", "augment", "instance_noise")
	f.box.Add(newSection("Run"))
	one("batch", "steps", "latent", "latent_kind", "ema", "ema_warmup", "seed", "from", "freeze_d")
	head := func(text string) *widget.Label {
		l := widget.NewLabelWithStyle(text, fyne.TextAlignCenter, fyne.TextStyle{})
		l.SizeName = theme.SizeNameCaptionText
		return l
	}
	f.box.Add(container.New(columns{fieldLabelWidth, 0.5, 0.5}, newSection("Optimisers"), head("Generator"), head("Discriminator")))
	for _, n := range []string{"optimizer", "lr", "beta1", "beta2", "momentum", "lr_decay", "lr_final", "init"} {
		g, d := newField("g."+n, changed, f.complain), newField("d."+n, changed, f.complain)
		f.fields = append(f.fields, g, d)
		f.rows[n] = tight(container.New(columns{fieldLabelWidth, 0.5, 0.5}, fieldLabel(n, g.key), g.control, d.control))
		f.box.Add(f.rows[n])
	}
	f.scroll = container.NewVScroll(clearOfBar(f.box))
	f.all = container.NewBorder(f.hint, nil, nil, nil, f.scroll)
	return f
}

// complain shows what is wrong with what is being typed, until it is mended.
func (f *recipeForm) complain(err error) {
	if err != nil {
		f.hint.set(words.Sentence(err.Error()))
	}
	if setShown(f.hint, err != nil) {
		relayout(f.all, f.all)
	}
}

// show brings the form to r, and leaves out what does nothing with r's other settings.
func (f *recipeForm) show(r *recipe.Recipe) {
	for _, x := range f.fields {
		value, err := r.Get(x.key.Name)
		if err != nil {
			panic("app: " + err.Error())
		}
		x.show(value)
	}
	uses := func(optimizers ...string) bool {
		for _, o := range optimizers {
			if r.G.Optimizer == o || r.D.Optimizer == o {
				return true
			}
		}
		return false
	}
	changed := false
	for name, used := range kindKeys(r) {
		changed = setShown(f.rows[name], used) || changed
	}
	for name, used := range map[string]bool{
		"beta1": uses("adam"), "beta2": uses("adam", "rmsprop"), "momentum": uses("sgd"),
		"lr_final":      r.G.LRDecay != "none" || r.D.LRDecay != "none",
		"clip":          r.Objective == "wasserstein" || r.Clip > 0,
		"penalty_every": r.R1 > 0 || r.R2 > 0 || r.GP > 0 || r.DRAGAN > 0 || r.Consistency > 0,
		"ema_warmup":    r.EMA > 0,
		// A target that is lowered already stays, with what is wrong about it.
		"label_smoothing": r.LabelSmoothing > 0 || slices.Contains([]string{"minimax", "nonsaturating", "leastsquares"}, r.Objective),
	} {
		changed = setShown(f.rows[name], used) || changed
	}
	if changed {
		f.scroll.Refresh()
	}
}
