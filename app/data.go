package app

import (
	"context"
	"fmt"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/datasets"
	"ganvas/widgets"
)

// A dataPage chooses what the generator learns to imitate, and shows what was understood of it.
type dataPage struct {
	app   *App
	box   *fyne.Container
	cards map[string]*widgets.DataCard // of built-in sets
	own   *widgets.DataCard            // of the user's own data, shown once there are any
	draw  *widgets.DataCard            // of points that one draws
	list  *container.Scroll            // the cards but for own
	seen  string                       // of which data the card was last brought into sight
	zone  *widgets.DropZone
	// Containers that place their objects anew when one of them comes or goes.
	top, left, head, findings, right *fyne.Container

	title, summary *widget.Label
	notes          *note
	notesTip       *fyne.Container // notes with a tip that says all of them
	away           *fyne.Container // says what is left out, and brings it back
	awayText       *note
	pictures       *fyne.Container // items and prep
	side           *fyne.Container // prep at its width
	items          *itemsView
	prep           *preparation
	plane          *widgets.DensityView
	drawing        *drawing
	table          *tableView

	health      *healthReport
	planeOf     datasets.Set // what plane shows,
	planeItems  []int        // of it alone; nil: all
	thumbOf     datasets.Set // what the own card shows
	previewing  context.CancelFunc
	thumbsBegun bool
}

func newDataPage(a *App) *dataPage {
	p := &dataPage{app: a, cards: make(map[string]*widgets.DataCard)}
	p.findings = p.newFindings()
	p.prep = newPreparation(a)
	p.items = newItemsView(a, func(item int) { p.prep.show(item) })
	p.plane = widgets.NewDensityView()
	p.plane.ShowFake, p.plane.ShowHeat = false, false
	p.plane.Hide()
	p.drawing, p.table = newDrawing(a), newTableView()
	p.side = container.New(fixedWidth(286), p.prep.box)
	p.pictures = container.NewBorder(nil, nil, nil, p.side, p.items.box)
	p.right = container.NewBorder(p.findings, nil, nil, nil, container.NewStack(p.pictures, p.plane, p.drawing.box, p.table.box))
	p.box = container.New(columns{262, 1}, p.newChoices(), container.NewPadded(p.right))
	return p
}

func (p *dataPage) content() fyne.CanvasObject { return p.box }

// close ends what draws in the background, and lets go of the files. Not on the UI goroutine, and
// after all jobs have ended.
func (p *dataPage) close() {
	p.items.grid.Close()
	p.plane.Close()
	p.drawing.board.Close()
	if p.prep.originals != nil {
		p.prep.originals.Close()
	}
}

// newChoices is the column at the left: the user's own data, then what is built in.
func (p *dataPage) newChoices() fyne.CanvasObject {
	p.zone = widgets.NewDropZone("Drop folders, archives, pictures, arrays or a table of points anywhere", p.app.askDataFolder)
	folder := widgets.TipButton(theme.FolderOpenIcon(), "Folder…", "Choose a folder of pictures; its sub-folders are the labels", p.app.askDataFolder)
	file := widgets.TipButton(theme.FileIcon(), "File…", "Choose an archive of pictures, a table of points, a NumPy, IDX, CIFAR or Parquet file", p.app.askDataFile)
	download := widgets.TipButton(theme.DownloadIcon(), "Download…", "Well-known sets from their makers: Fashion-MNIST, KMNIST, CIFAR, pets", p.app.askCatalogue)
	draw := widgets.TipButton(theme.DocumentCreateIcon(), "Draw", "A board to draw points of the plane on, as the generator's model", p.drawing.choose)
	p.own = widgets.NewDataCard("", "", nil, nil)
	p.own.Hide()
	p.top = container.NewVBox(newHeading("Your data"), p.zone, container.NewGridWithColumns(2, folder, file, download, draw), p.own, newHeading("Built in"))
	list := container.NewVBox()
	p.draw = widgets.NewDataCard("Draw your own", "points of the plane, by hand", drawnThumbnail(), p.drawing.choose)
	for _, kind := range []datasets.Kind{datasets.Pictures, datasets.Points} {
		for _, b := range datasets.Builtins() {
			if b.Kind != kind {
				continue
			}
			about := "points of the plane"
			if b.Kind == datasets.Pictures {
				about = fmt.Sprintf("pictures, %d×%d, %s", b.Size, b.Size, channelName(b.Channels))
			}
			card := widgets.NewDataCard(b.Title, about, nil, func() { p.app.chooseData(b.Name) })
			p.cards[b.Name] = card
			list.Add(widgets.Tip(card, b.About))
		}
		if kind == datasets.Points {
			list.Add(widgets.Tip(p.draw, "Brush, spray and erase the points that the generator is to imitate."))
		}
	}
	p.list = container.NewVScroll(clearOfBar(list))
	p.left = container.NewBorder(p.top, nil, nil, nil, container.New(&sightLayout{page: p}, p.list))
	return newPanel(p.left)
}

func channelName(n int) string {
	switch n {
	case 1:
		return "grey"
	case 3:
		return "colour"
	}
	return "with alpha"
}

// refresh shows the plan's data as they are now.
func (p *dataPage) refresh() {
	a := p.app
	r, s := a.plan.now, &a.source
	for name, card := range p.cards {
		card.SetSelected(name == r.Data)
	}
	p.draw.SetSelected(r.Data == drawnData)
	own := !datasets.IsBuiltin(r.Data)
	if setShown(p.own, own) {
		relayout(p.top, p.left)
	}
	if own {
		p.own.SetText(shortName(r.Data), r.Data)
		p.own.SetSelected(true)
		if s.set != nil && s.whole != p.thumbOf {
			p.thumbOf = s.whole
			p.own.SetThumbnail(thumbnail(s.set))
		}
	}
	p.zone.SetHighlighted(s.opening && (own || s.coming != ""))
	p.showFindings()
	p.examine()
	relayout(p.head, p.findings, p.right, p.findings, p.right) // notes that wrap know their height once they have a width
	p.drawing.refresh()
	p.showKind()
	p.bringIntoSight(r.Data)
}

// examine has the data examined, if the page is seen. What is drawn by hand is as its drawer wants
// it.
func (p *dataPage) examine() {
	switch s := &p.app.source; {
	case p.app.page != pageData:
	case p.app.plan.now.Data == drawnData, s.coming != "":
		p.health.examine(nil)
	default:
		p.health.examine(s.set)
	}
	relayout(p.findings, p.right)
}

// kind is what is to be shown: that of the data, of data to be read pictures as long as nothing is
// known.
func (p *dataPage) kind() datasets.Kind {
	s := &p.app.source
	switch {
	case s.coming == "" && s.whole != nil:
		return s.whole.Info().Kind
	case s.coming == "" && p.app.plan.now.Data == drawnData:
		return datasets.Points
	}
	return datasets.Pictures
}

// showKind shows what suits the kind of the data.
func (p *dataPage) showKind() {
	s := &p.app.source
	kind := p.kind()
	drawn := p.app.plan.now.Data == drawnData && s.coming == ""
	setShown(p.drawing.box, drawn)
	setShown(p.pictures, kind == datasets.Pictures && !drawn)
	setShown(p.plane, kind == datasets.Points && !drawn)
	setShown(p.table.box, kind == datasets.Table)
	p.items.refresh()
	p.prep.refresh()
	known := s.coming == "" && (s.whole != nil || s.opening && p.prep.source == s.name || p.prep.correctable())
	shown := setShown(p.side, known)
	if setShown(p.items.tools, known) || shown {
		relayout(p.items.box, p.pictures)
	}
	switch {
	case kind == datasets.Table:
		p.table.set(s.whole.Info())
	case kind == datasets.Points && !drawn:
		p.showPlane(s.set, nil)
	}
}

// preview shows the first pictures of data that are beginning to be read.
func (p *dataPage) preview(name string, o datasets.Options) {
	if p.previewing != nil {
		p.previewing()
	}
	p.items.preview = nil
	if datasets.IsBuiltin(name) {
		return
	}
	const enough = 60
	var found []image.Image
	p.previewing = p.app.jobs.start(func(ctx context.Context) error {
		found = datasets.FirstPictures(ctx, name, o, enough)
		return ctx.Err()
	}, func(err error) {
		if s := &p.app.source; err == nil && s.opening && (s.coming == name || s.name == name) {
			p.items.preview = found
			p.items.refresh()
		}
	})
}

// choose shows some items of the whole set alone, or all if items is nil.
func (p *dataPage) choose(items []int) {
	if p.kind() == datasets.Points {
		p.showPlane(p.app.source.set, items)
	} else {
		p.items.choose(items)
		if len(items) > 0 {
			p.prep.show(items[0])
			p.items.markShown()
		}
	}
	relayout(p.findings, p.right)
}
