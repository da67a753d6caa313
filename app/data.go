package app

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"strconv"
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
	zone  *widgets.DropZone
	// Containers that place their objects anew when one of them comes or goes.
	top, left, head, findings, right *fyne.Container

	title, summary *widget.Label
	notes, labels  *note
	skipped        *widget.List
	skippedBox     *fyne.Container
	skippedTitle   *widget.Label
	prepare        *fyne.Container
	size           *widget.SelectEntry
	channels, fit  *widget.Select
	mirror         *widget.Check
	grid           *widgets.PictureGrid
	plane          *widgets.DensityView

	health      *healthReport
	shown       datasets.Set // what grid and plane show, or
	chosen      []int        // some items of it alone
	mirrored    bool
	skips       []datasets.Skip
	quiet       bool // the program, not the user, changes the controls
	thumbsBegun bool
}

var (
	channelTitles = []string{"Grey", "Colour", "Colour with alpha"}
	channelValues = []string{"1", "3", "4"}
	fitTitles     = []string{"Crop", "Pad", "Stretch"}
	fitValues     = []string{"crop", "pad", "stretch"}
)

func newDataPage(a *App) *dataPage {
	p := &dataPage{app: a, cards: make(map[string]*widgets.DataCard)}
	p.findings = p.newFindings()
	p.right = container.NewBorder(p.findings, nil, nil, nil, p.newItems())
	p.box = container.New(columns{262, 1}, p.newChoices(), container.NewPadded(p.right))
	return p
}

func (p *dataPage) content() fyne.CanvasObject { return p.box }

// newChoices is the column at the left: the user's own data, then what is built in.
func (p *dataPage) newChoices() fyne.CanvasObject {
	p.zone = widgets.NewDropZone("Drop folders, archives, pictures, arrays or a table of points anywhere", p.app.askDataFolder)
	folder := widgets.TipButton(theme.FolderOpenIcon(), "Folder…", "Choose a folder of pictures; its sub-folders are the labels", p.app.askDataFolder)
	file := widgets.TipButton(theme.FileIcon(), "File…", "Choose an archive of pictures, a table of points, a NumPy, IDX, CIFAR or Parquet file", p.app.askDataFile)
	p.own = widgets.NewDataCard("", "", nil, nil)
	p.own.Hide()
	p.top = container.NewVBox(newHeading("Your data"), p.zone, container.NewGridWithColumns(2, folder, file), p.own, newHeading("Built in"))
	list := container.NewVBox()
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
	p.notes = newNote("")
	p.labels = newNoteLine("")
	p.skipped = widget.NewList(func() int { return len(p.skips) },
		func() fyne.CanvasObject {
			l := newLine("")
			l.SizeName = theme.SizeNameCaptionText
			return l
		},
		func(i widget.ListItemID, o fyne.CanvasObject) {
			setText(o.(*widget.Label), p.skips[i].Path+": "+p.skips[i].Reason)
		})
	p.skippedTitle = newSection("")
	p.skippedBox = container.NewBorder(p.skippedTitle, nil, nil, nil, container.New(fixedHeight(96), p.skipped))
	p.skippedBox.Hide()

	p.size = widget.NewSelectEntry([]string{"16", "28", "32", "48", "64", "96", "128"})
	p.size.OnChanged = func(text string) {
		// A size being typed is not one yet: only what the menu offers is taken at once.
		if p.quiet {
			return
		}
		for _, known := range []string{"16", "28", "32", "48", "64", "96", "128"} {
			if text == known {
				p.set("image_size", text)
			}
		}
	}
	p.size.OnSubmitted = func(text string) { p.set("image_size", text) }
	p.channels = widget.NewSelect(channelTitles, func(string) { p.set("channels", channelValues[p.channels.SelectedIndex()]) })
	p.fit = widget.NewSelect(fitTitles, func(string) { p.set("fit", fitValues[p.fit.SelectedIndex()]) })
	p.mirror = widget.NewCheck("Mirror", func(on bool) { p.set("mirror", strconv.FormatBool(on)) })
	named := func(name, key string, o fyne.CanvasObject, width float32) fyne.CanvasObject {
		return container.NewHBox(widgets.Tip(widget.NewLabel(name), tipOf(key)), container.New(fixedWidth(width), o))
	}
	p.prepare = container.NewHBox(
		named("Size", "image_size", p.size, 78), named("Channels", "channels", p.channels, 132),
		named("Fit", "fit", p.fit, 88), widgets.Tip(p.mirror, tipOf("mirror")))
	p.health = newHealthReport(p.app, p.choose)
	return container.NewVBox(p.head, p.notes, p.labels, p.skippedBox, p.health.box, p.prepare, widget.NewSeparator())
}

// newItems shows the data themselves.
func (p *dataPage) newItems() fyne.CanvasObject {
	p.grid = widgets.NewPictureGrid(0, func(int) image.Image { return nil }, nil)
	p.grid.Empty = "Choose data at the left"
	p.plane = widgets.NewDensityView()
	p.plane.ShowFake, p.plane.ShowHeat = false, false
	p.plane.Hide()
	return container.NewStack(p.grid, p.plane)
}

func (p *dataPage) set(key, value string) {
	if !p.quiet {
		p.app.setPreprocessing(key, strings.TrimSpace(value))
	}
}

// refresh shows the plan's data as they are now.
func (p *dataPage) refresh() {
	a := p.app
	r, s := a.plan.now, &a.source
	for name, card := range p.cards {
		card.SetSelected(name == r.Data)
	}
	own := !datasets.IsBuiltin(r.Data)
	if setShown(p.own, own) {
		relayout(p.top, p.left)
	}
	if own {
		p.own.SetText(shortName(r.Data), r.Data)
		p.own.SetSelected(true)
	}
	p.zone.SetHighlighted(s.opening && own)
	p.quiet = true
	if size := strconv.Itoa(r.ImageSize); p.size.Text != size {
		p.size.SetText(size)
	}
	selectTitle(p.channels, channelTitles, channelValues, strconv.Itoa(r.Channels))
	selectTitle(p.fit, fitTitles, fitValues, r.Fit)
	p.mirror.SetChecked(r.Mirror)
	p.quiet = false
	p.showFindings()
	relayout(p.head, p.findings, p.right, p.findings, p.right) // notes that wrap know their height once they have a width
	p.showItems()
	if p.app.page == pageData {
		p.health.examine(s.set)
	}
}

// selectTitle brings a select to the title of value without calling back more than it must.
func selectTitle(s *widget.Select, titles, values []string, value string) {
	for i, v := range values {
		if v == value && s.Selected != titles[i] {
			s.SetSelected(titles[i])
		}
	}
}

func (p *dataPage) showFindings() {
	s := &p.app.source
	if s.set == nil {
		setText(p.title, shortName(p.app.plan.now.Data))
		switch {
		case s.err != nil:
			setText(p.summary, "could not be read")
			p.notes.set(sentence(s.err.Error()))
		case s.opening:
			setText(p.summary, "being read …")
			p.notes.set("")
		default:
			setText(p.summary, "")
			p.notes.set("")
		}
		setShown(p.notes, p.notes.segment.Text != "")
		setShown(p.labels, false)
		setShown(p.skippedBox, false)
		setShown(p.prepare, false)
		return
	}
	info := s.set.Info()
	setText(p.title, info.Name)
	setText(p.summary, summaryOf(info))
	p.notes.set(strings.Join(info.Notes, " · "))
	setShown(p.notes, len(info.Notes) > 0)
	p.labels.set("Labels: " + strings.Join(info.Labels, ", "))
	setShown(p.labels, len(info.Labels) > 0)
	p.skips = info.Skipped
	setText(p.skippedTitle, counted(int64(len(p.skips)), "file")+" left out")
	setShown(p.skippedBox, len(p.skips) > 0)
	p.skipped.Refresh()
	setShown(p.prepare, info.Kind == datasets.Pictures)
}

// summaryOf is "60,000 pictures, 28×28, grey, 10 labels".
func summaryOf(info datasets.Info) string {
	if info.Kind == datasets.Points {
		return counted(int64(info.Count), "point") + " of the plane"
	}
	text := fmt.Sprintf("%s, %d×%d, %s", counted(int64(info.Count), "picture"), info.Shape[0], info.Shape[1], channelName(info.Shape[2]))
	if n := len(info.Labels); n > 0 {
		text += ", " + counted(int64(n), "label")
	}
	return text
}

// choose shows some items of the set alone, or all if items is nil.
func (p *dataPage) choose(items []int) {
	p.shown, p.chosen = nil, items
	p.showItems()
	relayout(p.findings, p.right)
}

// showItems fills the grid or the plane, if the data are others than those that it shows.
func (p *dataPage) showItems() {
	set, mirrored := p.app.source.set, p.app.plan.now.Mirror
	if set == p.shown && mirrored == p.mirrored {
		return
	}
	if set != nil && set != p.shown && p.own.Visible() {
		p.own.SetThumbnail(thumbnail(set))
	}
	if p.chosen != nil && set == p.health.set && set != nil {
		set = datasets.NewSubset(set, p.chosen)
	} else {
		p.chosen = nil
	}
	p.shown, p.mirrored = p.app.source.set, mirrored
	if set == nil {
		p.grid.SetItems(0, func(int) image.Image { return nil }, nil)
		return
	}
	info := set.Info()
	points := info.Kind == datasets.Points
	setShown(p.grid, !points)
	setShown(p.plane, points)
	if points {
		d := widgets.DensityData{Real: samplePoints(set, 4000)}
		d.XMin, d.XMax, d.YMin, d.YMax = bounds(d.Real)
		p.plane.Set(d)
		return
	}
	values := info.Shape[0] * info.Shape[1] * info.Shape[2]
	var caption func(int) string
	every := 1
	if mirrored {
		every = 2
	}
	if len(info.Labels) > 0 {
		buffer := make([]float32, values) // captions are asked for one at a time
		caption = func(i int) string {
			if label := set.Read(i/every, buffer); label >= 0 {
				return info.Labels[label]
			}
			return ""
		}
	}
	p.grid.CellSize = float32(min(128, max(56, info.Shape[0])))
	p.grid.SetItems(info.Count*every, func(i int) image.Image {
		img := datasets.Picture(set, i/every)
		if i%every == 1 {
			return flipped(img)
		}
		return img
	}, caption)
}

// flipped returns a picture mirrored left to right.
func flipped(img image.Image) image.Image {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Set(b.Dx()-1-x, y, img.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
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

// thumbnail draws a few items of a set: a block of pictures, or a cloud of points.
func thumbnail(set datasets.Set) image.Image {
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
