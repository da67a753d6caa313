package widgets

import (
	"fmt"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A GradientRow are the gradients of the layers of one network, from the first layer on.
type GradientRow struct {
	Name  string
	Role  Role
	Cells []GradientCell
}

// A GradientCell is the norm of the gradient of one layer.
type GradientCell struct {
	Layer string
	Norm  float64
}

// A GradientStrip shows the gradients of the layers of networks, a row for each: the stronger, the
// fuller the colour, on one scale of logarithms, so that one sees gradients vanish from the last
// layer to the first. The words below tell of the layer under the mouse, or that the arrow keys have
// gone to.
type GradientStrip struct {
	widget.BaseWidget

	rows        []GradientRow
	row, column int // what the words tell of; row −1: nothing
	focused     bool
	words       *line
}

const (
	gradientLeast = 1e-8 // nothing is left of the colour
	gradientMost  = 1e1  // all of it
	gradientRow   = 13   // height of a row, in Fyne's units
	gradientName  = 16   // width of the names
)

// NewGradientStrip returns a strip without layers.
func NewGradientStrip() *GradientStrip {
	s := &GradientStrip{row: -1, words: newLine("", theme.SizeNameCaptionText, theme.ColorNamePlaceHolder).cut(0)}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows rows, which are not written again by the caller. It belongs to the UI goroutine.
func (s *GradientStrip) Set(rows []GradientRow) {
	s.rows = rows
	if s.row >= len(rows) || s.row >= 0 && s.column >= len(rows[s.row].Cells) {
		s.row = -1
	}
	s.Refresh()
}

// Words returns what stands below.
func (s *GradientStrip) Words() string {
	if s.row >= 0 {
		c := s.rows[s.row].Cells[s.column]
		return fmt.Sprintf("%s, %s: %s", s.rows[s.row].Name, c.Layer, formatPush(c.Norm))
	}
	for _, r := range s.rows {
		if len(r.Cells) > 0 {
			return "Gradient by layer, first to last: pale 10⁻⁸, full 10"
		}
	}
	return "Gradient by layer: appears while it trains"
}

// strength returns how full the colour of a gradient is.
func strength(norm float64) float64 {
	t := math.Log10(norm/gradientLeast) / math.Log10(gradientMost/gradientLeast)
	if !(t > 0) {
		return 0
	}
	return math.Min(1, t)
}

// cellAt returns the cell at a position in the widget; row −1: none.
func (s *GradientStrip) cellAt(pos fyne.Position) (row, column int) {
	row = int(pos.Y / gradientRow)
	if pos.Y < 0 || row >= len(s.rows) || pos.X < gradientName || len(s.rows[row].Cells) == 0 {
		return -1, 0
	}
	n := len(s.rows[row].Cells)
	column = int((pos.X - gradientName) / (s.Size().Width - gradientName) * float32(n))
	if column >= n {
		return -1, 0
	}
	return row, column
}

// MouseIn is part of desktop.Hoverable.
func (s *GradientStrip) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved is part of desktop.Hoverable.
func (s *GradientStrip) MouseMoved(e *desktop.MouseEvent) { s.point(s.cellAt(e.Position)) }

// MouseOut is part of desktop.Hoverable.
func (s *GradientStrip) MouseOut() { s.point(-1, 0) }

func (s *GradientStrip) point(row, column int) {
	if row != s.row || column != s.column {
		s.row, s.column = row, column
		s.Refresh()
	}
}

// FocusGained is part of fyne.Focusable.
func (s *GradientStrip) FocusGained() {
	Reveal(s)
	s.focused = true
	if s.row < 0 && len(s.rows) > 0 && len(s.rows[0].Cells) > 0 {
		s.row, s.column = 0, 0
	}
	s.Refresh()
}

// FocusLost is part of fyne.Focusable.
func (s *GradientStrip) FocusLost() {
	s.focused = false
	s.point(-1, 0)
	s.Refresh()
}

// TypedRune is part of fyne.Focusable.
func (s *GradientStrip) TypedRune(rune) {}

// TypedKey is part of fyne.Focusable.
func (s *GradientStrip) TypedKey(e *fyne.KeyEvent) {
	row, column := max(0, s.row), s.column
	switch e.Name {
	case fyne.KeyLeft:
		column--
	case fyne.KeyRight:
		column++
	case fyne.KeyUp:
		row--
	case fyne.KeyDown:
		row++
	default:
		passKey(s, e)
		return
	}
	if row < 0 || row >= len(s.rows) || len(s.rows[row].Cells) == 0 {
		return
	}
	s.point(row, max(0, min(column, len(s.rows[row].Cells)-1)))
}

// CreateRenderer is part of fyne.Widget.
func (s *GradientStrip) CreateRenderer() fyne.WidgetRenderer {
	r := &gradientRenderer{strip: s}
	r.Refresh()
	return r
}

type gradientRenderer struct {
	strip *GradientStrip
	names []*line
	cells [][]*canvas.Rectangle
}

func (r *gradientRenderer) MinSize() fyne.Size {
	return fyne.NewSize(100, 2*gradientRow+r.strip.words.MinSize().Height+2)
}

func (r *gradientRenderer) Destroy() {}

func (r *gradientRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.strip.words}
	for i, row := range r.cells {
		objects = append(objects, r.names[i])
		for _, c := range row {
			objects = append(objects, c)
		}
	}
	return objects
}

func (r *gradientRenderer) Layout(size fyne.Size) {
	for i, row := range r.cells {
		top := float32(i) * gradientRow
		height := r.names[i].MinSize().Height
		r.names[i].Move(fyne.NewPos(0, top+(gradientRow-height)/2-1))
		r.names[i].Resize(fyne.NewSize(gradientName, height))
		width := (size.Width - gradientName) / float32(max(1, len(row)))
		for k, c := range row {
			c.Move(fyne.NewPos(gradientName+float32(k)*width, top))
			c.Resize(fyne.NewSize(width-1, gradientRow-2))
		}
	}
	height := r.strip.words.MinSize().Height
	r.strip.words.Move(fyne.NewPos(gradientName, size.Height-height))
	r.strip.words.Resize(fyne.NewSize(max(0, size.Width-gradientName), height))
}

func (r *gradientRenderer) Refresh() {
	s := r.strip
	style := currentStyle(s)
	r.names, r.cells = r.names[:min(len(r.names), len(s.rows))], r.cells[:min(len(r.cells), len(s.rows))]
	for i, row := range s.rows {
		if i == len(r.cells) {
			r.names, r.cells = append(r.names, newLine("", theme.SizeNameCaptionText, theme.ColorNameForeground)), append(r.cells, nil)
		}
		r.names[i].set(row.Name)
		r.cells[i] = r.cells[i][:min(len(r.cells[i]), len(row.Cells))]
		for k, cell := range row.Cells {
			if k == len(r.cells[i]) {
				r.cells[i] = append(r.cells[i], canvas.NewRectangle(color.Transparent))
			}
			c := r.cells[i][k]
			c.FillColor = mix(mix(style.background, style.foreground, 0.08), style.role(row.Role), strength(cell.Norm))
			c.StrokeWidth = 0
			if i == s.row && k == s.column {
				c.StrokeColor, c.StrokeWidth = theme.ColorForWidget(theme.ColorNamePrimary, s), 2
				if !s.focused {
					c.StrokeColor = style.foreground
				}
			}
		}
	}
	s.words.set(s.Words())
	r.Layout(s.Size())
	canvas.Refresh(s)
}
