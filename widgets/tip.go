package widgets

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// tipDelay is how long the mouse rests on something before its tip shows.
const tipDelay = 600 * time.Millisecond

// tipWidth is where a tip's text is broken into lines, in Fyne's units.
const tipWidth = 320

// onUI runs a function on the UI goroutine; tests, whose driver has none, put it on their own.
var onUI = fyne.Do

// resting is the tip of what the mouse is over, if that has one. It belongs to the UI goroutine.
var resting *tipTimer

// HideTips takes away the tip that shows, or is about to, until the mouse comes over something
// anew. It is called where what lies below the mouse changes without the mouse: another page, a
// dialog.
func HideTips() {
	if resting != nil {
		resting.leave()
	}
}

// WithTips returns content with room above it for tooltips. A window's content goes through it
// once, and a dialog's when it is complete. Without it Tip and TipButton work but show no text.
//
// Tips are not overlays of the canvas: an overlay would take the keyboard and the next click away
// from what lies under it.
func WithTips(content fyne.CanvasObject) fyne.CanvasObject {
	l := &tipLayer{content: content, text: widget.NewLabel(""), back: newBox(theme.ColorNameMenuBackground, theme.SizeNameInputRadius)}
	l.back.stroke, l.back.strokeWidth = theme.ColorNameSeparator, 1
	l.text.SizeName = theme.SizeNameCaptionText
	l.bubble = container.NewStack(l.back, l.text)
	l.bubble.Hide()
	l.ExtendBaseWidget(l)
	l.claim(content)
	return l
}

type tipLayer struct {
	widget.BaseWidget
	content fyne.CanvasObject
	back    *box
	text    *widget.Label
	bubble  *fyne.Container
	owner   *tipTimer

	watching bool
}

// held is part of holder.
func (l *tipLayer) held() []fyne.CanvasObject { return []fyne.CanvasObject{l.content} }

func (l *tipLayer) CreateRenderer() fyne.WidgetRenderer {
	return &tipRenderer{widget.NewSimpleRenderer(container.New(tipLayout{}, l.content, l.bubble)), l}
}

type tipRenderer struct {
	fyne.WidgetRenderer
	layer *tipLayer
}

// Objects is asked for in every frame, and so notices what no event tells: that a tip's object was
// scrolled or went away below the resting mouse.
func (r *tipRenderer) Objects() []fyne.CanvasObject {
	r.layer.watch()
	return r.WidgetRenderer.Objects()
}

// watch takes the tip away whose object is no longer where it was.
func (l *tipLayer) watch() {
	t := l.owner
	if t == nil || l.watching {
		return
	}
	l.watching = true // asking for a position asks for this layer's objects
	moved := fyne.CurrentApp().Driver().AbsolutePositionForObject(t.of) != t.place
	l.watching = false
	if turn := t.turn; moved {
		onUI(func() {
			if t.turn == turn {
				t.leave()
			}
		})
	}
}

// tipLayout gives the content everything and leaves the bubble where it was put.
type tipLayout struct{}

func (tipLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }
func (tipLayout) MinSize(objects []fyne.CanvasObject) fyne.Size      { return objects[0].MinSize() }

// show puts a tip of owner beside one of the columns, from the first on, or, where none has room
// beside it, below the owner's place or above it.
func (l *tipLayer) show(owner *tipTimer, text string, columns []area) {
	origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
	l.owner = owner
	at := owner.at.Subtract(origin)
	l.text.Wrapping = fyne.TextWrapOff
	l.text.SetText(text)
	size := l.bubble.MinSize()
	if limit := min(tipWidth, l.Size().Width); size.Width > limit {
		l.text.Wrapping = fyne.TextWrapWord
		l.text.Resize(fyne.NewSize(limit, size.Height))
		l.text.Refresh()
		size = fyne.NewSize(limit, l.bubble.MinSize().Height)
	}
	pos := fyne.NewPos(at.X, at.Y+18)
	if pos.Y+size.Height > l.Size().Height {
		pos.Y = at.Y - size.Height - 6
	}
	for _, c := range columns {
		if x, ok := c.beside(size.Width, l.Size().Width, origin.X); ok {
			pos = fyne.NewPos(x, min(owner.place.Y-origin.Y, l.Size().Height-size.Height))
			break
		}
	}
	pos.X = max(0, min(pos.X, l.Size().Width-size.Width))
	pos.Y = max(0, pos.Y)
	l.bubble.Resize(size)
	l.bubble.Move(pos)
	l.bubble.Show()
	canvas.Refresh(l)
}

func (l *tipLayer) hide(owner *tipTimer) {
	if l.owner != owner {
		return
	}
	l.owner = nil
	l.bubble.Hide()
	canvas.Refresh(l)
}

// claim notes in the tips in o that they show in l: a dialog's layer cannot be found from its
// canvas.
func (l *tipLayer) claim(o fyne.CanvasObject) {
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			l.claim(child)
		}
	case *tipArea:
		o.tip.home = l
	case selfTipped:
		o.timer().home = l
	case *TippedButton:
		o.tip.home = l
	}
}

// findLayer returns the layer for the tip of obj, or nil: in a window or dialog without one, or
// below a dialog.
func (t *tipTimer) findLayer(obj fyne.CanvasObject) *tipLayer {
	c := fyne.CurrentApp().Driver().CanvasForObject(obj)
	if c == nil {
		return nil
	}
	window := searchTipLayer(c.Content())
	switch {
	case c.Overlays().Top() == nil:
		return window
	case t.home != window:
		return t.home
	}
	return nil
}

func searchTipLayer(o fyne.CanvasObject) *tipLayer {
	switch o := o.(type) {
	case *tipLayer:
		return o
	case *fyne.Container:
		for _, child := range o.Objects {
			if l := searchTipLayer(child); l != nil {
				return l
			}
		}
	}
	return nil
}

// joined returns a tip's text with what is cut on the screen before it.
func joined(cut, text string) string {
	if cut == "" || text == "" {
		return cut + text
	}
	return cut + ": " + text
}

// A tipTimer decides when one object's tip shows and hides. All its methods belong to the UI
// goroutine.
type tipTimer struct {
	text  string
	timer *time.Timer
	turn  int64     // raised whenever the mouse comes, goes or presses; a timer of an earlier turn does nothing
	home  *tipLayer // that was told of this tip; may be nil
	layer *tipLayer // that shows it now
	at    fyne.Position
	of    fyne.CanvasObject // what it is about
	place fyne.Position     // where that was when the tip was shown
}

func (t *tipTimer) enter(obj fyne.CanvasObject, e *desktop.MouseEvent) {
	t.at = e.AbsolutePosition
	t.arm(obj)
}

func (t *tipTimer) move(obj fyne.CanvasObject, e *desktop.MouseEvent) {
	t.at = e.AbsolutePosition
	if t.layer == nil && t.timer != nil {
		t.arm(obj) // the tip waits until the mouse rests
	}
}

func (t *tipTimer) arm(obj fyne.CanvasObject) {
	resting, t.of = t, obj
	t.turn++
	turn := t.turn
	if t.timer != nil {
		t.timer.Stop()
		t.timer = nil
	}
	if t.text == "" {
		return
	}
	t.timer = time.AfterFunc(tipDelay, func() {
		onUI(func() {
			if t.turn == turn && areaOf(obj).contains(t.at) { // what it is about may have been scrolled away
				t.show(columnsAround(obj))
			}
		})
	})
}

// showNow shows the tip at its place without waiting.
func (t *tipTimer) showNow(obj fyne.CanvasObject) {
	HideTips()
	resting, t.of = t, obj
	t.turn++
	t.show(nil)
}

func (t *tipTimer) show(columns []area) {
	if t.layer = t.findLayer(t.of); t.layer != nil {
		t.place = areaOf(t.of).Position
		t.layer.show(t, t.text, columns)
	}
}

func (t *tipTimer) leave() {
	if resting == t {
		resting = nil
	}
	t.turn++
	if t.timer != nil {
		t.timer.Stop()
		t.timer = nil
	}
	if t.layer != nil {
		t.layer.hide(t)
		t.layer = nil
	}
}

// Tip returns obj with a text that shows when the mouse rests on it for a moment; see WithTips.
// Hovering still reaches obj, and through containers what lies in it.
func Tip(obj fyne.CanvasObject, text string) fyne.CanvasObject {
	if o, ok := obj.(selfTipped); ok {
		o.setTip(text)
		return obj
	}
	a := &tipArea{under: obj, tip: tipTimer{text: text}}
	a.ExtendBaseWidget(a)
	return container.New(tipAreaLayout{}, obj, a)
}

// TipFunc is Tip with a text that is asked for whenever the mouse comes; an empty one shows nothing.
func TipFunc(obj fyne.CanvasObject, text func() string) fyne.CanvasObject {
	a := &tipArea{under: obj, ask: text}
	a.ExtendBaseWidget(a)
	return container.New(tipAreaLayout{}, obj, a)
}

// selfTipped is what shows its tip itself, as it may have to say more.
type selfTipped interface {
	setTip(text string)
	timer() *tipTimer
}

type tipAreaLayout struct{}

func (tipAreaLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
		o.Move(fyne.Position{})
	}
}

func (tipAreaLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// A tipArea lies over an object, takes nothing but hovering, and passes that on.
type tipArea struct {
	widget.BaseWidget
	under   fyne.CanvasObject
	ask     func() string // for the tip's text; nil: it stays the same
	tip     tipTimer
	hovered desktop.Hoverable // what below the mouse was told that it is there
}

func (a *tipArea) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

// MouseIn is part of desktop.Hoverable.
func (a *tipArea) MouseIn(e *desktop.MouseEvent) {
	if a.ask != nil {
		a.tip.text = a.ask()
	}
	a.tip.enter(a, e)
	a.pass(e)
}

// MouseMoved is part of desktop.Hoverable.
func (a *tipArea) MouseMoved(e *desktop.MouseEvent) {
	a.tip.move(a, e)
	a.pass(e)
}

// MouseOut is part of desktop.Hoverable.
func (a *tipArea) MouseOut() {
	a.tip.leave()
	if a.hovered != nil {
		a.hovered.MouseOut()
		a.hovered = nil
	}
}

func (a *tipArea) pass(e *desktop.MouseEvent) {
	h, pos := hoverableAt(a.under, e.Position)
	inner := *e
	inner.Position = pos
	if h == a.hovered {
		if h != nil {
			h.MouseMoved(&inner)
		}
		return
	}
	if a.hovered != nil {
		a.hovered.MouseOut()
	}
	a.hovered = h
	if h != nil {
		h.MouseIn(&inner)
	}
}

// hoverableAt returns the topmost object below pos, which is relative to o, that wants to know
// about the mouse.
func hoverableAt(o fyne.CanvasObject, pos fyne.Position) (desktop.Hoverable, fyne.Position) {
	if !o.Visible() || pos.X < 0 || pos.Y < 0 || pos.X >= o.Size().Width || pos.Y >= o.Size().Height {
		return nil, pos
	}
	if c, ok := o.(*fyne.Container); ok {
		for i := len(c.Objects) - 1; i >= 0; i-- {
			if h, p := hoverableAt(c.Objects[i], pos.Subtract(c.Objects[i].Position())); h != nil {
				return h, p
			}
		}
		return nil, pos
	}
	if h, ok := o.(desktop.Hoverable); ok {
		return h, pos
	}
	return nil, pos
}
