package startpage

import (
	"context"
	"image"
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/widgets"
)

// own is what the page says of a person's own data: what there is, and ways to learn from it.
type own struct {
	s     *studio.Studio
	host  ui.Host
	learn func(*recipe.Recipe)

	box     *fyne.Container
	zone    *widgets.DropZone
	found   *fyne.Container // what was found, ways, train
	some    *widgets.Still
	says    *widget.Label
	advice  *ui.Note // where nothing can be learnt
	ways    []*widgets.Poster
	wayRow  *fyne.Container
	train   *widgets.TippedButton
	visible bool

	of        datasets.Set // that facts are about; nil: none
	facts     studio.DataFacts
	proposals []studio.Proposal
	chosen    int
}

// wayLook is that of the ways to choose from.
var wayLook = widgets.PosterLook{Width: 200, Lines: 4, Large: true}

func newOwn(s *studio.Studio, host ui.Host, learn func(*recipe.Recipe), back func()) *own {
	o := &own{s: s, host: host, learn: learn}
	folder := func() { host.AskFolder("Choose a folder of pictures", "data", s.Data.Choose) }
	file := func() {
		host.AskFile("Choose data: an archive, a table, an array, a picture", "data", datasets.Endings(), s.Data.Choose)
	}
	o.zone = widgets.NewDropZone("Drop a folder, an archive or pictures anywhere", folder)
	buttons := container.NewHBox(layout.NewSpacer(),
		widgets.TipButton(theme.FolderOpenIcon(), "Folder…", "Choose a folder of pictures; its sub-folders are groups", folder),
		widgets.TipButton(theme.FileIcon(), "File…", "Choose an archive of pictures, or a table of points", file), layout.NewSpacer())
	leave := widgets.TipButton(theme.NavigateBackIcon(), "Start", "Back to the start", back)
	leave.Importance = widget.LowImportance
	head := container.NewBorder(nil, nil, leave, nil, ui.NewHeading("Use my pictures"))
	o.some, o.says, o.advice = widgets.NewStill(nil), ui.NewText(""), ui.NewNote("")
	o.says.SizeName = theme.SizeNameSubHeadingText
	what := container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(someColumns*someSide, someRows*someSide), o.some), nil,
		container.NewVBox(layout.NewSpacer(), o.says, o.advice, layout.NewSpacer()))
	o.wayRow = container.New(cardRow{})
	for i := range 3 {
		w := widgets.NewPoster(wayLook, nil, "", "", " ", func() { o.choose(i) })
		o.ways = append(o.ways, w)
		o.wayRow.Add(w)
	}
	o.train = widgets.TipButton(theme.MediaPlayIcon(), "Train this way", "Begins a new project that learns from these", o.begin)
	o.train.Importance = widget.HighImportance
	o.found = container.NewVBox(ui.NewPanel(what), ui.NewSection("How shall it learn?"), o.wayRow,
		container.NewHBox(layout.NewSpacer(), container.New(ui.FixedWidth(160), o.train)))
	o.found.Hide()
	top := container.NewVBox(head, container.New(ui.FixedHeight(110), o.zone), buttons)
	o.box = widgets.Border(top, nil, nil, nil, container.NewVScroll(ui.ClearOfBar(o.found)))
	s.Measured.On(func(studio.None) { o.tellTimes() })
	return o
}

// setVisible says whether this can be seen: only then the plan is measured.
func (o *own) setVisible(on bool) {
	if o.visible == on {
		return
	}
	o.visible = on
	o.s.Forecast.SetSeen(on)
	o.refresh()
}

// choose marks a way.
func (o *own) choose(i int) {
	o.chosen = i
	for k, w := range o.ways {
		w.SetSelected(k == i)
	}
}

// begin trains the chosen way.
func (o *own) begin() {
	if o.chosen < len(o.proposals) {
		o.learn(o.proposals[o.chosen].Recipe)
	}
}

// refresh shows the data of the plan, if they are a person's own.
func (o *own) refresh() {
	if !o.visible {
		return
	}
	d, data := o.s.Data, o.s.Plan.Now().Data
	o.zone.SetHighlighted(d.Opening)
	if datasets.IsBuiltin(data) || d.Set == nil || d.Opening {
		if ui.SetShown(o.found, false) {
			o.of = nil
		}
		return
	}
	if o.of == d.Set {
		return
	}
	set := d.Set
	o.of = set
	var facts studio.DataFacts
	var some image.Image
	o.s.Jobs.Start(func(context.Context) error {
		facts, some = studio.FactsOf(set), someOf(set)
		return nil
	}, func(error) {
		if o.of == set {
			o.show(facts, some)
		}
	})
}

// show shows what was found, and what it proposes.
func (o *own) show(facts studio.DataFacts, some image.Image) {
	o.facts = facts
	o.s.Said.Emit(studio.Message{}) // that the recipe was fitted to the data: another one is proposed
	o.some.Set(some)
	ui.SetText(o.says, facts.String()+".")
	o.proposals = studio.Propose(facts, o.s.Plan.Now(), o.about)
	advice := ""
	if len(o.proposals) == 0 {
		advice = "A table can be looked at on the Data page, not learnt from. Two columns of numbers can: they are points."
	}
	o.advice.Set(advice)
	for i, p := range o.proposals {
		o.ways[i].SetText(p.Title, p.Reason)
	}
	ui.SetShown(o.wayRow, len(o.proposals) > 0)
	ui.SetEnabled(o.train, len(o.proposals) > 0)
	o.choose(0)
	o.tellTimes()
	o.found.Show()
	ui.Relayout(o.found)
}

// about returns how long a recipe takes.
func (o *own) about(r *recipe.Recipe) time.Duration {
	d, _ := o.s.Forecast.About(r, itemOf(r, o.facts), len(o.facts.Names))
	return d
}

// itemOf returns the shape of what a recipe learns from.
func itemOf(r *recipe.Recipe, f studio.DataFacts) nn.Shape {
	if f.Kind == datasets.Points {
		return nn.Shape{2}
	}
	return nn.Shape{r.ImageSize, r.ImageSize, r.Channels}
}

// tellTimes says how long each way takes.
func (o *own) tellTimes() {
	if !o.visible || o.of == nil {
		return
	}
	for i, p := range o.proposals {
		d, measured := o.s.Forecast.About(p.Recipe, itemOf(p.Recipe, o.facts), len(o.facts.Names))
		text := words.About(d) + " on this computer"
		if !measured {
			text = words.About(d) + "; measuring this computer …"
		}
		if i == 0 {
			text = "Proposed · " + text
		}
		o.ways[i].SetNote(text)
	}
}

// A few pictures are shown of what was found, each this large.
const someColumns, someRows, someSide = 4, 2, 46

// someOf draws a few items of a set; nil of what is no picture.
func someOf(set datasets.Set) image.Image {
	switch set.Info().Kind {
	case datasets.Points:
		points := studio.SamplePoints(set, 500)
		return ui.PointsPicture(points, nil, points)
	case datasets.Pictures:
		n := someColumns * someRows
		var items []image.Image
		for i := range min(n, set.Len()) {
			items = append(items, datasets.Picture(set, i*set.Len()/min(n, set.Len())))
		}
		return widgets.Compose(items, someColumns, 1, color.Transparent)
	}
	return nil
}
