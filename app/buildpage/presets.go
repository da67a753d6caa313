package buildpage

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/studio"
	"ganvas/app/titles"
	"ganvas/app/ui"
	"ganvas/app/ui/thumbs"
	"ganvas/app/words"
	"ganvas/engine/recipe"
	"ganvas/widgets"
)

// A presetList is the dialog in which a preset is chosen: cards in groups, with what each makes,
// what it is for and how long it takes, and a search.
type presetList struct {
	s      *studio.Studio
	host   ui.Host
	choose func(recipe.Preset)

	search *ui.DialogEntry
	cards  []*presetCard
	groups []*presetGroup
	none   *ui.Note
	list   *fyne.Container
	scroll *container.Scroll
	hide   func()
}

// A presetCard is the card of a preset.
type presetCard struct {
	*widgets.Poster
	preset recipe.Preset
}

// A presetGroup is a heading, with cards below.
type presetGroup struct {
	name  string
	head  fyne.CanvasObject
	cards *fyne.Container
}

// presetLook is that of the cards, and presetsSize that of all: it fits into the smallest window.
var (
	presetLook  = widgets.PosterLook{Width: 224, Art: 80, Lines: 2}
	presetsSize = fyne.NewSize(920, 520)
)

// showPresets shows the cards; chosen is the name of the preset that the plan is, "" where it is
// none.
func showPresets(s *studio.Studio, host ui.Host, presets []recipe.Preset, chosen string, choose func(recipe.Preset)) *presetList {
	l := &presetList{s: s, host: host, choose: choose, list: container.NewVBox()}
	l.search = ui.NewEntry(host)
	l.search.SetPlaceHolder("Find a preset: points, colour, collapse …")
	l.search.OnChanged = l.find
	l.search.OnSubmitted = func(string) { l.chooseFirst() }
	for _, p := range presets {
		l.add(p, p.Name == chosen)
	}
	l.none = ui.NewNote("No preset has that in its name or in what it is for.")
	l.none.Hide()
	l.list.Add(l.none)
	l.scroll = container.NewVScroll(ui.ClearOfBar(l.list))
	content := container.NewGridWrap(presetsSize, container.NewBorder(l.search, nil, nil, nil, l.scroll))
	d := ui.NewDialog("Presets", content, host.Window())
	l.hide = d.Hide
	ui.SetButtons(d, ui.DialogButton("Cancel", theme.CancelIcon(), d.Hide))
	l.tellTimes()
	host.Present(d, ui.Always)
	host.Window().Canvas().Focus(l.search)
	return l
}

// add adds the card of a preset to its group.
func (l *presetList) add(p recipe.Preset, chosen bool) {
	i := slices.IndexFunc(l.groups, func(g *presetGroup) bool { return g.name == p.Group })
	if i < 0 {
		i = len(l.groups)
		g := &presetGroup{name: p.Group, head: ui.NewSection(p.Group)}
		l.groups = append(l.groups, g)
	}
	g := l.groups[i]
	c := &presetCard{preset: p}
	c.Poster = widgets.NewPoster(presetLook, widgets.NewStill(thumbs.Of(p.Name)), p.Title, p.For, " ", func() { l.take(p) })
	c.SetSelected(chosen)
	if g.cards == nil {
		g.cards = container.NewGridWrap(c.MinSize())
		l.list.Add(g.head)
		l.list.Add(g.cards)
	}
	g.cards.Add(widgets.Tip(c.Poster, titles.OfEngine(p.Reason)))
	l.cards = append(l.cards, c)
}

// take chooses a preset.
func (l *presetList) take(p recipe.Preset) {
	l.hide()
	l.choose(p)
}

// chooseFirst chooses the first preset that is found, if something is looked for.
func (l *presetList) chooseFirst() {
	if l.search.Text == "" {
		return
	}
	for _, c := range l.cards {
		if c.Visible() {
			l.take(c.preset)
			return
		}
	}
}

// find shows the cards that a query is about.
func (l *presetList) find(query string) {
	found := make(map[string]bool) // groups
	for _, c := range l.cards {
		matches := titles.MatchesPreset(c.preset, query)
		ui.SetShown(c.Poster, matches)
		found[c.preset.Group] = found[c.preset.Group] || matches
	}
	for _, g := range l.groups {
		ui.SetShown(g.head, found[g.name])
		ui.SetShown(g.cards, found[g.name])
		g.cards.Refresh()
	}
	ui.SetShown(l.none, !slices.ContainsFunc(l.cards, func(c *presetCard) bool { return c.Visible() }))
	l.list.Refresh()
	l.scroll.ScrollToTop()
}

// tellTimes says about how long each preset takes on this computer.
func (l *presetList) tellTimes() {
	for _, c := range l.cards {
		shape, _ := c.preset.Recipe.DataShape()
		d, measured := l.s.Forecast.About(c.preset.Recipe, shape, 10)
		text := words.About(d)
		if !measured {
			text += "; measuring this computer …"
		}
		c.SetNote(text)
	}
}
