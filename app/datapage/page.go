package datapage

import (
	"context"
	"fmt"
	"image"

	"ganvas/app/ui"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/datasets"
	"ganvas/widgets"
)

// A Page chooses what the generator learns to imitate, and shows what was understood of it.
type Page struct {
	s    *studio.Studio
	host ui.Host
	// OnBuild turns to the networks, OnUse to this page, where downloaded data are to be learnt from.
	OnBuild, OnUse func()

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
	notes          *ui.Note
	notesTip       *fyne.Container // notes with a tip that says all of them
	away           *fyne.Container // says what is left out, and brings it back
	awayText       *ui.Note
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
	visible     bool
	catalogue   *catalogue
	thumbsBegun bool
}

// New returns the page of a studio, which follows it from then on.
func New(s *studio.Studio, host ui.Host) *Page {
	p := &Page{s: s, host: host, OnBuild: func() {}, OnUse: func() {}, cards: make(map[string]*widgets.DataCard)}
	p.findings = p.newFindings()
	p.prep = newPreparation(s, host)
	p.items = newItemsView(s, host, p.prep)
	p.prep.onPicture = p.items.markShown
	p.catalogue = newCatalogue(s, host, func() { p.OnUse() })
	p.plane = widgets.NewDensityView()
	p.plane.ShowFake, p.plane.ShowHeat = false, false
	p.plane.Hide()
	p.drawing, p.table = newDrawing(s), newTableView()
	p.side = container.New(ui.FixedWidth(286), p.prep.box)
	p.pictures = container.NewBorder(nil, nil, nil, p.side, p.items.box)
	p.right = container.NewBorder(p.findings, nil, nil, nil, container.NewStack(p.pictures, p.plane, p.drawing.box, p.table.box))
	p.box = container.New(ui.Columns{262, 1}, p.newChoices(), container.NewPadded(p.right))
	s.Reading.On(p.preview)
	return p
}

// AskFile lets the user choose a file of data.
func (p *Page) AskFile() {
	p.host.AskFile("Choose data: an archive, a table, an array, a picture", "data", datasets.Endings(), p.s.Data.Choose)
}

// AskFolder lets the user choose a folder of pictures.
func (p *Page) AskFolder() {
	p.host.AskFolder("Choose a folder of pictures", "data", p.s.Data.Choose)
}

// StopExamining ends the examination of the data; the next one begins anew.
func (p *Page) StopExamining() { p.health.stop() }

// ShowCatalogue offers sets of data that their makers let everybody download.
func (p *Page) ShowCatalogue() { p.catalogue.show() }

// SetVisible says whether the page can be seen.
func (p *Page) SetVisible(on bool) {
	p.visible = on
	if on {
		p.loadThumbnails()
	}
	p.s.Data.SetSeen(on)
	if on {
		p.examine()
	}
}

// Content is what the window shows of the page.
func (p *Page) Content() fyne.CanvasObject { return p.box }

// Close ends what draws in the background, and lets go of the files. Not on the UI goroutine, and
// after all jobs have ended.
func (p *Page) Close() {
	p.items.grid.Close()
	p.plane.Close()
	p.drawing.board.Close()
	if p.prep.originals != nil {
		p.prep.originals.Close()
	}
}

// newChoices is the column at the left: the user's own data, then what is built in.
func (p *Page) newChoices() fyne.CanvasObject {
	p.zone = widgets.NewDropZone("Drop folders, archives, pictures, arrays or a table of points anywhere", p.AskFolder)
	folder := widgets.TipButton(theme.FolderOpenIcon(), "Folder…", "Choose a folder of pictures; its sub-folders are the labels", p.AskFolder)
	file := widgets.TipButton(theme.FileIcon(), "File…", "Choose an archive of pictures, a table of points, a NumPy, IDX, CIFAR or Parquet file", p.AskFile)
	download := widgets.TipButton(theme.DownloadIcon(), "Download…", "Well-known sets from their makers: Fashion-MNIST, KMNIST, CIFAR, pets", p.catalogue.show)
	draw := widgets.TipButton(theme.DocumentCreateIcon(), "Draw", "A board to draw points of the plane on, as the generator's model", p.drawing.choose)
	p.own = widgets.NewDataCard("", "", nil, nil)
	p.own.Hide()
	p.top = container.NewVBox(ui.NewHeading("Your data"), p.zone, container.NewGridWithColumns(2, folder, file, download, draw), p.own, ui.NewHeading("Built in"))
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
			card := widgets.NewDataCard(b.Title, about, nil, func() { p.s.Data.Choose(b.Name) })
			p.cards[b.Name] = card
			list.Add(widgets.Tip(card, b.About))
		}
		if kind == datasets.Points {
			list.Add(widgets.Tip(p.draw, "Brush, spray and erase the points that the generator is to imitate."))
		}
	}
	p.list = container.NewVScroll(ui.ClearOfBar(list))
	p.left = widgets.Border(p.top, nil, nil, nil, container.New(&sightLayout{page: p}, p.list))
	return ui.NewPanel(p.left)
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

// Refresh shows the plan's data as they are now.
func (p *Page) Refresh() {
	r, s := p.s.Plan.Now(), p.s.Data
	for name, card := range p.cards {
		card.SetSelected(name == r.Data)
	}
	p.draw.SetSelected(r.Data == studio.Drawn)
	own := !datasets.IsBuiltin(r.Data)
	if ui.SetShown(p.own, own) {
		ui.Relayout(p.top, p.left)
	}
	if own {
		p.own.SetText(studio.ShortName(r.Data), r.Data)
		p.own.SetSelected(true)
		if s.Set != nil && s.Whole != p.thumbOf {
			p.thumbOf = s.Whole
			p.own.SetThumbnail(thumbnail(s.Set))
		}
	}
	p.zone.SetHighlighted(s.Opening && (own || s.Coming != ""))
	p.showFindings()
	p.examine()
	ui.Relayout(p.head, p.findings, p.right, p.findings, p.right) // notes that wrap know their height once they have a width
	p.drawing.refresh()
	p.showKind()
	p.bringIntoSight(r.Data)
}

// examine has the data examined, if the page is seen. What is drawn by hand is as its drawer wants
// it.
func (p *Page) examine() {
	switch s := p.s.Data; {
	case !p.visible:
	case p.s.Plan.Now().Data == studio.Drawn, s.Coming != "":
		p.health.examine(nil)
	default:
		p.health.examine(s.Set)
	}
	ui.Relayout(p.findings, p.right)
}

// kind is what is to be shown: that of the data, of data to be read pictures as long as nothing is
// known.
func (p *Page) kind() datasets.Kind {
	s := p.s.Data
	switch {
	case s.Coming == "" && s.Whole != nil:
		return s.Whole.Info().Kind
	case s.Coming == "" && p.s.Plan.Now().Data == studio.Drawn:
		return datasets.Points
	}
	return datasets.Pictures
}

// showKind shows what suits the kind of the data.
func (p *Page) showKind() {
	s := p.s.Data
	kind := p.kind()
	drawn := p.s.Plan.Now().Data == studio.Drawn && s.Coming == ""
	ui.SetShown(p.drawing.box, drawn)
	ui.SetShown(p.pictures, kind == datasets.Pictures && !drawn)
	ui.SetShown(p.plane, kind == datasets.Points && !drawn)
	ui.SetShown(p.table.box, kind == datasets.Table)
	p.items.refresh()
	p.prep.refresh()
	known := s.Coming == "" && (s.Whole != nil || s.Opening && p.prep.source == s.Name || p.prep.correctable())
	shown := ui.SetShown(p.side, known)
	if ui.SetShown(p.items.tools, known) || shown {
		ui.Relayout(p.items.box, p.pictures)
	}
	switch {
	case kind == datasets.Table:
		p.table.set(s.Whole.Info())
	case kind == datasets.Points && !drawn:
		p.showPlane(s.Set, nil)
	}
}

// preview shows the first pictures of data that are beginning to be read.
func (p *Page) preview(r studio.Reading) {
	name, o := r.Name, r.Options
	if p.previewing != nil {
		p.previewing()
	}
	p.items.preview = nil
	if datasets.IsBuiltin(name) {
		return
	}
	const enough = 60
	var found []image.Image
	p.previewing = p.s.Jobs.Start(func(ctx context.Context) error {
		found = datasets.FirstPictures(ctx, name, o, enough)
		return ctx.Err()
	}, func(err error) {
		if s := p.s.Data; err == nil && s.Opening && (s.Coming == name || s.Name == name) {
			p.items.preview = found
			p.items.refresh()
		}
	})
}

// choose shows some items of the whole set alone, or all if items is nil.
func (p *Page) choose(items []int) {
	if p.kind() == datasets.Points {
		p.showPlane(p.s.Data.Set, items)
	} else {
		p.items.choose(items)
		if len(items) > 0 {
			p.prep.show(items[0])
			p.items.markShown()
		}
	}
	ui.Relayout(p.findings, p.right)
}
