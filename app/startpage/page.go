// Package startpage is the page that is seen first: what a generator invents right now, four ways
// in, and the projects that were open before. It trains nothing itself.
package startpage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/ui/thumbs"
	"ganvas/engine/recipe"
	"ganvas/widgets"
)

// A Page is the start.
type Page struct {
	s    *studio.Studio
	host ui.Host
	// OnLearn trains a recipe as a new project, OnWatch does so to be watched, OnPlay opens the first
	// example, and OnOpen a project.
	OnLearn, OnWatch func(*recipe.Recipe)
	OnPlay           func()
	OnOpen           func(path string)
	// Calm tells whether pictures stand still.
	Calm func() bool

	film    *film
	cards   *fyne.Container
	lessons *widgets.Poster // hidden until OnLessons is set
	face    *widgets.Still  // of the card that leads to Explore
	recent  *recent
	own     *own
	home    fyne.CanvasObject
	box     *fyne.Container
	visible bool
}

// What the page says.
const (
	sentence = "Two networks play: one forges, one judges. Both get better."
	watched  = "ring" // the preset that is seen to learn
)

// cardLook is that of the cards.
var cardLook = widgets.PosterLook{Width: 200, Art: 84, Lines: 2, Large: true}

// New returns the page of a studio, which follows it from then on.
func New(s *studio.Studio, host ui.Host) *Page {
	p := &Page{s: s, host: host, OnPlay: func() {}, Calm: func() bool { return false }}
	p.OnLearn, p.OnWatch, p.OnOpen = func(*recipe.Recipe) {}, func(*recipe.Recipe) {}, func(string) {}
	p.face = widgets.NewStill(nil)
	p.film = newFilm(s, p.face.Set)
	p.recent = newRecent(s, func(path string) { p.OnOpen(path) })
	p.own = newOwn(s, host, func(r *recipe.Recipe) { p.OnLearn(r) }, p.showHome)
	p.home = p.layout()
	p.own.box.Hide()
	p.box = container.NewStack(p.home, p.own.box)
	return p
}

// layout puts the page together.
func (p *Page) layout() fyne.CanvasObject {
	said := widget.NewLabelWithStyle(sentence, fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	said.SizeName = theme.SizeNameHeadingText
	said.Truncation = fyne.TextTruncateEllipsis
	watch := widgets.NewPoster(cardLook, widgets.NewStill(thumbs.Of(watched)), "See one learn",
		"It starts at once. Watch its points find the eight places.", "", p.watch)
	play := widgets.NewPoster(cardLook, p.face, "Play with one that has learnt",
		"Drag, and a face turns into another.", "", func() { p.OnPlay() })
	mine := widgets.NewPoster(cardLook, iconArt(theme.FolderOpenIcon()), "Use my pictures",
		"Drop a folder here, or choose one, and see what suits it.", "", p.ShowOwn)
	p.lessons = widgets.NewPoster(cardLook, iconArt(theme.DocumentIcon()), "Lessons",
		"Eight short ones, with things to do.", "", nil)
	p.lessons.Hide()
	p.cards = container.New(cardRow{}, watch, play, mine, p.lessons)
	strip := widgets.Tip(p.film.strip, "A small network invents these pictures right now, on this computer")
	top := container.NewVBox(strip, said)
	return container.New(layout.NewCustomPaddedLayout(4, 4, 4, 4),
		widgets.Border(top, p.recent.box, nil, nil, container.New(middle{tallest: 290}, p.cards)))
}

// iconArt is an icon where other cards have a picture.
func iconArt(icon fyne.Resource) fyne.CanvasObject {
	return container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(64), widget.NewIcon(theme.NewPrimaryThemedResource(icon))))
}

// SetLessons shows the card of lessons, which opens them.
func (p *Page) SetLessons(open func()) {
	p.lessons.OnTapped(open)
	p.lessons.Show()
	ui.Relayout(p.cards)
}

// watch has a small recipe train.
func (p *Page) watch() {
	r, err := recipe.Named(watched)
	if err != nil {
		p.host.Fail(err)
		return
	}
	p.OnWatch(r)
}

// ShowOwn shows what can be done with pictures of one's own.
func (p *Page) ShowOwn() {
	p.home.Hide()
	p.own.box.Show()
	p.own.setVisible(p.visible)
	p.film.setSeen(false, false)
}

// showHome shows the start itself.
func (p *Page) showHome() {
	p.own.box.Hide()
	p.own.setVisible(false)
	p.home.Show()
	p.film.setSeen(p.visible, p.Calm())
	p.recent.setVisible(p.visible)
}

// SetVisible says whether the page can be seen. What has been looked at is the start itself again
// when it comes back.
func (p *Page) SetVisible(on bool) {
	if p.visible == on {
		return
	}
	if p.visible = on; on && p.home.Visible() || !on {
		p.showHome()
	}
}

// Content is what the window shows of the page.
func (p *Page) Content() fyne.CanvasObject { return p.box }

// Refresh shows the data and the recent projects as they are now.
func (p *Page) Refresh() {
	p.own.refresh()
	p.recent.refresh()
	p.film.setSeen(p.visible && p.home.Visible(), p.Calm())
}

// Close has nothing to end: what draws ends with the studio's jobs.
func (p *Page) Close() {}
