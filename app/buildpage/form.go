package buildpage

import (
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
	rows    map[string]fyne.CanvasObject
	box     *fyne.Container
	hint    *ui.Note // what is wrong with what is being typed
	scroll  *container.Scroll
	all     *fyne.Container // hint and scroll
}

// formHeight is what of the form shows at least: in a lower window the whole column scrolls.
const formHeight = 200

// newRecipeForm returns a form that calls changed with every new value, and refused with what is
// wrong with what stands in a field, "" where it is mended.
func newRecipeForm(changed func(key, value string), refused func(f *ui.Field, wrong string)) *recipeForm {
	f := &recipeForm{wrong: make(map[string]string), refused: refused, rows: make(map[string]fyne.CanvasObject), box: container.NewVBox(), hint: ui.NewNote("")}
	f.hint.SetColor(theme.ColorNameError)
	f.hint.Hide()
	tight := func(o fyne.CanvasObject) fyne.CanvasObject { return widgets.Dense(o) }
	one := func(names ...string) {
		for _, n := range names {
			x := f.newField(n, changed)
			f.rows[n] = tight(container.New(ui.Columns{ui.FieldLabelWidth, 1}, ui.FieldLabel(n, x.Key), x.Control))
			f.box.Add(f.rows[n])
		}
	}
	f.box.Add(ui.NewSection("Game"))
	one("objective", "d_steps", "balance", "unroll", "topk", "feature_matching", "label_smoothing")
	f.box.Add(ui.NewSection("Classes and players"))
	one("conditional", "semi_supervised", "labelled", "generators", "discriminators", "gman")
	f.box.Add(ui.NewSection("Penalties"))
	one("r1", "r2", "gp", "dragan", "consistency", "clip", "penalty_every")
	f.box.Add(ui.NewSection("What D sees"))
	one("pack", "augment", "instance_noise")
	f.box.Add(ui.NewSection("Run"))
	one("batch", "steps", "latent", "latent_kind", "ema", "ema_warmup", "seed", "held_out", "from", "freeze_d")
	head := func(text string) *widget.Label {
		l := widget.NewLabelWithStyle(text, fyne.TextAlignCenter, fyne.TextStyle{})
		l.SizeName = theme.SizeNameCaptionText
		return l
	}
	f.box.Add(container.New(ui.Columns{ui.FieldLabelWidth, 0.5, 0.5}, ui.NewSection("Optimisers"), head("Generator"), head("Discriminator")))
	for _, n := range []string{"optimizer", "lr", "beta1", "beta2", "momentum", "lr_decay", "lr_final", "init"} {
		g, d := f.newField("g."+n, changed), f.newField("d."+n, changed)
		f.rows[n] = tight(container.New(ui.Columns{ui.FieldLabelWidth, 0.5, 0.5}, ui.FieldLabel(n, g.Key), g.Control, d.Control))
		f.box.Add(f.rows[n])
	}
	f.scroll = container.NewVScroll(ui.ClearOfBar(f.box))
	f.scroll.SetMinSize(fyne.NewSize(0, formHeight))
	f.all = container.NewBorder(f.hint, nil, nil, nil, widgets.ScrollWithin(f.scroll))
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

// setShown shows or hides the row of a key. What cannot be seen cannot be mended, so that what was
// refused in it goes.
func (f *recipeForm) setShown(name string, shown bool) bool {
	for _, x := range f.fields {
		if key := x.Key.Name; !shown && (key == name || strings.HasSuffix(key, "."+name)) && f.wrong[key] != "" {
			x.Revert()
		}
	}
	return ui.SetShown(f.rows[name], shown)
}

// show brings the form to r, and leaves out what does nothing with r's other settings.
func (f *recipeForm) show(r *recipe.Recipe) {
	for _, x := range f.fields {
		value, err := r.Get(x.Key.Name)
		if err != nil {
			panic("buildpage: " + err.Error())
		}
		x.Show(value)
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
		changed = f.setShown(name, used) || changed
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
		changed = f.setShown(name, used) || changed
	}
	if changed {
		f.scroll.Refresh()
	}
}
