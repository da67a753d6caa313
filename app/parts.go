package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A surface is a plain rectangle in a colour of the theme, which it looks up whenever it is drawn.
type surface struct {
	widget.BaseWidget
	fill    fyne.ThemeColorName
	rounded bool
}

func newSurface(fill fyne.ThemeColorName) *surface {
	s := &surface{fill: fill}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is part of fyne.Widget.
func (s *surface) CreateRenderer() fyne.WidgetRenderer {
	rect := canvas.NewRectangle(theme.ColorForWidget(s.fill, s))
	r := &surfaceRenderer{WidgetRenderer: widget.NewSimpleRenderer(rect), surface: s, rect: rect}
	r.Refresh()
	return r
}

type surfaceRenderer struct {
	fyne.WidgetRenderer
	surface *surface
	rect    *canvas.Rectangle
}

func (r *surfaceRenderer) Refresh() {
	s := r.surface
	r.rect.FillColor = theme.ColorForWidget(s.fill, s)
	r.rect.CornerRadius = 0
	if s.rounded {
		r.rect.CornerRadius = theme.SizeForWidget(theme.SizeNameInputRadius, s)
	}
	r.rect.Refresh()
}

// newPanel puts content on a rounded surface that is set off from the window.
func newPanel(content fyne.CanvasObject) *fyne.Container {
	back := newSurface(theme.ColorNameHeaderBackground)
	back.rounded = true
	return container.NewStack(back, container.New(layout.NewCustomPaddedLayout(8, 8, 8, 8), content))
}

// newHeading is a page's or panel's title.
func newHeading(text string) *widget.Label {
	l := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	l.SizeName = theme.SizeNameSubHeadingText
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

// newSection is the title of a group inside a panel.
func newSection(text string) *widget.Label {
	return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
}

// A note is small quiet text. Labels of low importance would be as pale as what is disabled.
type note struct {
	*widget.RichText
	segment *widget.TextSegment
}

// newNote returns a note that wraps.
func newNote(text string) *note {
	n := &note{segment: &widget.TextSegment{Text: text, Style: widget.RichTextStyle{
		ColorName: theme.ColorNamePlaceHolder, SizeName: theme.SizeNameCaptionText,
	}}}
	n.RichText = widget.NewRichText(n.segment)
	n.ExtendBaseWidget(n) // otherwise the window draws another renderer than the one that a change refreshes
	n.Wrapping = fyne.TextWrapWord
	return n
}

// newNoteLine returns a note of one line, cut with an ellipsis.
func newNoteLine(text string) *note {
	n := newNote(text)
	n.Wrapping, n.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	return n
}

// set changes the text where it differs.
func (n *note) set(text string) {
	if n.segment.Text != text {
		n.segment.Text = text
		n.Refresh()
	}
}

// color changes the text's colour where it differs.
func (n *note) color(name fyne.ThemeColorName) {
	if n.segment.Style.ColorName != name {
		n.segment.Style.ColorName = name
		n.Refresh()
	}
}

// newText is ordinary text that wraps.
func newText(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	return l
}

// newLine is ordinary text on one line, cut with an ellipsis.
func newLine(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

// setText changes a label only where it differs, because any refresh repaints the window.
func setText(l *widget.Label, text string) {
	if l.Text != text {
		l.SetText(text)
	}
}

// setShown shows or hides an object only where that changes something, and says whether it did.
func setShown(o fyne.CanvasObject, shown bool) bool {
	switch {
	case shown && !o.Visible():
		o.Show()
	case !shown && o.Visible():
		o.Hide()
	default:
		return false
	}
	return true
}

// relayout places the objects of containers anew after some of them came, went or changed their
// height: innermost first. Refreshing the containers would do that too, but would also draw anew
// all that is in them.
func relayout(containers ...*fyne.Container) {
	for _, c := range containers {
		if c != nil && c.Layout != nil {
			c.Layout.Layout(c.Objects, c.Size())
			canvas.Refresh(c)
		}
	}
}

// setEnabled enables or disables a widget only where that changes something.
func setEnabled(w fyne.Disableable, enabled bool) {
	switch {
	case enabled && w.Disabled():
		w.Enable()
	case !enabled && !w.Disabled():
		w.Disable()
	}
}

// A fixedWidth layout gives its only object a width of its own.
type fixedWidth float32

func (w fixedWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

func (w fixedWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var height float32
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(float32(w), height)
}

// A columns layout lays its objects side by side: a width above 1 is fixed, up to 1 a share of what
// is left.
type columns []float32

// narrowest is what a shared column keeps: menus and entries in it are cut before they push the
// others out.
const narrowest = 40

func (c columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Padding() * 2
	left := size.Width - gap*float32(len(objects)-1)
	var shares float32
	for i := range objects {
		if c[i] > 1 {
			left -= c[i]
		} else {
			shares += c[i]
		}
	}
	var x float32
	for i, o := range objects {
		w := c[i]
		if w <= 1 {
			w = left * c[i] / shares
		}
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(w, size.Height))
		x += w + gap
	}
}

func (c columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(theme.Padding()*2*float32(len(objects)-1), 0)
	for i, o := range objects {
		w := c[i]
		if w <= 1 {
			w = narrowest
		}
		size.Width += w
		size.Height = max(size.Height, o.MinSize().Height)
	}
	return size
}

// A fixedHeight layout gives its only object a height of its own.
type fixedHeight float32

func (h fixedHeight) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	fixedWidth(0).Layout(objects, size)
}

func (h fixedHeight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var width float32
	for _, o := range objects {
		width = max(width, o.MinSize().Width)
	}
	return fyne.NewSize(width, float32(h))
}

// withWidth gives content a width, for dialogs, which are otherwise as narrow as they can be.
func withWidth(width float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(fixedWidth(width), content)
}

// setButtons puts buttons below a dialog.
func setButtons(d *dialog.CustomDialog, buttons ...fyne.CanvasObject) { d.SetButtons(buttons) }

// clearOfBar keeps content out from under a scroll's bar.
func clearOfBar(content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, 0, 8), content)
}

// A beside layout gives its first object the width, less that of the second at its end while that
// is visible. Its height is that of both, so that nothing moves when the second comes.
type beside struct{}

func (beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := size.Width
	if objects[1].Visible() {
		m := objects[1].MinSize()
		width -= m.Width
		objects[1].Resize(fyne.NewSize(m.Width, size.Height))
		objects[1].Move(fyne.NewPos(width, 0))
	}
	objects[0].Resize(fyne.NewSize(width, objects[0].MinSize().Height))
	objects[0].Move(fyne.NewPos(0, (size.Height-objects[0].MinSize().Height)/2))
}

func (beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(a.Width, max(a.Height, b.Height))
}
