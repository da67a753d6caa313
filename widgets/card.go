package widgets

import (
	"image"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// pressable is what can be tapped, or focused and then pressed with Space or Enter.
type pressable struct {
	widget.BaseWidget
	whole            fyne.Widget // which this is a part of
	tapped           func()
	hovered, focused bool
}

// ExtendBaseWidget is part of every widget's making.
func (p *pressable) ExtendBaseWidget(whole fyne.Widget) {
	if p.whole == nil {
		p.whole = whole
	}
	p.BaseWidget.ExtendBaseWidget(whole)
}

func (p *pressable) press() {
	if p.tapped != nil {
		p.tapped()
	}
}

// Tapped is part of fyne.Tappable.
func (p *pressable) Tapped(*fyne.PointEvent) { p.press() }

// TypedKey presses with Space and Enter.
func (p *pressable) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.press()
	}
}

// TypedRune is part of fyne.Focusable.
func (p *pressable) TypedRune(rune) {}

// FocusGained is part of fyne.Focusable.
func (p *pressable) FocusGained() {
	Reveal(p.whole)
	p.state(p.hovered, true)
}

// FocusLost is part of fyne.Focusable.
func (p *pressable) FocusLost() { p.state(p.hovered, false) }

// MouseIn is part of desktop.Hoverable.
func (p *pressable) MouseIn(*desktop.MouseEvent) { p.state(true, p.focused) }

// MouseMoved is part of desktop.Hoverable.
func (p *pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is part of desktop.Hoverable.
func (p *pressable) MouseOut() { p.state(false, p.focused) }

// Cursor is part of desktop.Cursorable.
func (p *pressable) Cursor() desktop.Cursor {
	if p.tapped != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

func (p *pressable) state(hovered, focused bool) {
	if p.hovered != hovered || p.focused != focused {
		p.hovered, p.focused = hovered, focused
		p.Refresh()
	}
}

// A DataCard is a choice with a picture, a title and a line about it. It can be tapped, or focused
// and pressed with Space.
type DataCard struct {
	pressable
	title, about string
	lines        []*line // that show them; nil until the card is shown
	picture      *picture
	selected     bool
	pale         bool
	help         string // of a Tip
	tip          tipTimer
}

// NewDataCard returns a card; thumb may be nil and is not written again by the caller. onTapped may
// be nil.
func NewDataCard(title, about string, thumb image.Image, onTapped func()) *DataCard {
	c := &DataCard{title: title, about: about, picture: newPicture(canvas.ImageScalePixels)}
	c.tapped = onTapped
	if thumb != nil {
		c.picture.image.Store(toRGBA(thumb))
	}
	c.ExtendBaseWidget(c)
	return c
}

// SetSelected marks the card as the one that is chosen.
func (c *DataCard) SetSelected(on bool) {
	if c.selected != on {
		c.selected = on
		c.Refresh()
	}
}

// Selected says whether the card is marked as the one that is chosen.
func (c *DataCard) Selected() bool { return c.selected }

// SetPale greys the card out: what it stands for is not there just now. It can still be chosen.
func (c *DataCard) SetPale(on bool) {
	if c.pale != on {
		c.pale = on
		c.Refresh()
	}
}

// Pale says whether the card is greyed out.
func (c *DataCard) Pale() bool { return c.pale }

// SetThumbnail replaces the picture; it is not written again by the caller.
func (c *DataCard) SetThumbnail(thumb image.Image) {
	c.picture.image.Store(nil)
	if thumb != nil {
		c.picture.image.Store(toRGBA(thumb))
	}
	c.Refresh()
}

// SetText replaces title and subtitle.
func (c *DataCard) SetText(title, about string) {
	c.title, c.about = title, about
	c.Refresh()
}

// setTip is part of selfTipped.
func (c *DataCard) setTip(text string) { c.help = text }

// timer is part of selfTipped.
func (c *DataCard) timer() *tipTimer { return &c.tip }

// MouseIn is part of desktop.Hoverable. The tip begins with what of the card's text is cut.
func (c *DataCard) MouseIn(e *desktop.MouseEvent) {
	c.pressable.MouseIn(e)
	c.tip.text = c.help
	for _, l := range slices.Backward(c.lines) {
		c.tip.text = joined(l.hidden(), c.tip.text)
	}
	c.tip.enter(c, e)
}

// MouseMoved is part of desktop.Hoverable.
func (c *DataCard) MouseMoved(e *desktop.MouseEvent) { c.tip.move(c, e) }

// MouseOut is part of desktop.Hoverable.
func (c *DataCard) MouseOut() {
	c.pressable.MouseOut()
	c.tip.leave()
}

// Tapped is part of fyne.Tappable; the card's tip has then done its work.
func (c *DataCard) Tapped(e *fyne.PointEvent) {
	c.tip.leave()
	c.pressable.Tapped(e)
}

// CreateRenderer is part of fyne.Widget.
func (c *DataCard) CreateRenderer() fyne.WidgetRenderer {
	r := &cardRenderer{
		card: c, back: newBox(theme.ColorNameInputBackground, theme.SizeNameInputRadius), frame: newBox(theme.ColorNameHover, ""),
		title: newLine("", theme.SizeNameText, theme.ColorNameForeground).cut(40),
		about: newLine("", theme.SizeNameCaptionText, theme.ColorNamePlaceHolder).cut(40),
		check: widget.NewIcon(theme.ConfirmIcon()), edge: newEdge(c.picture),
	}
	r.title.bold = true
	c.lines = []*line{r.title, r.about}
	r.objects = []fyne.CanvasObject{r.back, r.frame, c.picture.Raster, r.edge.Rectangle, r.title, r.about, r.check}
	r.Refresh()
	return r
}

type cardRenderer struct {
	card         *DataCard
	back, frame  *box
	title, about *line
	check        *widget.Icon
	edge         *edge
	objects      []fyne.CanvasObject
}

// cardThumb is the side of a card's picture.
const cardThumb = 56

func (r *cardRenderer) Layout(size fyne.Size) {
	const pad = 8
	r.back.Resize(size)
	side := min(cardThumb, size.Height-2*pad)
	top := (size.Height - side) / 2
	r.frame.Move(fyne.NewPos(pad, top))
	r.frame.Resize(fyne.NewSquareSize(side))
	if img := r.card.picture.image.Load(); img != nil {
		scale := pixelScale(r.card)
		pos, fitted := fitPixels(img.Rect.Dx(), img.Rect.Dy(), fyne.NewSquareSize(side), scale)
		r.card.picture.ScaleMode = canvas.ImageScalePixels
		if fitted.Width*scale < float32(img.Rect.Dx()) {
			r.card.picture.ScaleMode = canvas.ImageScaleFastest
		}
		r.card.picture.Move(pos.AddXY(pad, top))
		r.card.picture.Resize(fitted)
	}
	r.edge.update(r.card, theme.ColorNameInputBackground)
	left := side + 2*pad + 4
	const icon = 18
	titleHeight, aboutHeight := r.title.MinSize().Height, r.about.MinSize().Height
	y := (size.Height - titleHeight - aboutHeight) / 2
	right := size.Width - pad
	r.check.Resize(fyne.NewSquareSize(icon))
	r.check.Move(fyne.NewPos(right-icon, y+(titleHeight-icon)/2))
	r.title.Move(fyne.NewPos(left, y))
	r.title.Resize(fyne.NewSize(right-icon-4-left, titleHeight))
	r.about.Move(fyne.NewPos(left, y+titleHeight))
	r.about.Resize(fyne.NewSize(right-left, aboutHeight))
}

func (r *cardRenderer) Refresh() {
	c := r.card
	r.title.set(c.title)
	r.about.set(c.about)
	titleColor, aboutColor, translucency := theme.ColorNameForeground, theme.ColorNamePlaceHolder, 0.0
	if c.pale {
		titleColor, aboutColor, translucency = theme.ColorNameDisabled, theme.ColorNameDisabled, 0.6
	}
	r.title.setColor(titleColor)
	r.about.setColor(aboutColor)
	c.picture.Translucency = translucency
	r.check.Hidden = !c.selected
	r.check.SetResource(theme.NewPrimaryThemedResource(theme.ConfirmIcon()))
	c.picture.Hidden = c.picture.image.Load() == nil
	fill, stroke, width := theme.ColorNameInputBackground, fyne.ThemeColorName(""), float32(0)
	if c.selected {
		stroke, width = theme.ColorNamePrimary, 2
	}
	if c.hovered {
		fill = theme.ColorNameButton
	}
	if c.focused {
		stroke, width = theme.ColorNamePrimary, 2
		fill = theme.ColorNameFocus
	}
	r.back.set(fill, stroke, width)
	r.Layout(c.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *cardRenderer) MinSize() fyne.Size {
	const pad = 8
	return fyne.NewSize(cardThumb+160, cardThumb+2*pad)
}
func (r *cardRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *cardRenderer) Destroy()                     {}
