package buildpage

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/studio"
	"ganvas/app/titles"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/widgets"
)

// A Page edits the recipe: both networks as columns of cards, everything else as a form, and
// what training it will cost on this computer.
type Page struct {
	s          *studio.Studio
	host       ui.Host
	box        *fyne.Container
	presets    []recipe.Preset
	preset     *widgets.TippedButton // which shows list
	chosen     string                // the name of the preset that the plan is; "": none
	list       *presetList           // that was shown last; nil: none was
	reason     *ui.Note
	undo, redo *widgets.TippedButton
	g, d       *network
	form       *recipeForm
	players    *widgets.Players // of more than one against one
	right      *fyne.Container
	fold       *ui.Fold         // of the networks and right
	totals     [4]*widget.Label // parameters, one step, memory, whole run
}

// stackWidth is what a column of layers needs.
const stackWidth = 300

// New returns the page of a studio, which follows it from then on.
func New(s *studio.Studio, host ui.Host) *Page {
	p := &Page{s: s, host: host, presets: recipe.Presets()}
	p.g = newNetwork("Generator", func(layers []string, what string) {
		p.change(what, func(r *recipe.Recipe) { r.G.Layers = layers })
	})
	p.d = newNetwork("Discriminator", func(layers []string, what string) {
		p.change(what, func(r *recipe.Recipe) { r.D.Layers = layers })
	})
	for who, n := range map[string]*network{"generator": p.g, "discriminator": p.d} {
		n.stack.OnWrong = func(text string) {
			if text != "" {
				text = who + ": " + text
			}
			p.refuse(who, text, n.stack.Revert)
		}
	}
	p.form = newRecipeForm(p.set, func(f *ui.Field, wrong string) { p.refuse(f.Key.Name, wrong, f.Revert) })
	p.players = widgets.NewPlayers()
	p.players.Hide()
	p.right = container.NewBorder(container.NewVBox(ui.NewPanel(p.newTotals()), p.players), nil, nil, nil, ui.NewPanel(p.form.all))
	s.News.On(func(n studio.News) {
		if n.Turned {
			p.Refresh()
		}
	})
	s.Measured.On(func(studio.None) {
		p.refreshTotals()
		if p.list != nil {
			p.list.tellTimes()
		}
	})
	p.fold = ui.NewFold(0,
		ui.Column{Title: "Generator", Width: 0.5, Least: stackWidth, Content: p.g.stack},
		ui.Column{Title: "Discriminator", Width: 0.5, Least: stackWidth, Content: p.d.stack},
		ui.Column{Title: "Settings", Width: 312, Content: p.right})
	p.box = widgets.Border(p.newHeader(), nil, nil, nil, p.fold.Box)
	return p
}

// SetVisible says whether the page can be seen: only then the plan is measured.
func (p *Page) SetVisible(on bool) { p.s.Forecast.SetSeen(on) }

// Close has nothing to end.
func (p *Page) Close() {}

// Content is what the window shows of the page.
func (p *Page) Content() fyne.CanvasObject { return p.box }

func (p *Page) newHeader() fyne.CanvasObject {
	p.preset = widgets.TipButton(theme.GridIcon(), yourOwn, "Recipes that are known to work, to start from", func() {
		p.list = showPresets(p.s, p.host, p.presets, p.chosen, p.choosePreset)
	})
	p.preset.Alignment = widget.ButtonAlignLeading
	p.reason = ui.NewNote("")
	p.undo = widgets.TipButton(theme.ContentUndoIcon(), "", "Undo (Ctrl+Z)", p.s.Plan.Undo)
	p.redo = widgets.TipButton(theme.ContentRedoIcon(), "", "Redo (Ctrl+Shift+Z)", p.s.Plan.Redo)
	for _, b := range []*widgets.TippedButton{p.undo, p.redo} {
		b.Importance = widget.LowImportance
	}
	return container.NewBorder(nil, nil,
		container.NewCenter(container.NewHBox(ui.NewSection("Preset"), container.New(ui.FixedWidth(216), p.preset))),
		container.NewCenter(container.NewHBox(p.undo, p.redo)), p.reason)
}

func (p *Page) newTotals() fyne.CanvasObject {
	names := [4]string{"Parameters", "One step", "Memory", "Whole run"}
	tips := [4]string{
		"Numbers that training changes, in generator and discriminator",
		"Measured: the networks were built and run on this computer just now",
		"What training needs (weights, optimisers, the numbers of a step, saving), and the whole program with it",
		"For all steps at the measured speed",
	}
	grid := container.NewVBox(ui.NewSection("On this computer"))
	for i := range names {
		p.totals[i] = ui.NewLine("")
		grid.Add(widgets.Dense(widgets.Tip(container.New(ui.Columns{ui.FieldLabelWidth, 1}, ui.NewLine(names[i]), p.totals[i]), tips[i])))
	}
	return grid
}

// change edits a copy of the plan.
func (p *Page) change(what string, f func(*recipe.Recipe)) {
	r := p.s.Plan.Now().Clone()
	f(r)
	p.s.Plan.Edit(r, what, false)
}

// set changes one key of the plan.
func (p *Page) set(key, value string) {
	r := p.s.Plan.Now().Clone()
	if err := r.Set(key, value); err != nil {
		p.host.Fail(err)
		p.Refresh()
		return
	}
	follow(r, key)
	p.s.Plan.Edit(r, "Change "+titles.Whose(key), true)
}

// refuse has training wait until what stands in a field is mended, or reverted; wrong says what is
// wrong with it, "" that nothing is any more.
func (p *Page) refuse(field, wrong string, revert func()) {
	if wrong != "" {
		wrong = words.Sentence(wrong) + ": fix it on the Build page"
	}
	p.s.Plan.Refuse("Build, "+field, wrong, revert)
}

// choosePreset makes the plan a preset's recipe. Data of the user's own stay, prepared as the
// preset wants them, where it can learn from them; built-in data give way to the preset's, for
// which it was tuned.
func (p *Page) choosePreset(x recipe.Preset) {
	now := p.s.Plan.Now()
	r := x.Recipe.Clone()
	ofPreset := slices.ContainsFunc(p.presets, func(x recipe.Preset) bool { return x.Recipe.Drawn == now.Drawn })
	own := !datasets.IsBuiltin(now.Data) || now.Data == studio.Drawn && !ofPreset // "" is of most presets
	if own {
		if shape, known := r.DataShape(); known && kindOf(p.s.Data.Set).mayKeep(shape) {
			r.Data, r.Drawn, r.Fit, r.Mirror, r.Background, r.FocusX, r.FocusY = now.Data, now.Drawn, now.Fit, now.Mirror, now.Background, now.FocusX, now.FocusY
			r.Stride, r.Cell, r.Attribute, r.LeaveOut = now.Stride, now.Cell, now.Attribute, now.LeaveOut
			if !r.Classes() || now.Labels != "none" {
				r.Labels = now.Labels
			}
		}
	}
	p.s.Plan.Edit(r, "Preset "+x.Title, false)
	if own && r.Data != now.Data {
		p.s.Inform(fmt.Sprintf("“%s” learns from %s. %s stays on the Data page.", x.Title, studio.ShortName(r.Data), studio.ShortName(now.Data)), studio.Choice{Title: "Undo", Do: p.s.Plan.Undo})
	}
}

// shapes returns what enters the generator and what the data are, as far as they are known.
func (p *Page) shapes() (latent, item nn.Shape) {
	r := p.s.Plan.Now()
	latent = nn.Shape{r.Latent}
	if s, ok := r.DataShape(); ok {
		return latent, s
	}
	return latent, kindOf(p.s.Data.Set).shape(r)
}

// Refresh shows the plan.
func (p *Page) Refresh() {
	r := p.s.Plan.Now()
	p.showPreset(r)
	latent, item := p.shapes()
	roleG, roleD := r.Roles(p.s.Data.Classes())
	p.g.show(roleG, r.G.Layers, latent, item, latentText(r), "generated: "+item.String())
	score := "real or generated?"
	if r.Objective == "wasserstein" {
		score = "the critic's score."
	}
	p.d.show(roleD, r.D.Layers, r.Seen(item), nn.Shape{1}, seenText(r, item), saidText(r, score))
	who, all := "Discriminator", "discriminators"
	if r.Objective == "wasserstein" {
		who, all = "Critic", "critics"
	}
	p.g.stack.SetTitle(playerTitle("Generator", "generators", r.Generators))
	p.d.stack.SetTitle(playerTitle(who, all, r.Discriminators))
	p.players.Set(r.Generators, r.Discriminators)
	if ui.SetShown(p.players, r.Generators > 1 || r.Discriminators > 1) {
		ui.Relayout(p.right)
	}
	p.form.show(r)
	undo, redo := p.s.Plan.Labels()
	ui.SetEnabled(p.undo, undo != "")
	ui.SetEnabled(p.redo, redo != "")
	p.refreshTotals()
}

// showPreset names the preset that the plan is, if it is one.
func (p *Page) showPreset(r *recipe.Recipe) {
	for _, x := range p.presets {
		if studio.KeepData(x.Recipe, r).Equal(named(r, x.Recipe.Name)) {
			p.namePreset(x.Title, x.Name)
			p.reason.Set(titles.OfEngine(x.Reason))
			return
		}
	}
	p.namePreset(yourOwn, "")
	p.reason.Set("Your own recipe. Choose a preset to start from one that is known to work.")
}

// namePreset shows which preset the plan is.
func (p *Page) namePreset(title, name string) {
	p.chosen = name
	if p.preset.Text != title {
		p.preset.SetText(title)
	}
}

// yourOwn is what a recipe is called that is no preset's.
const yourOwn = "Your own"

// named returns r under another name.
func named(r *recipe.Recipe, name string) *recipe.Recipe {
	c := r.Clone()
	c.Name = name
	return c
}

// refreshTotals says what the plan costs, as far as it was measured.
func (p *Page) refreshTotals() {
	r := p.s.Plan.Now()
	_, item := p.shapes()
	g, d, err := r.CountParams(item, p.s.Data.Classes())
	parameters := "–"
	if err == nil && (!r.Classes() || p.s.Data.Classes() > 0) {
		parameters = fmt.Sprintf("G %s, D %s", humanize.Comma(int64(g)), humanize.Comma(int64(d)))
	}
	ui.SetText(p.totals[0], parameters)
	step, memory, whole := "–", "–", "–"
	f := p.s.Forecast
	more := p.s.Beyond
	if more == nil {
		errors.As(f.Err, &more)
	}
	switch known := f.Of != nil && f.Of.Equal(r); {
	case p.s.Status.Running && !p.s.Differs && p.s.Status.SecondsPerStep > 0:
		step = words.Duration(words.Seconds(p.s.Status.SecondsPerStep)) + " (running now)"
		whole = wholeRun(r, words.Seconds(p.s.Status.SecondsPerStep*float64(r.Steps)))
	case p.s.Status.Running:
		step = "measured when paused"
	case known && f.Busy:
		step, memory, whole = "measuring …", "measuring …", "measuring …"
	case p.s.Beyond != nil || known && more != nil:
		memory = fmt.Sprintf("%s; %s are free", words.ByteSize(int64(more.Needs)), words.ByteSize(int64(more.Free)))
	case known && f.Err != nil:
		step = words.Sentence(f.Err.Error())
	case known:
		step, memory, whole = words.Duration(words.Seconds(f.Value.SecondsPerStep)), words.ByteSize(f.Value.PeakBytes)+", in all "+words.ByteSize(f.Value.Resident), wholeRun(r, f.Value.Total)
	}
	ui.SetText(p.totals[1], step)
	ui.SetText(p.totals[2], memory)
	ui.SetText(p.totals[3], whole)
}

// wholeRun is "12 min 5 s for 20,000 steps".
func wholeRun(r *recipe.Recipe, total time.Duration) string {
	if r.Steps == 0 {
		return "until it is paused"
	}
	return fmt.Sprintf("%s for %s", words.Duration(total), words.Counted(r.Steps, "step"))
}
