package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A Surface is a plain rectangle in a colour of the theme, which it looks up whenever it is drawn.
type Surface struct {
	widget.BaseWidget
	fill    fyne.ThemeColorName
	Rounded bool
}

// NewSurface returns a surface in a colour of the theme.
func NewSurface(fill fyne.ThemeColorName) *Surface {
	s := &Surface{fill: fill}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is part of fyne.Widget.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer {
	rect := canvas.NewRectangle(theme.ColorForWidget(s.fill, s))
	r := &surfaceRenderer{WidgetRenderer: widget.NewSimpleRenderer(rect), surface: s, rect: rect}
	r.Refresh()
	return r
}

type surfaceRenderer struct {
	fyne.WidgetRenderer
	surface *Surface
	rect    *canvas.Rectangle
}

func (r *surfaceRenderer) Refresh() {
	s := r.surface
	r.rect.FillColor = theme.ColorForWidget(s.fill, s)
	r.rect.CornerRadius = 0
	if s.Rounded {
		r.rect.CornerRadius = theme.SizeForWidget(theme.SizeNameInputRadius, s)
	}
	r.rect.Refresh()
}

// NewPanel puts content on a rounded surface that is set off from the window.
func NewPanel(content fyne.CanvasObject) *fyne.Container {
	back := NewSurface(theme.ColorNameHeaderBackground)
	back.Rounded = true
	return container.NewStack(back, container.New(layout.NewCustomPaddedLayout(8, 8, 8, 8), content))
}

// NewHeading is a page's or panel's title.
func NewHeading(text string) *widget.Label {
	l := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	l.SizeName = theme.SizeNameSubHeadingText
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

// NewSection is the title of a group inside a panel.
func NewSection(text string) *widget.Label {
	return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
}

// A Note is small quiet text. Labels of low importance would be as pale as what is disabled.
type Note struct {
	*widget.RichText
	Segment *widget.TextSegment
}

// NewNote returns a note that wraps.
func NewNote(text string) *Note {
	n := &Note{Segment: &widget.TextSegment{Text: text, Style: widget.RichTextStyle{
		ColorName: theme.ColorNamePlaceHolder, SizeName: theme.SizeNameCaptionText,
	}}}
	n.RichText = widget.NewRichText(n.Segment)
	n.ExtendBaseWidget(n) // otherwise the window draws another renderer than the one that a change refreshes
	n.Wrapping = fyne.TextWrapWord
	return n
}

// NewNoteLine returns a note of one line, cut with an ellipsis.
func NewNoteLine(text string) *Note {
	n := NewNote(text)
	n.Wrapping, n.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	return n
}

// Set changes the text where it differs.
func (n *Note) Set(text string) {
	if n.Segment.Text != text {
		n.Segment.Text = text
		n.Refresh()
	}
}

// SetColor changes the text's colour where it differs.
func (n *Note) SetColor(name fyne.ThemeColorName) {
	if n.Segment.Style.ColorName != name {
		n.Segment.Style.ColorName = name
		n.Refresh()
	}
}

// NewText is ordinary text that wraps.
func NewText(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	return l
}

// NewLine is ordinary text on one line, cut with an ellipsis.
func NewLine(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

// SetText changes a label only where it differs, because any refresh repaints the window.
func SetText(l *widget.Label, text string) {
	if l.Text != text {
		l.SetText(text)
	}
}

// SetShown shows or hides an object only where that changes something, and says whether it did.
func SetShown(o fyne.CanvasObject, shown bool) bool {
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

// Relayout places the objects of containers anew after some of them came, went or changed their
// height: innermost first. Refreshing the containers would do that too, but would also draw anew
// all that is in them.
func Relayout(containers ...*fyne.Container) {
	for _, c := range containers {
		if c != nil && c.Layout != nil {
			c.Layout.Layout(c.Objects, c.Size())
			canvas.Refresh(c)
		}
	}
}

// SetEnabled enables or disables a widget only where that changes something.
func SetEnabled(w fyne.Disableable, enabled bool) {
	switch {
	case enabled && w.Disabled():
		w.Enable()
	case !enabled && !w.Disabled():
		w.Disable()
	}
}

// A FixedWidth layout gives its only object a width of its own.
type FixedWidth float32

// Layout is part of fyne.Layout.
func (w FixedWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

// MinSize is part of fyne.Layout.
func (w FixedWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var height float32
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(float32(w), height)
}

// A Columns layout lays its objects side by side: a width above 1 is fixed, up to 1 a share of what
// is left.
type Columns []float32

// narrowest is what a shared column keeps: menus and entries in it are cut before they push the
// others out.
const narrowest = 40

// Layout is part of fyne.Layout.
func (c Columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
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

// MinSize is part of fyne.Layout.
func (c Columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
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

// A FixedHeight layout gives its only object a height of its own.
type FixedHeight float32

// Layout is part of fyne.Layout.
func (h FixedHeight) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	FixedWidth(0).Layout(objects, size)
}

// MinSize is part of fyne.Layout.
func (h FixedHeight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var width float32
	for _, o := range objects {
		width = max(width, o.MinSize().Width)
	}
	return fyne.NewSize(width, float32(h))
}

// WithWidth gives content a width, for dialogs, which are otherwise as narrow as they can be.
func WithWidth(width float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(FixedWidth(width), content)
}

// SetButtons puts buttons below a dialog.
func SetButtons(d *dialog.CustomDialog, buttons ...fyne.CanvasObject) { d.SetButtons(buttons) }

// ClearOfBar keeps content out from under a scroll's bar.
func ClearOfBar(content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, 0, 8), content)
}

// A Beside layout gives its first object the width, less that of the second at its end while that
// is visible. Its height is that of both, so that nothing moves when the second comes.
type Beside struct{}

// Layout is part of fyne.Layout.
func (Beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
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

// MinSize is part of fyne.Layout.
func (Beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(a.Width, max(a.Height, b.Height))
}
