package buildpage

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/recipe"
	"ganvas/widgets"
)

// A recipeForm edits the keys of a recipe other than its data and layers.
type recipeForm struct {
	fields []*ui.Field
	// wrong is what is wrong with what stands in fields; refused is told of it, "" where it is
	// mended.
	wrong   map[string]string
	refused func(f *ui.Field, wrong string)
	list    *ui.SettingList
	hint    *ui.Note // what is wrong with what is being typed
	scroll  *container.Scroll
	all     *fyne.Container // hint and scroll
}

// formHeight is what of the form shows at least: in a lower window the whole column scrolls.
const formHeight = 200

// newRecipeForm returns a form that calls changed with every new value, and refused with what is
// wrong with what stands in a field, "" where it is mended.
func newRecipeForm(changed func(key, value string), refused func(f *ui.Field, wrong string)) *recipeForm {
	f := &recipeForm{wrong: make(map[string]string), refused: refused, list: ui.NewSettingList(), hint: ui.NewNote("")}
	f.hint.SetColor(theme.ColorNameError)
	f.hint.Hide()
	tight := func(o fyne.CanvasObject) fyne.CanvasObject { return widgets.Dense(o) }
	one := func(names ...string) {
		for _, n := range names {
			x := f.newField(n, changed)
			f.list.Row(n, tight(container.New(ui.Columns{ui.FieldLabelWidth, 1}, ui.FieldLabel(n, x.Key), x.Control)))
		}
	}
	f.list.Head(ui.NewSection("Game"))
	one("objective", "d_steps", "balance", "unroll", "topk", "feature_matching", "label_smoothing")
	f.list.Head(ui.NewSection("Classes and players"))
	one("conditional", "semi_supervised", "labelled", "generators", "discriminators", "gman")
	f.list.Head(ui.NewSection("Penalties"))
	one("r1", "r2", "gp", "dragan", "consistency", "clip", "penalty_every")
	f.list.Head(ui.NewSection("What D sees"))
	one("pack", "augment", "instance_noise")
	f.list.Head(ui.NewSection("Run"))
	one("batch", "steps", "latent", "latent_kind", "ema", "ema_warmup", "seed", "held_out", "from", "freeze_d")
	head := func(text string) *widget.Label {
		l := widget.NewLabelWithStyle(text, fyne.TextAlignCenter, fyne.TextStyle{})
		l.SizeName = theme.SizeNameCaptionText
		return l
	}
	f.list.Head(container.New(ui.Columns{ui.FieldLabelWidth, 0.5, 0.5}, ui.NewSection("Optimisers"), head("Generator"), head("Discriminator")))
	for _, n := range []string{"optimizer", "lr", "beta1", "beta2", "momentum", "lr_decay", "lr_final", "init"} {
		g, d := f.newField("g."+n, changed), f.newField("d."+n, changed)
		f.list.Row(n, tight(container.New(ui.Columns{ui.FieldLabelWidth, 0.5, 0.5}, ui.FieldLabel(n, g.Key), g.Control, d.Control)))
	}
	f.list.End()
	f.scroll = container.NewVScroll(ui.ClearOfBar(f.list.Box))
	f.list.OnChanged = func() {
		f.scroll.ScrollToTop()
		f.scroll.Refresh()
	}
	f.scroll.SetMinSize(fyne.NewSize(0, formHeight))
	f.all = container.NewBorder(container.NewVBox(ui.ClearOfBar(f.list.Search), f.hint), nil, nil, nil, widgets.ScrollWithin(f.scroll))
	return f
}

func (f *recipeForm) newField(key string, changed func(key, value string)) *ui.Field {
	var x *ui.Field
	x = ui.NewField(key, changed, func(err error) { f.complain(x, err) })
	f.fields = append(f.fields, x)
	return x
}

// complain shows what is wrong with what stands in a field, until it is mended.
func (f *recipeForm) complain(field *ui.Field, err error) {
	key := field.Key.Name
	f.wrong[key] = ""
	if err != nil {
		f.wrong[key] = words.Sentence(err.Error())
	}
	first := ""
	for _, x := range f.fields {
		if first == "" {
			first = f.wrong[x.Key.Name]
		}
	}
	f.hint.Set(first)
	if ui.SetShown(f.hint, first != "") {
		ui.Relayout(f.all, f.all)
	}
	f.refused(field, f.wrong[key])
}

// isWrong tells whether what stands in a field of a row is refused.
func (f *recipeForm) isWrong(name string) bool {
	return slices.ContainsFunc(f.of(name), func(x *ui.Field) bool { return f.wrong[x.Key.Name] != "" })
}

// of returns the fields of a row.
func (f *recipeForm) of(name string) []*ui.Field {
	return slices.DeleteFunc(slices.Clone(f.fields), func(x *ui.Field) bool {
		return x.Key.Name != name && !strings.HasSuffix(x.Key.Name, "."+name)
	})
}

// show brings the form to r, greys out what is locked, for which locked has a reason, and leaves
// out what does nothing with r's other settings.
func (f *recipeForm) show(r *recipe.Recipe, locked func(key string) (reason string)) {
	why := ""
	for _, x := range f.fields {
		value, err := r.Get(x.Key.Name)
		if err != nil {
			panic("buildpage: " + err.Error())
		}
		x.Show(value)
		reason := locked(x.Key.Name)
		x.Lock(reason != "")
		why = cmp.Or(why, reason)
	}
	if f.list.SetLocked(why) {
		f.list.OnChanged()
	}
	uses := func(optimizers ...string) bool {
		for _, o := range optimizers {
			if r.G.Optimizer == o || r.D.Optimizer == o {
				return true
			}
		}
		return false
	}
	does := kindKeys(r)
	maps.Copy(does, map[string]bool{
		"beta1": uses("adam"), "beta2": uses("adam", "rmsprop"), "momentum": uses("sgd"),
		"lr_final":      r.G.LRDecay != "none" || r.D.LRDecay != "none",
		"clip":          r.Objective == "wasserstein" || r.Clip > 0,
		"penalty_every": r.R1 > 0 || r.R2 > 0 || r.GP > 0 || r.DRAGAN > 0 || r.Consistency > 0,
		"ema_warmup":    r.EMA > 0,
		// A target that is lowered already stays, with what is wrong about it.
		"label_smoothing": r.LabelSmoothing > 0 || slices.Contains([]string{"minimax", "nonsaturating", "leastsquares"}, r.Objective),
	})
	if f.list.Place(ui.GameOf(r), func(name string) ui.Place { return f.place(r, does, name) }) {
		f.scroll.Refresh()
	}
}

// place says where the row of a setting is. What cannot be seen cannot be mended: what was refused
// in a row that goes is given up, and a row in which something is refused is not folded away.
func (f *recipeForm) place(r *recipe.Recipe, does map[string]bool, name string) ui.Place {
	wrong := f.isWrong(name)
	switch used, depends := does[name]; {
	case depends && !used:
		if wrong {
			for _, x := range f.of(name) {
				x.Revert()
			}
		}
		return ui.Absent
	case !wrong && r.Idle(name):
		return ui.Folded
	}
	return ui.OnScreen
}
