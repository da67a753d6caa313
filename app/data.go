package app

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

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

// close ends what draws in the background, and lets go of the files. Not on the UI goroutine, and after all jobs have ended.
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
	p.own = widgets.NewDataCard("", "", nil, nil)
	p.own.Hide()
	p.top = container.NewVBox(newHeading("Your data"), p.zone, container.NewGridWithColumns(2, folder, file), p.own, newHeading("Built in"))
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
	p.left = container.NewBorder(p.top, nil, nil, nil, container.NewVScroll(clearOfBar(list)))
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

// newFindings says what was understood and how it is prepared.
func (p *dataPage) newFindings() *fyne.Container {
	p.title = newHeading("")
	p.title.Truncation = fyne.TextTruncateOff
	p.summary = widget.NewLabel("")
	p.head = container.NewHBox(p.title, p.summary)
	p.notes = newNoteLine("")
	p.notesTip = container.NewStack(p.notes)
	p.awayText = newNoteLine("")
	p.away = container.NewBorder(nil, nil, widget.NewIcon(theme.VisibilityOffIcon()), container.NewHBox(
		widgets.TipButton(theme.VisibilityIcon(), "Show", "Shows what is left out", func() { p.health.choose("what is left out", p.app.leftOut()) }),
		widgets.TipButton(theme.ContentUndoIcon(), "Bring all back", "Takes everything in again", func() { p.app.bringBack(p.app.leftOut()) }),
	), p.awayText)
	p.away.Hide()
	p.health = newHealthReport(p.app, p.choose)
	return container.NewVBox(p.head, p.notesTip, p.health.box, p.away, widget.NewSeparator())
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
}

// examine has the data examined, if the page is seen. What is drawn by hand is as its drawer wants it.
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

// kind is what is to be shown: that of the data, of data to be read pictures as long as nothing is known.
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
	known := s.coming == "" && (s.whole != nil || s.opening && p.prep.source == s.name)
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

// showPlane shows points: all of a set, or some.
func (p *dataPage) showPlane(set datasets.Set, items []int) {
	if set == nil || set == p.planeOf && items == nil && p.planeItems == nil {
		return
	}
	p.planeOf, p.planeItems = set, items
	all := samplePoints(set, 4000)
	d := widgets.DensityData{Real: all}
	d.XMin, d.XMax, d.YMin, d.YMax = bounds(all)
	if items != nil {
		d.Real = samplePoints(datasets.NewSubset(p.app.source.whole, items), 4000)
	}
	p.plane.Set(d)
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

func (p *dataPage) showFindings() {
	s := &p.app.source
	gone := len(p.app.leftOut())
	setShown(p.away, gone > 0 && s.coming == "")
	p.awayText.set("You left out " + counted(int64(gone), "item") + ".")
	if s.set == nil || s.coming != "" {
		p.showMissing()
		return
	}
	info := s.set.Info()
	setText(p.title, info.Name)
	setText(p.summary, summaryOf(info))
	notes := slices.Clone(info.Notes)
	if len(info.Labels) > 0 {
		notes = append(notes, "labels: "+strings.Join(info.Labels, ", "))
	}
	p.showNotes(strings.Join(notes, " · "), false)
}

// showNotes says what was understood on one line, which a tip says in full; or, whole, what went wrong.
func (p *dataPage) showNotes(text string, wrap bool) {
	if text == p.notes.segment.Text {
		return
	}
	p.notes.Wrapping, p.notes.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	if wrap {
		p.notes.Wrapping, p.notes.Truncation = fyne.TextWrapWord, fyne.TextTruncateOff
	}
	p.notes.set(text)
	p.notesTip.Objects = []fyne.CanvasObject{widgets.Tip(p.notes, text)}
	setShown(p.notesTip, text != "")
}

// showMissing says why there are no data.
func (p *dataPage) showMissing() {
	s := &p.app.source
	name, text, why := p.app.plan.now.Data, "", ""
	if s.coming != "" {
		name = s.coming
	}
	switch {
	case s.opening:
		text = "being read …"
	case name == drawnData:
		text = "nothing drawn yet"
	case s.err != nil:
		text, why = "could not be read", sentence(s.err.Error())
		if s.whole != nil {
			text = "read, but not the choice of items"
		}
	}
	setText(p.title, shortName(name))
	setText(p.summary, text)
	p.showNotes(why, true)
}

// summaryOf is "60,000 pictures, 28×28, grey, 10 labels".
func summaryOf(info datasets.Info) string {
	switch info.Kind {
	case datasets.Points:
		return counted(int64(info.Count), "point") + " of the plane"
	case datasets.Table:
		return counted(int64(info.Count), "row") + ", " + counted(int64(len(info.Columns)), "column")
	}
	text := fmt.Sprintf("%s, %d×%d, %s", counted(int64(info.Count), "picture"), info.Shape[0], info.Shape[1], channelName(info.Shape[2]))
	if n := len(info.Labels); n > 0 {
		text += ", " + counted(int64(n), "label")
	}
	return text
}

// choose shows some items of the whole set alone, or all if items is nil.
func (p *dataPage) choose(items []int) {
	if p.kind() == datasets.Points {
		p.showPlane(p.app.source.set, items)
	} else {
		p.items.choose(items)
	}
	relayout(p.findings, p.right)
}

// samplePoints returns at most n of a set's points.
func samplePoints(set datasets.Set, n int) [][2]float32 {
	n = min(n, set.Len())
	points := make([][2]float32, n)
	for i := range points {
		set.Read(i*set.Len()/n, points[i][:])
	}
	return points
}

// bounds returns a frame around points with some air, equally wide and high.
func bounds(points [][2]float32) (xMin, xMax, yMin, yMax float64) {
	if len(points) == 0 {
		return -2, 2, -2, 2
	}
	low, high := points[0], points[0]
	for _, q := range points {
		for k := range q {
			low[k], high[k] = min(low[k], q[k]), max(high[k], q[k])
		}
	}
	half := 0.6 * float64(max(high[0]-low[0], high[1]-low[1], 0.1))
	x, y := float64(low[0]+high[0])/2, float64(low[1]+high[1])/2
	return x - half, x + half, y - half, y + half
}

// loadThumbnails draws the built-in sets' pictures in the background, once.
func (p *dataPage) loadThumbnails() {
	if p.thumbsBegun {
		return
	}
	p.thumbsBegun = true
	p.app.jobs.start(func(ctx context.Context) error {
		for _, b := range datasets.Builtins() {
			o := datasets.Options{Size: b.Size, Channels: min(b.Channels, 3)}
			if b.Name == "emoji" {
				o.Size = firstSide
			}
			set, err := datasets.Open(ctx, b.Name, o, nil)
			if err != nil {
				return err
			}
			thumb := thumbnail(set)
			p.app.do(func() { p.cards[b.Name].SetThumbnail(thumb) })
		}
		return nil
	}, nil)
}

// drawnThumbnail is a stroke of a brush.
func drawnThumbnail() image.Image {
	const size, dot = 112, 4
	out := image.NewRGBA(image.Rect(0, 0, size, size))
	random := rand.New(rand.NewPCG(1, 1))
	for i := range 260 {
		t := float64(i) / 260 * 2 * math.Pi
		x := int(size * (0.5 + 0.33*math.Sin(t) + 0.03*random.NormFloat64()))
		y := int(size * (0.5 + 0.3*math.Sin(2*t) + 0.03*random.NormFloat64()))
		draw.Draw(out, image.Rect(x, y, x+dot, y+dot), image.NewUniform(violetOnBoth), image.Point{}, draw.Src)
	}
	return out
}

// thumbnail draws a few items of a set: a block of pictures, or a cloud of points. A table has none.
func thumbnail(set datasets.Set) image.Image {
	if set.Info().Kind == datasets.Table {
		return nil
	}
	if set.Info().Kind == datasets.Pictures {
		const side = 2
		var items []image.Image
		for i := range side * side {
			items = append(items, datasets.Picture(set, i*set.Len()/(side*side)))
		}
		return widgets.Compose(items, side, 1, color.Transparent)
	}
	const size, dot = 112, 2
	out := image.NewRGBA(image.Rect(0, 0, size, size))
	points := samplePoints(set, 600)
	xMin, xMax, yMin, yMax := bounds(points)
	ink := image.NewUniform(violetOnBoth)
	for _, q := range points {
		x := int((float64(q[0]) - xMin) / (xMax - xMin) * size)
		y := int((yMax - float64(q[1])) / (yMax - yMin) * size)
		draw.Draw(out, image.Rect(x-dot/2, y-dot/2, x+dot/2, y+dot/2), ink, image.Point{}, draw.Src)
	}
	return out
}
