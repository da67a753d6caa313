package widgets

import (
	"image"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/draw"
)

// Sizes of a timeline, in Fyne's units.
const (
	thumbSide   = 36
	thumbTop    = 2 // above the pictures, for a frame
	thumbHeight = thumbTop + thumbSide
	thumbGap    = 3  // between two pictures at least
	trackThick  = 4  // of the bar
	aboveTrack  = 10 // for signs and handle
	belowTrack  = 8
)

// CreateRenderer is part of fyne.Widget.
func (b *timelineBar) CreateRenderer() fyne.WidgetRenderer {
	r := &timelineRenderer{
		bar:   b,
		ring:  newBox("", theme.SizeNameInputRadius),
		track: newBox(theme.ColorNameButton, theme.SizeNameScrollBarRadius), past: newBox(theme.ColorNamePrimary, theme.SizeNameScrollBarRadius),
		chosen: newPicture(canvas.ImageScaleFastest), frame: newBox(theme.ColorNameHeaderBackground, ""),
		line: canvas.NewLine(nil), handle: canvas.NewCircle(nil),
		first: newLine("", theme.SizeNameCaptionText, theme.ColorNamePlaceHolder),
		last:  newLine("", theme.SizeNameCaptionText, theme.ColorNamePlaceHolder),
		here:  newLine("", theme.SizeNameCaptionText, theme.ColorNameForeground),
		empty: newLine("", theme.SizeNameCaptionText, theme.ColorNamePlaceHolder).cut(40),
	}
	r.here.bold = true
	r.empty.align = fyne.TextAlignCenter
	r.Refresh()
	return r
}

type timelineRenderer struct {
	bar         *timelineBar
	ring        *box
	track, past *box
	thumbs      []*picture
	chosen      *picture            // of what is looked at
	frame       *box                // behind it
	signs       []fyne.CanvasObject // of the marks
	line        *canvas.Line        // through what is looked at
	handle      *canvas.Circle
	first, last *line // the numbers of the ends
	here        *line // and of what is looked at
	empty       *line
	objects     []fyne.CanvasObject
}

// trackTop is where the bar begins.
func (b *timelineBar) trackTop() float32 {
	if b.slim() {
		return aboveTrack
	}
	return thumbHeight + aboveTrack
}

// slim tells whether pictures are left out.
func (b *timelineBar) slim() bool { return b.plain || b.Size().Height < b.least()+thumbHeight }

// least is the height without pictures.
func (b *timelineBar) least() float32 {
	return aboveTrack + trackThick + belowTrack + fyne.MeasureText("0", b.Theme().Size(theme.SizeNameCaptionText), fyne.TextStyle{Bold: true}).Height
}

func (r *timelineRenderer) MinSize() fyne.Size {
	return fyne.NewSize(200, r.bar.least())
}

func (r *timelineRenderer) Layout(size fyne.Size) {
	b := r.bar
	r.ring.Resize(size)
	r.empty.Resize(fyne.NewSize(size.Width, r.empty.MinSize().Height))
	r.empty.Move(fyne.NewPos(0, (size.Height-r.empty.MinSize().Height)/2))
	left, right := b.ends()
	top := b.trackTop()
	at := b.x(b.state.at())
	r.track.Move(fyne.NewPos(left, top))
	r.track.Resize(fyne.NewSize(right-left, trackThick))
	r.past.Move(fyne.NewPos(left, top))
	r.past.Resize(fyne.NewSize(at-left, trackThick))
	r.line.Position1, r.line.Position2 = fyne.NewPos(at, 0), fyne.NewPos(at, top)
	const radius = 6
	r.handle.Move(fyne.NewPos(at-radius, top+trackThick/2-radius))
	r.handle.Resize(fyne.NewSquareSize(2 * radius))
	r.layNumbers(size, at)
	r.makeThumbs()
	r.makeSigns()
	r.objects = []fyne.CanvasObject{r.ring, r.track, r.past}
	for _, t := range r.thumbs {
		r.objects = append(r.objects, t.Raster)
	}
	r.objects = append(r.objects, r.line, r.frame, r.chosen.Raster)
	r.objects = append(r.objects, r.signs...)
	r.objects = append(r.objects, r.handle, r.first, r.last, r.here, r.empty)
}

// layNumbers puts the numbers below the bar: that of what is looked at first, and those of the ends
// where they have room beside it.
func (r *timelineRenderer) layNumbers(size fyne.Size, at float32) {
	y := r.bar.trackTop() + trackThick + belowTrack
	place := func(l *line, x float32) (from, to float32) {
		w := l.MinSize()
		x = max(0, min(x-w.Width/2, size.Width-w.Width))
		l.Move(fyne.NewPos(x, y))
		l.Resize(w)
		return x, x + w.Width
	}
	left, right := r.bar.ends()
	from, to := place(r.here, at)
	_, firstTo := place(r.first, left)
	lastFrom, _ := place(r.last, right)
	const gap = 8
	none := r.bar.empty()
	r.first.Hidden, r.last.Hidden = none || firstTo+gap > from, none || lastFrom-gap < to
}

func (r *timelineRenderer) Refresh() {
	b := r.bar
	get := func(name fyne.ThemeColorName) color.Color { return theme.ColorForWidget(name, b) }
	s := &b.state
	none := b.empty()
	r.empty.set(s.Empty)
	r.empty.Hidden = !none
	r.ring.set("", "", 0)
	if b.focused {
		r.ring.set("", theme.ColorNameFocus, 2)
	}
	r.first.set("0")
	r.last.set("now " + formatCount(s.Last))
	switch {
	case s.now():
		r.here.set("now: step " + formatCount(s.Last))
	default:
		r.here.set("step " + formatCount(s.At) + " of " + formatCount(s.Last))
	}
	r.line.StrokeColor, r.line.StrokeWidth = get(theme.ColorNamePrimary), 2
	r.handle.FillColor, r.handle.StrokeColor, r.handle.StrokeWidth = get(theme.ColorNamePrimary), get(theme.ColorNameBackground), 2
	for _, o := range []fyne.CanvasObject{r.track, r.past, r.line, r.handle, r.here} {
		if none {
			o.Hide()
		} else {
			o.Show()
		}
	}
	r.Layout(b.Size())
	canvas.Refresh(b)
}

// makeThumbs shows as many of the pictures as have room beside each other, the best and those where
// branches begin first, and in front of them that of what is looked at. They stand still while one
// drags.
func (r *timelineRenderer) makeThumbs() {
	b := r.bar
	r.chosen.Hide()
	r.frame.Hide()
	if b.slim() {
		return
	}
	var taken []float32
	for _, first := range []bool{true, false} {
		for i := range b.state.Marks {
			m := &b.state.Marks[i]
			x := b.x(m.Step)
			apart := func(t float32) bool { return max(t-x, x-t) >= thumbSide+thumbGap }
			if m.Picture == nil || first != (m.Best || m.Branch) || slices.ContainsFunc(taken, func(t float32) bool { return !apart(t) }) {
				continue
			}
			if len(taken) == len(r.thumbs) {
				r.thumbs = append(r.thumbs, newPicture(canvas.ImageScaleFastest))
			}
			b.put(r.thumbs[len(taken)], m)
			taken = append(taken, x)
		}
	}
	for _, t := range r.thumbs[len(taken):] {
		t.Hide()
	}
	if m := b.state.mark(b.state.at()); m != nil && m.Picture != nil {
		b.put(r.chosen, m)
		r.frame.set(theme.ColorNameHeaderBackground, theme.ColorNamePrimary, 2)
		r.frame.Move(r.chosen.Position().SubtractXY(2, 2))
		r.frame.Resize(r.chosen.Size().AddWidthHeight(4, 4))
		r.frame.Show()
	}
	b.forgetThumbs()
}

// put shows the picture of a mark above its place.
func (b *timelineBar) put(t *picture, m *TimelineMark) {
	scale := pixelScale(b)
	img := b.thumb(m.Picture, scale)
	t.image.Store(img)
	pos, size := fitPixels(img.Rect.Dx(), img.Rect.Dy(), fyne.NewSquareSize(thumbSide), scale)
	t.Move(pos.AddXY(b.x(m.Step)-thumbSide/2, thumbTop))
	t.Resize(size)
	t.Show()
}

// thumb returns a picture in the pixels of the screen that it takes.
func (b *timelineBar) thumb(img image.Image, scale float32) *image.RGBA {
	side := int(thumbSide * scale)
	if t := b.thumbs[img]; t != nil && max(t.Rect.Dx(), t.Rect.Dy()) == side {
		return t
	}
	size := img.Bounds().Size()
	longer := max(1, size.X, size.Y)
	t := image.NewRGBA(image.Rect(0, 0, max(1, size.X*side/longer), max(1, size.Y*side/longer)))
	draw.CatmullRom.Scale(t, t.Rect, img, img.Bounds(), draw.Src, nil)
	b.thumbs[img] = t
	return t
}

// forgetThumbs forgets pictures of marks that are gone.
func (b *timelineBar) forgetThumbs() {
	if len(b.thumbs) <= len(b.state.Marks) {
		return
	}
	there := make(map[image.Image]bool)
	for _, m := range b.state.Marks {
		there[m.Picture] = true
	}
	for img := range b.thumbs {
		if !there[img] {
			delete(b.thumbs, img)
		}
	}
}

// makeSigns draws the marks on the bar: a point for each, a large one where all is kept, a diamond
// for the best, a triangle where a branch begins.
func (r *timelineRenderer) makeSigns() {
	b := r.bar
	ink := theme.ColorForWidget(theme.ColorNameForeground, b)
	page := theme.ColorForWidget(theme.ColorNameBackground, b)
	middle := b.trackTop() + trackThick/2
	r.signs = r.signs[:0]
	put := func(o fyne.CanvasObject, x, y, side float32) {
		o.Move(fyne.NewPos(x-side/2, y-side/2))
		o.Resize(fyne.NewSquareSize(side))
		r.signs = append(r.signs, o)
	}
	for _, m := range b.state.Marks {
		x := b.x(m.Step)
		dot := canvas.NewCircle(ink)
		if m.Full {
			dot.StrokeColor, dot.StrokeWidth = page, 1
			put(dot, x, middle, 9)
		} else {
			put(dot, x, middle, 4)
		}
	}
	for _, m := range b.state.Marks {
		x := b.x(m.Step)
		if m.Best {
			best := canvas.NewRegularPolygon(4, theme.ColorForWidget(theme.ColorNameWarning, b))
			best.StrokeColor, best.StrokeWidth = page, 1
			put(best, x, middle, 15)
		}
		if m.Branch {
			branch := canvas.NewRegularPolygon(3, theme.ColorForWidget(theme.ColorNameSuccess, b))
			branch.StrokeColor, branch.StrokeWidth = page, 1
			put(branch, x, middle, 14)
		}
	}
}

// Objects are all that is drawn, from the back.
func (r *timelineRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *timelineRenderer) Destroy()                     {}
