package trainpage

import (
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/studio"
	"ganvas/app/titles"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/recipe"
	"ganvas/widgets"
)

// A knobRange is how a live key's slider is laid out.
type knobRange struct {
	key      string
	min, max float64
	step     float64
	log      bool
}

// knobRanges are the sliders of the live keys; exact values, also beyond the slider, are set on the
// Build page.
var knobRanges = []knobRange{
	{key: "g.lr", min: 1e-6, max: 0.1, log: true},
	{key: "d.lr", min: 1e-6, max: 0.1, log: true},
	{key: "r1", max: 10, log: true},
	{key: "r2", max: 10, log: true},
	{key: "gp", max: 20, log: true},
	{key: "dragan", max: 20, log: true},
	{key: "consistency", max: 50, log: true},
	{key: "clip", max: 0.1, log: true},
	{key: "d_steps", min: 1, max: 10, step: 1},
	{key: "balance", max: 0.5},
	{key: "unroll", max: 10, step: 1},
	{key: "topk", min: 0.05, max: 1},
	{key: "feature_matching", max: 1},
	{key: "penalty_every", min: 1, max: 32, step: 1},
	{key: "label_smoothing", max: 0.5},
	{key: "instance_noise", max: 1},
	{key: "ema", max: 0.9999},
	{key: "ema_warmup", max: 1},
}

// knobs change the live settings, in the run and in the plan.
type knobs struct {
	s       *studio.Studio
	host    ui.Host
	box     *fyne.Container
	sliders map[string]*widgets.KnobSlider
	fields  map[string]*ui.Field // of live keys that are not on a slider
	list    *ui.SettingList
	refused map[string]bool // what was typed for a key, and not taken
}

func newKnobs(s *studio.Studio, host ui.Host) *knobs {
	k := &knobs{s: s, host: host, sliders: make(map[string]*widgets.KnobSlider), fields: make(map[string]*ui.Field), refused: make(map[string]bool), list: ui.NewSettingList()}
	for _, r := range knobRanges {
		knob := widgets.NewKnobSlider(titles.Key(r.key), r.min, r.max, r.min)
		knob.Step = r.step
		knob.LabelWidth = 112
		knob.SetLog(r.log)
		knob.Format = words.Number
		knob.SetTip(titles.Tip(r.key))
		knob.OnChangeEnded = func(v float64) { k.set(r.key, strconv.FormatFloat(v, 'g', 4, 64)) }
		knob.OnRefused = func(err error) {
			if err != nil {
				err = fmt.Errorf("%s: %w", titles.Key(r.key), err)
			}
			k.refuse(r.key, err, knob.Revert)
		}
		k.sliders[r.key] = knob
		k.list.Row(r.key, widgets.Dense(knob))
	}
	for _, key := range []string{"objective", "augment", "steps"} {
		f := ui.NewField(key, k.set, nil)
		if e, ok := f.Control.(*widgets.TypedEntry); ok {
			e.OnRefused = func(err error) { k.refuse(key, err, e.Revert) }
		}
		k.fields[key] = f
		k.list.Row(key, widgets.Dense(container.New(ui.Columns{94, 1}, ui.FieldLabel(key, f.Key), f.Control)))
	}
	k.list.End()
	k.box = container.NewVBox(ui.NewSection("While it runs"), k.list.Search, k.list.Box, ui.NewNote("Changes hold from the next step on and are marked on the charts."))
	return k
}

// set changes a live key in the run and in the plan.
func (k *knobs) set(key, value string) {
	if err := k.s.Plan.SetLive(key, value, "Change "+titles.Whose(key)); err != nil {
		k.host.Fail(err)
		k.s.Refresh()
	}
}

// refuse has training wait until what was typed for a key is mended, for which err is nil, or
// reverted.
func (k *knobs) refuse(key string, err error, revert func()) {
	reason := ""
	k.refused[key] = err != nil
	if err != nil {
		reason = words.Sentence(err.Error()) + ": fix it on the Train page"
	}
	k.s.Plan.Refuse("Train, "+key, reason, revert)
}

// halveRates halves both learning rates.
func (k *knobs) halveRates() {
	r := recipeOf(k.s)
	k.set("g.lr", strconv.FormatFloat(r.G.LR/2, 'g', -1, 64))
	k.set("d.lr", strconv.FormatFloat(r.D.LR/2, 'g', -1, 64))
}

// show brings the settings to a recipe, but for those that make no sense with its kind of data. It
// tells whether some came or went.
func (k *knobs) show(r *recipe.Recipe, senseless []string) bool {
	for _, x := range knobRanges {
		text, err := r.Get(x.key)
		v, errNumber := strconv.ParseFloat(text, 64)
		if err != nil || errNumber != nil {
			panic(fmt.Sprintf("trainpage: live key %s is no number", x.key))
		}
		knob := k.sliders[x.key]
		if v > x.max { // the slider reaches as far as the value
			knob.SetRange(x.min, v)
		}
		knob.Set(v)
		knob.SetInitial(k.initial(x.key, v))
		ui.SetEnabled(knob, k.s.Plan.Locked(x.key) == "")
	}
	for key, f := range k.fields {
		value, err := r.Get(key)
		if err != nil {
			panic("trainpage: " + err.Error())
		}
		f.Show(value)
		f.Lock(k.s.Plan.Locked(key) != "")
	}
	came := k.list.SetLocked(k.why())
	return k.list.Place(ui.GameOf(r), func(key string) ui.Place {
		switch {
		case slices.Contains(senseless, key):
			return ui.Absent
		case r.Idle(key) && !k.refused[key] && !k.s.Plan.Wanted(key):
			return ui.Folded
		}
		return ui.OnScreen
	}) || came
}

// why says why settings are locked; empty: none is.
func (k *knobs) why() string {
	for _, r := range knobRanges {
		if reason := k.s.Plan.Locked(r.key); reason != "" {
			return reason
		}
	}
	return ""
}

// initial is the value that a knob's reset goes back to: what the run, or before there is one the
// plan, began with.
func (k *knobs) initial(key string, now float64) float64 {
	first := k.s.Plan.First()
	if r := k.s.Run; r != nil && r.First != nil {
		first = r.First
	}
	if text, err := first.Get(key); err == nil {
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			return v
		}
	}
	return now
}
